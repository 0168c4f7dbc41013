//! Views of a plan: plan text in, an outline of the elements out.

use phaseplan::TaskId;
use phaseplan::incoming::Input;
use phaseplan::protocol::{
    Answer, Change, Comparison, Content, DocumentRequest, Form, SearchRequest, ViewRequest,
};
use phaseplan::search;
use phaseplan::session::Session;
use phaseplan::view::{Markup, Picks, ReviewAct, Showing};

const PLAN: &str = "# Shop\n\n- T1 Store sessions @owns(server/session/**, server/main.rs) ~30m\n\
    - T2 Saved carts @owns(server/cart/**, server/main.rs) ~20m\n- T3 Cart page @after(T2) ~45m\n";

/// The elements of a view, one per line: tag and class, action, and the text inside.
fn outline(drawing: &[Markup]) -> String {
    let mut lines = String::new();
    for element in drawing {
        write_lines(element, 0, &mut lines);
    }
    lines
}

fn write_lines(element: &Markup, depth: usize, lines: &mut String) {
    let indent = "  ".repeat(depth);
    if element.tag.is_empty() {
        if !element.text.trim().is_empty() {
            lines.push_str(&format!("{indent}“{}”\n", element.text));
        }
        return;
    }
    let told = [
        "class",
        "data-act",
        "data-option",
        "data-number",
        "data-fix",
        "data-task",
        "data-field",
        "value",
        "hidden",
    ];
    let told = element.attributes.iter().filter(|(name, _)| told.contains(name));
    let told: String = told.map(|(name, value)| format!(" {name}={}", value.replace('\n', "⏎"))).collect();
    lines.push_str(&format!("{indent}{}{told}\n", element.tag));
    for child in &element.children {
        write_lines(child, depth + 1, lines);
    }
}

/// Draws a part of the screen and compares it with the stored snapshot.
fn check(name: &str, wanted: ViewRequest) {
    check_compared(name, None, wanted);
}

/// The same during a comparison with another plan.
fn check_compared(name: &str, other: Option<&str>, wanted: ViewRequest) {
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(PLAN.to_owned()) });
    session.answer(DocumentRequest::Plan);
    if let Answer::Job(Some(job)) =
        session.answer(DocumentRequest::Search(SearchRequest::Begin { longer: false, is_touched: false }))
    {
        let mut hear = |message: &[u8]| {
            session.answer(DocumentRequest::Search(SearchRequest::Event {
                message: message.to_vec(),
                seconds: 0,
                is_touched: false,
            }));
        };
        search::work_on_bytes(&job, &mut hear);
    }
    if let Some(other) = other {
        let given = Comparison::With(Input::files(vec![("monday.md".to_owned(), other.as_bytes().to_vec())]));
        assert!(matches!(session.answer(DocumentRequest::Compare(given)), Answer::Planned(_)));
    }
    match session.answer(DocumentRequest::Draw(wanted)) {
        Answer::Drawn { groups, .. } => insta::assert_snapshot!(name, outline(&groups.concat())),
        other => panic!("{other:?}"),
    }
}

fn reading(showing: Showing) -> ViewRequest {
    ViewRequest::Reading { showing, selected: Some(TaskId::from("T2")), rows: 100 }
}

#[test]
fn the_audit_is_a_group_of_its_own_below_the_problems() {
    let text = "- T1 Carts @owns(a) @parallel(claimed)\n- T2 Prices @owns(a) @parallel(claimed)\n";
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(text.to_owned()) });
    session.answer(DocumentRequest::Plan);
    let wanted = ViewRequest::Problems { current: None };
    let Answer::Drawn { groups, .. } = session.answer(DocumentRequest::Draw(wanted)) else {
        panic!("nothing is drawn");
    };
    let drawn = outline(&groups.concat());
    let (problems, audit) = drawn.split_once("“Audit”").expect("an audit");
    let mark = "is marked as parallel, but writes the same file as";
    assert!(!problems.contains(mark) && audit.contains(mark), "{drawn}");
    assert!(audit.contains("“Drop the mark of T2”"), "{drawn}");
}

