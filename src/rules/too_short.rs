//! Tasks that take less time than it takes to have an agent do them.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair};
use crate::doer::Doer;
use crate::plan::Kind;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP310",
    name: "too-short",
    title: "A task is too short for an agent",
    severity: Severity::Hint,
    help: "\
To launch an agent takes about half a minute, and to read, check and commit what it did another one and a half. A task that is
done in a minute costs more than that in waiting. Only estimates that somebody wrote count.

Give it to the agent of a task that is near, or make the change yourself. The repair merges it with tasks in the same folder, or
with others as short.",
    example: "\
- T1 Correct the year in the footer @owns(web/footer.html) ~1m
- T2 Search with pages @owns(web/search/**) ~40m
",
    repaired: "\
- T2 Search with pages, and the right year in the footer @owns(web/search/**, web/footer.html) ~41m
",
    },
    check,
};

/// The longest duration that is too short, in minutes: launching and checking takes twice as long.
const TOO_SHORT: u32 = 1;

/// The most tasks that become one.
const MOST_MERGED: usize = 4;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let short: Vec<usize> =
        (0..context.plan.tasks.len()).filter(|&task| is_too_short(context, task)).collect();
    if !short.is_empty() {
        findings.add(|| describe(context, &short));
    }
}

/// Whether an agent does the task, and it is as short as the author says.
fn is_too_short(context: &Context<'_>, at: usize) -> bool {
    let task = context.task(at);
    let is_work = matches!(
        task.kind,
        Kind::Change | Kind::Docs | Kind::Config | Kind::Test | Kind::Integrate | Kind::Research
    );
    is_work
        && task.status.can_start()
        && task.minutes.is_some_and(|minutes| minutes.likely <= TOO_SHORT)
        && Doer::of(task).is_launched()
}

fn describe(context: &Context<'_>, short: &[usize]) -> Finding {
    let list = context.list(short);
    let (are, it) = match short.len() {
        1 => ("is too short for an agent of its own", "it"),
        _ => ("are too short for agents of their own", "them"),
    };
    Finding {
        title: format!("{list} {are}"),
        detail: format!(
            "To launch an agent and to check its work takes about two minutes. Join {it} with a task that is near, \
             or make the change yourself."
        ),
        places: short.iter().map(|&task| context.place(task, "minutes", "")).collect(),
        fixes: joined(context, short).into_iter().collect(),
    }
}

/// Merges the short tasks with the nearest longer one, or with each other if that makes them long enough.
fn joined(context: &Context<'_>, short: &[usize]) -> Option<Fix> {
    if short.len() > MOST_MERGED {
        return None;
    }
    let with = |task: usize| {
        let mut all: Vec<usize> = short.iter().copied().chain([task]).collect();
        all.sort_unstable();
        repair::merge(context, &all)
    };
    let near = nearest(context, short).and_then(with);
    let minutes = |&task: &usize| context.plan.minutes_of(context.task(task));
    let are_enough = short.len() > 1 && short.iter().map(minutes).sum::<u32>() > TOO_SHORT;
    near.or_else(|| are_enough.then(|| repair::merge(context, short)).flatten())
}

/// The shortest longer task of the same kind whose files lie in the same folder as those of all short ones.
fn nearest(context: &Context<'_>, short: &[usize]) -> Option<usize> {
    let folder = |task: usize| {
        let owned = context.task(task).owned_files();
        let (folder, _) = owned.first()?.split_once('/')?;
        Some(folder.to_owned())
    };
    let first = folder(short[0])?;
    let kind = context.task(short[0]).kind;
    if !short.iter().all(|&task| folder(task).as_ref() == Some(&first) && context.task(task).kind == kind) {
        return None;
    }
    let is_near = |&task: &usize| {
        let other = context.task(task);
        !short.contains(&task)
            && other.kind == kind
            && other.status.can_start()
            && folder(task).as_ref() == Some(&first)
            && short.iter().all(|&one| !context.order.are_ordered(one, task))
    };
    let minutes = |task: &usize| context.plan.minutes_of(context.task(*task));
    (0..context.plan.tasks.len()).filter(is_near).min_by_key(minutes)
}
