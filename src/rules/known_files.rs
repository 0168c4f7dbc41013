//! What the rules about evidence ask of the context: which known files tasks own, and which tasks can meet.

use std::sync::OnceLock;

use super::Context;
use super::owned_files::OwnedFiles;
use crate::diagnostic::Place;
use crate::evidence::{FileNumber, grouped};

impl<'a> Context<'a> {
    /// The known files of all open tasks. Tasks whose patterns take too long to look up have none.
    pub(super) fn owned_files(&self) -> &OwnedFiles {
        static NONE: OnceLock<OwnedFiles> = OnceLock::new();
        match self.evidence {
            Some(evidence) => self.owned.get_or_init(|| {
                let open = self.tasks().map(|(task, _)| task).filter(|&task| self.is_open(task));
                OwnedFiles::of(&self.ownership().owns, open, evidence)
            }),
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
