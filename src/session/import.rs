//! Import of files and pastes.

use std::sync::Arc;

use super::known::Known;
use super::preview::Preview;
use super::ready::{Ready, said};
use super::{Session, shared};
use crate::document::Document;
use crate::evidence::Evidence;
use crate::import::{self, Imported, by_id, plan_text};
use crate::incoming::{Incoming, Input};
use crate::plan::Plan;
use crate::protocol::{Change, Found};
use crate::share::{Brought, Opened};
use crate::text::{self, Spelling};
use crate::view::Markup;
use crate::view::import::{self as view, Import, Origin};

/// Input that was read but not opened or added yet.
#[derive(Debug)]
pub(super) enum Held {
    /// A document.
    Ready(Box<Ready>),
    /// A plan of another tool, which is looked at first.
    Preview(Box<Preview>),
    /// Comments on a plan.
    Reply(Brought),
    /// What is known of a repository.
    Evidence(Arc<Evidence>),
}

/// The message when nothing is held, because the worker started again or something else was imported.
const GONE: &str = "What was read is no longer there. Paste it or open the file again.";

impl Session {
    /// Reads any input, and holds it until it is opened or added.
    pub(super) fn import(&mut self, input: Input) -> Result<Found, String> {
        match input.read().map_err(|error| error.message)? {
            Incoming::Plan(imported) => Ok(self.hold_plan(input, imported)),
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

    /// Holds a plan: in a format of this program ready to be opened, else for a preview.
    fn hold_plan(&mut self, input: Input, imported: Imported) -> Found {
        let tasks = imported.plan.tasks.len();
        if !import::is_own(imported.format) {
            let format = imported.format.to_owned();
            self.held = Some(Held::Preview(Box::new(Preview::new(input, imported))));
            return Found::Import { tasks, format };
        }
        let origin = Origin::of(&input, &imported);
        let is_text = imported.format == plan_text::FORMAT.name;
        let format = if is_text { String::new() } else { [" as ", imported.format].concat() };
        let opened = said(&["Opened ", &input.title()].concat(), &format, tasks, &origin);
        let document = match imported.text {
            Some(text) => Document::from_text(text),
            None => Document::from_plan(imported.plan),
        };
        let pasted = if is_text { String::new() } else { said("Pasted", &format, tasks, &origin) };
        let ready = Ready { document, origin: Some(origin), said: pasted, ..Ready::default() };
        self.held = Some(Held::Ready(Box::new(ready)));
        Found::Plan { said: opened }
    }

    fn hold_shared(&mut self, opened: &Opened) -> Found {
        // The id is for programs: readers don't see it.
        let text = text::print(&Plan { id: String::new(), ..opened.plan.clone() }, Spelling::Typing);
        let document = Document::from_parts(opened.plan.clone(), text);
        let shared = Some(shared::about(opened));
        self.held = Some(Held::Ready(Box::new(Ready { document, shared, ..Ready::default() })));
        Found::Shared { tasks: opened.plan.tasks.len() }
    }

    /// Takes the held document. The error says that there is none.
    pub(super) fn take_ready(&mut self) -> Result<Ready, String> {
        match self.held.take_if(|held| matches!(held, Held::Ready(_) | Held::Preview(_))) {
            Some(Held::Ready(ready)) => Ok(*ready),
            Some(Held::Preview(preview)) => Ok(preview.into_ready()),
            Some(Held::Reply(_) | Held::Evidence(_)) | None => Err(GONE.to_owned()),
        }
    }

    /// Takes the text of the held import, as it was pasted.
    pub(super) fn take_unread(&mut self) -> Result<String, String> {
        match self.held.take_if(|held| matches!(held, Held::Preview(_))) {
            Some(Held::Preview(preview)) => preview.text().ok_or_else(|| GONE.to_owned()),
            _ => Err(GONE.to_owned()),
        }
    }

    /// Takes the held reply.
    pub(super) fn take_reply(&mut self) -> Option<Brought> {
        match self.held.take() {
            Some(Held::Reply(brought)) => Some(brought),
            _ => None,
        }
    }

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
        let known = self.evidence.sentence();
        Ok(match self.is_only_shown() {
            true => format!("Not saved with the plan, which is only shown. Knows {known}."),
            false => format!(
                "Knows {known}. The list stays with this plan on this device, and no link contains it."
            ),
        })
    }

    /// What is known of the repository of the open document.
    pub fn evidence(&self) -> &Arc<Evidence> {
        &self.evidence
    }

    /// Takes in the evidence that was stored with the open document; an empty text if there is none.
    ///
    /// # Errors
    ///
    /// If it can't be read, with the reason as a part of a sentence.
    pub fn take_stored_evidence(&mut self, text: &str) -> Result<(), String> {
        if text.is_empty() {
            return Ok(());
        }
        let read = Evidence::read(text);
        self.evidence = Arc::new(read.map_err(|error| error.message.trim_end_matches('.').to_owned())?);
        self.known = Known::default();
        Ok(())
    }

    /// Changes the plan of the import.
    pub(super) fn change_import(&mut self, change: Change) -> Result<(), String> {
        self.preview_mut()?.change(change)
    }

    /// Reads the import again, as another format. Changes made to its plan are lost.
    pub(super) fn read_import_as(&mut self, format: &str) -> Result<(), String> {
        let format = by_id(format).ok_or("There is no such format.")?;
        self.preview_mut()?.read_as(format);
        Ok(())
    }

    /// Draws the plan that was imported and is not opened yet: see [`view::import`]. `replaces` says whether it
    /// was pasted in place of the open plan.
    pub fn draw_import(&self, replaces: bool, rows: usize) -> Vec<Markup> {
        let Some(Held::Preview(preview)) = &self.held else {
            return view::gone(GONE);
        };
        preview.draw(replaces && !self.is_only_shown(), !self.document.is_blank(), rows)
    }

    /// Draws what was guessed and skipped when the open plan was imported.
    pub fn draw_imported(&self, rows: usize) -> Vec<Markup> {
        let (plan, origin) = (self.document.plan(), self.origin.as_ref());
        view::import(&Import { plan, origin, problem: None, rows, pending: None })
    }

    fn preview_mut(&mut self) -> Result<&mut Preview, String> {
        match &mut self.held {
            Some(Held::Preview(preview)) => Ok(preview),
            _ => Err(GONE.to_owned()),
        }
    }
}
