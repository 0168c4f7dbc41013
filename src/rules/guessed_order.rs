//! An order that nobody wrote down.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::edges::reaches;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Ordering, Status, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP318",
    name: "guessed-order",
    title: "Nobody wrote down the order of the tasks",
    severity: Severity::Hint,
    help: "\
The tasks come from a list that says of none what it waits for or what it may run beside. Whether they build on each other is
not known, so the order is a guess: numbered lists and lists with sections are taken to be in order, others not.

Say which it is: in this order, one after another, or all at once. Then take out what is wrong.",
    example: "- T1 Cart @owns(src/cart.ts) @ordering(guessed)\n- T2 Page @owns(src/page.ts) @ordering(guessed)\n",
    repaired: "- T1 Cart @owns(src/cart.ts)\n- T2 Page @owns(src/page.ts) @after(T1)\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let marked: Vec<usize> = context
        .tasks()
        .filter(|(_, task)| task.ordering == Ordering::Guessed)
        .map(|(position, _)| position)
        .collect();
    let open: Vec<usize> = marked.iter().copied().filter(|&task| context.is_open(task)).collect();
    if open.len() < 2 {
        return;
    }
    let waits = open.iter().any(|&task| !context.order.predecessors[task].is_empty());
    let now =
        if waits { "they run in the order in which they are written" } else { "none waits for another" };
    findings.add(|| Finding {
        title: format!("Nothing says which of these {} tasks comes first, so {now}", open.len()),
        detail: String::new(),
        places: open.iter().map(|&task| context.place(task, "after", "")).collect(),
        fixes: vec![
            Fix { title: "In this order".to_owned(), edits: in_order(context, &marked, &open).into() },
            Fix { title: "All at once".to_owned(), edits: at_once(context, &marked).into() },
        ],
    });
}

/// Takes the mark off, and lets each open task wait for the one before it in the list, unless that closes a circle or
/// it waits already.
fn in_order(context: &Context<'_>, marked: &[usize], open: &[usize]) -> Vec<Edit> {
    let mut successors = context.order.successors.clone();
    let mut edits = confirmed(context, marked);
    for pair in open.windows(2) {
        let (before, task) = (pair[0], pair[1]);
        let has_started = context.task(task).status == Status::Running;
        if has_started || reaches(&successors, before, task) || reaches(&successors, task, before) {
            continue;
        }
        successors[before].push(task);
        let after = context.task(task).after.iter().chain([context.id(before)]).cloned().collect();
        edits.push(context.change(task, TaskChange::After(after)));
    }
    edits
}

/// Takes the mark off, and the dependencies among the marked tasks. What joins, checks or decides keeps its place.
fn at_once(context: &Context<'_>, marked: &[usize]) -> Vec<Edit> {
    let is_fixed =
        |task: usize| matches!(context.task(task).kind, Kind::Gate | Kind::Verify | Kind::Integrate);
    let is_guess = |id: &&TaskId| {
        context
            .positions
            .get(id)
            .is_some_and(|&task| context.task(task).ordering == Ordering::Guessed && !is_fixed(task))
    };
    let mut edits = confirmed(context, marked);
    for &task in marked.iter().filter(|&&task| !is_fixed(task)) {
        let after: Vec<TaskId> =
            context.task(task).after.iter().filter(|id| !is_guess(id)).cloned().collect();
        if after.len() < context.task(task).after.len() {
            edits.push(context.change(task, TaskChange::After(after)));
        }
    }
    edits
}

/// Takes the mark off all tasks, finished ones too.
fn confirmed(context: &Context<'_>, marked: &[usize]) -> Vec<Edit> {
    marked.iter().map(|&task| context.change(task, TaskChange::Ordering(Ordering::Declared))).collect()
}
