//! The long search and its results.

use super::{PLAN, ask, change, check, drawn, id, plan, planned, words};
use crate::diagnostic::Fix;
use crate::protocol::{Answer, Change, DocumentRequest, Exported, PlanState, SearchRequest, ViewRequest};
use crate::report::Report;
use crate::schedule::phases::steady;
use crate::schedule::{Budget, schedule_until, verify};
use crate::search::tests::tangled;
use crate::search::{Job, Message, SearchEvent, work_on_bytes};
use crate::session::Session;
use crate::view::Markup;
use crate::{export, text};

/// The job for the search worker, if there is something to search for.
fn begin(session: &mut Session, longer: bool) -> Option<Job> {
    match ask(session, DocumentRequest::Search(SearchRequest::Begin { longer, is_touched: false })) {
        Answer::Job(job) => job.map(|job| serde_json::from_slice(&job).expect("it is a job")),
        other => panic!("{other:?}"),
    }
}

/// The messages of the search worker for this job.
fn messages_of(job: &Job) -> Vec<Vec<u8>> {
    let mut messages = Vec::new();
    work_on_bytes(&serde_json::to_vec(job).expect("it can be written"), &mut |message| {
        messages.push(message.to_vec());
    });
    messages
}

/// Handles a message. Returns the new plan, and whether it was the last message.
fn receive(session: &mut Session, message: &[u8]) -> (Option<PlanState>, bool) {
    match ask(
        session,
        DocumentRequest::Search(SearchRequest::Event {
            message: message.to_vec(),
            seconds: 3,
            is_touched: false,
        }),
    ) {
        Answer::Searched { planned, is_over } => (planned.map(|planned| *planned), is_over),
        other => panic!("{other:?}"),
    }
}

/// Searches like the page does. Returns how often the schedule improved.
fn search(session: &mut Session) -> usize {
    let messages = begin(session, false).map_or(Vec::new(), |job| messages_of(&job));
    let heard = messages.iter().map(|message| receive(session, message)).collect::<Vec<_>>();
    assert!(heard.iter().rev().skip(1).all(|(_, is_over)| !is_over), "only the last messages ends it");
    assert!(heard.last().is_none_or(|(_, is_over)| *is_over));
    heard.iter().filter(|(planned, _)| planned.is_some()).count()
}

#[test]
fn the_figures_beside_repairs_are_those_of_the_scheduler() {
    let (mut session, _) = planned(PLAN);
    let report = Report::new(text::parse(PLAN).plan, &Budget::default());
    search(&mut session);
    let gains = &session.search.searched.gains;
    let fixes = report.diagnostics.iter().flat_map(|found| &found.fixes);
    for edits in fixes.map(|fix| fix.edits.of_plan()) {
        let (_, gain) = gains.iter().find(|(of, _)| of == edits).expect("every repair has its figure");
        assert_eq!(*gain, report.gain(edits, &Budget::default()));
    }
}

#[test]
fn to_look_away_is_never_the_best_repair() {
    let (mut session, planned) = planned("- T1 One @owns(a) ~30m\n- T2 Two @owns(a) ~30m");
    let fixes = &session.drawn.report.diagnostics[0].fixes;
    assert!(fixes.iter().any(Fix::is_acceptance), "it is offered");
    search(&mut session);
    assert!(
        session.search.searched.gains.iter().any(|(_, gain)| gain.minutes < 0),
        "and would make the plan shorter"
    );
    let drawing = drawn(&mut session, ViewRequest::Problems { current: None });
    assert!(!format!("{drawing:?}").contains("fix best"), "{drawing:?}");
    assert_eq!(planned.problems.len(), session.drawn.report.diagnostics.len());
}

/// A session whose first schedule is hasty, so a search finds a better one.
fn hurried(tasks: usize) -> Session {
    let (mut session, _) = planned(&tangled(tasks));
    let Report { plan, analysis, schedule, .. } = &mut session.drawn.report;
    *schedule = crate::schedule::schedule(plan, analysis, &Budget { steps: 0, seed: 1 });
    session
}

/// The messages for a job with only these stages and without statistics.
fn messages_within(session: &mut Session, stages: &[u64]) -> Vec<Vec<u8>> {
    let job = begin(session, false).expect("there is something to search for");
    messages_of(&Job { stages: stages.to_vec(), with_figures: false, ..job })
}

#[test]
fn a_better_schedule_takes_the_place_of_the_quick_one_everywhere() {
    let mut session = hurried(30);
    let quick = session.drawn.report.clone();
    let messages = messages_within(&mut session, &[20_000]);
    let planned: Vec<PlanState> =
        messages.iter().filter_map(|message| receive(&mut session, message).0).collect();
    let found = schedule_until(&quick.plan, &quick.analysis, 1, &mut Budget { steps: 20_000, seed: 1 });
    let Report { plan, analysis, schedule, .. } = &session.drawn.report;
    assert!(schedule.phased < quick.schedule.phased);
    assert_eq!(*schedule, found, "byte for byte what the scheduler finds in so many steps");
    assert_eq!(verify::of_plan(plan, analysis, schedule), Ok(()));
    assert_eq!(planned.len(), 1);
    let json = export::EXPORTS.iter().position(|export| export.id == "report").expect("it is listed");
    let expected = export::report::to_json(&Report { schedule: found, ..quick }, true);
    assert_eq!(
        ask(&mut session, DocumentRequest::Export { format: json, part: String::new() }),
        Answer::Exported(Exported { text: expected, archive: None })
    );
}

