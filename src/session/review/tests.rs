//! Reviews with several people, each with a session of their own.

use crate::events::Digest;
use crate::incoming::Input;
use crate::plan::Plan;
use crate::plan::Task;
use crate::protocol::{Answer, Change, Content, DocumentRequest, ViewRequest};
use crate::protocol::{DocumentState, Form, Found};
use crate::review::{Anchor, Body, Event, Field};
use crate::session::{Ambient, Session};
use crate::share;
use crate::view::Markup;
use crate::view::ReviewAct;

const PLAN: &str = "# Shop\n\n- T1 One @owns(a/**) ~20m\n- T2 Two @owns(b/**) ~20m\n  Do it.";
const PAGE: &str = "https://plans.example/";

/// A person with a separate browser.
struct Person {
    session: Session,
    name: &'static str,
}

impl Person {
    fn with(content: Content, name: &'static str) -> Person {
        let mut session = Session::default();
        session.set_ambient(Ambient {
            now: 1_000,
            entropy: *name.repeat(10).as_bytes().first_chunk().expect("ten"),
            ..Ambient::default()
        });
        session.answer(DocumentRequest::Open { opening: 1, content });
        Person { session, name }
    }

    fn author(text: &str) -> Person {
        Person::with(Content::Text(text.to_owned()), "Ada")
    }

    fn reviewer(link: &str, name: &'static str) -> Person {
        let mut person = Person::with(Content::Text(String::new()), name);
        let imported = person.session.answer(DocumentRequest::Import(Input::paste(link)));
        assert!(matches!(imported, Answer::Imported(Ok(Found::Shared { .. }))));
        person.session.answer(DocumentRequest::Open { opening: 2, content: Content::Found });
        person
    }

    fn send(&mut self, form: Form) -> Result<DocumentState, String> {
        match self.session.answer(DocumentRequest::Change(Change::Review(form))) {
            Answer::Changed(outcome) => outcome.map(|changed| *changed),
            other => panic!("{other:?}"),
        }
    }

    /// Performs an action on a place such as `T1.owns`, or on an event.
    fn act(&mut self, act: &str, place: &str, text: &str, value: &str) -> Result<DocumentState, String> {
        let (task, field) = place.split_once('.').unwrap_or((place, ""));
        let is_event = place.len() == 16;
        self.send(Form {
            act: ReviewAct::from_name(act).expect("there is such an act"),
            about: if is_event { place.to_owned() } else { String::new() },
            task: (!is_event && !task.is_empty()).then(|| task.into()),
            field: field.to_owned(),
            text: text.to_owned(),
            value: value.to_owned(),
            name: self.name.to_owned(),
        })
    }

    fn say(&mut self, act: &str, place: &str, text: &str, value: &str) {
        self.act(act, place, text, value).expect("it can be said");
    }

    fn draw(&mut self, wanted: ViewRequest) -> Vec<Markup> {
        match self.session.answer(DocumentRequest::Draw(wanted)) {
            Answer::Drawn { groups, .. } => groups.concat(),
            other => panic!("{other:?}"),
        }
    }

    fn panel(&mut self) -> String {
        let drawing = self.draw(ViewRequest::Review { page: PAGE.to_owned(), rows: 50 });
        words(&drawing)
    }

    /// The panel with one space between words.
    fn shown(&mut self) -> String {
        self.panel().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn share(&mut self) -> String {
        self.say("publish", "", "", "");
        let drawing = self.draw(ViewRequest::Share { structure_only: false, page: PAGE.to_owned() });
        attribute(&drawing, "data-copy").pop().expect("there is a link")
    }

    fn reply(&mut self) -> String {
        let drawing = self.draw(ViewRequest::Review { page: PAGE.to_owned(), rows: 50 });
        attribute(&drawing, "data-copy").remove(0)
    }

    /// The name of the first event with this text.
    fn event(&self, text: &str) -> String {
        let events = self.session.review.log.log().events();
        let mut found = events.filter(|event| event.to_json().contains(text));
        found.next().expect("it was said").id.to_string()
    }
}

/// The text of all elements, with a space after separate ones.
fn words(drawing: &[Markup]) -> String {
    let text = |part: &Markup| {
        let end = if ["", "b", "bdi", "span"].contains(&part.tag) { "" } else { " " };
        [part.text.as_str(), &words(&part.children), end].concat()
    };
    drawing.iter().map(text).collect()
}

fn attribute(drawing: &[Markup], name: &str) -> Vec<String> {
    let inside = |part: &Markup| {
        let own = part.attributes.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.clone());
        own.chain(attribute(&part.children, name)).collect::<Vec<_>>()
    };
    drawing.iter().flat_map(inside).collect()
}

