//! A plan reduced to numbers: the input of the search.

use std::cmp::Reverse;

use fixedbitset::FixedBitSet;
use indexmap::IndexMap;

use super::contention;
use crate::analysis::{Analysis, PairSet, cycles};
use crate::plan::{Estimate, Minutes, Plan, Status};

/// Tasks are numbered from 0. Every list has one entry per task unless stated otherwise.
///
/// Always solvable: the order has no cycles, no task needs more of a resource than its capacity, and
/// `max_parallel >= 1`.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// How long each task takes with its launch, in units.
    pub minutes: Vec<u32>,
    /// The unit of time. See [`Unit`].
    pub unit: Unit,
    /// Direct predecessors of each task.
    pub predecessors: Vec<Vec<usize>>,
    /// Conflicts: pairs that can't run at the same time.
    pub apart: PairSet,
    /// Per resource (outer) and task (inner): the demand while the task runs.
    pub demands: Vec<Vec<u32>>,
    /// Capacity per resource.
    pub capacities: Vec<u32>,
    /// Name per resource, for explanations.
    pub resources: Vec<String>,
    /// Whether each task runs alone in its phase.
    pub alone: Vec<bool>,
    /// Whether each task is running already: it starts at 0, in the first phase. Such tasks have no predecessors, don't
    /// conflict with each other, and fit together into the capacities and `max_parallel`.
    pub running: Vec<bool>,
    /// The most tasks that may run at the same time.
    pub max_parallel: usize,
}

/// The unit of time in which a search computes: a minute if all tasks take whole minutes, otherwise as many
/// seconds as measure all of them.
///
/// A search depends on how large its numbers are, for its speed and for which of several schedules of one
/// length it finds; so whole minutes stay small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    seconds: u64,
}

impl Default for Unit {
    fn default() -> Self {
        Unit { seconds: 60 }
    }
}

impl Unit {
    /// The most units that a task may take, so that sums over all tasks of a plan fit into 32 bits.
    const MOST: u64 = 100_000;

    /// The unit for tasks of these lengths. Where some take seconds and another one more than a day, it is
    /// coarser than they are, and lengths are rounded up.
    fn of(lengths: &[Minutes]) -> Unit {
        if lengths.iter().all(|length| length.is_whole()) {
            return Unit::default();
        }
        let common =
            lengths.iter().fold(0, |common, length| greatest_common_divisor(common, length.seconds()));
        let longest = lengths.iter().map(|length| length.seconds()).max().unwrap_or(0);
        Unit { seconds: common.max(longest.div_ceil(Unit::MOST)).max(1) }
    }

    fn units_of(self, length: Minutes) -> u32 {
        length.seconds().div_ceil(self.seconds).min(Unit::MOST) as u32
    }
}

/// Euclid's algorithm.
fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b > 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A problem, and the mapping of its numbers to the plan.
#[derive(Debug, Clone, Default)]
pub struct Reduction {
    /// The input of the search.
    pub problem: Problem,
    /// For each task of the problem, its position in the plan; ascending.
    pub tasks: Vec<usize>,
    /// Positions in the plan of running tasks beyond `max_parallel`, shortest first. They are left out of the problem
    /// because they restrict nothing: as long as one of them runs, the longer ones take all places.
    pub beyond_limit: Vec<usize>,
    /// Requirements of the plan that can't be satisfied, one sentence each.
    pub unmet: Vec<String>,
}

impl Reduction {
    /// The unmet requirements in sentences: the first few in full, the rest counted. `None` if all are met.
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
    /// A problem without order, conflicts or resources.
    pub fn unrestricted(minutes: Vec<u32>, max_parallel: usize) -> Problem {
        let len = minutes.len();
        Problem {
            minutes,
            predecessors: vec![Vec::new(); len],
            apart: PairSet::new(len),
            alone: vec![false; len],
            running: vec![false; len],
            max_parallel: max_parallel.max(1),
            ..Problem::default()
        }
    }

