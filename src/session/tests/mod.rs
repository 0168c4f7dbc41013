//! Requests and answers. Each is encoded and decoded, as between page and worker.

mod beside;
mod change;
mod draw;
mod evidence;
mod import;
mod preview;
mod search;
mod share;

use crate::incoming::Input;
use crate::plan::TaskId;
use crate::protocol::{
    Answer, Change, Content, DocumentRequest, DocumentState, Found, PlanState, Request, ViewRequest, wire,
};
use crate::session::Session;
use crate::view::Markup;

const PLAN: &str = "- T1 One @owns(a/**, A/x) ~20m\n- T2 Two @owns(a/b) @uses(db) ~10/30/40m\n- T3 Three \
    @owns(c) @after(T1, T9) ~30m\n- T4 Four @uses(db) @after(T5)\n- T5 Five @after(T4) @accepts(T4: fine)";

fn ask(session: &mut Session, request: DocumentRequest) -> Answer {
    let sent = Request::from(request.clone());
    assert_eq!(wire::from_bytes::<Request>(&wire::to_bytes(&sent)), Some(sent));
    let answer = session.answer(request);
    assert_eq!(wire::from_bytes::<Answer>(&wire::to_bytes(&answer)).as_ref(), Some(&answer));
    answer
}

fn opened(content: Content) -> Session {
    let mut session = Session::default();
    assert!(matches!(
        ask(&mut session, DocumentRequest::Open { opening: 1, content }),
        Answer::Changed(Ok(_))
    ));
    session
}

fn planned(text: &str) -> (Session, PlanState) {
    let mut session = opened(Content::Text(text.to_owned()));
    let planned = plan(&mut session);
    (session, planned)
}

fn plan(session: &mut Session) -> PlanState {
    match ask(session, DocumentRequest::Plan) {
        Answer::Planned(planned) => *planned,
        other => panic!("{other:?}"),
    }
}

fn change(session: &mut Session, change: Change) -> Result<DocumentState, String> {
    match ask(session, DocumentRequest::Change(change)) {
        Answer::Changed(outcome) => outcome.map(|changed| *changed),
        other => panic!("{other:?}"),
    }
}

/// Makes a change and compares the resulting text.
fn check(before: &str, made: Change, after: &str) -> DocumentState {
    let mut session = opened(Content::Text(before.to_owned()));
    let changed = change(&mut session, made).expect("it can be changed");
    assert_eq!(session.document.text, after);
    assert_eq!(changed.text.as_deref(), Some(after));
    changed
}

fn drawn(session: &mut Session, wanted: ViewRequest) -> Vec<Markup> {
    match ask(session, DocumentRequest::Draw(wanted)) {
        Answer::Drawn { groups, .. } => groups.into_iter().flatten().collect(),
        other => panic!("{other:?}"),
    }
}

/// All words of a drawing, in order.
fn words(drawing: &[Markup]) -> String {
    let inside = |part: &Markup| [part.text.as_str(), &words(&part.children)].concat();
    drawing.iter().map(inside).collect::<Vec<_>>().join(" ")
}

fn id(task: &str) -> TaskId {
    TaskId::from(task)
}

/// Whether it is plan text, so that the text itself is kept.
fn is_plan_text(found: &Found) -> bool {
    matches!(found, Found::Plan { said } if !said.contains(" as "))
}

fn import_into(session: &mut Session, bytes: &[u8]) -> Result<Found, String> {
    match ask(session, DocumentRequest::Import(Input::paste(bytes))) {
        Answer::Imported(found) => found,
        other => panic!("{other:?}"),
    }
}
