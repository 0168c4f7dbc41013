//! Guesses from the sentences of a task: the files it changes and reads, the tasks it waits for, and its
//! kind.
//!
//! For formats without fields for these. The sentences are read by [`crate::prose`]. Each format reports the
//! guesses it uses.

pub mod estimate;
pub mod files;
pub mod kind;
pub mod references;
pub mod repository;
pub mod title;
