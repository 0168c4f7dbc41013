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

/// "4 comments, 1 suggestion, approval": what a reply holds, for the button that copies it. Of several verdicts the last
/// one counts; what was sent out is not counted, as it only says which revision there was.
pub fn contents<'a>(events: impl IntoIterator<Item = &'a Event>) -> String {
    let (mut comments, mut suggestions, mut decisions, mut corrections) = (0, 0, 0, 0);
    let mut verdict: Option<&Event> = None;
    for event in events {
        match event.statement.body {
            Body::Comment { .. } | Body::Reply { .. } => comments += 1,
            Body::Suggest { .. } => suggestions += 1,
            Body::Approve { .. } | Body::RequestChanges { .. } => {
                if verdict.is_none_or(|last| event.rank() > last.rank()) {
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
