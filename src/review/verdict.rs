//! Verdicts, and whether they apply to the present plan.
//!
//! Anybody can give one under any name, so a verdict replaces no other: the last one under a name comes with all
//! earlier ones that say something else.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::body::{Body, Event, Log};
use super::revision::{Revision, fingerprint, id_of, is_fingerprint};
use crate::events::Digest;
use crate::plan::{Plan, TaskId};

/// The last verdict under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The event.
    pub id: Digest,
    /// The name that the author entered.
    pub author: String,
    /// Whether the plan was approved; otherwise changes were requested.
    pub approves: bool,
    /// The comment of the verdict.
    pub text: String,
    /// The reviewed revision.
    pub revision: Digest,
    /// Seconds since 1970, by the author's clock.
    pub time: u64,
    /// Whether it applies to the present plan.
    pub age: Age,
    /// Earlier verdicts under the same name that say something else or are about another revision, the last
    /// one first. They have no earlier ones themselves.
    pub earlier: Vec<Verdict>,
}

/// Whether a verdict applies to the present plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Age {
    /// It is about this revision.
    Current,
    /// It is about an earlier revision with the same content; the plan was different in between.
    SameContent,
    /// The plan has changed since.
    Stale {
        /// The tasks that changed, if the log has the reviewed tasks.
        since: Option<Rc<Since>>,
    },
}

/// How the tasks of a plan differ from a published revision, by what its publications say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Since {
    /// Tasks added or changed, in plan order, then removed ones.
    pub changed: Vec<TaskId>,
    /// Tasks that may have changed: of these the log has only the first 30 bits of a fingerprint, for which
    /// another task can be found in minutes.
    pub perhaps: Vec<TaskId>,
}

impl Verdict {
    /// The earlier verdicts that say the opposite.
    pub fn opposite(&self) -> impl Iterator<Item = &Verdict> {
        self.earlier.iter().filter(|earlier| earlier.approves != self.approves)
    }
}

/// The last verdict under each name, sorted by name.
pub(super) fn all(log: &Log, plan: &Plan, revision: &Revision) -> Vec<Verdict> {
    let clocks = log.clocks();
    let mut ages = Ages::of(log, plan, revision);
    let mut by_author: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in log.events() {
        if let Body::Approve { .. } | Body::RequestChanges { .. } = event.statement.body {
            by_author.entry(&event.statement.author).or_default().push(event);
        }
    }
    let mut verdicts = Vec::new();
    for mut events in by_author.into_values() {
        events.sort_unstable_by_key(|event| std::cmp::Reverse(clocks.rank(event)));
        let mut said = BTreeSet::new();
        events.retain(|event| said.insert(words(event)));
        let mut events = events.into_iter().map(|event| ages.verdict(event));
        if let Some(last) = events.next() {
            verdicts.push(Verdict { earlier: events.collect(), ..last });
        }
    }
    verdicts
}

/// What a verdict says: whether it approves, the revision, and the comment.
fn words(event: &Event) -> (bool, Digest, &str) {
    let revision = event.statement.revision;
    match &event.statement.body {
        Body::Approve { text } => (true, revision, text),
        Body::RequestChanges { text } => (false, revision, text),
        _ => (false, revision, ""),
    }
}

/// The tasks of a publication, each with its fingerprint.
type Tasks = [(String, String)];

/// Finds the age of verdicts, once for each revision.
struct Ages<'a> {
    plan: &'a Plan,
    revision: &'a Revision,
    /// The content of published revisions, and the tasks that each publication names.
    published: BTreeMap<Digest, (Digest, Vec<&'a Tasks>)>,
    /// The fingerprints of the present tasks.
    present: OnceCell<Vec<String>>,
    known: BTreeMap<Digest, Age>,
}

impl<'a> Ages<'a> {
    fn of(log: &'a Log, plan: &'a Plan, revision: &'a Revision) -> Ages<'a> {
        let mut published: BTreeMap<Digest, (Digest, Vec<&Tasks>)> = BTreeMap::new();
        for event in log.events() {
            if let Body::Publish { content, before, tasks } = &event.statement.body {
                let (_, lists) = published.entry(id_of(*content, *before)).or_insert((*content, Vec::new()));
                // An empty one has more tasks than fit into an event.
                if !tasks.is_empty() {
                    lists.push(tasks);
                }
            }
        }
        Ages { plan, revision, published, present: OnceCell::new(), known: BTreeMap::new() }
    }

    fn verdict(&mut self, event: &Event) -> Verdict {
        let (approves, revision, text) = words(event);
        Verdict {
            id: event.id,
            author: event.statement.author.clone(),
            approves,
            text: text.to_owned(),
            revision,
            time: event.statement.time,
            age: self.age(revision),
            earlier: Vec::new(),
        }
    }

    fn age(&mut self, seen: Digest) -> Age {
        if seen == self.revision.id {
            return Age::Current;
        }
        if let Some(known) = self.known.get(&seen) {
            return known.clone();
        }
        let age = match self.published.get(&seen) {
            Some((content, _)) if *content == self.revision.content => Age::SameContent,
            Some((_, lists)) if !lists.is_empty() => Age::Stale { since: Some(Rc::new(self.since(lists))) },
            Some(_) | None => Age::Stale { since: None },
        };
        self.known.insert(seen, age.clone());
        age
    }

    /// Compares the plan with the tasks that publications of one revision name. If one of these names other
    /// tasks than the others, a task counts as unchanged only if all say so.
    fn since(&self, lists: &[&Tasks]) -> Since {
        let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (id, print) in lists.iter().copied().flatten() {
            seen.entry(id).or_default().insert(print);
        }
        let tasks = &self.plan.tasks;
        let present = self.present.get_or_init(|| tasks.iter().map(fingerprint).collect());
        let mut since = Since::default();
        for (task, print) in tasks.iter().zip(present) {
            let prints = seen.remove(task.id.as_str()).unwrap_or_default();
            if prints.is_empty() || prints.iter().any(|seen| !print.starts_with(seen)) {
                since.changed.push(task.id.clone());
            } else if prints.iter().any(|seen| !is_fingerprint(seen)) {
                since.perhaps.push(task.id.clone());
            }
        }
        for (id, _) in lists.iter().copied().flatten() {
            if seen.remove(id.as_str()).is_some() {
                since.changed.push(TaskId(id.clone()));
            }
        }
        since
    }
}
