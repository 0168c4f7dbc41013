//! Replies to a review in links: events and nothing else.

use super::envelope::{self, Cargo};
use super::{Link, Refused, Unwritten, find, pack, unpack};
use crate::review::Event;
use crate::review::event::MAX_EVENT;
use crate::review::log::MAX_EVENTS;
use codec::{Damage, Number, Stream};

/// The link for these events, sorted by their names: the same events give the same link. Their names are not in it, since they
/// follow from what was said.
pub fn reply<'a>(events: impl IntoIterator<Item = &'a Event>) -> Result<Link, Unwritten> {
    let mut events: Vec<&Event> = events.into_iter().collect();
    events.sort_unstable_by_key(|event| (event.statement.clock, event.id));
    let mut lines: Vec<String> = events.into_iter().map(Event::statement_json).collect();
    let bytes = pack(|stream| code(stream, &mut lines))?;
    Ok(Link { fragment: envelope::wrap(Cargo::Review, &bytes) })
}

/// The events in a link, or the reason why one is not accepted, as a sentence without its subject.
pub type Events = Vec<Result<Event, String>>;

/// What is in every reply link of a text, which may be any number of whole messages.
pub fn replies(text: &str) -> Vec<Result<Events, Refused>> {
    find::all(text)
        .into_iter()
        .map(|found| {
            let found = found?;
            if found.cargo != Cargo::Review {
                return Err(Refused::IsPlan);
            }
            let mut lines = Vec::new();
            unpack(&found.bytes, |stream| code(stream, &mut lines))?;
            Ok(lines.iter().map(|line| Event::from_json(line)).collect())
        })
        .collect()
}

/// What a text brings for reviews.
#[derive(Debug, Default)]
pub struct Brought {
    /// Events, or why one is not accepted, as a sentence without its subject.
    pub events: Events,
    /// A sentence for each link that could not be read, or for a text that brings nothing.
    pub refused: Vec<String>,
}

/// Events out of reply links in messages, or out of the lines of a file of reviews.
pub fn events_in(text: &str) -> Brought {
    let mut brought = Brought::default();
    let links = replies(text);
    if links.is_empty() && text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        let lines = text.lines().map(str::trim).filter(|line| line.starts_with('{'));
        brought.events.extend(lines.map(Event::from_json));
        return brought;
    }
    for link in links {
        match link {
            Ok(found) => brought.events.extend(found),
            Err(why) => brought.refused.push(why.to_string()),
        }
    }
    if brought.events.is_empty() && brought.refused.is_empty() {
        brought.refused.push(Refused::NoLink.to_string());
    }
    brought
}

/// Whether a text is a file of reviews: its first line is an event, even one that would be refused.
pub fn is_file(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().map(str::trim).find(|line| !line.is_empty());
    let read = first.and_then(|line| serde_json::from_str::<serde_json::Value>(line).ok());
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
