//! Checks that another solver confirms the makespans that phaseplan calls optimal.

use phaseplan::schedule::{Budget, Precedence, Problem, phases};

/// A small problem with every kind of restriction.
fn problem(number: u64) -> Problem {
    let mut state = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut below = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % limit as u64) as usize
    };
    let len = 3 + below(5);
    let minutes = (0..len).map(|_| 5 * below(13) as u32).collect();
    let mut problem = Problem::unrestricted(minutes, 1 + below(4));
    let capacity = 1 + below(3) as u32;
    problem.capacities = vec![capacity];
    problem.demands = vec![(0..len).map(|_| below(3).min(capacity as usize) as u32).collect()];
    problem.running = (0..len).map(|task| task < problem.max_parallel && below(6) == 0).collect();
    problem.alone = (0..len).map(|_| below(15) == 0).collect();
    for task in 1..len {
        for first in 0..task {
            match below(8) {
                0 => problem.predecessors[task].push(first),
                1 => {
                    problem.apart.insert(task, first);
                }
                _ => {}
            }
        }
    }
    problem.accept_what_runs();
    problem
}

#[test]
fn another_solver_finds_the_same_least_makespan() {
    for number in 0..60 {
        let problem = problem(number);
        let precedence = Precedence::of(&problem);
        let solution = phases::solve(&problem, &precedence, 1, &mut Budget { steps: 100_000, seed: 1 });
        assert!(solution.is_optimal(&problem), "problem {number} is not proved: {problem:?}");
        let minutes = phases::value(&problem, &solution.assignment).0;
        assert_eq!(Some(minutes), oracle::least_minutes(&problem), "problem {number}: {problem:?}");
    }
}
