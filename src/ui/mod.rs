//! The view: signals wired to elements. Contains no rule, no algorithm and no format; those are in the library.
//!
//! The page is thin: it holds the text box, the frame of the screen and what a person picks. What is computed from a plan is
//! drawn by the worker ([`phaseplan::view`]) and put on the page by [`drawn`]. Data flows one way: an event makes a
//! [`phaseplan::protocol::Change`], [`workspace::Workspace`] sends it, and everything on the screen follows from what comes back.

mod acts;
mod app;
mod canvas;
mod clipboard;
mod compare;
mod documents;
mod drawn;
mod editor;
mod element;
mod files;
mod forms;
mod header;
mod incoming;
mod json;
mod keys;
mod link;
mod menus;
mod notices;
mod page;
mod panels;
mod persist;
mod planner;
mod present;
mod rendered;
mod search;
mod shortcuts;
mod splitter;
mod start;
mod start_page;
mod state;
mod status_bar;
mod storage;
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
