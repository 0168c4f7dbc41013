//! Lower bounds of the rolling makespan, in minutes.

use super::{Precedence, Problem, tails};
use crate::schedule::bounds::incompatible;

/// The best of: the longest chain, the work per worker, the work per resource, and a set of tasks of which no two may
/// run at the same time.
pub fn bound(problem: &Problem, precedence: &Precedence) -> u64 {
    let chain = tails(problem, precedence).into_iter().max().unwrap_or(0);
    let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
    let load = work.div_ceil(problem.max_parallel as u64);
    let clique = incompatible::heaviest(problem, precedence, 0).0;
    let resources = problem.demands.iter().zip(&problem.capacities).map(|(demand, &capacity)| {
        let pairs = demand.iter().zip(&problem.minutes);
        let needed: u128 = pairs.map(|(&amount, &minutes)| u128::from(amount) * u128::from(minutes)).sum();
        u64::try_from(needed.div_ceil(u128::from(capacity.max(1)))).unwrap_or(u64::MAX)
    });
    chain.max(load).max(clique).max(resources.max().unwrap_or(0))
}
