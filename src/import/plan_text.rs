//! Plan text, in both spellings.

use super::{ImportError, Imported, Importer, Note};
use crate::text;

/// The format that people type here. Takes any text, because a plain list of lines is a plan too.
pub struct PlanText;

impl Importer for PlanText {
    fn name(&self) -> &'static str {
        "plan text"
    }

    fn recognises(&self, _text: &str) -> bool {
        true
    }

    fn read(&self, text: &str) -> Result<Imported, ImportError> {
        let start = text.trim_start();
        if start.starts_with('<') && !start.starts_with("<!--") {
            return Err(ImportError::new(
                "This is HTML or XML, not a plan. Paste the text of the page instead.",
            ));
        }
        let parsed = text::parse(text);
        if parsed.plan.tasks.is_empty() && parsed.plan.title.is_empty() {
            return Err(ImportError::new(
                "There are no tasks in this file. A plan has one task per line, such as \
                 “- T1 Add login @owns(src/login/**)”.",
            ));
        }
        let mut plan = parsed.plan;
        let cut = super::cut(&mut plan.tasks);
        let problems = parsed.problems.into_iter().map(|problem| Note {
            line: Some(problem.line),
            message: problem.message,
            is_error: problem.is_error,
        });
        Ok(Imported {
            notes: problems.chain(cut).collect(),
            task_lines: parsed
                .task_lines
                .iter()
                .take(plan.tasks.len())
                .map(|lines| lines.start + 1)
                .collect(),
            format: self.name(),
            plan,
        })
    }
}
