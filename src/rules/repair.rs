//! Fixes that several rules share: ordering tasks, merging them, allowing a conflict.
//!
//! Edits name tasks by id, so they never change a second task with the same id. An order is offered only if
//! it closes no cycle.

use super::narrowing::Narrowing;
use super::{Context, Fix};
use crate::glob::Pattern;
use crate::plan::edit::TaskChange;
use crate::plan::{Acceptance, Edit, Estimate, Field, Kind, Minutes, ResourceUse, Status, Task, TaskId};

/// The largest group of tasks with fixes; nobody decides about more with one click.
const MAX_GROUP: usize = 50;

/// The most tasks that can be merged: the work of one agent.
const MAX_MERGED: usize = 4;

/// The most pairs that one fix allows.
const MAX_ACCEPTED: usize = 6;

/// Makes one task wait for another.
pub(super) fn wait(context: &Context<'_>, waiting: usize, awaited: usize) -> Option<Fix> {
    wait_for_all(context, waiting, &[awaited])
}

/// Makes one task wait for several. They must be unordered with it, or already come before it.
pub(super) fn wait_for_all(context: &Context<'_>, waiting: usize, awaited: &[usize]) -> Option<Fix> {
    let closes_cycle = |&task: &usize| context.order.would_close_cycle(waiting, task);
    if awaited.len() > MAX_GROUP || is_running(context, waiting) || awaited.iter().any(closes_cycle) {
        return None;
    }
    Some(Fix {
        title: format!("Let {} wait for {}", context.id(waiting), context.list(awaited)),
        edits: vec![waiting_also_for(context, waiting, awaited)].into(),
    })
}

/// Makes several tasks wait for one. They must be unordered with it, or already come after it.
pub(super) fn all_wait(context: &Context<'_>, waiting: &[usize], awaited: usize) -> Option<Fix> {
    let cannot_wait =
        |&task: &usize| is_running(context, task) || context.order.would_close_cycle(task, awaited);
    if waiting.len() > MAX_GROUP || waiting.iter().any(cannot_wait) {
        return None;
    }
    Some(Fix {
        title: format!("Let {} wait for {}", context.list(waiting), context.id(awaited)),
        edits: waiting.iter().map(|&task| waiting_also_for(context, task, &[awaited])).collect(),
    })
}

/// Makes tasks run one after another, in an order consistent with the rest of the plan.
pub(super) fn one_after_another(context: &Context<'_>, tasks: &[usize]) -> Option<Fix> {
    if tasks.len() > MAX_GROUP {
        return None;
    }
    let mut sequence = context.sequence(tasks);
    sequence.sort_by_key(|&task| !is_running(context, task));
    // What waits for a running task also waits for all it should have waited for, which may be others of these.
    let passes_on = sequence.first().is_some_and(|&task| !context.order.passed_on[task].is_empty());
    if passes_on || sequence.iter().skip(1).any(|&task| is_running(context, task)) {
        return None;
    }
    let missing = sequence.windows(2).filter(|pair| !context.order.ancestors[pair[1]].contains(pair[0]));
    Some(Fix {
        title: format!("Run {} one after another", context.list(&sequence)),
        edits: missing.map(|pair| waiting_also_for(context, pair[1], &pair[..1])).collect(),
    })
}

/// Whether a task is running: it has started, so it can't be made to wait.
fn is_running(context: &Context<'_>, task: usize) -> bool {
    context.task(task).status == Status::Running
}

/// Sets the order of the list for every open conflict over files; a task that creates a file goes before those
/// that change it. `None` if there is only one conflict, whose own repairs say it, or if there are too many.
pub(super) fn in_list_order(context: &Context<'_>) -> Option<Fix> {
    context.list_order().map(|edits| Fix {
        title: "Keep the order of the list for all conflicts".to_owned(),
        edits: edits.into(),
    })
}

fn waiting_also_for(context: &Context<'_>, waiting: usize, awaited: &[usize]) -> Edit {
    let mut after = context.task(waiting).after.clone();
    for &task in awaited {
        if !after.contains(context.id(task)) {
            after.push(context.id(task).clone());
        }
    }
    context.change(waiting, TaskChange::After(after))
}

/// Allows all of these pairs to run at the same time. The author can add a reason.
pub(super) fn accept(context: &Context<'_>, pairs: &[(usize, usize)]) -> Option<Fix> {
    if pairs.len() > MAX_ACCEPTED {
        return None;
    }
    let mut firsts: Vec<usize> = pairs.iter().map(|&(first, _)| first).collect();
    firsts.dedup();
    let edits = firsts.iter().map(|&first| {
        let mut accepts = context.task(first).accepts.clone();
        let others = pairs.iter().filter(|pair| pair.0 == first).map(|&(_, other)| context.id(other).clone());
        accepts.extend(others.map(|task| Acceptance { task, reason: String::new() }));
        context.change(first, TaskChange::Accepts(accepts))
    });
    Some(Fix { title: "Allow them to run side by side".to_owned(), edits: edits.collect() })
}

