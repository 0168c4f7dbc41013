//! The state of a review: threads, suggestions and verdicts, each with the present state of its place.
//! Derived, never stored, and independent of the order in which events arrived.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::anchor::{Anchor, Standing, text_at};
use super::body::{Body, Event, Log};
use super::revision::Revision;
use super::verdict::{self, Age, Verdict};
use crate::events::{Digest, names};
use crate::plan::{Edit, Plan, TaskId};

/// The state of a review.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The revision of the plan.
    pub revision: Revision,
    /// Comments with their replies, and suggestions, in the order in which they were started.
    pub threads: Vec<Thread>,
    /// The last verdict of each reviewer, sorted by name.
    pub verdicts: Vec<Verdict>,
    /// The number of replies to events that are missing. They count once those arrive.
    pub waiting: usize,
    /// Groups of authors whose names look alike.
    pub look_alikes: Vec<Vec<String>>,
}

/// A comment or a suggestion with all replies.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The event that started it.
    pub id: Digest,
    /// The place it is about.
    pub on: Anchor,
    /// The present state of that place.
    pub standing: Standing,
    /// The comments in order. The first started the thread.
    pub comments: Vec<Comment>,
    /// The suggestion, if the thread started with one.
    pub suggestion: Option<Suggestion>,
    /// Whether it was resolved and not reopened. An accepted or declined suggestion is resolved too.
    pub is_resolved: bool,
    /// The author of the last decision.
    pub resolved_by: Option<String>,
}

/// One text of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The event.
    pub id: Digest,
    /// The name that the author entered.
    pub author: String,
    /// Seconds since 1970, by the author's clock.
    pub time: u64,
    /// The text; empty if it was withdrawn.
    pub text: String,
    /// Whether it was withdrawn.
    pub is_withdrawn: bool,
    /// Texts that were withdrawn or replaced, or that lost to a concurrent one, in order. Anybody can edit and
    /// withdraw under the author's name, so they are shown wherever the comment is.
    pub earlier: Vec<String>,
    /// The event that changed or withdrew it last.
    pub changed_by: Option<Digest>,
}

impl Comment {
    /// Whether it was edited and not withdrawn.
    pub fn is_edited(&self) -> bool {
        self.changed_by.is_some() && !self.is_withdrawn
    }
}

/// A suggested value for a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The value.
    pub value: Value,
    /// The value as text, to show next to `present`.
    pub text: String,
    /// Accepted (`true`), declined (`false`), or open.
    pub answer: Option<bool>,
    /// Whether the field is as the reviewer saw it, so accepting loses nobody's work.
    pub applies: bool,
    /// The present value of the field, as text.
    pub present: Option<String>,
}

impl State {
    /// Derives the state from the log and the plan. Time: O(events · log events), plus one lookup per place.
    pub fn of(log: &Log, plan: &Plan) -> State {
        State::in_revision(log, plan, Revision::of(plan, log))
    }

    /// Like [`State::of`], for a plan with a known revision.
    pub fn in_revision(log: &Log, plan: &Plan, revision: Revision) -> State {
        let index = Index::of(log);
        let threads = index.threads(plan);
        let verdicts = verdict::all(log, plan, &revision);
        let authors: BTreeSet<&str> = log.events().map(|event| event.statement.author.as_str()).collect();
        let look_alikes = names::look_alikes(authors);
        State { revision, threads, verdicts, waiting: index.waiting, look_alikes }
    }

    /// Threads that are not resolved.
    pub fn open(&self) -> impl Iterator<Item = &Thread> {
        self.threads.iter().filter(|thread| !thread.is_resolved)
    }

    /// The number of names under which the present plan is approved.
    pub fn approvals(&self) -> usize {
        self.approving().count()
    }

    /// The number of those under which changes to it were requested before.
    pub fn contested_approvals(&self) -> usize {
        let objects = |earlier: &Verdict| !earlier.approves && earlier.age == Age::Current;
        self.approving().filter(|verdict| verdict.earlier.iter().any(objects)).count()
    }

    fn approving(&self) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(|verdict| verdict.approves && verdict.age == Age::Current)
    }
}

/// The most earlier texts of a comment, and earlier verdicts under a name, in a text.
pub const MOST_EARLIER: usize = 10;

/// A part of a list that may be too long to be shown whole.
pub enum Shown<'a, T> {
    /// An entry.
    One(&'a T),
    /// So many entries are left out here.
    LeftOut(usize),
}

/// The first and the last entries of a list, at most so many, and between them how many are left out.
pub fn ends<T>(list: &[T], most: usize) -> impl Iterator<Item = Shown<'_, T>> {
    let left_out = list.len().saturating_sub(most);
    let (first, rest) = list.split_at(if left_out > 0 { most / 2 } else { list.len() });
    let between = (left_out > 0).then_some(Shown::LeftOut(left_out));
    first.iter().map(Shown::One).chain(between).chain(rest[left_out..].iter().map(Shown::One))
}

/// The number of open threads by task. `None` is the plan.
pub fn open_threads(log: &Log) -> BTreeMap<Option<TaskId>, usize> {
    let index = Index::of(log);
    let mut open = BTreeMap::new();
    for event in index.begun.iter().filter(|event| !index.is_resolved(event)) {
        if let Body::Comment { on, .. } | Body::Suggest { on, .. } = &event.statement.body {
            *open.entry(on.task.clone()).or_insert(0) += 1;
        }
    }
    open
}

