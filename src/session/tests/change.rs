//! Changes of the document, and its history.

use super::{ask, change, check, id, opened, planned};
use crate::document::Document;
use crate::protocol::{Answer, Change, Content, DocumentRequest};
use crate::session::Session;

#[test]
fn every_change_reaches_the_text() {
    check("- T1 One", Change::Title("Shop".to_owned()), "# Shop\n- T1 One");
    check("- T1 One\n- T2 Two", Change::Remove(id("T1")), "- T2 Two");
    check("- T1 One\n- T2 Two", Change::Move { id: id("T1"), down: true }, "- T2 Two\n- T1 One\n");
    check("- T1 One\n- T2 Two", Change::Move { id: id("T1"), down: false }, "- T1 One\n- T2 Two");
    let added = check("- T7 One", Change::Add, "- T7 One\n- T8\n");
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
fn a_step_is_undone_by_its_number_only_while_it_is_the_last() {
    let mut session = opened(Content::Text("- T1 One".to_owned()));
    let typed = |text: &str| Change::Type { text: text.to_owned(), joins: true };
    let first = change(&mut session, Change::Agents(3)).expect("it can be changed");
    assert!(first.is_step);
    let again = change(&mut session, Change::Agents(3)).expect("it can be said again");
    assert!(!again.is_step && again.step == first.step, "what changes nothing is no step");
    let refused = |session: &mut Session, step| {
        let before = session.document.text.clone();
        assert!(change(session, Change::UndoStep(step)).is_err());
        assert_eq!(session.document.text, before);
    };
    let text = session.document.text.clone();
    let second = change(&mut session, typed(&[&text, "!"].concat())).expect("it can be typed");
    refused(&mut session, first.step);
    let third = change(&mut session, typed(&[&text, "!?"].concat())).expect("it can be typed");
    assert_eq!(session.history.undo.len(), 2, "they were joined");
    refused(&mut session, second.step);
    let undone = change(&mut session, Change::UndoStep(third.step)).expect("it is the last");
    assert!(!undone.is_step && undone.step != first.step);
    assert_eq!(session.document.text, text);
    refused(&mut session, third.step);
    let Answer::Changed(Ok(other)) =
        ask(&mut session, DocumentRequest::Open { opening: 2, content: Content::Text(String::new()) })
    else {
        panic!("it can be opened")
    };
    assert!(!other.is_step && ![first.step, second.step, third.step, undone.step].contains(&other.step));
}

#[test]
fn a_repair_is_the_one_that_was_offered() {
    let (mut session, planned) = planned("- T1 One @owns(a)\n- T2 Two @owns(a)");
    let number = planned.problems.iter().position(|problem| problem.has_fixes).expect("they collide");
    let fix = session.drawn.report.diagnostics[number].fixes[0].clone();
    let repaired = change(&mut session, Change::Repair { problem: number, fix: 0 }).expect("it is offered");
    assert_eq!(repaired.done, format!("{}.", fix.title));
    assert_eq!(
        *session.document.plan(),
        *Document::from_text(PLAN_OF_TWO.to_owned()).edited(fix.edits.of_plan().to_vec()).plan()
    );
    assert!(change(&mut session, Change::Repair { problem: 99, fix: 0 }).is_err());
}

const PLAN_OF_TWO: &str = "- T1 One @owns(a)\n- T2 Two @owns(a)";

#[test]
fn a_record_brings_back_the_document_and_its_history() {
    let mut session = opened(Content::Text("- T1 One".to_owned()));
    change(&mut session, Change::Type { text: "- T1 Two".to_owned(), joins: false }).expect("it is typed");
    let record = session.record();
    let mut again = opened(Content::Record(record));
    assert_eq!(again.document, session.document);
    assert!(change(&mut again, Change::Undo).is_ok());
    let damaged = DocumentRequest::Open { opening: 2, content: Content::Record("{}".to_owned()) };
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
    ask(&mut session, DocumentRequest::Open { opening: 2, content: Content::Text(String::new()) });
    assert!(change(&mut session, Change::Add).is_ok(), "the next one can be");
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
                let stored = session.record();
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
