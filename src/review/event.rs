//! What somebody said about a plan, for ever: events are never changed, only followed by others. The name of an event is the
//! hash of everything in it, so that nobody can change one and keep its name.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::anchor::Anchor;
use super::hash::Digest;
use super::names;

/// Most bytes of one event as JSON.
pub const MAX_EVENT: usize = 10_000;
/// Most characters of a name.
pub const MAX_NAME: usize = 80;
/// A count of answers that nobody reaches by answering.
const MAX_CLOCK: u32 = 1 << 30;

/// Something that was said, with the name that follows from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The hash of the statement.
    pub id: Digest,
    /// What was said.
    pub statement: Statement,
}

/// What was said, by whom, when, and about which revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Id of the plan.
    pub plan: String,
    /// The revision that was looked at.
    pub revision: Digest,
    /// The name that the author gave. Nobody checks it.
    pub author: String,
    /// One more than the highest the author knew (Lamport 1978), so that answers come after what they answer, whatever clocks say.
    pub clock: u32,
    /// Seconds since 1970, as the author's clock said; for showing only.
    pub time: u64,
    /// The statement itself.
    #[serde(flatten)]
    pub body: Body,
}

/// The kinds of statements.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are explained where they are not plain")]
pub enum Body {
    /// Begins a thread.
    Comment { on: Anchor, text: String },
    /// Goes on with a thread.
    Reply { thread: Digest, text: String },
    /// Replaces the text of a comment or reply of the same author.
    Rewrite { comment: Digest, text: String },
    /// Takes back a comment or reply of the same author.
    Withdraw { comment: Digest },
    /// The thread is settled.
    Resolve { thread: Digest },
    /// It is not.
    Reopen { thread: Digest },
    /// Another value for one field, which begins a thread of its own.
    Suggest { on: Anchor, value: Value, text: String },
    /// A suggestion was taken over.
    Accept { suggestion: Digest },
    /// It was not.
    Decline { suggestion: Digest },
    /// The plan is fine in this revision.
    Approve { text: String },
    /// It is not yet.
    RequestChanges { text: String },
    /// The plan was sent out in this revision.
    Publish {
        /// The hash of its content.
        content: Digest,
        /// The revision that it followed.
        before: Option<Digest>,
        /// Ids of its tasks, each with the first letters of its hash.
        tasks: Vec<(String, String)>,
    },
}

impl Body {
    /// The event that it is an answer to, or changes.
    pub fn about(&self) -> Option<Digest> {
        match self {
            Body::Reply { thread: id, .. }
            | Body::Rewrite { comment: id, .. }
            | Body::Withdraw { comment: id }
            | Body::Resolve { thread: id }
            | Body::Reopen { thread: id }
            | Body::Accept { suggestion: id }
            | Body::Decline { suggestion: id } => Some(*id),
            Body::Comment { .. }
            | Body::Suggest { .. }
            | Body::Approve { .. }
            | Body::RequestChanges { .. }
            | Body::Publish { .. } => None,
        }
    }
}

impl Event {
    /// Gives a statement its name.
    pub fn new(statement: Statement) -> Event {
        Event { id: Digest::of(canonical(&statement).as_bytes()), statement }
    }

    /// One line of JSON: the id, then the statement.
    pub fn to_json(&self) -> String {
        let statement = canonical(&self.statement);
        format!("{{\"id\":\"{}\",{}", self.id, &statement[1..])
    }

    /// The statement alone as one line of JSON; the id follows from it.
    pub fn statement_json(&self) -> String {
        canonical(&self.statement)
    }

    /// Reads a line of JSON. A line without an id gets the one that follows from it.
    ///
    /// # Errors
    /// A sentence without its subject, such as `is larger than …`, that says why the event is not accepted.
    pub fn from_json(line: &str) -> Result<Event, String> {
        #[derive(Deserialize)]
        struct Named {
            id: Option<Digest>,
            #[serde(flatten)]
            statement: Statement,
        }
        if line.len() > MAX_EVENT {
            return Err(format!("is larger than {MAX_EVENT} bytes"));
        }
        let read: Named = serde_json::from_str(line).map_err(|error| {
            let message = error.to_string();
            format!("can't be read ({})", message.split(" at line ").next().unwrap_or(&message))
        })?;
        let event = Event::new(read.statement);
        if read.id.is_some_and(|id| id != event.id) {
            return Err("was changed: its id does not follow from its content".to_owned());
        }
        event.check()?;
        Ok(event)
    }

    /// Whether the statement can be what somebody said here.
    fn check(&self) -> Result<(), String> {
        let Statement { author, body, plan, clock, .. } = &self.statement;
        if author.trim().is_empty() || author.chars().count() > MAX_NAME || author.contains(char::is_control)
        {
            return Err(format!("has no author with a name of 1 to {MAX_NAME} characters"));
        }
        if names::hidden(author) {
            return Err("has an author whose name has hidden characters".to_owned());
        }
        if *clock > MAX_CLOCK {
            return Err("comes after more answers than anybody can give".to_owned());
        }
        if plan.len() > 200 {
            return Err("names a plan by an id that is too long".to_owned());
        }
        match body {
            Body::Comment { text, .. } | Body::Reply { text, .. } | Body::Rewrite { text, .. }
                if text.trim().is_empty() =>
            {
                Err("says nothing".to_owned())
            }
            Body::Suggest { on, value, .. } => match on.field {
                Some(field) if field.edit(on.task.as_ref(), value).is_some() => Ok(()),
                Some(field) => Err(format!("suggests something that can't stand in “{}”", field.name())),
                None => Err("suggests a change without saying of which field".to_owned()),
            },
            _ => Ok(()),
        }
    }

    /// What decides between statements that contradict each other: the later one, and for one moment always the same one.
    pub(super) fn rank(&self) -> (u32, &str, Digest) {
        (self.statement.clock, &self.statement.author, self.id)
    }
}

/// The statement as JSON, always the same way.
fn canonical(statement: &Statement) -> String {
    serde_json::to_string(statement).unwrap_or_default()
}
