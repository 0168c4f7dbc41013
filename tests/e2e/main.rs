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
mod shared_corpus;
mod site;
mod wasm_file;

mod bad_input;
mod compare;
mod crashes;
mod documents;
mod examples;
mod files;
mod firefox;
mod first_paint;
mod foreign_text;
mod forms;
mod frames;
mod keyboard;
mod kills;
mod links;
mod memory;
mod monkey;
mod pasted_task_list;
mod phone;
mod present;
mod reading_aids;
mod repairs;
mod reviews;
mod screens;
mod search;
mod storage_faults;
mod tabs;
mod themes;
mod typing;
mod updates;
