//! What follows from logs: text in, text out.

use proptest::prelude::*;

use super::*;
use crate::events::{Added, Digest};
use crate::plan::{Plan, Status, TaskId};
use crate::schedule::{Budget, Previous};
use crate::text;

/// A log of lines such as `0 T1 started`, `30 T1 done`: minutes since the start, task, what happened.
pub(crate) fn log(lines: &str) -> Log {
    let mut log = Log::of("p");
    for line in lines.lines() {
        let mut words = line.splitn(4, ' ');
        let mut word = || words.next().unwrap_or_default().to_owned();
        let (minute, task, what, rest) = (word(), TaskId(word()), word(), word());
        let body = match &*what {
            "started" => Body::Started { task, agent: rest },
            "retried" => Body::Retried { task, agent: rest },
            "done" => Body::Done { task },
            "failed" => Body::Failed { task, why: rest },
            "released" => Body::Released { task, why: rest },
            "reopened" => Body::Reopened { task },
            "dropped" => Body::Dropped { task },
            "changed" => Body::Changed { task, files: rest.split(' ').map(str::to_owned).collect() },
            "reported" => Body::Reported { task, text: rest },
            "denied" => Body::Denied { task, path: rest },
            _ => Body::Answered { task, answer: rest },
        };
        let time = START + 60 * minute.parse::<u64>().expect("a number");
        log.record(Digest::default(), "runner", time, body).expect("it is accepted");
    }
    log
}

const START: u64 = 1_700_000_000;

/// Each task with its status, attempts, and minutes.
#[track_caller]
fn check(lines: &str, expected: &str) {
    let state = RunState::of(&log(lines));
    let told = state.tasks.iter().map(|(id, run)| {
        let status = run.status.map_or("-", Status::name);
        let minutes = run.minutes().map_or(String::new(), |minutes| format!(" {minutes}m"));
        format!("{id} {status} {}{minutes}", run.attempts.len())
    });
    assert_eq!(told.collect::<Vec<_>>().join("; "), expected, "{lines}");
}

#[test]
fn the_state_follows_from_what_happened() {
    check("0 T1 started\n25 T1 done", "T1 done 1 25m");
    check("0 T1 started\n5 T1 failed no disk\n9 T1 retried\n20 T1 done", "T1 done 2 11m");
    check("0 T1 started\n5 T1 released crash", "T1 todo 1");
    check("0 T1 started\n0 T2 started\n5 T2 dropped", "T1 running 1; T2 dropped 1");
    check("0 T1 done", "T1 done 0");
    check("3 T1 answered yes\n4 T2 reported fine", "T1 done 0; T2 - 0");
}

#[test]
fn what_is_done_stays_done_until_it_is_reopened() {
    check("0 T1 started\n5 T1 done\n6 T1 started\n7 T1 failed\n8 T1 released", "T1 done 1 5m");
    check("0 T1 started\n5 T1 done\n6 T1 reopened\n7 T1 started\n9 T1 done", "T1 done 2 2m");
    let state = RunState::of(&log("0 T1 started\n1 T1 started\n5 T1 done\n6 T1 started"));
    assert_eq!(state.tasks[&"T1".into()].needless_starts, 2);
}

#[test]
fn an_event_that_says_nothing_is_refused() {
    let mut log = Log::of("p");
    for (body, why) in [
        (Body::Done { task: "".into() }, "names no task"),
        (Body::Changed { task: "T1".into(), files: vec![] }, "names no file that was changed"),
        (Body::Reported { task: "T1".into(), text: " ".into() }, "reports nothing"),
        (Body::Denied { task: "T1".into(), path: String::new() }, "names no file that was denied"),
        (Body::Answered { task: "T1".into(), answer: String::new() }, "has no answer"),
    ] {
        assert_eq!(log.record(Digest::default(), "runner", 0, body), Err(why.to_owned()));
    }
    assert!(log.is_empty());
}

fn plan(text: &str) -> Plan {
    text::parse(text).plan
}

#[test]
fn the_record_has_a_row_for_each_task() {
    let log = log("0 T1 started\n2 T1 denied src/db/x.rs\n5 T1 failed\n6 T1 retried\n10 T1 changed b a\n\
                   11 T1 reported =SUM(1), \"fine\"\n12 T1 done");
    let rows = record(&plan("- T1 One @owns(a)\n- [~] T2 Two, too @owns(b)\n"), &RunState::of(&log));
    assert_eq!(
        to_csv(&rows),
        "id,title,kind,status,estimated,actual,attempts,failures,started,ended,files,denied,answer,report\n\
         T1,One,change,done,20,6,2,1,1700000000,1700000720,\"a\nb\",src/db/x.rs,,\"'=SUM(1), \"\"fine\"\"\"\n\
         T2,\"Two, too\",change,running,20,,0,0,,,,,,\n"
    );
    let json: serde_json::Value = serde_json::from_str(&to_json(&rows)).expect("it is JSON");
    assert_eq!(
        (&json[0]["actual"], &json[0]["files"][1], &json[1]["actual"]),
        (&6.into(), &"b".into(), &serde_json::Value::Null)
    );
}

