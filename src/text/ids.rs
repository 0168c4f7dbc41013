//! Assigns ids to tasks written without one.
//!
//! An id never moves to another task. A task without a written id is looked up in the previous plan, first by
//! its title, then by its place between known neighbours. Only if both fail does it get an unused id.

use std::ops::Range;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::plan::{FreeIds, Plan, Task, TaskId};

/// A task whose written id belongs to an earlier task.
pub(super) struct Repeated {
    /// Position of the task.
    pub position: usize,
    /// The id it can't have.
    pub id: TaskId,
}

/// Gives every task a unique id. `written` says which ids are in the text; this function clears it for
/// repeated ids. Expected linear time.
pub(super) fn assign_ids(tasks: &mut [Task], written: &mut [bool], previous: Option<&Plan>) -> Vec<Repeated> {
    let mut repeated = Vec::new();
    let mut seen: FxHashSet<&str> = FxHashSet::with_capacity_and_hasher(tasks.len(), FxBuildHasher);
    for (position, task) in tasks.iter().enumerate() {
        let id = task.id.as_str();
        written[position] = !id.is_empty() && seen.insert(id);
        if !written[position] && !id.is_empty() {
            repeated.push(Repeated { position, id: task.id.clone() });
        }
    }
    if written.iter().all(|written| *written) {
        return repeated;
    }
    for Repeated { position, .. } in &repeated {
        tasks[*position].id = TaskId::default();
    }
    if let Some(previous) = previous {
        keep_ids(tasks, previous);
    }
    let used = tasks.iter().chain(previous.into_iter().flat_map(|previous| &previous.tasks));
    let mut free = FreeIds::besides(used.map(|task| task.id.clone()).collect());
    for task in tasks.iter_mut().filter(|task| task.id.as_str().is_empty()) {
        task.id = free.take();
    }
    repeated
}

/// Gives tasks without an id the one they had in `previous`, if no other task has it.
fn keep_ids(tasks: &mut [Task], previous: &Plan) {
    let taken: FxHashSet<TaskId> = tasks.iter().map(|task| task.id.clone()).collect();
    let mut place_of: FxHashMap<&TaskId, usize> = FxHashMap::default();
    let mut places_of_title: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (place, old) in previous.tasks.iter().enumerate().rev() {
        place_of.insert(&old.id, place);
        if !taken.contains(&old.id) {
            places_of_title.entry(&old.title).or_default().push(place);
        }
    }
    let mut is_free: Vec<bool> = previous.tasks.iter().map(|old| !taken.contains(&old.id)).collect();
    let mut places: Vec<Option<usize>> = Vec::with_capacity(tasks.len());
    for task in tasks.iter() {
        let place = if task.id.as_str().is_empty() {
            places_of_title.get_mut(task.title.as_str()).and_then(Vec::pop)
        } else {
            place_of.get(&task.id).copied()
        };
        if let Some(place) = place {
            is_free[place] = false;
        }
        places.push(place);
    }
    let mut after = 0;
    let mut position = 0;
    while position < tasks.len() {
        if let Some(place) = places[position] {
            after = place + 1;
            position += 1;
            continue;
        }
        let end = places[position..]
            .iter()
            .position(Option::is_some)
            .map_or(tasks.len(), |length| position + length);
        let before = places.get(end).copied().flatten().unwrap_or(previous.tasks.len());
        fill(&mut places[position..end], after..before.max(after), &is_free);
        position = end;
    }
    for (task, place) in tasks.iter_mut().zip(places) {
        if let Some(place) = place.filter(|_| task.id.as_str().is_empty()) {
            task.id = previous.tasks[place].id.clone();
        }
    }
}

/// Matches tasks between two known neighbours with the tasks that were there before, in order.
fn fill(places: &mut [Option<usize>], between: Range<usize>, is_free: &[bool]) {
    let free = between.filter(|place| is_free[*place]);
    for (place, old) in places.iter_mut().zip(free) {
        *place = Some(old);
    }
}
