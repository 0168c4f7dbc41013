//! The view.

/// Starts the app.
pub fn start() {}