#[test]
fn the_same_plan_gives_the_same_link_however_often_it_is_shared() {
    let mut ada = Person::author(PLAN);
    let link = ada.share();
    for _ in 0..1_000 {
        assert_eq!(ada.share(), link);
    }
    assert_eq!(ada.session.document().text, PLAN, "the id does not show in the text");
    let opened = share::open(&link).expect("it is whole");
    assert!(opened.revision.is_some() && opened.plan.id.len() == 16);
}

#[test]
fn two_reviewers_speak_through_links_and_the_order_of_their_replies_does_not_matter() {
    let mut ada = Person::author(PLAN);
    let link = ada.share();
    let (mut ben, mut cid) = (Person::reviewer(&link, "Ben"), Person::reviewer(&link, "Cid"));
    ben.say("comment", "T1.owns", "All of a?", "");
    ben.say("suggest", "T1.owns", "Only the sources.", "a/src/**");
    ben.say("comment", "", "Looks good.", "");
    cid.say("comment", "T2", "Who does it?", "");
    cid.say("approve", "", "Go.", "");
    assert!(ben.panel().contains("Copy reply: 2 comments, 1 suggestion"), "{}", ben.panel());
    assert!(cid.panel().contains("Copy reply: 1 comment, approval"), "{}", cid.panel());
    let replies = [ben.reply(), cid.reply()];
    let panel = |order: [usize; 2]| {
        let mut ada = Person::author(PLAN);
        assert_eq!(ada.share(), link);
        for at in order {
            ada.say("receive", "", &format!("Hello,\n> {}\nbye", replies[at]), "");
        }
        ada.session.review.arrived = None;
        ada.panel()
    };
    let shown = panel([0, 1]);
    assert_eq!(shown, panel([1, 0]));
    assert!(shown.contains("Cid approves this revision"), "{shown}");
    ada.say("receive", "", &replies.join("\n"), "");
    assert!(ada.panel().contains("5 new, 0 already here"), "{}", ada.panel());
    let told = ada.act("receive", "", &replies.join("\n"), "").expect("it is taken in");
    assert_eq!((told.done.as_str(), told.open_threads), ("0 new, 5 already here", 4));
    let suggestion = ada.event("Only the sources.");
    let told = ada.act("accept", &suggestion, "", "").expect("the field is as it was");
    assert!(!told.is_same_plan && ada.session.document().text.contains("T1 One @owns(a/src/**)"));
    assert!(ada.panel().contains("Cid approved an earlier revision — 1 task changed: T1"), "{}", ada.panel());
    ada.session.answer(DocumentRequest::Change(Change::Undo));
    assert_eq!(ada.session.document().text, PLAN, "accepting is one step");
    assert!(ada.panel().contains("The field has changed since:"), "{}", ada.panel());
    ada.session.answer(DocumentRequest::Change(Change::Redo));
    assert_ne!(ada.share(), link);
}

#[test]
fn a_suggestion_for_a_field_that_was_changed_is_the_authors_to_decide() {
    let mut ada = Person::author(PLAN);
    let mut ben = Person::reviewer(&ada.share(), "Ben");
    ben.say("suggest", "T1.owns", "", "a/src/**");
    let reply = ben.reply();
    let write = Change::Write { id: "T1".into(), field: "owns".into(), written: "c/**".into() };
    ada.session.answer(DocumentRequest::Change(write));
    ada.say("receive", "", &reply, "");
    let panel = ada.panel();
    for part in
        ["When it was suggested: a/**", "In the plan: c/**", "Suggested: a/src/**", "Use the suggestion"]
    {
        assert!(panel.contains(part), "{part} in {panel}");
    }
    let suggestion = ada.event("a/src/**");
    assert!(ada.act("accept", &suggestion, "", "").is_err_and(|why| why.contains("changed since")));
    ada.say("accept", &suggestion, "", "anyway");
    assert_eq!(ada.session.document().plan().tasks[0].owns, ["a/src/**"]);
}

