//! A plan or an open branch.

use std::borrow::Cow;

use crate::analysis::Ownership;
use crate::changed_files::ChangedFile;
use crate::glob::{FileSet, entry_for};
use crate::plan::{Minutes, Plan, Status, Task};

/// Work that runs beside other work.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Work {
    /// Its name in sentences and in JSON, unlike that of any other; see [`super::names_of`]. Empty for the open
    /// plan, which sentences call “this plan”.
    pub name: String,
    /// The plan; of a branch, one running task that owns what the branch changes.
    pub plan: Plan,
    /// Whether it is a branch.
    pub is_branch: bool,
    /// The changed files of a branch that no entry can name, and that are not compared.
    pub uncompared: Vec<String>,
}

impl Work {
    /// A plan.
    pub fn plan(name: impl Into<String>, plan: Plan) -> Work {
        Work { name: name.into(), plan, ..Work::default() }
    }

    /// An open branch that changes these files.
    pub fn branch(name: impl Into<String>, files: &[ChangedFile]) -> Work {
        let name = name.into();
        let mut task = Task {
            id: "branch".into(),
            title: format!("Branch {name}"),
            status: Status::Running,
            ..Task::default()
        };
        let mut uncompared = Vec::new();
        for file in files {
            match entry_of(&file.path) {
                Some(entry) => task.owns.push(entry),
                None => uncompared.push(file.path.clone()),
            }
        }
        let plan = Plan { title: name.clone(), tasks: vec![task], ..Plan::default() };
        Work { name, plan, is_branch: true, uncompared }
    }

    /// Open tasks that may change files that nobody knows: they list none, or an entry of theirs can't be read.
    /// Ascending.
    pub fn unknown(&self) -> Vec<usize> {
        let unreadable = Ownership::of(&self.plan).unreadable;
        let is_unknown = |&at: &usize| {
            let task = &self.plan.tasks[at];
            let is_misread = unreadable.iter().any(|entry| entry.written.task == at);
            task.status.is_open() && (is_misread || task.has_unknown_ownership())
        };
        (0..self.plan.tasks.len()).filter(is_unknown).collect()
    }

    /// Open tasks whose files are guesses that nobody has confirmed. Ascending.
    pub fn guessed(&self) -> Vec<usize> {
        let is_guessed = |&at: &usize| {
            let task = &self.plan.tasks[at];
            task.status.is_open() && task.is_guessed()
        };
        (0..self.plan.tasks.len()).filter(is_guessed).collect()
    }

    /// How large it is: the number of different entries of files that its open tasks may change, and the
    /// minutes of these tasks.
    pub fn size(&self) -> (usize, u32) {
        let open = || self.plan.tasks.iter().filter(|task| task.status.is_open());
        let mut entries: Vec<_> = open().flat_map(Task::owned_files).collect();
        entries.retain(|entry| !entry.starts_with('!'));
        entries.sort_unstable();
        entries.dedup();
        let minutes: Minutes = open().map(|task| self.plan.minutes_of(task)).sum();
        (entries.len(), minutes.rounded_up())
    }
}

/// The entry for a changed file; for a folder all below it. A name with wildcards in it stands for more than
/// the file, since a missed conflict is worse than a false one.
fn entry_of(path: &str) -> Option<String> {
    let name = path.strip_suffix('/').unwrap_or(path);
    let covering = || Some(name.to_owned()).filter(|name| FileSet::parse(&[name]).0.matches(name));
    let entry = entry_for(name).map(Cow::into_owned).or_else(covering)?;
    Some(if path.ends_with('/') { format!("{entry}/**") } else { entry })
}
