//! By module: tasks with a folder each, and one that joins them.

use super::folders::{are_nested, common_folder};
use super::{Recogniser, Seen, open};
use crate::explain::listed;
use crate::plan::Kind;
use crate::report::Report;

pub const RECOGNISER: Recogniser = Recogniser {
    id: "module",
    benefit: "Folders of their own need no agreement: all parts run at once, and none can overwrite another.",
    see,
};

/// The fewest parts that make a pattern.
const LEAST_PARTS: usize = 3;

fn see(report: &Report) -> Option<Seen> {
    let plan = &report.plan;
    let order = &report.analysis.order;
    let open = open(report);
    let changes = |task: usize| matches!(plan.tasks[task].kind, Kind::Change | Kind::Integrate);
    let joins = |joining: usize| -> Vec<(usize, String)> {
        let before = order.predecessors[joining].iter().copied();
        let parts =
            before.filter(|&task| plan.tasks[task].status.is_open() && plan.tasks[task].kind == Kind::Change);
        let with_folder: Vec<(usize, String)> =
            parts.filter_map(|task| Some((task, common_folder(&plan.tasks[task])?))).collect();
        let is_apart = |(task, folder): &(usize, String)| {
            with_folder.iter().all(|(other, of_other)| {
                other == task || !are_nested(folder, of_other) && !order.are_ordered(*task, *other)
            })
        };
        with_folder.iter().filter(|part| is_apart(part)).cloned().collect()
    };
    let joining = open.into_iter().filter(|&task| changes(task));
    let (joining, parts) =
        joining.map(|task| (task, joins(task))).rev().max_by_key(|(_, parts)| parts.len())?;
    if parts.len() < LEAST_PARTS {
        return None;
    }
    let tasks: Vec<usize> = parts.iter().map(|(task, _)| *task).collect();
    let names: Vec<String> = parts.iter().map(|(_, folder)| format!("`{folder}`")).collect();
    Some(Seen {
        evidence: format!(
            "{} own one folder each ({}), and {} joins them.",
            listed(plan, &tasks),
            enumerated(&names),
            plan.tasks[joining].id
        ),
        tasks,
    })
}

/// Names for a sentence, the first few of them.
fn enumerated(names: &[String]) -> String {
    const MOST: usize = 5;
    match names {
        [first @ .., last] if names.len() <= MOST => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..MOST - 1].join(", "), names.len() + 1 - MOST),
    }
}