#[test]
fn what_is_sent_counts_as_sent_and_can_be_copied_again() {
    let mut ada = Person::author(PLAN);
    let mut ben = Person::reviewer(&ada.share(), "Ben");
    ben.say("comment", "T1", "First.", "");
    let first = ben.reply();
    let clock = ben.session.reply(PAGE).expect("there is one").clock;
    ben.send(Form { act: ReviewAct::MarkSent, about: clock.to_string(), ..Form::default() })
        .expect("it is noted");
    assert!(ben.panel().contains("Copy again: 1 comment"), "{}", ben.panel());
    ada.say("receive", "", &first, "");
    ada.say("reply", &ada.event("First."), "Why?", "");
    ben.say("receive", "", &ada.reply(), "");
    ben.say("reply", &ben.event("First."), "Because.", "");
    assert!(ben.panel().contains("Copy reply: 1 comment"), "{}", ben.panel());
    // It contains the answered statement, for readers who don't have it.
    assert_eq!(share::replies(&ben.reply()).remove(0).expect("it is whole").len(), 2);
    let stored = ben.session.take_unsaved_review();
    let mut again = Person::reviewer(&ada.share(), "Ben");
    again.session.take_stored_review(&stored.plan, &stored.entries);
    again.session.take_stored_name(stored.name.expect("it was given"));
    ben.session.review.arrived = None;
    assert_eq!(again.panel(), ben.panel(), "nothing is lost by closing the tab");
}

#[test]
fn what_can_not_be_said_is_told_in_a_sentence() {
    let mut ada = Person::author(PLAN);
    ada.name = "";
    for (act, place, text, value, why) in [
        ("comment", "T1", "Hello", "", "Write your name first"),
        ("comment", "T1", " ", "", "Write something first."),
        ("comment", "T9", "Hello", "", "no longer in the plan"),
        ("suggest", "T1.owns", "", "a/**", "is the current one"),
        ("suggest", "T1.minutes", "", "soon", "minutes"),
        ("suggest", "T1.__proto__", "", "x", "no such field"),
        ("reply", "", "Hello", "", "something that is gone"),
        ("accept", "aaaaaaaaaaaaaaaa", "", "", "something that is gone"),
    ] {
        let told = ada.act(act, place, text, value).expect_err("it can't be said");
        assert!(told.to_lowercase().contains(&why.to_lowercase()), "{act} {place}: {told}");
    }
    ada.name = "A\u{202e}da";
    assert!(ada.act("comment", "T1", "Hello", "").is_err_and(|why| why.contains("visible characters")));
    assert!(ada.session.reviewed_plan().is_empty(), "a plan of which nothing was said needs no id");
}

#[test]
fn replies_for_other_plans_and_links_without_review_are_told_apart() {
    let mut ada = Person::author(PLAN);
    let mut ben = Person::reviewer(&ada.share(), "Ben");
    ben.say("comment", "T1", "Hello", "");
    let reply = ben.reply();
    let mut eve = Person::author("- T1 Else");
    eve.say("receive", "", &reply, "");
    assert!(
        eve.panel().contains("1 statement is about a plan that is not on this device"),
        "{}",
        eve.panel()
    );
    let plan = eve.session.other_plans().remove(0);
    eve.session.name_other_plan(&plan, "Shop".to_owned());
    assert!(eve.panel().contains("another plan on this device, Shop"), "{}", eve.panel());
    let old = share::link(&Plan { tasks: vec![Task::default()], ..Plan::default() }, share::Contents::Full);
    let mut old = Person::reviewer(&old.expect("it is small").at(PAGE), "Ben");
    assert!(old.panel().contains("carries no review"));
    assert!(old.act("comment", "", "Hello", "").is_err_and(|why| why.contains("no review")));
}

