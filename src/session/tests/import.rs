//! Import and export of other formats.

use super::{PLAN, ask, import_into, is_plan_text, planned};
use crate::protocol::{Answer, Content, DocumentRequest, Exported, Found, Request, wire};
use crate::report::Report;
use crate::schedule::Budget;
use crate::session::Session;
use crate::{export, import, text, zip};

#[test]
fn formats_and_exports_are_those_of_the_core() {
    let (mut session, _) = planned(PLAN);
    let Answer::Formats(formats) = ask(&mut session, DocumentRequest::Formats) else {
        panic!("another answer")
    };
    let report = Report::new(text::parse(PLAN).plan, &Budget::default());
    assert_eq!(formats.len(), export::EXPORTS.len());
    for (number, export) in export::EXPORTS.iter().enumerate() {
        assert_eq!((&*formats[number].id, &*formats[number].group), (export.id, export.group.title()));
        let output = (export.render)(&report, &export::Options::default());
        let request = DocumentRequest::Export { format: number, part: String::new() };
        let text = output.preview();
        let has_several =
            !matches!(&output, export::Output::Text(_)) && output.into_files("").unwrap().len() > 1;
        let Answer::Exported(exported) = ask(&mut session, request) else { panic!("another answer") };
        assert_eq!((exported.text, exported.archive.is_some()), (text, has_several), "{}", export.id);
    }
}

#[test]
fn an_export_is_about_the_part_that_is_asked_for() {
    let (mut session, _) = planned("- T1 One @owns(a)\n- T2 Two @owns(b) @after(T1)\n");
    let mut prompt =
        |part: &str| match ask(&mut session, DocumentRequest::Export { format: 0, part: part.into() }) {
            Answer::Exported(exported) => exported.text,
            _ => panic!("another answer"),
        };
    assert!(prompt("phase 2").contains("### `T2`") && !prompt("phase 2").contains("### `T1`"));
    assert_eq!(prompt("phase 9"), prompt(""));
}

#[test]
fn a_set_of_files_is_downloaded_as_an_archive() {
    let file = |path: &str| export::File { path: path.to_owned(), text: "- T1 One\n".to_owned() };
    let files = export::Output::Files(vec![file("a.md"), file("phases/1.md")]);
    let Exported { text, archive } = super::super::exported(files);
    assert_eq!(text, "── a.md\n- T1 One\n\n── phases/1.md\n- T1 One\n");
    let archive = archive.expect("there are several files");
    let read = zip::read(&archive, zip::Limits { files: 9, bytes: 999 }, |_| true).expect("it is whole");
    assert_eq!(read.iter().map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["a.md", "phases/1.md"]);
}

#[test]
fn what_is_imported_keeps_its_unknown_fields() {
    let json =
        r#"{"format":"phaseplan/1","colour":{"a":[1,2]},"tasks":[{"id":"T1","title":"One","mood":null}]}"#;
    let mut session = Session::default();
    let found = import_into(&mut session, json.as_bytes()).expect("it can be read");
    assert_eq!(found, Found::Plan { said: "Opened as plan JSON: 1 task.".to_owned() });
    ask(&mut session, DocumentRequest::Open { opening: 1, content: Content::Found });
    let plan = session.document.plan();
    assert_eq!(*plan, import::import(json.as_bytes(), None).expect("it can be read").plan);
    assert_eq!((plan.unknown.len(), plan.tasks[0].unknown.len()), (1, 1));
}

#[test]
fn plan_text_stays_as_it_was_written_and_what_is_no_plan_is_refused() {
    let mut session = Session::default();
    assert!(import_into(&mut session, b"- One\r\n- Two\r\n").is_ok_and(|found| is_plan_text(&found)));
    ask(&mut session, DocumentRequest::Open { opening: 1, content: Content::Found });
    assert_eq!(session.document.text, "- One\n- Two\n");
    assert!(import_into(&mut session, &[0xff, 0, 0x80, 1, 2]).is_err());
}

#[test]
fn bytes_that_are_no_request_are_refused() {
    assert_eq!(wire::from_bytes::<Request>(&[]), None);
    assert_eq!(wire::from_bytes::<Request>(&[200, 1, 2]), None);
}
