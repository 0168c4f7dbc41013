//! Repairs that several rules offer: setting an order, making one task of several, allowing a conflict.
//!
//! Edits name tasks by id, so a second task with the same id is never touched. An order is offered only where it closes no
//! cycle.

use super::narrowing::Narrowing;
use super::{Context, Fix};
use crate::glob::Pattern;
use crate::plan::edit::TaskChange;
use crate::plan::{Acceptance, Edit, Estimate, Kind, ResourceUse, Task, TaskId};

/// The largest group of tasks for which repairs are offered; nobody decides about more with one click.
const MAX_GROUP: usize = 50;

/// How many tasks are merged into one at most: what one agent can take on.
const MAX_MERGED: usize = 4;

/// How many pairs are allowed with one click at most.
const MAX_ACCEPTED: usize = 6;

/// Lets one task wait for another.
pub(super) fn wait(context: &Context<'_>, waiting: usize, awaited: usize) -> Option<Fix> {
    wait_for_all(context, waiting, &[awaited])
}

/// Lets one task wait for several. They must be unordered with it, or come before it already.
pub(super) fn wait_for_all(context: &Context<'_>, waiting: usize, awaited: &[usize]) -> Option<Fix> {
    let closes_cycle = |&task: &usize| context.order.would_close_cycle(waiting, task);
    if awaited.len() > MAX_GROUP || awaited.iter().any(closes_cycle) {
        return None;
    }
    Some(Fix {
        title: format!("Let {} wait for {}", context.id(waiting), context.list(awaited)),
        edits: vec![waiting_also_for(context, waiting, awaited)],
    })
}

/// Lets several tasks wait for one. They must be unordered with it, or come after it already.
pub(super) fn all_wait(context: &Context<'_>, waiting: &[usize], awaited: usize) -> Option<Fix> {
    let closes_cycle = |&task: &usize| context.order.would_close_cycle(task, awaited);
    if waiting.len() > MAX_GROUP || waiting.iter().any(closes_cycle) {
        return None;
    }
    Some(Fix {
        title: format!("Let {} wait for {}", context.list(waiting), context.id(awaited)),
        edits: waiting.iter().map(|&task| waiting_also_for(context, task, &[awaited])).collect(),
    })
}

/// Lets tasks run one after another, in an order that agrees with the rest of the plan.
pub(super) fn one_after_another(context: &Context<'_>, tasks: &[usize]) -> Option<Fix> {
    if tasks.len() > MAX_GROUP {
        return None;
    }
    let sequence = context.sequence(tasks);
    let missing = sequence.windows(2).filter(|pair| !context.order.ancestors[pair[1]].contains(pair[0]));
    Some(Fix {
        title: format!("Run {} one after another", context.list(&sequence)),
        edits: missing.map(|pair| waiting_also_for(context, pair[1], &pair[..1])).collect(),
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

/// Allows every one of these pairs to run at the same time. The author can add the reason.
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

/// Makes one task of several that are not ordered. It takes the place and the id of the first; whoever waited for one of
/// the others waits for it.
pub(super) fn merge(context: &Context<'_>, tasks: &[usize]) -> Option<Fix> {
    let are_ordered = |&a: &usize| tasks.iter().any(|&b| context.order.ancestors[a].contains(b));
    if tasks.len() > MAX_MERGED || tasks.iter().any(are_ordered) {
        return None;
    }
    let (&first, others) = tasks.split_first()?;
    let gone: Vec<&TaskId> = others.iter().map(|&task| context.id(task)).collect();
    let merged = merged(context, tasks);
    let mut edits = redirected(context, tasks, &gone, &merged.id)?;
    edits.extend(tasks.iter().map(|&task| Edit::RemoveTask(context.id(task).clone())));
    edits.push(Edit::InsertTask { at: first, task: Box::new(merged) });
    Some(Fix { title: format!("Merge {}", context.list(tasks)), edits })
}

/// The task that does the work of all of these, one after another.
fn merged(context: &Context<'_>, tasks: &[usize]) -> Task {
    let all: Vec<&Task> = tasks.iter().map(|&task| context.task(task)).collect();
    let ids: Vec<&TaskId> = all.iter().map(|task| &task.id).collect();
    let first = all[0];
    let first_of = |field: fn(&Task) -> &String| {
        all.iter().map(|task| field(task)).find(|value| !value.is_empty()).cloned().unwrap_or_default()
    };
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
        agent: first_of(|task| &task.agent),
        model: first_of(|task| &task.model),
        kind: if all.iter().all(|task| task.kind == first.kind) { first.kind } else { Kind::Change },
        group: first.group.clone(),
        status: first.status,
        checks: union(&all, |task| &task.checks),
        accepts,
        unknown,
    }
}

/// The values of all lists, each once, in order.
fn union<T: Clone + PartialEq>(tasks: &[&Task], field: fn(&Task) -> &Vec<T>) -> Vec<T> {
    let mut union: Vec<T> = Vec::new();
    for value in tasks.iter().flat_map(|task| field(task)) {
        if !union.contains(value) {
            union.push(value.clone());
        }
    }
    union
}

/// The instructions of all, each under its title; nothing if there are none.
fn joined_instructions(tasks: &[&Task]) -> String {
    let parts = tasks.iter().filter(|task| !task.instructions.is_empty());
    parts.map(|task| format!("{}:\n{}", task.title, task.instructions)).collect::<Vec<_>>().join("\n\n")
}

/// What one agent needs that does the tasks one after another.
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
    let sum = |part: fn(Estimate) -> u32| {
        tasks.iter().fold(0u32, |sum, task| sum.saturating_add(part(task.minutes.unwrap_or(default))))
    };
    Estimate::between(sum(|minutes| minutes.low), sum(|minutes| minutes.likely), sum(|minutes| minutes.high))
}

/// Edits by which every task outside `tasks` refers to `to` instead of those that are gone. `None` if they are very many.
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

/// Lets `task` leave the files of others to them. `None` if nothing would be left of what it owns, or if that can't be said
/// in a few patterns.
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
    Some(Fix { title, edits: vec![context.change(task, TaskChange::Owns(narrowing.owns()?))] })
}

/// The last name of a path, or the whole pattern if it ends in a wildcard.
fn short_name(pattern: &str) -> &str {
    match pattern.rsplit('/').find(|name| !name.is_empty()) {
        Some(name) if !name.contains(['*', '?', '[', '{']) => name,
        _ => pattern,
    }
}

/// Takes a file away from several tasks and lets one more task, after all of them, write it. Tasks that wait for all of them
/// wait for that one too. `None` if one of the tasks would be left with no files.
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
    Some(Fix { title: format!("Let one task at the end write {}", short_name(path)), edits })
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

/// Lets the first tasks that come after all of `tasks` wait for one more. `None` if they are very many.
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
