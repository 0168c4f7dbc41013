//! The number of tasks that move after one small edit of a plan, and the cost of stability.

use std::path::Path;

use phaseplan::schedule::random::Random;
use phaseplan::schedule::{Precedence, Problem, phases, verify};

use crate::clock::Allowance;
use crate::readers::phase_plan;
use crate::record::Record;

/// Edits per plan, each applied to the plan in the file.
const EDITS: u64 = 20;

/// Schedules a plan, edits it, and schedules it again: close to the first schedule and, for comparison, from
/// scratch.
pub fn measure(path: &Path, allowance: &Allowance) -> Result<Vec<Record>, String> {
    let instance = phase_plan::read(path)?;
    let solve = |problem: &Problem, old: &[Option<usize>]| {
        let mut watch = allowance.begin();
        let precedence = Precedence::of(problem);
        let solution = phases::solve_near(problem, &precedence, old, allowance.seed, &mut watch);
        (solution, watch.elapsed().as_secs_f64() * 1000.0)
    };
    let (before, _) = solve(&instance.problem, &[]);
    let mut records = Vec::new();
    for number in 0..EDITS {
        let mut chance = Chance(Random::new(allowance.seed.wrapping_mul(1 << 20) + number));
        let (edited, mut old, name) = edit(&instance.problem, &before.assignment, &mut chance);
        old.resize(edited.len(), None);
        let (fresh, _) = solve(&edited, &[]);
        let (near, ms) = solve(&edited, &old);
        let checked = |assignment: &[usize]| {
            verify::phases(&edited, assignment)
                .map_err(|fault| format!("{}: the schedule is wrong: {fault}.", instance.name))
        };
        let after: Vec<Option<usize>> = near.assignment.iter().copied().map(Some).collect();
        records.push(Record {
            file: format!("{}#{number}-{name}", instance.name),
            value: checked(&near.assignment)?,
            best_known: Some(checked(&fresh.assignment)?),
            lower_bound: u64::from(near.lower_bound.minutes),
            outcome: if near.is_optimal(&edited) { "optimal" } else { "feasible" },
            ms,
            moved: Some(phases::steady::moved(&old, &after)),
            assign: near.assignment,
        });
    }
    Ok(records)
}

/// Random numbers, the same on every machine.
struct Chance(Random);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        (self.0.bits() % limit.max(1) as u64) as usize
    }
}

/// A realistic edit, the old phases of the remaining tasks, and a description.
fn edit(
    problem: &Problem,
    phase_of: &[usize],
    chance: &mut Chance,
) -> (Problem, Vec<Option<usize>>, &'static str) {
    let mut edited = problem.clone();
    let mut old: Vec<Option<usize>> = phase_of.iter().copied().map(Some).collect();
    let task = chance.below(problem.len());
    let name = match chance.below(6) {
        0 => {
            edited.minutes[task] = 5 * (1 + chance.below(24) as u32);
            "minutes"
        }
        1 => {
            // Any pair in the order of the first schedule avoids cycles.
            let other = chance.below(problem.len());
            let (first, second) =
                if phase_of[task] <= phase_of[other] { (task, other) } else { (other, task) };
            let is_forward = phase_of[first] < phase_of[second];
            if is_forward && !edited.predecessors[second].contains(&first) {
                edited.predecessors[second].push(first);
                edited.predecessors[second].sort_unstable();
            }
            "wait"
        }
        2 => {
            edited.predecessors[task].pop();
            "no-wait"
        }
        3 => {
            edited.apart.insert(task, chance.below(problem.len()));
            "conflict"
        }
        4 => {
            edited = without(problem, task);
            old.remove(task);
            "remove"
        }
        _ => {
            edited = with_one_more(problem, 5 * (1 + chance.below(12) as u32), task);
            "add"
        }
    };
    (edited, old, name)
}

/// The problem without one task. Its successors wait for its predecessors.
fn without(problem: &Problem, gone: usize) -> Problem {
    let number = |task: usize| task - usize::from(task > gone);
    let kept = || (0..problem.len()).filter(|&task| task != gone);
    let mut edited =
        Problem::unrestricted(kept().map(|task| problem.minutes[task]).collect(), problem.max_parallel);
    for task in kept() {
        let mut before = problem.predecessors[task].clone();
        if before.contains(&gone) {
            before.extend(&problem.predecessors[gone]);
        }
        before.retain(|&first| first != gone);
        before.sort_unstable();
        before.dedup();
        edited.predecessors[number(task)] = before.into_iter().map(number).collect();
        for other in problem.apart.row(task).ones().filter(|&other| other != gone) {
            edited.apart.insert(number(task), number(other));
        }
    }
    edited.demands = problem.demands.iter().map(|demand| kept().map(|task| demand[task]).collect()).collect();
    edited.capacities.clone_from(&problem.capacities);
    edited.resources.clone_from(&problem.resources);
    edited.alone = kept().map(|task| problem.alone[task]).collect();
    edited
}

/// The problem with one more task, which waits for another task and has the same conflicts as that task.
fn with_one_more(problem: &Problem, minutes: u32, first: usize) -> Problem {
    let mut edited = Problem::unrestricted([&problem.minutes[..], &[minutes]].concat(), problem.max_parallel);
    let more = problem.len();
    edited.predecessors[..more].clone_from_slice(&problem.predecessors);
    edited.predecessors[more] = vec![first];
    for task in 0..more {
        for other in problem.apart.row(task).ones() {
            edited.apart.insert(task, other);
        }
    }
    for other in problem.apart.row(first).ones() {
        edited.apart.insert(more, other);
    }
    edited.demands = problem.demands.iter().map(|demand| [&demand[..], &[0]].concat()).collect();
    edited.capacities.clone_from(&problem.capacities);
    edited.resources.clone_from(&problem.resources);
    edited.alone[..more].clone_from_slice(&problem.alone);
    edited
}
