//! Exports for agents that carry out the plan.

mod batches;
mod behind;
mod boundary;
pub mod files;
mod packages;
pub mod phases;
pub mod prompt;
pub mod workflow;

pub use crate::doer;
