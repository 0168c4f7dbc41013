//! The drawing of the phases: columns of cards, and lines between them.

use super::compare::ghosts;
use super::drawing::Drawing;
use super::lines::Choice;
use super::markup::Markup;
use super::part::{MOST_CARDS, Part};
use super::{column, lines, overview};
use crate::TaskId;

/// The selection in the drawing, and its visible part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picks {
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Tasks highlighted by another element on the screen.
    pub highlight: Vec<TaskId>,
    /// The task under the pointer.
    pub pointed: Option<TaskId>,
    /// Whether to show all lines, whatever their number.
    pub all_lines: bool,
    /// Whether to fade tasks unrelated to the selected one.
    pub focus_mode: bool,
    /// The visible part; `None` if the drawing is small.
    pub part: Option<Part>,
}

/// The backgrounds of the columns, the cards at low zoom, and the columns themselves. One of the last two is
/// empty.
pub fn cards(drawn: &Drawing, picks: &Picks) -> [Vec<Markup>; 3] {
    let phases = match picks.part {
        None => 0..drawn.scene.columns.len(),
        Some(part) => drawn.scene.columns_between(part.left, part.right),
    };
    let mut grounds = column::grounds(drawn, phases.clone());
    grounds.extend(ghosts::grounds(drawn, picks.part));
    if let Some(part) = picks.part.filter(|part| overview::is_far(drawn, *part, MOST_CARDS)) {
        return [grounds, overview::overview(drawn, part), Vec::new()];
    }
    let picked = drawn.picked(picks.selected.as_ref(), picks.focus_mode);
    let mut columns = column::columns(drawn, phases, picks.part, &picked, &picks.highlight);
    columns.extend(ghosts::columns(drawn, picks.part));
    [grounds, Vec::new(), columns]
}

/// The lines behind the cards.
pub fn lines(drawn: &Drawing, picks: &Picks) -> Vec<Markup> {
    let choice = Choice {
        picked: drawn.picked(picks.selected.as_ref(), picks.focus_mode),
        all_lines: picks.all_lines,
        pointed: picks.pointed.as_ref().and_then(|id| drawn.find(id)),
        part: picks.part,
    };
    lines::lines(drawn, &choice)
}

/// The position of a task's card: left and top edge, width and height.
pub fn place(drawn: &Drawing, task: &TaskId) -> Option<[i32; 4]> {
    let card = drawn.scene.card(drawn.find(task)?)?;
    Some([card.x, card.y, card.width, card.height])
}
