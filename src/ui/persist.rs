//! Keeping documents on this device.

use super::workspace::Workspace;

/// How far saving is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saved {
    /// Nothing to save.
    #[default]
    Nothing,
    /// Changed since the last save.
    Pending,
    /// Read back and equal; local time such as `14:02`.
    At(String),
    /// Kept in this tab only, and why.
    Failed(String),
}

/// Saves after a pause.
pub fn save_soon(_workspace: Workspace) {}

/// Saves at once, if something is waiting to be saved.
pub fn save_now(_workspace: Workspace) {}
