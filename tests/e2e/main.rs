//! Journeys through the finished web app in Chromium, as users make them.
//!
//! `cargo xtask test --only browser-tests` builds the app, finds the browser and runs these. Every journey also fails on
//! an error in the console, a breach of the content security policy, or a request beyond the app's own files.

mod accessibility;
mod browser;
mod journey;
mod page;
mod screenshots;
#[path = "../../xtask/src/server.rs"]
mod server;
mod site;

mod first_paint;
