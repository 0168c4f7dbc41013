//! Exports for agents that carry out the plan.

mod batches;
mod behind;
mod boundary;
mod files;
mod packages;
pub mod phases;
pub mod prompt;

pub use crate::doer;
