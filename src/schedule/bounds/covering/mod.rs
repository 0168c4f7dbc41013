//! Every task has to be covered by some phase: the linear relaxation of choosing phases out of all that are allowed.
//!
//! By duality the bound is a list of prices, one per task, such that no phase is worth more than it costs; then all
//! phases together cost at least the sum of the prices. The relaxation is solved by column generation (Gilmore, Gomory
//! 1961; for colouring: Mehrotra, Trick 1996): [`master`] finds the best mixture of the phases known so far and its
//! prices, [`pricing`] finds phases that are worth more than they cost.
//!
//! The bound is valid at every round and in spite of rounding errors: the prices are made whole numbers, and scaled
//! down by the worst ratio of worth and cost (Farley 1990), which [`pricing`] computes exactly.

mod master;
mod pricing;

use super::{LowerBound, Precedence, Problem, shown};
use crate::schedule::BoundArgument;
use master::Master;
use pricing::Phases;

/// Prices are counted in this fraction of a minute.
pub const SCALE: u64 = 1 << 20;

/// How many phases are added to the master problem in one round, at most.
const BATCH: usize = 80;

/// What the relaxation knows.
#[derive(Debug, Clone)]
pub struct Covering {
    /// A price per task in [`SCALE`]ths of a minute: no allowed phase is worth more than it costs.
    pub prices: Vec<u64>,
    /// Sum of the prices in minutes, rounded up to what a makespan can be.
    pub minutes: u64,
    /// Whether further rounds would give nothing.
    pub finished: bool,
}

impl Covering {
    /// As a bound of the makespan.
    pub fn bound(&self) -> LowerBound {
        LowerBound { minutes: shown(self.minutes), argument: BoundArgument::Prices }
    }
}

/// Solves the relaxation. `known` are phases of good schedules to start with. `go_on` is asked before each round with
/// the number of operations so far; when it declines, the best bound so far is returned.
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

/// About how many operations [`solve`] takes. Found by measuring; the spread is large.
pub fn expected_operations(problem: &Problem) -> u64 {
    20 * (problem.len() as u64).pow(3)
}

/// Every makespan is a multiple of this.
pub fn divisor(problem: &Problem) -> u64 {
    let costs = problem.minutes.iter().map(|&minutes| u64::from(minutes) + u64::from(problem.phase_overhead));
    costs.fold(0, greatest_common_divisor).max(1)
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