    /// The problem of what is left of a plan: without done and dropped tasks, and with running ones at the start.
    /// Corrects what makes a plan unsolvable, and lists it.
    pub fn of(plan: &Plan, analysis: &Analysis) -> Reduction {
        let tasks: Vec<usize> =
            (0..plan.tasks.len()).filter(|&task| plan.tasks[task].status.is_open()).collect();
        let company = contention::minutes(plan, analysis);
        let minutes = |task: usize| (company[task] + plan.launch_of(&plan.tasks[task])).min(Estimate::MAX);
        let max_parallel = (plan.settings.max_parallel as usize).max(1);
        let (tasks, beyond_limit) = without_beyond_limit(plan, tasks, minutes, max_parallel);
        let mut number = vec![usize::MAX; plan.tasks.len()];
        for (at, &task) in tasks.iter().enumerate() {
            number[task] = at;
        }

        let mut unmet: Vec<String> =
            analysis.order.cycles.iter().map(|cycle| cycle_sentence(plan, cycle)).collect();
        let (resources, capacities, demands) = demands_of(plan, &tasks, &mut unmet);
        let lengths: Vec<Minutes> = tasks.iter().map(|&task| minutes(task)).collect();
        let unit = Unit::of(&lengths);
        let mut problem = Problem {
            minutes: lengths.into_iter().map(|length| unit.units_of(length)).collect(),
            unit,
            predecessors: predecessors_of(analysis, &tasks, &number),
            apart: apart_of(analysis, &tasks, &number),
            demands,
            capacities,
            resources,
            alone: tasks.iter().map(|&task| plan.runs_alone(&plan.tasks[task])).collect(),
            running: tasks.iter().map(|&task| plan.tasks[task].status == Status::Running).collect(),
            max_parallel,
        };
        problem.accept_what_runs();
        Reduction { problem, tasks, beyond_limit, unmet }
    }

    /// Removes what contradicts that all running tasks run side by side: their predecessors, conflicts between them, and
    /// demands beyond a capacity. The longest keep their demands, so others wait until enough is free. Those that should run alone are
    /// kept apart from all that start later.
    pub fn accept_what_runs(&mut self) {
        let mut running: Vec<usize> = (0..self.len()).filter(|&task| self.running[task]).collect();
        for &task in &running {
            if std::mem::replace(&mut self.alone[task], false) {
                for other in 0..self.len() {
                    self.apart.insert(task, other);
                }
            }
        }
        for &task in &running {
            self.predecessors[task].clear();
            running.iter().filter(|&&other| other != task).for_each(|&other| self.apart.remove(task, other));
        }
        running.sort_by_key(|&task| Reverse(self.minutes[task]));
        for (demand, &capacity) in self.demands.iter_mut().zip(&self.capacities) {
            let mut left = capacity;
            for &task in &running {
                demand[task] = demand[task].min(left);
                left -= demand[task];
            }
        }
    }

    /// The minutes of a number of units.
    pub fn minutes_of(&self, units: u64) -> Minutes {
        Minutes::of_seconds(units.saturating_mul(self.unit.seconds))
    }

    /// The number of units that fit into a length; `None` if they are too many to count.
    pub fn units_of(&self, length: Minutes) -> Option<u32> {
        u32::try_from(length.seconds() / self.unit.seconds).ok()
    }

    /// The number of tasks.
    pub fn len(&self) -> usize {
        self.minutes.len()
    }

    /// Whether there is nothing to schedule.
    pub fn is_empty(&self) -> bool {
        self.minutes.is_empty()
    }
}

/// The tasks without the running ones that exceed the limit, and these.
fn without_beyond_limit(
    plan: &Plan,
    mut tasks: Vec<usize>,
    minutes: impl Fn(usize) -> Minutes,
    max_parallel: usize,
) -> (Vec<usize>, Vec<usize>) {
    let is_running = |task: &usize| plan.tasks[*task].status == Status::Running;
    let mut running: Vec<usize> = tasks.iter().copied().filter(is_running).collect();
    running.sort_by_key(|&task| minutes(task));
    running.truncate(running.len().saturating_sub(max_parallel));
    tasks.retain(|task| !running.contains(task));
    (tasks, running)
}

fn cycle_sentence(plan: &Plan, cycle: &[usize]) -> String {
    format!("{} wait for each other in a cycle, so one dependency is ignored.", cycles::written(plan, cycle))
}

/// Names, capacities and demands of the resources that all active tasks together would exceed. Other
/// resources restrict nothing.
fn demands_of(
    plan: &Plan,
    tasks: &[usize],
    unmet: &mut Vec<String>,
) -> (Vec<String>, Vec<u32>, Vec<Vec<u32>>) {
    let mut by_name: IndexMap<&str, Vec<(usize, u32)>> = IndexMap::new();
    for (at, &task) in tasks.iter().enumerate() {
        for (name, used) in plan.tasks[task].demands() {
            let users = by_name.entry(name).or_default();
            match users.last_mut().filter(|(last, _)| *last == at) {
                Some((_, amount)) => *amount = amount.saturating_add(used),
                None => users.push((at, used)),
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

/// The predecessors of each active task. A predecessor that is left out is
/// replaced by its own predecessors.
fn predecessors_of(analysis: &Analysis, tasks: &[usize], number: &[usize]) -> Vec<Vec<usize>> {
    let mut seen = FixedBitSet::with_capacity(number.len());
    let direct = |task: usize| analysis.predecessors(task);
    let kept_before = |&task: &usize| {
        let mut found = Vec::new();
        let mut open: Vec<usize> = direct(task).collect();
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
