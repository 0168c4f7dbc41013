//! User journeys through the finished web app in Chromium.
//!
//! `cargo xtask test --only browser-tests` builds the app, finds the browser and runs these tests. Every
//! journey also fails on an error in the console, a violation of the content security policy, or a request
//! outside the app's own files.

mod accessibility;
mod browser;
mod faults;
mod journey;
mod page;
mod screenshots;
#[path = "../../xtask/src/server.rs"]
mod server;
#[path = "../common/shared_folder.rs"]
mod shared_folder;
mod site;
mod wasm_file;

mod advice;
mod bad_input;
mod beside;
mod compare;
mod crashes;
mod documents;
mod evidence;
mod examples;
mod exports;
mod files;
mod firefox;
mod first_paint;
mod foreign_text;
mod forms;
mod frames;
mod full_disk;
mod imports;
mod keyboard;
mod kills;
mod links;
mod memory;
mod monkey;
mod pasted_task_list;
mod phone;
mod picture;
mod present;
mod reading_aids;
mod repairs;
mod reviews;
mod running;
mod screens;
mod search;
mod storage_faults;
mod tabs;
mod text_problems;
mod themes;
mod typing;
mod updates;
