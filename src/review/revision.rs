//! Which state of a plan was looked at.
//!
//! A revision is named by the content of the plan and by the revision before it, so that going back to an old content is a new
//! revision: who approved the old one is told so, and is not taken to have approved the new one.

use super::event::{Body, MAX_EVENT};
use super::hash::Digest;
use super::log::Log;
use crate::plan::{Plan, Task};

/// Brackets, quotation marks and commas around an id and a hash, with room for letters that JSON escapes.
const QUOTES: usize = 12;
/// Most bytes for the tasks of a publication; the rest of the event needs less than is left.
const MOST_NAMED: usize = MAX_EVENT - 2_000;

/// The state that a plan is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its name.
    pub id: Digest,
    /// The hash of the plan.
    pub content: Digest,
    /// The revision that it follows, if it does.
    pub before: Option<Digest>,
    /// Whether it was sent out and is written down in the log.
    pub is_published: bool,
}

impl Revision {
    /// The state of a plan: the one that was published last if the content is the same, else one that follows it.
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

    /// The state of a plan that came with the name of its revision, such as in a link.
    pub fn named(id: Digest, plan: &Plan) -> Revision {
        Revision { id, content: content_of(plan), before: None, is_published: true }
    }

    /// What is to be written down when the plan is sent out. Of a plan with more tasks than an event can name, none is named.
    pub fn publication(&self, plan: &Plan) -> Body {
        let tasks = plan.tasks.iter().map(|task| (task.id.to_string(), content_of_task(task)));
        let mut tasks: Vec<(String, String)> = tasks.collect();
        if tasks.iter().map(|(id, hash)| id.len() + hash.len() + QUOTES).sum::<usize>() > MOST_NAMED {
            tasks.clear();
        }
        Body::Publish { content: self.content, before: self.before, tasks }
    }
}

/// The hash of the plan as it was in a revision; `None` if the log does not tell that it was sent out.
pub fn content_in(log: &Log, revision: Digest) -> Option<Digest> {
    log.events().find_map(|event| match event.statement.body {
        Body::Publish { content, before, .. } if id_of(content, before) == revision => Some(content),
        _ => None,
    })
}

/// The hash of everything that a person decides in a plan; its id is not part of it.
pub fn content_of(plan: &Plan) -> Digest {
    let content = Plan { id: String::new(), ..plan.clone() };
    Digest::of(serde_json::to_string(&content).unwrap_or_default().as_bytes())
}

/// The first letters of the hash of a task.
pub(super) fn content_of_task(task: &Task) -> String {
    Digest::of(serde_json::to_string(task).unwrap_or_default().as_bytes()).short()
}

/// The name of a revision.
pub fn id_of(content: Digest, before: Option<Digest>) -> Digest {
    let before = before.map_or(String::new(), |before| before.to_string());
    Digest::of(format!("{content} after {before}").as_bytes())
}

/// The revision that was published last, its content, and the one before it.
fn last_published(log: &Log) -> Option<(Digest, Digest, Option<Digest>)> {
    let published = log.events().filter_map(|event| match event.statement.body {
        Body::Publish { content, before, .. } => {
            Some((event.rank(), (id_of(content, before), content, before)))
        }
        _ => None,
    });
    published.max_by_key(|(rank, _)| *rank).map(|(_, revision)| revision)
}
