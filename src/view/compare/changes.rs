//! A comparison in terms of the drawn tasks: signs for cards and rows, and places for tasks that are not
//! drawn.

use crate::Report;
use crate::compare::{Comparison, Entry, Named, Sign, compare};
use crate::plan::TaskId;
use crate::view::part::MOST_CARDS;

/// The open plan compared with another one.
#[derive(Debug, Default)]
pub struct Changes {
    /// The name of the other plan.
    pub with: String,
    /// Whether the open plan is the earlier one; else it is the later one.
    pub is_swapped: bool,
    /// The other plan, with its phases.
    pub other: Report,
    /// All differences.
    pub comparison: Comparison,
    /// The tasks with changes, in the order of the list.
    pub order: Vec<TaskId>,
    /// For each task of the open plan, its change.
    pub of_task: Vec<Option<TaskChange>>,
    /// Tasks that exist only in the other plan, or in another place there.
    pub ghosts: Vec<Ghost>,
    /// The phase of each ghost, from 0.
    pub ghost_phases: Vec<usize>,
}

/// The change of a drawn task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskChange {
    /// The most important change.
    pub sign: Sign,
    /// One or two signs.
    pub signs: String,
    /// The signs in words, as part of a sentence.
    pub words: String,
    /// The reason why it moved, as the end of that sentence; empty if it did not move.
    pub because: String,
}

/// A task drawn at its place in the other plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    /// The task.
    pub task: Named,
    /// [`Sign::Moved`] if the open plan has it in another place.
    pub sign: Sign,
    /// A description, as part of a sentence.
    pub words: String,
}

impl Changes {
    /// Compares `open` with `other`. The most ghosts with a place is the number of cards in a small drawing.
    pub fn new(with: String, other: Report, open: &Report, is_swapped: bool) -> Changes {
        let (before, after) = if is_swapped { (open, &other) } else { (&other, open) };
        let comparison = compare(before, after);
        let mut changes = Changes { with, is_swapped, ..Changes::default() };
        changes.of_task = vec![None; open.plan.tasks.len()];
        let positions = open.plan.positions();
        let elsewhere = other.plan.positions();
        let mut phases = Vec::new();
        for entry in comparison.entries(&after.plan) {
            changes.order.push(entry.task.id.clone());
            let position = positions.get(&entry.task.id);
            if let Some(&position) = position {
                changes.of_task[position] = Some(task_change(&entry));
            }
            let is_here = position.is_some() && entry.moved.is_none();
            let phase = elsewhere.get(&entry.task.id).and_then(|&task| other.schedule.phase_of[task]);
            if let Some(phase) = phase.filter(|_| !is_here && phases.len() < MOST_CARDS) {
                phases.push(phase);
                changes.ghosts.push(ghost(&entry, position.is_some(), phase + 1, is_swapped));
            }
        }
        changes.ghost_phases = phases;
        Changes { comparison, other, ..changes }
    }

    /// The number of tasks with each sign.
    pub fn counts(&self) -> [(Sign, usize); 4] {
        let Comparison { added, removed, changed, moved, .. } = &self.comparison;
        let counts = [added.len(), removed.len(), changed.len(), moved.len()];
        let signs = [Sign::Added, Sign::Removed, Sign::Changed, Sign::Moved];
        std::array::from_fn(|at| (signs[at], counts[at]))
    }

    /// The result in a sentence.
    pub fn announcement(&self) -> String {
        let counts = self.counts().into_iter().filter(|(_, count)| *count > 0);
        let counts: Vec<String> = counts.map(|(sign, count)| format!("{count} {}", sign.name())).collect();
        let what = match (counts.is_empty(), self.comparison.is_empty()) {
            (_, true) => "nothing differs".to_owned(),
            (true, _) => "no task differs".to_owned(),
            _ => ["tasks: ", &counts.join(", ")].concat(),
        };
        format!("Compared with {}, {what}.", self.with)
    }

    /// Tasks that exist only in the other plan.
    pub fn absent(&self) -> &[Named] {
        if self.is_swapped { &self.comparison.added } else { &self.comparison.removed }
    }
}

fn task_change(entry: &Entry) -> TaskChange {
    let mut change = TaskChange {
        sign: entry.sign,
        signs: entry.sign.character().to_string(),
        words: entry.sign.name().to_owned(),
        because: String::new(),
    };
    if !entry.fields.is_empty() {
        let names: Vec<&str> = entry.fields.iter().map(|field| field.field.name()).collect();
        change.words = format!("changed: {}", names.join(", "));
    }
    if let Some(moved) = entry.moved {
        let from_to = [moved.before, moved.after].map(phase_words);
        if entry.sign != Sign::Moved {
            change.signs.push(Sign::Moved.character());
            change.words.push_str(", moved");
        }
        change.words.push_str(&format!(" from {} to {}", from_to[0], from_to[1]));
        change.because = [" because ", &moved.reason].concat();
    }
    change
}

/// `phase 2`, or `no phase`.
fn phase_words(phase: Option<usize>) -> String {
    phase.map_or("no phase".to_owned(), |phase| format!("phase {phase}"))
}

fn ghost(entry: &Entry, is_open: bool, phase: usize, is_swapped: bool) -> Ghost {
    let words = match (is_open, is_swapped) {
        (true, false) => format!("moved away, was in phase {phase}"),
        (true, true) => format!("moves here, to phase {phase}"),
        (false, false) => format!("removed, was in phase {phase}"),
        (false, true) => format!("added, in phase {phase}"),
    };
    Ghost { task: entry.task.clone(), sign: if is_open { Sign::Moved } else { entry.sign }, words }
}
