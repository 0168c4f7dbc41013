//! Input and output formats.

use super::wire::{Wire, enums, structs};
#[cfg(doc)]
use super::{Change, Content, DocumentList, DocumentRequest};
use crate::incoming::Input;
#[cfg(doc)]
use crate::view::ReviewAct;

/// An export format; see [`crate::export::Export`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is that of `Export` with its name")]
pub struct Format {
    pub id: String,
    pub group: String,
    pub title: String,
    pub description: String,
    pub extension: String,
    pub media_type: String,
}

/// A plan in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// All of it as one text; of several files, each behind its path.
    pub text: String,
    /// A zip archive of the files, if there are several.
    pub archive: Option<Vec<u8>>,
}

/// What [`DocumentRequest::Import`] read and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A plan in a format of this program, to be opened as [`Content::Found`].
    Plan {
        /// What opening it does, in a sentence.
        said: String,
    },
    /// A plan in another tool's format, to be shown as [`DocumentList::Import`] before it is opened as
    /// [`Content::Found`].
    Import {
        /// How many tasks it has.
        tasks: usize,
        /// The name of the format.
        format: String,
    },
    /// A plan in a link, to be opened as [`Content::Found`]. At first it is only shown.
    Shared {
        /// How many tasks it has.
        tasks: usize,
    },
    /// What people say about a plan, to be added by [`ReviewAct::ReceiveFound`].
    Reply,
    /// No plan, but what is known of its repository, to be taken in by [`Change::Know`].
    Evidence,
}

structs! {
    Format { id, group, title, description, extension, media_type }
    Exported { text, archive }
}

enums! {
    Found { Plan { said }, Import { tasks, format }, Shared { tasks }, Reply, Evidence }
}

/// As the files that were given: what they are is found out where they are read.
impl Wire for Input {
    fn write(&self, bytes: &mut Vec<u8>) {
        self.given().len().write(bytes);
        for (name, content) in self.given() {
            name.write(bytes);
            content.write(bytes);
        }
        self.unread().write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<Input> {
        let given: Vec<(String, Vec<u8>)> = Wire::read(bytes)?;
        Some(match Wire::read(bytes)? {
            Some(unread) => Input::names(given.into_iter().map(|(name, _)| name).collect(), unread),
            None => Input::files(given),
        })
    }
}
