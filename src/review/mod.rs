//! Reviews without a server: what people say about a plan is a log of events (`events`), and everything on
//! screen is derived from that log and the plan.

pub mod anchor;
mod body;
mod markdown;
pub mod receive;
pub mod revision;
mod say;
pub mod state;
mod verdict;

pub use anchor::{Anchor, Standing};
pub use body::{Body, Event, LocalLog, Log, Statement};
pub use markdown::markdown;
pub use receive::{Receipt, receive};
pub use revision::Revision;
pub use state::State;
pub use verdict::{Age, Since, Verdict};

pub use crate::plan::Field;
