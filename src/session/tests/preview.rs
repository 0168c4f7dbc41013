//! The plan of another tool, before and after it is opened.

use super::{ask, change, id, opened, plan, words};
use crate::incoming::Input;
use crate::protocol::{Answer, Change, Content, DocumentRequest, Found, ViewRequest};
use crate::session::Session;
use crate::view::{Act, List, Markup};

/// Two tasks on a guess, one that is done, and one without files.
const KIRO: &str = "# Implementation Plan\n\n- [x] 1. Store\n  - [x] 1.1 Add `db/cart.sql`\n- [ ] 2. Page\n  \
    - [ ] 2.1 Build `web/cart.tsx`\n    - _Requirements: 1.1_\n  - [ ] 2.2 Style `web/cart.css`\n    \
    - _Requirements: 1.2_\n- [ ] 3. Think about prices\n";

/// A session with this open plan that holds the import of [`KIRO`].
fn held(open: &str) -> Session {
    let mut session = opened(Content::Text(open.to_owned()));
    let found = ask(&mut session, DocumentRequest::Import(Input::paste(KIRO)));
    assert!(matches!(&found, Answer::Imported(Ok(Found::Import { tasks, .. })) if *tasks > 2), "{found:?}");
    session
}

fn preview(session: &Session) -> Vec<Markup> {
    session.draw_import(true, 100)
}

fn change_import(session: &mut Session, change: Change) -> Result<(), String> {
    match ask(session, DocumentRequest::ChangeImport(change)) {
        Answer::Changed(outcome) => outcome.map(|_| ()),
        other => panic!("{other:?}"),
    }
}

fn write(task: &str, field: &str, written: &str) -> Change {
    Change::Write { id: id(task), field: field.to_owned(), written: written.to_owned() }
}

/// The text that results when the import takes the place of the open plan.
fn replaced(session: &mut Session) -> String {
    let become_it = Change::Become { content: Content::Found, label: "paste".to_owned() };
    change(session, become_it).expect("it can be opened").text.expect("it is new")
}

/// The acts of a drawing.
fn acts(drawing: &[Markup]) -> Vec<Act> {
    let act = |part: &Markup| {
        let value =
            |name: &str| part.attributes.iter().find(|(at, _)| *at == name).map(|(_, value)| value.clone());
        Act::read(&value).into_iter().chain(acts(&part.children)).collect::<Vec<_>>()
    };
    drawing.iter().flat_map(act).collect()
}

#[test]
fn a_plan_of_another_tool_is_shown_with_what_is_not_known_of_it_before_anything_else() {
    let session = held("");
    let shown = words(&preview(&session));
    let place = |part: &str| shown.find(part).unwrap_or_else(|| panic!("{part} is not in {shown}"));
    assert!(
        place("Not known: the files of 1 task. Only guessed: those of 3 tasks.")
            < place("4 tasks, 1 of them done")
    );
    place("3 with files (3 on a guess)");
    place("Kiro");
    place("Confirm the guessed files of all 3 tasks");
    assert!(session.document.text.is_empty(), "nothing is opened");
}

#[test]
fn every_note_has_its_line_and_the_text_of_the_line() {
    let list = "# Plan\n\n- [ ] T001 Create the model in src/models/user.rs (depends on T009)\n\
        - [ ] T002 Serve users in src/api/users.rs\n";
    let mut session = Session::default();
    ask(&mut session, DocumentRequest::Import(Input::paste(list)));
    let shown = words(&preview(&session));
    assert!(shown.contains("Line 3: "), "{shown}");
    assert!(shown.contains("- [ ] T001 Create the model in src/models/user.rs (depends on T009)"), "{shown}");
}

