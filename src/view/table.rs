//! The plan as rows of fields.

use std::collections::BTreeMap;

use super::field::{Field, Shape};
use super::markup::{Markup, button, icon, icon_button, markup};
use super::test_name as test;
use crate::TaskId;
use crate::document::field::TaskField;
use crate::plan::{Plan, Task};

/// How many rows are drawn at first, and how many more each time more are asked for.
pub const ROWS: usize = 150;

const HEADS: [&str; 6] = ["Id", "Title", "Owned files", "After", "Minutes", "Agent"];

/// The fields of a row, each with the class of its cell.
const FIELDS: [(TaskField, &str, &str, Shape, &str); 5] = [
    (TaskField::Title, "Title", "Title", Shape::Line, "wide"),
    (TaskField::Owns, "Owned files", "src/**", Shape::Code, "wide"),
    (TaskField::After, "After", "T1", Shape::Code, "narrow"),
    (TaskField::Minutes, "Minutes", "20", Shape::Code, "narrow"),
    (TaskField::Agent, "Agent", "Anyone", Shape::Line, ""),
];

/// The first tasks of the plan as rows, each with how many threads of its review are open, and what stands below them.
pub fn table(
    plan: &Plan,
    open_threads: &BTreeMap<TaskId, usize>,
    rows: usize,
    selected: Option<&TaskId>,
) -> Vec<Markup> {
    let heads = HEADS.map(|head| markup("th", "").text(head));
    let acts = markup("th", "").child(markup("span", "spoken").text("Move or remove"));
    let head = markup("thead", "").child(markup("tr", "").children(heads.into()).child(acts));
    let keys = plan.unique_names();
    let tasks = plan.tasks.iter().zip(&keys).take(rows);
    let body = tasks
        .map(|(task, key)| row(task, open_threads.get(&task.id), selected == Some(&task.id)).key(key))
        .collect();
    let add = button("button").set("data-act", "add").set("data-test", test::ADD_TASK);
    let mut below = markup("div", "below-rows").child(add.child(icon("plus")).text("Add a task"));
    let hidden = plan.tasks.len().saturating_sub(rows);
    if hidden > 0 {
        let words = format!("Show {} more of {hidden}", hidden.min(ROWS));
        below = below.child(button("button").set("data-act", "more").text(&words));
    }
    vec![markup("table", "rows").child(head).child(markup("tbody", "").children(body)), below]
}

fn row(task: &Task, open_threads: Option<&usize>, is_selected: bool) -> Markup {
    let name = button("")
        .set("data-act", "select")
        .set("data-task", task.id.as_str())
        .set("title", "Show all its fields")
        .text(task.id.as_str());
    let name = match open_threads {
        None => name,
        Some(count) => {
            let mark = markup("span", "talk-mark").child(icon("comment")).text(&count.to_string());
            name.child(mark.child(markup("span", "spoken").text(" open threads")))
        }
    };
    let cells = FIELDS.map(|(field, label, hint, shape, class)| {
        let control = Field { field, label, hint, shape }.control(task, false, true);
        markup("td", class).set("data-label", label).child(control)
    });
    markup("tr", if is_selected { "chosen" } else { "" })
        .set("data-test", test::ROW)
        .set("data-task", task.id.as_str())
        .child(markup("td", "row-id").child(name))
        .children(cells.into())
        .child(markup("td", "").child(acts()))
}

/// They act on the task of their row.
fn acts() -> Markup {
    let act = |symbol: &'static str, label: &str, act: &str, test: &str| {
        icon_button(symbol, label).set("data-act", act).set("data-test", test)
    };
    markup("div", "acts")
        .child(act("up", "Move up", "up", test::MOVE_UP))
        .child(act("down", "Move down", "down", test::MOVE_DOWN))
        .child(act("trash", "Remove", "remove", test::REMOVE))
}
