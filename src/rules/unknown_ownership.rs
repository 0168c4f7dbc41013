//! A task that changes files without listing them.

use rustc_hash::FxHashSet;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity, said};
use crate::glob::{Instead, as_read};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Parallel, Settings};
use crate::prose::deeds::Deed;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP104",
    name: "unknown-ownership",
    title: "A task lists no files",
    severity: Severity::Unknown,
    help: "\
The task changes something, going by its kind, but its `owns` list is empty, or says only `TBD`. What it writes is not
known, so it can't be proved safe beside any other task, and nothing can stop it from writing what another one owns. It
therefore runs alone.

List the files or folders it may change. If it changes nothing, say so with the kind `research` or `verify`. To let it run
beside others on your word, mark it with `@parallel(claimed)`, or all such tasks with the setting `unknown beside`.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Copy review
",
    repaired: "\
- T1 Cart schema @owns(db/**)
- T2 Copy review @kind(research)
",
    },
    check,
};

/// The number of tasks from which one sentence describes all, if none lists any files.
const MANY: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let writers: Vec<usize> = (0..context.plan.tasks.len())
        .filter(|&task| context.is_open(task) && context.task(task).changes_files())
        .collect();
    // What is written there instead of paths is told as an error of its own.
    let unreadable = context.ownership().unreadable.iter().filter(|one| one.instead != Instead::Nothing);
    let lists_something: FxHashSet<usize> = unreadable.map(|one| one.written.task).collect();
    let unknown: Vec<usize> = writers
        .iter()
        .copied()
        .filter(|&task| context.task(task).is_unknown() && !lists_something.contains(&task))
        .collect();
    if unknown.len() >= MANY && unknown.len() == writers.len() {
        findings.add(|| describe_all(context, &unknown));
        return;
    }
    for task in unknown {
        let could_run_beside = |&other: &usize| other != task && !context.order.are_ordered(task, other);
        findings.add(|| {
            describe(context, task, &writers.iter().copied().filter(could_run_beside).collect::<Vec<_>>())
        });
    }
}

fn describe(context: &Context<'_>, at: usize, beside: &[usize]) -> Finding {
    let research = Fix {
        title: "It changes nothing (research)".to_owned(),
        edits: vec![context.change(at, TaskChange::Kind(Kind::Research))].into(),
    };
    let vouch = Fix {
        title: "Let it run beside others, on your word".to_owned(),
        edits: vec![context.change(at, TaskChange::Parallel(Parallel::Claimed))].into(),
    };
    let (detail, other) = match (beside, context.plan.settings.unknown_beside) {
        ([], _) => ("Nothing shows what it changes.".to_owned(), None),
        (_, true) => (
            format!(
                "It may run at the same time as {}, and nothing shows that they don't collide.",
                context.list(beside)
            ),
            Some(run_alone(context)),
        ),
        (_, false) => (
            format!("It can't be proved safe next to {}, so it runs alone.", context.list(beside)),
            Some(vouch),
        ),
    };
    Finding {
        title: format!("{} lists no files", context.id(at)),
        detail: format!("{detail} List the files it may change."),
        places: vec![context.place(at, "owns", "")],
        fixes: own_named_files(context, at).into_iter().chain([research]).chain(other).collect(),
    }
}

/// Makes the task own the files that its words name, if they are few.
fn own_named_files(context: &Context<'_>, at: usize) -> Option<Fix> {
    const MOST: usize = 4;
    let task = context.task(at);
    let files = said::files(task).into_iter().filter(|named| named.deed != Deed::Reads);
    let named: Vec<String> = files.map(|named| named.path).collect();
    let title = match &named[..] {
        [] => return None,
        _ if named.len() > MOST => return None,
        [only] => format!("Let it own {only}"),
        [first @ .., last] => format!("Let it own {} and {last}", first.join(", ")),
    };
    let listed = task.owns.iter().filter(|entry| as_read(entry).is_some());
    let owns = listed.cloned().chain(named).collect();
    Some(Fix { title, edits: vec![context.change(at, TaskChange::Owns(owns))].into() })
}

fn describe_all(context: &Context<'_>, unknown: &[usize]) -> Finding {
    let tasks = context.list(unknown);
    let (detail, fix) = match context.plan.settings.unknown_beside {
        true => (
            format!("{tasks} may run at the same time, and nothing shows that they don't collide."),
            run_alone(context),
        ),
        false => (
            format!("{tasks} run one after another, since none says which files it may change."),
            run_beside(context),
        ),
    };
    Finding {
        title: "No task lists any files".to_owned(),
        detail,
        places: unknown.iter().map(|&task| context.place(task, "owns", "")).collect(),
        fixes: vec![fix],
    }
}

fn run_alone(context: &Context<'_>) -> Fix {
    set_beside(context, false, "Let tasks that list no files run alone")
}

fn run_beside(context: &Context<'_>) -> Fix {
    set_beside(context, true, "Let tasks that list no files run beside others, on your word")
}

fn set_beside(context: &Context<'_>, unknown_beside: bool, title: &str) -> Fix {
    let settings = Settings { unknown_beside, ..context.plan.settings.clone() };
    Fix { title: title.to_owned(), edits: vec![Edit::SetSettings(settings)].into() }
}
