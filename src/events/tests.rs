//! Tests the log with another body: the events of a run.

use serde::{Deserialize, Serialize};

use super::*;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Run {
    Started {
        task: String,
    },
    Finished {
        start: Digest,
        minutes: u32,
    },
    /// No news for others.
    Alive {},
}

impl EventBody for Run {
    fn check(&self) -> Result<(), String> {
        match self {
            Run::Started { task } if task.is_empty() => Err("starts no task".to_owned()),
            _ => Ok(()),
        }
    }

    fn about(&self) -> Option<Digest> {
        match self {
            Run::Finished { start, .. } => Some(*start),
            Run::Started { .. } | Run::Alive {} => None,
        }
    }

    fn is_news(&self) -> bool {
        *self != Run::Alive {}
    }
}

fn started(task: &str) -> Run {
    Run::Started { task: task.to_owned() }
}

/// Makes an event on a device.
fn record(log: &mut LocalLog<Run>, author: &str, body: Run) -> Digest {
    log.record(Digest::default(), author, 1_700_000_000, body).expect("the event is accepted")
}

#[test]
fn an_event_is_read_as_it_was_written() {
    let mut log = LocalLog::of("p1");
    let start = record(&mut log, "runner", started("T1"));
    let event = log.log().event(start).expect("the event is there");
    assert_eq!(
        event.statement_json(),
        "{\"plan\":\"p1\",\"revision\":\"aaaaaaaaaaaaaaaa\",\"author\":\"runner\",\"clock\":1,\
         \"time\":1700000000,\"started\":{\"task\":\"T1\"}}"
    );
    assert_eq!(Event::from_json(&event.to_json()).as_ref(), Ok(event));
    assert_eq!(Event::from_json(&event.statement_json()).as_ref(), Ok(event));
    let changed = event.to_json().replace("T1", "T2");
    assert_eq!(
        Event::<Run>::from_json(&changed),
        Err("was changed: its id does not follow from its content".to_owned())
    );
}

#[test]
fn the_body_says_what_is_refused() {
    let mut log: Log<Run> = Log::of("p1");
    let refused = log.record(Digest::default(), "runner", 0, started(""));
    assert_eq!(refused, Err("starts no task".to_owned()));
    assert!(log.is_empty());
}

#[test]
fn logs_are_joined_in_any_order() {
    let (mut one, mut two) = (LocalLog::of("p1"), LocalLog::of("p1"));
    let start = record(&mut one, "runner", started("T1"));
    record(&mut one, "runner", Run::Finished { start, minutes: 9 });
    record(&mut two, "other", started("T2"));
    let (mut left, mut right) = (one.log().clone(), two.log().clone());
    left.union(two.log());
    right.union(one.log());
    right.union(one.log());
    assert_eq!(left, right);
    assert_eq!((left.len(), left.clocks().next()), (3, 3));

    let mut read = Log::of("p1");
    let lines = read.read_lines(&format!("<<<<<<< ours\n{}nonsense\n", left.to_lines()));
    assert_eq!((lines.new, lines.known, lines.refused.len()), (3, 0, 1));
    assert_eq!(read, left);
    assert_eq!(
        Log::of("p2").add(two.log().events().next().expect("there is one").clone()),
        Added::Refused("belongs to another plan".to_owned())
    );
}

#[test]
fn a_device_knows_what_it_has_to_store_and_to_send() {
    let mut here: LocalLog<Run> = LocalLog::of("p1");
    let start = record(&mut here, "runner", started("T1"));
    let end = record(&mut here, "runner", Run::Finished { start, minutes: 9 });
    record(&mut here, "runner", Run::Alive {});
    let ids = |events: Vec<&Event<Run>>| {
        let mut ids: Vec<Digest> = events.iter().map(|event| event.id).collect();
        ids.sort_unstable();
        ids
    };
    let mut both = [start, end];
    both.sort_unstable();
    assert_eq!(ids(here.unsent()), both);
    assert_eq!(ids(here.said_by("runner")), both);
    let last = here.log().event(end).expect("the event is there");
    assert_eq!(ids(here.with_ancestors(&[last])), both);

    here.mark_sent(1);
    assert_eq!(ids(here.unsent()), [end]);
    let stored = here.take_unsaved();
    assert_eq!(stored.iter().filter(|entry| entry.kind == EntryKind::Event).count(), 3);
    assert_eq!(stored.iter().filter(|entry| entry.kind == EntryKind::Sent).count(), 1);
    assert_eq!(here.take_unsaved(), []);

    let mut again: LocalLog<Run> = LocalLog::of("p1");
    again.take_stored(&stored);
    assert_eq!(again.log(), here.log());
    assert_eq!(ids(again.unsent()), [end]);
}
