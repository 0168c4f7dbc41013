//! A plan together with the text it is written in.
//!
//! The plan is the source of truth, and the text is a complete projection of it. Every change goes through
//! [`Document::typed`] or [`Document::edited`], which keep them consistent. Knows no storage and no clock:
//! the caller decides when two keystrokes belong to one step of the history.

pub mod caret;
pub mod history;
pub mod lines;
pub mod patch;
pub mod record;

pub use history::{History, Step};
pub use patch::TextPatch;

use crate::plan::normal::normalise;
use crate::plan::{Edit, Plan};
use crate::text::{self, Parsed, Spelling};

/// A plan and its text at one moment. Immutable, so snapshots can be shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The content of the text pane.
    pub text: String,
    /// The parsed text: the plan, the parts that could not be read, and the place of each task.
    pub parsed: Parsed,
}

impl Document {
    /// Parses a new text.
    pub fn from_text(text: String) -> Document {
        let parsed = text::parse(&text);
        Document { text, parsed }
    }

    /// Writes a plan in the form that people type.
    pub fn from_plan(plan: Plan) -> Document {
        let text = text::print(&plan, Spelling::Typing);
        Document::from_parts(plan, text)
    }

    /// A plan with the text it was stored with. The plan is the source of truth, including what the text
    /// can't express.
    pub fn from_parts(plan: Plan, text: String) -> Document {
        let mut parsed = text::parse_onto(&plan, &text);
        if parsed.plan.tasks.len() == plan.tasks.len() {
            parsed.plan = plan;
        }
        Document { text, parsed }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.parsed.plan
    }

    /// The document after its text was edited. Tasks retain their ids; see [`text::parse_onto`].
    pub fn typed(&self, text: String) -> Document {
        let parsed = text::parse_onto(self.plan(), &text);
        Document { text, parsed }
    }

    /// The document after edits of the plan; the text changes as little as possible. Edits that name unknown
    /// tasks have no effect.
    pub fn edited(&self, edits: Vec<Edit>) -> Document {
        let mut plan = self.plan().clone();
        for edit in edits {
            edit.apply(&mut plan);
        }
        normalise(&mut plan);
        let text = text::rewrite(&self.text, self.plan(), &plan);
        Document::from_parts(plan, text)
    }

    /// Whether the text is empty.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Its name in lists: the title, or else the first task, or else a word for untitled.
    pub fn name(&self) -> &str {
        let plan = self.plan();
        let first_task = plan.tasks.first().map_or("", |task| task.title.as_str());
        [plan.title.as_str(), first_task, "Untitled plan"]
            .into_iter()
            .find(|name| !name.trim().is_empty())
            .unwrap_or_default()
    }

    /// The task at a line (from 0), as a position in the plan.
    pub fn task_at_line(&self, line: usize) -> Option<usize> {
        self.parsed.task_lines.iter().position(|lines| lines.contains(&line))
    }
}
