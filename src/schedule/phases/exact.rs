//! Exact search for plans of up to 64 tasks: builds schedules phase by phase and prunes with a price per
//! task.
//!
//! Dynamic programming over the sets of finished tasks (Held, Karp 1962), run depth first. The prices of
//! [`crate::schedule::bounds::covering`] bound the cost of the remaining tasks, so the search visits only
//! sets that could still lead below the best known makespan.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use super::{Assignment, Precedence, Problem};
use crate::schedule::bounds::covering::SCALE;

/// Examining this many phases takes about as long as one step of the other searches.
const FILLINGS_PER_STEP: u64 = 4;

/// The most tasks that fit into a bit set.
pub const MOST_TASKS: usize = 64;

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// An assignment below the limit.
    Found(Assignment),
    /// No assignment is below the limit.
    Exhausted,
    /// The budget ran out.
    Interrupted,
}

/// Searches for an assignment whose minutes and phases are below `limit`, compared in this order. If the
/// limit has 0 phases, only minutes count. `prices` are in [`SCALE`]ths of a minute, such that no phase is
/// worth more than it costs. Calls `go_on` now and then with the number of steps so far: one step is
/// [`FILLINGS_PER_STEP`] phases examined, tried or not.
pub fn search(
    problem: &Problem,
    precedence: &Precedence,
    prices: &[u64],
    limit: (u64, usize),
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Ending {
    if problem.len() > MOST_TASKS {
        return Ending::Interrupted;
    }
    // One more phase always costs less than one more minute.
    let per_phase = SCALE / (problem.len() as u64 + 1);
    let limit = limit.0 * SCALE + limit.1 as u64 * per_phase;
    let everything: u64 = prices.iter().sum();
    let Some(slack) = limit.checked_sub(everything + 1) else { return Ending::Exhausted };
    let mut search = Search {
        problem,
        prices,
        incompatible: masks(problem, |task, other| {
            precedence.incompatible[task].contains(other) || problem.alone[task] || problem.alone[other]
        }),
        before: masks(problem, |task, other| problem.predecessors[task].contains(&other)),
        tails: precedence.tails(problem),
        by_minutes: by_minutes(problem),
        per_phase,
        failed: FxHashMap::default(),
        chosen: Vec::new(),
        looked_at: Cell::new(0),
        go_on: RefCell::new(go_on),
        is_interrupted: Cell::new(false),
    };
    if search.extend(0, slack, limit - 1) {
        let mut assignment = vec![0; problem.len()];
        for (phase, &members) in search.chosen.iter().enumerate() {
            for task in ones(members) {
                assignment[task] = phase;
            }
        }
        return Ending::Found(assignment);
    }
    if search.is_interrupted.get() { Ending::Interrupted } else { Ending::Exhausted }
}

struct Search<'a> {
    problem: &'a Problem,
    prices: &'a [u64],
    incompatible: Vec<u64>,
    before: Vec<u64>,
    tails: Vec<u64>,
    /// Tasks from long to short.
    by_minutes: Vec<usize>,
    per_phase: u64,
    /// For sets of finished tasks that led to nothing: the slack that was left.
    failed: FxHashMap<u64, u64>,
    /// The phases so far.
    chosen: Vec<u64>,
    /// The number of phases examined.
    looked_at: Cell<u64>,
    go_on: RefCell<&'a mut dyn FnMut(u64) -> bool>,
    is_interrupted: Cell<bool>,
}

/// A candidate for the next phase.
struct Next {
    members: u64,
    /// Cost minus worth.
    loss: u64,
    cost: u64,
}

