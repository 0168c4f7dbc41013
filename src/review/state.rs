//! What a log says about a plan as it is: threads, suggestions and verdicts, each with what became of its place. Derived,
//! never stored, and the same whatever order the events came in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::anchor::{Anchor, Standing, text_at};
use super::event::{Body, Event};
use super::field::shown;
use super::hash::Digest;
use super::log::Log;
use super::names;
use super::revision::{Revision, content_of_task, id_of};
use crate::plan::{Edit, Plan, TaskId};

/// Everything that was said, as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The state that the plan is in.
    pub revision: Revision,
    /// Comments with their answers, and suggestions, by the order in which they were begun.
    pub threads: Vec<Thread>,
    /// The last verdict of each reviewer, in the order of names.
    pub verdicts: Vec<Verdict>,
    /// Answers to something that is not here; they count as soon as it is.
    pub waiting: usize,
    /// Pairs of authors whose names look alike.
    pub look_alikes: Vec<(String, String)>,
}

/// A comment or a suggestion with everything that was answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The event that began it.
    pub id: Digest,
    /// What it is about.
    pub on: Anchor,
    /// What became of that.
    pub standing: Standing,
    /// What was said, in order; the first began it.
    pub comments: Vec<Comment>,
    /// What is suggested, if something is.
    pub suggestion: Option<Suggestion>,
    /// Whether somebody settled it and nobody opened it again; an answered suggestion is settled too.
    pub is_resolved: bool,
    /// Who said last whether it is settled.
    pub resolved_by: Option<String>,
}

/// One text of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The event.
    pub id: Digest,
    /// The name that the author gave.
    pub author: String,
    /// Seconds since 1970, by the author's clock.
    pub time: u64,
    /// What was said; empty if it was taken back.
    pub text: String,
    /// Whether it was taken back.
    pub is_withdrawn: bool,
    /// Texts that were replaced, or that lost against another one of the same moment.
    pub earlier: Vec<String>,
}

/// Another value for a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The value.
    pub value: Value,
    /// Whether it was taken over (`true`), turned down (`false`) or neither.
    pub answer: Option<bool>,
    /// Whether the field is as the reviewer saw it, so that taking it over loses nobody's work.
    pub applies: bool,
    /// What the field holds, as text.
    pub present: Option<String>,
}

/// What a reviewer thinks of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The name that the author gave.
    pub author: String,
    /// Whether the plan was approved; else changes were asked for.
    pub approves: bool,
    /// What was added in words.
    pub text: String,
    /// The revision that was looked at.
    pub revision: Digest,
    /// Seconds since 1970, by the author's clock.
    pub time: u64,
    /// Whether it holds for the plan as it is.
    pub age: Age,
}

/// Whether a verdict holds for the plan as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Age {
    /// It is about this revision.
    Current,
    /// It is about an earlier revision with the same content, and the plan was another one in between.
    SameContent,
    /// The plan was changed since.
    Stale {
        /// Tasks that were added, changed or removed since, if what was looked at is written down.
        changed: Option<Vec<TaskId>>,
    },
}

impl State {
    /// What the log says about the plan. Time: the number of events times their depth in a sorted set, plus one look at each
    /// place.
    pub fn of(log: &Log, plan: &Plan) -> State {
        State::in_revision(log, plan, Revision::of(plan, log))
    }

    /// The same, of a plan whose revision is known.
    pub fn in_revision(log: &Log, plan: &Plan, revision: Revision) -> State {
        let index = Index::of(log);
        let threads = index.threads(plan);
        let verdicts = verdicts(log, plan, &revision);
        let authors: BTreeSet<&str> = log.events().map(|event| event.statement.author.as_str()).collect();
        let authors: Vec<&str> = authors.into_iter().take(MAX_AUTHORS).collect();
        let mut look_alikes = Vec::new();
        for (at, a) in authors.iter().enumerate() {
            let similar = authors[at + 1..].iter().filter(|b| names::look_alike(a, b));
            look_alikes.extend(similar.map(|b| (a.to_string(), b.to_string())));
        }
        State { revision, threads, verdicts, waiting: index.waiting, look_alikes }
    }

    /// Threads that nobody settled.
    pub fn open(&self) -> impl Iterator<Item = &Thread> {
        self.threads.iter().filter(|thread| !thread.is_resolved)
    }

