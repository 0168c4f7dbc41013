//! The plan of another tool, before it becomes a document: it can be looked at, changed, and read as another
//! format.

use super::change::Step;
use super::ready::{Ready, said};
use crate::document::{Document, History};
use crate::import::{Certainty, FORMATS, Format, Imported};
use crate::incoming::Input;
use crate::protocol::Change;
use crate::view::Markup;
use crate::view::import::{self, Import, Origin, Pending};
use crate::view::task::FieldProblem;

/// An import that is not opened yet.
#[derive(Debug)]
pub(super) struct Preview {
    input: Input,
    /// How sure each format is.
    certainties: Vec<(&'static Format, Certainty)>,
    origin: Origin,
    document: Document,
    history: History,
    /// The problem with the last written value.
    problem: Option<FieldProblem>,
    /// Why the last chosen format could not be read; empty if there is no failure.
    refusal: String,
}

impl Preview {
    /// The plan as it was read.
    pub fn new(input: Input, imported: Imported) -> Preview {
        Preview {
            certainties: FORMATS.iter().map(|format| (*format, input.certainty(format))).collect(),
            origin: Origin::of(&input, &imported),
            document: Document::from_plan(imported.plan),
            input,
            history: History::default(),
            problem: None,
            refusal: String::new(),
        }
    }

    /// The document, with the changes made to it. They can't be undone one by one any more: what is opened begins
    /// a history.
    pub fn into_ready(self) -> Ready {
        let said = self.said("Pasted");
        Ready { document: self.document, origin: Some(self.origin), said, ..Ready::default() }
    }

    /// The pasted text; `None` if it is no text.
    pub fn text(&self) -> Option<String> {
        self.input.given().first().and_then(|(_, bytes)| crate::import::decode::decode(bytes).ok())
    }

    /// Draws it: see [`import::import`]. `replaces` says whether it was pasted in place of the open plan, and
    /// `has_plan` whether that has any content.
    pub fn draw(&self, replaces: bool, has_plan: bool, rows: usize) -> Vec<Markup> {
        let pending = Pending {
            certainties: &self.certainties,
            refusal: &self.refusal,
            replaces,
            has_plan,
            opens: self.said(&["Opened ", &self.input.title()].concat()),
        };
        import::import(&Import {
            plan: self.document.plan(),
            origin: Some(&self.origin),
            problem: self.problem.as_ref(),
            rows,
            pending: Some(pending),
        })
    }

    fn said(&self, did: &str) -> String {
        let format = [" as ", self.origin.format].concat();
        said(did, &format, self.document.plan().tasks.len(), &self.origin)
    }

    /// Reads the input again. What was changed in its plan is lost.
    pub fn read_as(&mut self, format: &'static Format) {
        match self.input.read_as(format) {
            Ok(imported) => {
                self.origin = Origin { is_chosen: true, ..Origin::of(&self.input, &imported) };
                self.document = Document::from_plan(imported.plan);
                self.history = History::default();
                (self.problem, self.refusal) = (None, String::new());
            }
            Err(error) => self.refusal = format!("It can't be read as {}. {}", format.name, error.message),
        }
    }

    /// Changes the plan. A value that can't be read, or that leaves a doubt, is told beside its field.
    pub fn change(&mut self, change: Change) -> Result<(), String> {
        let written = match &change {
            Change::Write { id, field, .. } => Some((id.clone(), field.clone())),
            _ => None,
        };
        let doubt = match change {
            Change::Undo => self.walk(History::undo),
            Change::Redo => self.walk(History::redo),
            change => Step::of(change, self.document.plan()).map(|step| self.edit(step)),
        };
        self.problem = match (doubt, written) {
            (Ok(None), _) | (Ok(_), None) => None,
            (Ok(Some(sentence)) | Err(sentence), Some((task, field))) => {
                Some(FieldProblem { task, field, sentence })
            }
            (Err(sentence), None) => return Err(sentence),
        };
        Ok(())
    }

    fn edit(&mut self, step: Step) -> Option<String> {
        let after = self.document.edited(step.edits);
        self.history.record(&step.label, &self.document, &after, false);
        self.document = after;
        step.doubt
    }

    fn walk(
        &mut self,
        step: fn(&mut History, &Document) -> Option<(Document, String)>,
    ) -> Result<Option<String>, String> {
        let (document, _) =
            step(&mut self.history, &self.document).ok_or("There is no change to go back to.")?;
        self.document = document;
        Ok(None)
    }
}
