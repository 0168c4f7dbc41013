//! The file patterns of all tasks, parsed once.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::evidence::Evidence;
use crate::glob::{FileSet, Instead, Member, PatternError, as_read};
use crate::plan::edit::TaskChange;
use crate::plan::{Plan, Status, Task};

/// A list of patterns of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Files that the task may change.
    Owns,
    /// Files that the task needs in a settled state.
    Reads,
}

impl Field {
    /// Both fields, in the usual order.
    pub const ALL: [Field; 2] = [Field::Owns, Field::Reads];

    /// The field name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Field::Owns => "owns",
            Field::Reads => "reads",
        }
    }

    /// The change of a task to this list.
    pub fn change(self, entries: Vec<String>) -> TaskChange {
        match self {
            Field::Owns => TaskChange::Owns(entries),
            Field::Reads => TaskChange::Reads(entries),
        }
    }

    /// The list of this task.
    pub fn of(self, task: &Task) -> &[String] {
        match self {
            Field::Owns => &task.owns,
            Field::Reads => &task.reads,
        }
    }
}

/// A pattern as written in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Position of the task in the plan.
    pub task: usize,
    /// The list that contains it.
    pub field: Field,
    /// The entry as written, including a `!`.
    pub text: String,
}

impl Written {
    /// The entry reduced to its path; see [`crate::glob::Entry`].
    pub fn as_read(&self) -> Cow<'_, str> {
        as_read(&self.text).unwrap_or(Cow::Borrowed(&self.text))
    }
}

/// An entry that can't be read and is ignored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The entry.
    pub written: Written,
    /// The error.
    pub error: PatternError,
    /// What was probably meant.
    pub instead: Instead,
}

/// An entry with more in it than a path, such as the lines of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reduced {
    /// The entry.
    pub written: Written,
    /// What it is read as, including a `!`.
    pub read: String,
}

/// A plain path that is read as everything below it, because another pattern goes below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderReading {
    /// The plain path.
    pub written: Written,
    /// The first pattern that goes below it.
    pub below: Written,
}

/// An entry without wildcards that names a folder of the repository, and is read as that and everything below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFolder {
    /// The entry.
    pub written: Written,
    /// The first file below it.
    pub file: String,
}

/// Two spellings of a path that differ only in case or spaces. On many disks, or on the screen, they are one path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseClash {
    /// The first spelling of the path, or of the folder that contains both entries, without a trailing `/`.
    pub path: String,
    /// The entry with this spelling.
    pub first: Written,
    /// The other spelling.
    pub other_path: String,
    /// The first entry with the other spelling.
    pub other: Written,
}

/// The files that every task owns and reads. Empty for done and dropped tasks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ownership {
    /// For each task, the files it may change.
    pub owns: Vec<FileSet>,
    /// For each task, the files it needs unchanged while it runs.
    pub reads: Vec<FileSet>,
    /// Entries that can't be read, in plan order.
    pub unreadable: Vec<Unreadable>,
    /// Plain paths that can only be folders, and are read as everything below them; in plan order.
    pub folders: Vec<FolderReading>,
    /// Entries that name folders of the repository, by evidence; in plan order.
    pub known_folders: Vec<KnownFolder>,
}

impl Ownership {
    /// Parses all patterns of a plan. Takes O(n) time for n characters of patterns.
    pub fn of(plan: &Plan) -> Ownership {
        Ownership::known(plan, &Evidence::default())
    }

    /// As [`Ownership::of`], with what is known of the repository: an entry that names a folder takes in everything
    /// below it. What an entry excludes stays as it is, so that nothing is taken from a task.
    pub fn known(plan: &Plan, evidence: &Evidence) -> Ownership {
        let mut ownership = Ownership::known_including_done(plan, evidence);
        ownership.forget_done(plan);
        ownership
    }

    /// Like [`Ownership::known`], with the files of done tasks.
    pub fn known_including_done(plan: &Plan, evidence: &Evidence) -> Ownership {
        let mut ownership = Ownership::including_done(plan);
        if !evidence.is_empty() {
            ownership.read_known_folders(plan, evidence);
        }
        ownership
    }

    /// Like [`Ownership::of`], with the files of done tasks: whose a file is does not change when its task is done.
    pub fn including_done(plan: &Plan) -> Ownership {
        let mut ownership = Ownership::default();
        for (position, task) in plan.tasks.iter().enumerate() {
            for field in Field::ALL {
                let entries: &[String] = if task.status == Status::Dropped { &[] } else { field.of(task) };
                let (set, errors) = FileSet::parse(entries);
                ownership.unreadable.extend(errors.into_iter().map(|error| Unreadable {
                    written: Written { task: position, field, text: entries[error.position].clone() },
                    error: error.error,
                    instead: error.instead,
                }));
                ownership.sets_mut(field).push(set);
            }
        }
        ownership.read_folders(plan);
        ownership
    }

