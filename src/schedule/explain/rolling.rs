//! Why each task of a rolling schedule does not start a minute earlier.

use super::listed;
use crate::analysis::Analysis;
use crate::schedule::{Problem, Reduction, Slot, WhyThen};
use crate::sort;

/// For each task of the problem, the strongest reason why it can't start earlier. Tasks in the answer are
/// numbers of the problem; conflicts are not looked up. Time: O(tasks · tasks running at once).
pub fn why_then(problem: &Problem, slots: &[Slot<u32>]) -> Vec<WhyThen> {
    let mut by_start: Vec<usize> = (0..problem.len()).collect();
    let key = |task: usize| (i64::from(slots[task].start), i64::from(problem.minutes[task]));
    sort::by_key(&mut by_start, &mut |task| key(task));
    let mut why = vec![WhyThen::AtOnce; problem.len()];
    // Tasks that started before the current moment of the sweep and are still running just before it.
    let mut running: Vec<usize> = Vec::new();
    for task in by_start {
        let moment = Moment { problem, slots, now: u64::from(slots[task].start) };
        running.retain(|&other| moment.end(other) >= moment.now);
        if moment.now > 0 {
            why[task] = moment.obstacle(&running, task);
        }
        running.push(task);
    }
    why
}

/// Converts the reasons: tasks become positions in the plan, conflicts become positions in the analysis.
pub fn in_plan(why: Vec<WhyThen>, reduction: &Reduction, analysis: &Analysis) -> Vec<WhyThen> {
    let position = |task: usize| reduction.tasks[task];
    let in_plan = |(task, why)| match why {
        WhyThen::AtOnce | WhyThen::Later => why,
        // A conflict can set an order too; then the conflict is the reason.
        WhyThen::After(other) | WhyThen::Conflict { task: other, .. }
            if analysis.apart.contains(position(task), position(other)) =>
        {
            let (task, other) = (position(task), position(other));
            WhyThen::Conflict { task: other, conflict: listed(analysis, (task.min(other), task.max(other))) }
        }
        WhyThen::After(other) => WhyThen::After(position(other)),
        WhyThen::Conflict { task: other, .. } => WhyThen::Conflict { task: position(other), conflict: None },
        WhyThen::Resource { resource, tasks } => {
            WhyThen::Resource { resource, tasks: tasks.into_iter().map(position).collect() }
        }
        WhyThen::Busy(other) => WhyThen::Busy(position(other)),
        WhyThen::Alone(other) => WhyThen::Alone(position(other)),
    };
    why.into_iter().enumerate().map(in_plan).collect()
}

/// A moment at which a task starts.
struct Moment<'a> {
    problem: &'a Problem,
    slots: &'a [Slot<u32>],
    now: u64,
}

impl Moment<'_> {
    fn end(&self, task: usize) -> u64 {
        u64::from(self.slots[task].start) + u64::from(self.problem.minutes[task])
    }

    /// What prevents `task` from starting a minute earlier.
    fn obstacle(&self, running: &[usize], task: usize) -> WhyThen {
        let problem = self.problem;
        if let Some(&first) = problem.predecessors[task].iter().find(|&&first| self.end(first) == self.now) {
            return WhyThen::After(first);
        }
        let is_before = |&&other: &&usize| u64::from(self.slots[other].start) < self.now;
        let before: Vec<usize> = running.iter().filter(is_before).copied().collect();
        let find = |is_it: &dyn Fn(usize) -> bool| before.iter().copied().find(|&other| is_it(other));
        if let Some(other) = find(&|other| problem.alone[task] || problem.alone[other]) {
            return WhyThen::Alone(other);
        }
        if let Some(other) = find(&|other| problem.apart.contains(task, other)) {
            return WhyThen::Conflict { task: other, conflict: None };
        }
        if let Some(why) = self.shortage(&before, task) {
            return why;
        }
        if before.len() >= problem.max_parallel
            && let Some(other) = find(&|other| self.slots[other].worker == self.slots[task].worker)
        {
            return WhyThen::Busy(other);
        }
        // Tasks of 0 minutes, which would lie inside the task if it started earlier.
        let mut instants = running.iter().copied().filter(|&other| problem.minutes[other] == 0);
        match instants.find(|&other| problem.apart.contains(task, other)) {
            Some(other) => WhyThen::Conflict { task: other, conflict: None },
            None => WhyThen::Later,
        }
    }

    /// A resource of which the running tasks leave too little. Tasks that end at this moment come first.
    fn shortage(&self, before: &[usize], task: usize) -> Option<WhyThen> {
        let problem = self.problem;
        let is_short = |resource: &usize| {
            let demand = &problem.demands[*resource];
            let used: u64 = before.iter().map(|&other| u64::from(demand[other])).sum();
            demand[task] > 0 && used + u64::from(demand[task]) > u64::from(problem.capacities[*resource])
        };
        let resource = (0..problem.demands.len()).find(is_short)?;
        let users = before.iter().copied().filter(|&other| problem.demands[resource][other] > 0);
        let (mut tasks, staying): (Vec<usize>, Vec<usize>) =
            users.partition(|&other| self.end(other) == self.now);
        tasks.extend(staying);
        Some(WhyThen::Resource {
            resource: problem.resources.get(resource).cloned().unwrap_or_default(),
            tasks,
        })
    }
}
