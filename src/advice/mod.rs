//! Advice with numbers about what is left of a plan: by which method to do it, what that takes, costs and leaves in the
//! main conversation, and how sure the minutes are.
//!
//! Methods are compared by computed figures, never by counts of tasks alone. Every figure is a pure function of the plan,
//! its schedules and the [`assumptions`], which stand beside it; the worked example is in `docs/advice.md`. The formulas
//! count in floating point, with no function that differs between machines.

pub mod alike;
pub mod amounts;
pub mod assumptions;
pub mod by_agents;
pub mod cost;
pub mod figures;
pub mod json;
mod lengths;
pub mod markdown;
pub mod method;
mod obstacle;
pub mod patterns;
mod pert;
pub mod price;
pub mod questions;
pub mod risk;
pub mod tokens;
pub mod words;
pub mod work_left;

pub use assumptions::Assumption;
pub use by_agents::{ByAgents, MOST_TASKS};
pub use figures::{Figures, Method, MethodId};
pub use questions::Step;
pub use risk::Risk;
pub use work_left::WorkLeft;

use crate::plan::{Estimate, Plan, TaskId};
use crate::report::Report;
use crate::schedule::Budget;

/// What a person says beside the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Circumstances {
    /// The minutes within which it has to be done.
    pub by: Option<f64>,
    /// Whether the person wants to steer while it runs.
    pub is_interactive: bool,
    /// The seed of the draws for the risk.
    pub seed: u64,
    /// Dollars that may be spent.
    pub quota: Option<f64>,
    /// Whether to try other numbers of agents and to look at groups of like tasks: that takes a schedule each.
    pub with_schedules: bool,
}

impl Default for Circumstances {
    fn default() -> Circumstances {
        Circumstances { by: None, is_interactive: false, seed: 1, quota: None, with_schedules: true }
    }
}

/// Advice about a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Advice {
    /// The best method.
    pub best: MethodId,
    /// All methods, in the order of [`MethodId::ALL`].
    pub methods: Vec<Method>,
    /// Like tasks inside the plan, if they are not the whole of it.
    pub groups: Vec<Group>,
    /// The questions that lead to the method.
    pub path: Vec<Step>,
    /// How sure the minutes are.
    pub risk: Risk,
    /// What it costs.
    pub cost: Cost,
    /// What the figures rest on.
    pub assumptions: Vec<Assumption>,
    /// The answer in one or two sentences.
    pub answer: String,
    /// Why, in sentences. What is not known comes first.
    pub reasons: Vec<String>,
    /// How sure the minutes are, in sentences.
    pub certainty: String,
}

/// Advice about like tasks inside a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Positions in the plan.
    pub tasks: Vec<usize>,
    /// The best method for them.
    pub best: MethodId,
    /// All methods for them.
    pub methods: Vec<Method>,
}

/// What the best method costs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cost {
    /// Agents in phases, with other numbers of agents. Empty if agents can't do the work, and for a plan of thousands of
    /// tasks.
    pub by_agents: Vec<ByAgents>,
    /// Dollars with the shortest and with the longest estimate of every task.
    pub range: Option<(f64, f64)>,
    /// Whether it costs no more than the quota, if there is one and the price is known.
    pub fits: Option<bool>,
}

/// Everything there is to say. Takes five schedules and one for each group of like tasks.
pub fn advise(report: &Report, circumstances: &Circumstances) -> Advice {
    let left = WorkLeft { report };
    let methods = words::methods(left);
    let best = method::best(left, &methods, circumstances);
    let cost_of_best = figures::figures_of(&methods, best).and_then(|figures| figures.cost);
    let has_agents =
        circumstances.with_schedules && figures::figures_of(&methods, MethodId::Agents).is_some();
    let mut advice = Advice {
        best,
        answer: words::answer(left, best, &methods),
        groups: if circumstances.with_schedules { groups(left, circumstances) } else { Vec::new() },
        path: Vec::new(),
        risk: risk::risk(report, circumstances.seed),
        cost: Cost {
            by_agents: if has_agents { by_agents::by_agents(left) } else { Vec::new() },
            range: cost_range(left, best),
            fits: circumstances.quota.zip(cost_of_best).map(|(quota, cost)| cost <= quota),
        },
        assumptions: assumptions::assumptions(left),
        reasons: Vec::new(),
        certainty: String::new(),
        methods,
    };
    advice.path = questions::path(left, &advice, circumstances);
    advice.reasons = words::reasons(left, &advice, circumstances);
    advice.certainty = words::risk(left, &advice);
    advice
}

/// The answer alone, which takes no schedule.
pub fn headline(report: &Report) -> String {
    let left = WorkLeft { report };
    let methods = words::methods(left);
    words::answer(left, method::best(left, &methods, &Circumstances::default()), &methods)
}

fn groups(left: WorkLeft, circumstances: &Circumstances) -> Vec<Group> {
    let all = left.tasks();
    if all.len() > MOST_TASKS {
        return Vec::new();
    }
    let groups = alike::groups(&left.report.plan, &left.report.analysis, &all);
    let of_part = groups.into_iter().filter(|group| group.len() < all.len()).take(MOST_GROUPS);
    of_part.map(|tasks| group(left, tasks, circumstances)).collect()
}

/// The most groups that are looked at.
const MOST_GROUPS: usize = 8;

fn group(left: WorkLeft, tasks: Vec<usize>, circumstances: &Circumstances) -> Group {
    let alone = Report::new((alone(&left.report.plan, &tasks), &left.report.evidence), &small_search());
    let left = WorkLeft { report: &alone };
    let methods = words::methods(left);
    Group { tasks, best: method::best(left, &methods, circumstances), methods }
}

/// A plan of these tasks alone.
fn alone(plan: &Plan, tasks: &[usize]) -> Plan {
    let kept: Vec<TaskId> = tasks.iter().map(|&task| plan.tasks[task].id.clone()).collect();
    let mut part =
        Plan { tasks: tasks.iter().map(|&task| plan.tasks[task].clone()).collect(), ..plan.clone() };
    for task in &mut part.tasks {
        task.after.retain(|id| kept.contains(id));
    }
    part
}

/// Dollars of a method with the shortest and with the longest estimates; `None` without ranges.
fn cost_range(left: WorkLeft, best: MethodId) -> Option<(f64, f64)> {
    let with = |end: usize| {
        let mut report = left.report.clone();
        for task in &mut report.plan.tasks {
            let range = task.minutes.map(|estimate| [estimate.low, estimate.high]);
            task.minutes = range.map(|range| Estimate::exactly(range[end]));
        }
        let left = WorkLeft { report: &report };
        figures::figures_of(&method::methods(left), best)?.cost
    };
    let has_range = left.those(|task| task.minutes.is_some_and(|estimate| !estimate.is_exact()));
    if has_range.is_empty() {
        return None;
    }
    with(0).zip(with(1))
}

/// A small search, for schedules that are only compared.
fn small_search() -> Budget {
    Budget { steps: 10_000, ..Budget::default() }
}

#[cfg(test)]
mod tests;
