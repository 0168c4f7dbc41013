//! The selected task: the reason for its place, its conflicts, and all its fields.

use super::act::Act;
use super::field::Control;
use super::markup::{Markup, button, icon, markup};
use super::now::{self, RunView};
use super::problems::sign;
use super::review::{ReviewContext, of_field, of_task};
use super::test_name as test;
use crate::evidence::Looking;
use crate::plan::{Field, Task};
use crate::{Report, TaskId, explain};

/// The most conflicts and problems listed.
const SHOWN: usize = 12;

/// The problem with a value written into a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The task.
    pub task: TaskId,
    /// Name of the field.
    pub field: String,
    /// A sentence.
    pub sentence: String,
}

/// The task with this id, with its results and its review; a hint if there is no such task.
pub fn task(
    context: &ReviewContext<'_>,
    report: &Report,
    id: Option<&TaskId>,
    problem: Option<&FieldProblem>,
    run: &RunView<'_>,
) -> Vec<Markup> {
    let Some(task) = id.and_then(|id| context.plan.task(id)) else {
        let hint = "Select a task to see why it runs when it runs, and to change it.";
        return vec![markup("div", "calm").child(markup("p", "").text(hint))];
    };
    let id = task.id.as_str();
    let head = markup("p", "task-head")
        .child(markup("b", "").text(id))
        .child(markup("span", "").text(task.status.name()));
    let remove = button("button danger").act(&Act::Remove { task: task.id.clone() });
    let view = markup("div", "task").key(id).set("data-test", test::TASK).set("data-task", id).child(head);
    let view = view.child(markup("div", "").children(facts(report, &task.id)));
    let view = view.children(now::of_task(task, run).into_iter().collect());
    let view = view.child(of_task(context, &task.id));
    let view = view.child(markup("div", "form").children(fields(context, task, problem)));
    let removal = context.is_own.then(|| remove.child(icon("trash")).text("Remove the task"));
    vec![view.children(removal.into_iter().collect())]
}

/// The reason for the task's place, its conflicts, and its problems.
fn facts(report: &Report, id: &TaskId) -> Vec<Markup> {
    let Some(task) = report.plan.position(id) else { return Vec::new() };
    let why = markup("p", "why").set("data-test", test::WHY).sentence(&explain::why_here(report, task));
    let then = explain::why_then(report, task);
    let then = markup("p", "why").set("data-test", test::WHY_THEN).sentence(&then);
    let concerning = report.analysis.conflicts.iter();
    let concerning = concerning.filter(|conflict| conflict.a == task || conflict.b == task);
    let conflicts = concerning.take(SHOWN).map(|conflict| {
        let class = if conflict.accepted.is_some() { "fact" } else { "fact is-conflict" };
        markup("li", class).sentence(&explain::kept_apart(report, conflict, task))
    });
    let found = report.diagnostics.iter().enumerate();
    let found = found.filter(|(_, found)| found.places.iter().any(|place| place.id == *id));
    let links = found.take(SHOWN).map(|(number, found)| {
        let link = button(&["link is-", found.severity.name()].concat()).act(&Act::ShowProblem { number });
        markup("li", "").child(link.text(sign(found.severity)).text(" ").sentence(&found.title))
    });
    let list = |items: Vec<Markup>| markup("ul", "facts").children(items);
    vec![why, then, list(conflicts.collect()), list(links.collect()), list(matches(report, task))]
}

/// How many known files each entry of the task matches.
fn matches(report: &Report, task: usize) -> Vec<Markup> {
    let mut looking = Looking::default();
    let known = explain::known_files(report, task, &mut looking);
    known.into_iter().take(SHOWN).map(|sentence| markup("li", "fact").sentence(&sentence)).collect()
}

fn fields(context: &ReviewContext<'_>, task: &Task, problem: Option<&FieldProblem>) -> Vec<Markup> {
    let fields = Field::IN_FORM.into_iter().map(|field| {
        let here = problem.filter(|problem| problem.task == task.id && problem.field == field.name());
        let problem = here.map(|problem| problem.sentence.as_str());
        Control::of(field).labelled(task, problem, context.is_own, of_field(context, task, field))
    });
    fields.collect()
}
