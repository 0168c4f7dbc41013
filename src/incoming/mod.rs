//! The way in: whatever is pasted, dropped, chosen or named on the command line.
//!
//! An [`Input`] is a paste, a file, several files, a folder or a zip archive. Everything it may be says how
//! sure it is, with the reason, and the surest reads it. The page and the command line ask here and nowhere
//! else, so they open the same things.

mod claim;
mod file_names;
mod input;

pub use claim::{Claim, Content};
pub use input::{IGNORED, Input, MAX_BYTES, MAX_FILES, is_ignored, too_much};

use std::sync::Arc;

use crate::evidence::Evidence;
use crate::import::Imported;
use crate::share::{Brought, Opened};

/// What came in.
#[derive(Debug, Clone, PartialEq)]
pub enum Incoming {
    /// A plan.
    Plan(Imported),
    /// A plan in a link.
    Shared(Opened),
    /// What people say about a plan.
    Reply(Brought),
    /// Several documents, each with its name and its record; see [`crate::document::record`].
    Archive(Vec<(String, String)>),
    /// No plan, but what is known of a repository.
    Evidence(Arc<Evidence>),
}
