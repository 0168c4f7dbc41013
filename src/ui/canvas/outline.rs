//! The phases as nested lists: the equal of the drawing for screen readers, and the drawing's stand-in on phones.

use crate::ui::keys::test;
use leptos::prelude::*;
use phaseplan::TaskId;
use phaseplan::explain::{self, Sign};

use super::drawing::{Drawing, Shown};
use super::element;
use super::face::{Face, face};
use crate::ui::widgets::sentence;

/// So many tasks are listed at first, and so many more each time somebody asks.
const PAGE: usize = 300;

/// Conflicts of one task that are spelled out.
const MOST_CONFLICTS: usize = 4;

/// A phase of the list.
#[derive(Debug, Clone, PartialEq)]
struct Section {
    heading: String,
    facts: String,
    rows: Vec<Row>,
}

/// A task of the list.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    face: Face,
    /// The line below the title, and the class of its colour.
    note: (String, &'static str),
    /// Why it is here, and what it is kept apart from; with the class of the colour.
    reasons: Vec<(String, &'static str)>,
    waits_for: Vec<TaskId>,
    leads_to: Vec<TaskId>,
}

/// Phases and their tasks, with or without the reasons why each task is where it is.
#[component]
pub fn Outline(with_reasons: bool) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let limit = RwSignal::new(PAGE);
    let sections = Memo::new(move |_| drawing.shown.with(|shown| sections(shown, limit.get(), with_reasons)));
    let hidden = move || {
        let listed: usize = sections.with(|sections| sections.iter().map(|section| section.rows.len()).sum());
        drawing.shown.with(|shown| shown.report.plan.tasks.len()).saturating_sub(listed)
    };
    let more = move || {
        (hidden() > 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += PAGE)>
                    {move || format!("Show more ({} left)", hidden())}
                </button>
            }
        })
    };
    let click = move |event: web_sys::MouseEvent| {
        if let Some(id) = element::task_of(&event) {
            drawing.open(id);
        }
    };
    let lists = move || {
        let sections = sections.get().into_iter().enumerate();
        sections
            .map(|(number, section)| section_view(drawing, number + 1, section, with_reasons))
            .collect_view()
    };
    view! {
        <div class="outline" class:brief=!with_reasons data-test=test::OUTLINE on:click=click>
            <ol class="outline-phases" aria-label="Phases">{lists}</ol>
            {more}
        </div>
    }
}

fn sections(shown: &Shown, limit: usize, with_reasons: bool) -> Vec<Section> {
    let report = &shown.report;
    let mut left = limit;
    let mut sections = Vec::new();
    for (number, phase) in report.schedule.phases.iter().enumerate() {
        if left == 0 {
            break;
        }
        let rows: Vec<Row> =
            phase.tasks.iter().take(left).map(|&task| row(shown, task, with_reasons)).collect();
        left -= rows.len();
        sections.push(Section {
            heading: format!("Phase {}", number + 1),
            facts: format!("{} · {}", explain::duration(phase.minutes), explain::at_once(phase.tasks.len())),
            rows,
        });
    }
    sections
}

fn row(shown: &Shown, task: usize, with_reasons: bool) -> Row {
    let report = &shown.report;
    let ids = |tasks: Option<&Vec<usize>>| -> Vec<TaskId> {
        let tasks = tasks.filter(|_| with_reasons).into_iter().flatten();
        tasks.map(|&task| shown.keys[task].id.clone()).collect()
    };
    let face = face(shown, task);
    Row {
        note: if with_reasons { (facts(&face), "") } else { brief_note(&face) },
        reasons: if with_reasons { reasons(shown, task) } else { Vec::new() },
        waits_for: ids(report.analysis.order.predecessors.get(task)),
        leads_to: ids(report.analysis.order.successors.get(task)),
        face,
    }
}

/// Id, agent and files.
fn facts(face: &Face) -> String {
    let agent = if face.agent.is_empty() { String::new() } else { format!("{} · ", face.agent) };
    format!("{} · {agent}{}", face.id, face.files)
}

/// What holds the task back or is the matter with it, else id and files.
fn brief_note(face: &Face) -> (String, &'static str) {
    match &face.mark {
        Some(mark) if mark.waits || !matches!(mark.sign, Sign::Conflict | Sign::Hazard) => {
            (format!("{} {}", mark.sign.character(), mark.note), mark.sign.name())
        }
        _ => (format!("{} · {}", face.id, face.files), ""),
    }
}

fn reasons(shown: &Shown, task: usize) -> Vec<(String, &'static str)> {
    let report = &shown.report;
    let mut reasons = vec![(explain::why_here(report, task), "")];
    let mark = shown.marks[task].as_ref();
    if let Some(mark) = mark.filter(|mark| !matches!(mark.sign, Sign::Conflict | Sign::Hazard)) {
        reasons.push((format!("{} {}", mark.sign.character(), mark.note), mark.sign.name()));
    }
    let conflicts = report.analysis.conflicts.iter();
    for conflict in conflicts.filter(|conflict| conflict.a == task || conflict.b == task).take(MOST_CONFLICTS)
    {
        let sign = explain::sign_of(conflict);
        let sentence = explain::kept_apart(report, conflict, task);
        reasons.push((format!("{} {sentence}", sign.character()), sign.name()));
    }
    reasons
}

fn section_view(drawing: Drawing, number: usize, section: Section, with_reasons: bool) -> AnyView {
    let rows = section.rows.into_iter().map(|row| row_view(drawing, row, with_reasons)).collect_view();
    view! {
        <li class="outline-phase" data-test=test::OUTLINE_PHASE data-phase=number>
            <header><h3>{section.heading}</h3><span>{section.facts}</span></header>
            <ol class="outline-tasks">{rows}</ol>
        </li>
    }
    .into_any()
}

fn row_view(drawing: Drawing, row: Row, with_reasons: bool) -> AnyView {
    let Row { face, note, reasons, waits_for, leads_to } = row;
    let id = TaskId(face.id.clone());
    let is_selected = move || drawing.workspace.selection.with(|selected| selected.as_ref() == Some(&id));
    let is_current = is_selected.clone();
    let reasons = reasons
        .into_iter()
        .map(|(reason, tone)| view! { <p class=tone>{sentence(&reason)}</p> })
        .collect_view();
    let details = with_reasons.then(|| {
        view! {
            <div class="outline-why">
                {reasons}
                <p class="outline-links">{links("Waits for", waits_for)} {links("Leads to", leads_to)}</p>
            </div>
        }
    });
    view! {
        <li class="outline-task" class:selected=is_selected class:critical=face.is_critical>
            <button
                type="button"
                class="outline-row"
                data-test=test::OUTLINE_TASK
                data-task=face.id.clone()
                aria-current=move || is_current().then_some("true")
            >
                <span class="outline-title">{face.title}</span>
                <span class="outline-minutes">{face.minutes}</span>
                <span class=format!("outline-note {}", note.1)>{note.0}</span>
                <span class="spoken">{face.spoken}</span>
            </button>
            {details}
        </li>
    }
    .into_any()
}

/// Ids as buttons that lead to their tasks.
fn links(label: &'static str, ids: Vec<TaskId>) -> Option<AnyView> {
    let buttons = ids.iter().map(|id| {
        let id = id.to_string();
        view! { <button type="button" class="task-link" data-task=id.clone()>{id.clone()}</button> }
    });
    (!ids.is_empty()).then(|| view! { <span>{label} " " {buttons.collect_view()}</span> }.into_any())
}
