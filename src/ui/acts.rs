//! What the buttons do that the worker draws; see [`phaseplan::view`].

use phaseplan::TaskId;
use phaseplan::protocol::{Change, Compare};
use web_sys::Event;

use super::compare;
use super::element::El;
use super::notices::Notice;
use super::page::closest_value;
use super::panels::problems;
use super::workspace::{Side, Workspace};

/// The task whose card, row or form an event happened in.
pub fn task_of(event: &Event) -> Option<TaskId> {
    closest_value(event, "data-task").map(TaskId)
}

/// The number of the problem whose card or link an event happened in.
pub fn problem_of(event: &Event) -> Option<usize> {
    closest_value(event, "data-number")?.parse().ok()
}

/// The next of so many, or the one before, round and round; `None` if there are none.
pub fn round(at: Option<usize>, count: usize, forth: bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    Some(match (at, forth) {
        (None, true) => 0,
        (Some(at), true) if at >= last => 0,
        (Some(at), true) => at + 1,
        (None | Some(0), false) => last,
        (Some(at), false) => (at - 1).min(last),
    })
}

/// Hears what is pressed inside an element. `more` is for a button that asks for more of what is listed.
pub fn hear(element: El, workspace: Workspace, more: impl Fn() + 'static) -> El {
    element.on("click", move |event: Event| match closest_value(&event, "data-act").as_deref() {
        Some("more") => more(),
        Some(act) => do_act(workspace, act, &event),
        None => {}
    })
}

fn do_act(workspace: Workspace, act: &str, event: &Event) {
    let (task, problem) = (task_of(event), problem_of(event));
    match (act, task, problem) {
        ("compare-revision", ..) => {
            let revision = closest_value(event, "data-key").unwrap_or_default();
            compare::compare(workspace, Compare::Revision(revision));
        }
        ("add", ..) => workspace.apply(Change::Add),
        ("select", task, _) => workspace.select(task),
        ("up", Some(id), _) => workspace.apply(Change::Move { id, down: false }),
        ("down", Some(id), _) => workspace.apply(Change::Move { id, down: true }),
        ("remove", Some(id), _) => remove(workspace, id),
        ("show", _, Some(problem)) => {
            workspace.side.set(Side::Problems);
            problems::show(workspace, problem);
        }
        ("fix", ..) => {
            if let Some(fix) = closest_value(event, "data-fix").and_then(|fix| fix.parse().ok()) {
                let of_problem = |problem| Change::Repair { problem, fix };
                workspace.problem.set(None);
                change_and_tell(workspace, problem.map_or(Change::Improve(fix), of_problem));
            }
        }
        _ => {}
    }
}

fn remove(workspace: Workspace, id: TaskId) {
    if workspace.selection.with_untracked(|selected| selected.as_ref() == Some(&id)) {
        workspace.select(None);
        workspace.side.set(Side::Problems);
    }
    workspace.apply(Change::Remove(id));
}

/// Lets as many tasks run at once as the pressed button says.
pub fn allow(workspace: Workspace, event: &Event) {
    if let Some(count) = closest_value(event, "data-agents").and_then(|count| count.parse().ok()) {
        change_and_tell(workspace, Change::Agents(count));
    }
}

/// Makes a change of which the page shows little; a notice tells of it and takes it back.
fn change_and_tell(workspace: Workspace, change: Change) {
    workspace.apply_then(change, move |outcome| {
        workspace.notices.show(match outcome {
            Ok(changed) => {
                Notice::plain(&*changed.done).with_action("Undo", move || workspace.apply(Change::Undo))
            }
            Err(message) => Notice::plain(message),
        });
    });
}
