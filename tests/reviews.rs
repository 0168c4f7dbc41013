//! Reviews: immutable events, sets that merge in any order, and places that are never guessed.

use phaseplan::Plan;
use phaseplan::events::{Added, Digest};
use phaseplan::plan::{Edit, TaskId};
use phaseplan::review::receive::contents;
use phaseplan::review::revision::content_of;
use phaseplan::review::state::Thread;
use phaseplan::review::{
    Age, Anchor, Body, Event, Field, Log, Revision, Since, Standing, State, Statement, markdown, receive,
};
use phaseplan::share;
use phaseplan::text::parse;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

const TEXT: &str = "# Release\n> @id(p1)\n\nShip it.\n\n- T1 Parser @owns(src/parser/**)\n  Keep the errors \
    short. Keep the tests.\n- T2 Docs @owns(docs/**) @after(T1)\n- T3 Site @owns(site/**)\n";

fn plan() -> Plan {
    parse(TEXT).plan
}

fn id(id: &str) -> TaskId {
    TaskId::from(id)
}

/// A comment on a field of a task, with a quotation.
fn comment(plan: &Plan, task: &str, field: Field, quote: &str) -> Body {
    let on = Anchor::at(plan, Some(&id(task)), Some(field), quote).expect("the place is there");
    Body::Comment { on, text: format!("About {quote}") }
}

fn say(log: &mut Log, plan: &Plan, author: &str, body: Body) -> Digest {
    log.say(plan, author, 1_700_000_000, body).expect("this can be said")
}

/// A log with one statement of each kind.
fn conversation(plan: &Plan) -> Log {
    let mut log = Log::of(&plan.id);
    let publication = Revision::of(plan, &log).publication(plan);
    say(&mut log, plan, "Ada", publication);
    let thread = say(&mut log, plan, "Ben", comment(plan, "T1", Field::Instructions, "errors short"));
    say(&mut log, plan, "Ada", Body::Reply { thread, text: "Why?".into() });
    say(&mut log, plan, "Ben", Body::Rewrite { comment: thread, text: "Say what short means.".into() });
    let on = Anchor::at(plan, Some(&id("T3")), Some(Field::After), "").unwrap();
    let suggestion = say(
        &mut log,
        plan,
        "Ben",
        Body::Suggest { on, value: json!(["T1"]), text: "It needs the parser.".into() },
    );
    say(&mut log, plan, "Cid", Body::RequestChanges { text: "Not yet.".into() });
    say(&mut log, plan, "Ben", Body::Approve { text: String::new() });
    say(&mut log, plan, "Ada", Body::Resolve { thread });
    say(&mut log, plan, "Ada", Body::Accept { suggestion });
    log
}

/// The state as shown, in a few lines.
fn shown(state: &State) -> String {
    let thread = |thread: &Thread| {
        let comments =
            thread.comments.iter().map(|one| format!("{}: {}", one.author, one.text)).collect::<Vec<_>>();
        let settled = if thread.is_resolved { "settled" } else { "open" };
        format!("{} {} {settled} | {}\n", thread.on.name(), thread.standing.name(), comments.join(" | "))
    };
    let verdict = |verdict: &phaseplan::review::Verdict| {
        format!(
            "{} {} {:?}\n",
            verdict.author,
            if verdict.approves { "approves" } else { "objects" },
            verdict.age
        )
    };
    state.threads.iter().map(thread).chain(state.verdicts.iter().map(verdict)).collect()
}

#[test]
fn a_conversation_is_shown() {
    let plan = plan();
    let state = State::of(&conversation(&plan), &plan);
    assert_eq!(
        shown(&state),
        "T1, instructions live settled | Ben: Say what short means. | Ada: Why?\n\
         T3, after live settled | Ben: It needs the parser.\n\
         Ben approves Current\nCid objects Current\n"
    );
    assert_eq!(state.threads[0].comments[0].earlier, ["About errors short"]);
    assert_eq!(state.threads[1].suggestion.as_ref().and_then(|suggestion| suggestion.answer), Some(true));
    assert_eq!((state.approvals(), state.waiting, state.open().count()), (1, 0, 0));
}

