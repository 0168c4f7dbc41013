//! The covering bound: every task must be covered by a phase. This is the linear relaxation of choosing
//! phases among all allowed ones.
//!
//! By duality, the bound is a list of prices, one per task, such that no phase is worth more than it costs.
//! All phases together then cost at least the sum of the prices. Column generation solves the relaxation
//! (Gilmore, Gomory 1961; for colouring: Mehrotra, Trick 1996): [`master`] finds the best mixture of the
//! known phases and its prices, and [`pricing`] finds phases that are worth more than they cost.
//!
//! The bound is valid after every round, even with rounding errors: prices are rounded to whole numbers and
//! scaled down by the worst ratio of worth to cost (Farley 1990), which [`pricing`] computes exactly.

mod master;
mod pricing;

use super::{LowerBound, Precedence, Problem, shown};
use crate::schedule::BoundArgument;
use master::Master;
use pricing::Phases;

/// Prices are counted in units of 1/`SCALE` minute.
pub const SCALE: u64 = 1 << 20;

/// The most phases added to the master problem in one round.
const BATCH: usize = 80;

/// The result of the relaxation.
#[derive(Debug, Clone)]
pub struct Covering {
    /// A price per task, in [`SCALE`]ths of a minute. No allowed phase is worth more than it costs.
    pub prices: Vec<u64>,
    /// Sum of the prices in minutes, rounded up to a possible makespan.
    pub minutes: u64,
    /// Whether further rounds can't improve the bound.
    pub finished: bool,
}

impl Covering {
    /// The relaxation as a lower bound of the makespan.
    pub fn bound(&self) -> LowerBound<u32> {
        LowerBound { minutes: shown(self.minutes), argument: BoundArgument::Prices }
    }
}

/// Solves the relaxation, starting from `known`, the phases of good schedules. Calls `go_on` before each
/// round with the number of operations so far; when it returns false, returns the best bound so far.
pub fn solve(
    problem: &Problem,
    precedence: &Precedence,
    known: &[Vec<usize>],
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Covering {
    let phases = Phases::new(problem, precedence);
    let divisor = divisor(problem);
    let mut master = Master::new((0..problem.len()).map(|task| phases.cost(&[task])).collect());
    for phase in known {
        master.add(phase.clone(), phases.cost(phase));
    }
    let mut best = Covering { prices: vec![0; problem.len()], minutes: 0, finished: false };
    let mut operations = 0;
    let mut least_sum = 0;
    while go_on(operations) {
        operations += master.optimise(&mut |more| go_on(operations + more));
        let prices: Vec<u64> =
            master.prices().iter().map(|&price| (price.max(0.0) * SCALE as f64) as u64).collect();
        let round = phases.price(&prices);
        operations += round.operations;
        let scaled: Vec<u64> = prices.iter().map(|&price| round.scale_down(price)).collect();
        let sum: u64 = scaled.iter().sum();
        if sum > least_sum {
            least_sum = sum;
            best.minutes = sum.div_ceil(SCALE).next_multiple_of(divisor);
            best.prices = scaled;
        }
        let mut found = round.found;
        found.sort_by_key(|phase| std::cmp::Reverse(phase.excess));
        found.truncate(BATCH);
        let mut added = false;
        for phase in found {
            added |= master.add(phase.tasks, phase.cost);
        }
        if !added {
            best.finished = true;
            break;
        }
    }
    best
}

/// A rough estimate of the operations that [`solve`] takes, fitted to measurements. The spread is large.
pub fn expected_operations(problem: &Problem) -> u64 {
    20 * (problem.len() as u64).pow(3)
}

/// Every makespan is a multiple of this.
pub fn divisor(problem: &Problem) -> u64 {
    let costs = problem.minutes.iter().map(|&minutes| u64::from(minutes));
    costs.fold(0, greatest_common_divisor).max(1)
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
