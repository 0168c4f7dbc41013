//! A plan that ends without a check of the whole.

use fixedbitset::FixedBitSet;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, repair};
use crate::plan::{Edit, Kind, Task, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP304",
    name: "no-verification",
    title: "Nothing checks the result",
    severity: Severity::Hint,
    help: "\
Each agent checks its own part. What breaks between the parts shows only when somebody builds and tests the whole, after
the last of them.

Add a task of kind `verify` that waits for all others. If there is one that does not wait for all of them, let it wait. A
plan that changes nothing needs none.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**)
- T3 Cart page @owns(src/ui/cart/**)
- T4 Theme @owns(style/**)
- T5 Manual @owns(docs/**)
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**)
- T3 Cart page @owns(src/ui/cart/**)
- T4 Theme @owns(style/**)
- T5 Manual @owns(docs/**)
- T6 Build and test everything @after(T1, T2, T3, T4, T5) @kind(verify)
",
    },
    check,
};

/// Smaller plans are easy to check by hand.
const MIN_TASKS: usize = 5;

/// Beginnings of words in a title that show that the task checks the work of others.
const CHECKING_WORDS: [&str; 8] = ["test", "verif", "check", "review", "e2e", "qa", "valid", "accept"];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let open: Vec<usize> = (0..context.plan.tasks.len()).filter(|&task| context.is_open(task)).collect();
    let checking: Vec<usize> = open.iter().copied().filter(|&task| checks_others(context, task)).collect();
    let is_checked = |task: usize| {
        checking.iter().any(|&check| check == task || context.order.ancestors[check].contains(task))
    };
    let changing = || open.iter().copied().filter(|&task| can_break_others(context.task(task)));
    if let Some(verification) = last_verification(context, &open) {
        let runs_before = |&task: &usize| !context.order.would_close_cycle(verification, task);
        let missed = ends(context, changing().filter(|&task| !is_checked(task)).filter(runs_before));
        if !missed.is_empty() {
            findings.add(|| describe_partial(context, verification, &missed));
        }
        return;
    }
    let last = ends(context, open.iter().copied());
    let is_last_checked = last.iter().any(|task| checking.contains(task));
    if open.len() >= MIN_TASKS && changing().next().is_some() && !is_last_checked {
        findings.add(|| Finding {
            title: "Nothing checks the result".to_owned(),
            detail:
                "Each agent checks its own part; what breaks between the parts shows only when the whole \
                is tested."
                    .to_owned(),
            fixes: vec![add_verification(context, &last)],
            ..Finding::default()
        });
    }
}

/// Whether the result of the task has to be tested together with that of others. Documents break nothing.
fn can_break_others(task: &Task) -> bool {
    task.changes_files() && task.kind != Kind::Docs
}

/// The last open task of kind `verify` that checks the whole.
fn last_verification(context: &Context<'_>, open: &[usize]) -> Option<usize> {
    let is_one = |task: &usize| context.task(*task).kind == Kind::Verify;
    context.sequence(open).into_iter().rfind(is_one)
}

/// Those of these tasks that none of the others waits for.
fn ends(context: &Context<'_>, tasks: impl Iterator<Item = usize>) -> Vec<usize> {
    let tasks: Vec<usize> = tasks.collect();
    let mut passed = FixedBitSet::with_capacity(context.plan.tasks.len());
    tasks.iter().for_each(|&task| passed.union_with(&context.order.ancestors[task]));
    tasks.into_iter().filter(|&task| !passed.contains(task)).collect()
}

fn describe_partial(context: &Context<'_>, verification: usize, missed: &[usize]) -> Finding {
    let id = context.id(verification);
    let list = context.list(missed);
    let places = std::iter::once(context.place(verification, "after", ""))
        .chain(missed.iter().map(|&task| context.place(task, "", "")));
    Finding {
        title: format!("{id} does not check {list}"),
        detail: format!(
            "{id} is the last check of the whole, and it does not wait for {list}. What they change is \
             checked by nothing but themselves."
        ),
        places: places.collect(),
        fixes: repair::wait_for_all(context, verification, missed).into_iter().collect(),
    }
}

/// Whether the task waits for others and checks their work, judging by its kind or title.
fn checks_others(context: &Context<'_>, at: usize) -> bool {
    let task = context.task(at);
    let says_so = || {
        let title = task.title.to_lowercase();
        let mut words = title.split(|letter: char| !letter.is_alphanumeric());
        words.any(|word| CHECKING_WORDS.iter().any(|beginning| word.starts_with(beginning)))
    };
    !context.order.predecessors[at].is_empty()
        && (matches!(task.kind, Kind::Verify | Kind::Test) || says_so())
}

fn add_verification(context: &Context<'_>, last: &[usize]) -> Fix {
    let like = context.plan.tasks.last().map_or(TaskId::from("T"), |task| task.id.clone());
    let reachable = last.iter().filter(|&&task| context.is_first_with_its_id(task));
    let task = Task {
        id: context.fresh_ids(&like).next().unwrap_or_default(),
        title: "Build and test everything".to_owned(),
        kind: Kind::Verify,
        after: reachable.map(|&task| context.id(task).clone()).collect(),
        ..Task::default()
    };
    Fix {
        title: "Add a task that checks everything at the end".to_owned(),
        edits: vec![Edit::InsertTask { at: context.plan.tasks.len(), task: Box::new(task) }].into(),
    }
}