/// Merges unordered tasks into one. The result has the place and id of the first; tasks that waited for one
/// of the others wait for it instead.
pub(super) fn merge(context: &Context<'_>, tasks: &[usize]) -> Option<Fix> {
    let are_ordered = |&a: &usize| tasks.iter().any(|&b| context.order.ancestors[a].contains(b));
    let is_running = |&task: &usize| is_running(context, task);
    if tasks.len() > MAX_MERGED || tasks.iter().any(are_ordered) || tasks.iter().any(is_running) {
        return None;
    }
    let (&first, others) = tasks.split_first()?;
    let gone: Vec<&TaskId> = others.iter().map(|&task| context.id(task)).collect();
    let merged = merged(context, tasks);
    let mut edits = redirected(context, tasks, &gone, &merged.id)?;
    edits.extend(tasks.iter().map(|&task| Edit::RemoveTask(context.id(task).clone())));
    edits.push(Edit::InsertTask { at: first, task: Box::new(merged) });
    Some(Fix { title: format!("Merge {}", context.list(tasks)), edits: edits.into() })
}

/// The task with the work of all of these, one after another.
fn merged(context: &Context<'_>, tasks: &[usize]) -> Task {
    let all: Vec<&Task> = tasks.iter().map(|&task| context.task(task)).collect();
    let ids: Vec<&TaskId> = all.iter().map(|task| &task.id).collect();
    let first = all[0];
    let mut accepts: Vec<Acceptance> = union(&all, |task| &task.accepts);
    accepts.retain(|accepted| !ids.contains(&&accepted.task));
    let mut after = union(&all, |task| &task.after);
    after.retain(|id| !ids.contains(&id));
    let mut unknown = first.unknown.clone();
    for (name, value) in all[1..].iter().flat_map(|task| &task.unknown) {
        unknown.entry(name.clone()).or_insert_with(|| value.clone());
    }
    Task {
        id: first.id.clone(),
        title: all.iter().map(|task| task.title.as_str()).collect::<Vec<_>>().join(" + "),
        instructions: joined_instructions(&all),
        owns: union(&all, |task| &task.owns),
        reads: union(&all, |task| &task.reads),
        after,
        uses: largest_uses(&all),
        minutes: Some(sum_of_minutes(context, &all)),
        kind: if all.iter().all(|task| task.kind == first.kind) { first.kind } else { Kind::Change },
        group: first.group.clone(),
        status: first.status,
        checks: union(&all, |task| &task.checks),
        accepts,
        unknown,
        ..first_values(&all)
    }
}

/// A task with the first non-empty value of each field.
fn first_values(tasks: &[&Task]) -> Task {
    let mut values = Task::default();
    let empty = Task::default();
    for field in Field::OF_TASK {
        let first = tasks.iter().find(|task| !field.is_same(task, &empty));
        if let Some(change) = first.and_then(|task| task.change_to(field)) {
            change.swap_into(&mut values);
        }
    }
    values
}

/// The values of all lists in order, without duplicates.
fn union<T: Clone + PartialEq>(tasks: &[&Task], field: fn(&Task) -> &Vec<T>) -> Vec<T> {
    let mut union: Vec<T> = Vec::new();
    for value in tasks.iter().flat_map(|task| field(task)) {
        if !union.contains(value) {
            union.push(value.clone());
        }
    }
    union
}

/// The instructions of all tasks, each under its title; empty if there are none.
fn joined_instructions(tasks: &[&Task]) -> String {
    let parts = tasks.iter().filter(|task| !task.instructions.is_empty());
    parts.map(|task| format!("{}:\n{}", task.title, task.instructions)).collect::<Vec<_>>().join("\n\n")
}

/// The resources for an agent that does the tasks one after another.
fn largest_uses(tasks: &[&Task]) -> Vec<ResourceUse> {
    let mut uses: Vec<ResourceUse> = Vec::new();
    for used in tasks.iter().flat_map(|task| &task.uses) {
        match uses.iter_mut().find(|known| known.resource == used.resource) {
            Some(known) => known.amount = known.amount.max(used.amount),
            None => uses.push(used.clone()),
        }
    }
    uses
}

fn sum_of_minutes(context: &Context<'_>, tasks: &[&Task]) -> Estimate {
    let default = Estimate::exactly(context.plan.settings.default_minutes);
    let sum = |part: fn(Estimate) -> Minutes| -> Minutes {
        tasks.iter().map(|task| part(task.minutes.unwrap_or(default))).sum()
    };
    Estimate::between(sum(|minutes| minutes.low), sum(|minutes| minutes.likely), sum(|minutes| minutes.high))
}