#[test]
fn problems_with_their_repairs() {
    check("problems", ViewRequest::Problems { current: Some(0) });
}

#[test]
fn a_task_with_its_fields() {
    check("task", ViewRequest::Task { id: Some(TaskId::from("T2")), problem: None });
}

#[test]
fn the_table() {
    check("table", ViewRequest::Table { rows: 2, selected: None });
}

#[test]
fn the_figures_above_the_schedule() {
    check("totals", ViewRequest::Totals { is_limit_open: true });
}

#[test]
fn columns_of_cards() {
    check("cards", ViewRequest::Cards(Picks { selected: Some(TaskId::from("T2")), ..Picks::default() }));
}

#[test]
fn the_outline() {
    check("outline", reading(Showing::Outline));
}

#[test]
fn the_outline_of_a_phone() {
    check("outline_brief", reading(Showing::Brief));
}

#[test]
fn the_timeline() {
    check("timeline", reading(Showing::Timeline));
}

const MONDAY: &str = "# Shop\n\n- T0 Plan it ~5m\n- T1 Store sessions @owns(server/session/**) ~30m\n  Keep \
    them for thirty days.\n- T2 Saved carts @owns(server/cart/**, server/main.rs) @after(T0) ~20m\n- T3 Cart \
    page @after(T2) ~45m\n";

#[test]
fn the_banner_of_a_comparison() {
    check_compared("comparing", Some(MONDAY), ViewRequest::Comparing { current: Some(1) });
}

#[test]
fn the_list_of_changes() {
    let wanted = ViewRequest::Changes { rows: 100, current: Some(1), as_text: false };
    check_compared("changes", Some(MONDAY), wanted);
}

#[test]
fn cards_with_signs_and_ghosts() {
    check_compared("cards_compared", Some(MONDAY), ViewRequest::Cards(Picks::default()));
}

#[test]
fn the_outline_with_what_changed() {
    check_compared("outline_compared", Some(MONDAY), reading(Showing::Outline));
}

#[test]
fn the_overview_of_a_presentation() {
    check("present_overview", ViewRequest::Presentation { step: 0 });
}

#[test]
fn a_phase_of_a_presentation() {
    check("present_phase", ViewRequest::Presentation { step: 2 });
}

#[test]
fn the_last_step_of_a_presentation_is_a_problem() {
    check("present_problem", ViewRequest::Presentation { step: 1_000 });
}

/// Adds statements about the plan, then draws the review or the task.
fn check_review(name: &str, wanted: ViewRequest) {
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(PLAN.to_owned()) });
    let mut say = |act: &str, field: &str, text: &str, value: &str| {
        let act = ReviewAct::from_name(act).expect("there is such an act");
        let (field, text) = (field.to_owned(), text.to_owned());
        let form =
            Form { act, field, text, value: value.to_owned(), name: "Ada".to_owned(), ..Form::default() };
        session
            .answer(DocumentRequest::Change(Change::Review(Form { task: Some(TaskId::from("T2")), ..form })))
    };
    for (act, field, text, value) in [
        ("publish", "", "", ""),
        ("comment", "", "Who tests it?", ""),
        ("suggest", "owns", "Less.", "server/cart/**"),
        ("approve", "", "Fine.", ""),
    ] {
        assert!(matches!(say(act, field, text, value), Answer::Changed(Ok(_))), "{act}");
    }
    session.answer(DocumentRequest::Plan);
    match session.answer(DocumentRequest::Draw(wanted)) {
        Answer::Drawn { groups, .. } => insta::assert_snapshot!(name, outline(&groups.concat())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_review() {
    check_review("review", ViewRequest::Review { page: "https://plans.example/".to_owned(), rows: 1 });
}

#[test]
fn marks_of_threads_in_the_outline() {
    check_review(
        "outline_with_threads",
        ViewRequest::Reading { showing: Showing::Brief, selected: None, rows: 100 },
    );
}