    /// Empties the lists of done tasks, which touch no file any more. Only now, since what they list may show that a
    /// path is a folder.
    fn forget_done(&mut self, plan: &Plan) {
        for (task, _) in plan.tasks.iter().enumerate().filter(|(_, task)| task.status == Status::Done) {
            for field in Field::ALL {
                self.sets_mut(field)[task] = FileSet::default();
            }
        }
        let is_open = |written: &Written| plan.tasks[written.task].status.is_open();
        self.unreadable.retain(|unreadable| is_open(&unreadable.written));
        self.folders.retain(|reading| is_open(&reading.written));
        self.known_folders.retain(|folder| is_open(&folder.written));
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

    /// Every readable entry in plan order, excludes last within a list.
    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        (0..self.owns.len()).flat_map(move |task| {
            Field::ALL.into_iter().flat_map(move |field| {
                self.sets(field)[task].members().map(move |member| Entry { task, field, member })
            })
        })
    }

    /// The entries that are compared by something else than their whole text, in plan order. Takes O(n) time
    /// for n characters of patterns.
    pub fn reduced(&self, plan: &Plan) -> Vec<Reduced> {
        let is_as_written = |entry: &Entry<'_>| {
            let text = &entry.field.of(&plan.tasks[entry.task])[entry.member.position];
            let read = entry.member.pattern.as_str();
            text == read || text.strip_prefix('!') == Some(read)
        };
        let mut reduced: Vec<(usize, Reduced)> = Vec::new();
        for entry in self.entries().filter(|entry| !is_as_written(entry)) {
            let written = entry.written(plan);
            let read = written.as_read().into_owned();
            reduced.push((entry.member.position, Reduced { written, read }));
        }
        // Excludes come last in a list.
        reduced.sort_by_key(|(position, Reduced { written, .. })| (written.task, written.field, *position));
        reduced.into_iter().map(|(_, reduced)| reduced).collect()
    }

    /// Reads plain paths as folders where another pattern goes below them.
    fn read_folders(&mut self, plan: &Plan) {
        let mut inside: FxHashMap<String, Entry<'_>> = FxHashMap::default();
        for entry in self.entries() {
            entry.member.pattern.folders(|folder| {
                // If a folder is known, all its parents are known too.
                let is_known = inside.contains_key(folder);
                if !is_known {
                    inside.insert(folder.to_owned(), entry);
                }
                !is_known
            });
        }
        let below = |member: &Member| match member.pattern.path() {
            Some(_) => inside.get(member.pattern.lead()),
            None => member.pattern.paths().into_iter().find_map(|path| inside.get(&(path + "/"))),
        };
        let mut found = Vec::new();
        for entry in self.entries() {
            if let Some(below) = below(entry.member) {
                let reading = FolderReading { written: entry.written(plan), below: below.written(plan) };
                found.push((entry.member.position, reading));
            }
        }
        for (position, FolderReading { written, .. }) in &found {
            self.sets_mut(written.field)[written.task].read_as_folder(*position);
        }
        self.folders = found.into_iter().map(|(_, reading)| reading).collect();
    }

    /// Reads entries that name folders of the repository as these and everything below them.
    fn read_known_folders(&mut self, plan: &Plan, evidence: &Evidence) {
        let mut found = Vec::new();
        for task in 0..self.owns.len() {
            for field in Field::ALL {
                for member in self.sets(field)[task].includes() {
                    let mut paths = member.pattern.paths().into_iter();
                    let Some(folder) = paths.find(|path| evidence.is_folder(path)) else { continue };
                    let written = Entry { task, field, member }.written(plan);
                    let file = evidence.first_below(&folder).unwrap_or_default().to_owned();
                    found.push((member.position, KnownFolder { written, file }));
                }
            }
        }
        for (position, KnownFolder { written, .. }) in &found {
            self.sets_mut(written.field)[written.task].include_below(*position);
        }
        self.known_folders = found.into_iter().map(|(_, folder)| folder).collect();
    }

    /// Paths and folders written in two spellings that differ only in case or spaces; each pair of spellings once, in
    /// plan order. Takes O(n) time for n characters of patterns.
    pub fn case_clashes(&self, plan: &Plan) -> Vec<CaseClash> {
        let mut first_spelling: FxHashMap<Cow<'_, str>, (&str, Entry<'_>)> = FxHashMap::default();
        let mut other_spellings: FxHashSet<&str> = FxHashSet::default();
        let mut clashes = Vec::new();
        for entry in self.entries() {
            let lead = entry.member.pattern.lead();
            for (end, _) in lead.match_indices('/') {
                let path = &lead[..end];
                let (known, first) = *first_spelling.entry(folded(path)).or_insert((path, entry));
                if known == path || !other_spellings.insert(path) {
                    continue;
                }
                clashes.push(CaseClash {
                    path: known.to_owned(),
                    first: first.written(plan),
                    other_path: path.to_owned(),
                    other: entry.written(plan),
                });
                // Everything below differs for the same reason.
                break;
            }
        }
        clashes
    }
}

/// The path in lower case, with single spaces between words and none around names.
fn folded(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b' ') {
        return Cow::Borrowed(path);
    }
    let names = path.split('/').map(|name| name.split(' ').filter(|word| !word.is_empty()));
    let names: Vec<String> = names.map(|words| words.collect::<Vec<_>>().join(" ")).collect();
    Cow::Owned(names.join("/").to_lowercase())
}

/// A readable entry of a list.
#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    task: usize,
    field: Field,
    member: &'a Member,
}

impl Entry<'_> {
    fn written(&self, plan: &Plan) -> Written {
        let entries = self.field.of(&plan.tasks[self.task]);
        Written { task: self.task, field: self.field, text: entries[self.member.position].clone() }
    }
}
