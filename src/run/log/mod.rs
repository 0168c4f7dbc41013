//! The log of a run: what happened, as events beside the document, stored, shared and joined like a review.
//!
//! Everything else follows from the log and the plan: the state of each task, how long it took, and the record.

mod body;
mod correction;
mod estimates;
mod outlook;
mod record;
mod state;

pub use body::{Body, Event, LocalLog, Log};
pub use correction::corrections;
pub use estimates::{Factor, factors, new_estimates};
pub use outlook::{Outlook, remaining};
pub use record::{Row, record, to_csv, to_json};
pub use state::{Attempt, Denial, Ended, Outcome, Report, RunState, TaskRun};

#[cfg(test)]
pub(crate) mod tests;
