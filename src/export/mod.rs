//! Exports of a plan for agents, people and other programs. Each format is one struct in one list.
//!
//! The menu, the command line, its help and the shared tests are derived from [`EXPORTS`]. User text is
//! written only through [`crate::escape`].

pub mod agents;
mod cautions;
pub mod json;
mod known_files;
mod markdown;
mod options;
mod output;
pub mod report;
mod text;

pub use cautions::{Caution, Remedy, cautions};
pub use options::{Choice, Options};
pub use output::{File, Output, file_name};

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

/// The audience of an export. Menus show one heading per group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Agents that carry out the plan.
    Agents,
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
            Group::People => "For people",
            Group::Programs => "For programs",
        }
    }
}

/// Every format in menu order, with the formats of a group next to each other.
pub static EXPORTS: &[&Export] =
    &[&agents::prompt::EXPORT, &markdown::EXPORT, &text::EXPORT, &json::EXPORT, &report::EXPORT];

/// The format with this id.
pub fn by_id(id: &str) -> Option<&'static Export> {
    EXPORTS.iter().copied().find(|export| export.id == id)
}
