//! Names of faults caused by requests; `faults.js` implements them.

use phaseplan::incoming::Input;
use phaseplan::protocol::wire::to_bytes;
use phaseplan::protocol::{Change, DocumentRequest, LibraryRequest, Request, SearchRequest, ViewRequest};

/// Stops the program at a request of this kind.
pub fn panic_at(request: impl Into<Request>) -> String {
    format!("panic at {}", kind(&request.into()))
}

/// Leaves a request of this kind without an answer.
pub fn silent_at(request: impl Into<Request>) -> String {
    format!("silent at {}", kind(&request.into()))
}

/// The first two bytes of a request, which encode its kind.
fn kind(request: &Request) -> String {
    let bytes: Vec<String> = to_bytes(request).iter().take(2).map(u8::to_string).collect();
    bytes.join(".")
}

/// Any change of the document.
pub fn change() -> Request {
    DocumentRequest::Change(Change::Undo).into()
}

/// Any drawing of the session.
pub fn draw() -> Request {
    ViewRequest::Totals { is_limit_open: false }.into()
}

/// Any request about the search.
pub fn search() -> Request {
    DocumentRequest::Search(SearchRequest::End).into()
}

/// An import of any file.
pub fn import() -> Request {
    DocumentRequest::Import(Input::default()).into()
}

/// A copy of any document.
pub fn duplicate() -> Request {
    LibraryRequest::Duplicate(String::new()).into()
}
