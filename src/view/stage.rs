//! The drawing of the phases: blocks of cards, and lines between them.

use super::drawing::Drawing;
use super::frame::{Frame, LEGEND, MARGIN};
use super::lines::Choice;
use super::markup::Markup;
use super::part::{MOST_CARDS, Part};
use super::{block, legend, lines, overview, peek};
use crate::TaskId;

/// The selection in the drawing, and its visible part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picks {
    /// The window on the drawing.
    pub frame: Frame,
    /// The selected task.
    pub selected: Option<TaskId>,
    /// Tasks highlighted by another element on the screen.
    pub highlight: Vec<TaskId>,
    /// The task under the pointer, or the one whose card has the focus.
    pub pointed: Option<TaskId>,
    /// Whether to show all lines, whatever their number.
    pub all_lines: bool,
    /// Whether to fade tasks unrelated to the selected one.
    pub focus_mode: bool,
    /// The visible part of a large drawing, in pixels of the screen.
    pub part: Option<Part>,
}

/// Sizes in a drawing, in pixels of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Placed {
    /// Width and height of the drawing with its margins and its legend.
    pub size: (i32, i32),
    /// The zoom, in percent.
    pub zoom: i32,
    /// Left and top edge, width and height of the card of the selected task.
    pub card: Option<[i32; 4]>,
}

/// The sizes of the drawing, and the place of the selected task.
pub fn placed(drawn: &Drawing, selected: Option<&TaskId>) -> Placed {
    let scene = &drawn.scene;
    let on_screen = |length: i32| length * scale(drawn) / 100;
    let card = selected.and_then(|id| scene.card(drawn.find(id)?)).map(|card| {
        let (x, y) = (on_screen(card.x) + MARGIN, on_screen(card.y) + MARGIN);
        [x, y, on_screen(card.width), on_screen(card.height)]
    });
    let size = (on_screen(scene.width) + 2 * MARGIN, on_screen(scene.height) + 2 * MARGIN + LEGEND);
    Placed { size, zoom: scene.zoom, card }
}

fn scale(drawn: &Drawing) -> i32 {
    drawn.scene.zoom.max(100)
}

/// A part in the coordinates of the drawing.
fn part_of(drawn: &Drawing, part: Option<Part>) -> Option<Part> {
    let inside = |y: i32| (y - MARGIN) * 100 / scale(drawn);
    part.map(|part| Part { top: inside(part.top), bottom: inside(part.bottom) })
}

/// The backgrounds of the blocks, very many cards as shapes, the blocks themselves, and the legend. One of the
/// second and the third is empty.
pub fn cards(drawn: &Drawing, picks: &Picks) -> [Vec<Markup>; 4] {
    let part = part_of(drawn, picks.part);
    let blocks = match part {
        None => 0..drawn.scene.blocks.len(),
        Some(part) => drawn.scene.blocks_between(part.top, part.bottom),
    };
    let grounds = block::grounds(drawn, blocks.clone());
    let legend = legend::legend(drawn);
    if let Some(part) = part.filter(|part| overview::is_far(drawn, *part, MOST_CARDS)) {
        return [grounds, overview::overview(drawn, part), Vec::new(), legend];
    }
    let picked = drawn.picked(picks.selected.as_ref(), picks.focus_mode);
    let blocks = block::blocks(drawn, blocks, part, &picked, &picks.highlight);
    [grounds, Vec::new(), blocks, legend]
}

/// The lines between the cards, and what is known of the task under the pointer, unless it is selected.
pub fn lines(drawn: &Drawing, picks: &Picks) -> [Vec<Markup>; 2] {
    let pointed = picks.pointed.as_ref().and_then(|id| drawn.find(id));
    let choice = Choice {
        picked: drawn.picked(picks.selected.as_ref(), picks.focus_mode),
        all_lines: picks.all_lines,
        pointed,
        part: part_of(drawn, picks.part),
    };
    // The panel beside the drawing tells everything about the selected task.
    let peeked = pointed.filter(|_| picks.pointed != picks.selected);
    [lines::lines(drawn, &choice), peek::peek(drawn, peeked)]
}
