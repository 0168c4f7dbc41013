//! The view: signals wired to elements. Contains no rule, no algorithm and no format; those are in the library.
//!
//! [`workspace::Workspace`] is shared by context. Data flows one way: an event makes a [`workspace::Change`], the workspace
//! applies it, and everything on the screen follows from its signals.

mod app;
mod canvas;
mod clipboard;
mod editor;
mod element;
mod examples;
mod files;
mod header;
mod incoming;
mod json;
mod keys;
mod menus;
mod notices;
mod page;
mod panels;
mod persist;
mod planner;
mod shortcuts;
mod splitter;
mod start;
mod start_page;
mod status_bar;
mod storage;
mod task_field;
mod tasks;
mod theme;
mod timer;
mod widgets;
mod worker;
mod workspace;

/// Starts the app.
pub fn start() {
    console_error_panic_hook::set_once();
    worker::start();
    app::mount();
}
