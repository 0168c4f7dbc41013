//! A plan reduced to numbers: what the search works on.

use fixedbitset::FixedBitSet;
use indexmap::IndexMap;

use crate::analysis::{Analysis, PairSet, cycles};
use crate::plan::{Estimate, Plan, Status};

/// Tasks are numbered from 0; every list has one entry per task unless it says otherwise.
///
/// Always solvable: the order has no cycles, no task needs more of a resource than there is, `max_parallel >= 1`.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// How long each task takes.
    pub minutes: Vec<u32>,
    /// What each task waits for directly.
    pub predecessors: Vec<Vec<usize>>,
    /// Pairs that may not run at the same time.
    pub apart: PairSet,
    /// Per resource (outer) and task (inner): how much it needs while it runs.
    pub demands: Vec<Vec<u32>>,
    /// Per resource: how much there is.
    pub capacities: Vec<u32>,
    /// Per resource: its name, for explanations.
    pub resources: Vec<String>,
    /// Tasks that share no phase with anything.
    pub alone: Vec<bool>,
    /// How many tasks may run at the same time.
    pub max_parallel: usize,
    /// Minutes each phase costs besides its longest task.
    pub phase_overhead: u32,
}

/// A problem, and what its numbers mean in the plan.
#[derive(Debug, Clone, Default)]
pub struct Reduction {
    /// What the search works on.
    pub problem: Problem,
    /// For each task of the problem, its position in the plan; ascending.
    pub tasks: Vec<usize>,
    /// What the plan asks for and can't get, one sentence each.
    pub unmet: Vec<String>,
}

impl Reduction {
    /// What can't be met, in sentences: some of it one by one, the rest counted. `None` if there is nothing of it.
    pub fn reason(&self) -> Option<String> {
        const MOST: usize = 5;
        let told = &self.unmet[..self.unmet.len().min(MOST)];
        match self.unmet.len() - told.len() {
            _ if told.is_empty() => None,
            0 => Some(told.join(" ")),
            more => Some(format!("{} So it is in {more} more places.", told.join(" "))),
        }
    }
}

impl Problem {
    /// A problem of tasks that nothing keeps apart.
    pub fn unrestricted(minutes: Vec<u32>, max_parallel: usize) -> Problem {
        let len = minutes.len();
        Problem {
            minutes,
            predecessors: vec![Vec::new(); len],
            apart: PairSet::new(len),
            alone: vec![false; len],
            max_parallel: max_parallel.max(1),
            ..Problem::default()
        }
    }

    /// The problem that a plan poses. Dropped tasks are left out, and what they pass on between the tasks before and
    /// after them in `analysis.order` is kept. What makes a plan unsolvable is mended and listed.
    pub fn of(plan: &Plan, analysis: &Analysis) -> Reduction {
        let kept = |task: usize| plan.tasks[task].status != Status::Dropped;
        let tasks: Vec<usize> = (0..plan.tasks.len()).filter(|&task| kept(task)).collect();
        let mut number = vec![usize::MAX; plan.tasks.len()];
        for (at, &task) in tasks.iter().enumerate() {
            number[task] = at;
        }

        let mut unmet: Vec<String> =
            analysis.order.cycles.iter().map(|cycle| cycle_sentence(plan, cycle)).collect();
        let (resources, capacities, demands) = demands_of(plan, &tasks, &mut unmet);
        let minutes = |task: usize| plan.minutes_of(&plan.tasks[task]).min(Estimate::MAX);
        let alone =
            |task: usize| plan.settings.unknown_runs_alone && plan.tasks[task].has_unknown_ownership();

        let problem = Problem {
            minutes: tasks.iter().map(|&task| minutes(task)).collect(),
            predecessors: predecessors_of(analysis, &tasks, &number),
            apart: apart_of(analysis, &tasks, &number),
            demands,
            capacities,
            resources,
            alone: tasks.iter().map(|&task| alone(task)).collect(),
            max_parallel: (plan.settings.max_parallel as usize).max(1),
            phase_overhead: plan.settings.phase_overhead.min(Estimate::MAX),
        };
        Reduction { problem, tasks, unmet }
    }

    /// How many tasks there are.
    pub fn len(&self) -> usize {
        self.minutes.len()
    }

    /// Whether there is nothing to schedule.
    pub fn is_empty(&self) -> bool {
        self.minutes.is_empty()
    }
}

fn cycle_sentence(plan: &Plan, cycle: &[usize]) -> String {
    format!("{} go round in a circle, so one of these edges is left out.", cycles::written(plan, cycle))
}

/// Names, capacities and demands of the resources that all kept tasks together would exhaust; others bind nobody.
fn demands_of(
    plan: &Plan,
    tasks: &[usize],
    unmet: &mut Vec<String>,
) -> (Vec<String>, Vec<u32>, Vec<Vec<u32>>) {
    let mut by_name: IndexMap<&str, Vec<(usize, u32)>> = IndexMap::new();
    for (at, &task) in tasks.iter().enumerate() {
        for usage in &plan.tasks[task].uses {
            let users = by_name.entry(&usage.resource).or_default();
            match users.last_mut().filter(|(last, _)| *last == at) {
                Some((_, amount)) => *amount = amount.saturating_add(usage.amount),
                None => users.push((at, usage.amount)),
            }
        }
    }
    let (mut names, mut capacities, mut demands) = (Vec::new(), Vec::new(), Vec::new());
    for (name, mut users) in by_name {
        let capacity = plan.capacity_of(name);
        for (at, amount) in &mut users {
            if *amount > capacity {
                let id = &plan.tasks[tasks[*at]].id;
                let there_is = if capacity == 0 {
                    "there is none".to_owned()
                } else {
                    format!("there are only {capacity}")
                };
                unmet.push(format!("{id} needs {amount} of {name}, and {there_is}."));
                *amount = capacity;
            }
        }
        let total: u64 = users.iter().map(|&(_, amount)| u64::from(amount)).sum();
        if total > u64::from(capacity) {
            let mut demand = vec![0; tasks.len()];
            users.into_iter().for_each(|(at, amount)| demand[at] = amount);
            names.push(name.to_owned());
            capacities.push(capacity);
            demands.push(demand);
        }
    }
    (names, capacities, demands)
}

/// What each kept task waits for; a dropped predecessor is replaced by the kept tasks it waits for in turn.
fn predecessors_of(analysis: &Analysis, tasks: &[usize], number: &[usize]) -> Vec<Vec<usize>> {
    let mut seen = FixedBitSet::with_capacity(number.len());
    let direct = |task: usize| analysis.order.predecessors.get(task).map_or(&[][..], Vec::as_slice);
    let kept_before = |&task: &usize| {
        let mut found = Vec::new();
        let mut open: Vec<usize> = direct(task).to_vec();
        seen.clear();
        while let Some(before) = open.pop() {
            if seen.put(before) {
                continue;
            }
            match number[before] {
                usize::MAX => open.extend(direct(before)),
                kept => found.push(kept),
            }
        }
        found.sort_unstable();
        found
    };
    tasks.iter().map(kept_before).collect()
}

fn apart_of(analysis: &Analysis, tasks: &[usize], number: &[usize]) -> PairSet {
    if analysis.apart.len() != number.len() {
        return PairSet::new(tasks.len());
    }
    if tasks.len() == number.len() {
        return analysis.apart.clone();
    }
    let mut apart = PairSet::new(tasks.len());
    for (a, &task) in tasks.iter().enumerate() {
        for partner in analysis.apart.row(task).ones() {
            if number[partner] != usize::MAX {
                apart.insert(a, number[partner]);
            }
        }
    }
    apart
}
