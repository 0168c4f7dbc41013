//! What one device keeps of a review: everything that was said, what of that was said here, and what of that was sent. Like
//! the log, it only grows, so that tabs are joined by the union and the order of writing does not matter.

use std::collections::BTreeSet;

use super::event::{Body, Event};
use super::hash::Digest;
use super::log::{Added, Log};
use super::receive::{Received, receive};

/// What one thing that is kept means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An event; its line is its JSON.
    Event,
    /// The event was said on this device.
    Said,
    /// The event was sent from this device.
    Sent,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Event, Kind::Said, Kind::Sent];

    /// The word used in storage.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Event => "event",
            Kind::Said => "said",
            Kind::Sent => "sent",
        }
    }
}

/// One thing that is kept. It is never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it means.
    pub kind: Kind,
    /// The event that it is about.
    pub id: String,
    /// The event as a line of JSON, else empty.
    pub line: String,
}

/// The review of one plan on one device.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    log: Log,
    said: BTreeSet<Digest>,
    sent: BTreeSet<Digest>,
    unsaved: Vec<Entry>,
}

impl Folder {
    /// An empty one for the plan with this id.
    pub fn of(plan: &str) -> Folder {
        Folder { log: Log::of(plan), ..Folder::default() }
    }

    /// Everything that was said.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Says something; see [`Log::say_about`].
    ///
    /// # Errors
    /// A sentence that says why it can't be said.
    pub fn say(&mut self, revision: Digest, author: &str, time: u64, body: Body) -> Result<Digest, String> {
        let id = self.log.say_about(revision, author, time, body)?;
        self.note_event(id);
        self.said.insert(id);
        self.note(Kind::Said, id);
        Ok(id)
    }

    /// Takes in what others sent; see [`receive`].
    pub fn receive(&mut self, events: Vec<Result<Event, String>>) -> Received {
        let is_new = |event: &Event| self.log.event(event.id).is_none();
        let ids: BTreeSet<Digest> =
            events.iter().flatten().filter(|event| is_new(event)).map(|event| event.id).collect();
        let received = receive(&mut self.log, events);
        for id in ids {
            self.note_event(id);
        }
        received
    }

    /// Takes in what storage has. What can't be read is left out.
    pub fn take_stored(&mut self, entries: &[Entry]) {
        for entry in entries {
            match (entry.kind, Digest::try_from(entry.id.clone())) {
                (Kind::Event, _) => {
                    if let Ok(event) = Event::from_json(&entry.line) {
                        let _: Added = self.log.add(event);
                    }
                }
                (Kind::Said, Ok(id)) => drop(self.said.insert(id)),
                (Kind::Sent, Ok(id)) => drop(self.sent.insert(id)),
                _ => {}
            }
        }
    }

    /// What storage does not have yet; it is handed out once.
    pub fn take_unsaved(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.unsaved)
    }

    /// What was said here and not sent. That the plan was sent out is no news for anybody.
    pub fn unsent(&self) -> Vec<&Event> {
        let events = self.said.difference(&self.sent).filter_map(|id| self.log.event(*id));
        events.filter(|event| !matches!(event.statement.body, Body::Publish { .. })).collect()
    }

    /// All that somebody said.
    pub fn said_by(&self, author: &str) -> Vec<&Event> {
        let events = self.log.events().filter(|event| event.statement.author == author);
        events.filter(|event| !matches!(event.statement.body, Body::Publish { .. })).collect()
    }

    /// These events and all that they are about, so that they can be understood by who has nothing else.
    pub fn with_ancestors<'a>(&'a self, events: &[&'a Event]) -> Vec<&'a Event> {
        let mut found: BTreeSet<Digest> = BTreeSet::new();
        let mut left: Vec<&Event> = events.to_vec();
        while let Some(event) = left.pop() {
            if found.insert(event.id) {
                left.extend(event.statement.body.about().and_then(|id| self.log.event(id)));
            }
        }
        found.into_iter().filter_map(|id| self.log.event(id)).collect()
    }

    /// Notes that what was said here up to this clock was sent.
    pub fn mark_sent(&mut self, clock: u32) {
        let sent: Vec<Digest> = self
            .unsent()
            .iter()
            .filter(|event| event.statement.clock <= clock)
            .map(|event| event.id)
            .collect();
        for id in sent {
            self.sent.insert(id);
            self.note(Kind::Sent, id);
        }
    }

    fn note_event(&mut self, id: Digest) {
        if let Some(event) = self.log.event(id) {
            self.unsaved.push(Entry { kind: Kind::Event, id: id.to_string(), line: event.to_json() });
        }
    }

    fn note(&mut self, kind: Kind, id: Digest) {
        self.unsaved.push(Entry { kind, id: id.to_string(), line: String::new() });
    }
}
