//! A log on one device: all events, which of them were made here, and which of those were sent. Like the log
//! itself, it only grows, so tabs merge by union, in whatever order they write.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::digest::Digest;
use super::event::{Event, EventBody};
use super::ignored::{Ignored, Subject};
use super::log::{Added, Log};

/// The meaning of an entry in storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// An event. The line is its JSON.
    Event,
    /// The event was made on this device.
    Said,
    /// The event was sent from this device.
    Sent,
    /// An event or an author is ignored on this device, or no longer is. The id says which, and how often
    /// that was changed.
    Ignored,
}

impl EntryKind {
    /// All kinds.
    pub const ALL: [EntryKind; 4] = [EntryKind::Event, EntryKind::Said, EntryKind::Sent, EntryKind::Ignored];

    /// The name used in storage.
    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Event => "event",
            EntryKind::Said => "said",
            EntryKind::Sent => "sent",
            EntryKind::Ignored => "ignored",
        }
    }
}

/// One entry in storage. Immutable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its meaning.
    pub kind: EntryKind,
    /// Id of the event, or what is ignored.
    pub id: String,
    /// The event as a line of JSON; empty for the other kinds.
    pub line: String,
}

/// The log of one plan on one device.
#[derive(Debug, Clone)]
pub struct LocalLog<B> {
    log: Log<B>,
    said: BTreeSet<Digest>,
    sent: BTreeSet<Digest>,
    ignored: Ignored,
    unsaved: Vec<Entry>,
}

impl<B> Default for LocalLog<B> {
    /// An empty log of a plan without an id.
    fn default() -> LocalLog<B> {
        LocalLog {
            log: Log::default(),
            said: BTreeSet::new(),
            sent: BTreeSet::new(),
            ignored: Ignored::default(),
            unsaved: Vec::new(),
        }
    }
}

impl<B: EventBody> LocalLog<B> {
    /// An empty log of the plan with this id.
    pub fn of(plan: &str) -> LocalLog<B> {
        LocalLog { log: Log::of(plan), ..LocalLog::default() }
    }

    /// All events, wherever they were made.
    pub fn log(&self) -> &Log<B> {
        &self.log
    }

    /// What is ignored on this device.
    pub fn ignored(&self) -> &Ignored {
        &self.ignored
    }

    /// The events that are not ignored.
    pub fn heard(&self) -> Cow<'_, Log<B>> {
        if self.ignored.is_empty() {
            return Cow::Borrowed(&self.log);
        }
        Cow::Owned(self.log.without(|event| self.ignored.reason(&self.log, event).is_some()))
    }

    /// Ignores an author or an event, or stops ignoring it.
    pub fn switch_ignored(&mut self, subject: Subject) {
        let id = self.ignored.switch(subject);
        self.unsaved.push(Entry { kind: EntryKind::Ignored, id, line: String::new() });
    }

    /// Makes an event on this device; see [`Log::record`].
    ///
    /// # Errors
    /// A sentence without its subject that says why the event is refused.
    pub fn record(&mut self, revision: Digest, author: &str, time: u64, body: B) -> Result<Digest, String> {
        let id = self.log.record(revision, author, time, body)?;
        self.note_event(id);
        self.said.insert(id);
        self.note(EntryKind::Said, id);
        Ok(id)
    }

    /// Adds an event made elsewhere.
    pub fn add(&mut self, event: Event<B>) -> Added {
        let id = event.id;
        let added = self.log.add(event);
        if added == Added::New {
            self.note_event(id);
        }
        added
    }

    /// Adds entries from storage. Ignores those that can't be read.
    pub fn take_stored(&mut self, entries: &[Entry]) {
        for entry in entries {
            match (entry.kind, Digest::try_from(entry.id.clone())) {
                (EntryKind::Event, _) => {
                    if let Ok(event) = Event::from_json(&entry.line) {
                        let _: Added = self.log.add(event);
                    }
                }
                (EntryKind::Said, Ok(id)) => drop(self.said.insert(id)),
                (EntryKind::Sent, Ok(id)) => drop(self.sent.insert(id)),
                (EntryKind::Ignored, _) => self.ignored.take_stored(&entry.id),
                _ => {}
            }
        }
    }

    /// Entries that are not in storage yet. Returns each only once.
    pub fn take_unsaved(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.unsaved)
    }

    /// Events that were made here and must still be sent to others.
    pub fn unsent(&self) -> Vec<&Event<B>> {
        let events = self.said.difference(&self.sent).filter_map(|id| self.log.event(*id));
        events.filter(|event| event.statement.body.is_news()).collect()
    }

    /// All events of one author that must be sent to others.
    pub fn said_by(&self, author: &str) -> Vec<&Event<B>> {
        let events = self.log.events().filter(|event| event.statement.author == author);
        events.filter(|event| event.statement.body.is_news()).collect()
    }

    /// These events and all events they refer to, so a reader without the log can understand them.
    pub fn with_ancestors<'a>(&'a self, events: &[&'a Event<B>]) -> Vec<&'a Event<B>> {
        let mut found: BTreeSet<Digest> = BTreeSet::new();
        let mut left: Vec<&Event<B>> = events.to_vec();
        while let Some(event) = left.pop() {
            if found.insert(event.id) {
                left.extend(event.statement.body.about().and_then(|id| self.log.event(id)));
            }
        }
        found.into_iter().filter_map(|id| self.log.event(id)).collect()
    }

    /// Marks the unsent events up to this clock as sent.
    pub fn mark_sent(&mut self, clock: u32) {
        let sent: Vec<Digest> = self
            .unsent()
            .iter()
            .filter(|event| event.statement.clock <= clock)
            .map(|event| event.id)
            .collect();
        for id in sent {
            self.sent.insert(id);
            self.note(EntryKind::Sent, id);
        }
    }

    fn note_event(&mut self, id: Digest) {
        if let Some(event) = self.log.event(id) {
            self.unsaved.push(Entry { kind: EntryKind::Event, id: id.to_string(), line: event.to_json() });
        }
    }

    fn note(&mut self, kind: EntryKind, id: Digest) {
        self.unsaved.push(Entry { kind, id: id.to_string(), line: String::new() });
    }
}
