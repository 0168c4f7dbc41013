//! Dependencies without a reason that shows in the plan.
//!
//! Nothing here proves that a dependency can go: a task may need what another found out, and no file says so. That is
//! why every answer is a question to the author.

use std::borrow::Cow;

use super::{Analysis, Wait};
use crate::evidence::{Evidence, FileNumber, Looking};
use crate::glob::FileSet;
use crate::package_files::{is_dependency_list, is_lockfile};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Plan, Status, Task, TaskId};
use crate::prose::deeds::named_files;
use crate::prose::paragraphs::prose;

/// The most tasks whose dependencies change together with the one that is removed.
const MOST_FOLLOWING: usize = 20;

/// The most pairs of patterns that are compared; beyond, two tasks count as sharing a file.
const MOST_PAIRS: usize = 4_000;

/// Whether nothing in the plan says why one task waits for the other: neither writes what the other reads or writes,
/// they share no resource, no text of one names the other or its files, neither joins, checks, tests or decides, and the
/// first lists no dependencies that are installed for all.
/// Findings of research are a reason for whoever changes something. False if the files of one are not known.
/// Time grows with their patterns and texts.
pub fn shares_nothing(plan: &Plan, analysis: &Analysis, wait: Wait) -> bool {
    let [first, second] = [wait.awaited, wait.waiting].map(|task| &plan.tasks[task]);
    let is_work = |task: &Task| {
        matches!(task.kind, Kind::Change | Kind::Docs | Kind::Config | Kind::Research)
            && task.status == Status::Todo
            && !task.has_unknown_ownership()
    };
    let hands_over =
        !first.returns.is_null() || (first.kind == Kind::Research && second.kind != Kind::Research);
    // Everybody needs what is installed, although nobody says so.
    let prepares = first.owned_files().iter().any(|path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        is_dependency_list(name) || is_lockfile(name)
    });
    let shares_resource =
        first.uses.iter().any(|used| second.uses.iter().any(|other| other.resource == used.resource));
    is_work(first)
        && is_work(second)
        && !hands_over
        && !prepares
        && !shares_resource
        && !share_files(analysis, wait)
        && !names(second, first, &analysis.ownership.owns[wait.awaited])
        && !names(first, second, &analysis.ownership.owns[wait.waiting])
}

/// Whether a file of one of the two imports a file of the other: the one builds on what the other changes,
/// although no list says so. False if their files are too many to look up, since nothing is known then.
/// O(n log m) for n files and m imports.
pub fn imports_the_other(
    evidence: &Evidence,
    analysis: &Analysis,
    wait: Wait,
    looking: &mut Looking,
) -> bool {
    let mut files =
        |task: usize| evidence.files_in(&analysis.ownership.owns[task], looking).unwrap_or_default();
    let (first, second) = (files(wait.awaited), files(wait.waiting));
    let is_imported = |from: &[FileNumber], into: &[FileNumber]| {
        from.iter().any(|&file| {
            let imports = evidence.imports();
            let start = imports.partition_point(|import| import.0 < file);
            let of_file = imports[start..].iter().take_while(|import| import.0 == file);
            of_file.into_iter().any(|import| into.binary_search(&import.1).is_ok())
        })
    };
    is_imported(&second, &first) || is_imported(&first, &second)
}

fn share_files(analysis: &Analysis, Wait { awaited, waiting }: Wait) -> bool {
    let (owns, reads) = (&analysis.ownership.owns, &analysis.ownership.reads);
    let overlap = |left: &FileSet, right: &FileSet| {
        left.includes().len() * right.includes().len() > MOST_PAIRS || left.overlap(right).is_some()
    };
    overlap(&owns[awaited], &owns[waiting])
        || overlap(&owns[awaited], &reads[waiting])
        || overlap(&reads[awaited], &owns[waiting])
}

/// Whether the words of a task name another one by its id, or one of the files that it owns.
fn names(task: &Task, other: &Task, owned: &FileSet) -> bool {
    let texts = [Cow::Borrowed(task.title.as_str())].into_iter().chain(prose(&task.instructions));
    let mut texts = texts.chain(task.checks.iter().map(|check| Cow::Borrowed(check.as_str())));
    let files = other.owned_files();
    texts.any(|text| {
        says_id(&text, other.id.as_str())
            || files.iter().any(|path| path.contains(['/', '.']) && text.contains(path.as_ref()))
            || named_files(&text).iter().any(|file| owned.matches(&file.path))
    })
}

/// Words of a clause that only repeats what a task waits for.
const WAITING: [&str; 6] = ["depend", "blocked by", "after", "wait", "prerequisite", "requires"];

/// Whether a text has this id as a word, other than to say what is waited for. A number is an id only behind `#` or a
/// word such as “task”.
fn says_id(text: &str, id: &str) -> bool {
    let is_number = !id.contains(char::is_alphabetic);
    !id.is_empty()
        && text.match_indices(id).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + id.len()..]);
            let ends_here = !after.starts_with(char::is_alphanumeric);
            let begins_here = !before.ends_with(char::is_alphanumeric);
            let is_called = || {
                let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
                let word = last.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
                before.ends_with('#') || matches!(word.as_str(), "task" | "tasks" | "step" | "story")
            };
            let clause = before.rsplit(['.', ';', '(', '\n']).next().unwrap_or_default().to_lowercase();
            let is_wait = || WAITING.iter().any(|word| clause.contains(word));
            begins_here && ends_here && (!is_number || is_called()) && !is_wait()
        })
}

