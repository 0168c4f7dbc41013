//! The sign on the card of a task, with its words.

use super::id;
use crate::analysis::{Conflict, ConflictKind};
use crate::glob::CommonFiles;
use crate::plan::Status;
use crate::report::Report;

/// The meaning of a sign. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The task contains an error.
    Error,
    /// In conflict with another task: both write one file, or both use one resource.
    Conflict,
    /// In conflict with another task: one needs what the other writes.
    Hazard,
    /// Lists no files.
    Unknown,
    /// In progress.
    Running,
    /// Tried and not finished.
    Failed,
    /// Finished.
    Done,
}

impl Sign {
    /// One character. It is never the only hint: colour and words accompany it.
    pub fn character(self) -> char {
        match self {
            Sign::Error | Sign::Conflict | Sign::Failed => '✕',
            Sign::Hazard => '!',
            Sign::Unknown => '?',
            Sign::Running => '▸',
            Sign::Done => '✓',
        }
    }

    /// The name for style sheets and screen readers.
    pub fn name(self) -> &'static str {
        match self {
            Sign::Error => "error",
            Sign::Conflict => "conflict",
            Sign::Hazard => "hazard",
            Sign::Unknown => "unknown",
            Sign::Running => "running",
            Sign::Failed => "failed",
            Sign::Done => "done",
        }
    }
}

/// The sign of a conflict.
pub fn sign_of(conflict: &Conflict) -> Sign {
    match conflict.kind {
        ConflictKind::ReadWrite { .. } | ConflictKind::Creation { .. } => Sign::Hazard,
        ConflictKind::WriteWrite(_) | ConflictKind::Resource { .. } | ConflictKind::Migrations { .. } => {
            Sign::Conflict
        }
    }
}

/// The sign of one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The worst state of the task.
    pub sign: Sign,
    /// A short text next to the sign, such as `T4` or `T4 +2`; may be empty.
    pub short: String,
    /// Whether the task runs later than the one it conflicts with.
    pub waits: bool,
    /// The text for a list, such as `waits for T2: same src/api/users.rs`.
    pub note: String,
}

/// For each task of the plan, its sign, if any. A known status has priority; of several problems, the worst
/// is shown. Time: O(tasks + conflicts + diagnostics).
pub fn marks(report: &Report) -> Vec<Option<Mark>> {
    let mut marks: Vec<Option<Mark>> = vec![None; report.plan.tasks.len()];
    mark_unknown(report, &mut marks);
    mark_conflicts(report, &mut marks);
    for diagnostic in report.errors() {
        if let Some(place) = diagnostic.places.first() {
            let note = diagnostic.title.replace('`', "");
            put(&mut marks, place.task, Mark { sign: Sign::Error, short: String::new(), waits: false, note });
        }
    }
    for (task, mark) in report.plan.tasks.iter().zip(&mut marks) {
        let (sign, note) = match task.status {
            Status::Done => (Sign::Done, "done"),
            Status::Running => (Sign::Running, "running"),
            Status::Failed => (Sign::Failed, "failed"),
            Status::Todo | Status::Dropped => continue,
        };
        *mark = Some(Mark { sign, short: note.to_owned(), waits: false, note: note.to_owned() });
    }
    marks
}

fn mark_unknown(report: &Report, marks: &mut [Option<Mark>]) {
    for &task in &report.analysis.unknown_ownership {
        let note = "no files listed: may collide".to_owned();
        put(marks, task, Mark { sign: Sign::Unknown, short: String::new(), waits: false, note });
    }
}

fn mark_conflicts(report: &Report, marks: &mut [Option<Mark>]) {
    let phase = |task: usize| report.schedule.phase_of.get(task).copied().flatten();
    let mut partners = vec![0usize; marks.len()];
    let mut last_pair = None;
    for conflict in report.analysis.conflicts.iter().filter(|conflict| conflict.is_open()) {
        let is_same_pair = last_pair.replace((conflict.a, conflict.b)) == Some((conflict.a, conflict.b));
        let sign = sign_of(conflict);
        let files = || conflict.common_files(&report.plan).map_or(String::new(), CommonFiles::in_note);
        let what = match &conflict.kind {
            ConflictKind::WriteWrite(_) => format!("same {}", files()),
            ConflictKind::ReadWrite { .. } => files(),
            ConflictKind::Resource { resource, .. } => resource.clone(),
            ConflictKind::Migrations { chain } => format!("migrations in {chain}"),
            ConflictKind::Creation { path, .. } => path.clone(),
        };
        for (task, other) in [(conflict.a, conflict.b), (conflict.b, conflict.a)] {
            let waits = phase(task) > phase(other);
            let does = if waits { "waits for" } else { "kept apart from" };
            let other = id(&report.plan, other);
            let mark = Mark { sign, short: other.to_owned(), waits, note: format!("{does} {other}: {what}") };
            if let Some(count) = partners.get_mut(task) {
                *count += usize::from(!is_same_pair);
                put(marks, task, mark);
            }
        }
    }
    for (mark, partners) in marks.iter_mut().zip(partners) {
        if let Some(mark) = mark
            && partners > 1
        {
            mark.short.push_str(&format!(" +{}", partners - 1));
        }
    }
}

/// Records the worse mark. Ties go to a mark that makes the task wait, then to the first.
fn put(marks: &mut [Option<Mark>], task: usize, mark: Mark) {
    let badness = |mark: &Mark| (mark.sign, !mark.waits);
    if let Some(place) = marks.get_mut(task)
        && place.as_ref().is_none_or(|old| badness(&mark) < badness(old))
    {
        *place = Some(mark);
    }
}
