//! What it would cost to give a file to another task.

use std::collections::BTreeSet;

use super::{Judged, Judgement, Verdict};
use crate::analysis::{Conflict, analyse};
use crate::glob::{FileSet, Pattern, entry_for};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Plan, TaskId};
use crate::report::{Gain, Report};
use crate::schedule::Budget;

/// The most files for which the costs are worked out: each takes a schedule.
const MOST: usize = 20;

/// What follows from giving a file to the task that changed it.
#[derive(Debug, Clone, PartialEq)]
pub struct Giving {
    /// The task that would own it.
    pub to: usize,
    /// The edits: it owns the file, and the owner no longer does.
    pub edits: Vec<Edit>,
    /// Tasks that it would collide with and does not now, ascending.
    pub collides_with: Vec<usize>,
    /// The change of the makespan.
    pub gain: Gain,
}

impl Judgement {
    /// For each file, what giving it to the task would cost that was asked about. `None` for files that are
    /// fine, for a done or dropped task, for names that no entry can spell, if it was not asked about one task
    /// only, and for all but the first 20 files.
    pub fn givings(&self, report: &Report, budget: &Budget) -> Vec<Option<Giving>> {
        let mut left = MOST;
        let giving = |judged: &Judged| {
            let edits = self.edits(&report.plan, judged)?;
            left = left.checked_sub(1)?;
            let &[to] = &self.asked.tasks[..] else { return None };
            let collides_with = new_collisions(report, &edits, to);
            Some(Giving { to, gain: report.gain(&edits, budget), edits, collides_with })
        };
        self.files.iter().map(giving).collect()
    }

    /// The edits that give a file to the only task that was asked about.
    fn edits(&self, plan: &Plan, judged: &Judged) -> Option<Vec<Edit>> {
        let owner = match &judged.verdict {
            Verdict::Foreign(owner) => owner.task,
            Verdict::Nobody { left_out: None, is_folder: false } => None,
            Verdict::Fine(_) | Verdict::Nobody { .. } => return None,
        };
        let &[to] = &self.asked.tasks[..] else { return None };
        let receiver = plan.tasks.get(to).filter(|task| task.status.is_open() && task.changes_files())?;
        let entry = entry_for(&judged.file.path)?;
        let owns =
            |id: &TaskId, entries| Edit::ChangeTask { id: id.clone(), change: TaskChange::Owns(entries) };
        let mut entries = receiver.owns.clone();
        entries.push(entry.to_string());
        let mut edits = vec![owns(&receiver.id, entries)];
        let owner = owner.and_then(|at| plan.tasks.get(at)).filter(|task| task.status.is_open());
        if let Some(owner) = owner {
            edits.push(owns(&owner.id, without(&owner.owns, &judged.file.path, &entry)));
        }
        Some(edits)
    }
}

/// The list without a file, which `entry` names: an entry for this file alone goes, and a wider one gets an
/// exclude beside it.
fn without(entries: &[String], path: &str, entry: &str) -> Vec<String> {
    let names_only_it = |written: &String| {
        let (set, _) = FileSet::parse(std::slice::from_ref(written));
        set.includes()
            .first()
            .is_some_and(|member| matches!(&member.pattern.paths()[..], [only] if only == path))
    };
    let mut kept: Vec<String> = entries.iter().filter(|written| !names_only_it(written)).cloned().collect();
    // A plain path may be read as a folder, because of what other tasks own.
    let covers = |pattern: &Pattern| {
        pattern.matches(path) || pattern.path().is_some() && pattern.below().matches(path)
    };
    if FileSet::parse(&kept).0.includes().iter().any(|member| covers(&member.pattern)) {
        kept.push(format!("!{entry}"));
    }
    kept
}

/// The tasks with which a task collides after the edits, and not before.
fn new_collisions(report: &Report, edits: &[Edit], task: usize) -> Vec<usize> {
    let mut plan = report.plan.clone();
    edits.iter().for_each(|edit| {
        edit.clone().apply(&mut plan);
    });
    let partners = |conflicts: &[Conflict]| -> BTreeSet<usize> {
        let of_task = conflicts.iter().filter(|one| one.is_collision() && (one.a == task || one.b == task));
        of_task.map(|one| one.a + one.b - task).collect()
    };
    let before = partners(&report.analysis.conflicts);
    partners(&analyse(&plan).conflicts).difference(&before).copied().collect()
}