#[test]
fn a_better_schedule_is_offered_to_somebody_who_is_at_work_on_the_quick_one() {
    let mut session = hurried(30);
    let quick = session.drawn.report.schedule.clone();
    let scene = session.drawn.scene.clone();
    let messages = messages_within(&mut session, &[2_000, 20_000]);
    for message in &messages {
        let event = SearchRequest::Event { message: message.clone(), seconds: 3, is_touched: true };
        let answer = ask(&mut session, DocumentRequest::Search(event));
        assert!(matches!(answer, Answer::Searched { planned: None, .. }), "{answer:?}");
    }
    assert_eq!((&session.drawn.report.schedule, &session.drawn.scene), (&quick, &scene), "nothing moved");
    let totals = words(&drawn(&mut session, ViewRequest::Totals { is_limit_open: false }));
    let shown = ask(&mut session, DocumentRequest::Search(SearchRequest::Show));
    assert!(matches!(shown, Answer::Searched { planned: Some(_), .. }), "{shown:?}");
    let saved = quick.phased - session.drawn.report.schedule.phased;
    let offered = format!("{} shorter found", crate::explain::duration(saved));
    assert!(saved > 0 && totals.contains(&offered), "{offered} in {totals}");
    let after = words(&drawn(&mut session, ViewRequest::Totals { is_limit_open: false }));
    assert!(!after.contains("found"), "{after}");
}

#[test]
fn a_repair_saves_what_is_told_when_it_is_pressed() {
    let asked = || {
        let mut session = hurried(17);
        let job = begin(&mut session, false).expect("there is something to search for");
        (session, job)
    };
    let messages = messages_of(&Job { stages: vec![1, 20_000], ..asked().1 });
    let searched = || {
        let (mut session, _) = asked();
        let better = messages.iter().filter(|message| receive(&mut session, message).0.is_some()).count();
        assert_eq!(better, 1, "only the second stage finds something");
        session
    };
    let session = searched();
    let shown = session.drawn.report.schedule.phased;
    let diagnostics = session.drawn.report.diagnostics.iter().enumerate();
    let fixes = diagnostics.flat_map(|(problem, found)| {
        found.fixes.iter().enumerate().map(move |(fix, offered)| (Change::Repair { problem, fix }, offered))
    });
    let gains = &session.search.searched.gains;
    let repairs = fixes.filter_map(|(press, fix)| {
        let (_, gain) = gains.iter().find(|(edits, _)| edits == fix.edits.of_plan())?;
        Some((press, *gain))
    });
    let repairs = repairs.step_by(5);
    let improvements = session.search.searched.improvements.iter().enumerate();
    let improvements = improvements.map(|(number, improvement)| (Change::Improve(number), improvement.gain));
    let told: Vec<_> = repairs.chain(improvements).take(6).collect();
    assert!(told.len() > 3);
    for (press, gain) in told {
        let mut session = searched();
        change(&mut session, press).expect("it is offered");
        plan(&mut session);
        let schedule = &session.drawn.report.schedule;
        assert_eq!((schedule.phased.longer_than(shown), schedule.phases.len()), (gain.minutes, gain.phases));
    }
}

#[test]
fn what_is_told_of_another_plan_or_after_the_end_is_not_taken_in() {
    let mut session = hurried(30);
    let quick = session.drawn.report.schedule.clone();
    let messages = messages_within(&mut session, &[2_000]);
    ask(&mut session, DocumentRequest::Search(SearchRequest::End));
    let of_the_ended = messages.iter().map(|message| receive(&mut session, message)).collect::<Vec<_>>();
    assert!(of_the_ended.iter().all(|heard| *heard == (None, false)));
    let messages = messages_within(&mut session, &[2_000]);
    plan(&mut session);
    assert!(messages.iter().all(|message| receive(&mut session, message) == (None, false)));
    assert_eq!(receive(&mut session, b"nonsense"), (None, false));
    assert_ne!(session.drawn.report.schedule, quick, "it was planned again");
}

#[test]
fn a_small_edit_moves_few_tasks_of_a_plan_that_was_searched() {
    let mut session = hurried(30);
    for message in messages_within(&mut session, &[20_000]) {
        receive(&mut session, &message);
    }
    let before = session.drawn.report.schedule.phase_of.clone();
    let written = Change::Write { id: id("T9"), field: "minutes".to_owned(), written: "41m".to_owned() };
    change(&mut session, written).expect("it can be written");
    plan(&mut session);
    let report = &session.drawn.report;
    let moved = |report: &Report| steady::moved(&before, &report.schedule.phase_of);
    let from_nothing = Report::new(report.plan.clone(), &Budget::default());
    assert!(moved(report) <= 2 && moved(&from_nothing) > 2, "{} {}", moved(report), moved(&from_nothing));
    let job = begin(&mut session, false).expect("there is something to search for");
    assert_eq!(job.previous.phases.len(), 30);
}