/// The edits after which the waiting task runs beside the awaited one while every other pair keeps its order: it waits
/// for what the awaited task waits for, and what waited for it waits for both. `None` if the dependency is implied by
/// others, or if it leads through tasks that edits can't reach. O(edges of both tasks).
pub fn beside(plan: &Plan, analysis: &Analysis, wait: Wait) -> Option<Vec<Edit>> {
    let order = &analysis.order;
    let Wait { waiting, awaited } = wait;
    let [first, second] = [awaited, waiting].map(|task| &plan.tasks[task]);
    let following = &order.successors[waiting];
    let names_directly = |task: usize, id: &TaskId| plan.tasks[task].after.contains(id);
    if order.redundant.binary_search(&wait).is_ok()
        || !names_directly(waiting, &first.id)
        || following.len() > MOST_FOLLOWING
        || !following.iter().all(|&task| names_directly(task, &second.id))
    {
        return None;
    }
    let change = |task: &Task, after: Vec<TaskId>| Edit::ChangeTask {
        id: task.id.clone(),
        change: TaskChange::After(after),
    };
    let comes_before = |task: usize, others: &[usize], left_out: usize| {
        others
            .iter()
            .any(|&other| other != left_out && (other == task || order.ancestors[other].contains(task)))
    };
    let mut after: Vec<TaskId> = second.after.iter().filter(|id| **id != first.id).cloned().collect();
    let inherited = order.predecessors[awaited]
        .iter()
        .filter(|&&task| !comes_before(task, &order.predecessors[waiting], awaited))
        .map(|&task| plan.tasks[task].id.clone());
    after.extend(inherited);
    let mut edits = vec![change(second, after)];
    for &task in following {
        if !comes_before(awaited, &order.predecessors[task], waiting) {
            let later = &plan.tasks[task];
            edits.push(change(later, later.after.iter().chain([&first.id]).cloned().collect()));
        }
    }
    Some(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text;

    /// Whether T2, which waits for T1, shares nothing with it.
    fn is_needless(first: &str, second: &str) -> bool {
        let plan = text::parse(&format!("- T1 {first}\n- T2 {second} @after(T1)\n")).plan;
        shares_nothing(&plan, &analyse(&plan), Wait { waiting: 1, awaited: 0 })
    }

    #[test]
    fn what_one_writes_and_the_other_touches_is_a_reason() {
        assert!(is_needless("Map @owns(a/**)", "Page @owns(b/**) @reads(c/**)"));
        assert!(!is_needless("Map @owns(a/**)", "Page @owns(b/**, a/x.rs)"));
        assert!(!is_needless("Map @owns(a/**)", "Page @owns(b/**) @reads(a/x.rs)"));
        assert!(!is_needless("Map @owns(a/**) @reads(b/x.rs)", "Page @owns(b/**)"));
        assert!(!is_needless("Map @owns(a/**) @uses(db)", "Page @owns(b/**) @uses(db)"));
    }

    #[test]
    fn what_is_not_known_and_what_joins_checks_or_decides_is_a_reason() {
        for first in [
            "Map",
            "Map @owns(package.json)",
            "Map @owns(a) @kind(gate)",
            "Map @owns(a) @returns(findings)",
            "Map @kind(research)",
        ] {
            assert!(!is_needless(first, "Page @owns(b)"), "{first}");
        }
        for second in
            ["Page", "Page @kind(verify)", "Page @owns(b) @kind(integrate)", "Page @owns(b) @kind(test)"]
        {
            assert!(!is_needless("Map @owns(a)", second), "{second}");
        }
        assert!(is_needless("Map @kind(research)", "Look @kind(research)"));
    }

    #[test]
    fn a_task_or_a_file_named_in_words_is_a_reason() {
        assert!(!is_needless("Map @owns(a/x.rs)", "Show the map of T1 @owns(b)"));
        assert!(!is_needless("Map @owns(a/x.rs)", "Call the map in `a/x.rs` @owns(b)"));
        assert!(!is_needless("Map @owns(a/x.rs)", "A page with a/x.rs @owns(b)"));
        assert!(is_needless("Map @owns(a/x.rs)", "Show T12 @owns(b)"));
        let table = [
            ("as in task 2", "2", true),
            ("see #2", "2", true),
            ("2 pages", "2", false),
            ("T2a", "T2", false),
            ("Page (depends on T2)", "T2", false),
            ("Blocked by: T1, T2. Uses the map of T2", "T2", true),
        ];
        for (text, id, expected) in table {
            assert_eq!(says_id(text, id), expected, "{text}");
        }
    }

    #[test]
    fn only_the_pair_loses_its_order() {
        let text =
            "- T1 @owns(a)\n- T2 @owns(b) @after(T1)\n- T3 @owns(c) @after(T2)\n- T4 @owns(d) @after(T3)\n";
        let mut plan = text::parse(text).plan;
        let edits = beside(&plan, &analyse(&plan), Wait { waiting: 2, awaited: 1 }).unwrap_or_default();
        for edit in edits {
            edit.apply(&mut plan);
        }
        let after =
            plan.tasks.iter().map(|task| task.after.iter().map(TaskId::as_str).collect::<Vec<_>>().join(" "));
        assert_eq!(after.collect::<Vec<_>>(), ["", "T1", "T1", "T3 T2"]);
    }
}
