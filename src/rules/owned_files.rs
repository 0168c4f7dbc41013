//! The files of the repository that each task owns, for the rules about evidence.

use std::sync::OnceLock;

use super::Context;
use crate::diagnostic::Place;
use crate::evidence::{Evidence, FileNumber, Looking, grouped};
use crate::glob::Pattern;

/// What the examples of the rules about evidence are about: a small shop.
pub(super) const EXAMPLE: &str = r#"{
"format": "phaseplan-evidence/1",
"source": "`phaseplan scan`",
"folders": [
{"path": "", "files": ["package.json", "pnpm-lock.yaml"]},
{"path": "app/[q]", "files": ["page.tsx"]},
{"path": "src/api", "files": ["client.gen.ts"]},
{"path": "src/cart", "files": ["page.ts", "price.ts"]},
{"path": "src/checkout", "files": ["form.ts"]},
{"path": "src/tax", "files": ["rates.ts"]}
],
"imports": [
[4, 7]
],
"history": {"commits": 40, "since": "2024-03-01", "pairs": [
[5, 6, 9, 12, 10]
]},
"generated": {"header": [3], "attributes": [], "name": [], "lockfile": [1]}
}
"#;

/// The most tasks of one file that are looked at. A file of more is in conflict with itself many times over.
const MOST_OWNERS: usize = 16;

/// The entry that means this file and nothing else.
pub(super) fn entry_of_file(path: &str) -> String {
    if Pattern::parse(path).is_ok_and(|pattern| pattern.path() == Some(path)) {
        return path.to_owned();
    }
    let mut entry = String::with_capacity(path.len() + 8);
    for letter in path.chars() {
        match letter {
            '[' | ']' | '*' | '?' | '{' | '}' => entry.extend(['[', letter, ']']),
            _ => entry.push(letter),
        }
    }
    entry
}

/// The known files of all open tasks.
#[derive(Debug, Default)]
pub struct OwnedFiles {
    /// Files with the tasks that own them, sorted.
    pairs: Vec<(FileNumber, usize)>,
    /// For each task its files, sorted; empty if they take too long to look up.
    of_task: Vec<Vec<FileNumber>>,
}

impl OwnedFiles {
    fn of(context: &Context<'_>, evidence: &Evidence) -> OwnedFiles {
        let mut looking = Looking::default();
        let mut pairs = Vec::new();
        let mut of_task = vec![Vec::new(); context.plan.tasks.len()];
        for (task, _) in context.tasks().filter(|&(task, _)| context.is_open(task)) {
            let files = evidence.files_in(&context.ownership().owns[task], &mut looking).unwrap_or_default();
            pairs.extend(files.iter().map(|file| (*file, task)));
            of_task[task] = files;
        }
        pairs.sort_unstable();
        OwnedFiles { pairs, of_task }
    }

    /// The known files of a task, sorted.
    pub(super) fn of_task(&self, task: usize) -> &[FileNumber] {
        self.of_task.get(task).map_or(&[], Vec::as_slice)
    }

    /// The open tasks that own the file, by position, each with the file; of very many the first.
    pub(super) fn owners(&self, file: FileNumber) -> &[(FileNumber, usize)] {
        let from = self.pairs.partition_point(|pair| pair.0 < file);
        let behind = &self.pairs[from..];
        let len = behind.partition_point(|pair| pair.0 == file);
        &behind[..len.min(MOST_OWNERS)]
    }
}

impl<'a> Context<'a> {
    /// The known files of all open tasks. Tasks whose patterns take too long to look up have none.
    pub(super) fn owned_files(&self) -> &OwnedFiles {
        static NONE: OnceLock<OwnedFiles> = OnceLock::new();
        match self.evidence {
            Some(evidence) => self.owned.get_or_init(|| OwnedFiles::of(self, evidence)),
            None => NONE.get_or_init(OwnedFiles::default),
        }
    }

    /// Whether two tasks may run at the same time: neither order nor a conflict keeps them apart, and the author has
    /// not allowed them to collide.
    pub(super) fn can_meet(&self, a: usize, b: usize) -> bool {
        let accepts = |one: usize, other: usize| {
            self.task(one).accepts.iter().any(|accepted| accepted.task == *self.id(other))
        };
        a != b
            && !self.order.are_ordered(a, b)
            && !self.analysis.apart.contains(a, b)
            && !accepts(a, b)
            && !accepts(b, a)
    }

    /// Which known files both tasks own, as a sentence with a space before it; empty without evidence.
    pub(super) fn both_own(&self, a: usize, b: usize) -> String {
        let Some(evidence) = self.evidence else { return String::new() };
        let owned = self.owned_files();
        let (of_a, of_b) = (owned.of_task(a), owned.of_task(b));
        let common: Vec<FileNumber> =
            of_a.iter().filter(|file| of_b.binary_search(file).is_ok()).copied().collect();
        let files = grouped(evidence.files().len());
        match &common[..] {
            [] => format!(" None of the {files} known files is one that both own; they may be created."),
            [only] => format!(" Of the {files} known files both own `{}`.", evidence.path(*only)),
            [first, .., last] => format!(
                " Of the {files} known files both own {}, from `{}` to `{}`.",
                grouped(common.len()),
                evidence.path(*first),
                evidence.path(*last)
            ),
        }
    }

    /// The entry through which a task owns a path.
    pub(super) fn owning_entry(&self, task: usize, path: &str) -> &'a str {
        let mut members = self.ownership().owns[task].includes().iter();
        let member = members.find(|member| member.pattern.matches(path));
        member.and_then(|member| self.task(task).owns.get(member.position)).map_or("", String::as_str)
    }

    /// That entry as a place.
    pub(super) fn owning_place(&self, task: usize, path: &str) -> Place {
        self.place(task, "owns", self.owning_entry(task, path))
    }
}
