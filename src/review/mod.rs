//! Reviewing a plan without a server: what people say about it is a set of events that only grows, and everything that is shown
//! follows from that set.
//!
//! Whoever has two sets joins them; the order does not matter, and nothing is counted twice. Absent on purpose: accounts, and any
//! proof of who somebody is. Nothing here reads a clock: times come in.

pub mod anchor;
pub mod event;
pub mod field;
pub mod folder;
pub mod hash;
pub mod log;
mod markdown;
pub mod names;
pub mod receive;
pub mod revision;
pub mod state;

pub use anchor::{Anchor, Standing};
pub use event::{Body, Event, Statement};
pub use field::Field;
pub use folder::Folder;
pub use hash::Digest;
pub use log::{Added, Log};
pub use markdown::markdown;
pub use receive::{Receipt, receive};
pub use revision::Revision;
pub use state::{Age, State};
