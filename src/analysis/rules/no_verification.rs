//! A plan that ends without a look at the whole.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::plan::{Edit, Kind, Task, TaskId};

pub(super) static RULE: Rule = Rule {
    code: "PP304",
    name: "no-verification",
    title: "Nothing checks the result",
    severity: Severity::Hint,
    help: "\
Each agent checks its own part. What breaks between the parts shows only when somebody builds and tests the whole, after
the last of them.

Add a task of kind `verify` that waits for all others.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**)
- T3 Cart page @owns(src/ui/cart/**)
- T4 Theme @owns(style/**)
- T5 Manual @owns(docs/**)
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**)
- T3 Cart page @owns(src/ui/cart/**)
- T4 Theme @owns(style/**)
- T5 Manual @owns(docs/**)
- T6 Build and test everything @after(T1, T2, T3, T4, T5) @kind(verify)
",
    check,
};

/// Smaller plans are easily looked over by hand.
const MIN_TASKS: usize = 5;

/// Beginnings of words in a title by which a last task shows that it checks the others' work.
const CHECKING_WORDS: [&str; 8] = ["test", "verif", "check", "review", "e2e", "qa", "valid", "accept"];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let open: Vec<usize> = (0..context.plan.tasks.len()).filter(|&task| context.is_open(task)).collect();
    let is_last = |task: &usize| !context.order.successors[*task].iter().any(|&next| context.is_open(next));
    let last: Vec<usize> = open.iter().copied().filter(is_last).collect();
    let is_checked = last.iter().any(|&task| checks_others(context, task));
    if open.len() >= MIN_TASKS && !is_checked {
        findings.add(|| Finding {
            title: "Nothing checks the result".to_owned(),
            detail: "Each agent checks its own part; what breaks between the parts shows only when the whole is tested."
                .to_owned(),
            fixes: vec![add_verification(context, &last)],
            ..Finding::default()
        });
    }
}

/// Whether the task waits for others and, going by its kind or its title, checks their work.
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
        edits: vec![Edit::InsertTask { at: context.plan.tasks.len(), task: Box::new(task) }],
    }
}
