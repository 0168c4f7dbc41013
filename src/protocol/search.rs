//! The long search for a better schedule; see [`crate::search`].

use super::wire::{Wire, enums};

/// A request about the search. The job and its events are opaque bytes for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchRequest {
    /// Prepares a search: [`Answer::Job`](super::Answer::Job).
    Begin {
        /// Whether to search longer than before.
        longer: bool,
        /// Whether the user has touched the plan since it was opened: then nothing moves by itself.
        is_touched: bool,
    },
    /// Handles a message from the search worker: [`Answer::Searched`](super::Answer::Searched).
    Event {
        /// The message, unchanged.
        message: Vec<u8>,
        /// The duration of the search so far, in seconds.
        seconds: u32,
        /// See [`SearchRequest::Begin`].
        is_touched: bool,
    },
    /// Shows the better schedule that is offered: [`Answer::Searched`](super::Answer::Searched).
    Show,
    /// Ends the search: [`Answer::Searched`](super::Answer::Searched).
    End,
}

enums! {
    SearchRequest { Begin { longer, is_touched }, Event { message, seconds, is_touched }, Show, End }
}
