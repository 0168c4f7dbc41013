//! What is known of the repository of the open plan.

use super::{ask, change, plan, planned};
use crate::evidence::{EvidenceFile, read_list};
use crate::incoming::Input;
use crate::protocol::{Answer, Change, Content, DocumentRequest, Found, ViewRequest};
use crate::session::Session;

const PLAN: &str = "- T1 Cart @owns(src/cart)\n- T2 All @owns(**/*.rs)\n";
const LIST: &str = "src/cart/a.rs\nsrc/b.rs\nREADME.md\n";

fn import(session: &mut Session, input: Input) -> Result<Found, String> {
    match ask(session, DocumentRequest::Import(input)) {
        Answer::Imported(found) => found,
        other => panic!("{other:?}"),
    }
}

/// Everything that a view says.
fn said(session: &mut Session, view: ViewRequest) -> String {
    match ask(session, DocumentRequest::Draw(view)) {
        Answer::Drawn { groups, .. } => groups.iter().flatten().map(|markup| format!("{markup:?}")).collect(),
        other => panic!("{other:?}"),
    }
}

fn problems(session: &mut Session) -> String {
    said(session, ViewRequest::Problems { current: None })
}

#[test]
fn a_pasted_list_of_files_is_known_until_it_is_removed() {
    let (mut session, before) = planned(PLAN);
    assert!(!problems(&mut session).contains("Knows"));
    assert_eq!(import(&mut session, Input::paste(LIST)), Ok(Found::Evidence));
    let changed = change(&mut session, Change::Know(true)).expect("there is a list");
    assert_eq!(
        changed.done,
        "Knows 3 files, from `git ls-files`. The list stays with this plan on this device, and no link contains it."
    );
    assert_eq!(session.document.text, PLAN);
    let known = plan(&mut session);
    assert!(known.counts[1] > before.counts[1], "the folder and the pattern collide");
    assert!(problems(&mut session).contains("Knows 3 files"));
    let of_task = said(&mut session, ViewRequest::Task { id: Some("T2".into()), problem: None });
    assert!(of_task.contains("matches 2 known files"), "{of_task}");
    change(&mut session, Change::Know(false)).expect("it can be removed");
    assert_eq!(plan(&mut session), before);
    assert!(!problems(&mut session).contains("Knows"));
    assert!(change(&mut session, Change::Know(true)).is_err());
}

#[test]
fn names_of_a_folder_that_is_too_large_to_read_are_enough() {
    let (mut session, _) = planned(PLAN);
    let names = (0..3_000).map(|at| format!("shop/src/cart/{at}.rs")).collect();
    assert_eq!(import(&mut session, Input::names(names, 99 << 20)), Ok(Found::Evidence));
    let changed = change(&mut session, Change::Know(true)).expect("there is a list");
    assert!(
        changed.done.contains("Knows 3,000 files, from the names in the folder shop"),
        "{}",
        changed.done
    );
    let loose = (0..3_000).map(|at| format!("{at}.rs")).collect();
    assert!(import(&mut session, Input::names(loose, 99 << 20)).is_err_and(|why| why.contains("have 99 MB")));
}

#[test]
fn another_plan_begins_without_evidence() {
    let (mut session, _) = planned(PLAN);
    assert!(import(&mut session, Input::paste(LIST)).is_ok());
    assert!(change(&mut session, Change::Know(true)).is_ok());
    let content = Content::Text(PLAN.to_owned());
    ask(&mut session, DocumentRequest::Open { opening: 2, content });
    plan(&mut session);
    assert!(!problems(&mut session).contains("Knows"));
}

#[test]
fn evidence_that_was_stored_with_the_plan_is_known_again() {
    let (mut session, before) = planned(PLAN);
    let stored = EvidenceFile::of(&read_list(LIST)).to_json();
    assert_eq!(session.take_stored_evidence(""), Ok(()));
    assert_eq!(plan(&mut session), before);
    assert_eq!(session.take_stored_evidence(&stored), Ok(()));
    assert!(plan(&mut session).counts[1] > before.counts[1]);
    assert!(problems(&mut session).contains("Knows 3 files, from "));
    let damaged = session.take_stored_evidence(&stored[..40]).expect_err("it is cut short");
    assert!(damaged.contains("can't be read") && !damaged.ends_with('.'), "{damaged}");
    assert!(problems(&mut session).contains("Knows 3 files, from "), "what was known stays");
}

#[test]
fn a_plan_that_is_only_shown_stores_no_evidence_and_says_so() {
    let (mut session, _) = planned(PLAN);
    let content = Content::Shown { text: PLAN.to_owned(), about: "A link".to_owned() };
    ask(&mut session, DocumentRequest::Open { opening: 2, content });
    assert!(import(&mut session, Input::paste(LIST)).is_ok());
    let changed = change(&mut session, Change::Know(true)).expect("there is a list");
    assert!(changed.done.starts_with("Not saved with the plan"), "{}", changed.done);
}

#[test]
fn a_plan_in_the_folder_comes_first() {
    let (mut session, _) = planned(PLAN);
    let files = ["src/a.rs", "src/b.rs", "plan.phaseplan.md"];
    let given = files.map(|path| (format!("shop/{path}"), PLAN.as_bytes().to_vec()));
    let given = given
        .map(|(path, text)| if path.ends_with(".rs") { (path, b"fn a() {}".to_vec()) } else { (path, text) });
    assert!(matches!(import(&mut session, Input::files(given.to_vec())), Ok(Found::Plan { .. })));
    assert_eq!(
        import(
            &mut session,
            Input::files(
                given[..2].iter().cloned().chain([("shop/x/c.rs".to_owned(), b"x".to_vec())]).collect()
            )
        ),
        Ok(Found::Evidence)
    );
}
