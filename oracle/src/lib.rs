//! The least makespan of a phased schedule, found by a constraint solver that shares no code with phaseplan's
//! search.
//!
//! The solver is Pumpkin (Flippo and others 2024). The model is straightforward: a variable per task is its
//! phase, and each phase is at least as long as every task in it.

use std::ops::ControlFlow;

use phaseplan::schedule::Problem;
use pumpkin_conflict_resolvers::resolvers::ResolutionResolver;
use pumpkin_core::DefaultBrancher;
use pumpkin_core::Solver;
use pumpkin_core::optimisation::OptimisationDirection;
use pumpkin_core::optimisation::linear_sat_unsat::LinearSatUnsat;
use pumpkin_core::predicate;
use pumpkin_core::results::{OptimisationResult, ProblemSolution, SolutionReference};
use pumpkin_core::termination::Indefinite;
use pumpkin_core::variables::TransformableVariable;

/// The least makespan in minutes; `None` if the solver finds that there is no schedule. Only for small
/// problems: the time grows very fast from about ten tasks on.
pub fn least_minutes(problem: &Problem) -> Option<u64> {
    let len = problem.len();
    if len == 0 {
        return Some(0);
    }
    let mut solver = Solver::default();
    let tag = solver.new_constraint_tag();
    let phases = 0..len as i32;
    let cost = |task: usize| problem.minutes[task] as i32;
    let most = (0..len).map(cost).max().unwrap_or(0);

    let phase_of: Vec<_> = (0..len).map(|_| solver.new_bounded_integer(0, len as i32 - 1)).collect();
    let lengths: Vec<_> = phases.clone().map(|_| solver.new_bounded_integer(0, most)).collect();
    for task in 0..len {
        for phase in phases.clone() {
            let length = lengths[phase as usize];
            let (is_elsewhere, minutes) = (predicate![phase_of[task] != phase], cost(task));
            solver.add_clause([is_elsewhere, predicate![length >= minutes]], tag);
        }
        if problem.running[task] {
            solver.add_clause([predicate![phase_of[task] == 0]], tag);
        }
        for &first in &problem.predecessors[task] {
            let difference = vec![phase_of[first].scaled(1), phase_of[task].scaled(-1)];
            solver.add_constraint(pumpkin_constraints::less_than_or_equals(difference, -1, tag)).post();
        }
        for other in 0..task {
            if problem.apart.contains(task, other) || problem.alone[task] || problem.alone[other] {
                for phase in phases.clone() {
                    let elsewhere =
                        [predicate![phase_of[task] != phase], predicate![phase_of[other] != phase]];
                    solver.add_clause(elsewhere, tag);
                }
            }
        }
    }
    let everybody = vec![1u32; len];
    let shares = std::iter::once((everybody, problem.max_parallel.min(len) as u32))
        .chain(problem.demands.iter().cloned().zip(problem.capacities.iter().copied()));
    // The solver doesn't accept resources that restrict nothing.
    let binding = shares.filter(|(demand, capacity)| demand.iter().sum::<u32>() > *capacity);
    for (demand, capacity) in binding {
        let demand: Vec<i32> = demand.into_iter().map(|amount| amount as i32).collect();
        let instant = vec![1; len];
        solver
            .add_constraint(pumpkin_constraints::cumulative(
                phase_of.clone(),
                instant,
                demand,
                capacity as i32,
                tag,
            ))
            .post();
    }
    let total = solver.new_bounded_integer(0, most * len as i32);
    let mut terms: Vec<_> = lengths.iter().map(|length| length.scaled(1)).collect();
    terms.push(total.scaled(-1));
    solver.add_constraint(pumpkin_constraints::less_than_or_equals(terms, 0, tag)).post();

    let mut brancher = solver.default_brancher();
    let mut resolver = ResolutionResolver::default();
    let go_on = |_: &Solver, _: SolutionReference, _: &DefaultBrancher, _: &ResolutionResolver| {
        ControlFlow::<()>::Continue(())
    };
    let goal = LinearSatUnsat::new(OptimisationDirection::Minimise, total, go_on);
    match solver.optimise(&mut brancher, &mut Indefinite, &mut resolver, goal) {
        OptimisationResult::Optimal(solution) => u64::try_from(solution.get_integer_value(total)).ok(),
        _ => None,
    }
}
