//! What the screen shows of a plan: plan text in, an outline of the elements out.

use phaseplan::TaskId;
use phaseplan::protocol::{Answer, Content, Request, Wanted};
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
    let mut session = Session::default();
    session.answer(Request::Open { opening: 1, content: Content::Text(PLAN.to_owned()) });
    session.answer(Request::Plan);
    if let Answer::Job(Some(job)) = session.answer(Request::Search { longer: false }) {
        let mut hear = |message: &[u8]| {
            session.answer(Request::Heard { message: message.to_vec(), seconds: 0 });
        };
        search::work_on_bytes(&job, &mut hear);
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
