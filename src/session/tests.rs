//! Requests in, answers out; each goes through bytes, as between page and worker.

use super::Session;
use crate::analysis::Fix;
use crate::document::Document;
use crate::layout::{Direction, Metrics, layout};
use crate::plan::TaskId;
use crate::protocol::{Answer, Change, Changed, Content, Found, Planned, Request, Wanted, wire};
use crate::report::Report;
use crate::schedule::phases::steady;
use crate::schedule::{Budget, schedule_until, verify};
use crate::search::tests::tangled;
use crate::search::{Job, Message, News, work_on_bytes};
use crate::view::{Markup, Picks, Showing};
use crate::{export, import, share, text};

const PLAN: &str = "- T1 One @owns(a/**, A/x) ~20m\n- T2 Two @owns(a/b) @uses(db) ~10/30/40m\n- T3 Three @owns(c) \
    @after(T1, T9) ~30m\n- T4 Four @uses(db) @after(T5)\n- T5 Five @after(T4) @accepts(T4: fine)";

fn ask(session: &mut Session, request: Request) -> Answer {
    let sent = wire::to_bytes(&request);
    assert_eq!(wire::from_bytes::<Request>(&sent).as_ref(), Some(&request));
    let answer = session.answer(request);
    assert_eq!(wire::from_bytes::<Answer>(&wire::to_bytes(&answer)).as_ref(), Some(&answer));
    answer
}

fn opened(content: Content) -> Session {
    let mut session = Session::default();
    assert!(matches!(ask(&mut session, Request::Open { opening: 1, content }), Answer::Changed(Ok(_))));
    session
}

fn planned(text: &str) -> (Session, Planned) {
    let mut session = opened(Content::Text(text.to_owned()));
    let planned = plan(&mut session);
    (session, planned)
}

fn plan(session: &mut Session) -> Planned {
    match ask(session, Request::Plan) {
        Answer::Planned(planned) => *planned,
        other => panic!("{other:?}"),
    }
}

fn change(session: &mut Session, change: Change) -> Result<Changed, String> {
    match ask(session, Request::Change(change)) {
        Answer::Changed(outcome) => outcome.map(|changed| *changed),
        other => panic!("{other:?}"),
    }
}

/// Makes the change and compares the text after it.
fn check(before: &str, made: Change, after: &str) -> Changed {
    let mut session = opened(Content::Text(before.to_owned()));
    let changed = change(&mut session, made).expect("it can be changed");
    assert_eq!(session.document.text, after);
    assert_eq!(changed.text.as_deref(), Some(after));
    changed
}

fn drawn(session: &mut Session, wanted: Wanted) -> Vec<Markup> {
    match ask(session, Request::Draw(wanted)) {
        Answer::Drawn { groups, .. } => groups.into_iter().flatten().collect(),
        other => panic!("{other:?}"),
    }
}

/// The job and the news of it, as the other worker tells them; no news if there is no job.
fn job_and_news(session: &mut Session) -> Vec<Vec<u8>> {
    let mut news = Vec::new();
    match ask(session, Request::Search { longer: false }) {
        Answer::Job(Some(job)) => work_on_bytes(&job, &mut |message| news.push(message.to_vec())),
        Answer::Job(None) => {}
        other => panic!("{other:?}"),
    }
    news
}

/// Takes in a message; what follows from it, and whether it was the last one.
fn hear(session: &mut Session, message: &[u8]) -> (Option<Planned>, bool) {
    match ask(session, Request::Heard { message: message.to_vec(), seconds: 3 }) {
        Answer::Heard { planned, is_over } => (planned.map(|planned| *planned), is_over),
        other => panic!("{other:?}"),
    }
}

/// Searches as the page has it done; how often the schedule became better.
fn search(session: &mut Session) -> usize {
    let news = job_and_news(session);
    let heard = news.iter().map(|message| hear(session, message)).collect::<Vec<_>>();
    assert!(heard.iter().rev().skip(1).all(|(_, is_over)| !is_over), "only the last news ends it");
    assert!(heard.last().is_none_or(|(_, is_over)| *is_over));
    heard.iter().filter(|(planned, _)| planned.is_some()).count()
}

