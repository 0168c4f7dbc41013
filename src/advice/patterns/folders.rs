//! The folders of tasks, which show how a plan divides its work.

use crate::plan::{Kind, Task};

/// The folders of the files that a task owns: of each path what stands before its first wildcard or its file name.
pub fn folders(task: &Task) -> Vec<String> {
    let owned = task.owned_files();
    let added = owned.iter().filter(|path| !path.starts_with('!'));
    added.map(|path| folder(path)).collect()
}

fn folder(path: &str) -> String {
    let names: Vec<&str> = path.split('/').collect();
    let is_wild = |name: &&str| name.contains(['*', '?', '[', '{']);
    let end = names.iter().position(is_wild).unwrap_or(names.len() - 1);
    names[..end].join("/")
}

/// The one folder that has all files of a task; `None` if it owns none, or if they have only the root in common. Tests in a
/// folder of the same name, `tests/billing` of `src/billing`, belong to it.
pub fn common_folder(task: &Task) -> Option<String> {
    let mut folders = folders(task);
    let others = folders.clone();
    folders.retain(|folder| !others.iter().any(|other| are_tests_of(folder, other)));
    let (first, others) = folders.split_first()?;
    let mut common: Vec<&str> = first.split('/').collect();
    for folder in others {
        let same = common.iter().zip(folder.split('/')).take_while(|(one, other)| *one == other).count();
        common.truncate(same);
    }
    let common = common.join("/");
    (!common.is_empty()).then_some(common)
}

/// Whether a folder holds the tests of another one: it lies among tests and has the same name.
fn are_tests_of(tests: &str, other: &str) -> bool {
    let is_among_tests = |folder: &str| TEST_ROOTS.contains(&folder.split('/').next().unwrap_or_default());
    let name = |folder: &str| folder.rsplit('/').next().map(str::to_owned);
    is_among_tests(tests) && !is_among_tests(other) && name(tests) == name(other)
}

/// Whether one folder is the other or lies in it.
pub fn are_nested(one: &str, other: &str) -> bool {
    let is_in = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    is_in(one, other) || is_in(other, one)
}

/// The folders at the root in which a task owns something, without repetition.
pub fn roots(task: &Task) -> Vec<String> {
    let mut roots: Vec<String> = folders(task)
        .iter()
        .filter_map(|folder| folder.split('/').next().filter(|root| !root.is_empty()).map(str::to_owned))
        .collect();
    roots.sort();
    roots.dedup();
    roots
}

/// The names of folders at the root that hold tests.
const TEST_ROOTS: [&str; 5] = ["test", "tests", "spec", "e2e", "__tests__"];

/// What a task adds to the code of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Tests.
    Tests,
    /// Documents.
    Documents,
    /// Settings.
    Settings,
}

impl Role {
    /// The role of a task, by its kind or by the root of all its files.
    pub fn of(task: &Task) -> Option<Role> {
        match task.kind {
            Kind::Test => Some(Role::Tests),
            Kind::Docs => Some(Role::Documents),
            Kind::Config => Some(Role::Settings),
            Kind::Change => {
                let roots = roots(task);
                let [root] = &roots[..] else { return None };
                match root.as_str() {
                    root if TEST_ROOTS.contains(&root) => Some(Role::Tests),
                    "doc" | "docs" | "documentation" => Some(Role::Documents),
                    "config" | "conf" | "deploy" | ".github" => Some(Role::Settings),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Role::Tests => "tests",
            Role::Documents => "documents",
            Role::Settings => "settings",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn a_folder_is_what_all_paths_have_in_common() {
        for (owns, expected) in [
            ("src/api/**", Some("src/api")),
            ("src/api/a.rs, src/api/b/**", Some("src/api")),
            ("src/api/*.rs, src/db/x.rs", Some("src")),
            ("src/api/**, tests/api.rs", None),
            ("src/api/**, tests/api/**", Some("src/api")),
            ("src/api/**, web/api/**", None),
            ("README.md", None),
        ] {
            let plan = text::parse(&format!("- T1 A @owns({owns})\n")).plan;
            assert_eq!(common_folder(&plan.tasks[0]).as_deref(), expected, "{owns}");
        }
        assert!(are_nested("src", "src/api") && are_nested("src", "src") && !are_nested("src/a", "src/api"));
    }
}