impl Thread {
    /// The edit that accepts the suggestion; `None` if there is no suggestion, or if its field no longer
    /// exists or has changed.
    pub fn edit(&self) -> Option<Edit> {
        let suggestion = self.suggestion.as_ref().filter(|suggestion| suggestion.applies)?;
        Edit::from_json(self.on.task.as_ref(), self.on.field?, &suggestion.value)
    }
}

/// The events, grouped by what they refer to.
#[derive(Default)]
struct Index<'a> {
    begun: Vec<&'a Event>,
    replies: BTreeMap<Digest, Vec<&'a Event>>,
    /// Rewrites and withdrawals, by comment.
    rewrites: BTreeMap<Digest, Vec<&'a Event>>,
    /// Resolved or reopened, accepted or declined, by thread.
    decisions: BTreeMap<Digest, Vec<&'a Event>>,
    waiting: usize,
}

impl<'a> Index<'a> {
    fn of(log: &'a Log) -> Index<'a> {
        let mut index = Index::default();
        let begins = |id: &Digest| {
            let event = log.event(*id)?;
            matches!(event.statement.body, Body::Comment { .. } | Body::Suggest { .. }).then_some(event)
        };
        let suggests = |id: &Digest| matches!(begins(id)?.statement.body, Body::Suggest { .. }).then_some(());
        let mut known: Vec<&Event> = log.events().collect();
        let clocks = log.clocks();
        known.sort_unstable_by_key(|event| clocks.rank(event));
        for event in known {
            match &event.statement.body {
                Body::Comment { .. } | Body::Suggest { .. } => index.begun.push(event),
                Body::Reply { thread, .. } if begins(thread).is_some() => {
                    index.replies.entry(*thread).or_default().push(event);
                }
                Body::Rewrite { comment, .. } | Body::Withdraw { comment }
                    if log.event(*comment).is_some() =>
                {
                    let author = &log.event(*comment).map(|comment| &comment.statement.author);
                    // Only the author can change a comment.
                    if *author == Some(&event.statement.author) {
                        index.rewrites.entry(*comment).or_default().push(event);
                    }
                }
                Body::Resolve { thread } | Body::Reopen { thread } if begins(thread).is_some() => {
                    index.decisions.entry(*thread).or_default().push(event);
                }
                Body::Accept { suggestion } | Body::Decline { suggestion }
                    if suggests(suggestion).is_some() =>
                {
                    index.decisions.entry(*suggestion).or_default().push(event);
                }
                Body::Approve { .. } | Body::RequestChanges { .. } | Body::Publish { .. } => {}
                _ => index.waiting += 1,
            }
        }
        index
    }

    /// Whether the last decision resolved the thread. An accepted or declined suggestion is resolved too.
    fn is_resolved(&self, begun: &Event) -> bool {
        let last = self.decisions.get(&begun.id).and_then(|decisions| decisions.last());
        last.is_some_and(|event| !matches!(event.statement.body, Body::Reopen { .. }))
    }

    fn threads(&self, plan: &Plan) -> Vec<Thread> {
        self.begun.iter().filter_map(|event| self.thread(event, plan)).collect()
    }

    fn thread(&self, event: &Event, plan: &Plan) -> Option<Thread> {
        let (on, value, text) = match &event.statement.body {
            Body::Comment { on, text } => (on, None, text),
            Body::Suggest { on, value, text } => (on, Some(value), text),
            _ => return None,
        };
        let standing = on.standing(plan);
        let mut comments = vec![self.comment(event, text)];
        for reply in self.replies.get(&event.id).into_iter().flatten() {
            if let Body::Reply { text, .. } = &reply.statement.body {
                comments.push(self.comment(reply, text));
            }
        }
        let decisions = self.decisions.get(&event.id).map_or(&[][..], Vec::as_slice);
        let answer = decisions.iter().rev().find_map(|event| match event.statement.body {
            Body::Accept { .. } => Some(true),
            Body::Decline { .. } => Some(false),
            _ => None,
        });
        let suggestion = value.map(|value| Suggestion {
            value: value.clone(),
            text: on.field.map_or(String::new(), |field| field.show_json(value)),
            answer,
            applies: matches!(standing, Standing::Live(_)),
            present: text_at(plan, on.task.as_ref(), on.field),
        });
        Some(Thread {
            id: event.id,
            on: on.clone(),
            standing,
            comments,
            suggestion,
            is_resolved: self.is_resolved(event),
            resolved_by: decisions.last().map(|event| event.statement.author.clone()),
        })
    }

    fn comment(&self, event: &Event, text: &str) -> Comment {
        let changes = self.rewrites.get(&event.id).map_or(&[][..], Vec::as_slice);
        let mut earlier: Vec<String> = Vec::from_iter((!text.is_empty()).then(|| text.to_owned()));
        let mut is_withdrawn = false;
        for change in changes {
            match &change.statement.body {
                Body::Rewrite { text, .. } => earlier.push(text.clone()),
                _ => is_withdrawn = true,
            }
        }
        let text = if is_withdrawn { String::new() } else { earlier.pop().unwrap_or_default() };
        Comment {
            id: event.id,
            author: event.statement.author.clone(),
            time: event.statement.time,
            text,
            is_withdrawn,
            earlier,
            changed_by: changes.last().map(|change| change.id),
        }
    }
}
