//! Comparing the open plan like the page does: requests in, words out.

use phaseplan::incoming::Input;
use phaseplan::protocol::{
    Answer, Change, Comparison, Content, DocumentRequest, Form, PlanState, ViewRequest, wire,
};
use phaseplan::review::revision::content_of;
use phaseplan::review::{Body, Event, Log};
use phaseplan::session::{Ambient, Session};
use phaseplan::view::{Markup, Picks, ReviewAct};
use phaseplan::{export, share, text};

const PLAN: &str = "- T1 One @owns(a/**)\n- T2 Two @owns(b/**)\n";

fn opened(plan: &str) -> Session {
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(plan.to_owned()) });
    session
}

/// Encodes and decodes the request and its answer, as between page and worker.
fn ask(session: &mut Session, comparison: Comparison) -> Result<PlanState, String> {
    let request = DocumentRequest::Compare(comparison);
    assert_eq!(wire::from_bytes(&wire::to_bytes(&request)).as_ref(), Some(&request));
    let answer = session.answer(request);
    assert_eq!(wire::from_bytes(&wire::to_bytes(&answer)).as_ref(), Some(&answer));
    match answer {
        Answer::Planned(planned) => Ok(*planned),
        Answer::Done(Err(message)) => Err(message),
        other => panic!("{other:?}"),
    }
}

fn given(text: &str) -> Comparison {
    Comparison::With(Input::paste(text))
}

fn words(drawing: &[Markup]) -> String {
    let inside = |part: &Markup| [part.text.as_str(), &words(&part.children)].concat();
    drawing.iter().map(inside).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("|")
}

fn drawn(session: &mut Session, wanted: ViewRequest) -> String {
    match session.answer(DocumentRequest::Draw(wanted)) {
        Answer::Drawn { groups, .. } => words(&groups.concat()),
        other => panic!("{other:?}"),
    }
}

fn banner(session: &mut Session) -> String {
    drawn(session, ViewRequest::Comparing { current: None })
}