#[test]
fn a_suggestion_is_taken_over_only_where_nothing_changed() {
    let plan = plan();
    let log = conversation(&plan);
    let mut changed = plan.clone();
    State::of(&log, &plan).threads[1].edit().expect("it applies").apply(&mut changed);
    assert_eq!(changed.tasks[2].after, [id("T1")]);
    let state = State::of(&log, &changed);
    assert_eq!(state.threads[1].edit(), None);
    let suggestion = state.threads[1].suggestion.as_ref().unwrap();
    assert_eq!(
        (suggestion.applies, suggestion.present.as_deref(), suggestion.text.as_str()),
        (false, Some("T1"), "T1")
    );
}

#[test]
fn only_the_author_rewrites_and_withdraws() {
    let plan = plan();
    let mut log = Log::of("p1");
    let thread = say(&mut log, &plan, "Ben", comment(&plan, "T1", Field::Title, ""));
    say(&mut log, &plan, "Eve", Body::Rewrite { comment: thread, text: "I agree with Eve.".into() });
    say(&mut log, &plan, "Eve", Body::Withdraw { comment: thread });
    assert_eq!(State::of(&log, &plan).threads[0].comments[0].text, "About ");
    say(&mut log, &plan, "Ben", Body::Withdraw { comment: thread });
    let state = State::of(&log, &plan);
    let comment = &state.threads[0].comments[0];
    assert_eq!((comment.text.as_str(), comment.is_withdrawn), ("", true));
    assert_eq!(comment.earlier, ["About "]);
}

/// Adds an event with any clock.
fn forge(log: &mut Log, author: &str, clock: u32, body: Body) -> Digest {
    let (plan, author) = (log.plan().to_owned(), author.to_owned());
    let event = Event::new(Statement { plan, revision: Digest::default(), author, clock, time: 0, body });
    let id = event.id;
    assert_eq!(log.add(event), Added::New);
    id
}

#[test]
fn a_clock_far_above_the_others_mutes_nobody() {
    let plan = plan();
    for clock in [20, 60_000, 131_072, 131_075, 1 << 30, u32::MAX] {
        let mut log = Log::of("p1");
        let thread = say(&mut log, &plan, "Ada", comment(&plan, "T1", Field::Title, ""));
        forge(&mut log, "Eve", clock, Body::Resolve { thread });
        forge(&mut log, "Ada", clock, Body::Rewrite { comment: thread, text: "Forged.".into() });
        forge(&mut log, "Ada", clock, Body::Approve { text: String::new() });
        say(&mut log, &plan, "Ada", Body::Reopen { thread });
        say(&mut log, &plan, "Ada", Body::Rewrite { comment: thread, text: "Mine.".into() });
        say(&mut log, &plan, "Ada", Body::RequestChanges { text: String::new() });
        let state = State::of(&log, &plan);
        assert_eq!(
            shown(&state),
            "T1, title live open | Ada: Mine.\nAda objects Current\n",
            "what is said last counts, after a clock of {clock}"
        );
    }
}

#[test]
fn a_forged_verdict_hides_no_other() {
    let plan = plan();
    let mut log = Log::of("p1");
    say(&mut log, &plan, "Ada", Body::RequestChanges { text: "It drops the table.".into() });
    say(&mut log, &plan, "Ada", Body::Approve { text: String::new() });
    forge(&mut log, "Ada", 9, Body::Approve { text: String::new() });
    let state = State::of(&log, &plan);
    let verdict = &state.verdicts[0];
    let earlier: Vec<_> = verdict
        .earlier
        .iter()
        .map(|one| (one.approves, one.text.as_str(), one.age == Age::Current))
        .collect();
    assert_eq!(earlier, [(true, "", true), (false, "It drops the table.", true)]);
    assert_eq!((verdict.approves, verdict.opposite().count()), (true, 1));
    let text = markdown(&state, &plan);
    assert!(text.contains("| earlier, under this name: asks for changes: `It drops the table.` |"), "{text}");
}

