//! The parallel schedule generation scheme (Kelley 1963): step from one task end to the next, and start the
//! most urgent tasks that fit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use fixedbitset::FixedBitSet;

use super::{Precedence, Problem, Slot};

/// Starts every task: running ones first, then by falling priority; ties go by number. O(instants · available tasks) tests of
/// one bit; once nothing more can start at an instant, only copies of the rest.
pub fn generate(problem: &Problem, precedence: &Precedence, priority: &[u64]) -> Vec<Slot<u32>> {
    let len = problem.len();
    let mut by_priority: Vec<usize> = (0..len).collect();
    by_priority.sort_by_key(|&task| Reverse((problem.running[task], priority[task])));
    let mut rank = vec![0; len];
    for (at, &task) in by_priority.iter().enumerate() {
        rank[task] = at;
    }

    let mut slots = vec![Slot { start: 0, worker: 0 }; len];
    let mut waiting: Vec<usize> = problem.predecessors.iter().map(Vec::len).collect();
    let mut free: Vec<usize> = (0..len).filter(|&task| waiting[task] == 0).map(|task| rank[task]).collect();
    free.sort_unstable();
    let mut available = FixedBitSet::with_capacity(len);
    available.extend(free.iter().map(|&at| by_priority[at]));
    let mut running = Running::new(problem);
    let mut now = 0;
    loop {
        running.look_around(&available);
        let (mut kept, mut seen) = (0, 0);
        while seen < free.len() && !running.is_closed() {
            let task = by_priority[free[seen]];
            if let Some(worker) = running.start(task, now) {
                slots[task] = Slot { start: u32::try_from(now).unwrap_or(u32::MAX), worker };
                available.set(task, false);
            } else {
                free[kept] = free[seen];
                kept += 1;
            }
            seen += 1;
        }
        free.drain(kept..seen);
        let Some(instant) = running.next_end() else { return slots };
        now = instant;
        for task in running.end(now) {
            for &after in &precedence.successors[task] {
                waiting[after] -= 1;
                if waiting[after] == 0 {
                    let at = rank[after];
                    available.insert(after);
                    free.insert(free.partition_point(|&other| other < at), at);
                }
            }
        }
    }
}

/// The tasks that run at one instant.
struct Running<'a> {
    problem: &'a Problem,
    /// End, task and worker.
    ends: BinaryHeap<Reverse<(u64, usize, u32)>>,
    /// Available tasks that conflict with no running one.
    open: FixedBitSet,
    used: Vec<u32>,
    idle: BinaryHeap<Reverse<u32>>,
    /// The number of workers that have had a task. All others are idle.
    hired: u32,
    alone: bool,
}

impl<'a> Running<'a> {
    fn new(problem: &'a Problem) -> Self {
        Running {
            problem,
            ends: BinaryHeap::new(),
            open: FixedBitSet::with_capacity(problem.len()),
            used: vec![0; problem.capacities.len()],
            idle: BinaryHeap::new(),
            hired: 0,
            alone: false,
        }
    }

    /// Collects the available tasks that conflict with no running one.
    fn look_around(&mut self, available: &FixedBitSet) {
        self.open.clone_from(available);
        for &Reverse((_, task, _)) in &self.ends {
            self.open.difference_with(self.problem.apart.row(task));
        }
    }

    /// Whether nothing more can start at this instant.
    fn is_closed(&self) -> bool {
        self.alone || self.ends.len() >= self.problem.max_parallel || self.open.is_clear()
    }

    /// Starts the task if it fits. Returns its worker.
    fn start(&mut self, task: usize, now: u64) -> Option<u32> {
        let problem = self.problem;
        if self.alone || !self.open.contains(task) || (problem.alone[task] && !self.ends.is_empty()) {
            return None;
        }
        let mut needs = self.used.iter().zip(&problem.demands).zip(&problem.capacities);
        if self.ends.len() >= problem.max_parallel
            || needs.any(|((&used, demand), &capacity)| demand[task] > capacity - used)
        {
            return None;
        }
        let worker = match self.idle.pop() {
            Some(Reverse(worker)) => worker,
            None => {
                self.hired += 1;
                self.hired - 1
            }
        };
        for (used, demand) in self.used.iter_mut().zip(&problem.demands) {
            *used += demand[task];
        }
        self.alone = problem.alone[task];
        self.open.set(task, false);
        self.open.difference_with(problem.apart.row(task));
        self.ends.push(Reverse((now + u64::from(problem.minutes[task]), task, worker)));
        Some(worker)
    }

    fn next_end(&self) -> Option<u64> {
        self.ends.peek().map(|Reverse((end, _, _))| *end)
    }

    /// Removes the tasks that end at this instant.
    fn end(&mut self, now: u64) -> Vec<usize> {
        let mut ended = Vec::new();
        while let Some(&Reverse((end, task, worker))) = self.ends.peek()
            && end == now
        {
            self.ends.pop();
            self.idle.push(Reverse(worker));
            for (used, demand) in self.used.iter_mut().zip(&self.problem.demands) {
                *used -= demand[task];
            }
            self.alone = false;
            ended.push(task);
        }
        ended
    }
}
