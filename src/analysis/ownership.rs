//! The file patterns of all tasks, read once.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::glob::{FileSet, PatternError};
use crate::plan::{Plan, Status, Task};

/// A list of patterns that every task has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Files that the task may change.
    Owns,
    /// Files that the task needs in a settled state.
    Reads,
}

impl Field {
    /// Both, in the order people write them.
    pub const ALL: [Field; 2] = [Field::Owns, Field::Reads];

    /// Its name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Field::Owns => "owns",
            Field::Reads => "reads",
        }
    }

    /// The list itself.
    pub fn of(self, task: &Task) -> &[String] {
        match self {
            Field::Owns => &task.owns,
            Field::Reads => &task.reads,
        }
    }
}

/// A pattern as it stands in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Position of the task in the plan.
    pub task: usize,
    /// The list it is in.
    pub field: Field,
    /// The entry as written, with its `!` if it has one.
    pub text: String,
}

/// A pattern that can't be read, and so says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The entry.
    pub written: Written,
    /// What is wrong with it.
    pub error: PatternError,
}

/// A plain path that is read as everything below it, because another pattern goes below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderReading {
    /// The plain path.
    pub written: Written,
    /// The first pattern that goes below it.
    pub below: Written,
}

/// Two ways to write a path that differ in nothing but case. On many disks they are one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseClash {
    /// The path, or the folder in which both entries are, as first written; without a `/` at its end.
    pub path: String,
    /// The entry that writes it so.
    pub first: Written,
    /// The same path in other letters.
    pub other_path: String,
    /// The first entry that writes it in that way.
    pub other: Written,
}

/// What every task owns and reads. Of tasks that were dropped nothing is known, so that they take no part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ownership {
    /// For each task, the files it may change.
    pub owns: Vec<FileSet>,
    /// For each task, the files it needs in a settled state.
    pub reads: Vec<FileSet>,
    /// Entries that can't be read, in the order of the plan.
    pub unreadable: Vec<Unreadable>,
    /// Plain paths that can only be folders, in the order of the plan, and so are read as everything below them.
    pub folders: Vec<FolderReading>,
}

impl Ownership {
    /// Reads all patterns of a plan. Takes O(n) time for n characters of patterns.
    pub fn of(plan: &Plan) -> Ownership {
        let mut ownership = Ownership::default();
        for (position, task) in plan.tasks.iter().enumerate() {
            for field in Field::ALL {
                let entries: &[String] = if task.status == Status::Dropped { &[] } else { field.of(task) };
                let (set, errors) = FileSet::parse(entries);
                ownership.unreadable.extend(errors.into_iter().map(|error| Unreadable {
                    written: Written { task: position, field, text: entries[error.position].clone() },
                    error: error.error,
                }));
                ownership.sets_mut(field).push(set);
            }
        }
        ownership.read_folders(plan);
        ownership
    }

    /// For each task, the files in this field.
    pub fn sets(&self, field: Field) -> &[FileSet] {
        match field {
            Field::Owns => &self.owns,
            Field::Reads => &self.reads,
        }
    }

    fn sets_mut(&mut self, field: Field) -> &mut Vec<FileSet> {
        match field {
            Field::Owns => &mut self.owns,
            Field::Reads => &mut self.reads,
        }
    }

    /// Every readable entry, in the order of the plan, excludes last within a list.
    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.owns.len()).flat_map(move |task| {
            Field::ALL.into_iter().flat_map(move |field| {
                self.sets(field)[task].members().map(move |member| Entry { task, field, member })
            })
        })
    }

    /// Reads plain paths as folders where another pattern goes below them.
    fn read_folders(&mut self, plan: &Plan) {
        let mut inside: FxHashMap<String, Entry<'_>> = FxHashMap::default();
        for entry in self.entries() {
            entry.member.pattern.folders(|folder| {
                // A folder that is known has all the folders around it known too.
                let is_known = inside.contains_key(folder);
                if !is_known {
                    inside.insert(folder.to_owned(), entry);
                }
                !is_known
            });
        }
        let mut found = Vec::new();
        for entry in self.entries() {
            if entry.member.pattern.path().is_some()
                && let Some(below) = inside.get(entry.member.pattern.lead())
            {
                let reading = FolderReading { written: entry.written(plan), below: below.written(plan) };
                found.push((entry.member.position, reading));
            }
        }
        for (position, FolderReading { written, .. }) in &found {
            self.sets_mut(written.field)[written.task].read_as_folder(*position);
        }
        self.folders = found.into_iter().map(|(_, reading)| reading).collect();
    }

    /// Paths and folders that are written in two ways which differ in case only; each pair of spellings once, in the order
    /// of the plan. Takes O(n) time for n characters of patterns.
    pub fn case_clashes(&self, plan: &Plan) -> Vec<CaseClash> {
        let mut first_spelling: FxHashMap<Cow<'_, str>, (&str, Entry<'_>)> = FxHashMap::default();
        let mut other_spellings: FxHashSet<&str> = FxHashSet::default();
        let mut clashes = Vec::new();
        for entry in self.entries() {
            let lead = entry.member.pattern.lead();
            for (end, _) in lead.match_indices('/') {
                let path = &lead[..end];
                let (known, first) = *first_spelling.entry(in_lower_case(path)).or_insert((path, entry));
                if known == path || !other_spellings.insert(path) {
                    continue;
                }
                clashes.push(CaseClash {
                    path: known.to_owned(),
                    first: first.written(plan),
                    other_path: path.to_owned(),
                    other: entry.written(plan),
                });
                // What is below it differs for the same reason.
                break;
            }
        }
        clashes
    }
}

/// The path without capital letters.
fn in_lower_case(path: &str) -> Cow<'_, str> {
    match path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(path),
        false => Cow::Owned(path.to_lowercase()),
    }
}

/// A readable entry of a list.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    task: usize,
    field: Field,
    member: &'a crate::glob::Member,
}

impl Entry<'_> {
    fn written(&self, plan: &Plan) -> Written {
        let entries = self.field.of(&plan.tasks[self.task]);
        Written { task: self.task, field: self.field, text: entries[self.member.position].clone() }
    }
}
