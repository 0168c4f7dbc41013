//! Taking in what reviewers sent, and saying what it was.

use std::collections::BTreeMap;

use super::event::{Body, Event};
use super::log::{Added, Log};

/// What one reviewer sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The name that the reviewer gave.
    pub reviewer: String,
    /// Events that were not here.
    pub new: usize,
    /// Events that were.
    pub known: usize,
    /// The revision that was looked at last, as its first letters.
    pub revision: String,
    /// The last verdict: approved (`true`), changes asked for (`false`), none.
    pub approves: Option<bool>,
}

/// What came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// One line for each reviewer, in the order of names.
    pub receipts: Vec<Receipt>,
    /// A sentence for each event that was refused; the others were taken in.
    pub refused: Vec<String>,
}

impl Received {
    /// How many events were not here.
    pub fn new_events(&self) -> usize {
        self.receipts.iter().map(|receipt| receipt.new).sum()
    }

    /// "0 new, 7 already here, 1 refused"
    pub fn summary(&self) -> String {
        let known: usize = self.receipts.iter().map(|receipt| receipt.known).sum();
        let mut summary = format!("{} new, {known} already here", self.new_events());
        if !self.refused.is_empty() {
            summary.push_str(&format!(", {} refused", self.refused.len()));
        }
        summary
    }
}

/// Takes events in. One that is refused does not keep the others out.
pub fn receive(log: &mut Log, events: impl IntoIterator<Item = Result<Event, String>>) -> Received {
    let mut received = Received::default();
    let mut receipts: BTreeMap<String, (Receipt, u32)> = BTreeMap::new();
    for event in events {
        let event = match event {
            Ok(event) => event,
            Err(why) => {
                received.refused.push(format!("An event {why}."));
                continue;
            }
        };
        let statement = event.statement.clone();
        let added = log.add(event);
        if let Added::Refused(why) = added {
            received.refused.push(format!("An event by {} {why}.", statement.author));
            continue;
        }
        let empty = Receipt {
            reviewer: statement.author.clone(),
            new: 0,
            known: 0,
            revision: String::new(),
            approves: None,
        };
        let (receipt, last) = receipts.entry(statement.author.clone()).or_insert((empty, 0));
        match added {
            Added::New => receipt.new += 1,
            _ => receipt.known += 1,
        }
        if statement.clock >= *last {
            *last = statement.clock;
            receipt.revision = statement.revision.short();
            match statement.body {
                Body::Approve { .. } => receipt.approves = Some(true),
                Body::RequestChanges { .. } => receipt.approves = Some(false),
                _ => {}
            }
        }
    }
    received.receipts = receipts.into_values().map(|(receipt, _)| receipt).collect();
    received
}

/// "4 comments, 1 suggestion": what a reply holds, for the button that copies it.
pub fn contents<'a>(events: impl IntoIterator<Item = &'a Event>) -> String {
    let mut counts = [0usize; 4];
    for event in events {
        let kind = match event.statement.body {
            Body::Comment { .. } | Body::Reply { .. } => 0,
            Body::Suggest { .. } => 1,
            Body::Approve { .. } | Body::RequestChanges { .. } => 2,
            _ => 3,
        };
        counts[kind] += 1;
    }
    let names = ["comment", "suggestion", "verdict", "other"];
    let part = |(count, name): (&usize, &str)| {
        let plural = if *count == 1 || name == "other" { "" } else { "s" };
        format!("{count} {name}{plural}")
    };
    let parts: Vec<String> = counts.iter().zip(names).filter(|(count, _)| **count > 0).map(part).collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}
