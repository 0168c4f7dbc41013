//! The drawing of the phases: columns of cards, and lines between them.

use super::compare::ghosts;
use super::drawing::Drawn;
use super::lines::Choice;
use super::markup::Markup;
use super::part::{MOST_CARDS, Part};
use super::{column, lines, overview};
use crate::TaskId;

/// What a person picked in the drawing, and how much of it is on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picks {
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Tasks that something else on the screen points at.
    pub highlight: Vec<TaskId>,
    /// The task under the pointer.
    pub pointed: Option<TaskId>,
    /// Whether all lines are shown whatever their number.
    pub all_lines: bool,
    /// Whether tasks that have nothing to do with the selected one are faded.
    pub focus_mode: bool,
    /// The part on the screen; all of it if the drawing is small.
    pub part: Option<Part>,
}

/// The grounds of the columns, the cards from afar, and the columns themselves, of which one of the last two is empty.
pub fn cards(drawn: &Drawn, picks: &Picks) -> [Vec<Markup>; 3] {
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
pub fn lines(drawn: &Drawn, picks: &Picks) -> Vec<Markup> {
    let choice = Choice {
        picked: drawn.picked(picks.selected.as_ref(), picks.focus_mode),
        all_lines: picks.all_lines,
        pointed: picks.pointed.as_ref().and_then(|id| drawn.find(id)),
        part: picks.part,
    };
    lines::lines(drawn, &choice)
}

/// Where the card of a task stands: left and upper edge, width and height.
pub fn place(drawn: &Drawn, task: &TaskId) -> Option<[i32; 4]> {
    let card = drawn.scene.card(drawn.find(task)?)?;
    Some([card.x, card.y, card.width, card.height])
}
