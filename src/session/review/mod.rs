//! The review of the open plan: statements about it, and actions on them.
//!
//! The log is separate from the document and its history: a statement can't be undone, only withdrawn. Only
//! accepting a suggestion changes the document.

mod acts;
mod reply;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::Session;
use super::run::Run;
use crate::events::{Digest, Entry, Subject, names};
use crate::plan::TaskId;
use crate::protocol::DocumentState;
use crate::review::revision::content_in;
#[cfg(doc)]
use crate::review::revision::content_of;
use crate::review::state::open_threads;
use crate::review::{LocalLog, Revision, State};
use crate::view::review::{Arrived, IgnoredStatements};

/// The review of the open plan.
#[derive(Debug, Default)]
pub(super) struct Review {
    log: LocalLog,
    /// The name of the user.
    name: String,
    /// Whether the name is not stored yet.
    is_name_new: bool,
    /// The reason why statements are in this tab only.
    fault: Option<String>,
    /// The last received statements.
    arrived: Option<Arrived>,
    /// Other plans that received statements, by id, with their name; `None` if the plan is not on this
    /// device.
    other_plans: BTreeMap<String, Option<String>>,
    /// The number of open threads per task.
    open: BTreeMap<Option<TaskId>, usize>,
    /// The number of changes of `open`.
    pub version: u32,
}

impl Review {
    /// The number of open threads.
    pub fn open_threads(&self) -> usize {
        self.open.values().sum()
    }
}

/// The unsaved part of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnsavedReview {
    /// Id of the plan.
    pub plan: String,
    /// The name of the user, if it is new.
    pub name: Option<String>,
    /// Statements made and received.
    pub entries: Vec<Entry>,
}

impl Session {
    /// Id of the plan whose review is held; empty if it has none.
    pub fn reviewed_plan(&self) -> &str {
        self.review.log.log().plan()
    }

    /// Adds the stored review of a plan, unless another plan is open by now.
    pub fn take_stored_review(&mut self, plan: &str, entries: &[Entry]) {
        if self.reviewed_plan() == plan {
            self.review.log.take_stored(entries);
            self.count_threads();
        }
    }

    /// Whether the open plan equals a sent revision, so somebody may have reviewed it.
    pub fn is_sent_out(&self) -> bool {
        self.revision().is_published
    }

    /// The content of a reviewed plan, by the name of its revision: see [`content_of`]. `None` if it was
    /// never sent.
    pub fn content_in(&self, revision: &str) -> Option<Digest> {
        content_in(self.review.log.log(), Digest::try_from(revision.to_owned()).ok()?)
    }

    /// The name of the user; empty if it is not known.
    pub(super) fn review_name(&self) -> &str {
        &self.review.name
    }

    /// Sets the user's name from storage.
    pub fn take_stored_name(&mut self, name: String) {
        if self.review.name.is_empty() {
            self.review.name = names::normal(&name);
        }
    }

    /// Takes the unsaved part, so that it is returned only once.
    pub fn take_unsaved_review(&mut self) -> UnsavedReview {
        let review = &mut self.review;
        let name = std::mem::take(&mut review.is_name_new).then(|| review.name.clone());
        let plan = review.log.log().plan().to_owned();
        UnsavedReview { plan, name, entries: review.log.take_unsaved() }
    }

    /// Sets the reason why statements can't be stored; `None` if they can.
    pub fn set_review_fault(&mut self, fault: Option<String>) {
        self.review.fault = fault;
    }

    /// Ids of other plans that received statements.
    pub fn other_plans(&self) -> Vec<String> {
        self.review.other_plans.keys().cloned().collect()
    }

    /// Sets the name of the plan on this device with this id.
    pub fn name_other_plan(&mut self, plan: &str, name: String) {
        self.review.other_plans.insert(plan.to_owned(), Some(name));
    }

    /// The state of the review, for the page.
    pub fn review_state(&self) -> DocumentState {
        DocumentState { is_same_plan: true, ..self.changed(false) }
    }

    /// Switches to the review of the open plan. The owner of the session loads it from storage.
    pub(super) fn follow_plan(&mut self) {
        if self.document.plan().id != self.reviewed_plan() {
            self.review.log = LocalLog::of(&self.document.plan().id);
            self.run = Run::of(&self.document.plan().id);
            (self.review.arrived, self.review.fault) = (None, None);
            self.review.other_plans.clear();
            self.count_threads();
        }
    }

    fn count_threads(&mut self) {
        let open = open_threads(&self.review.log.heard());
        if open != self.review.open {
            self.drawn.open_threads =
                open.iter().filter_map(|(task, count)| Some((task.clone()?, *count))).collect();
            self.review.open = open;
            self.review.version = self.review.version.wrapping_add(1);
        }
    }

    /// The current revision. A plan from a link has the revision in the link.
    fn revision(&self) -> Revision {
        let plan = self.document.plan();
        match self.shared.as_ref().and_then(|shared| shared.revision) {
            Some(id) => Revision::named(id, plan),
            None => Revision::of(plan, &self.review.log.heard()),
        }
    }

    /// The revision for the link of the plan, if anybody can refer to it.
    pub(super) fn revision_in_link(&self) -> Option<Digest> {
        (!self.document.plan().id.is_empty()).then(|| self.revision().id)
    }

    pub(super) fn state(&self) -> State {
        State::in_revision(&self.review.log.heard(), self.document.plan(), self.revision())
    }

    /// What is ignored on this device.
    fn ignored(&self) -> Vec<IgnoredStatements> {
        let (log, ignored) = (self.review.log.log(), self.review.log.ignored());
        if ignored.is_empty() {
            return Vec::new();
        }
        let mut found: BTreeMap<Subject, IgnoredStatements> = BTreeMap::new();
        for event in log.events() {
            let Some(reason) = ignored.reason(log, event) else { continue };
            // An answer by somebody else may be ignored with what it is about.
            let (about, author) = match &reason {
                Subject::Event(id) => (*id, log.event(*id).map(|event| &event.statement.author)),
                Subject::Author(name) => (event.id, Some(name)),
            };
            let is_author = matches!(reason, Subject::Author(_));
            let author = author.cloned().unwrap_or_default();
            let is_by_author = event.statement.author == author;
            let one = found.entry(reason).or_insert(IgnoredStatements { about, author, is_author, count: 0 });
            one.count += 1;
            if is_by_author && is_author {
                one.about = event.id;
            }
        }
        found.into_values().collect()
    }
}
