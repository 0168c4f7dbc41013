//! Review replies in links: events and nothing else.

use super::envelope::{self, PayloadKind};
use super::{Link, OpenError, Payload, WriteError, find, pack, unpack};
use crate::events::{MAX_EVENT, MAX_EVENTS};
use crate::review::Event;
use crate::run::log;
use codec::{Damage, Number, Stream};

/// The link for these events, sorted by id: the same events give the same link. The ids are not in it, since
/// they are computed from the content.
///
/// # Errors
///
/// If the events are too many for a link, or the coder is not loaded.
pub fn reply<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Link, WriteError> {
    let mut events: Vec<&Event> = events.into_iter().collect();
    events.sort_unstable_by_key(|event| (event.statement.clock, event.id));
    let mut lines: Vec<String> = events.into_iter().map(Event::statement_json).collect();
    let bytes = pack(|stream| code(stream, &mut lines))?;
    Ok(Link { fragment: envelope::wrap(PayloadKind::Review, &bytes) })
}

/// The events in a link, or why an event is refused, as a sentence without its subject.
pub type Events = Vec<Result<Event, String>>;

/// The events of every reply link in a text, which may be several messages.
pub fn replies(text: &str) -> Vec<Result<Events, OpenError>> {
    find::all(text).into_iter().map(|found| open(&found?)).collect()
}

/// The content of a reply link.
fn open(found: &Payload) -> Result<Events, OpenError> {
    if found.kind != PayloadKind::Review {
        return Err(OpenError::IsPlan);
    }
    let mut lines = Vec::new();
    unpack(&found.bytes, |stream| code(stream, &mut lines))?;
    Ok(lines.iter().map(|line| Event::from_json(line)).collect())
}

/// The review events found in a text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Brought {
    /// Events, or why an event is refused, as a sentence without its subject.
    pub events: Events,
    /// Events of a run, which files have beside or instead of a review.
    pub run: Vec<log::Event>,
    /// A sentence for each link that can't be read, or for a text without events.
    pub refused: Vec<String>,
}

/// The events in reply links of messages, or in the lines of a review file. A text with one line of a review file is
/// such a file, whatever stands before it and whatever links are in its comments.
pub fn events_in(text: &str) -> Brought {
    let links = find::all(text);
    let text = text.trim_start_matches('\u{feff}');
    let is_file = text.lines().any(is_line_of_file) || links.is_empty() && text.trim_start().starts_with('{');
    if is_file { lines_of(text) } else { events_of(&links) }
}

/// The events in the lines of a review file.
pub fn lines_of(text: &str) -> Brought {
    let mut brought = Brought::default();
    for line in text.lines().map(str::trim).filter(|line| line.starts_with('{')) {
        match (Event::from_json(line), log::Event::from_json(line)) {
            (Err(_), Ok(event)) => brought.run.push(event),
            (event, _) => brought.events.push(event),
        }
    }
    brought
}

/// The events in links found by [`find_links`](super::find_links).
pub fn events_of(links: &[Result<Payload, OpenError>]) -> Brought {
    let mut brought = Brought::default();
    for link in links {
        match link.as_ref().map_err(Clone::clone).and_then(open) {
            Ok(events) => brought.events.extend(events),
            Err(why) => brought.refused.push(why.to_string()),
        }
    }
    if brought.events.is_empty() && brought.refused.is_empty() {
        brought.refused.push(OpenError::NoLink.to_string());
    }
    brought
}

/// Whether a text is a review file: its first line is an event, even one that would be refused.
pub fn is_file(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.find(|line| !line.trim().is_empty()).is_some_and(is_line_of_file)
}

/// Whether a line is an event, even one that would be refused.
fn is_line_of_file(line: &str) -> bool {
    let line = line.trim();
    let read = line.starts_with('{').then(|| serde_json::from_str::<serde_json::Value>(line).ok()).flatten();
    read.is_some_and(|event| event["plan"].is_string() && event["clock"].is_u64())
}

fn code(stream: &mut Stream, lines: &mut Vec<String>) -> Result<(), Damage> {
    stream.list(Number::Events, lines, MAX_EVENTS, String::new)?;
    for line in lines {
        stream.text(codec::Kind::Json, line)?;
        if line.len() > MAX_EVENT {
            return Err(Damage);
        }
    }
    Ok(())
}
