//! The plan as rows of fields.

use std::collections::BTreeMap;

use super::act::{Act, List};
use super::field::Control;
use super::markup::{Markup, button, icon, icon_button, markup};
use super::test_name as test;
use crate::TaskId;
use crate::plan::{Field, Plan, Task};

/// The fields of a row, each with a placeholder that fits into a cell, and the class of its cell.
const FIELDS: [(Field, &str, &str); 5] = [
    (Field::Title, "no title", "wide"),
    (Field::Owns, "none listed", "wide"),
    (Field::After, "none", "narrow"),
    (Field::Minutes, "none", "narrow"),
    (Field::Agent, "anyone", ""),
];

/// The first tasks of the plan as rows, each with the number of its open threads, and the elements below the
/// rows.
pub fn table(
    plan: &Plan,
    open_threads: &BTreeMap<TaskId, usize>,
    rows: usize,
    selected: Option<&TaskId>,
) -> Vec<Markup> {
    let labels = ["Id"].into_iter().chain(FIELDS.map(|(field, ..)| field.label()));
    let heads = labels.map(|label| markup("th", "").text(label)).collect();
    let acts = markup("th", "").child(markup("span", "spoken").text("Move or remove"));
    let head = markup("thead", "").child(markup("tr", "").children(heads).child(acts));
    let keys = plan.unique_names();
    let tasks = plan.tasks.iter().zip(&keys).take(rows);
    let body = tasks
        .map(|(task, key)| row(task, open_threads.get(&task.id), selected == Some(&task.id)).key(key))
        .collect();
    let add = button("button").act(&Act::AddTask).set("data-test", test::ADD_TASK);
    let mut below = markup("div", "below-rows").child(add.child(icon("plus")).text("Add a task"));
    let hidden = plan.tasks.len().saturating_sub(rows);
    if hidden > 0 {
        let words = format!("Show {} more of {hidden}", hidden.min(List::Rows.page()));
        below = below.child(button("button").act(&Act::More { list: List::Rows }).text(&words));
    }
    vec![markup("table", "rows").child(head).child(markup("tbody", "").children(body)), below]
}

fn row(task: &Task, open_threads: Option<&usize>, is_selected: bool) -> Markup {
    let name = button("")
        .act(&Act::Select { task: task.id.clone() })
        .set("title", "Show all its fields")
        .text(task.id.as_str());
    let name = match open_threads {
        None => name,
        Some(count) => {
            let mark = markup("span", "talk-mark").child(icon("comment")).text(&count.to_string());
            name.child(mark.child(markup("span", "spoken").text(" open threads")))
        }
    };
    let cells = FIELDS.map(|(field, hint, class)| {
        let control = Control { field, hint, is_one_line: true }.control(task, false, true);
        markup("td", class).set("data-label", field.label()).child(control)
    });
    markup("tr", if is_selected { "chosen" } else { "" })
        .set("data-test", test::ROW)
        .set("data-task", task.id.as_str())
        .child(markup("td", "row-id").child(name))
        .children(cells.into())
        .child(markup("td", "").child(acts(&task.id)))
}

fn acts(task: &TaskId) -> Markup {
    let task = task.clone();
    let act = |symbol: &'static str, label: &str, act: &Act, test: &str| {
        icon_button(symbol, label).act(act).set("data-test", test)
    };
    markup("div", "acts")
        .child(act("up", "Move up", &Act::MoveUp { task: task.clone() }, test::MOVE_UP))
        .child(act("down", "Move down", &Act::MoveDown { task: task.clone() }, test::MOVE_DOWN))
        .child(act("trash", "Remove", &Act::Remove { task }, test::REMOVE))
}
