//! The layout of the drawing: columns for phases, cards for tasks, curves between them.
//!
//! A layered drawing (Sugiyama, Tagawa, Toda 1981) whose layers are the phases, so four steps remain:
//! [`links`] selects the lines, [`ordering`] orders the cards of each phase to reduce crossings, [`rows`]
//! keeps lines level where there is room, and [`routing`] routes long lines through the gaps between rows.
//!
//! Works with numbers only: no colours, no fonts, no DOM. All lengths are CSS pixels at 100 % zoom, all
//! arithmetic uses integers, and nothing depends on the order of a map: the same input gives the same drawing
//! everywhere.

mod crossings;
mod curve;
mod ghosts;
mod layers;
mod links;
mod ordering;
mod routing;
mod rows;
mod scene;
pub mod timeline;
mod walk;
pub mod zoom;

pub use curve::curve;
pub use ghosts::{Ghosts, ghosts};
pub use scene::{Card, Column, Edge, EdgeKind, Metrics, Scene, Spot};
pub use walk::Direction;

use crate::analysis::Analysis;
use crate::schedule::Schedule;
use layers::Layers;

/// Places a schedule. The drawing follows from the plan and its schedule alone: what was drawn before has no part in
/// it, so the same text looks the same after an undo and after a reload.
///
/// Time grows with the lines and the phases they pass, up to a fixed amount of work: about a millisecond for
/// 200 tasks, well below a second for 10,000.
pub fn layout(analysis: &Analysis, schedule: &Schedule, metrics: &Metrics) -> Scene {
    let links = links::links(analysis, schedule);
    let mut layers = Layers::new(schedule, &links);
    layers.order = ordering::order(&layers);
    let levels = rows::assign(&layers);
    routing::scene(&layers, &links, &levels, schedule, metrics)
}
