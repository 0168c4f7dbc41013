//! Plan text that survives rendering as Markdown.

use super::{Export, Group, Output};
use crate::text::{Spelling, print};

/// Plan text.
pub static EXPORT: Export = Export {
    id: "text",
    group: Group::People,
    title: "Plan (text)",
    description: "The whole plan as a task list of Markdown, to be edited and opened again.",
    extension: ".phaseplan.md",
    media_type: "text/markdown",
    options: &[],
    render: |report, _| Output::Text(print(&report.plan, Spelling::Document)),
};
