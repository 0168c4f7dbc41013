//! The view: signals wired to elements. Contains no rule, no algorithm and no format; those are in the library.
//!
//! [`workspace::Workspace`] is shared by context. Data flows one way: an event makes a [`workspace::Change`], the workspace
//! applies it, and everything on the screen follows from its signals.

mod app;
mod canvas;
mod notices;
mod persist;
mod planner;
mod workspace;

/// Starts the app.
pub fn start() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
