//! The layout of the drawing: phases in rows, cards for tasks, lines between them.
//!
//! An [`Arrangement`] is what follows from the plan alone. [`links`] selects the lines, and [`ordering`] orders
//! the cards of each phase for few crossings, as in a layered drawing (Sugiyama, Tagawa, Toda 1981) whose
//! layers are the phases. A [`Scene`] is an arrangement in a [`Pane`]: [`flow`] places phases in rows like
//! words, [`cells`] those of a plan that is too large for that, and [`routing`] leads the lines past the cards.
//!
//! Works with numbers only: no colours, no fonts, no DOM. All lengths are CSS pixels, all arithmetic uses
//! integers, and nothing depends on the order of a map: the same input gives the same drawing everywhere.

mod arrangement;
mod cells;
mod crossings;
mod curve;
mod detail;
mod flow;
mod layers;
mod links;
mod ordering;
mod pane;
mod routing;
mod scene;
pub mod timeline;
mod walk;
pub mod zoom;

pub use arrangement::Arrangement;
pub use cells::READABLE;
pub use curve::curve;
pub use detail::{Detail, LETTER, Letters, letters_in_line};
pub use pane::{Pane, Zoom};
pub use scene::{Block, Card, Edge, EdgeKind, Scene, Spot};
pub use walk::Direction;