#[test]
fn what_is_changed_in_the_preview_is_in_the_plan_that_is_opened_and_can_be_undone_before() {
    let mut session = held("- T1 Mine");
    change_import(&mut session, write("2.1", "owns", "web/cart.tsx, web/basket.tsx")).expect("it is written");
    change_import(&mut session, Change::Remove(id("3"))).expect("it is there");
    change_import(&mut session, Change::Undo).expect("there is a change");
    change_import(&mut session, write("2.2", "after", "2.1")).expect("it is written");
    change_import(&mut session, Change::Remove(id("3"))).expect("it is there");
    assert_eq!(session.document.text, "- T1 Mine");
    let text = replaced(&mut session);
    assert!(text.contains("web/basket.tsx") && text.contains("@after(2.1)"), "{text}");
    assert!(!text.contains("Think about prices") && !text.contains("Mine"), "{text}");
    change(&mut session, Change::Undo).expect("it is one step");
    assert_eq!(session.document.text, "- T1 Mine");
}

#[test]
fn guesses_are_confirmed_one_by_one_or_all_at_once_or_removed() {
    let settle = |task: Option<&str>, keep| Change::Guesses { task: task.map(id), keep };
    let mut session = held("");
    change_import(&mut session, settle(Some("2.1"), true)).expect("it is a guess");
    change_import(&mut session, settle(Some("2.2"), false)).expect("it is a guess");
    let shown = words(&preview(&session));
    assert!(shown.contains("Not known: the files of 2 tasks. Only guessed: those of 1 task."), "{shown}");
    change_import(&mut session, settle(None, true)).expect("there are guesses");
    let text = replaced(&mut session);
    assert!(!text.contains("@ownership(guessed)") && text.contains("@owns(web/cart.tsx)"), "{text}");
    assert!(!text.contains("@owns(web/cart.css)"), "{text}");

    // The same with the open plan, as one step.
    let mut session = held("");
    let before = replaced(&mut session);
    assert_eq!(before.matches("@ownership(guessed)").count(), 3, "{before}");
    let confirmed = change(&mut session, settle(None, true)).expect("there are guesses");
    assert!(!confirmed.text.unwrap_or_default().contains("@ownership(guessed)"));
    change(&mut session, Change::Undo).expect("it is one step");
    assert_eq!(session.document.text, before);
}

#[test]
fn what_is_written_wrongly_in_the_preview_is_told_beside_the_field() {
    let mut session = held("");
    change_import(&mut session, write("2.1", "owns", "web/[cart")).expect("it is accepted with a doubt");
    let shown = words(&preview(&session));
    assert!(shown.contains("can't be read"), "{shown}");
    change_import(&mut session, write("2.1", "owns", "web/cart.tsx")).expect("it is written");
    assert!(!words(&preview(&session)).contains("can't be read"));
    let refused = change_import(&mut session, Change::Add).expect_err("a preview gets no new tasks");
    assert!(refused.contains("Open the plan first"), "{refused}");
}

#[test]
fn another_format_can_be_chosen_and_one_that_fails_says_why_and_changes_nothing() {
    let mut session = held("");
    let read_as = |session: &mut Session, format: &str| {
        ask(session, DocumentRequest::ReadImportAs(format.to_owned()));
        words(&preview(session))
    };
    let offered = acts(&preview(&session));
    let others = crate::import::FORMATS.len() - 1;
    assert_eq!(offered.iter().filter(|act| matches!(act, Act::ReadAs { .. })).count(), others);
    let refused = read_as(&mut session, "task-master");
    assert!(refused.contains("It can't be read as") && refused.contains("Kiro"), "{refused}");
    let chosen = read_as(&mut session, "text");
    assert!(chosen.contains("Read as plan text because you chose it"), "{chosen}");
    assert!(!chosen.contains("It can't be read as"), "{chosen}");
}

#[test]
fn a_paste_can_stay_the_text_it_is() {
    let mut session = held("- T1 Mine");
    let unread = Change::Become { content: Content::Unread, label: "paste".to_owned() };
    change(&mut session, unread).expect("it is there");
    assert_eq!(session.document.text, KIRO);
    change(&mut session, Change::Undo).expect("it is a step");
    assert_eq!(session.document.text, "- T1 Mine");
}