/// All words of a drawing, in order.
fn words(drawing: &[Markup]) -> String {
    let inside = |part: &Markup| [part.text.as_str(), &words(&part.children)].concat();
    drawing.iter().map(inside).collect::<Vec<_>>().join(" ")
}

fn id(task: &str) -> TaskId {
    TaskId::from(task)
}

#[test]
fn every_change_reaches_the_text() {
    check("- T1 One", Change::Title("Shop".to_owned()), "# Shop\n- T1 One");
    check("- T1 One\n- T2 Two", Change::Remove(id("T1")), "- T2 Two");
    check("- T1 One\n- T2 Two", Change::Move { id: id("T1"), down: true }, "- T2 Two\n- T1 One\n");
    check("- T1 One\n- T2 Two", Change::Move { id: id("T1"), down: false }, "- T1 One\n- T2 Two");
    let added = check("- T7 One", Change::Add, "- T7 One\n- T8 New task\n");
    assert_eq!(added.selected, Some(id("T8")));
    let content = Content::Text("- T3 Three".to_owned());
    check("- T1 One", Change::Become { content, label: "paste".to_owned() }, "- T3 Three");
}

#[test]
fn fields_are_written_doubted_or_refused() {
    let write = |field: &str, written: &str| Change::Write {
        id: id("T1"),
        field: field.to_owned(),
        written: written.to_owned(),
    };
    check("- T1 One", write("minutes", "1h"), "- T1 One ~1h\n");
    let doubtful = check("- T1 One", write("after", "T9"), "- T1 One @after(T9)\n");
    assert_eq!(doubtful.doubt.as_deref(), Some("There is no task T9."));
    let mut session = opened(Content::Text("- T1 One".to_owned()));
    assert!(change(&mut session, write("minutes", "soon")).is_err());
    assert!(change(&mut session, write("nonsense", "")).is_err());
    assert_eq!(session.document.text, "- T1 One");
}

#[test]
fn what_was_done_can_be_undone_and_done_again() {
    let mut session = opened(Content::Text("- T1 One".to_owned()));
    let typed = change(&mut session, Change::Type { text: "- T1 One!".to_owned(), joins: false });
    assert_eq!(typed.expect("anything can be typed").text, None, "the page has it");
    let undone = change(&mut session, Change::Undo).expect("there is a step");
    assert_eq!((undone.text.as_deref(), undone.done.as_str()), (Some("- T1 One"), "Undone: typing."));
    let redone = change(&mut session, Change::Redo).expect("there is a step");
    assert_eq!(redone.text.as_deref(), Some("- T1 One!"));
    assert_eq!(change(&mut session, Change::Redo), Err("There is nothing to redo.".to_owned()));
}

#[test]
fn a_repair_is_the_one_that_was_offered() {
    let (mut session, planned) = planned("- T1 One @owns(a)\n- T2 Two @owns(a)");
    let number = planned.problems.iter().position(|problem| problem.has_fixes).expect("they collide");
    let fix = session.drawn.report.analysis.diagnostics[number].fixes[0].clone();
    let repaired = change(&mut session, Change::Repair { problem: number, fix: 0 }).expect("it is offered");
    assert_eq!(repaired.done, format!("{}.", fix.title));
    assert_eq!(
        *session.document.plan(),
        *Document::from_text(PLAN_OF_TWO.to_owned()).edited(fix.edits).plan()
    );
    assert!(change(&mut session, Change::Repair { problem: 99, fix: 0 }).is_err());
}

const PLAN_OF_TWO: &str = "- T1 One @owns(a)\n- T2 Two @owns(a)";

#[test]
fn the_figures_beside_repairs_are_those_of_the_scheduler() {
    let (mut session, _) = planned(PLAN);
    let report = Report::new(text::parse(PLAN).plan, &Budget::default());
    search(&mut session);
    let gains = &session.search.searched.gains;
    let fixes: usize = report.analysis.diagnostics.iter().map(|found| found.fixes.len()).sum();
    assert_eq!(gains.len(), fixes);
    for ((problem, fix), gain) in gains {
        let edits = &report.analysis.diagnostics[*problem].fixes[*fix].edits;
        assert_eq!(*gain, report.gain(edits, &Budget::default()));
    }
}

