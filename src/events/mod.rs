//! The history of a plan, as a log of events that only grows. The log treats the body of an event as opaque.
//! `review` is one kind of log, with what people say about a plan; another kind needs only another
//! [`EventBody`].
//!
//! Two logs merge by union: the order doesn't matter, and nothing counts twice. Deliberately absent:
//! accounts, and any proof of an author's identity. Nothing here reads a clock; times are arguments.

mod clocks;
mod digest;
mod event;
mod ignored;
mod limits;
mod local;
mod log;
pub mod names;

pub use clocks::{Clocks, Rank};
pub use digest::Digest;
pub use event::{Event, EventBody, Statement};
pub use ignored::{Ignored, Subject};
pub use limits::{MAX_EVENT, MAX_EVENTS, MAX_NAME};
pub use local::{Entry, EntryKind, LocalLog};
pub use log::{Added, Lines, Log};

#[cfg(test)]
mod tests;
