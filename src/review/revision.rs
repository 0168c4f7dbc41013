//! The revisions of a plan.
//!
//! The id of a revision is derived from the content of the plan and the previous revision. So going back to
//! old content makes a new revision: a reviewer who approved the old one sees that, and does not count as
//! having approved the new one.
//!
//! A publication is what its author says was sent out. Nobody can give a task the fingerprint of a given other
//! task, but the author of a plan can publish fingerprints of other tasks, or make two tasks with the same one;
//! see [`Digest`]. Comparing with the plan that was approved shows what differs.

use super::body::{Body, Log};
use crate::events::{Digest, MAX_EVENT};
use crate::plan::{Plan, Task};

/// Brackets, quotation marks and commas around an id and a hash, with room for characters that JSON escapes.
const QUOTES: usize = 12;
/// The most bytes for the tasks of a publication. The rest of the event needs less than what is left.
const MOST_NAMED: usize = MAX_EVENT - 2_000;

/// A revision of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its id.
    pub id: Digest,
    /// The hash of the plan.
    pub content: Digest,
    /// The previous revision, if any.
    pub before: Option<Digest>,
    /// Whether it was sent out and is recorded in the log.
    pub is_published: bool,
}

impl Revision {
    /// The revision of a plan: the last published one if the content is the same, otherwise a new one that
    /// follows it.
    pub fn of(plan: &Plan, log: &Log) -> Revision {
        let content = content_of(plan);
        match last_published(log) {
            Some((id, published, before)) if published == content => {
                Revision { id, content, before, is_published: true }
            }
            last => {
                let before = last.map(|(id, ..)| id);
                Revision { id: id_of(content, before), content, before, is_published: false }
            }
        }
    }

    /// The revision of a plan that came with its id, for example in a link.
    pub fn named(id: Digest, plan: &Plan) -> Revision {
        Revision { id, content: content_of(plan), before: None, is_published: true }
    }

    /// The event body that records sending out the plan. If the plan has more tasks than fit into an event,
    /// it names none.
    pub fn publication(&self, plan: &Plan) -> Body {
        let tasks = plan.tasks.iter().map(|task| (task.id.to_string(), fingerprint(task)));
        let mut tasks: Vec<(String, String)> = tasks.collect();
        if tasks.iter().map(|(id, hash)| id.len() + hash.len() + QUOTES).sum::<usize>() > MOST_NAMED {
            tasks.clear();
        }
        Body::Publish { content: self.content, before: self.before, tasks }
    }
}

/// The hash of the plan in a revision; `None` if the log has no publication of it.
pub fn content_in(log: &Log, revision: Digest) -> Option<Digest> {
    log.events().find_map(|event| match event.statement.body {
        Body::Publish { content, before, .. } if id_of(content, before) == revision => Some(content),
        _ => None,
    })
}

/// The hash of everything that a person decides in a plan. Excludes its id.
pub fn content_of(plan: &Plan) -> Digest {
    let content = Plan { id: String::new(), ..plan.clone() };
    Digest::of(serde_json::to_string(&content).unwrap_or_default().as_bytes())
}

/// The fingerprint of a task: the hash of everything in it.
pub(super) fn fingerprint(task: &Task) -> String {
    Digest::of(serde_json::to_string(task).unwrap_or_default().as_bytes()).to_string()
}

/// Whether this is a whole fingerprint. Older publications name only its first letters.
pub(super) fn is_fingerprint(print: &str) -> bool {
    Digest::try_from(print.to_owned()).is_ok()
}

/// The id of a revision.
pub fn id_of(content: Digest, before: Option<Digest>) -> Digest {
    let before = before.map_or(String::new(), |before| before.to_string());
    Digest::of(format!("{content} after {before}").as_bytes())
}

/// The last published revision, its content, and the one before it.
fn last_published(log: &Log) -> Option<(Digest, Digest, Option<Digest>)> {
    let clocks = log.clocks();
    let published = log.events().filter_map(|event| match event.statement.body {
        Body::Publish { content, before, .. } => {
            Some((clocks.rank(event), (id_of(content, before), content, before)))
        }
        _ => None,
    });
    published.max_by_key(|(rank, _)| *rank).map(|(_, revision)| revision)
}
