//! What the screen shows of a plan: plan text in, an outline of the elements out.

use phaseplan::TaskId;
use phaseplan::protocol::{Answer, Change, Compare, Content, Form, Request, Wanted};
use phaseplan::search;
use phaseplan::session::Session;
use phaseplan::view::{Markup, Picks, Showing};

const PLAN: &str = "# Shop\n\n- T1 Store sessions @owns(server/session/**, server/main.rs) ~30m\n\
    - T2 Saved carts @owns(server/cart/**, server/main.rs) ~20m\n- T3 Cart page @after(T2) ~45m\n";

/// The elements of a view, one on each line: tag and class, what can be pressed, and the text inside.
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
    let told = ["class", "data-act", "data-number", "data-fix", "data-task", "data-field", "value", "hidden"];
    let told = element.attributes.iter().filter(|(name, _)| told.contains(name));
    let told: String = told.map(|(name, value)| format!(" {name}={}", value.replace('\n', "⏎"))).collect();
    lines.push_str(&format!("{indent}{}{told}\n", element.tag));
    for child in &element.children {
        write_lines(child, depth + 1, lines);
    }
}

/// Draws a part of the screen and compares it with what it was.
fn check(name: &str, wanted: Wanted) {
    check_compared(name, None, wanted);
}

/// The same while the plan is compared with another one.
fn check_compared(name: &str, other: Option<&str>, wanted: Wanted) {
    let mut session = Session::default();
    session.answer(Request::Open { opening: 1, content: Content::Text(PLAN.to_owned()) });
    session.answer(Request::Plan);
    if let Answer::Job(Some(job)) = session.answer(Request::Search { longer: false }) {
        let mut hear = |message: &[u8]| {
            session.answer(Request::Heard { message: message.to_vec(), seconds: 0 });
        };
        search::work_on_bytes(&job, &mut hear);
    }
    if let Some(other) = other {
        let given = Compare::Given { bytes: other.as_bytes().to_vec(), name: Some("monday.md".to_owned()) };
        assert!(matches!(session.answer(Request::Compare(given)), Answer::Planned(_)));
    }
    match session.answer(Request::Draw(wanted)) {
        Answer::Drawn { groups, .. } => insta::assert_snapshot!(name, outline(&groups.concat())),
        other => panic!("{other:?}"),
    }
}

fn reading(showing: Showing) -> Wanted {
    Wanted::Reading { showing, selected: Some(TaskId::from("T2")), rows: 100 }
}

#[test]
fn problems_with_their_repairs() {
    check("problems", Wanted::Problems { current: Some(0) });
}

#[test]
fn a_task_with_its_fields() {
    check("task", Wanted::Task { id: Some(TaskId::from("T2")), problem: None });
}

#[test]
fn the_table() {
    check("table", Wanted::Table { rows: 2, selected: None });
}

#[test]
fn the_figures_above_the_schedule() {
    check("totals", Wanted::Totals { is_limit_open: true });
}

#[test]
fn columns_of_cards() {
    check("cards", Wanted::Cards(Picks { selected: Some(TaskId::from("T2")), ..Picks::default() }));
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

const MONDAY: &str = "# Shop\n\n- T0 Plan it ~5m\n- T1 Store sessions @owns(server/session/**) ~30m\n  Keep them for thirty days.\n\
    - T2 Saved carts @owns(server/cart/**, server/main.rs) @after(T0) ~20m\n- T3 Cart page @after(T2) ~45m\n";

#[test]
fn the_banner_of_a_comparison() {
    check_compared("comparing", Some(MONDAY), Wanted::Comparing { current: Some(1) });
}

#[test]
fn the_list_of_changes() {
    let wanted = Wanted::Changes { rows: 100, current: Some(1), as_text: false };
    check_compared("changes", Some(MONDAY), wanted);
}

#[test]
fn cards_with_signs_and_ghosts() {
    check_compared("cards_compared", Some(MONDAY), Wanted::Cards(Picks::default()));
}

#[test]
fn the_outline_with_what_changed() {
    check_compared("outline_compared", Some(MONDAY), reading(Showing::Outline));
}

#[test]
fn the_overview_of_a_presentation() {
    check("present_overview", Wanted::Presentation { step: 0 });
}

#[test]
fn a_phase_of_a_presentation() {
    check("present_phase", Wanted::Presentation { step: 2 });
}

#[test]
fn the_last_step_of_a_presentation_is_a_problem() {
    check("present_problem", Wanted::Presentation { step: 1_000 });
}

/// Says these things about the plan, then draws the review or the task.
fn check_review(name: &str, wanted: Wanted) {
    let mut session = Session::default();
    session.answer(Request::Open { opening: 1, content: Content::Text(PLAN.to_owned()) });
    let mut say = |act: &str, field: &str, text: &str, value: &str| {
        let (act, field, text) = (act.to_owned(), field.to_owned(), text.to_owned());
        let form =
            Form { act, field, text, value: value.to_owned(), name: "Ada".to_owned(), ..Form::default() };
        session.answer(Request::Change(Change::Review(Form { task: Some(TaskId::from("T2")), ..form })))
    };
    for (act, field, text, value) in [
        ("publish", "", "", ""),
        ("comment", "", "Who tests it?", ""),
        ("suggest", "owns", "Less.", "server/cart/**"),
        ("approve", "", "Fine.", ""),
    ] {
        assert!(matches!(say(act, field, text, value), Answer::Changed(Ok(_))), "{act}");
    }
    session.answer(Request::Plan);
    match session.answer(Request::Draw(wanted)) {
        Answer::Drawn { groups, .. } => insta::assert_snapshot!(name, outline(&groups.concat())),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_review() {
    check_review("review", Wanted::Review { page: "https://plans.example/".to_owned(), rows: 1 });
}

#[test]
fn marks_of_threads_in_the_outline() {
    check_review(
        "outline_with_threads",
        Wanted::Reading { showing: Showing::Brief, selected: None, rows: 100 },
    );
}