#[test]
fn replies_are_recognised_where_plans_are_opened() {
    let mut ada = Person::author(PLAN);
    let mut ben = Person::reviewer(&ada.share(), "Ben");
    ben.say("comment", "T1", "Hello", "");
    let lines = ben.session.review_file(false).content;
    for (text, name) in
        [(ben.reply(), None), (format!("Hi\n{}", ben.reply()), None), (lines.clone(), Some("reviews.jsonl"))]
    {
        let input = Input::files(vec![(name.unwrap_or_default().to_owned(), text.clone().into_bytes())]);
        let imported = ada.session.import(input).expect("it is known");
        assert_eq!(imported, Found::Reply, "{text}");
    }
    ada.say("receive", "", &lines, "");
    assert!(ada.panel().contains("1 new, 0 already here"), "{}", ada.panel());
    assert!(ada.session.review_file(true).content.contains("Hello"));
}

#[test]
fn writing_a_plan_anew_keeps_its_review() {
    let mut ada = Person::author(PLAN);
    ada.say("comment", "T1", "Hello", "");
    let id = ada.session.reviewed_plan().to_owned();
    let content = Content::Text("- T7 Else".to_owned());
    ada.session.answer(DocumentRequest::Change(Change::Become { content, label: "paste".into() }));
    assert!(ada.panel().contains("the task is gone"), "{}", ada.panel());
    ada.session.answer(DocumentRequest::Change(Change::Undo));
    assert_eq!(ada.session.reviewed_plan(), id);
    assert!(!ada.panel().contains("the task is gone"));
    ada.session.answer(DocumentRequest::Open { opening: 3, content: Content::Text("- T1 New".to_owned()) });
    assert_eq!((ada.session.reviewed_plan(), ada.session.review_state().open_threads), ("", 0));
}

#[test]
fn only_ones_own_words_can_be_changed() {
    let mut ada = Person::author(PLAN);
    ada.say("comment", "T1", "Helo", "");
    let comment = ada.event("Helo");
    ada.say("rewrite", &comment, "Hello", "");
    assert!(ada.panel().contains("Hello Earlier wording Helo"), "{}", ada.panel());
    ada.name = "Eve";
    ada.say("rewrite", &comment, "Rubbish", "");
    assert!(!ada.panel().contains("Rubbish"));
    ada.name = "Ada";
    ada.say("withdraw", &comment, "", "");
    assert!(ada.panel().contains("Withdrawn. Earlier wording Helo Hello"), "{}", ada.panel());
    ada.say("resolve", &comment, "", "");
    assert!(ada.panel().contains("1 resolved"), "{}", ada.panel());
    assert!(ada.panel().contains("resolved by Ada"), "{}", ada.panel());
    ada.say("reopen", &comment, "", "");
    assert!(!ada.panel().contains("resolved"), "{}", ada.panel());
}

/// A line of a review file by somebody who writes under a name.
fn forged(person: &Person, author: &str, clock: u32, body: Body) -> String {
    let revision = person.session.revision().id;
    let (plan, author) = (person.session.reviewed_plan().to_owned(), author.to_owned());
    Event::new(crate::review::Statement { plan, revision, author, clock, time: 0, body }).to_json()
}

#[test]
fn a_clock_that_nobody_could_have_reached_mutes_nobody() {
    let mut ada = Person::author(PLAN);
    ada.say("comment", "T1", "First.", "");
    let thread = Digest::try_from(ada.event("First.")).expect("it is an id");
    for clock in [1 << 30, 3_000_000_000] {
        let bomb = forged(&ada, "Eve", clock, Body::Resolve { thread });
        ada.say("receive", "", &bomb, "");
        ada.say("reopen", &thread.to_string(), "", "");
        assert!(!ada.shown().contains("1 resolved"), "what is said later counts: {}", ada.shown());
        for act in ["approve", "request-changes", "comment"] {
            ada.say(act, "", "Still here.", "");
        }
        assert!(ada.shown().contains("Ada requests changes to this revision"), "{}", ada.shown());
    }
}

