//! Agents in worktrees of their own that don't see the work of the phases before.

use super::{Context, Definition, Finding, Findings, Rule, Severity};
use crate::plan::Task;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP341",
    name: "worktree-base",
    title: "A worktree begins without the work before it",
    severity: Severity::Warning,
    help: "\
Claude Code makes the worktree of an agent from the default branch of `origin`, and not from what stands in your repository. A
task that waits for another one then begins without what the other changed, even if that is committed.

Commit the work of each phase, and set `worktree.baseRef` to `head` in the settings of Claude Code, or make the worktree yourself from
the branch that has the work: `git worktree add ../task -b task HEAD`. The export `worktrees` does that. With agents that keep to their files,
no worktree is needed.",
    example: "\
- T1 Tables of the cart @owns(db/**)
- T2 Page of the cart @owns(web/cart/**) @after(T1)
  Work in your own worktree (isolation: worktree).
",
    repaired: "\
- T1 Tables of the cart @owns(db/**)
- T2 Page of the cart @owns(web/cart/**) @after(T1)
  Work in a worktree that was made with `git worktree add ../cart HEAD`.
",
    },
    check,
};

/// Words that give an agent a worktree made by Claude Code.
const ISOLATION: [&str; 5] = [
    "isolation: worktree",
    "isolation: \"worktree\"",
    "isolation:\"worktree\"",
    "isolation=worktree",
    "isolation=\"worktree\"",
];

/// Words that say where the worktree begins.
const BASE: [&str; 3] = ["baseref", "git worktree add", "git merge"];

fn check(context: &Context<'_>, findings: &mut Findings) {
    let says = |text: &str, words: &[&str]| {
        let small = text.to_lowercase();
        words.iter().any(|words| small.contains(words))
    };
    let for_all = says(&context.plan.goal, &ISOLATION);
    if says(&context.plan.goal, &BASE) {
        return;
    }
    let is_cut_off = |&(at, task): &(usize, &Task)| {
        let is_isolated = for_all && task.changes_files() || says(&task.instructions, &ISOLATION);
        context.is_open(at)
            && is_isolated
            && !says(&task.instructions, &BASE)
            && !builds_on(context, at).is_empty()
    };
    let tasks: Vec<usize> = context.tasks().filter(is_cut_off).map(|(at, _)| at).collect();
    if !tasks.is_empty() {
        findings.add(|| describe(context, &tasks));
    }
}

/// The tasks right before this one that change files, done or not.
fn builds_on(context: &Context<'_>, at: usize) -> Vec<usize> {
    context.awaited(at).into_iter().filter(|&task| context.task(task).changes_files()).collect()
}

fn describe(context: &Context<'_>, tasks: &[usize]) -> Finding {
    let first = tasks[0];
    let before = builds_on(context, first);
    let (begin, list) = (if tasks.len() == 1 { "begins" } else { "begin" }, context.list(tasks));
    Finding {
        title: format!("{list} {begin} in a worktree without the work before"),
        detail: format!(
            "Claude Code makes it from the default branch of `origin`, so {} does not see what {} changed. Commit after \
             each phase and set `worktree.baseRef` to `head`, or use the export `worktrees`.",
            context.id(first),
            context.list(&before)
        ),
        places: tasks.iter().map(|&task| context.place(task, "instructions", "")).collect(),
        ..Finding::default()
    }
}
