//! Answers requests about the documents on this device.

use std::cell::RefCell;
use std::rc::Rc;

use phaseplan::Plan;
use phaseplan::events::Digest;
use phaseplan::explain::counted;
use phaseplan::library::{Documents, Head, ImportedDocuments, StorageError};
use phaseplan::protocol::{Answer, DocumentList, Found, LibraryRequest, SavedFile, StoredPlan};
use phaseplan::review::revision::content_of;
use phaseplan::session::Session;
use phaseplan::view::compare::choose;
use phaseplan::view::{Markup, documents, share};
use wasm_bindgen::JsValue;

use super::clock::{keys, now};
use super::saving::Autosave;
use super::store::connection::Connection;

/// Answers requests about stored documents.
pub struct DocumentRequests {
    /// Holds the open document.
    pub session: Rc<RefCell<Session>>,
    /// The storage.
    pub documents: Rc<Documents<Connection>>,
    /// The key of the open document in storage.
    pub autosave: Rc<Autosave>,
}

impl DocumentRequests {
    /// Draws a list. `rows` is the most tasks of an import to draw.
    async fn draw(&self, list: DocumentList, rows: usize) -> Vec<Markup> {
        let current = self.autosave.key();
        match list {
            DocumentList::Recent => documents::recent(self.heads().await, &current, now()),
            DocumentList::Newest => documents::newest(self.heads().await, &current, now()),
            DocumentList::All => {
                let (mut heads, error) = self.documents.heads(now()).await;
                let error = error.map(StorageError::on_reading);
                self.documents.empty_bin(&mut heads, now()).await;
                documents::all(heads, &current, error.as_deref(), now())
            }
            DocumentList::Versions(key) => {
                let head = self.heads().await.into_iter().find(|head| head.key == key).unwrap_or_default();
                let versions = self.documents.versions(&key).await.unwrap_or_default();
                documents::versions(&head, &versions, now())
            }
            DocumentList::Link { problem } => share::open_box(&problem),
            DocumentList::Broken { link, problem } => share::broken(&link, &problem),
            DocumentList::Compare { beside, problem } => {
                let versions = match current.as_str() {
                    "" => Vec::new(),
                    _ if beside => Vec::new(),
                    key => self.documents.versions(key).await.unwrap_or_default(),
                };
                choose::choices(self.heads().await, &versions, &current, (beside, &problem), now())
            }
            DocumentList::Import { replaces } => self.session.borrow().draw_import(replaces, rows),
            DocumentList::Imported => self.session.borrow().draw_imported(rows),
        }
    }

    /// What is known of each document that storage can read.
    async fn heads(&self) -> Vec<Head> {
        self.documents.heads(now()).await.0
    }

    /// Answers a request.
    pub async fn answer(&self, request: LibraryRequest) -> Answer {
        let documents = &self.documents;
        Answer::Done(match request {
            LibraryRequest::Draw { list, rows } => {
                return Answer::Drawn { groups: vec![self.draw(list, rows).await], placed: None };
            }
            LibraryRequest::Compare(plan) => return self.compare(plan).await,
            LibraryRequest::Beside(key) => {
                return match documents.plan(&key, now()).await {
                    Ok((name, plan)) => self.session.borrow_mut().put_beside(&name, plan),
                    Err(message) => Answer::Done(Err(message)),
                };
            }
            LibraryRequest::File(key) => {
                return files(documents.file(&key, now()).await.map(|file| vec![file]));
            }
            LibraryRequest::AllFiles => return files(documents.all_files(now()).await),
            LibraryRequest::ReadBack(inventory) => {
                let outcome = documents.read_back(&inventory).await;
                if outcome.is_err() {
                    self.autosave.doubt(inventory);
                }
                outcome
            }
            LibraryRequest::Adopt(old) => documents.adopt(old, &keys()).await.map(|()| String::new()),
            LibraryRequest::Recover(journal) => documents.recover(journal, &keys()).await,
            LibraryRequest::Duplicate(key) => documents.duplicate(&key, &keys()).await,
            LibraryRequest::Remove(key) => documents.remove(&key, &keys()).await,
            LibraryRequest::Restore(key) => documents.restore(&key).await,
            LibraryRequest::NameVersion(name) => self.name_version(&name).await,
            LibraryRequest::CopyVersion { key, saved } => documents.copy_version(&key, saved, &keys()).await,
        })
    }

    /// Saves the open document as a named version.
    async fn name_version(&self, name: &str) -> Result<String, String> {
        let snapshot = self.autosave.snapshot();
        self.documents.name_version(snapshot, name, now()).await
    }

    /// Saves the sent document as a version, for later comparisons.
    pub async fn add_sent_version(&self) {
        // If storage fails, the link itself can still be compared with.
        let _ = self.name_version("Sent out").await;
    }

    /// Stores every document of a file except the first, which the session holds to open it next.
    pub async fn import_all(&self, records: Vec<(String, String)>) -> Result<Found, String> {
        let ImportedDocuments { first, count } = self.documents.import_all(records, &keys()).await?;
        let tasks = first.plan().tasks.len();
        self.session.borrow_mut().hold(first);
        let said = match count {
            1 => format!("Opened a plan: {}.", counted(tasks, "task")),
            _ => format!(
                "Opened the first of {count} plans: {}. All {count} are in the list of plans.",
                counted(tasks, "task")
            ),
        };
        Ok(Found::Plan { said })
    }

    /// Compares the open plan with a stored one.
    async fn compare(&self, plan: StoredPlan) -> Answer {
        let found = match plan {
            StoredPlan::Document(key) => self.document(&key).await,
            StoredPlan::Version { key, saved } => self.version(&key, saved).await,
            StoredPlan::Revision(name) => self.revision(&name).await,
        };
        match found {
            Ok((name, plan)) => self.session.borrow_mut().compare_with(name, plan),
            Err(message) => Answer::Done(Err(message)),
        }
    }

    /// The name and plan of a document.
    async fn document(&self, key: &str) -> Result<(String, Plan), String> {
        let (name, plan) = self.documents.plan(key, now()).await?;
        Ok((format!("“{name}”"), plan))
    }

    /// The name and plan of a version.
    async fn version(&self, key: &str, saved: u64) -> Result<(String, Plan), String> {
        let (name, plan) = self.documents.plan_of_version(key, saved).await?;
        let name = match name.as_str() {
            "" => format!("the version of {}", local_time(saved)),
            name => format!("the version “{name}”"),
        };
        Ok((name, plan))
    }

    /// The name and plan of a sent revision, if a version of the open document equals it.
    async fn revision(&self, name: &str) -> Result<(String, Plan), String> {
        let content = self.session.borrow().content_in(name).ok_or(NO_VERSION)?;
        let key = self.autosave.key();
        let plan = self.documents.version_with(&key, |plan| content_of(plan) == content).await?;
        let short = Digest::try_from(name.to_owned()).map_or(String::new(), |digest| digest.short());
        Ok((format!("revision {short}, which was looked at"), plan.ok_or(NO_VERSION)?))
    }
}

const NO_VERSION: &str = "That revision is not among the versions on this device. If you have the link that \
    was sent out, paste it below.";

fn files(files: Result<Vec<SavedFile>, String>) -> Answer {
    match files {
        Ok(files) => Answer::Files(files),
        Err(message) => Answer::Done(Err(message)),
    }
}

/// A time in milliseconds since 1970, in the user's locale and time zone.
fn local_time(time: u64) -> String {
    let date = js_sys::Date::new(&(time as f64).into());
    String::from(date.to_locale_string("default", &JsValue::UNDEFINED))
}
