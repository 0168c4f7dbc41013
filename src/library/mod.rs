//! The documents on a device: what is known of each without reading it, and the rules for keeping them.
//!
//! Rules are functions of what is stored and of the time, which comes in as an argument; whoever calls them reads and writes.
//! A document is stored as a [`Head`] and a record (see [`crate::document::record`]), and may have [`Version`]s.

pub mod archive;
mod head;
mod saving;
mod versions;

pub use head::{FORM, Head, KEPT_IN_BIN, name_of_copy, newest_first};
pub use saving::{Verdict, judge};
pub use versions::{Version, is_due, to_forget};
