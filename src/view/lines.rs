//! Lines between cards: which ones to show, and how.

use crate::analysis::{Conflict, ConflictKind};
use crate::explain;
use crate::glob::CommonFiles;
use crate::layout::{Card, Detail, Edge, EdgeKind, LETTER, curve};

use super::drawing::{Drawing, Picked, Relation};
use super::markup::{Markup, markup};
use super::part::Part;

/// Up to this number, all order lines are shown, and up to a third of it, all conflicts.
const FEW_LINES: usize = 48;

/// The most conflicts shown at once; each is an element, because it has a tooltip.
const MOST_CONFLICTS: usize = 300;

/// Decides which lines are shown.
pub struct Choice {
    /// The selection.
    pub picked: Picked,
    /// Whether to show all lines, whatever their number.
    pub all_lines: bool,
    /// The task under the pointer.
    pub pointed: Option<usize>,
    /// The visible part of a large drawing.
    pub part: Option<Part>,
}

impl Choice {
    /// Whether a line is on a path to or from the selected task, or touches the task under the pointer.
    fn is_picked(&self, edge: &Edge) -> bool {
        let ends = [edge.from, edge.to];
        if self.pointed.is_some_and(|task| ends.contains(&task)) {
            return true;
        }
        if edge.kind != EdgeKind::Order {
            return self.picked.selected.is_some_and(|task| ends.contains(&task));
        }
        match ends.map(|task| self.picked.relations.get(task).copied().flatten()) {
            [Some(from), Some(to)] => from != Relation::After || to != Relation::Before,
            _ => false,
        }
    }

    fn is_on_screen(&self, edge: &Edge) -> bool {
        let Some(part) = self.part else { return !edge.points.is_empty() };
        let is_above = edge.points.iter().all(|point| point.1 < part.top);
        let is_below = edge.points.iter().all(|point| point.1 > part.bottom);
        !is_above && !is_below
    }
}

/// The lines behind the cards. Lines of the same style form one path; each conflict is a path of its own.
pub fn lines(drawn: &Drawing, choice: &Choice) -> Vec<Markup> {
    let edges: Vec<&Edge> = drawn.scene.edges.iter().filter(|edge| choice.is_on_screen(edge)).collect();
    let orders = edges.iter().filter(|edge| edge.kind == EdgeKind::Order).count();
    // Less detail, fewer lines: the phases tell the order, and between cells no line can be followed.
    let detail = drawn.scene.detail;
    let block = |task: usize| drawn.scene.card(task).and_then(|card| drawn.scene.block(card.phase));
    // A run is in order by itself.
    let is_told = |edge: &Edge| !choice.all_lines && block(edge.from) == block(edge.to);
    let all_order = choice.all_lines || (detail == Detail::Cards && orders <= FEW_LINES);
    let all_critical = choice.all_lines || detail >= Detail::Lines;
    let all_apart = choice.all_lines || (detail >= Detail::Lines && edges.len() - orders <= FEW_LINES / 3);
    let [mut faint, mut picked, mut critical] = [const { String::new() }; 3];
    let (mut apart, mut names) = (Vec::new(), Vec::new());
    for edge in edges {
        let is_picked = choice.is_picked(edge);
        let is_shown = is_picked || !choice.picked.fades;
        match edge.kind {
            EdgeKind::Order
                if edge.is_critical && (is_picked || (is_shown && all_critical && !is_told(edge))) =>
            {
                curve(&mut critical, &edge.points);
            }
            EdgeKind::Order if is_picked => curve(&mut picked, &edge.points),
            EdgeKind::Order if is_shown && all_order && !is_told(edge) => curve(&mut faint, &edge.points),
            EdgeKind::Apart(number)
                if apart.len() < MOST_CONFLICTS
                    && (is_picked || (is_shown && (all_apart || (edge.is_critical && all_critical)))) =>
            {
                apart.push(apart_line(drawn, edge, number, is_picked, &mut names));
            }
            _ => {}
        }
    }
    let merged = [("line faint", faint), ("line picked", picked), ("line critical", critical)];
    let mut lines: Vec<Markup> =
        merged.iter().map(|(class, path)| markup("path", class).set("d", path)).collect();
    lines.extend(apart);
    lines
}

