//! What would happen if: the effect of a repair, and of one agent more or fewer, computed by the scheduler before anybody
//! is offered it.

mod agents;
mod effect;

pub use agents::{AgentCount, by_agents};
pub use effect::{Effect, of_edits};
