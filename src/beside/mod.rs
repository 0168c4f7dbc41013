//! Several plans at once: what collides between plans and open branches that run side by side, what is not
//! known about them, and in which order to land them.
//!
//! Each plan is checked on its own elsewhere. Here only pairs of tasks from different plans count: nothing
//! orders them, so all that run at the same time may meet.

mod crossing;
mod landing;
mod names;
mod sentences;
mod together;
mod work;

pub use crossing::{Crossing, Place};
pub use landing::{Landing, Reason};
pub use names::names_of;
pub use sentences::{conflict, landing, not_known};
pub use together::Together;
pub use work::Work;
