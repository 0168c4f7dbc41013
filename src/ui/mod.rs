//! The page: signals connected to elements. Contains no rule, no algorithm and no format; those are in the
//! library.
//!
//! The page is thin: it holds the text box, the frame of the screen and the selection. The worker draws the
//! results ([`phaseplan::view`]), and [`drawn`] puts them on the page. Data flows one way: one listener
//! ([`acts`]) turns events into a [`phaseplan::protocol::Change`], [`door`] sends it, and everything on the
//! screen follows from the answer.

mod acts;
mod address;
mod app;
mod canvas;
mod clipboard;
mod compare;
mod documents;
mod door;
mod drawn;
mod editor;
mod element;
mod files;
mod forms;
mod header;
mod incoming;
mod journal;
mod json;
mod keys;
mod leftovers;
mod link;
mod menus;
mod notices;
mod page;
mod panels;
mod planner;
mod present;
mod problems;
mod recovery;
mod rendered;
mod review;
mod saving;
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
mod views;
mod widgets;
mod worker;
mod workspace;

/// Starts the app.
pub fn start() {
    console_error_panic_hook::set_once();
    worker::start();
    app::mount();
}
