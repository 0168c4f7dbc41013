//! Lines between cards: which ones to show, and how.

use crate::analysis::ConflictKind;
use crate::explain;
use crate::layout::{Edge, EdgeKind, curve};

use super::drawing::{Drawing, Picked, Relation};
use super::markup::{Markup, markup};
use super::part::Part;

/// Up to this number, all order lines are shown, and up to a third of it, all conflicts.
const FEW_LINES: usize = 60;

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
        let (Some(first), Some(last)) = (edge.points.first(), edge.points.last()) else { return false };
        self.part.is_none_or(|part| first.0 <= part.right && last.0 >= part.left)
    }
}

/// The lines behind the cards. Lines of the same style form one path; each conflict is a path of its own.
pub fn lines(drawn: &Drawing, choice: &Choice) -> Vec<Markup> {
    let edges: Vec<&Edge> = drawn.scene.edges.iter().filter(|edge| choice.is_on_screen(edge)).collect();
    let orders = edges.iter().filter(|edge| edge.kind == EdgeKind::Order).count();
    let all_order = choice.all_lines || orders <= FEW_LINES;
    let all_apart = choice.all_lines || edges.len() - orders <= FEW_LINES / 3;
    let [mut faint, mut picked, mut critical] = [const { String::new() }; 3];
    let mut apart = Vec::new();
    for edge in edges {
        let is_picked = choice.is_picked(edge);
        let is_shown = is_picked || !choice.picked.fades;
        match edge.kind {
            EdgeKind::Order if edge.is_critical && is_shown => curve(&mut critical, &edge.points),
            EdgeKind::Order if is_picked => curve(&mut picked, &edge.points),
            EdgeKind::Order if is_shown && all_order => curve(&mut faint, &edge.points),
            EdgeKind::Apart(number)
                if apart.len() < MOST_CONFLICTS
                    && (is_picked || (is_shown && (all_apart || edge.is_critical))) =>
            {
                apart.push(apart_line(drawn, edge, number, is_picked));
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
fn apart_line(drawn: &Drawing, edge: &Edge, number: usize, is_picked: bool) -> Markup {
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
}
