//! Computes the edits that turn one plan into another.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::plan::{Edit, Field, Plan, Task, TaskId};

/// Edits that turn `before` into `after`, except for the id and the unknown fields of the plan itself, which
/// no edit changes. Both must be in normal form, so ids are unique. Quadratic in the number of tasks that
/// change their place.
pub fn edits(before: &Plan, after: &Plan) -> Vec<Edit> {
    let mut edits = Vec::new();
    let differs = |field: &Field| before.field_as_json(*field) != after.field_as_json(*field);
    edits.extend(Field::OF_PLAN.into_iter().filter(differs).filter_map(|field| after.edit_to(field)));
    let wanted: FxHashMap<&TaskId, &Task> = after.tasks.iter().map(|task| (&task.id, task)).collect();
    // No edit changes unknown fields, so such a task is inserted again.
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
        let was = present[&task.id];
        let differing = Field::OF_TASK.into_iter().filter(|field| !field.is_same(was, task));
        let changes = differing.filter_map(|field| task.change_to(field));
        edits.extend(changes.map(|change| Edit::ChangeTask { id: task.id.clone(), change }));
    }
    edits
}
