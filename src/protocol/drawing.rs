//! The parts of the screen that the worker draws.

use super::wire::{Wire, enums, structs};
use crate::TaskId;
use crate::layout::{Direction, Zoom};
use crate::view::task::FieldProblem;
use crate::view::{Frame, Part, Picks, Placed, Showing};

/// A part of the screen to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ViewRequest {
    /// The totals above the schedule.
    Totals {
        /// Whether they show what limits the plan.
        is_limit_open: bool,
    },
    /// Blocks and cards: four groups, see [`crate::view::stage::cards`].
    Cards(Picks),
    /// The lines between the cards, and the box beside the card under the pointer: two groups.
    Lines(Picks),
    /// A view of the schedule as a page of text.
    Reading {
        /// The view.
        showing: Showing,
        /// The selected task.
        selected: Option<TaskId>,
        /// The most tasks to list.
        rows: usize,
    },
    /// The list of problems.
    Problems {
        /// The problem last jumped to.
        current: Option<usize>,
    },
    /// Advice: by which method, at what price, how surely.
    Advice {
        /// Whether it is needed by tomorrow, and no sooner.
        by_tomorrow: bool,
        /// Whether the user wants to steer.
        is_interactive: bool,
    },
    /// The form of a task.
    Task {
        /// The task.
        id: Option<TaskId>,
        /// The problem with the last written value.
        problem: Option<FieldProblem>,
    },
    /// The link of the plan, with notes about it.
    Share {
        /// Whether to leave out instructions.
        structure_only: bool,
        /// Address of this page.
        page: String,
    },
    /// The table of tasks.
    Table {
        /// The most rows to draw.
        rows: usize,
        /// The selected task.
        selected: Option<TaskId>,
    },
    /// The bar at the top while plans are compared.
    Comparing {
        /// The number of the change last jumped to.
        current: Option<usize>,
    },
    /// What can be chosen, and what is wrong with running the plan, above an export.
    Export {
        /// Its position in the list of formats.
        format: usize,
        /// See [`DocumentRequest::Export`](super::DocumentRequest::Export).
        part: String,
    },
    /// A step of the presentation: three groups, see [`crate::view::present::present`].
    Presentation {
        /// Its index; an index beyond the last means the last.
        step: usize,
    },
    /// The list of differences between the compared plans.
    Changes {
        /// The fewest tasks to list.
        rows: usize,
        /// The number of the change last jumped to.
        current: Option<usize>,
        /// Whether to show everything as text for copying.
        as_text: bool,
    },
    /// The review of the plan.
    Review {
        /// Address of this page.
        page: String,
        /// The most threads to draw.
        rows: usize,
    },
}

enums! {
    ViewRequest {
        Totals { is_limit_open }, Cards(picks), Lines(picks), Reading { showing, selected, rows },
        Problems { current }, Task { id, problem }, Table { rows, selected }, Share { structure_only, page },
        Comparing { current }, Changes { rows, current, as_text }, Review { page, rows },
        Export { format, part }, Presentation { step }, Advice { by_tomorrow, is_interactive },
    }
    Showing { Nothing, Stage, Timeline, Outline, Brief }
    Direction { Up, Down, Left, Right, Back, Forward }
    Zoom { Free, Fit, Percent(percent) }
}

structs! {
    FieldProblem { task, field, sentence }
    Picks { frame, selected, highlight, pointed, all_lines, focus_mode, part }
    Frame { size, zoom, unfolded }
    Part { top, bottom }
    Placed { size, zoom, card }
}

/// Encoded as a pair of pairs.
impl Wire for [i32; 4] {
    fn write(&self, bytes: &mut Vec<u8>) {
        let [left, top, width, height] = *self;
        ((left, top), (width, height)).write(bytes);
    }

    fn read(bytes: &mut &[u8]) -> Option<[i32; 4]> {
        let ((left, top), (width, height)) = Wire::read(bytes)?;
        Some([left, top, width, height])
    }
}
