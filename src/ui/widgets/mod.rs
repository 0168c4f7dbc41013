//! Small parts that screens are made of. Each gives one erased view, so that a screen is not one huge type.

pub mod field;
pub mod icon;
pub mod sentence;
pub mod tabs;

pub use field::{Field, Shape};
pub use icon::icon;
pub use sentence::sentence;
pub use tabs::{Tab, tab};
