//! Everything that was said about one plan: a set that only grows (a G-Set; Shapiro, Preguiça, Baquero and Zawirski,
//! "Conflict-free Replicated Data Types", 2011). Joining two logs is the union, so any order and any number of times gives the
//! same log.

use std::collections::BTreeMap;

use super::event::{Body, Event, Statement};
use super::hash::Digest;
use super::revision::Revision;
use crate::plan::Plan;

/// Most events that are kept about one plan.
pub const MAX_EVENTS: usize = 50_000;

/// The events about one plan, by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Log {
    /// Id of the plan.
    plan: String,
    events: BTreeMap<Digest, Event>,
}

/// What happened to an event that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// It was not here.
    New,
    /// It was here.
    Known,
    /// It is not kept: a sentence without its subject, such as `belongs to another plan`.
    Refused(String),
}

impl Log {
    /// An empty log of a plan with this id.
    pub fn of(plan: &str) -> Log {
        Log { plan: plan.to_owned(), events: BTreeMap::new() }
    }

    /// Id of the plan.
    pub fn plan(&self) -> &str {
        &self.plan
    }

    /// Every event, by name; the order means nothing else.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }

    /// The event with this name.
    pub fn event(&self, id: Digest) -> Option<&Event> {
        self.events.get(&id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// The clock of the next statement: one more than the highest known.
    pub fn next_clock(&self) -> u32 {
        self.events.values().map(|event| event.statement.clock + 1).max().unwrap_or(1)
    }

    /// Says something about a plan in its present state, at this time in seconds since 1970, and returns the name of the
    /// event.
    ///
    /// # Errors
    /// A sentence that says why it can't be said.
    pub fn say(&mut self, plan: &Plan, author: &str, time: u64, body: Body) -> Result<Digest, String> {
        let revision = Revision::of(plan, self).id;
        self.say_about(revision, author, time, body)
    }

    /// The same, about a revision whose name is known.
    ///
    /// # Errors
    /// A sentence that says why it can't be said.
    pub fn say_about(
        &mut self,
        revision: Digest,
        author: &str,
        time: u64,
        body: Body,
    ) -> Result<Digest, String> {
        let author = author.trim().to_owned();
        let statement =
            Statement { plan: self.plan.clone(), revision, author, clock: self.next_clock(), time, body };
        let event = Event::from_json(&Event::new(statement).to_json()).map_err(sentence)?;
        let id = event.id;
        match self.add(event) {
            Added::Refused(why) => Err(sentence(why)),
            _ => Ok(id),
        }
    }

    /// Takes an event in.
    pub fn add(&mut self, event: Event) -> Added {
        if event.statement.plan != self.plan {
            return Added::Refused("belongs to another plan".to_owned());
        }
        if self.events.contains_key(&event.id) {
            return Added::Known;
        }
        if self.events.len() >= MAX_EVENTS {
            return Added::Refused(format!("is one more than the {MAX_EVENTS} that are kept about a plan"));
        }
        self.events.insert(event.id, event);
        Added::New
    }

    /// Takes every event of another log in.
    pub fn union(&mut self, other: &Log) {
        for event in other.events() {
            self.add(event.clone());
        }
    }

    /// One event per line, sorted, so that files that say the same are the same.
    pub fn to_lines(&self) -> String {
        let mut lines: Vec<String> = self.events.values().map(Event::to_json).collect();
        lines.sort_unstable();
        lines.iter().map(|line| format!("{line}\n")).collect()
    }

    /// Takes in the lines of a file; marks that git puts around a conflict are skipped, since both sides count. Returns how many
    /// were new, how many known, and a sentence for each line that was refused.
    pub fn read_lines(&mut self, text: &str) -> Lines {
        let mut lines = Lines::default();
        let is_mark = |line: &str| {
            ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark))
        };
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let line = line.trim();
            if line.is_empty() || is_mark(line) {
                continue;
            }
            match Event::from_json(line).map(|event| self.add(event)) {
                Ok(Added::New) => lines.new += 1,
                Ok(Added::Known) => lines.known += 1,
                Ok(Added::Refused(why)) | Err(why) => {
                    lines.refused.push(format!("Line {number}: the event {why}."))
                }
            }
        }
        lines
    }
}

fn sentence(why: String) -> String {
    format!("This can't be said: the event {why}.")
}

/// What reading lines gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// Events that were not here.
    pub new: usize,
    /// Events that were.
    pub known: usize,
    /// A sentence for each line that was refused.
    pub refused: Vec<String>,
}
