//! Exports of a plan for agents, people and other programs. Each format is one struct in one list.
//!
//! The menu, the command line, its help and the shared tests are derived from [`EXPORTS`]. User text is
//! written only through [`crate::escape`].

pub mod agents;
pub mod batch;
mod cautions;
mod engines;
pub mod guard;
pub mod json;
mod known_files;
mod markdown;
mod options;
mod output;
mod part;
pub mod report;
mod run;
mod text;
pub mod troubles;

pub use cautions::{Caution, Remedy, cautions};
pub use options::{Choice, Options};
pub use output::{File, Output, file_name};
pub use part::Part;

use crate::report::Report;

/// An output format for reports.
#[derive(Debug)]
pub struct Export {
    /// Name in the command line, such as `prompt`.
    pub id: &'static str,
    /// The audience.
    pub group: Group,
    /// Name in the menu.
    pub title: &'static str,
    /// The purpose, in one sentence.
    pub description: &'static str,
    /// End of the file name, such as `.phaseplan.json`.
    pub extension: &'static str,
    /// Media type of the file.
    pub media_type: &'static str,
    /// The options of the format.
    pub options: &'static [Choice],
    /// Writes the report. The same report and options give the same bytes.
    pub render: fn(&Report, &Options) -> Output,
}

impl Export {
    /// Whether it can be about a part of a plan.
    pub fn has_parts(&self) -> bool {
        [&agents::prompt::EXPORT, &agents::prompt::FILES].iter().any(|with_parts| with_parts.id == self.id)
    }

    /// The part that is spelled like this; the whole plan if there is no such part.
    pub fn part_or_whole(&self, spelled: &str, report: &Report) -> Part {
        let part = Part::read(spelled);
        if self.check_part(&part, report).is_ok() { part } else { Part::Whole }
    }

    /// Checks that the plan has a part, and that the format can be about it.
    ///
    /// # Errors
    ///
    /// If not; the sentence names the part.
    pub fn check_part(&self, part: &Part, report: &Report) -> Result<(), String> {
        if *part != Part::Whole && !self.has_parts() {
            return Err(format!("`{}` is about the whole plan only: leave out the part.", self.id));
        }
        let phases = report.schedule.phases.len();
        match part {
            Part::Phase(number) if !(1..=phases).contains(number) => Err(match phases {
                0 => format!("There is no phase {number}: nothing is left to do."),
                1 => format!("There is no phase {number}. The plan has one phase."),
                _ => format!("There is no phase {number}. The plan has phases 1 to {phases}."),
            }),
            Part::Task(id) if report.plan.position(id).is_none() => {
                Err(format!("There is no task `{id}` in this plan."))
            }
            _ => Ok(()),
        }
    }
}

/// The audience of an export. Menus show one heading per group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Agents that carry out the plan.
    Agents,
    /// Engines that run jobs.
    Engines,
    /// People who read or edit it.
    People,
    /// Programs that read it.
    Programs,
}

impl Group {
    /// The heading in menus.
    pub fn title(self) -> &'static str {
        match self {
            Group::Agents => "For agents",
            Group::Engines => "For engines",
            Group::People => "For people",
            Group::Programs => "For programs",
        }
    }
}

/// Every format in menu order, with the formats of a group next to each other.
pub static EXPORTS: &[&Export] = &[
    &agents::prompt::EXPORT,
    &agents::prompt::FILES,
    &agents::workflow::EXPORT,
    &batch::EXPORT,
    &guard::EXPORT,
    &engines::MAKE,
    &engines::WORKTREES,
    &engines::ACTIONS,
    &engines::ARGO,
    &markdown::EXPORT,
    &text::EXPORT,
    &json::EXPORT,
    &report::EXPORT,
    &run::RECORD,
    &run::RECORD_CSV,
];

/// The format with this id.
pub fn by_id(id: &str) -> Option<&'static Export> {
    EXPORTS.iter().copied().find(|export| export.id == id)
}
