//! Other plans and branches beside the open plan.

use super::{ask, change, plan, planned};
use crate::incoming::Input;
use crate::protocol::{Answer, BesideChange, Change, Content, DocumentRequest, PlanState, ViewRequest};
use crate::session::Session;
use crate::text;

const PLAN: &str = "- T1 Cart @owns(src/cart/**)\n- T2 Login @owns(src/login.rs)\n";
const OTHER: &str = "# Prices\n\n- T9 Prices @owns(src/cart/price.rs)\n";

fn asked(session: &mut Session, change: BesideChange) -> Result<PlanState, String> {
    match ask(session, DocumentRequest::Beside(change)) {
        Answer::Planned(planned) => Ok(*planned),
        Answer::Done(Err(problem)) => Err(problem),
        other => panic!("{other:?}"),
    }
}

fn add(session: &mut Session, input: Input) -> Result<PlanState, String> {
    asked(session, BesideChange::Add(input))
}

/// What the list of problems says, without its markup.
fn problems(session: &mut Session) -> String {
    match ask(session, DocumentRequest::Draw(ViewRequest::Problems { current: None })) {
        Answer::Drawn { groups, .. } => groups.iter().flatten().map(|part| format!("{part:?}")).collect(),
        other => panic!("{other:?}"),
    }
}

fn file(name: &str, content: &str) -> Input {
    Input::files(vec![(name.to_owned(), content.as_bytes().to_vec())])
}

#[test]
fn what_collides_with_work_beside_the_plan_is_listed_until_it_is_removed() {
    let (mut session, alone) = planned(PLAN);
    let before = problems(&mut session);
    assert!(before.contains("✓ No problems") && before.contains("Put one beside this plan"), "{before}");
    let beside = add(&mut session, Input::paste(OTHER)).expect("it is a plan");
    assert!(
        beside.announcement.ends_with("1 conflict with the work beside this plan."),
        "{}",
        beside.announcement
    );
    let said = problems(&mut session);
    assert!(said.contains("1 conflict between them") && said.contains("Order of landing"), "{said}");
    assert!(said.contains("T1 of ") && said.contains("T9 of ") && said.contains("Prices"), "{said}");
    assert!(said.contains("No problems within this plan") && !said.contains("✓"), "{said}");
    assert_eq!(session.document.text, PLAN, "nothing is opened");
    let removed = asked(&mut session, BesideChange::Remove(0)).expect("it is there");
    assert_eq!(removed, alone);
    assert_eq!(problems(&mut session), before);
    assert_eq!(asked(&mut session, BesideChange::Remove(0)), Ok(alone));
}

#[test]
fn sentences_name_the_open_plan_in_words_and_the_others_as_they_are_called() {
    let (mut session, _) = planned(PLAN);
    session.put_beside("this plan", text::parse("- T9 Prices @owns(src/cart/price.rs)\n").plan);
    let together = &session.beside.together;
    let conflict = crate::beside::conflict(&session.beside.works, &together.crossings[0]);
    assert_eq!(conflict, "T1 of this plan and T9 of `this plan` can both change `src/cart/price.rs`.");
    assert!(problems(&mut session).contains("\"This plan\""));
}

#[test]
fn a_list_of_changed_files_is_an_open_branch() {
    let (mut session, _) = planned(PLAN);
    add(&mut session, Input::paste("src/login.rs\nREADME.md\n")).expect("it is a list");
    add(&mut session, file("payments.txt", "M\tsrc/pay.rs\n")).expect("it is a list");
    let said = problems(&mut session);
    for part in [
        "branch ",
        "pasted list",
        "an open branch, 2 changed files",
        "payments",
        "shares no file with the others",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert_eq!(session.beside.together.count, 1);
}

#[test]
fn conflicts_follow_the_open_plan_and_what_is_known_of_the_repository() {
    let (mut session, _) = planned("- T1 Cart @owns(src/cart)\n");
    session.put_beside("Sweep v1.2", text::parse("- T9 All @owns(**/*.rs)\n").plan);
    assert_eq!((session.beside.together.count, &*session.beside.works[1].name), (0, "Sweep v1 2"));
    assert!(matches!(
        ask(&mut session, DocumentRequest::Import(Input::paste("src/cart/a.rs\nsrc/b.rs\nREADME.md\n"))),
        Answer::Imported(Ok(_))
    ));
    change(&mut session, Change::Know(true)).expect("there is a list");
    plan(&mut session);
    assert_eq!(session.beside.together.count, 1);
    change(&mut session, Change::Remove("T1".into())).expect("it is there");
    plan(&mut session);
    assert_eq!(session.beside.together.count, 0);
}

#[test]
fn what_is_no_work_is_refused_in_a_sentence_and_another_plan_begins_alone() {
    let (mut session, _) = planned(PLAN);
    for (input, part) in [
        (Input::paste("# Notes\n\n> Nothing to do here.\n"), "no task"),
        (file("phaseplan.evidence.json", "{\"format\": \"phaseplan-evidence/1\"}"), "git diff --name-only"),
    ] {
        let refused = add(&mut session, input).expect_err("it is no work");
        assert!(refused.contains(part) && refused.ends_with('.'), "{refused}");
    }
    for number in 0..20 {
        add(&mut session, Input::paste(OTHER)).unwrap_or_else(|why| panic!("{number}: {why}"));
    }
    assert!(add(&mut session, Input::paste(OTHER)).is_err_and(|why| why.contains("Remove one first")));
    ask(&mut session, DocumentRequest::Open { opening: 2, content: Content::Text(PLAN.to_owned()) });
    plan(&mut session);
    assert!(session.beside.works.is_empty());
}
