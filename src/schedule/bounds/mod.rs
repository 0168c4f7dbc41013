//! Lower bounds of the phased makespan: one argument per file.
//!
//! Deliberately absent: anything learned from a schedule. A bound is a proof about the problem alone.

pub mod chain;
pub mod covering;
pub mod incompatible;
pub mod load;
pub mod resource;

use super::{LowerBound, Precedence, Problem, shown};

/// The best of the cheap bounds. Ties go to the simplest argument.
pub fn quick(problem: &Problem, precedence: &Precedence) -> LowerBound<u32> {
    let candidates = [
        chain::bound(problem, precedence),
        load::bound(problem),
        incompatible::bound(problem, precedence),
        resource::bound(problem),
    ];
    let mut best = LowerBound::default();
    for candidate in candidates {
        if candidate.minutes > best.minutes {
            best = candidate;
        }
    }
    best
}