#[test]
fn what_the_verifier_refuses_is_not_shown() {
    let mut session = hurried(30);
    let quick = session.drawn.report.schedule.clone();
    for message in messages_within(&mut session, &[2_000]) {
        let mut message: Message = serde_json::from_slice(&message).expect("it is a message");
        if let SearchEvent::Found(found) = &mut message.event {
            found.phased = 1.into();
        }
        let told = serde_json::to_vec(&message).expect("it can be written");
        assert_eq!(receive(&mut session, &told).0, None);
    }
    assert_eq!(session.drawn.report.schedule, quick);
}

#[test]
fn the_totals_say_how_far_the_search_is() {
    let mut session = hurried(30);
    let totals = |session: &mut Session| words(&drawn(session, ViewRequest::Totals { is_limit_open: true }));
    let messages = messages_within(&mut session, &[2_000]);
    let before_the_end = &messages[..messages.len() - 1];
    for message in before_the_end {
        receive(&mut session, message);
    }
    let searching = totals(&mut session);
    for expected in ["Searching, 3 s", "Cancel", "lower bound", "gap"] {
        assert!(searching.contains(expected), "{expected} in {searching}");
    }
    assert!(receive(&mut session, &messages[messages.len() - 1]).1);
    let over = totals(&mut session);
    assert!(!over.contains("Cancel") && over.contains("Search longer"), "{over}");
}

#[test]
fn a_longer_search_takes_more_steps_than_the_one_before() {
    let mut session = hurried(30);
    let mut stages = |longer| begin(&mut session, longer).map(|job| job.stages);
    let first = stages(false).expect("there is something to search for");
    let longer = stages(true).expect("there still is");
    assert!(longer.len() == 1 && longer.first() > first.last(), "{first:?} {longer:?}");
}

#[test]
fn a_proved_plan_is_not_searched_further_but_gets_figures_once() {
    let (mut session, _) = planned("- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~10m");
    let before = session.drawn.report.schedule.clone();
    assert_eq!(search(&mut session), 0);
    assert_eq!(session.drawn.report.schedule, before);
    assert_eq!(session.search.searched.curve.len(), 20);
    assert!(begin(&mut session, false).is_none());
    assert!(begin(&mut session, true).is_none());
    let (mut empty, _) = planned("");
    assert!(begin(&mut empty, false).is_none());
}

#[test]
fn more_agents_are_a_change_like_any_other() {
    let changed = check("- T1 One", Change::Agents(7), "> at most 7\n- T1 One");
    assert_eq!(changed.done, "At most 7 tasks at once.");
    let (mut session, _) = planned("- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~10m");
    search(&mut session);
    let pressed = |session: &mut Session| {
        let totals = drawn(session, ViewRequest::Totals { is_limit_open: true });
        let is_pressed = |bar: &&Markup| bar.attributes.contains(&("aria-pressed", "true".to_owned()));
        let bars = all(&totals);
        bars.into_iter().find(is_pressed).map(|bar| words(&bar.children).trim().to_owned())
    };
    assert_eq!(pressed(&mut session).as_deref(), Some("5"));
    change(&mut session, Change::Agents(1)).expect("it can be changed");
    plan(&mut session);
    assert_eq!(pressed(&mut session).as_deref(), Some("1"), "the curve stays in sight");
    change(&mut session, Change::Undo).expect("it can be undone");
    assert_eq!(session.document.plan().settings.max_parallel, 5);
}

#[test]
fn what_would_make_the_whole_plan_shorter_is_offered_with_its_effect() {
    let (mut session, _) = planned("> at most 1\n- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~30m");
    let before = session.document.text.clone();
    search(&mut session);
    let offered = session.search.searched.improvements.clone();
    let more = offered.iter().position(|offer| offer.title.contains("run at once")).expect("it helps");
    let drawing = words(&drawn(&mut session, ViewRequest::Problems { current: None }));
    assert!(drawing.contains(&offered[more].title) && drawing.contains("−30 m, 1 phase"), "{drawing}");
    change(&mut session, Change::Improve(more)).expect("it is offered");
    plan(&mut session);
    let phased = i64::from(session.drawn.report.schedule.phased.rounded_up());
    assert_eq!((phased, phased - 60), (30, offered[more].gain.minutes));
    change(&mut session, Change::Undo).expect("it can be undone");
    assert_eq!(session.document.text, before);
    assert!(change(&mut session, Change::Improve(99)).is_err());
}

/// All elements of a drawing.
fn all(drawing: &[Markup]) -> Vec<&Markup> {
    drawing.iter().flat_map(|part| std::iter::once(part).chain(all(&part.children))).collect()
}
