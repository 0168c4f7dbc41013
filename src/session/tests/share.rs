//! Plans in links.

use super::{ask, change, import_into, is_plan_text, opened};
use crate::protocol::{Change, Content, DocumentRequest, Found};
use crate::session::Session;
use crate::{share, text};

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
    assert_eq!(found, Found::Shared { tasks: 2 });
    assert_eq!(session.document.text, "- T1 Mine", "nothing is replaced before it is opened");
    ask(&mut session, DocumentRequest::Open { opening: 2, content: Content::Found });
    assert!(session.document.text.contains("Theirs"));
    assert!(change(&mut session, Change::Add).is_err());
    assert_eq!(change(&mut session, Change::Keep).expect("it can be kept").shared, None);
    assert!(change(&mut session, Change::Add).is_ok());
}

#[test]
fn what_a_text_hides_does_not_travel_in_its_link() {
    let mut session = Session::default();
    let link = link_of("- T1 Good\u{202e}evil @owns(a)");
    import_into(&mut session, link.as_bytes()).expect("there is a link");
    ask(&mut session, DocumentRequest::Open { opening: 1, content: Content::Found });
    assert_eq!(session.document.text, "- T1 Goodevil @owns(a)\n");
}

#[test]
fn damaged_links_are_refused_and_lists_that_mention_one_are_lists() {
    let mut session = Session::default();
    let link = link_of("- T1 Theirs @owns(a)\n  Some words to make it longer.");
    let cut = import_into(&mut session, &link.as_bytes()[..link.len() - 9]);
    assert!(cut.is_err_and(|message| message.contains("cut off")));
    let list = format!("- T1 Read the plan\n  It is at {link}");
    assert!(import_into(&mut session, list.as_bytes()).is_ok_and(|found| is_plan_text(&found)));
}
