//! Two tasks with one id.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::{Edit, Task, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP004",
    name: "duplicate-id",
    title: "Two tasks have one id",
    severity: Severity::Error,
    help: "\
Other tasks, comments and exports refer to a task by its id, so an id that is used twice is ambiguous. Every reference is
taken to mean the first of the tasks.

Give the later task an id of its own. If other tasks should wait for it, write the new id there.",
    example: r#"{"tasks": [
  {"id": "T1", "title": "Cart schema", "owns": ["db/**"]},
  {"id": "T1", "title": "Cart service", "owns": ["src/cart/**"]}
]}
"#,
    repaired: r#"{"tasks": [
  {"id": "T1", "title": "Cart schema", "owns": ["db/**"]},
  {"id": "T2", "title": "Cart service", "owns": ["src/cart/**"]}
]}
"#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut namesakes: IndexMap<&TaskId, Vec<usize>> = IndexMap::new();
    for (at, task) in context.tasks() {
        namesakes.entry(&task.id).or_default().push(at);
    }
    for (id, tasks) in namesakes.iter().filter(|(_, tasks)| tasks.len() > 1) {
        findings.add(|| describe(context, id, tasks));
    }
}

fn describe(context: &Context<'_>, id: &TaskId, tasks: &[usize]) -> Finding {
    let what = if id.as_str().is_empty() { "no id".to_owned() } else { format!("the id {id}") };
    let count = if tasks.len() == 2 { "Two".to_owned() } else { tasks.len().to_string() };
    Finding {
        title: format!("{count} tasks have {what}"),
        detail: format!(
            "Every reference is taken to mean the first of them, “{}”. Give the others an id of their own.",
            context.task(tasks[0]).title
        ),
        places: tasks.iter().map(|&task| context.place(task, "id", id.as_str())).collect(),
        fixes: vec![rename(context, id, tasks)],
    }
}

/// Gives every task but the first a new id. Edits reach only the first task with an id, so this removes and
/// reinserts all of them.
fn rename(context: &Context<'_>, id: &TaskId, tasks: &[usize]) -> Fix {
    let like = if id.as_str().is_empty() { &TaskId::from("T") } else { id };
    let fresh: Vec<TaskId> = context.fresh_ids(like).take(tasks.len() - 1).collect();
    let ids = std::iter::once(id).chain(&fresh);
    let taken_out = tasks.iter().map(|_| Edit::RemoveTask(id.clone()));
    let put_in = tasks.iter().zip(ids).map(|(&at, id)| {
        let task = Task { id: id.clone(), ..context.task(at).clone() };
        Edit::InsertTask { at, task: Box::new(task) }
    });
    let title = match &fresh[..] {
        [only] => format!("Name “{}” {only}", context.task(tasks[1]).title),
        [first, .., last] => format!("Name the others {first} to {last}"),
        [] => String::new(),
    };
    Fix { title, edits: taken_out.chain(put_in).collect() }
}