#[test]
fn to_look_away_is_never_the_best_repair() {
    let (mut session, planned) = planned("- T1 One @owns(a) ~30m\n- T2 Two @owns(a) ~30m");
    let fixes = &session.drawn.report.analysis.diagnostics[0].fixes;
    assert!(fixes.iter().any(Fix::is_acceptance), "it is offered");
    search(&mut session);
    assert!(
        session.search.searched.gains.iter().any(|(_, gain)| gain.minutes < 0),
        "and would make the plan shorter"
    );
    let drawing = drawn(&mut session, Wanted::Problems { current: None });
    assert!(!format!("{drawing:?}").contains("fix best"), "{drawing:?}");
    assert_eq!(planned.problems.len(), session.drawn.report.analysis.diagnostics.len());
}

#[test]
fn views_say_what_the_plan_says() {
    let (mut session, planned) = planned(PLAN);
    assert_eq!((planned.tasks, planned.cards), (5, 5));
    let stage = drawn(&mut session, Wanted::Cards(Picks::default()));
    let reading = |showing| Wanted::Reading { showing, selected: Some(id("T1")), rows: 100 };
    for view in [
        stage,
        drawn(&mut session, reading(Showing::Timeline)),
        drawn(&mut session, reading(Showing::Outline)),
        drawn(&mut session, reading(Showing::Brief)),
        drawn(&mut session, Wanted::Table { rows: 100, selected: None }),
    ] {
        let words = format!("{view:?}");
        for task in ["One", "Two", "Three", "Four", "Five"] {
            assert!(words.contains(task), "{task} in {words}");
        }
    }
    let task = drawn(&mut session, Wanted::Task { id: Some(id("T3")), problem: None });
    assert!(words(&task).contains("Remove the task"), "{task:?}");
    let nobody = drawn(&mut session, Wanted::Task { id: Some(id("T99")), problem: None });
    assert!(words(&nobody).contains("Select a task"), "{nobody:?}");
}

#[test]
fn neighbours_are_those_of_the_view() {
    let (mut session, _) = planned("- T1 One @owns(a)\n- T2 Two @owns(b) @after(T1)");
    let mut go = |from: Option<&str>, showing, direction| match ask(
        &mut session,
        Request::Neighbour { from: from.map(id), showing, direction },
    ) {
        Answer::Neighbour(task) => task.map(|task| task.to_string()),
        other => panic!("{other:?}"),
    };
    assert_eq!(go(None, Showing::Stage, Direction::Down).as_deref(), Some("T1"));
    assert_eq!(go(Some("T1"), Showing::Stage, Direction::Right).as_deref(), Some("T2"));
    assert_eq!(go(Some("T1"), Showing::Outline, Direction::Down).as_deref(), Some("T2"));
    assert_eq!(go(Some("T2"), Showing::Outline, Direction::Down), None);
    assert_eq!(go(Some("T2"), Showing::Timeline, Direction::Left).as_deref(), Some("T1"));
}

#[test]
fn the_drawing_stays_steady_within_a_document() {
    let mut session = Session::default();
    let mut draw = |opening: u32, tasks: std::ops::Range<usize>| {
        let lines: Vec<String> = tasks.map(|task| format!("- T{task} Task @owns(f{task})")).collect();
        let content = Content::Text(lines.join("\n"));
        ask(&mut session, Request::Open { opening, content });
        plan(&mut session);
        let task = session.drawn.find(&id("T3")).expect("it is there");
        session.drawn.scene.card(task).map(|card| card.spot.row)
    };
    let first = draw(1, 1..5);
    assert_eq!(draw(1, 2..5), first, "T3 stays where it was");
    assert_ne!(draw(2, 2..5), first, "another document is drawn from nothing");
}

#[test]
fn a_new_drawing_is_the_one_of_the_layout() {
    let (session, planned) = planned(PLAN);
    let report = Report::new(text::parse(PLAN).plan, &Budget::default());
    let scene = layout(&report.analysis, &report.schedule, &Metrics::default());
    assert_eq!(planned.size, (scene.width, scene.height));
    assert_eq!(session.drawn.scene, scene);
}

