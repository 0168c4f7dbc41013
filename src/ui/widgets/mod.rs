//! Small reusable elements.

pub mod dialog;
pub mod icon;
mod sentence;
pub mod tabs;

pub use dialog::dialog;
pub use icon::{icon, icon_button};
pub use tabs::{Tab, tab, tab_list};
