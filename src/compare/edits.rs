//! The edits that make one plan of another.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Plan, Task, TaskId};

/// Edits that turn `before` into `after`, except for the id and the unknown fields of the plan itself, which no edit changes.
/// Both must be in normal form, so that ids are unique. Quadratic in the number of tasks that change their place.
pub fn edits(before: &Plan, after: &Plan) -> Vec<Edit> {
    let mut edits = Vec::new();
    if before.title != after.title {
        edits.push(Edit::SetTitle(after.title.clone()));
    }
    if before.goal != after.goal {
        edits.push(Edit::SetGoal(after.goal.clone()));
    }
    if before.settings != after.settings {
        edits.push(Edit::SetSettings(after.settings.clone()));
    }
    if before.resources != after.resources {
        edits.push(Edit::SetResources(after.resources.clone()));
    }
    let wanted: FxHashMap<&TaskId, &Task> = after.tasks.iter().map(|task| (&task.id, task)).collect();
    // No edit changes unknown fields, so such a task is put in anew.
    let stays = |task: &&Task| wanted.get(&task.id).is_some_and(|wanted| wanted.unknown == task.unknown);
    edits.extend(
        before.tasks.iter().filter(|task| !stays(task)).map(|task| Edit::RemoveTask(task.id.clone())),
    );
    let mut order: Vec<&TaskId> = before.tasks.iter().filter(stays).map(|task| &task.id).collect();
    let known: FxHashSet<&TaskId> = order.iter().copied().collect();
    let present: FxHashMap<&TaskId, &Task> = before.tasks.iter().map(|task| (&task.id, task)).collect();
    for (at, task) in after.tasks.iter().enumerate() {
        if !known.contains(&task.id) {
            edits.push(Edit::InsertTask { at, task: Box::new(task.clone()) });
            order.insert(at, &task.id);
            continue;
        }
        if order[at] != &task.id
            && let Some(from) = order.iter().position(|id| *id == &task.id)
        {
            edits.push(Edit::MoveTask { id: task.id.clone(), to: at });
            let id = order.remove(from);
            order.insert(at, id);
        }
        let changes = changes(present[&task.id], task);
        edits.extend(changes.into_iter().map(|change| Edit::ChangeTask { id: task.id.clone(), change }));
    }
    edits
}

fn changes(before: &Task, after: &Task) -> Vec<TaskChange> {
    let mut changes = Vec::new();
    let mut push = |differs: bool, change: &dyn Fn() -> TaskChange| {
        if differs {
            changes.push(change());
        }
    };
    push(before.title != after.title, &|| TaskChange::Title(after.title.clone()));
    push(before.instructions != after.instructions, &|| TaskChange::Instructions(after.instructions.clone()));
    push(before.owns != after.owns, &|| TaskChange::Owns(after.owns.clone()));
    push(before.reads != after.reads, &|| TaskChange::Reads(after.reads.clone()));
    push(before.after != after.after, &|| TaskChange::After(after.after.clone()));
    push(before.uses != after.uses, &|| TaskChange::Uses(after.uses.clone()));
    push(before.minutes != after.minutes, &|| TaskChange::Minutes(after.minutes));
    push(before.agent != after.agent, &|| TaskChange::Agent(after.agent.clone()));
    push(before.model != after.model, &|| TaskChange::Model(after.model.clone()));
    push(before.kind != after.kind, &|| TaskChange::Kind(after.kind));
    push(before.group != after.group, &|| TaskChange::Group(after.group.clone()));
    push(before.status != after.status, &|| TaskChange::Status(after.status));
    push(before.checks != after.checks, &|| TaskChange::Checks(after.checks.clone()));
    push(before.accepts != after.accepts, &|| TaskChange::Accepts(after.accepts.clone()));
    changes
}
