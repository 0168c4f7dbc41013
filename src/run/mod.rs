//! Following a run: what can start now, what keeps the rest from starting, and what follows from the log of
//! what happened.
//!
//! Nothing here starts anything. Whoever launches agents asks [`Next`], launches them, and says so.

mod at_work;
mod chains;
mod foreign_file;
pub mod log;
mod next;
mod obstacle;
pub mod pasted;
mod selection;

pub use at_work::AtWork;
pub use chains::Chains;
pub use foreign_file::{ForeignFile, Repair};
pub use next::{Blocked, Held, Launch, Mode, Next};
pub use obstacle::Obstacle;
pub use selection::{Refusal, refusals};

#[cfg(test)]
mod tests;
