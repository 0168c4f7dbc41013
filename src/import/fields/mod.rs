//! Fields of tasks as other tools name them: in JSON, in lines of JSON, and in the columns of tables.
//!
//! Formats differ in names, not in ideas. [`Meaning`] says what a field is about, a reader of a format changes
//! what it must, and [`Collector`] makes one outline of the objects.

mod collector;
mod meaning;
mod object;
mod values;

pub use collector::Collector;
pub use meaning::{Meaning, TITLE_OF_A_TASK, is_step, meaning};
pub use object::{Found, names_files, read_object, read_text};
pub use values::{checks_of, paths, status_of};