#[test]
fn the_ways_to_open_an_import_depend_on_how_it_came() {
    let ways = |open: &str, replaces: bool| {
        let session = held(open);
        let acts = acts(&session.draw_import(replaces, 100));
        let replace = acts.iter().filter(|act| matches!(act, Act::ReplaceByImport { .. })).count();
        (replace, acts.iter().filter(|act| matches!(act, Act::OpenImport { .. })).count())
    };
    assert_eq!(ways("- T1 Mine", true), (2, 1), "in its place, as text, or as a new plan");
    assert_eq!(ways("", true), (2, 0), "an empty plan is no reason for a new one");
    assert_eq!(ways("- T1 Mine", false), (0, 1), "a file replaces nothing");
}

#[test]
fn nothing_is_replaced_by_an_import_that_is_gone() {
    let mut session = opened(Content::Text("- T1 Mine".to_owned()));
    for content in [Content::Found, Content::Unread] {
        let gone = change(&mut session, Change::Become { content, label: "paste".to_owned() });
        assert!(gone.expect_err("nothing is held").contains("no longer there"));
    }
    assert!(words(&preview(&session)).contains("no longer there"));
    assert_eq!(session.document.text, "- T1 Mine");
}

#[test]
fn what_was_imported_can_be_looked_at_again_until_another_plan_is_opened() {
    let mut session = held("");
    let text = replaced(&mut session);
    plan(&mut session);
    let problems = |session: &mut Session| {
        let drawn = ask(session, DocumentRequest::Draw(ViewRequest::Problems { current: None }));
        let Answer::Drawn { groups, .. } = drawn else { panic!("another answer") };
        words(&groups.concat())
    };
    assert!(problems(&mut session).contains("What was imported: 3 tasks on a guess, "));
    let shown = words(&session.draw_imported(100));
    assert!(
        shown.contains("Guessed, too, is the order: nothing says which of 4 tasks comes first."),
        "{shown}"
    );
    assert!(shown.contains("Tasks whose files are guessed") && shown.contains("2.2"), "{shown}");
    assert_eq!(shown.matches("? guessed").count(), 3, "{shown}");
    assert!(shown.contains("What was guessed or skipped (2)"), "{shown}");
    // The guesses are in the text; the notes are not.
    let mut session = opened(Content::Text(text));
    plan(&mut session);
    assert!(problems(&mut session).contains("What was imported: 3 tasks on a guess"));
    let shown = words(&session.draw_imported(100));
    assert!(shown.contains("notes are kept only until a plan is closed"), "{shown}");
    let mut session = opened(Content::Text("- T1 Mine @owns(a)".to_owned()));
    plan(&mut session);
    assert!(!problems(&mut session).contains("What was imported"));
}

#[test]
fn of_a_long_list_only_the_first_tasks_are_drawn() {
    let items = (1..=150).map(|number| format!("- [ ] T{number:03} Write docs/{number}.md\n"));
    let mut session = Session::default();
    let list = ["# Tasks: Docs\n\n".to_owned(), items.collect()].concat();
    ask(&mut session, DocumentRequest::Import(Input::paste(list)));
    let rows = |drawing: &[Markup]| words(drawing).matches("? guessed").count();
    let first = session.draw_import(false, 100);
    assert_eq!(rows(&first), 100);
    assert!(words(&first).contains("Show 50 more of 50"));
    assert!(acts(&first).contains(&Act::More { list: List::Import }));
    let all = session.draw_import(false, 200);
    assert_eq!(rows(&all), 150);
    assert!(!words(&all).contains("Show "));
}

#[test]
fn a_plan_of_ours_opens_at_once_and_its_notes_can_be_looked_at() {
    let json = r#"{"format":"phaseplan/1","tasks":[{"id":"T1","title":"One"},{"id":"T1","title":"Two"}]}"#;
    let mut session = Session::default();
    let found = ask(&mut session, DocumentRequest::Import(Input::paste(json)));
    let Answer::Imported(Ok(Found::Plan { said })) = found else { panic!("{found:?}") };
    assert!(said.starts_with("Opened as plan JSON: 2 tasks. "), "{said}");
    assert!(said.ends_with("in “What was imported”."), "{said}");
    ask(&mut session, DocumentRequest::Open { opening: 2, content: Content::Found });
    assert!(words(&session.draw_imported(100)).contains("What was guessed or skipped (1)"));
}