/// A dashed line, and a wide invisible one for the pointer.
fn apart_line(
    drawn: &Drawing,
    edge: &Edge,
    number: usize,
    is_picked: bool,
    names: &mut Vec<Place>,
) -> Markup {
    let mut path = String::new();
    curve(&mut path, &edge.points);
    let conflict = &drawn.report.analysis.conflicts[number];
    let id = drawn.report.plan.tasks[edge.to].id.as_str();
    let sentence = explain::kept_apart(&drawn.report, conflict, edge.to).replace('`', "");
    let class = match (&conflict.kind, is_picked) {
        (ConflictKind::ReadWrite { .. } | ConflictKind::Creation { .. }, false) => "apart hazard",
        (ConflictKind::ReadWrite { .. } | ConflictKind::Creation { .. }, true) => "apart hazard picked",
        (_, false) => "apart",
        (_, true) => "apart picked",
    };
    markup("g", class)
        .child(markup("title", "").text(&format!("{id}: {sentence}")))
        .child(markup("path", "line").set("d", &path))
        .child(markup("path", "line-target").set("d", &path))
        .children(file_name(drawn, edge, conflict, names).into_iter().collect())
}

/// Height of a name above its line, in pixels.
const NAME: i32 = 14;

/// The name of the file that two tasks share, on the longest level piece of their line, if it has room there
/// and covers no card. `taken` has the places of the names so far.
fn file_name(drawn: &Drawing, edge: &Edge, conflict: &Conflict, taken: &mut Vec<Place>) -> Option<Markup> {
    let level = edge.points.windows(2).filter(|piece| piece[0].1 == piece[1].1);
    let [start, end] = level.max_by_key(|piece| piece[1].0.abs_diff(piece[0].0))? else { return None };
    let name = match conflict.common_files(&drawn.report.plan)? {
        CommonFiles::Named(path) => path.rsplit('/').next().unwrap_or(path).to_owned(),
        files => files.in_note(),
    };
    let width = i32::try_from(name.chars().count() + 1).unwrap_or(i32::MAX).saturating_mul(LETTER);
    let middle = (start.0 + end.0) / 2;
    let place = Place { left: middle - width / 2, right: middle + width / 2, bottom: start.1 };
    let has_room = width <= (end.0 - start.0).abs() && place.is_free(drawn, taken);
    let text = markup("text", "line-name");
    let text = text.set("x", &middle.to_string()).set("y", &(place.bottom - 3).to_string()).text(&name);
    has_room.then(|| {
        taken.push(place);
        text
    })
}

/// Where a name stands, in pixels.
struct Place {
    left: i32,
    right: i32,
    /// The height of its line.
    bottom: i32,
}

impl Place {
    /// Whether neither a card nor another name is there.
    fn is_free(&self, drawn: &Drawing, taken: &[Place]) -> bool {
        let scene = &drawn.scene;
        let blocks = &scene.blocks[scene.blocks_between(self.bottom - NAME, self.bottom)];
        let mut cards = blocks.iter().flat_map(|block| {
            scene.cards[block.cards.clone()].iter().chain(&scene.ghosts[block.ghosts.clone()])
        });
        let covers = |card: &Card| {
            let is_beside = card.x >= self.right || card.x + card.width <= self.left;
            !is_beside && card.y < self.bottom && card.y + card.height > self.bottom - NAME
        };
        let overlaps = |other: &Place| {
            let is_beside = other.left >= self.right || other.right <= self.left;
            !is_beside && (other.bottom - self.bottom).abs() < NAME
        };
        !cards.any(covers) && !taken.iter().any(overlaps)
    }
}
