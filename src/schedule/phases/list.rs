//! List scheduling: fills phase by phase with the most urgent task that fits (Graham 1966, with barriers).

use fixedbitset::FixedBitSet;

use super::{Assignment, Precedence, Problem, value};

/// A priority rule.
pub struct Rule {
    /// Higher goes first. Ties go by position.
    pub priority: fn(&Problem, &Precedence) -> Vec<u64>,
}

/// The rules, in the order in which they are tried.
pub static RULES: &[Rule] = &[
    Rule { priority: |problem, precedence| precedence.tails(problem) },
    Rule { priority: |problem, _| problem.minutes.iter().map(|&minutes| u64::from(minutes)).collect() },
    Rule { priority: tail_and_rivals },
];

/// The best assignment that any rule finds.
pub fn best(problem: &Problem, precedence: &Precedence) -> Assignment {
    let assignments =
        RULES.iter().map(|rule| assign(problem, precedence, &(rule.priority)(problem, precedence)));
    assignments.min_by_key(|assignment| value(problem, assignment)).unwrap_or_default()
}

/// The tail plus the work of all incompatible tasks: hard-to-place tasks go early.
fn tail_and_rivals(problem: &Problem, precedence: &Precedence) -> Vec<u64> {
    let mut priority = precedence.tails(problem);
    for (task, urgency) in priority.iter_mut().enumerate() {
        let rivals = precedence.incompatible[task].ones().map(|rival| u64::from(problem.minutes[rival]));
        *urgency += rivals.sum::<u64>() / problem.max_parallel as u64;
    }
    priority
}

/// Fills one phase after another with the available tasks, by priority. O(phases · available tasks) tests of
/// one bit; of a phase that is closed early, only copies of the rest.
pub fn assign(problem: &Problem, precedence: &Precedence, priority: &[u64]) -> Assignment {
    let len = problem.len();
    let mut by_priority: Vec<usize> = (0..len).collect();
    by_priority.sort_by_key(|&task| std::cmp::Reverse(priority[task]));
    let mut rank = vec![0; len];
    for (at, &task) in by_priority.iter().enumerate() {
        rank[task] = at;
    }

    let mut waiting: Vec<usize> = problem.predecessors.iter().map(Vec::len).collect();
    let mut free: Vec<usize> = (0..len).filter(|&task| waiting[task] == 0).map(|task| rank[task]).collect();
    free.sort_unstable();
    let mut available = FixedBitSet::with_capacity(len);
    available.extend(free.iter().map(|&at| by_priority[at]));
    let mut assignment = vec![0; len];
    let mut phase = Filling::new(problem);
    let mut number = 0;
    while !free.is_empty() {
        phase.clear(&available);
        let mut members = Vec::new();
        let (mut kept, mut seen) = (0, 0);
        while seen < free.len() && !phase.closed {
            let task = by_priority[free[seen]];
            if phase.take(task) {
                assignment[task] = number;
                available.set(task, false);
                members.push(task);
            } else {
                free[kept] = free[seen];
                kept += 1;
            }
            seen += 1;
        }
        free.drain(kept..seen);
        for task in members {
            for &after in &precedence.successors[task] {
                waiting[after] -= 1;
                if waiting[after] == 0 {
                    let at = rank[after];
                    available.insert(after);
                    free.insert(free.partition_point(|&other| other < at), at);
                }
            }
        }
        number += 1;
    }
    assignment
}

/// A phase that is being filled.
struct Filling<'a> {
    problem: &'a Problem,
    /// Available tasks that conflict with no member.
    open: FixedBitSet,
    used: Vec<u32>,
    members: usize,
    closed: bool,
}

impl<'a> Filling<'a> {
    fn new(problem: &'a Problem) -> Self {
        let open = FixedBitSet::with_capacity(problem.len());
        Filling { problem, open, used: vec![0; problem.capacities.len()], members: 0, closed: false }
    }

    fn clear(&mut self, available: &FixedBitSet) {
        self.open.clone_from(available);
        self.used.fill(0);
        self.members = 0;
        self.closed = false;
    }

    /// Adds the task if it fits.
    fn take(&mut self, task: usize) -> bool {
        let problem = self.problem;
        if self.closed || !self.open.contains(task) || (problem.alone[task] && self.members > 0) {
            return false;
        }
        let mut needs = self.used.iter().zip(&problem.demands).zip(&problem.capacities);
        if needs.any(|((&used, demand), &capacity)| demand[task] > capacity - used) {
            return false;
        }
        for (used, demand) in self.used.iter_mut().zip(&problem.demands) {
            *used += demand[task];
        }
        self.members += 1;
        self.open.set(task, false);
        self.open.difference_with(problem.apart.row(task));
        self.closed = problem.alone[task] || self.members == problem.max_parallel || self.open.is_clear();
        true
    }
}
