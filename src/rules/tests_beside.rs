//! Tests that run beside the change they test.

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::plan::{Kind, Task};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP308",
    name: "tests-beside",
    title: "Tests run beside what they test",
    severity: Severity::Hint,
    help: "\
A task writes tests for files that another one changes, and nothing says which of the two goes first. Beside each other, the
tests are written against half of the change or against what was there before, and run into errors that are nobody's.

Let the tests wait for the change. If they are to be written first, let the change wait for the tests. They are recognised by
their kind or their folder, and by their path or title, which names what the other task changes.",
    example: "\
- T1 Keep the basket @owns(src/basket/**)
- T2 Tests of the basket @owns(tests/basket/**) @kind(test)
",
    repaired: "\
- T1 Keep the basket @owns(src/basket/**)
- T2 Tests of the basket @owns(tests/basket/**) @kind(test) @after(T1)
",
    },
    check,
};

/// The shortest name that is looked for among the words of a title.
const LEAST_LETTERS: usize = 4;

/// Names of folders and files that say nothing about what is in them.
const GENERIC: &str = "api app apps backend bin cmd code common components core crates e2e frontend helpers hooks index init \
    integration internal java js kotlin lib libs main mod model models module modules packages page pages pkg python routes rust \
    service services shared source spec specs src test tests ts types unit util utils web";

/// Names of folders that hold tests.
const TEST_FOLDERS: &str = "__tests__ e2e spec specs test testing tests";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let open: Vec<usize> = (0..context.plan.tasks.len()).filter(|&task| context.is_open(task)).collect();
    let (tests, others): (Vec<usize>, Vec<usize>) =
        open.into_iter().partition(|&task| is_test(context.task(task)));
    let subjects: Vec<(usize, Vec<String>)> = others
        .into_iter()
        .filter(|&task| matches!(context.task(task).kind, Kind::Change | Kind::Integrate))
        .filter(|&task| !context.task(task).is_guessed())
        .map(|task| (task, subjects(context.task(task))))
        .collect();
    for &test in tests.iter().filter(|&&test| !context.task(test).is_guessed()) {
        let named = names(context.task(test));
        let tested: Vec<usize> = subjects
            .iter()
            .filter(|(_, subjects)| subjects.iter().any(|subject| is_named(subject, &named)))
            .map(|&(task, _)| task)
            .filter(|&task| may_run_together(context, test, task))
            .collect();
        if !tested.is_empty() {
            findings.add(|| describe(context, test, &tested));
        }
    }
}

/// Whether nothing puts the tests behind the change: neither the order, nor a conflict, nor the phases.
fn may_run_together(context: &Context<'_>, test: usize, task: usize) -> bool {
    let phase = |task: usize| context.schedule.phase_of.get(task).copied().flatten();
    let (first, second) = (task.min(test), task.max(test));
    !context.order.are_ordered(test, task)
        && !context.analysis.apart.contains(first, second)
        && matches!((phase(test), phase(task)), (Some(tests), Some(change)) if tests <= change)
}

fn is_test(task: &Task) -> bool {
    let owned = task.owned_files();
    let mut added = owned.iter().filter(|path| !path.starts_with('!')).peekable();
    let lie_among_tests = added.peek().is_some() && added.all(|path| is_test_file(path));
    match task.kind {
        Kind::Test => true,
        Kind::Change => lie_among_tests,
        _ => false,
    }
}

fn is_test_file(path: &str) -> bool {
    let names: Vec<String> = path.split('/').map(str::to_lowercase).collect();
    let Some((file, folders)) = names.split_last() else { return false };
    let is_folder = |name: &String| is_one_of(name, TEST_FOLDERS);
    let has_mark =
        ["test", "tests", "spec"].iter().any(|mark| file.split('.').skip(1).any(|part| part == *mark));
    folders.iter().any(is_folder) || has_mark || file.contains('.') && bare(file) != stem(file)
}

/// What a task changes: the last name of each of its paths that says something.
fn subjects(task: &Task) -> Vec<String> {
    let owned = task.owned_files();
    let added = owned.iter().filter(|path| !path.starts_with('!'));
    let mut subjects: Vec<String> =
        added.filter_map(|path| meaningful(path).pop()).map(|name| singular(&name).to_owned()).collect();
    subjects.sort();
    subjects.dedup();
    subjects
}

/// What tests are about: the names of their paths, and the words of their title.
fn names(task: &Task) -> Vec<String> {
    let of_paths = task.owned_files().iter().flat_map(|path| meaningful(path)).collect::<Vec<_>>();
    let title = task.title.to_lowercase();
    let words = title.split(|letter: char| !letter.is_alphanumeric());
    let long = words.filter(|word| word.len() >= LEAST_LETTERS && !is_one_of(word, GENERIC));
    of_paths.iter().map(String::as_str).chain(long).map(|word| singular(word).to_owned()).collect()
}

fn is_named(subject: &str, names: &[String]) -> bool {
    names.iter().any(|name| name == subject)
}

/// The names of a path in small letters that say what is in it.
fn meaningful(path: &str) -> Vec<String> {
    let names = path.split('/').filter(|name| !name.is_empty() && !name.contains(['*', '?', '[', '{', '!']));
    let bare = names.map(|name| bare(&name.to_lowercase()).to_owned());
    bare.filter(|name| !name.is_empty() && !is_one_of(name, GENERIC)).collect()
}

/// The name of a file without its ending.
fn stem(name: &str) -> &str {
    name.split('.').find(|part| !part.is_empty()).unwrap_or(name)
}

/// The name of a file without its ending and without the mark of a test.
fn bare(name: &str) -> &str {
    let stem = stem(name);
    let stem = ["test_", "test-"].iter().find_map(|mark| stem.strip_prefix(mark)).unwrap_or(stem);
    let marks = ["_tests", "_test", "-tests", "-test", "_spec", "-spec"];
    let bare = marks.iter().find_map(|mark| stem.strip_suffix(mark)).unwrap_or(stem);
    if bare.is_empty() { stem } else { bare }
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').filter(|word| word.len() >= LEAST_LETTERS - 1).unwrap_or(word)
}

fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

fn describe(context: &Context<'_>, test: usize, tested: &[usize]) -> Finding {
    let (id, list) = (context.id(test), context.list(tested));
    let (change, finish) = if tested.len() == 1 { ("changes", "it is") } else { ("change", "they are") };
    let places = std::iter::once(context.place(test, "after", ""))
        .chain(tested.iter().map(|&task| context.place(task, "", "")));
    Finding {
        title: format!("{id} tests what {list} {change}, and nothing says that it waits"),
        detail: format!(
            "Beside {list}, its tests meet unfinished work. Let {id} start when {finish} done, or let the tests be \
             written first."
        ),
        places: places.collect(),
        fixes: repair::wait_for_all(context, test, tested).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_known_by_their_path() {
        for (path, expected) in [
            ("tests/basket/**", true),
            ("src/basket/__tests__/sum.ts", true),
            ("src/basket/sum.test.ts", true),
            ("src/basket_test.go", true),
            ("pkg/test_basket.py", true),
            ("src/latest.rs", false),
            ("src/basket/**", false),
            ("contest/basket.rs", false),
        ] {
            assert_eq!(is_test_file(path), expected, "{path}");
        }
    }
}
