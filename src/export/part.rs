//! The part of a plan that an export is about.

use crate::plan::TaskId;

/// The part of a plan to export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Part {
    /// Everything that is left to do.
    #[default]
    Whole,
    /// One phase, by its number from 1.
    Phase(usize),
    /// One task.
    Task(TaskId),
    /// What can start now.
    Now,
}

/// The words that name the whole plan, and what can start now.
const WHOLE: &str = "whole";
const NOW: &str = "now";
/// The words before the number of a phase, and before the id of a task.
const PHASE: &str = "phase ";
const TASK: &str = "task ";

impl Part {
    /// Reads what [`Part::spelled`] writes; anything else is the whole plan.
    pub fn read(spelled: &str) -> Part {
        let phase = spelled.strip_prefix(PHASE).and_then(|number| number.parse().ok()).map(Part::Phase);
        let task = spelled.strip_prefix(TASK).map(|id| Part::Task(id.into()));
        phase.or(task).unwrap_or(if spelled == NOW { Part::Now } else { Part::Whole })
    }

    /// The part as one text, such as `phase 2`.
    pub fn spelled(&self) -> String {
        match self {
            Part::Whole => WHOLE.to_owned(),
            Part::Phase(number) => format!("{PHASE}{number}"),
            Part::Task(id) => format!("{TASK}{id}"),
            Part::Now => NOW.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_is_spelled() {
        for part in
            [Part::Whole, Part::Now, Part::Phase(12), Part::Task("T 1".into()), Part::Task("now".into())]
        {
            assert_eq!(Part::read(&part.spelled()), part);
        }
        assert_eq!(Part::read("phase x"), Part::Whole);
        assert_eq!(Part::read(""), Part::Whole);
    }
}