#[test]
fn what_others_change_under_ones_name_is_marked_and_can_be_ignored() {
    let mut ada = Person::author(PLAN);
    ada.say("comment", "T1", "It drops the table.", "");
    let comment = Digest::try_from(ada.event("drops")).expect("it is an id");
    let text = "Ship it.".to_owned();
    for (body, words) in [
        (Body::Rewrite { comment, text }, "just now, edited Ship it. Earlier wording It drops the table."),
        (Body::Withdraw { comment }, "Withdrawn. Earlier wording It drops the table."),
    ] {
        let line = forged(&ada, "Ada", 50, body);
        ada.say("receive", "", &line, "");
        ada.session.review.arrived = None;
        assert!(ada.shown().contains(words), "{words} in {}", ada.shown());
        let change = Event::from_json(&line).map(|event: Event| event.id.to_string()).expect("it is one");
        ada.say("ignore", &change, "", "");
        assert!(ada.shown().contains("It drops the table. Edit"), "{}", ada.shown());
        assert!(ada.shown().contains("Ignored Only on this device"), "{}", ada.shown());
        ada.say("ignore", &change, "", "");
        assert!(ada.shown().contains(words), "{}", ada.shown());
        ada.say("ignore", &change, "", "");
    }
    let stored = ada.session.take_unsaved_review();
    assert_eq!(ada.session.review.log.heard().len(), 1);
    ada.session.review.log = crate::review::LocalLog::of(&stored.plan);
    ada.session.take_stored_review(&stored.plan, &stored.entries);
    assert_eq!(ada.session.review.log.heard().len(), 1, "it is still ignored after a reload");
    assert!(ada.shown().contains("It drops the table. Edit"), "{}", ada.shown());
}

#[test]
fn an_author_can_be_ignored_and_heard_again() {
    let mut ada = Person::author(PLAN);
    ada.say("comment", "T1", "Mine.", "");
    let mine = Digest::try_from(ada.event("Mine.")).expect("it is an id");
    let eve = [
        Body::Comment { on: Anchor::default(), text: "Rubbish.".into() },
        Body::Reply { thread: mine, text: "More rubbish.".into() },
        Body::Approve { text: String::new() },
    ];
    let lines: Vec<String> = eve.map(|body| forged(&ada, "Eve", 2, body)).into();
    ada.say("receive", "", &lines.join("\n"), "");
    ada.session.review.arrived = None;
    assert!(ada.shown().contains("Eve approves this revision"), "{}", ada.shown());
    let one = ada.event("More rubbish.");
    ada.say("ignore-author", &one, "", "");
    let panel = ada.shown();
    assert!(!panel.contains("ubbish") && !panel.contains("Eve approves"), "{panel}");
    assert!(panel.contains("3 by Eve, and whatever comes under this name Show again"), "{panel}");
    assert_eq!(ada.session.review_state().open_threads, 1);
    ada.say("ignore-author", &one, "", "");
    assert!(ada.shown().contains("More rubbish.") && !ada.shown().contains("Show again"));
}

#[test]
fn a_forged_verdict_leaves_the_others_in_sight() {
    let mut ada = Person::author(PLAN);
    ada.share();
    ada.say("request-changes", "", "It drops the table.", "");
    let forged = forged(&ada, "Ada", 50, Body::Approve { text: String::new() });
    ada.say("receive", "", &forged, "");
    for part in [
        "1 approval (1 under names that also requested changes)",
        "Ada approves this revision",
        "name not verified",
        "Before, the same name requested changes to this revision: It drops the table.",
    ] {
        assert!(ada.shown().contains(part), "{part} in {}", ada.shown());
    }
}

#[test]
fn what_can_not_be_seen_is_shown_by_its_number_and_ten_thousand_threads_by_a_few() {
    let mut ada = Person::author(PLAN);
    ada.say("comment", "T1", "left\u{202e}right\u{7}", "");
    assert!(ada.panel().contains("leftU+202ErightU+0007"), "{}", ada.panel());
    let plan = ada.session.document().plan().clone();
    let revision = ada.session.revision().id;
    for number in 0..10_000 {
        let on = Anchor::at(&plan, Some(&"T1".into()), Some(Field::Owns), "").expect("it is there");
        let body = Body::Comment { on, text: format!("Comment {number}") };
        let statement = crate::review::Statement {
            plan: plan.id.clone(),
            revision,
            author: "Ben".into(),
            clock: 1,
            time: number,
            body,
        };
        ada.session.review.log.receive(vec![Ok(Event::new(statement))]);
    }
    ada.session.count_threads();
    let drawing = ada.draw(ViewRequest::Review { page: PAGE.to_owned(), rows: 50 });
    assert_eq!(attribute(&drawing, "data-test").iter().filter(|test| *test == "thread").count(), 50);
    assert!(words(&drawing).contains("Show 50 more of 9951"), "{}", words(&drawing));
}
