//! Lines between cards: which are shown, and as what.

use leptos::prelude::*;
use phaseplan::Report;
use phaseplan::analysis::ConflictKind;
use phaseplan::explain;
use phaseplan::layout::{Edge, EdgeKind, curve};

use super::drawing::{Drawing, Drawn, Relation};
use super::window::Part;

/// While nobody chose, all lines of order are shown up to this number, and all conflicts up to a third of it.
const FEW_LINES: usize = 60;

/// Conflicts have an element each, for their tooltip; more than this are not shown at once.
const MOST_CONFLICTS: usize = 300;

/// Lines as path data, by how they look.
#[derive(Debug, Clone, Default, PartialEq)]
struct Shapes {
    faint: String,
    critical: String,
    picked: String,
    apart: Vec<Apart>,
}

/// The line of a conflict.
#[derive(Debug, Clone, PartialEq)]
struct Apart {
    path: String,
    /// What explains it.
    sentence: String,
    is_picked: bool,
    /// Whether one task reads what the other writes; otherwise both write, or use up a resource.
    is_hazard: bool,
}

/// What decides which lines are shown.
struct Choice<'a> {
    all_lines: Option<bool>,
    focus_mode: bool,
    pointed: Option<usize>,
    selected: Option<usize>,
    relations: &'a [Option<Relation>],
    part: Option<Part>,
}

impl Choice<'_> {
    /// Whether a line is on a way into or out of the selected task, or touches the task under the pointer.
    fn is_picked(&self, edge: &Edge) -> bool {
        let ends = [edge.from, edge.to];
        if self.pointed.is_some_and(|task| ends.contains(&task)) {
            return true;
        }
        if edge.kind != EdgeKind::Order {
            return self.selected.is_some_and(|task| ends.contains(&task));
        }
        let relation = |task: usize| self.relations.get(task).copied().flatten();
        match ends.map(relation) {
            [Some(from), Some(to)] => from != Relation::After || to != Relation::Before,
            _ => false,
        }
    }

    fn is_on_screen(&self, edge: &Edge) -> bool {
        let Some(part) = self.part else { return true };
        let (first, last) = (edge.points[0], edge.points[edge.points.len() - 1]);
        first.0 <= part.right && last.0 >= part.left
    }
}

fn shapes(drawn: &Drawn, choice: &Choice) -> Shapes {
    let edges = drawn.scene.edges.iter().filter(|edge| !edge.points.is_empty() && choice.is_on_screen(edge));
    let (order, apart): (Vec<&Edge>, Vec<&Edge>) = edges.partition(|edge| edge.kind == EdgeKind::Order);
    let mut shapes = Shapes::default();
    let all_order = choice.all_lines.unwrap_or(order.len() <= FEW_LINES);
    let all_apart = choice.all_lines.unwrap_or(apart.len() <= FEW_LINES / 3);
    for edge in order {
        let is_picked = choice.is_picked(edge);
        let is_faded = choice.focus_mode && choice.selected.is_some();
        let shape = match () {
            () if edge.is_critical && (is_picked || !is_faded) => &mut shapes.critical,
            () if is_picked => &mut shapes.picked,
            () if all_order && !is_faded => &mut shapes.faint,
            () => continue,
        };
        curve(shape, &edge.points);
    }
    for edge in apart {
        let EdgeKind::Apart(number) = edge.kind else { continue };
        let is_picked = choice.is_picked(edge);
        let is_faded = choice.focus_mode && choice.selected.is_some();
        if (is_picked || ((all_apart || edge.is_critical) && !is_faded))
            && shapes.apart.len() < MOST_CONFLICTS
        {
            shapes.apart.push(apart_shape(&drawn.shown.report, edge, number, is_picked));
        }
    }
    shapes
}

fn apart_shape(report: &Report, edge: &Edge, number: usize, is_picked: bool) -> Apart {
    let mut path = String::new();
    curve(&mut path, &edge.points);
    let conflict = &report.analysis.conflicts[number];
    let id = report.plan.tasks[edge.to].id.as_str();
    let sentence = explain::kept_apart(report, conflict, edge.to).replace('`', "");
    let is_hazard = matches!(conflict.kind, ConflictKind::ReadWrite { .. });
    Apart { path, sentence: format!("{id}: {sentence}"), is_picked, is_hazard }
}

/// The lines behind the cards. Hidden from screen readers: the outline says the same.
#[component]
pub fn Lines(part: Memo<Option<Part>>) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let shapes = Memo::new(move |_| {
        drawing.relations.with(|relations| {
            let choice = Choice {
                all_lines: drawing.all_lines.get(),
                focus_mode: drawing.focus_mode.get(),
                pointed: drawing.pointed.get(),
                selected: drawing.selected.get(),
                relations,
                part: part.get(),
            };
            drawing.drawn.with(|drawn| shapes(drawn, &choice))
        })
    });
    let path = move |read: fn(&Shapes) -> &String| move || shapes.with(|shapes| read(shapes).clone());
    let apart = move || {
        let apart = shapes.with(|shapes| shapes.apart.clone());
        apart.into_iter().map(apart_line).collect_view()
    };
    let size = move |read: fn(&Drawn) -> i32| move || drawing.drawn.with(read);
    view! {
        <svg
            class="lines"
            aria-hidden="true"
            width=size(|drawn| drawn.scene.width)
            height=size(|drawn| drawn.scene.height)
        >
            <path class="line faint" d=path(|shapes| &shapes.faint)/>
            <path class="line picked" d=path(|shapes| &shapes.picked)/>
            <path class="line critical" d=path(|shapes| &shapes.critical)/>
            {apart}
        </svg>
    }
}

/// A dashed line, and a broad unseen one that the pointer finds.
fn apart_line(line: Apart) -> AnyView {
    view! {
        <g class="apart" class:picked=line.is_picked class:hazard=line.is_hazard>
            <title>{line.sentence}</title>
            <path class="line" d=line.path.clone()/>
            <path class="line-target" d=line.path/>
        </g>
    }
    .into_any()
}
