//! Agents in phases with other numbers of agents.

use super::method;
use super::{WorkLeft, cost, small_search};
use crate::report::Report;
use crate::schedule::schedule;

/// Beyond this many tasks the table takes too long.
pub const MOST_TASKS: usize = 2_000;
/// The numbers of agents in the table.
const NUMBERS: [u32; 5] = [2, 3, 4, 5, 10];

/// What agents in phases take with a number of agents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByAgents {
    /// The most agents at work at the same time.
    pub agents: u32,
    /// Minutes.
    pub minutes: f64,
    /// US dollars: the same for each number, since every task has an agent of its own. `None` if a price is not known.
    pub cost: Option<f64>,
}

/// A row for 2, 3, 4, 5 and 10 agents. Minutes never rise: a schedule for fewer agents is also one for more.
pub fn by_agents(left: WorkLeft) -> Vec<ByAgents> {
    let report = left.report;
    if report.plan.tasks.len() > MOST_TASKS {
        return Vec::new();
    }
    let own = report.plan.settings.max_parallel;
    let mut with = report.clone();
    let mut shortest = f64::INFINITY;
    let mut rows = Vec::new();
    for agents in NUMBERS {
        // More agents than tasks have nothing to do.
        let is_same = rows.last().is_some_and(|row: &ByAgents| row.agents as usize >= left.tasks().len());
        if !is_same {
            shortest = f64::min(shortest, minutes_with(&mut with, agents));
        }
        if agents >= own {
            shortest = f64::min(shortest, method::of_agents(left));
        }
        rows.push(ByAgents { agents, minutes: shortest, cost: cost::of_agents(left) });
    }
    rows
}

fn minutes_with(report: &mut Report, agents: u32) -> f64 {
    report.plan.settings.max_parallel = agents;
    report.schedule = schedule(&report.plan, &report.analysis, &small_search());
    method::of_agents(WorkLeft { report })
}