#[test]
fn earlier_words_are_kept_in_every_output() {
    let plan = plan();
    let mut log = Log::of("p1");
    let thread = say(&mut log, &plan, "Ada", comment(&plan, "T1", Field::Title, ""));
    let change = forge(&mut log, "Ada", 9, Body::Rewrite { comment: thread, text: "Forged.".into() });
    let state = State::of(&log, &plan);
    let comment = &state.threads[0].comments[0];
    assert_eq!((comment.is_edited(), comment.changed_by), (true, Some(change)));
    let text = markdown(&state, &plan);
    assert!(text.contains("`Ada` (edited):") && text.contains("before:\n\n```text\nAbout \n"), "{text}");
}

/// The tasks that changed, and those that may have, since a publication with these fingerprints.
fn since(plan: &Plan, lists: &[&[(&str, &str)]]) -> (Vec<TaskId>, Vec<TaskId>) {
    let mut log = Log::of("p1");
    let content = Digest::of(b"earlier");
    for (clock, tasks) in (1..).zip(lists) {
        let tasks = tasks.iter().map(|(id, print)| (id.to_string(), print.to_string())).collect();
        forge(&mut log, "Author", clock, Body::Publish { content, before: None, tasks });
    }
    let seen = phaseplan::review::revision::id_of(content, None);
    log.say_about(seen, "Ben", 0, Body::Approve { text: String::new() }).unwrap();
    match &State::of(&log, plan).verdicts[0].age {
        Age::Stale { since: Some(since) } => (since.changed.clone(), since.perhaps.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_short_fingerprint_never_says_that_a_task_is_unchanged() {
    let plan = plan();
    let Body::Publish { tasks, .. } = Revision::of(&plan, &Log::of("p1")).publication(&plan) else {
        panic!("it is a publication")
    };
    assert!(tasks.iter().all(|(_, print)| print.len() == 16), "{tasks:?}");
    let whole: Vec<(&str, &str)> = tasks.iter().map(|(id, print)| (id.as_str(), print.as_str())).collect();
    let short: Vec<(&str, &str)> = whole.iter().map(|(id, print)| (*id, &print[..6])).collect();
    assert_eq!(since(&plan, &[&whole]), (vec![], vec![]));
    assert_eq!(since(&plan, &[&short]), (vec![], vec![id("T1"), id("T2"), id("T3")]));
    let mixed = [("T1", "aaaaaa"), short[1], whole[2], ("T9", "aaaaaa")];
    assert_eq!(since(&plan, &[&mixed]), (vec![id("T1"), id("T9")], vec![id("T2")]));
    // One publication of a revision can't take back what another one of the same revision says.
    let honest = [("T1", "aaaaaaaaaaaaaaaa"), whole[1], whole[2]];
    assert_eq!(since(&plan, &[&honest, &whole]), (vec![id("T1")], vec![]));
    assert_eq!(since(&plan, &[&short, &whole]), (vec![], vec![id("T1"), id("T2"), id("T3")]));
}

#[test]
fn at_one_moment_the_same_one_wins_everywhere() {
    let plan = plan();
    let mut ada = Log::of("p1");
    let thread = say(&mut ada, &plan, "Ada", comment(&plan, "T1", Field::Title, ""));
    let mut ben = ada.clone();
    say(&mut ada, &plan, "Ada", Body::Resolve { thread });
    say(&mut ben, &plan, "Ben", Body::Reopen { thread });
    let (mut first, mut second) = (ada.clone(), ben.clone());
    first.union(&ben);
    second.union(&ada);
    assert_eq!(first, second);
    let state = State::of(&first, &plan);
    assert_eq!((state.threads[0].is_resolved, state.threads[0].resolved_by.as_deref()), (false, Some("Ben")));
}

/// Comments on a place, edits the text of the plan, and checks what became of the place.
#[track_caller]
fn check_standing(task: &str, field: Field, quote: &str, replace: (&str, &str), expected: &str) {
    let before = plan();
    let anchor = Anchor::at(&before, Some(&id(task)), Some(field), quote).expect("the place is there");
    assert!(matches!(anchor.standing(&before), Standing::Live(_)));
    let after = parse(&TEXT.replacen(replace.0, replace.1, 1)).plan;
    assert_ne!(after, before);
    let found = match anchor.standing(&after) {
        Standing::Live(place) => format!("live {place:?}"),
        Standing::Moved(place) => format!("moved {place:?}"),
        other => other.name().to_owned(),
    };
    assert_eq!(found, expected);
}

#[test]
fn places_are_never_guessed() {
    check_standing("T1", Field::Instructions, "errors", ("T3 Site", "T3 Web site"), "live Some(9..15)");
    check_standing(
        "T1",
        Field::Instructions,
        "errors",
        ("Keep the errors", "Do keep the errors"),
        "moved 12..18",
    );
    check_standing("T1", Field::Instructions, "errors", ("Keep the tests", "Keep the errors"), "stale");
    check_standing("T1", Field::Instructions, "errors", ("errors short", "mistakes short"), "stale");
    check_standing("T1", Field::Instructions, "", ("short", "long"), "stale");
    check_standing("T1", Field::Instructions, "errors", ("- T1", "- T9"), "orphaned");
    // The same words in another field or task are a different place.
    check_standing("T2", Field::Title, "Docs", ("- T2 Docs", "- T2 Texts"), "stale");
    check_standing(
        "T3",
        Field::Title,
        "Site",
        ("- T3 Site @owns(site/**)", "- T4 Site @owns(site/**)"),
        "orphaned",
    );
    assert_eq!(Anchor::at(&plan(), Some(&id("T1")), Some(Field::Title), "nowhere"), None);
    assert_eq!(Anchor::at(&plan(), Some(&id("T1")), Some(Field::Goal), ""), None);
}

#[test]
fn a_verdict_holds_for_its_revision() {
    let mut plan = plan();
    let mut log = Log::of("p1");
    let publish = |plan: &Plan, log: &mut Log| {
        let publication = Revision::of(plan, log).publication(plan);
        say(log, plan, "Ada", publication);
        Revision::of(plan, log).id
    };
    let first = publish(&plan, &mut log);
    say(&mut log, &plan, "Ben", Body::Approve { text: String::new() });
    let age = |log: &Log, plan: &Plan| State::of(log, plan).verdicts[0].age.clone();
    assert_eq!(age(&log, &plan), Age::Current);

    let back = Edit::ChangeTask {
        id: id("T3"),
        change: phaseplan::plan::edit::TaskChange::Title("Web site".into()),
    }
    .apply(&mut plan)
    .unwrap();
    let since = Since { changed: vec![id("T3")], perhaps: Vec::new() };
    let stale = Age::Stale { since: Some(since.into()) };
    assert_eq!(age(&log, &plan), stale);
    let second = publish(&plan, &mut log);
    assert_eq!(age(&log, &plan), stale);

    back.apply(&mut plan);
    assert_eq!(age(&log, &plan), Age::SameContent);
    let third = publish(&plan, &mut log);
    assert_eq!(age(&log, &plan), Age::SameContent);
    assert!(first != second && second != third && first != third);
    say(&mut log, &plan, "Ben", Body::Approve { text: String::new() });
    assert_eq!(age(&log, &plan), Age::Current);
}

#[test]
fn a_revision_travels_in_the_link() {
    let plan = plan();
    let log = conversation(&plan);
    let revision = Revision::of(&plan, &log);
    let link = share::link_for_review(&plan, share::Contents::Full, Some(revision.id)).unwrap();
    let opened = share::open(&link.fragment).unwrap();
    assert_eq!((opened.revision, content_of(&opened.plan)), (Some(revision.id), revision.content));
    assert_eq!(
        share::open(&share::link(&plan, share::Contents::Full).unwrap().fragment).unwrap().revision,
        None
    );
}

#[test]
fn replies_come_in_whole_messages() {
    let plan = plan();
    let log = conversation(&plan);
    let said = |author: &str| -> Vec<&Event> {
        log.events().filter(|event| event.statement.author == author).collect()
    };
    let (ben, cid) = (share::reply(said("Ben")).unwrap(), share::reply(said("Cid")).unwrap());
    assert_eq!(contents(said("Ben")), "1 comment, 1 suggestion, approval, 1 correction");
    let message = format!(
        "Hi Ada,\n> {}\nregards, Ben\n\nand\n\n{}&t=T3\n{}",
        ben.at("https://plans.example/"),
        cid.at("https://plans.example/"),
        &ben.fragment[..40]
    );
    let replies = share::replies(&message);
    assert_eq!(replies.len(), 3);
    assert!(replies[2].as_ref().is_err_and(|refused| refused.to_string().starts_with("The link is cut off")));
    let mut mine = Log::of("p1");
    let mut take = || receive(&mut mine, share::replies(&message).into_iter().flatten().flatten());
    let received = take();
    assert_eq!(received.summary(), "5 new, 0 already here");
    assert_eq!(
        received.receipts.iter().map(|one| (one.reviewer.as_str(), one.approves)).collect::<Vec<_>>(),
        [("Ben", Some(true)), ("Cid", Some(false))]
    );
    assert_eq!(take().summary(), "0 new, 5 already here");
    assert!(
        log.events()
            .filter(|event| event.statement.author != "Ada")
            .all(|event| mine.event(event.id) == Some(event))
    );
    // A plan instead of a reply is recognised.
    let link = share::link(&plan, share::Contents::Full).unwrap();
    assert_eq!(share::replies(&link.fragment), [Err(share::OpenError::IsPlan)]);
}

#[test]
fn replies_are_short() {
    let plan = plan();
    let mut log = Log::of("p1");
    let text = "This task also has to change the routes, because the page moves; please add them to its \
        files or split it.";
    for task in ["T1", "T2", "T3", "T1", "T2"] {
        let on = Anchor::at(&plan, Some(&id(task)), Some(Field::Instructions), "").unwrap();
        say(&mut log, &plan, "Ben", Body::Comment { on, text: text.to_owned() });
    }
    let length = share::reply(log.events()).unwrap().fragment.len();
    assert!(length < 500, "{length}");
}

/// Reads one line into a log of the plan `p1` and compares the message.
#[track_caller]
fn check_refused(line: &str, expected: &str) {
    let mut log = Log::of("p1");
    let lines = log.read_lines(line);
    assert_eq!(lines.refused, [format!("Line 1: the event {expected}.")]);
    assert!(log.is_empty());
}

#[test]
fn hostile_events_are_refused_one_by_one() {
    let plan = plan();
    let good = conversation(&plan);
    let line = |body: serde_json::Value| {
        let mut event =
            json!({"plan": "p1", "revision": "aaaaaaaaaaaaaaaa", "author": "Eve", "clock": 1, "time": 0});
        event.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        event.to_string()
    };
    let comment = json!({"comment": {"on": {"seen": "aaaaaaaaaaaaaaaa"}, "text": "x"}});
    let with = |name: &str, value: serde_json::Value| {
        let mut body = comment.clone();
        body[name] = value;
        line(body)
    };
    check_refused(
        &with("id", json!("aaaaaaaaaaaaaaab")),
        "was changed: its id does not follow from its content",
    );
    check_refused(&with("plan", json!("p2")), "belongs to another plan");
    check_refused(&with("author", json!("")), "has no author with a name of 1 to 80 characters");
    check_refused(&with("author", json!("x".repeat(81))), "has no author with a name of 1 to 80 characters");
    check_refused(&with("author", json!("Ada\u{202e}")), "has an author whose name has hidden characters");
    check_refused(&with("clock", json!(4_000_000_000u32)), "comes after more answers than anybody can give");
    check_refused(
        &line(json!({"comment": {"on": {"seen": "aaaaaaaaaaaaaaaa"}, "text": " "}})),
        "says nothing",
    );
    check_refused(
        &line(json!({"comment": {"on": {"seen": "aaaaaaaaaaaaaaaa"}, "text": "x".repeat(20_000)}})),
        "is larger than 10000 bytes",
    );
    let on = json!({"task": "T1", "field": "owns", "seen": "aaaaaaaaaaaaaaaa"});
    check_refused(
        &line(json!({"suggest": {"on": on, "value": {"a": 1}, "text": ""}})),
        "suggests something that can't stand in “owns”",
    );
    for (broken, part) in [
        ("{", "can't be read ("),
        ("[[[[", "can't be read ("),
        ("nonsense", "can't be read ("),
        (&line(json!({"praise": {}})), "can't be read ("),
    ] {
        let refused = Log::of("p1").read_lines(broken).refused;
        assert!(refused.len() == 1 && refused[0].contains(part), "{refused:?}");
    }
    assert!(
        Log::of("p1")
            .read_lines(&format!("{{\"suggest\":{}{}", "[".repeat(4_000), "]".repeat(4_000)))
            .refused
            .len()
            == 1
    );

    // The rest of a file is still read.
    let file = format!(
        "<<<<<<< ours\n{}=======\n{}\nnonsense\n>>>>>>> theirs\n",
        good.to_lines(),
        with("plan", json!("p2"))
    );
    let mut log = Log::of("p1");
    let lines = log.read_lines(&file);
    assert_eq!((lines.new, lines.known, lines.refused.len()), (9, 0, 2));
    assert_eq!(log, good);
    assert_eq!(log.read_lines(&file).new, 0);
}

#[test]
fn look_alike_names_are_told() {
    let plan = plan();
    let mut log = Log::of("p1");
    for author in ["Ada", "Аda", "Ben"] {
        say(&mut log, &plan, author, Body::Approve { text: String::new() });
    }
    assert_eq!(State::of(&log, &plan).look_alikes, [["Ada", "Аda"]]);
}

#[test]
fn ten_thousand_comments_are_shown() {
    let plan = plan();
    let mut log = Log::of("p1");
    for number in 0..10_000 {
        let statement = Statement {
            plan: "p1".into(),
            revision: Digest::default(),
            author: format!("A{}", number % 700),
            clock: number,
            time: 0,
            body: comment(&plan, "T1", Field::Title, ""),
        };
        assert_eq!(log.add(Event::new(statement)), Added::New);
    }
    assert_eq!(State::of(&log, &plan).threads.len(), 10_000);
}

#[test]
fn a_review_is_exported_for_a_pull_request() {
    let plan = plan();
    let mut log = conversation(&plan);
    let thread = say(&mut log, &plan, "Eve|`x`", comment(&plan, "T2", Field::Title, "Docs"));
    say(
        &mut log,
        &plan,
        "Eve|`x`",
        Body::Reply { thread, text: "```\n<script>alert(1)</script> @everyone".into() },
    );
    let text = markdown(&State::of(&log, &plan), &plan);
    for part in [
        "## Review of `Release`",
        "1 of 3 threads open",
        "| `Ben` | approved |",
        "### Settled",
        "**On `T3, after`**",
    ] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    // Texts by people are shown as text: a real parser finds no HTML and no heading in them.
    use pulldown_cmark::{Event as Part, Options, Parser, Tag};
    let mut code = 0;
    for part in Parser::new_ext(&text, Options::all()) {
        match part {
            Part::Html(html) | Part::InlineHtml(html) => panic!("{html}"),
            Part::Text(words) if code == 0 => assert!(!words.contains('@'), "{words}"),
            Part::Start(Tag::CodeBlock(_)) => code += 1,
            Part::End(pulldown_cmark::TagEnd::CodeBlock) => code -= 1,
            _ => {}
        }
    }
}

/// Statements by three people about a few places and about each other's statements.
fn any_log() -> impl Strategy<Value = Log> {
    vec((0..9u8, 0..3usize, 0..6u32, any::<prop::sample::Index>()), 1..14).prop_map(|steps| {
        let plan = plan();
        let mut log = Log::of("p1");
        for (kind, author, clock, earlier) in steps {
            let known: Vec<Digest> = log.events().map(|event| event.id).collect();
            let other = if known.is_empty() { Digest::default() } else { *earlier.get(&known) };
            let on = Anchor::at(&plan, Some(&id("T1")), Some(Field::Title), "").unwrap();
            let body = match kind {
                0 => Body::Comment { on, text: "c".into() },
                1 => Body::Suggest { on, value: json!("Other"), text: String::new() },
                2 => Body::Reply { thread: other, text: "r".into() },
                3 => Body::Rewrite { comment: other, text: format!("w{clock}") },
                4 => Body::Resolve { thread: other },
                5 => Body::Reopen { thread: other },
                6 => Body::Accept { suggestion: other },
                7 => Body::Approve { text: String::new() },
                _ => Body::RequestChanges { text: String::new() },
            };
            let author = ["Ada", "Ben", "Cid"][author].to_owned();
            let revision = Revision::of(&plan, &log).id;
            log.add(Event::new(Statement { plan: "p1".into(), revision, author, clock, time: 0, body }));
        }
        log
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_order_of_joining_gives_the_same(a in any_log(), b in any_log(), c in any_log()) {
        let join = |logs: [&Log; 4]| logs.iter().fold(Log::of("p1"), |mut all, log| { all.union(log); all });
        let one = join([&a, &b, &c, &a]);
        for other in [join([&c, &b, &a, &c]), join([&b, &a, &c, &b])] {
            prop_assert_eq!(State::of(&other, &plan()), State::of(&one, &plan()));
            prop_assert_eq!(&other, &one);
        }
        let mut lines: Vec<String> = [&a, &b, &c].map(Log::to_lines).concat().lines().map(str::to_owned).collect();
        lines.reverse();
        let mut read = Log::of("p1");
        read.read_lines(&lines.join("\r\n"));
        prop_assert_eq!(&read, &one);
        prop_assert_eq!(read.read_lines(&one.to_lines()).new, 0);
    }

    #[test]
    fn what_a_reply_holds_comes_out(log in any_log()) {
        let link = share::reply(log.events()).unwrap();
        let mut back = Log::of("p1");
        receive(&mut back, share::replies(&link.fragment).into_iter().flatten().flatten());
        prop_assert_eq!(back, log);
    }

    #[test]
    fn a_place_is_in_its_own_field(before in "[ab ]{1,8}", after in "[ab ]{0,12}", at in 0..8usize, length in 1..4usize) {
        let with = |text: &str| {
            let mut plan = plan();
            plan.tasks[0].instructions = text.to_owned();
            plan.tasks[1].instructions = before.clone();
            plan.goal = before.clone();
            plan
        };
        let quote: String = before.chars().skip(at).take(length).collect();
        let anchor = Anchor::at(&with(&before), Some(&id("T1")), Some(Field::Instructions), &quote).unwrap();
        match anchor.standing(&with(&after)) {
            Standing::Live(place) => {
                prop_assert_eq!(&before, &after);
                prop_assert!(place.is_none_or(|place| after[place] == quote));
            }
            Standing::Moved(place) => {
                prop_assert_eq!(&after[place.clone()], quote.as_str());
                let places = (0..after.len()).filter(|&start| after[start..].starts_with(&quote)).count();
                prop_assert_eq!(places, 1);
            }
            Standing::Stale => prop_assert_ne!(&before, &after),
            Standing::Orphaned => prop_assert!(false),
        }
    }

    #[test]
    fn any_line_is_an_event_or_refused(line in "[{}\\[\\]\",:a-z0-9 ]{0,60}") {
        prop_assume!(!line.trim().is_empty());
        prop_assert_eq!(Log::of("p1").read_lines(&line).refused.len(), 1);
    }
}
