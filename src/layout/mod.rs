//! Where everything stands in the drawing: columns for phases, cards for tasks, curves between them.
//!
//! A layered drawing (Sugiyama, Tagawa, Toda 1981) whose layers are given by the phases, so that four steps are left:
//! [`links`] says which lines there are, [`ordering`] puts the cards of each phase into an order with few crossings,
//! [`rows`] keeps lines level where there is room, and [`routing`] leads long lines through the gaps between rows.
//!
//! Knows numbers only: no colours, no fonts, no DOM. All lengths are CSS pixels at 100 % zoom, all arithmetic is in
//! integers, and nothing depends on the order of a map: the same input gives the same drawing everywhere.

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

/// Places a schedule from nothing.
///
/// Time grows with the lines and the phases they pass, up to a fixed amount of work: about a millisecond for
/// 200 tasks, well below a second for 10,000.
pub fn layout(analysis: &Analysis, schedule: &Schedule, metrics: &Metrics) -> Scene {
    layout_steadily(analysis, schedule, metrics, &[])
}

/// Places a schedule so that little moves: a task keeps its row unless its phase changes.
///
/// `before` has the [`Card::spot`] of each task in the drawing that is on screen, `None` for tasks that were not in
/// it. When keeping them would cost noticeably more crossings than a drawing from nothing, the latter is taken.
/// (The aim is that of North 1995, "Incremental layout in DynaDAG".)
pub fn layout_steadily(
    analysis: &Analysis,
    schedule: &Schedule,
    metrics: &Metrics,
    before: &[Option<Spot>],
) -> Scene {
    let links = links::links(analysis, schedule);
    let mut layers = Layers::new(schedule, &links);
    let kept = before.iter().any(Option::is_some).then(|| ordering::keeping(&layers, before));
    let fresh = ordering::from_nothing(&layers);
    let is_kept = kept.as_ref().is_some_and(|kept| {
        let (kept, fresh) = (crossings::count(&layers, kept), crossings::count(&layers, &fresh));
        kept <= fresh + fresh / 4 + schedule.phase_of.len() as u64 / 8 + 1
    });
    let before = if is_kept { before } else { &[] };
    layers.order = if is_kept { kept.unwrap_or_default() } else { fresh };
    let levels = rows::assign(&layers, before);
    routing::scene(&layers, &links, &levels, schedule, metrics)
}
