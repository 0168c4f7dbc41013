//! Messages between the page and its worker.
//!
//! The page holds what it shows: the text, and the user's selections. The worker holds the document and
//! everything computed from it. Each [`Request`] has a number and gets one [`Answer`] with that number; an
//! answer without a request has the number 0. First the worker sends its [`BUILD`], because the site may have
//! been updated since the page was loaded. Only a long [search](crate::search) has a worker of its own, which
//! can be stopped.
//!
//! Each file defines the messages of one topic: the types, and the order in which their fields are encoded.

mod compare;
mod document;
mod drawing;
mod files;
mod library;
mod markup;
mod plan;
mod review;
mod search;
pub mod wire;

pub use compare::{BesideChange, Comparison, StoredPlan};
pub use document::{Change, Content, DocumentRequest, DocumentState, TaskLines};
pub use drawing::ViewRequest;
pub use files::{Exported, Format, Found};
pub use library::{DocumentList, Journal, LibraryRequest, OldDocument, SaveState, SavedFile, Saving};
pub use plan::{PlanState, Problem};
pub use review::Form;
pub use search::SearchRequest;

use crate::TaskId;
use crate::view::{Markup, Placed};
use wire::{Wire, enums};

/// The name of the build. Only messages within one build have the same format on both ends.
pub const BUILD: &str = match option_env!("PHASEPLAN_BUILD") {
    Some(build) => build,
    None => "",
};

/// A request of the page, by who answers it.
#[derive(Debug, Clone, PartialEq)]
pub enum Request {
    /// About the open document: [`Session`](crate::session::Session) answers.
    Document(DocumentRequest),
    /// About the documents on this device: storage answers.
    Library(LibraryRequest),
    /// Opens a document on this device: [`Answer::Changed`]. Storage passes it to the session.
    OpenStored {
        /// The number of documents opened so far.
        opening: u32,
        /// Its key in storage.
        key: String,
        /// The revision that the page has seen. If storage has another one, changes become a separate
        /// document.
        revision: Option<u32>,
    },
    /// Saves unsaved changes immediately: [`Answer::Done`]. They are also saved automatically after a pause.
    Save,
}

impl From<DocumentRequest> for Request {
    fn from(request: DocumentRequest) -> Request {
        Request::Document(request)
    }
}

impl From<LibraryRequest> for Request {
    fn from(request: LibraryRequest) -> Request {
        Request::Library(request)
    }
}

impl From<ViewRequest> for Request {
    fn from(wanted: ViewRequest) -> Request {
        Request::Document(DocumentRequest::Draw(wanted))
    }
}

/// An answer of the worker.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// The document was opened or changed, or why it could not be, in a sentence.
    Changed(Result<Box<DocumentState>, String>),
    /// All results are computed.
    Planned(Box<PlanState>),
    /// A part of the screen.
    Drawn {
        /// The children of the drawn elements, in order.
        groups: Vec<Vec<Markup>>,
        /// The size of the drawing, if cards were requested.
        placed: Option<Placed>,
    },
    /// The neighbouring task.
    Neighbour(Option<TaskId>),
    /// The job for the search worker; `None` if there is nothing to search for.
    Job(Option<Vec<u8>>),
    /// A search event was handled.
    Searched {
        /// The better schedule, if the event contains one.
        planned: Option<Box<PlanState>>,
        /// Whether the search has ended.
        is_over: bool,
    },
    /// The export formats, in menu order.
    Formats(Vec<Format>),
    /// The plan in another format.
    Exported(Exported),
    /// What was read, or why nothing could be, in sentences.
    Imported(Result<Found, String>),
    /// The progress of saving the open document. Also sent without a request, whenever it changes.
    Saved(SaveState),
    /// What was done, in a sentence that may be empty, or why it failed.
    Done(Result<String, String>),
    /// Files to download.
    Files(Vec<SavedFile>),
    /// The style sheet of what the worker draws. Sent once without a request, before everything else.
    Style(String),
}

enums! {
    Request { Document(request), Library(request), OpenStored { opening, key, revision }, Save }
    Answer {
        Changed(changed), Planned(planned), Drawn { groups, placed }, Neighbour(task), Job(job),
        Searched { planned, is_over }, Formats(formats), Exported(text), Imported(found), Saved(state),
        Done(outcome), Files(files), Style(sheet),
    }
}
