//! Adds the events that reviewers sent, and summarises them.

use std::collections::BTreeMap;

use super::body::{Body, Event, LocalLog, Log};
use crate::events::{Added, Digest};

/// The events of one reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The name that the reviewer entered.
    pub reviewer: String,
    /// The number of new events.
    pub new: usize,
    /// The number of known events.
    pub known: usize,
    /// The first letters of the last revision that was reviewed.
    pub revision: String,
    /// The last verdict: approved (`true`), changes requested (`false`), or none.
    pub approves: Option<bool>,
}

/// The result of receiving events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// One receipt per reviewer, sorted by name.
    pub receipts: Vec<Receipt>,
    /// A sentence for each refused event. All others were added.
    pub refused: Vec<String>,
}

impl Received {
    /// The number of new events.
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

/// Adds events to a log. A refused event doesn't affect the others.
pub fn receive(log: &mut Log, events: impl IntoIterator<Item = Result<Event, String>>) -> Received {
    let (mut received, taken) = add_all(|event| log.add(event), events);
    received.receipts = receipts(log, &taken);
    received
}

impl LocalLog {
    /// Adds events sent by others. A refused event doesn't affect the others.
    pub fn receive(&mut self, events: impl IntoIterator<Item = Result<Event, String>>) -> Received {
        let (mut received, taken) = add_all(|event| self.add(event), events);
        received.receipts = receipts(self.log(), &taken);
        received
    }
}

/// Adds the events. Returns the refused ones, and the ids of the others with whether they are new.
fn add_all(
    mut add: impl FnMut(Event) -> Added,
    events: impl IntoIterator<Item = Result<Event, String>>,
) -> (Received, Vec<(Digest, bool)>) {
    let (mut received, mut taken) = (Received::default(), Vec::new());
    for event in events {
        let event = match event {
            Ok(event) => event,
            Err(why) => {
                received.refused.push(format!("An event {why}."));
                continue;
            }
        };
        let (id, author) = (event.id, event.statement.author.clone());
        match add(event) {
            Added::Refused(why) => received.refused.push(format!("An event by {author} {why}.")),
            added => taken.push((id, added == Added::New)),
        }
    }
    (received, taken)
}

/// The receipts for events that are in the log by now.
fn receipts(log: &Log, taken: &[(Digest, bool)]) -> Vec<Receipt> {
    let clocks = log.clocks();
    let event = |(id, is_new): &(Digest, bool)| Some((log.event(*id)?, *is_new));
    let mut events: Vec<(&Event, bool)> = taken.iter().filter_map(event).collect();
    events.sort_by_key(|(event, _)| clocks.rank(event));
    let mut receipts: BTreeMap<&str, Receipt> = BTreeMap::new();
    for (event, is_new) in events {
        let statement = &event.statement;
        let receipt = receipts.entry(&statement.author).or_insert_with(|| Receipt {
            reviewer: statement.author.clone(),
            new: 0,
            known: 0,
            revision: String::new(),
            approves: None,
        });
        *(if is_new { &mut receipt.new } else { &mut receipt.known }) += 1;
        receipt.revision = statement.revision.short();
        match statement.body {
            Body::Approve { .. } => receipt.approves = Some(true),
            Body::RequestChanges { .. } => receipt.approves = Some(false),
            _ => {}
        }
    }
    receipts.into_values().collect()
}

/// "4 comments, 1 suggestion, approval": the contents of a reply, for the button that copies it. Only the
/// last verdict counts. Excludes publications, which only name the revision.
pub fn contents<'a>(events: impl IntoIterator<Item = &'a Event>) -> String {
    let (mut comments, mut suggestions, mut decisions, mut corrections) = (0, 0, 0, 0);
    let mut verdict: Option<&Event> = None;
    for event in events {
        match event.statement.body {
            Body::Comment { .. } | Body::Reply { .. } => comments += 1,
            Body::Suggest { .. } => suggestions += 1,
            Body::Approve { .. } | Body::RequestChanges { .. } => {
                let order = |event: &Event| (event.statement.clock, event.id);
                if verdict.is_none_or(|last| order(event) > order(last)) {
                    verdict = Some(event);
                }
            }
            Body::Publish { .. } => {}
            Body::Rewrite { .. } | Body::Withdraw { .. } => corrections += 1,
            Body::Resolve { .. } | Body::Reopen { .. } | Body::Accept { .. } | Body::Decline { .. } => {
                decisions += 1;
            }
        }
    }
    let counted = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let verdict = verdict.map(|event| match event.statement.body {
        Body::Approve { .. } => "approval".to_owned(),
        _ => "request for changes".to_owned(),
    });
    let parts = [
        counted(comments, "comment", "comments"),
        counted(suggestions, "suggestion", "suggestions"),
        verdict,
        counted(decisions, "decision", "decisions"),
        counted(corrections, "correction", "corrections"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
}
