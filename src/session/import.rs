//! Import of files and pastes.

use std::sync::Arc;

use super::known::Known;
use super::{Session, Shared, shared};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::import::Imported;
use crate::incoming::{Incoming, Input};
use crate::plan::Plan;
use crate::protocol::{Found, FoundPlan};
use crate::share::{Brought, Opened};
use crate::text::{self, Spelling};

/// Input that was read but not opened or added yet.
#[derive(Debug)]
pub(super) enum Held {
    /// A document, with the facts about the link it came in, if it did.
    Document(Box<Document>, Option<Shared>),
    /// Comments on a plan.
    Reply(Brought),
    /// What is known of a repository.
    Evidence(Arc<Evidence>),
}

impl Session {
    /// Reads any input, and holds it until it is opened or added.
    pub(super) fn import(&mut self, input: &Input) -> Result<Found, String> {
        match input.read().map_err(|error| error.message)? {
            Incoming::Plan(imported) => Ok(Found::Plan(self.hold_plan(imported))),
            Incoming::Shared(opened) => Ok(self.hold_shared(&opened)),
            Incoming::Reply(brought) => {
                self.held = Some(Held::Reply(brought));
                Ok(Found::Reply)
            }
            Incoming::Evidence(known) => {
                self.held = Some(Held::Evidence(known));
                Ok(Found::Evidence)
            }
            // The owner of the session handles archives.
            Incoming::Archive(_) => Err("There is no storage here.".to_owned()),
        }
    }

    fn hold_plan(&mut self, imported: Imported) -> FoundPlan {
        let tasks = imported.plan.tasks.len();
        let notes = imported.notes.iter().map(with_line).collect();
        let (document, format) = match imported.text {
            Some(text) => (Document::from_text(text), None),
            None => (Document::from_plan(imported.plan), Some(imported.format.to_owned())),
        };
        self.held = Some(Held::Document(Box::new(document), None));
        FoundPlan { tasks, format, notes }
    }

    fn hold_shared(&mut self, opened: &Opened) -> Found {
        // The id is for programs: readers don't see it.
        let text = text::print(&Plan { id: String::new(), ..opened.plan.clone() }, Spelling::Typing);
        let document = Document::from_parts(opened.plan.clone(), text);
        let shared = shared::about(opened);
        self.held = Some(Held::Document(Box::new(document), Some(shared)));
        Found::Shared { tasks: opened.plan.tasks.len() }
    }

    /// Takes the held document; an empty one if there is none.
    pub(super) fn take_held(&mut self) -> (Document, Option<Shared>) {
        match self.held.take() {
            Some(Held::Document(document, shared)) => (*document, shared),
            _ => Default::default(),
        }
    }

    /// Takes the held reply.
    pub(super) fn take_reply(&mut self) -> Option<Brought> {
        match self.held.take() {
            Some(Held::Reply(brought)) => Some(brought),
            _ => None,
        }
    }
}

impl Session {
    /// Takes in the evidence that was imported last, or forgets what is known. Returns what was done.
    ///
    /// # Errors
    ///
    /// If nothing was imported.
    pub(super) fn know(&mut self, is_known: bool) -> Result<String, String> {
        // Schedules that were found with other evidence are longer than they need to be, or not allowed.
        self.known = Known::default();
        if !is_known {
            self.evidence = Arc::default();
            return Ok("The list of files was removed.".to_owned());
        }
        let Some(Held::Evidence(known)) = self.held.take() else {
            return Err("There is no list of files.".to_owned());
        };
        self.evidence = known;
        Ok(format!(
            "Not saved with the plan. Knows {}, until another plan is opened.",
            self.evidence.sentence()
        ))
    }
}

/// The sentences of a note with the line in front, if there is one.
fn with_line(note: &Diagnostic) -> String {
    let line = note.line().map_or(String::new(), |line| format!("Line {line}: "));
    line + note.sentences().as_str()
}
