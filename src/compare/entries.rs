//! A comparison task by task, as lists and drawings show it.

use rustc_hash::FxHashMap;

use super::{Comparison, FieldChange, Named, PhaseMove};
use crate::plan::{Plan, TaskId};

/// What happened to a task, with the sign that says so beside the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// It is only in the plan after.
    Added,
    /// It is only in the plan before.
    Removed,
    /// Its fields differ.
    Changed,
    /// It runs in another phase.
    Moved,
}

impl Sign {
    /// One character.
    pub fn character(self) -> char {
        match self {
            Sign::Added => '+',
            Sign::Removed => '−',
            Sign::Changed => '~',
            Sign::Moved => '→',
        }
    }

    /// The word that style sheets and screen readers know it by.
    pub fn name(self) -> &'static str {
        match self {
            Sign::Added => "added",
            Sign::Removed => "removed",
            Sign::Changed => "changed",
            Sign::Moved => "moved",
        }
    }
}

/// Everything that happened to one task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// The most important thing; a task that is changed may have moved as well.
    pub sign: Sign,
    /// Which one.
    pub task: &'a Named,
    /// The fields that differ.
    pub fields: &'a [FieldChange],
    /// Its phases, if they differ.
    pub moved: Option<&'a PhaseMove>,
}

impl Comparison {
    /// Tasks that are not as they were: those of the plan after in its order, then those that are gone. Expected linear time.
    pub fn entries(&self, after: &Plan) -> Vec<Entry<'_>> {
        let mut of_task: FxHashMap<&TaskId, Entry> = FxHashMap::default();
        for task in &self.added {
            of_task.insert(&task.id, Entry { sign: Sign::Added, task, fields: &[], moved: None });
        }
        for change in &self.changed {
            let (task, fields) = (&change.task, &change.fields[..]);
            of_task.insert(&task.id, Entry { sign: Sign::Changed, task, fields, moved: None });
        }
        for one in &self.moved {
            let moved = Entry { sign: Sign::Moved, task: &one.task, fields: &[], moved: None };
            of_task.entry(&one.task.id).or_insert(moved).moved = Some(one);
        }
        let gone = self.removed.iter();
        let gone = gone.map(|task| Entry { sign: Sign::Removed, task, fields: &[], moved: None });
        after.tasks.iter().filter_map(|task| of_task.remove(&task.id)).chain(gone).collect()
    }
}
