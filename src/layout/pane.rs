//! Chooses the level of detail and the number of columns for a pane.

use super::detail::Metrics;
use super::flow::{self, Columns, Extras};
use super::{Arrangement, Detail, Scene, cells, routing, zoom};

/// The space for a drawing, and how it is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pane {
    /// Free width, in pixels of the screen.
    pub width: i32,
    /// Free height, in pixels of the screen.
    pub height: i32,
    /// The zoom.
    pub zoom: Zoom,
    /// Positions in the plan of tasks whose run is drawn as single phases.
    pub unfolded: Vec<usize>,
}

/// The zoom of a drawing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Zoom {
    /// As much detail as is useful in the space.
    #[default]
    Free,
    /// As much detail as fits without scrolling.
    Fit,
    /// In percent; see [`zoom`].
    Percent(i32),
}

/// A plan of so few tasks is drawn as cards even if not all of them fit.
const FEW: usize = 24;

/// The most that a drawing of cards or lines may be higher than the pane before less detail is drawn, in
/// percent.
const HIGH_CARDS: i32 = 150;
const HIGH_LINES: i32 = 300;

impl Arrangement {
    /// Draws the plan. `ghosts` has the phase of each place that is wanted for a task not in the schedule, from
    /// 0.
    ///
    /// The same plan in the same pane looks the same. No drawing is wider than the pane; it goes on downwards.
    /// Time: O((cards + lines) · columns) and a little for each way to divide the pane.
    pub fn scene(&self, pane: &Pane, ghosts: &[usize]) -> Scene {
        let extras = Extras { ghosts, unfolded: &pane.unfolded };
        let (mut scene, columns) = match pane.zoom {
            Zoom::Free => {
                let high = if self.cards() <= FEW { HIGH_CARDS } else { 100 };
                self.within(pane, [(100, high), (zoom::LINES, HIGH_LINES)], extras)
            }
            Zoom::Fit => self.within(pane, [(100, 100), (zoom::LINES, 100)], extras),
            Zoom::Percent(percent) => self.drawn(pane, percent, extras),
        };
        let metrics = Metrics::of(scene.detail, &self.letters);
        routing::route(&mut scene, &self.links, columns, &metrics);
        scene
    }

    /// The first of these zooms at which the drawing is no higher than its share of the pane, in percent; else
    /// cells.
    fn within(&self, pane: &Pane, zooms: [(i32, i32); 2], extras: Extras<'_>) -> Placed {
        for (percent, share) in zooms {
            let most = pane.height * share / 100;
            if self.least_height(pane.width, percent) <= most {
                let placed = self.drawn(pane, percent, extras);
                if placed.0.height <= most {
                    return placed;
                }
            }
        }
        self.drawn(pane, zoom::CELLS, extras)
    }

    fn cards(&self) -> usize {
        self.phases.iter().map(Vec::len).sum()
    }

    /// A height that no drawing of this zoom stays below. It spares trying one that can't fit.
    fn least_height(&self, width: i32, percent: i32) -> i32 {
        let metrics = Metrics::of(zoom::detail(percent), &self.letters);
        let columns = Columns::choices(width, &metrics).last().map_or(1, |columns| columns.count);
        i32::try_from(self.cards() / columns).unwrap_or(i32::MAX).saturating_mul(metrics.height)
    }

    /// With the widest columns with which everything fits; if none do, with the narrowest.
    fn drawn(&self, pane: &Pane, percent: i32, extras: Extras<'_>) -> Placed {
        let detail = zoom::detail(percent);
        let scale = zoom::scale(percent);
        let (width, height) = (pane.width * 100 / scale, pane.height * 100 / scale);
        let zoom = match detail {
            Detail::Cells => zoom::CELLS,
            Detail::Lines => zoom::LINES,
            Detail::Cards => scale,
        };
        if detail == Detail::Cells {
            let scene = Scene { zoom, ..cells::place(self, width, height) };
            return (scene, Columns { count: 1, width: 1 });
        }
        let choices = Columns::choices(width, &Metrics::of(detail, &self.letters));
        let mut placed = Placed::default();
        for columns in choices {
            placed = (Scene { zoom, ..flow::place(self, detail, (columns, height), extras) }, columns);
            if placed.0.height <= height {
                break;
            }
        }
        placed
    }
}

/// A scene without lines, and the columns of its grid.
type Placed = (Scene, Columns);
