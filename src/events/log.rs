//! All events about one plan: a set that only grows (a G-Set; Shapiro, Preguiça, Baquero and Zawirski,
//! "Conflict-free Replicated Data Types", 2011). Merging two logs is their union, so any order and any number
//! of merges gives the same log.

use std::collections::BTreeMap;

use super::clocks::Clocks;
use super::digest::Digest;
use super::event::{Event, EventBody, Statement};
use super::limits::MAX_EVENTS;
use super::names;

/// The events about one plan, by id.
#[derive(Debug, Clone, PartialEq)]
pub struct Log<B> {
    /// Id of the plan.
    plan: String,
    events: BTreeMap<Digest, Event<B>>,
}

/// The result of adding an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// The event is new.
    New,
    /// The log already has it.
    Known,
    /// The log refuses it: a sentence without its subject, such as `belongs to another plan`.
    Refused(String),
}

/// The result of reading lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// The number of new events.
    pub new: usize,
    /// The number of events that the log already had.
    pub known: usize,
    /// A sentence for each line that was refused.
    pub refused: Vec<String>,
}

impl<B> Default for Log<B> {
    /// An empty log of a plan without an id.
    fn default() -> Log<B> {
        Log { plan: String::new(), events: BTreeMap::new() }
    }
}

impl<B: EventBody> Log<B> {
    /// An empty log of the plan with this id.
    pub fn of(plan: &str) -> Log<B> {
        Log { plan: plan.to_owned(), ..Log::default() }
    }

    /// Id of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    /// All events, by id. The order has no other meaning.
    pub fn events(&self) -> impl Iterator<Item = &Event<B>> {
        self.events.values()
    }

    /// The event with this id.
    pub fn event(&self, id: Digest) -> Option<&Event<B>> {
        self.events.get(&id)
    }

    /// The number of events.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there are no events.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Which clocks count, and the next one. Time: O(n log n).
    pub fn clocks(&self) -> Clocks {
        Clocks::of(self.events.values().map(|event| event.statement.clock))
    }

    /// Makes an event about a revision of the plan, at this time in seconds since 1970, adds it, and returns
    /// its id.
    ///
    /// # Errors
    /// A sentence without its subject that says why the event is refused.
    pub fn record(&mut self, revision: Digest, author: &str, time: u64, body: B) -> Result<Digest, String> {
        let author = names::normal(author);
        let clock = self.clocks().next();
        let statement = Statement { plan: self.plan.clone(), revision, author, clock, time, body };
        let event = Event::from_json(&Event::new(statement).to_json())?;
        let id = event.id;
        match self.add(event) {
            Added::Refused(why) => Err(why),
            Added::New | Added::Known => Ok(id),
        }
    }

    /// Adds an event.
    pub fn add(&mut self, event: Event<B>) -> Added {
        if event.statement.plan != self.plan {
            return Added::Refused("belongs to another plan".to_owned());
        }
        if self.events.contains_key(&event.id) {
            return Added::Known;
        }
        if self.events.len() >= MAX_EVENTS {
            return Added::Refused(format!("exceeds the limit of {MAX_EVENTS} events per plan"));
        }
        self.events.insert(event.id, event);
        Added::New
    }

    /// Adds every event of another log.
    pub fn union(&mut self, other: &Log<B>) {
        for event in other.events() {
            self.add(event.clone());
        }
    }

    /// One event per line, sorted, so equal logs give equal files.
    pub fn to_lines(&self) -> String {
        let mut lines: Vec<String> = self.events.values().map(Event::to_json).collect();
        lines.sort_unstable();
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// Adds the events of a file, one per line. Skips the conflict markers of git, since both sides count.
    pub fn read_lines(&mut self, text: &str) -> Lines {
        let mut lines = Lines::default();
        for (number, line) in (1..).zip(text.lines()) {
            match self.read_line(line) {
                None => {}
                Some(Added::New) => lines.new += 1,
                Some(Added::Known) => lines.known += 1,
                Some(Added::Refused(why)) => lines.refused.push(format!("Line {number}: the event {why}.")),
            }
        }
        lines
    }

    /// Adds the event of one line of a file; `None` if there is none: the line is blank or a conflict marker
    /// of git.
    pub fn read_line(&mut self, line: &str) -> Option<Added> {
        let line = line.trim_start_matches('\u{feff}').trim();
        let is_mark = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark));
        if line.is_empty() || is_mark {
            return None;
        }
        Some(Event::from_json(line).map_or_else(Added::Refused, |event| self.add(event)))
    }

    /// The log without the events that `is_left_out` accepts.
    pub fn without(&self, is_left_out: impl Fn(&Event<B>) -> bool) -> Log<B> {
        let kept = self.events.iter().filter(|(_, event)| !is_left_out(event));
        Log { plan: self.plan.clone(), events: kept.map(|(id, event)| (*id, event.clone())).collect() }
    }
}