    /// How many reviewers approve the plan as it is.
    pub fn approvals(&self) -> usize {
        self.verdicts.iter().filter(|verdict| verdict.approves && verdict.age == Age::Current).count()
    }
}

/// How many threads nobody settled, by the task that they are about; `None` is the plan.
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

/// Names beyond this are not compared with each other.
const MAX_AUTHORS: usize = 500;

impl Thread {
    /// The edit that takes the suggestion over; `None` if there is none, or its field is gone or holds something else now.
    pub fn edit(&self) -> Option<Edit> {
        let suggestion = self.suggestion.as_ref().filter(|suggestion| suggestion.applies)?;
        self.on.field?.edit(self.on.task.as_ref(), &suggestion.value)
    }
}

/// The events by what they are about.
#[derive(Default)]
struct Index<'a> {
    begun: Vec<&'a Event>,
    replies: BTreeMap<Digest, Vec<&'a Event>>,
    /// Rewrites and withdrawals, by the comment that they are about.
    rewrites: BTreeMap<Digest, Vec<&'a Event>>,
    /// Settled or opened again, accepted or declined, by thread.
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
        known.sort_unstable_by_key(|event| event.rank());
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
                    // Nobody else can change what somebody said.
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

    /// Whether a thread was settled last; an answered suggestion is settled too.
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
        let mut texts = vec![text];
        let mut is_withdrawn = false;
        for change in self.rewrites.get(&event.id).into_iter().flatten() {
            match &change.statement.body {
                Body::Rewrite { text, .. } => texts.push(text),
                _ => is_withdrawn = true,
            }
        }
        let text = texts.pop().filter(|_| !is_withdrawn).unwrap_or_default();
        let earlier = if is_withdrawn { Vec::new() } else { texts.into_iter().map(str::to_owned).collect() };
        Comment {
            id: event.id,
            author: event.statement.author.clone(),
            time: event.statement.time,
            text: text.to_owned(),
            is_withdrawn,
            earlier,
        }
    }
}

/// The last verdict of each author.
fn verdicts(log: &Log, plan: &Plan, revision: &Revision) -> Vec<Verdict> {
    let mut last: BTreeMap<&str, &Event> = BTreeMap::new();
    let mut published = BTreeMap::new();
    for event in log.events() {
        match &event.statement.body {
            Body::Approve { .. } | Body::RequestChanges { .. } => {
                let known = last.entry(&event.statement.author).or_insert(event);
                if event.rank() > known.rank() {
                    *known = event;
                }
            }
            Body::Publish { content, before, tasks } => {
                published.insert(id_of(*content, *before), (*content, tasks));
            }
            _ => {}
        }
    }
    let age = |seen: Digest| {
        if seen == revision.id {
            return Age::Current;
        }
        match published.get(&seen) {
            Some((content, _)) if *content == revision.content => Age::SameContent,
            // Too many to be written down.
            Some((_, tasks)) if tasks.is_empty() => Age::Stale { changed: None },
            Some((_, tasks)) => Age::Stale { changed: Some(changed(tasks, plan)) },
            None => Age::Stale { changed: None },
        }
    };
    let verdict = |event: &&Event| {
        let (approves, text) = match &event.statement.body {
            Body::Approve { text } => (true, text),
            Body::RequestChanges { text } => (false, text),
            _ => return None,
        };
        Some(Verdict {
            author: event.statement.author.clone(),
            approves,
            text: text.clone(),
            revision: event.statement.revision,
            time: event.statement.time,
            age: age(event.statement.revision),
        })
    };
    last.values().filter_map(verdict).collect()
}

/// Tasks that are not as they were, in the order of the plan; then those that are gone.
fn changed(seen: &[(String, String)], plan: &Plan) -> Vec<TaskId> {
    let mut before: BTreeMap<&str, &str> =
        seen.iter().map(|(id, hash)| (id.as_str(), hash.as_str())).collect();
    let mut changed = Vec::new();
    for task in &plan.tasks {
        if before.remove(task.id.as_str()) != Some(&content_of_task(task)) {
            changed.push(task.id.clone());
        }
    }
    changed.extend(
        seen.iter().filter(|(id, _)| before.contains_key(id.as_str())).map(|(id, _)| TaskId(id.clone())),
    );
    changed
}

impl Suggestion {
    /// The value as text, to stand beside [`Suggestion::present`].
    pub fn shown(&self) -> String {
        shown(&self.value)
    }
}
