//! What somebody ignores on their device: authors and single events. Ignoring deletes nothing and is never
//! sent to others.
//!
//! Each change of mind is a new entry, so tabs merge by union like the log: what was switched an odd number
//! of times is ignored.

use std::collections::BTreeMap;

use super::digest::Digest;
use super::event::{Event, EventBody};
use super::log::Log;

/// An answer to an answer to a statement is about the statement too. Longer chains mean nothing.
const LONGEST_CHAIN: usize = 4;

/// Something that can be ignored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// All events under a name.
    Author(String),
    /// One event.
    Event(Digest),
}

impl Subject {
    /// The subject in storage.
    fn written(&self) -> String {
        match self {
            Subject::Author(name) => format!("author {name}"),
            Subject::Event(id) => format!("event {id}"),
        }
    }

    fn read(text: &str) -> Option<Subject> {
        let (kind, rest) = text.split_once(' ')?;
        match kind {
            "author" => Some(Subject::Author(rest.to_owned())),
            "event" => Digest::try_from(rest.to_owned()).ok().map(Subject::Event),
            _ => None,
        }
    }
}

/// How often each subject was switched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ignored(BTreeMap<Subject, u32>);

impl FromIterator<Subject> for Ignored {
    fn from_iter<T: IntoIterator<Item = Subject>>(subjects: T) -> Ignored {
        Ignored(subjects.into_iter().map(|subject| (subject, 1)).collect())
    }
}

impl Ignored {
    /// Whether nothing is ignored.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|times| times % 2 == 0)
    }

    /// What is ignored, sorted.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.0.iter().filter(|(_, times)| *times % 2 == 1).map(|(subject, _)| subject)
    }

    /// Ignores the subject, or stops ignoring it. Returns the id of the entry in storage.
    pub(super) fn switch(&mut self, subject: Subject) -> String {
        let written = subject.written();
        let times = self.0.entry(subject).or_insert(0);
        *times += 1;
        format!("{times} {written}")
    }

    /// Takes in the id of an entry in storage. Ignores one that can't be read.
    pub(super) fn take_stored(&mut self, id: &str) {
        let Some((times, subject)) = id.split_once(' ') else { return };
        if let (Ok(times), Some(subject)) = (times.parse::<u32>(), Subject::read(subject)) {
            let known = self.0.entry(subject).or_insert(0);
            *known = times.max(*known);
        }
    }

    fn has(&self, subject: Subject) -> bool {
        self.0.get(&subject).is_some_and(|times| times % 2 == 1)
    }

    /// Why an event is left out: it, its author, or what it is about is ignored.
    pub fn reason<B: EventBody>(&self, log: &Log<B>, event: &Event<B>) -> Option<Subject> {
        let mut next = Some(event);
        for _ in 0..LONGEST_CHAIN {
            let event = next?;
            let (one, author) = (Subject::Event(event.id), Subject::Author(event.statement.author.clone()));
            if let Some(reason) = [one, author].into_iter().find(|subject| self.has(subject.clone())) {
                return Some(reason);
            }
            next = event.statement.body.about().and_then(|id| log.event(id));
        }
        None
    }
}
