//! A plan together with the text it is written in, and the way back.
//!
//! The plan is the truth and the text a complete projection of it. Every change goes through [`Document::typed`] or
//! [`Document::edited`], which keep the two in step. Knows no storage and no clock: when two keystrokes belong to one
//! step of the history is the caller's to say.

pub mod caret;
pub mod field;
pub mod history;
pub mod lines;
pub mod patch;
pub mod record;

pub use history::{History, Step};
pub use patch::TextPatch;

use crate::plan::restore::normalise;
use crate::plan::{Edit, Plan};
use crate::text::{self, Parsed, Spelling};

/// A plan and its text, at one moment. Never changed in place, so that snapshots can be shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// What the text pane shows.
    pub text: String,
    /// What it was read as: the plan, what could not be read, and where each task stands.
    pub parsed: Parsed,
}

impl Document {
    /// Reads a text that nothing is known of.
    pub fn from_text(text: String) -> Document {
        let parsed = text::parse(&text);
        Document { text, parsed }
    }

    /// Writes a plan down as people type it.
    pub fn from_plan(plan: Plan) -> Document {
        let text = text::print(&plan, Spelling::Typing);
        Document::from_parts(plan, text)
    }

    /// A plan and the text that it was kept with. The plan is the truth, down to what text can't say.
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

    /// The document after its text was edited. Tasks keep their ids, see [`text::parse_onto`].
    pub fn typed(&self, text: String) -> Document {
        let parsed = text::parse_onto(self.plan(), &text);
        Document { text, parsed }
    }

    /// The document after changes of the plan; the text changes as little as possible.
    /// Edits that name tasks which are not there have no effect.
    pub fn edited(&self, edits: Vec<Edit>) -> Document {
        let mut plan = self.plan().clone();
        for edit in edits {
            edit.apply(&mut plan);
        }
        normalise(&mut plan);
        let text = text::rewrite(&self.text, self.plan(), &plan);
        Document::from_parts(plan, text)
    }

    /// Whether nothing has been written yet.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What lists of documents call it: the title, else the first task, else that it is untitled.
    pub fn name(&self) -> &str {
        let plan = self.plan();
        let first_task = plan.tasks.first().map_or("", |task| task.title.as_str());
        [plan.title.as_str(), first_task, "Untitled plan"]
            .into_iter()
            .find(|name| !name.trim().is_empty())
            .unwrap_or_default()
    }

    /// The task that the line (counted from 0) belongs to, as a position in the plan.
    pub fn task_at_line(&self, line: usize) -> Option<usize> {
        self.parsed.task_lines.iter().position(|lines| lines.contains(&line))
    }
}
