//! Tasks that differ in one word, each written out.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Kind, Task};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP315",
    name: "like-tasks",
    title: "Like tasks are written one by one",
    severity: Severity::Hint,
    help: "\
Five tasks or more of one kind have titles that differ in one word, each is about one file or folder, and none waits for another.
Each of their agents finds its own way to do the same, so the results differ where they should be alike; and what is learned from
the first comes too late for the others.

Do one of them first, look at it, and let the others read it as their example: the repair does that. If every agent has to be told
more, say it once in the goal of the plan. Leave them if it does not matter that they differ.",
    example: "\
- T1 Translate the page about delivery @owns(pl/delivery.md) @kind(docs)
- T2 Translate the page about payment @owns(pl/payment.md) @kind(docs)
- T3 Translate the page about returns @owns(pl/returns.md) @kind(docs)
- T4 Translate the page about vouchers @owns(pl/vouchers.md) @kind(docs)
- T5 Translate the page about privacy @owns(pl/privacy.md) @kind(docs)
",
    repaired: "\
- T1 Translate the page about delivery @owns(pl/delivery.md) @kind(docs)
- T2 Translate the page about payment @owns(pl/payment.md) @reads(pl/delivery.md) @after(T1) @kind(docs)
- T3 Translate the page about returns @owns(pl/returns.md) @reads(pl/delivery.md) @after(T1) @kind(docs)
- T4 Translate the page about vouchers @owns(pl/vouchers.md) @reads(pl/delivery.md) @after(T1) @kind(docs)
- T5 Translate the page about privacy @owns(pl/privacy.md) @reads(pl/delivery.md) @after(T1) @kind(docs)
",
    },
    check,
};

/// The least number of tasks for which an example pays.
const LEAST_TASKS: usize = 5;
/// Longer titles are not compared; two titles of this many words are no list that somebody copied.
const MOST_WORDS: usize = 30;
/// The fewest words that titles have in common: two words alone are alike by chance.
const LEAST_WORDS: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut alike: IndexMap<(&str, String), Vec<usize>> = IndexMap::new();
    let is_told = |task: &Task| task.kind != Kind::Gate && file_of(task).is_some();
    for (at, task) in context.tasks().filter(|(_, task)| is_told(task)) {
        for shape in shapes(task) {
            alike.entry((task.kind.name(), shape)).or_default().push(at);
        }
    }
    let mut groups: Vec<(String, Vec<usize>)> = alike
        .into_iter()
        .map(|((_, shape), tasks)| (shape, unordered(context, &tasks)))
        .filter(|(_, tasks)| tasks.len() >= LEAST_TASKS)
        .collect();
    groups.sort_by_key(|(_, tasks)| (std::cmp::Reverse(tasks.len()), tasks[0]));
    let mut told = vec![false; context.plan.tasks.len()];
    for (shape, tasks) in groups {
        if !tasks.iter().any(|&task| told[task]) {
            tasks.iter().for_each(|&task| told[task] = true);
            findings.add(|| describe(context, &shape, &tasks));
        }
    }
}

/// The one file or folder that the task is about: all that it owns, or else all that it reads.
fn file_of(task: &Task) -> Option<&str> {
    match (&task.owns[..], &task.reads[..]) {
        ([owned], _) => Some(owned),
        ([], [read]) => Some(read),
        _ => None,
    }
}

/// The title and the text of a task with one word left open, for each word of the title.
fn shapes(task: &Task) -> Vec<String> {
    let words: Vec<&str> = task.title.split_whitespace().collect();
    if !(LEAST_WORDS + 1..=MOST_WORDS).contains(&words.len()) {
        return Vec::new();
    }
    let with_gap = |gap: usize| {
        let mut words = words.clone();
        let left_out = std::mem::replace(&mut words[gap], GAP);
        format!("{}\n{}", words.join(" "), task.instructions.replace(left_out, GAP))
    };
    (0..words.len()).map(with_gap).collect()
}

/// The most tasks that the repair changes.
const MOST_CHANGED: usize = 50;

/// What stands where titles differ.
const GAP: &str = "…";

/// Those of the tasks that are to do, don't wait for each other, and differ in title and file. None if all of them wait for
/// another one of the tasks, which then is their example.
fn unordered(context: &Context<'_>, tasks: &[usize]) -> Vec<usize> {
    let mut free: Vec<usize> = Vec::new();
    for &task in tasks.iter().filter(|&&task| context.task(task).status.can_start()) {
        let is_new = free.iter().all(|&other| {
            let [one, two] = [task, other].map(|task| context.task(task));
            !context.order.are_ordered(task, other) && one.title != two.title && file_of(one) != file_of(two)
        });
        if is_new {
            free.push(task);
        }
    }
    let follows = |example: usize| {
        // The first of those that wait is taken for free, and the example is not.
        tasks.iter().filter(|&&task| task != example && context.awaited(task).contains(&example)).count()
    };
    let has_example = tasks.iter().any(|&task| follows(task) + 1 >= free.len().max(LEAST_TASKS));
    if has_example { Vec::new() } else { free }
}

fn describe(context: &Context<'_>, shape: &str, tasks: &[usize]) -> Finding {
    let title = shape.lines().next().unwrap_or_default();
    Finding {
        title: format!("{} differ in one word", context.list(tasks)),
        detail: format!(
            "“{title}” stands {} times, written one by one, and each agent finds its own way. Do one first, look at it, \
             and let the others follow its example.",
            tasks.len()
        ),
        places: tasks.iter().map(|&task| context.place(task, "title", "")).collect(),
        fixes: with_example(context, tasks).into_iter().collect(),
    }
}

/// Lets all others wait for the first and read what it changes. `None` if it changes nothing, or they are too many.
fn with_example(context: &Context<'_>, tasks: &[usize]) -> Option<Fix> {
    let (&first, others) = tasks.split_first()?;
    let example = context.task(first);
    let closes_cycle = |&task: &usize| context.order.would_close_cycle(task, first);
    if !example.changes_files() || others.len() > MOST_CHANGED || others.iter().any(closes_cycle) {
        return None;
    }
    let edits = others.iter().flat_map(|&task| {
        let Task { after, reads, .. } = context.task(task);
        let new = example.owns.iter().filter(|entry| !reads.contains(entry));
        [
            context.change(task, TaskChange::After(after.iter().chain([&example.id]).cloned().collect())),
            context.change(task, TaskChange::Reads(reads.iter().chain(new).cloned().collect())),
        ]
    });
    Some(Fix {
        title: format!("Do {} first, and let the others read it as their example", example.id),
        edits: edits.collect(),
    })
}