#[test]
fn formats_and_exports_are_those_of_the_core() {
    let (mut session, _) = planned(PLAN);
    let Answer::Formats(formats) = ask(&mut session, Request::Formats) else { panic!("another answer") };
    let report = Report::new(text::parse(PLAN).plan, &Budget::default());
    assert_eq!(formats.len(), export::EXPORTERS.len());
    for (number, exporter) in export::EXPORTERS.iter().enumerate() {
        assert_eq!(formats[number].id, exporter.id());
        assert_eq!(ask(&mut session, Request::Export(number)), Answer::Exported(exporter.render(&report)));
    }
}

#[test]
fn a_record_brings_back_the_document_and_its_history() {
    let mut session = opened(Content::Text("- T1 One".to_owned()));
    change(&mut session, Change::Type { text: "- T1 Two".to_owned(), joins: false }).expect("it is typed");
    let Answer::Record(record) = ask(&mut session, Request::Record) else { panic!("another answer") };
    let mut again = opened(Content::Record(record));
    assert_eq!(again.document, session.document);
    assert!(change(&mut again, Change::Undo).is_ok());
    let damaged = Request::Open { opening: 2, content: Content::Record("{}".to_owned()) };
    assert!(matches!(ask(&mut again, damaged), Answer::Changed(Err(_))));
    assert_eq!(again.document.text, "- T1 One", "what can't be opened takes nothing away");
}

#[test]
fn a_document_of_a_newer_program_is_shown_and_not_changed() {
    let record = r#"{"form":99,"text":"- T1 One","shape":"new"}"#.to_owned();
    let mut session = opened(Content::Record(record));
    assert!(session.is_only_shown());
    assert_eq!(session.document.text, "- T1 One");
    let refused = change(&mut session, Change::Add).expect_err("it can't be changed");
    assert!(refused.contains("newer version"), "{refused}");
    ask(&mut session, Request::Open { opening: 2, content: Content::Text(String::new()) });
    assert!(change(&mut session, Change::Add).is_ok(), "the next one can be");
}