#[test]
fn estimates_are_offered_by_the_median_of_their_kind() {
    let plan = plan(
        "- [x] T1 @owns(a) ~10m\n- [x] T2 @owns(b) ~10m\n- [x] T3 @owns(c) ~10m\n- [x] T4 @kind(docs) @owns(d) ~10m\n\
         - T5 @owns(e) ~10m..20m..40m\n- T6 @kind(docs) @owns(f)\n- T7 @owns(g)\n",
    );
    let state = RunState::of(&log(
        "0 T1 started\n10 T1 done\n0 T2 started\n15 T2 done\n0 T3 started\n90 T3 done\n0 T4 started\n9 T4 done",
    ));
    let found = factors(&plan, &state);
    let told: Vec<_> =
        found.iter().map(|one| (one.kind.name(), one.factor, one.tasks, one.is_offered())).collect();
    assert_eq!(told, [("change", 1.5, 3, true), ("docs", 0.9, 1, false)]);
    let mut after = plan.clone();
    for edit in new_estimates(&plan, &found) {
        edit.apply(&mut after);
    }
    let minutes = |task: usize| {
        after.tasks[task]
            .minutes
            .map(|one| (one.low.rounded_up(), one.likely.rounded_up(), one.high.rounded_up()))
    };
    assert_eq!((minutes(4), minutes(5), minutes(6)), (Some((15, 30, 60)), None, Some((30, 30, 30))));
}

#[test]
fn the_outlook_tells_late_and_early() {
    let plan = plan("> at most 1\n- [x] T1 @owns(a) ~20m\n- [~] T2 @owns(b) ~20m\n- T3 @owns(c) ~20m\n");
    let told = |lines: &str, minute: u64| {
        let state = RunState::of(&log(lines));
        let now = START + 60 * minute;
        let outlook = Outlook::of(&plan, &state, now, &Previous::default(), &Budget::default());
        outlook.map_or("-".to_owned(), |outlook| outlook.sentences())
    };
    let lines = "0 T1 started\n20 T1 done\n20 T2 started";
    assert_eq!(told(lines, 25), "Running for 25 m, 35 m left: it ends after 1 h, as planned.");
    assert_eq!(
        told(lines, 50),
        "Running for 50 m, 21 m left: it ends after 1 h 11 m, 11 m later than the 1 h planned. T2 takes longer \
         than estimated."
    );
    assert_eq!(
        told("0 T1 started\n5 T1 done\n5 T2 started", 6),
        "Running for 6 m, 39 m left: it ends after 45 m, 15 m earlier than the 1 h planned."
    );
    assert_eq!(told("", 6), "-");
}

/// Up to 30 events about three tasks by two devices that exchange what they know now and then.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let step = (0usize..2, 0usize..3, 0usize..8, any::<bool>());
    proptest::collection::vec(step, 0..30).prop_map(|steps| {
        let mut devices = [Log::of("p"), Log::of("p")];
        for (at, (device, task, what, is_joined)) in steps.into_iter().enumerate() {
            let task = TaskId(format!("T{}", task + 1));
            let body = match what {
                0 | 1 => Body::Started { task, agent: String::new() },
                2 => Body::Done { task },
                3 => Body::Failed { task, why: String::new() },
                4 => Body::Released { task, why: String::new() },
                5 => Body::Reopened { task },
                6 => Body::Changed { task, files: vec![format!("f{at}")] },
                _ => Body::Denied { task, path: format!("d{at}") },
            };
            let (author, time) = (["one", "two"][device], START + at as u64);
            devices[device].record(Digest::default(), author, time, body).expect("it is accepted");
            if is_joined {
                let [one, two] = &mut devices;
                one.union(two);
                two.union(one);
            }
        }
        let [mut one, two] = devices;
        one.union(&two);
        one.events().cloned().collect()
    })
}

proptest! {
    #[test]
    fn the_state_does_not_depend_on_the_order_of_arrival(
        (events, shuffled) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        cut in 0usize..30,
    ) {
        let of = |events: &[Event]| {
            let mut log = Log::of("p");
            for event in events {
                prop_assert_ne!(log.add(event.clone()), Added::Refused(String::new()));
            }
            Ok(log)
        };
        let whole = of(&events)?;
        let cut = cut.min(shuffled.len());
        let (mut first, second) = (of(&shuffled[..cut])?, of(&shuffled[cut.saturating_sub(3)..])?);
        first.union(&second);
        prop_assert_eq!(RunState::of(&whole), RunState::of(&first));
        let mut read = Log::of("p");
        read.read_lines(&first.to_lines());
        prop_assert_eq!(RunState::of(&read), RunState::of(&whole));
    }

    #[test]
    fn nothing_that_was_noted_is_lost(events in any_events()) {
        let mut log = Log::of("p");
        events.iter().for_each(|event| drop(log.add(event.clone())));
        let state = RunState::of(&log);
        for event in &events {
            let run = state.task(event.statement.body.task());
            let is_kept = run.is_some_and(|run| match &event.statement.body {
                Body::Changed { files, .. } => files.iter().all(|file| run.files.contains(file)),
                Body::Denied { path, .. } => run.denials.iter().any(|denial| denial.path == *path),
                _ => true,
            });
            prop_assert!(is_kept);
        }
        for run in state.tasks.values() {
            let starts = run.attempts.len();
            let lasting = run.attempts.iter().filter(|attempt| attempt.ended.is_none()).count();
            prop_assert_eq!(lasting, usize::from(run.status == Some(Status::Running)));
            prop_assert!(run.status != Some(Status::Running) || starts > 0);
        }
    }
}

#[test]
fn the_record_hides_nothing() {
    let plan = text::parse("- T1 One @owns(a)\n").plan;
    let state = RunState::of(&log("0 T1 reported All \u{202e}is\u{200b} well.\n1 T1 denied b\u{2066}.rs"));
    let rows = record(&plan, &state);
    assert_eq!((rows[0].report.as_deref(), &*rows[0].denied[0]), (Some("All is well."), "b.rs"));
}
