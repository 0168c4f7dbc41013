//! What changed in a repository: reads the lists that git prints, and says whose each file is.
//!
//! Nothing here asks git or a disk. A list is what somebody else says has changed; a [`Judgement`] compares it
//! with what the tasks of a plan own.

mod giving;
mod judgement;
mod list;
mod recognise;
mod undo;

pub use giving::Giving;
pub use judgement::{Asked, Judged, Judgement, Owner, Verdict};
pub use list::{Change, ChangedFile, read};
pub use recognise::is_list;
pub use undo::undo;
