//! Pool: many like tasks that wait for nothing.

use fixedbitset::FixedBitSet;

use super::super::lengths;
use super::{Recogniser, Seen, open};
use crate::explain::duration;
use crate::plan::{Kind, Minutes};
use crate::report::Report;

pub const RECOGNISER: Recogniser = Recogniser {
    id: "pool",
    benefit: "A free agent can take any task that is left, so that nobody waits for the end of a phase.",
    see,
};

/// The fewest tasks for which a pool pays.
const LEAST_TASKS: usize = 10;
/// The largest standard deviation of their minutes, as a share of the mean: beyond, they are not alike.
const MOST_SPREAD: f64 = 0.5;

fn see(report: &Report) -> Option<Seen> {
    let open = open(report);
    let kinds = Kind::ALL.into_iter().filter(|kind| !matches!(kind, Kind::Gate | Kind::Verify));
    let of_kind = |kind: Kind| -> Vec<usize> {
        open.iter().copied().filter(|&task| report.plan.tasks[task].kind == kind).collect()
    };
    let tasks = kinds.map(|kind| free(report, &of_kind(kind))).max_by_key(Vec::len)?;
    let minutes: Vec<Minutes> =
        tasks.iter().map(|&task| report.plan.minutes_of(&report.plan.tasks[task])).collect();
    let is_unequal = lengths::squared_variation(&report.plan, &tasks) > MOST_SPREAD * MOST_SPREAD;
    if tasks.len() < LEAST_TASKS || tasks.len() * 2 < open.len() || is_unequal {
        return None;
    }
    let (least, most) = (minutes.iter().min()?, minutes.iter().max()?);
    let length = match least == most {
        true => format!("take {} each", duration(*least)),
        false => format!("take about as long as each other ({} to {})", duration(*least), duration(*most)),
    };
    let evidence =
        format!("{} tasks of one kind wait for nothing, collide with nothing, and {length}.", tasks.len());
    Some(Seen { tasks, evidence })
}

/// Those of the tasks that wait for nothing and can run beside all others of them.
fn free(report: &Report, tasks: &[usize]) -> Vec<usize> {
    let (order, apart) = (&report.analysis.order, &report.analysis.apart);
    let unordered: Vec<usize> =
        tasks.iter().copied().filter(|&task| order.predecessors[task].is_empty()).collect();
    let mut all = FixedBitSet::with_capacity(report.plan.tasks.len());
    unordered.iter().for_each(|&task| all.insert(task));
    unordered.into_iter().filter(|&task| apart.row(task).intersection(&all).next().is_none()).collect()
}
