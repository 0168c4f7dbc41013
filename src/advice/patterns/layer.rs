//! By layer: tests, documents and settings behind the code.

use super::folders::Role;
use super::{Recogniser, Seen, open};
use crate::explain::listed;
use crate::plan::Kind;
use crate::report::Report;

pub const RECOGNISER: Recogniser = Recogniser {
    id: "layer",
    benefit: "Tests, documents and settings meet finished code, and run beside each other.",
    see,
};

fn see(report: &Report) -> Option<Seen> {
    let plan = &report.plan;
    let open = open(report);
    let with_role: Vec<(usize, Role)> =
        open.iter().filter_map(|&task| Some((task, Role::of(&plan.tasks[task])?))).collect();
    let is_code = |task: usize| {
        matches!(plan.tasks[task].kind, Kind::Change | Kind::Integrate)
            && !with_role.iter().any(|(other, _)| *other == task)
    };
    let code: Vec<usize> = open.iter().copied().filter(|&task| is_code(task)).collect();
    let comes_after_code =
        |task: usize| code.iter().any(|&before| report.analysis.order.ancestors[task].contains(before));
    let mut roles: Vec<Role> = with_role.iter().map(|(_, role)| *role).collect();
    roles.sort();
    roles.dedup();
    let are_behind = with_role.iter().all(|(task, _)| comes_after_code(*task));
    let is_code_first = code.iter().all(|&task| {
        with_role.iter().all(|(other, _)| !report.analysis.order.ancestors[task].contains(*other))
    });
    if code.is_empty() || roles.len() < 2 || !are_behind || !is_code_first {
        return None;
    }
    let of_role = |role: Role| {
        let tasks: Vec<usize> =
            with_role.iter().filter(|(_, other)| *other == role).map(|(task, _)| *task).collect();
        format!("{} ({})", listed(plan, &tasks), role.name())
    };
    let (last, first) = roles.split_last()?;
    let parts: Vec<String> = first.iter().map(|&role| of_role(role)).collect();
    Some(Seen {
        evidence: format!(
            "{} and {} come after the code of {}.",
            parts.join(", "),
            of_role(*last),
            listed(plan, &code)
        ),
        tasks: with_role.into_iter().map(|(task, _)| task).collect(),
    })
}
