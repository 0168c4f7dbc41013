//! Finds the phases worth most relative to their cost, given a price per task: branch and bound over the
//! allowed phases.

use super::{Precedence, Problem};

/// Nodes searched per longest task. Beyond that, an upper bound stands in for the rest.
const NODES: u64 = 20_000;

/// The phases that a problem allows, as sets of tasks: without the order between phases.
pub struct Phases<'a> {
    problem: &'a Problem,
    precedence: &'a Precedence,
    /// Tasks from long to short, so the first member of a phase is its longest.
    by_minutes: Vec<usize>,
}

/// A phase that is worth more than it costs.
pub struct Found {
    pub tasks: Vec<usize>,
    pub cost: u64,
    /// Worth minus cost, in the unit of the prices.
    pub excess: u64,
}

/// The result of one pricing round.
pub struct Round {
    /// For each longest task, the phase with the largest excess, if any has one.
    pub found: Vec<Found>,
    /// The worst ratio of worth to cost: no phase is worth more than `worth / cost` times its cost.
    pub worth: u64,
    pub cost: u64,
    pub operations: u64,
}

impl Round {
    /// Scales a price down so that no phase is worth more than it costs.
    pub fn scale_down(&self, price: u64) -> u64 {
        if self.worth <= self.cost {
            return price;
        }
        u64::try_from(u128::from(price) * u128::from(self.cost) / u128::from(self.worth)).unwrap_or(0)
    }
}

impl<'a> Phases<'a> {
    /// The phases of this problem.
    pub fn new(problem: &'a Problem, precedence: &'a Precedence) -> Self {
        let mut by_minutes: Vec<usize> = (0..problem.len()).collect();
        by_minutes.sort_by_key(|&task| std::cmp::Reverse(problem.minutes[task]));
        Phases { problem, precedence, by_minutes }
    }

    /// The minutes that a phase of these tasks takes, with its overhead.
    pub fn cost(&self, tasks: &[usize]) -> u64 {
        let longest = tasks.iter().map(|&task| self.problem.minutes[task]).max().unwrap_or(0);
        u64::from(longest)
    }

    /// Finds the phase with the largest excess for each longest task. Prices are in units of 1/`super::SCALE`
    /// minute.
    pub fn price(&self, prices: &[u64]) -> Round {
        let mut round = Round { found: Vec::new(), worth: 0, cost: 1, operations: 0 };
        for (at, &longest) in self.by_minutes.iter().enumerate() {
            let cost = self.cost(&[longest]) * super::SCALE;
            if prices[longest] == 0 && self.problem.minutes[longest] > 0 {
                continue;
            }
            let mut search = Search {
                phases: self,
                prices,
                members: vec![longest],
                best: Vec::new(),
                most: cost,
                unproved: 0,
                used: self.problem.demands.iter().map(|demand| demand[longest]).collect(),
                nodes: 0,
            };
            let mut candidates: Vec<usize> = self.by_minutes[at + 1..]
                .iter()
                .copied()
                .filter(|&task| prices[task] > 0 && self.may_share(longest, task))
                .collect();
            candidates.sort_by_key(|&task| std::cmp::Reverse(prices[task]));
            search.extend(&candidates, prices[longest]);
            round.operations += search.nodes * 8 + candidates.len() as u64;
            let worth = search.most.max(search.unproved);
            if u128::from(worth) * u128::from(round.cost) > u128::from(round.worth) * u128::from(cost) {
                (round.worth, round.cost) = (worth, cost);
            }
            if !search.best.is_empty() {
                let excess = search.most - cost;
                round.found.push(Found { tasks: search.best, cost: cost / super::SCALE, excess });
            }
        }
        round
    }

    fn may_share(&self, a: usize, b: usize) -> bool {
        !self.precedence.incompatible[a].contains(b) && !self.problem.alone[a] && !self.problem.alone[b]
    }
}

/// The search for phases with one given longest task.
struct Search<'a> {
    phases: &'a Phases<'a>,
    prices: &'a [u64],
    members: Vec<usize>,
    best: Vec<usize>,
    /// Worth of the best phase, or the cost if no phase is worth more.
    most: u64,
    /// An upper bound on the worth of the branches that were not searched.
    unproved: u64,
    used: Vec<u32>,
    nodes: u64,
}

impl Search<'_> {
    /// Tries every way to add candidates. They are sorted by falling price, and each one fits on its own. The
    /// depth is at most the number of tasks in a phase.
    fn extend(&mut self, candidates: &[usize], worth: u64) {
        self.nodes += 1;
        if worth > self.most {
            self.most = worth;
            self.best.clone_from(&self.members);
        }
        let problem = self.phases.problem;
        let room = problem.max_parallel - self.members.len();
        if room == 0 {
            return;
        }
        for (at, &task) in candidates.iter().enumerate() {
            let hoped: u64 = candidates[at..].iter().take(room).map(|&task| self.prices[task]).sum();
            if worth + hoped <= self.most {
                return;
            }
            if self.nodes > NODES || self.members.len() > 200 {
                self.unproved = self.unproved.max(worth + hoped);
                return;
            }
            let mut needs = self.used.iter().zip(&problem.demands).zip(&problem.capacities);
            if needs.any(|((&used, demand), &capacity)| demand[task] > capacity - used) {
                continue;
            }
            let rivals = &self.phases.precedence.incompatible[task];
            let rest: Vec<usize> =
                candidates[at + 1..].iter().copied().filter(|&other| !rivals.contains(other)).collect();
            for (used, demand) in self.used.iter_mut().zip(&problem.demands) {
                *used += demand[task];
            }
            self.members.push(task);
            self.extend(&rest, worth + self.prices[task]);
            self.members.pop();
            for (used, demand) in self.used.iter_mut().zip(&problem.demands) {
                *used -= demand[task];
            }
        }
    }
}
