//! The sign on the card of a task, with the words that go with it.

use super::id;
use crate::analysis::{Conflict, ConflictKind, Severity};
use crate::plan::Status;
use crate::report::Report;

/// What a sign stands for. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// The task, or what it says, can't be right.
    Error,
    /// Kept apart from another task: both write one file, or use up one resource.
    Conflict,
    /// Kept apart from another task: one reads what the other writes.
    Hazard,
    /// Lists no files.
    Unknown,
    /// An agent is on it.
    Running,
    /// Tried and not finished.
    Failed,
    /// Finished.
    Done,
}

impl Sign {
    /// One character, never the only sign: colour and words go with it.
    pub fn character(self) -> char {
        match self {
            Sign::Error | Sign::Conflict | Sign::Failed => '✕',
            Sign::Hazard => '!',
            Sign::Unknown => '?',
            Sign::Running => '▸',
            Sign::Done => '✓',
        }
    }

    /// The word that style sheets and screen readers know it by.
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
        ConflictKind::ReadWrite { .. } => Sign::Hazard,
        ConflictKind::WriteWrite(_) | ConflictKind::Resource { .. } => Sign::Conflict,
    }
}

/// The sign of one task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What is the matter.
    pub sign: Sign,
    /// Beside the sign, such as `T4` or `T4 +2`; may be empty.
    pub short: String,
    /// Whether the task runs later than the other one it is kept apart from.
    pub waits: bool,
    /// As a line of a list, such as `waits for T2: same src/api/users.rs`.
    pub note: String,
}

/// For each task of the plan its sign, if it has one. A task whose state is known shows that; of several troubles the
/// worst is shown. Time: tasks plus conflicts plus diagnostics.
pub fn marks(report: &Report) -> Vec<Option<Mark>> {
    let mut marks: Vec<Option<Mark>> = vec![None; report.plan.tasks.len()];
    mark_unknown(report, &mut marks);
    mark_conflicts(report, &mut marks);
    for diagnostic in report.analysis.diagnostics.iter().filter(|found| found.severity == Severity::Error) {
        if let Some(place) = diagnostic.places.first() {
            let note = diagnostic.title.clone();
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
        let note = "no files listed: not proved safe".to_owned();
        put(marks, task, Mark { sign: Sign::Unknown, short: String::new(), waits: false, note });
    }
}

fn mark_conflicts(report: &Report, marks: &mut [Option<Mark>]) {
    let phase = |task: usize| report.schedule.phase_of.get(task).copied().flatten();
    let mut partners = vec![0usize; marks.len()];
    let mut last_pair = None;
    for conflict in report.analysis.conflicts.iter().filter(|conflict| conflict.accepted.is_none()) {
        let is_same_pair = last_pair.replace((conflict.a, conflict.b)) == Some((conflict.a, conflict.b));
        let sign = sign_of(conflict);
        let what = match &conflict.kind {
            ConflictKind::WriteWrite(overlap) => format!("same {}", overlap.witness),
            ConflictKind::ReadWrite { overlap, .. } => overlap.witness.clone(),
            ConflictKind::Resource { resource, .. } => resource.clone(),
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

/// Keeps the worse one; of equals one that makes the task wait, else the first.
fn put(marks: &mut [Option<Mark>], task: usize, mark: Mark) {
    let badness = |mark: &Mark| (mark.sign, !mark.waits);
    if let Some(place) = marks.get_mut(task)
        && place.as_ref().is_none_or(|old| badness(&mark) < badness(old))
    {
        *place = Some(mark);
    }
}