fn text_of(session: &mut Session) -> String {
    match session.answer(DocumentRequest::Draw(ViewRequest::Changes {
        rows: 10,
        current: None,
        as_text: true,
    })) {
        Answer::Drawn { groups, .. } => format!("{groups:?}"),
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check(before: &str, after: &str, told: &str) {
    let mut session = opened(after);
    let planned = ask(&mut session, given(before)).expect("it can be compared");
    assert!(planned.announcement.ends_with(told), "{}", planned.announcement);
}

#[test]
fn what_differs_is_told() {
    check(PLAN, PLAN, "Compared with the pasted plan, nothing differs.");
}

#[test]
fn anything_that_holds_a_plan_can_be_compared() {
    let before = text::parse("# Monday\n- T1 One @owns(a/**)\n- T9 Nine @owns(c/**)\n").plan;
    let link = share::link(&before, share::Contents::Full).expect("it fits").at("https://example.org/");
    let report = phaseplan::Report::new(before, &phaseplan::schedule::Budget::default());
    let json = export::json::PlanFile::of(&report.plan).to_json();
    for other in [
        json.as_str(),
        &format!("Look at {link}, please."),
        "# Monday\n- T1 One @owns(a/**)\n- T9 Nine @owns(c/**)\n",
    ] {
        let mut session = opened(PLAN);
        let planned = ask(&mut session, given(other)).expect("it can be compared");
        assert!(planned.announcement.ends_with("tasks: 1 added, 1 removed."), "{}", planned.announcement);
        assert_eq!(planned.compared.map(|tasks| tasks.len()), Some(2));
        assert!(banner(&mut session).contains("Monday"), "{}", banner(&mut session));
        assert_eq!(session.document().text, PLAN, "nothing was opened");
    }
}

#[test]
fn what_can_not_be_read_is_said_and_changes_nothing() {
    let mut log = Log::of("1");
    let body = Body::Approve { text: String::new() };
    log.say(&text::parse(PLAN).plan, "Ann", 1, body).expect("it can be said");
    let events: Vec<Event> = log.events().cloned().collect();
    let reply = share::reply(&events).expect("it fits").at("https://example.org/");
    let link = share::link(&text::parse(PLAN).plan, share::Contents::Full)
        .expect("it fits")
        .at("https://example.org/");
    for (other, expected) in [
        (&link[..link.len() - 4], "cut off"),
        ("https://example.org/#9.p.10.abc.defe", "newer version"),
        ("{\"format\": \"phaseplan/99\"}", ""),
        ("", ""),
        ("# Only a title", "no task"),
        (&reply, "a reply to a review"),
    ] {
        let mut session = opened(PLAN);
        ask(&mut session, given("- T1 Other")).expect("it can be compared");
        let before = banner(&mut session);
        let message = ask(&mut session, given(other)).expect_err("it can't be compared");
        assert!(message.contains(expected) && message.ends_with('.'), "{other}: {message}");
        assert_eq!(banner(&mut session), before);
    }
}

#[test]
fn a_comparison_can_be_turned_round_follows_the_plan_and_ends() {
    let mut session = opened(PLAN);
    ask(&mut session, given("- T1 One @owns(a/**)\n")).expect("it can be compared");
    assert!(text_of(&mut session).contains("+ T2 Two"), "{}", text_of(&mut session));
    let swapped = ask(&mut session, Comparison::Swap).expect("it goes on");
    assert!(swapped.announcement.ends_with("tasks: 1 removed."), "{}", swapped.announcement);
    assert!(text_of(&mut session).contains("- T2 Two"));
    ask(&mut session, Comparison::Swap).expect("it goes on");

    let typed = "- T1 One @owns(a/**)\n- T3 Three @owns(c)\n".to_owned();
    session.answer(DocumentRequest::Change(Change::Type { text: typed, joins: false }));
    let Answer::Planned(planned) = session.answer(DocumentRequest::Plan) else { panic!("it is planned") };
    assert_eq!(planned.compared, Some(vec!["T3".into()]));

    let ended = ask(&mut session, Comparison::End).expect("it ends");
    assert_eq!(ended.compared, None);
    assert_eq!(banner(&mut session), "");

    ask(&mut session, given(PLAN)).expect("it can be compared");
    session.answer(DocumentRequest::Open { opening: 2, content: Content::Text(PLAN.to_owned()) });
    let Answer::Planned(planned) = session.answer(DocumentRequest::Plan) else { panic!("it is planned") };
    assert_eq!(planned.compared, None, "another document is not compared");
}

#[test]
fn the_text_is_what_the_command_line_prints() {
    let other = "- T1 One @owns(a/**, b/x)\n- T4 Four @after(T1)\n";
    let mut session = opened(PLAN);
    ask(&mut session, given(other)).expect("it can be compared");
    let plans = [other, PLAN].map(|plan| text::parse(plan).plan);
    let comparison =
        phaseplan::compare::compare_plans(&plans[0], &plans[1], &phaseplan::schedule::Budget::default());
    let printed = format!("{:?}", phaseplan::compare::text(&comparison));
    assert!(text_of(&mut session).contains(&printed));
}

/// `count` tasks, whose files differ for each `word`.
fn many(count: usize, word: &str) -> String {
    (0..count)
        .map(|task| {
            format!(
                "- T{task} Task {task} @owns({word}/{task}) {word} one two three\n  {}\n",
                "words ".repeat(40)
            )
        })
        .collect()
}

#[test]
fn of_many_changes_some_are_drawn_and_the_rest_is_counted() {
    let mut session = opened(&many(1_000, "a"));
    let planned = ask(&mut session, given(&many(1_200, "b"))).expect("it can be compared");
    assert_eq!(planned.compared.map(|tasks| tasks.len()), Some(1_200));
    let list = |session: &mut Session, rows, current| {
        let Answer::Drawn { groups, .. } =
            session.answer(DocumentRequest::Draw(ViewRequest::Changes { rows, current, as_text: false }))
        else {
            panic!("it is drawn")
        };
        (format!("{groups:?}").matches("\"data-test\", \"change\"").count(), words(&groups.concat()))
    };
    let (count, shown) = list(&mut session, 100, None);
    assert_eq!(count, 100);
    assert!(shown.contains("Show more (1100 left)"), "{shown}");
    assert_eq!(list(&mut session, 100, Some(300)).0, 301, "the current one is among them");
    let Answer::Drawn { groups, .. } =
        session.answer(DocumentRequest::Draw(ViewRequest::Cards(Picks::default())))
    else {
        panic!("it is drawn")
    };
    assert!(format!("{groups:?}").matches("\"data-test\", \"ghost\"").count() <= 600);
}

/// Adds a statement to the review under a name.
fn say(session: &mut Session, act: &str, task: &str, text: &str) {
    session.set_ambient(Ambient { now: 1, entropy: [7; 10], ..Ambient::default() });
    let form = Form {
        act: ReviewAct::from_name(act).expect("there is such an act"),
        name: "Ann".to_owned(),
        task: (!task.is_empty()).then(|| task.into()),
        text: text.to_owned(),
        ..Form::default()
    };
    let answer = session.answer(DocumentRequest::Change(Change::Review(form)));
    assert!(matches!(answer, Answer::Changed(Ok(_))), "{answer:?}");
}

#[test]
fn an_old_verdict_leads_to_what_was_looked_at() {
    let mut session = opened(PLAN);
    say(&mut session, "publish", "", "");
    assert!(session.is_sent_out());
    let looked_at = session.document().plan().clone();
    say(&mut session, "approve", "", "");
    let text = format!("{PLAN}- T3 Three @owns(c/**)\n");
    session.answer(DocumentRequest::Change(Change::Type { text, joins: false }));
    assert!(!session.is_sent_out());
    let wanted = ViewRequest::Review { page: "https://example.org/".to_owned(), rows: 9 };
    let Answer::Drawn { groups, .. } = session.answer(DocumentRequest::Draw(wanted)) else {
        panic!("it is drawn")
    };
    assert!(words(&groups.concat()).contains("What changed since"));
    let drawn = format!("{groups:?}");
    let key = drawn
        .split(r#"("data-key", ""#)
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("it has a key");
    assert_eq!(session.content_in(key), Some(content_of(&looked_at)));
    assert_eq!(session.content_in("rubbish"), None);
}

#[test]
fn open_threads_are_presented_last() {
    let mut session = opened(PLAN);
    session.answer(DocumentRequest::Plan);
    say(&mut session, "comment", "T2", "Is this needed?");
    let shown = drawn(&mut session, ViewRequest::Presentation { step: 99 });
    assert!(
        shown.contains("Said of T2") && shown.contains("Is this needed?") && shown.contains("3 of 3"),
        "{shown}"
    );
    assert!(
        drawn(&mut session, ViewRequest::Presentation { step: 0 })
            .contains("One thread of the review is open.")
    );
}
