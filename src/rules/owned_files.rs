//! The files of the repository that each task owns, for the rules about evidence.

use crate::evidence::{Evidence, FileNumber, Looking};
use crate::glob::{FileSet, Pattern};

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
    /// Looks up what each of the open tasks owns.
    pub(super) fn of(owns: &[FileSet], open: impl Iterator<Item = usize>, evidence: &Evidence) -> OwnedFiles {
        let mut looking = Looking::default();
        let mut pairs = Vec::new();
        let mut of_task = vec![Vec::new(); owns.len()];
        for task in open {
            let files = evidence.files_in(&owns[task], &mut looking).unwrap_or_default();
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
