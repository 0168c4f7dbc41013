//! Opens a document from storage.

use std::cell::RefCell;
use std::rc::Rc;

use phaseplan::library::{Documents, Storage, StorageError, Stored};
use phaseplan::protocol::{Answer, Content, DocumentRequest, Saving};
use phaseplan::session::Session;

use super::clock;
use super::page::Page;
use super::saving::{Autosave, OpenDocument};
use super::store::connection::Connection;

/// A request to open a document.
pub struct Opening {
    /// Number of the request.
    pub number: u32,
    /// The number of documents opened so far.
    pub opening: u32,
    /// Key in storage.
    pub key: String,
    /// The revision that the page has seen, if it has the text.
    pub known: Option<u32>,
}

/// Opens stored documents.
pub struct StoredDocuments {
    /// Receives the document.
    pub session: Rc<RefCell<Session>>,
    /// The storage.
    pub documents: Rc<Documents<Connection>>,
    /// Saves the document from then on.
    pub autosave: Rc<Autosave>,
    /// Receives the answer.
    pub page: Rc<Page>,
}

impl StoredDocuments {
    /// Opens a document, then posts the answer and the state of saving: it shows the page that its text is
    /// stored. If reading fails, the previous document stays open.
    pub async fn open(&self, asked: Opening) {
        let loaded = self.documents.load(&asked.key, clock::now()).await;
        let (outcome, saving) = match loaded {
            Ok(Stored { head, record: Some(record) }) => {
                let stored = head.as_ref().map_or(0, |head| head.revision);
                self.take(&asked, record, stored, head.map(|head| head.saved))
            }
            // The page has the text, and saving will compare the revision.
            Err(_) if asked.known.is_some() => (self.take_nothing(&asked), None),
            Ok(_) if self.documents.storage().is_spare() => {
                (refusal(StorageError::Damaged.on_reading()), None)
            }
            Ok(_) => (refusal("This plan is no longer on this device.".to_owned()), None),
            Err(error) if self.autosave.holds_nothing() => {
                // The page may show its text, and saving will compare the revision.
                self.autosave.open(asked.document(0));
                (refusal(error.on_reading()), Some(Saving::Failed(error.to_string())))
            }
            Err(error) => (refusal(error.on_reading()), None),
        };
        if let (Answer::Changed(Err(_)), None) = (&outcome, &saving) {
            // Identifies the open document for the page.
            self.autosave.reopen(asked.opening, asked.number);
        }
        self.page.post(asked.number, &outcome);
        // No view is drawn before the document is open, so all of them know the files.
        let unknown = match &outcome {
            Answer::Changed(Ok(_)) => self.take_evidence(&asked.key).await,
            _ => String::new(),
        };
        if let Some(saving) = saving {
            let notice = self.autosave.spare_notice();
            let notice = if notice.is_empty() { unknown } else { notice };
            self.autosave.report(&self.autosave.open_document(), asked.number, saving, notice);
        }
        self.autosave.save_now();
    }

    /// Passes the record of a document to the session. `saved` is the time when it was stored.
    fn take(
        &self,
        asked: &Opening,
        record: String,
        stored: u32,
        saved: Option<u64>,
    ) -> (Answer, Option<Saving>) {
        let content = Content::Record(record);
        let answer =
            self.session.borrow_mut().answer(DocumentRequest::Open { opening: asked.opening, content });
        if matches!(answer, Answer::Changed(Err(_))) {
            return (answer, None);
        }
        let document = asked.document(asked.known.unwrap_or(stored));
        let why_unsaved = self.documents.why_unsaved(&asked.key);
        // Content that is only in memory is saved again.
        document.is_changed.set(why_unsaved.is_some());
        self.autosave.open(document);
        let saving = match (why_unsaved, saved) {
            (Some(error), _) => Saving::Failed(error.to_string()),
            (None, Some(saved)) => Saving::At(saved),
            (None, None) => Saving::Nothing,
        };
        (answer, Some(saving))
    }

    /// Passes what is known of the repository of a document to the session. Returns a sentence if it can't
    /// be read.
    async fn take_evidence(&self, key: &str) -> String {
        let stored = match self.documents.evidence(key).await {
            Ok(text) => self.session.borrow_mut().take_stored_evidence(&text),
            Err(error) => Err(error.to_string()),
        };
        stored.err().map_or(String::new(), |why| {
            format!(
                "The list of files saved with this plan can't be read, so nothing follows from it: {why}."
            )
        })
    }

    /// Opens an empty document with the key.
    fn take_nothing(&self, asked: &Opening) -> Answer {
        self.autosave.open(asked.document(asked.known.unwrap_or_default()));
        let content = Content::Text(String::new());
        self.session.borrow_mut().answer(DocumentRequest::Open { opening: asked.opening, content })
    }
}

impl Opening {
    /// The saving state of the document at this revision.
    fn document(&self, revision: u32) -> OpenDocument {
        let document = OpenDocument::new(self.opening);
        document.key.replace(self.key.clone());
        document.revision.set(revision);
        document.through.set(self.number);
        document
    }
}

fn refusal(message: String) -> Answer {
    Answer::Changed(Err(message))
}