fn import_into(session: &mut Session, bytes: &[u8]) -> Result<Found, String> {
    match ask(session, Request::Import { bytes: bytes.into(), name: None }) {
        Answer::Imported(found) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_imported_keeps_its_unknown_fields() {
    let json =
        r#"{"format":"phaseplan/1","colour":{"a":[1,2]},"tasks":[{"id":"T1","title":"One","mood":null}]}"#;
    let mut session = Session::default();
    let found = import_into(&mut session, json.as_bytes()).expect("it can be read");
    assert_eq!((found.tasks, found.is_plan_text), (1, false));
    ask(&mut session, Request::Open { opening: 1, content: Content::Found });
    let plan = session.document.plan();
    assert_eq!(*plan, import::import(json.as_bytes(), None).expect("it can be read").plan);
    assert_eq!((plan.unknown.len(), plan.tasks[0].unknown.len()), (1, 1));
}

#[test]
fn plan_text_stays_as_it_was_written_and_what_is_no_plan_is_refused() {
    let mut session = Session::default();
    assert!(import_into(&mut session, b"- One\r\n- Two\r\n").is_ok_and(|found| found.is_plan_text));
    ask(&mut session, Request::Open { opening: 1, content: Content::Found });
    assert_eq!(session.document.text, "- One\n- Two\n");
    assert!(import_into(&mut session, &[0xff, 0, 0x80, 1, 2]).is_err());
}

#[test]
fn bytes_that_are_no_request_are_refused() {
    assert_eq!(wire::from_bytes::<Request>(&[]), None);
    assert_eq!(wire::from_bytes::<Request>(&[200, 1, 2]), None);
}

fn link_of(plan: &str) -> String {
    let plan = text::parse(plan).plan;
    share::link(&plan, share::Contents::Full).expect("it is small").at("https://example.org/")
}

#[test]
fn a_plan_in_a_link_is_only_shown_until_it_is_kept() {
    let mut session = opened(Content::Text("- T1 Mine".to_owned()));
    let message =
        format!("Have a look at <{}>, please.", link_of("- T1 Theirs @owns(a)\n- T2 More @owns(b)"));
    let found = import_into(&mut session, message.as_bytes()).expect("there is a link");
    assert!(found.is_shared && found.tasks == 2);
    assert_eq!(session.document.text, "- T1 Mine", "nothing is replaced before it is opened");
    ask(&mut session, Request::Open { opening: 2, content: Content::Found });
    assert!(session.document.text.contains("Theirs"));
    assert!(change(&mut session, Change::Add).is_err());
    assert_eq!(change(&mut session, Change::Keep).expect("it can be kept").shared, None);
    assert!(change(&mut session, Change::Add).is_ok());
}

#[test]
fn what_a_link_hides_is_said() {
    let mut session = Session::default();
    let link = link_of("- T1 Good\u{202e}evil @owns(a)");
    import_into(&mut session, link.as_bytes()).expect("there is a link");
    let opened = ask(&mut session, Request::Open { opening: 1, content: Content::Found });
    let Answer::Changed(Ok(changed)) = opened else { panic!("another answer") };
    assert!(changed.shared.is_some_and(|about| about.contains("U+202E")));
}

#[test]
fn damaged_links_are_refused_and_lists_that_mention_one_are_lists() {
    let mut session = Session::default();
    let link = link_of("- T1 Theirs @owns(a)\n  Some words to make it longer.");
    let cut = import_into(&mut session, &link.as_bytes()[..link.len() - 9]);
    assert!(cut.is_err_and(|message| message.contains("cut off")));
    let list = format!("- T1 Read the plan\n  It is at {link}");
    assert!(import_into(&mut session, list.as_bytes()).is_ok_and(|found| found.is_plan_text));
}

/// A session whose plan was answered in no time, so that a search finds something better.
fn hurried(tasks: usize) -> Session {
    let (mut session, _) = planned(&tangled(tasks));
    let Report { plan, analysis, schedule, .. } = &mut session.drawn.report;
    *schedule = crate::schedule::schedule(plan, analysis, &Budget { steps: 0, seed: 1 });
    session
}

/// What is told of the job when it has only these stages and wants no figures.
fn news_of(session: &mut Session, stages: &[u64]) -> Vec<Vec<u8>> {
    let Answer::Job(Some(job)) = ask(session, Request::Search { longer: false }) else { panic!("no job") };
    let job: Job = serde_json::from_slice(&job).expect("it is a job");
    let job = Job { stages: stages.to_vec(), with_figures: false, ..job };
    let mut news = Vec::new();
    work_on_bytes(&serde_json::to_vec(&job).expect("it can be written"), &mut |told| {
        news.push(told.to_vec())
    });
    news
}

#[test]
fn a_better_schedule_takes_the_place_of_the_quick_one_everywhere() {
    let mut session = hurried(30);
    let quick = session.drawn.report.clone();
    let news = news_of(&mut session, &[20_000]);
    let planned: Vec<Planned> = news.iter().filter_map(|told| hear(&mut session, told).0).collect();
    let found = schedule_until(&quick.plan, &quick.analysis, 1, &mut Budget { steps: 20_000, seed: 1 });
    let Report { plan, analysis, schedule, .. } = &session.drawn.report;
    assert!(schedule.phased < quick.schedule.phased);
    assert_eq!(*schedule, found, "byte for byte what the scheduler finds in so many steps");
    assert_eq!(verify::of_plan(plan, analysis, schedule), Ok(()));
    assert_eq!(planned.len(), 1);
    let json = export::EXPORTERS.iter().position(|exporter| exporter.id() == "report").expect("it is listed");
    let expected = export::EXPORTERS[json].render(&Report { schedule: found, ..quick });
    assert_eq!(ask(&mut session, Request::Export(json)), Answer::Exported(expected));
}

#[test]
fn a_repair_saves_what_is_told_when_it_is_pressed() {
    let asked = || {
        let mut session = hurried(17);
        let Answer::Job(Some(job)) = ask(&mut session, Request::Search { longer: false }) else {
            panic!("there is no job")
        };
        (session, serde_json::from_slice::<Job>(&job).expect("it is a job"))
    };
    let mut news = Vec::new();
    let job = Job { stages: vec![1, 20_000], ..asked().1 };
    work_on_bytes(&serde_json::to_vec(&job).expect("it can be written"), &mut |told| {
        news.push(told.to_vec())
    });
    let searched = || {
        let (mut session, _) = asked();
        let better = news.iter().filter(|told| hear(&mut session, told).0.is_some()).count();
        assert_eq!(better, 1, "only the second stage finds something");
        session
    };
    let session = searched();
    let shown = i64::from(session.drawn.report.schedule.phased);
    let repairs = session
        .search
        .searched
        .gains
        .iter()
        .step_by(5)
        .map(|&((problem, fix), gain)| (Change::Repair { problem, fix }, gain));
    let improvements = session.search.searched.improvements.iter().enumerate();
    let improvements = improvements.map(|(number, improvement)| (Change::Improve(number), improvement.gain));
    let told: Vec<_> = repairs.chain(improvements).take(6).collect();
    assert!(told.len() > 3);
    for (press, gain) in told {
        let mut session = searched();
        change(&mut session, press).expect("it is offered");
        plan(&mut session);
        let schedule = &session.drawn.report.schedule;
        assert_eq!((i64::from(schedule.phased) - shown, schedule.phases.len()), (gain.minutes, gain.phases));
    }
}

#[test]
fn what_is_told_of_another_plan_or_after_the_end_is_not_taken_in() {
    let mut session = hurried(30);
    let quick = session.drawn.report.schedule.clone();
    let news = news_of(&mut session, &[2_000]);
    ask(&mut session, Request::EndSearch);
    let of_the_ended = news.iter().map(|told| hear(&mut session, told)).collect::<Vec<_>>();
    assert!(of_the_ended.iter().all(|heard| *heard == (None, false)));
    let news = news_of(&mut session, &[2_000]);
    plan(&mut session);
    assert!(news.iter().all(|told| hear(&mut session, told) == (None, false)));
    assert_eq!(hear(&mut session, b"nonsense"), (None, false));
    assert_ne!(session.drawn.report.schedule, quick, "it was planned again");
}

#[test]
fn a_small_edit_moves_few_tasks_of_a_plan_that_was_searched() {
    let mut session = hurried(30);
    for told in news_of(&mut session, &[20_000]) {
        hear(&mut session, &told);
    }
    let before = session.drawn.report.schedule.phase_of.clone();
    let written = Change::Write { id: id("T9"), field: "minutes".to_owned(), written: "41m".to_owned() };
    change(&mut session, written).expect("it can be written");
    plan(&mut session);
    let report = &session.drawn.report;
    let moved = |report: &Report| steady::moved(&before, &report.schedule.phase_of);
    let from_nothing = Report::new(report.plan.clone(), &Budget::default());
    assert!(moved(report) <= 2 && moved(&from_nothing) > 2, "{} {}", moved(report), moved(&from_nothing));
    let Answer::Job(Some(job)) = ask(&mut session, Request::Search { longer: false }) else {
        panic!("no job")
    };
    let job: Job = serde_json::from_slice(&job).expect("it is a job");
    assert_eq!(job.previous.phases.len(), 30);
}

#[test]
fn what_the_verifier_refuses_is_not_shown() {
    let mut session = hurried(30);
    let quick = session.drawn.report.schedule.clone();
    for told in news_of(&mut session, &[2_000]) {
        let mut message: Message = serde_json::from_slice(&told).expect("it is a message");
        if let News::Found(found) = &mut message.news {
            found.phased = 1;
        }
        let told = serde_json::to_vec(&message).expect("it can be written");
        assert_eq!(hear(&mut session, &told).0, None);
    }
    assert_eq!(session.drawn.report.schedule, quick);
}

#[test]
fn the_totals_say_how_far_the_search_is() {
    let mut session = hurried(30);
    let totals = |session: &mut Session| words(&drawn(session, Wanted::Totals { is_limit_open: true }));
    let news = news_of(&mut session, &[2_000]);
    let before_the_end = &news[..news.len() - 1];
    for told in before_the_end {
        hear(&mut session, told);
    }
    let searching = totals(&mut session);
    for expected in ["Searching, 3 s", "Cancel", "lower bound", "gap"] {
        assert!(searching.contains(expected), "{expected} in {searching}");
    }
    assert!(hear(&mut session, &news[news.len() - 1]).1);
    let over = totals(&mut session);
    assert!(!over.contains("Cancel") && over.contains("Search longer"), "{over}");
}

#[test]
fn a_longer_search_takes_more_steps_than_the_one_before() {
    let mut session = hurried(30);
    let mut stages = |longer| match ask(&mut session, Request::Search { longer }) {
        Answer::Job(job) => job.map(|job| serde_json::from_slice::<Job>(&job).expect("it is a job").stages),
        other => panic!("{other:?}"),
    };
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
    assert_eq!(ask(&mut session, Request::Search { longer: false }), Answer::Job(None));
    assert_eq!(ask(&mut session, Request::Search { longer: true }), Answer::Job(None));
    let (mut empty, _) = planned("");
    assert_eq!(ask(&mut empty, Request::Search { longer: false }), Answer::Job(None));
}

#[test]
fn more_agents_are_a_change_like_any_other() {
    let changed = check("- T1 One", Change::Agents(7), "> at most 7\n- T1 One");
    assert_eq!(changed.done, "At most 7 tasks at once.");
    let (mut session, _) = planned("- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~10m");
    search(&mut session);
    let pressed = |session: &mut Session| {
        let totals = drawn(session, Wanted::Totals { is_limit_open: true });
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
    let drawing = words(&drawn(&mut session, Wanted::Problems { current: None }));
    assert!(drawing.contains(&offered[more].title) && drawing.contains("−30 m, 1 phase"), "{drawing}");
    change(&mut session, Change::Improve(more)).expect("it is offered");
    plan(&mut session);
    let phased = i64::from(session.drawn.report.schedule.phased);
    assert_eq!((phased, phased - 60), (30, offered[more].gain.minutes));
    change(&mut session, Change::Undo).expect("it can be undone");
    assert_eq!(session.document.text, before);
    assert!(change(&mut session, Change::Improve(99)).is_err());
}

/// All elements of a drawing.
fn all(drawing: &[Markup]) -> Vec<&Markup> {
    drawing.iter().flat_map(|part| std::iter::once(part).chain(all(&part.children))).collect()
}

#[test]
fn a_plan_with_another_id_that_takes_its_place_goes_with_one_step_back() {
    let record = |text: &str, id: &str| {
        let mut document = Document::from_text(text.to_owned());
        document.parsed.plan.id = id.to_owned();
        crate::document::record::write(&document, &crate::document::History::default())
    };
    let other = "# Other\n\n> @id(k2)\n\n- T1 Two\n- T2 Three\n";
    let id = |session: &Session| session.document.plan().id.clone();
    for (text, own) in [("- T1 One", ""), ("- T1 One", "k1"), ("> @id(k1)\n- T1 One", "k1"), ("", "k1")] {
        for joins in [false, true] {
            let changes = [
                Change::Become { content: Content::Text(other.to_owned()), label: "paste".to_owned() },
                Change::Type { text: other.to_owned(), joins },
            ];
            for made in changes {
                let mut session = opened(Content::Record(record(text, own)));
                if joins {
                    change(&mut session, Change::Type { text: [text, "!"].concat(), joins: false }).unwrap();
                }
                change(&mut session, made.clone()).expect("it can be pasted");
                assert_eq!(id(&session), "k2");
                let Answer::Record(stored) = ask(&mut session, Request::Record) else { panic!() };
                let mut session = opened(Content::Record(stored));
                while change(&mut session, Change::Undo).is_ok() {}
                assert_eq!((session.document.text.as_str(), id(&session).as_str()), (text, own), "{made:?}");
                while change(&mut session, Change::Redo).is_ok() {}
                assert_eq!(
                    (session.document.text.as_str(), id(&session).as_str()),
                    (other, "k2"),
                    "{made:?}"
                );
            }
        }
    }
}
