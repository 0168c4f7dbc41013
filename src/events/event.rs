//! One event. Events are immutable: the id is the hash of the whole content, so an event that somebody else
//! made can't be changed without changing its id; see [`Digest`] for what the hash can't prevent.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::limits::{MAX_CLOCK, MAX_EVENT, MAX_NAME};
use super::names;

/// The content of the events of one kind of log. In JSON, its fields are in the same object as those of the
/// [`Statement`], so their names must differ.
pub trait EventBody: Clone + PartialEq + Serialize + DeserializeOwned {
    /// Refuses content that is certainly a mistake.
    ///
    /// # Errors
    /// A sentence without its subject, such as `says nothing`.
    fn check(&self) -> Result<(), String>;

    /// The event that this one answers or changes, which is needed to understand it.
    fn about(&self) -> Option<Digest>;

    /// Whether the event contains news for others and must be sent to them.
    fn is_news(&self) -> bool;
}

/// A statement with its id.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<B> {
    /// The hash of the statement.
    pub id: Digest,
    /// The statement.
    pub statement: Statement<B>,
}

/// A statement: what, by whom, when, and about which revision of which plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement<B> {
    /// Id of the plan.
    pub plan: String,
    /// The revision of the plan that the author had.
    pub revision: Digest,
    /// The name that the author entered. It is not verified.
    pub author: String,
    /// One more than the highest clock that the author knew, so answers come after what they answer, whatever
    /// the authors' clocks show; see [`Clocks`](super::Clocks).
    pub clock: u32,
    /// Seconds since 1970 by the author's clock. For display only.
    pub time: u64,
    /// The content.
    #[serde(flatten)]
    pub body: B,
}

/// A line of a file: a statement with an optional id.
#[derive(Deserialize)]
struct Line<B> {
    id: Option<Digest>,
    #[serde(flatten)]
    statement: Statement<B>,
}

impl<B: EventBody> Event<B> {
    /// Computes the id of a statement.
    pub fn new(statement: Statement<B>) -> Event<B> {
        Event { id: Digest::of(canonical(&statement).as_bytes()), statement }
    }

    /// One line of JSON: the id, then the statement.
    pub fn to_json(&self) -> String {
        let statement = canonical(&self.statement);
        format!("{{\"id\":\"{}\",{}", self.id, &statement[1..])
    }

    /// The statement as one line of JSON, without the id, which can be computed.
    pub fn statement_json(&self) -> String {
        canonical(&self.statement)
    }

    /// Parses a line of JSON. Computes the id if the line has none.
    ///
    /// # Errors
    /// A sentence without its subject, such as `is larger than …`, that says why the event is refused.
    pub fn from_json(line: &str) -> Result<Event<B>, String> {
        if line.len() > MAX_EVENT {
            return Err(format!("is larger than {MAX_EVENT} bytes"));
        }
        let read: Line<B> = serde_json::from_str(line).map_err(|error| {
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
        body.check()
    }
}

/// The statement as JSON, in canonical form.
fn canonical<B: Serialize>(statement: &Statement<B>) -> String {
    serde_json::to_string(statement).unwrap_or_default()
}
