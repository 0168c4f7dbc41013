//! What is added to a log when a status was changed elsewhere: by an undo, or in the text of the plan.
//!
//! Nothing is ever taken out of a log. An event that turns out to be a mistake is withdrawn by another one, so
//! that the attempt it ended goes on with its start.

use std::collections::BTreeSet;

use super::body::{Body, Event, Log};
use super::state::{TaskRun, in_order};
use crate::events::EventBody;
use crate::plan::{Status, TaskId};

/// The most events that are withdrawn together.
const MOST_WITHDRAWN: usize = 4;

/// The events after which a task has a status. Of the events that `is_mistake` allows, the last ones are
/// withdrawn if that is enough; an event that was withdrawn last comes back if that is enough. `from` is the
/// status that the task had where the log says nothing of it.
pub fn corrections(
    log: &Log,
    task: &TaskId,
    from: Status,
    to: Status,
    is_mistake: impl Fn(&Event) -> bool,
) -> Vec<Body> {
    let events: Vec<&Event> =
        in_order(log).into_iter().filter(|event| event.statement.body.task() == task).collect();
    let before = status(&events, &BTreeSet::new());
    if before == Some(to) {
        return Vec::new();
    }
    let says = |event: &&&Event| event.statement.body.status().is_some();
    let latest: Vec<&Event> = events.iter().rev().filter(says).take(MOST_WITHDRAWN).copied().collect();
    let mut left_out = BTreeSet::new();
    for (count, event) in (1..).zip(latest.iter().take_while(|event| is_mistake(event))) {
        left_out.insert(event.id);
        if status(&events, &left_out).unwrap_or(Status::Todo) == to {
            let withdraw = |event: &&Event| Body::Withdrawn { task: task.clone(), event: event.id };
            return latest[..count].iter().map(withdraw).collect();
        }
    }
    if let Some(body) = withdrawn_last(log, &events).filter(|body| body.status() == Some(to)) {
        return vec![body];
    }
    // A box that was emptied on the way to another status ends no attempt.
    if let Some(slip) = latest.first().filter(|event| is_mistake(event))
        && matches!(slip.statement.body, Body::Released { .. })
    {
        let without = status(&events, &BTreeSet::from([slip.id])).unwrap_or(Status::Todo);
        let withdraw = Body::Withdrawn { task: task.clone(), event: slip.id };
        return std::iter::once(withdraw).chain(steps(task, without, to)).collect();
    }
    steps(task, before.unwrap_or(from), to)
}

/// The events that lead from one status to another.
fn steps(task: &TaskId, before: Status, to: Status) -> Vec<Body> {
    let reopened = || Body::Reopened { task: task.clone() };
    match (before.is_open(), to.is_open()) {
        // What is done stays done until it is reopened.
        (false, true) => {
            let next = Body::of_change(task.clone(), Status::Todo, to);
            std::iter::once(reopened()).chain(next).collect()
        }
        _ => Body::of_change(task.clone(), before, to).into_iter().collect(),
    }
}

/// The status after these events, without those that are left out.
fn status(events: &[&Event], left_out: &BTreeSet<crate::events::Digest>) -> Option<Status> {
    let mut run = TaskRun::default();
    events.iter().filter(|event| !left_out.contains(&event.id)).for_each(|event| run.hear(event));
    run.status
}

/// What the last event about the task withdrew, if it did.
fn withdrawn_last(log: &Log, events: &[&Event]) -> Option<Body> {
    let last = events.last()?.statement.body.about()?;
    log.event(last).map(|event| event.statement.body.clone())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{RunState, tests::log};
    use super::*;
    use crate::events::Digest;

    /// What is added to a log so that T1 has a status, a word for each event, and its minutes after that.
    #[track_caller]
    fn check(lines: &str, to: Status, may_withdraw: bool, expected: &str) {
        let mut log = log(lines);
        let task = TaskId::from("T1");
        let added = corrections(&log, &task, Status::Done, to, |_| may_withdraw);
        let words = added.iter().map(|body| {
            let json = serde_json::to_string(body).expect("it is written");
            json.split('"').nth(1).unwrap_or_default().to_owned()
        });
        let words = words.collect::<Vec<_>>().join(" ");
        for body in added {
            log.record(Digest::default(), "runner", 1_700_006_000, body).expect("it is accepted");
        }
        let run = RunState::of(&log).tasks[&task].clone();
        let minutes = run.minutes().map_or(String::new(), |minutes| format!(" {minutes}m"));
        let start = run.attempts.last().map_or(0, |attempt| (attempt.start - 1_700_000_000) / 60);
        assert_eq!(format!("{words}{minutes} since {start}"), expected, "{lines}");
        assert_eq!(run.status.unwrap_or(Status::Todo), to, "{lines}");
    }

    #[test]
    fn an_undo_withdraws_the_mistake_and_the_attempt_goes_on() {
        check("3 T1 started\n9 T1 done", Status::Running, true, "withdrawn since 3");
        check("3 T1 started\n9 T1 failed", Status::Todo, true, "withdrawn withdrawn since 0");
        check("3 T1 answered no", Status::Todo, true, "withdrawn since 0");
    }

    #[test]
    fn what_is_no_mistake_stays_and_is_followed_by_something_else() {
        check("3 T1 started\n9 T1 done", Status::Running, false, "reopened started since 100");
        check("3 T1 started\n9 T1 done", Status::Todo, false, "reopened since 3");
        check("3 T1 started", Status::Done, false, "done 97m since 3");
        check("3 T1 started\n9 T1 done", Status::Done, false, " 6m since 3");
        check("3 T1 started\n9 T1 released", Status::Done, true, "withdrawn done 97m since 3");
    }

    proptest! {
        #[test]
        fn whatever_happened_a_task_gets_its_status(
            words in proptest::collection::vec(0..6usize, 0..8),
            to in 0..5usize,
            may_withdraw: bool,
        ) {
            let names = ["started", "done", "failed", "released", "reopened", "dropped"];
            let lines: Vec<String> = (0..).zip(&words).map(|(at, word)| format!("{at} T1 {}", names[*word])).collect();
            let mut log = log(&lines.join("\n"));
            let (task, to) = (TaskId::from("T1"), Status::ALL[to]);
            for body in corrections(&log, &task, Status::Todo, to, |_| may_withdraw) {
                log.record(Digest::default(), "runner", 1_700_006_000, body).expect("it is accepted");
            }
            let status = RunState::of(&log).task(&task).and_then(|run| run.status).unwrap_or(Status::Todo);
            prop_assert_eq!(status, to);
        }
    }
}