/// Edits that replace references to `gone` with `to` in all tasks outside `tasks`. `None` if there are too
/// many.
fn redirected(context: &Context<'_>, tasks: &[usize], gone: &[&TaskId], to: &TaskId) -> Option<Vec<Edit>> {
    let mut naming: Vec<usize> = gone.iter().flat_map(|id| context.naming(id)).copied().collect();
    naming.sort_unstable();
    naming.dedup();
    naming.retain(|at| !tasks.contains(at) && context.is_first_with_its_id(*at));
    let mut edits = Vec::new();
    for (at, task) in naming.into_iter().map(|at| (at, context.task(at))) {
        if task.after.iter().any(|id| gone.contains(&id)) {
            let mut after: Vec<TaskId> = Vec::new();
            for id in &task.after {
                let id = if gone.contains(&id) { to } else { id };
                if !after.contains(id) {
                    after.push(id.clone());
                }
            }
            edits.push(context.change(at, TaskChange::After(after)));
        }
        if task.accepts.iter().any(|accepted| gone.contains(&&accepted.task)) {
            let mut accepts: Vec<Acceptance> = Vec::new();
            for accepted in &task.accepts {
                let task = if gone.contains(&&accepted.task) { to } else { &accepted.task };
                if !accepts.iter().any(|known| known.task == *task) {
                    accepts.push(Acceptance { task: task.clone(), reason: accepted.reason.clone() });
                }
            }
            edits.push(context.change(at, TaskChange::Accepts(accepts)));
        }
        if edits.len() > MAX_GROUP {
            return None;
        }
    }
    Some(edits)
}

/// Removes the files of other tasks from the ownership of `task`. `None` if it would own nothing, or if a few
/// patterns can't express the result.
pub(super) fn leave_to(context: &Context<'_>, task: usize, others: &[usize]) -> Option<Fix> {
    let mut narrowing = Narrowing::of(context, task);
    for &other in others {
        narrowing.leave_all_to(other)?;
    }
    let title = match narrowing.given() {
        [] => return None,
        [only] => format!("Give {} to {} only", short_name(only), context.list(others)),
        _ => format!("Leave their files to {}", context.list(others)),
    };
    Some(Fix { title, edits: vec![context.change(task, TaskChange::Owns(narrowing.owns()?))].into() })
}

/// The last name of a path, or the whole pattern if it ends in a wildcard.
fn short_name(pattern: &str) -> &str {
    match pattern.rsplit('/').find(|name| !name.is_empty()) {
        Some(name) if !name.contains(['*', '?', '[', '{']) => name,
        _ => pattern,
    }
}

/// Moves a file from several tasks to a new task that runs after them. Tasks that wait for all of them also
/// wait for the new one. `None` if one of them would own nothing.
pub(super) fn integrate(context: &Context<'_>, path: &str, tasks: &[usize]) -> Option<Fix> {
    let file = Pattern::parse(path).ok().filter(|pattern| pattern.path() == Some(path))?;
    if tasks.len() > MAX_GROUP {
        return None;
    }
    let mut edits = Vec::new();
    for &task in tasks {
        let mut narrowing = Narrowing::of(context, task);
        narrowing.leave(&file, path, &[])?;
        edits.push(context.change(task, TaskChange::Owns(narrowing.owns()?)));
    }
    let last = tasks.iter().copied().max()?;
    let integration = integration_task(context, path, tasks);
    edits.extend(wait_as_well(context, tasks, &integration.id)?);
    edits.push(Edit::InsertTask { at: last + 1, task: Box::new(integration) });
    Some(Fix {
        title: format!("Add a task at the end that writes {}", short_name(path)),
        edits: edits.into(),
    })
}

fn integration_task(context: &Context<'_>, path: &str, tasks: &[usize]) -> Task {
    let ids: Vec<&str> = tasks.iter().map(|&task| context.id(task).as_str()).collect();
    Task {
        id: context.fresh_ids(context.id(tasks[0])).next().unwrap_or_default(),
        title: format!("Bring together {}", short_name(path)),
        instructions: format!("Make the changes to {path} that follow from {}.", ids.join(", ")),
        owns: vec![path.to_owned()],
        after: tasks.iter().map(|&task| context.id(task).clone()).collect(),
        kind: Kind::Integrate,
        group: context.task(tasks[tasks.len() - 1]).group.clone(),
        ..Task::default()
    }
}

/// Makes the first tasks after all of `tasks` also wait for `id`. `None` if there are too many.
fn wait_as_well(context: &Context<'_>, tasks: &[usize], id: &TaskId) -> Option<Vec<Edit>> {
    let comes_after_all =
        |task: &usize| tasks.iter().all(|&before| context.order.ancestors[*task].contains(before));
    if tasks.iter().any(|&task| context.order.successors[task].is_empty()) {
        return Some(Vec::new());
    }
    let firsts: Vec<usize> = (0..context.plan.tasks.len())
        .filter(comes_after_all)
        .filter(|&task| !context.order.predecessors[task].iter().any(comes_after_all))
        .collect();
    let edit = |&task: &usize| {
        let after = context.task(task).after.iter().chain([id]).cloned().collect();
        context.change(task, TaskChange::After(after))
    };
    let reachable = firsts.iter().filter(|&&task| context.is_first_with_its_id(task));
    (firsts.len() <= MAX_GROUP).then(|| reachable.map(edit).collect())
}