impl Search<'_> {
    /// Whether the tasks not in `done` can be scheduled so that the phases lose at most `slack` in total and
    /// cost at most `budget`. The depth is at most the number of tasks.
    fn extend(&mut self, done: u64, slack: u64, budget: u64) -> bool {
        let left = self.by_minutes.iter().filter(|&&task| done >> task & 1 == 0);
        let Some(tail) = left.map(|&task| self.tails[task]).max() else { return true };
        if tail * SCALE > budget || self.failed.get(&done).is_some_and(|&failed| slack <= failed) {
            return false;
        }
        for next in self.candidates(done, slack) {
            if !self.may_look_at_another() {
                return false;
            }
            if next.cost > budget {
                continue;
            }
            self.chosen.push(next.members);
            if self.extend(done | next.members, slack - next.loss, budget - next.cost) {
                return true;
            }
            self.chosen.pop();
        }
        if !self.is_interrupted.get() {
            self.failed.insert(done, slack);
        }
        false
    }

    /// Counts an examined phase. Returns whether the budget allows another one.
    fn may_look_at_another(&self) -> bool {
        let looked_at = self.looked_at.get() + 1;
        self.looked_at.set(looked_at);
        if looked_at.is_multiple_of(1024) && !(self.go_on.borrow_mut())(looked_at / FILLINGS_PER_STEP) {
            self.is_interrupted.set(true);
        }
        !self.is_interrupted.get()
    }

    /// Candidates for the next phase that lose at most `slack`, least loss first. Skips a phase that could
    /// take another free task at no cost: taking that task earlier is never worse.
    fn candidates(&self, done: u64, slack: u64) -> Vec<Next> {
        let is_free = |&&task: &&usize| done >> task & 1 == 0 && self.before[task] & !done == 0;
        let free: Vec<usize> = self.by_minutes.iter().filter(is_free).copied().collect();
        let mut found = Vec::new();
        for (at, &longest) in free.iter().enumerate() {
            let minutes = u64::from(self.problem.minutes[longest]);
            let cost = minutes * SCALE + self.per_phase;
            let mut shorter: Vec<usize> = free[at + 1..]
                .iter()
                .copied()
                .filter(|&task| self.incompatible[longest] >> task & 1 == 0)
                .collect();
            shorter.sort_by_key(|&task| std::cmp::Reverse(self.prices[task]));
            let mut filling = Filling {
                search: self,
                cost,
                needed: cost.saturating_sub(slack),
                free: &free,
                used: self.problem.demands.iter().map(|demand| demand[longest]).collect(),
                found: &mut found,
            };
            filling.fill(&shorter, 1 << longest, self.prices[longest]);
        }
        found.sort_by_key(|next| (next.loss, next.members));
        found
    }
}

/// The search for phases with one given longest task.
struct Filling<'a, 's> {
    search: &'a Search<'s>,
    cost: u64,
    /// The worth that the phase needs.
    needed: u64,
    free: &'a [usize],
    used: Vec<u32>,
    found: &'a mut Vec<Next>,
}

impl Filling<'_, '_> {
    /// Adds every subset of `candidates`. They are sorted by falling price, and each is compatible with the
    /// members.
    fn fill(&mut self, candidates: &[usize], members: u64, worth: u64) {
        if !self.search.may_look_at_another() {
            return;
        }
        let problem = self.search.problem;
        let room = problem.max_parallel - members.count_ones() as usize;
        if worth >= self.needed && self.is_full(members, room) {
            self.found.push(Next { members, loss: self.cost.saturating_sub(worth), cost: self.cost });
        }
        if room == 0 {
            return;
        }
        for (at, &task) in candidates.iter().enumerate() {
            let hoped: u64 = candidates[at..].iter().take(room).map(|&task| self.search.prices[task]).sum();
            if worth + hoped < self.needed {
                return;
            }
            if !self.has_resources(task) {
                continue;
            }
            let rivals = self.search.incompatible[task];
            let rest: Vec<usize> =
                candidates[at + 1..].iter().copied().filter(|&other| rivals >> other & 1 == 0).collect();
            for (used, demand) in self.used.iter_mut().zip(&problem.demands) {
                *used += demand[task];
            }
            self.fill(&rest, members | 1 << task, worth + self.search.prices[task]);
            for (used, demand) in self.used.iter_mut().zip(&problem.demands) {
                *used -= demand[task];
            }
        }
    }

    /// Whether every free task that could join would make the phase longer.
    fn is_full(&self, members: u64, room: usize) -> bool {
        let minutes = &self.search.problem.minutes;
        let longest = ones(members).map(|task| minutes[task]).max().unwrap_or(0);
        room == 0
            || !self.free.iter().any(|&task| {
                members >> task & 1 == 0
                    && minutes[task] <= longest
                    && self.search.incompatible[task] & members == 0
                    && self.has_resources(task)
            })
    }

    fn has_resources(&self, task: usize) -> bool {
        let problem = self.search.problem;
        let mut needs = self.used.iter().zip(&problem.demands).zip(&problem.capacities);
        needs.all(|((&used, demand), &capacity)| demand[task] <= capacity - used)
    }
}

fn by_minutes(problem: &Problem) -> Vec<usize> {
    let mut tasks: Vec<usize> = (0..problem.len()).collect();
    tasks.sort_by_key(|&task| std::cmp::Reverse(problem.minutes[task]));
    tasks
}

/// For each task, the set of other tasks for which this holds.
fn masks(problem: &Problem, holds: impl Fn(usize, usize) -> bool) -> Vec<u64> {
    let mask = |task| {
        let others = (0..problem.len()).filter(|&other| other != task && holds(task, other));
        others.fold(0, |mask, other| mask | 1 << other)
    };
    (0..problem.len()).map(mask).collect()
}

fn ones(mut mask: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (mask != 0).then_some(mask.trailing_zeros() as usize)?;
        mask &= mask - 1;
        Some(first)
    })
}
