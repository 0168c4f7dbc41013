//! Plan text, spelled so that it survives being shown as Markdown.

use super::Exporter;
use crate::report::Report;
use crate::text::{Spelling, print};

/// Writes plan text.
pub struct PlanText;

impl Exporter for PlanText {
    fn id(&self) -> &'static str {
        "text"
    }

    fn title(&self) -> &'static str {
        "Plan (text)"
    }

    fn description(&self) -> &'static str {
        "The whole plan as a task list of Markdown, to be edited and opened again."
    }

    fn extension(&self) -> &'static str {
        ".phaseplan.md"
    }

    fn media_type(&self) -> &'static str {
        "text/markdown"
    }

    fn render(&self, report: &Report) -> String {
        print(&report.plan, Spelling::Document)
    }
}
