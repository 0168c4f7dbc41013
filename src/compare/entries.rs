//! A comparison task by task, for lists and drawings.

use rustc_hash::FxHashMap;

use super::{Comparison, FieldChange, Named, PhaseMove};
use crate::plan::{Plan, TaskId};

/// What changed about a task, as a sign next to the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Only in the plan after.
    Added,
    /// Only in the plan before.
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

    /// The name for style sheets and screen readers.
    pub fn name(self) -> &'static str {
        match self {
            Sign::Added => "added",
            Sign::Removed => "removed",
            Sign::Changed => "changed",
            Sign::Moved => "moved",
        }
    }
}

/// All changes of one task.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'a> {
    /// The most important change. A changed task may also have moved.
    pub sign: Sign,
    /// The task.
    pub task: &'a Named,
    /// The fields that differ.
    pub fields: &'a [FieldChange],
    /// Its phases, if they differ.
    pub moved: Option<&'a PhaseMove>,
}

impl Comparison {
    /// Tasks that differ: those of the plan after in its order, then the removed ones. Expected linear time.
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
