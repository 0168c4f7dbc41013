//! Writing a plan down for other programs and for agents: one small trait, one list.

mod boundary;
pub(crate) mod escape;
pub mod json;
mod markdown;
mod prompt;
mod report;
mod text;

use crate::report::Report;

/// A format that a report can be written in.
pub trait Exporter: Sync {
    /// Name in the command line, such as `prompt`.
    fn id(&self) -> &'static str;
    /// Name in the menu.
    fn title(&self) -> &'static str;
    /// One sentence: what it is good for.
    fn description(&self) -> &'static str;
    /// End of the file name, such as `.phaseplan.json`.
    fn extension(&self) -> &'static str;
    /// For the download.
    fn media_type(&self) -> &'static str;
    /// The whole file.
    fn render(&self, report: &Report) -> String;
}

/// Every format, in the order of the menu.
pub static EXPORTERS: &[&dyn Exporter] = &[
    &prompt::OrchestratorPrompt,
    &markdown::MarkdownPage,
    &text::PlanText,
    &json::PlanJson,
    &report::ReportJson,
];

/// The format with this id.
pub fn exporter(id: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS.iter().copied().find(|exporter| exporter.id() == id)
}
