//! Plans with barriers: least makespan.

use std::path::Path;

use phaseplan::schedule::{Precedence, phases, verify};

use crate::clock::Allowance;
use crate::readers::phase_plan;
use crate::record::Record;

/// Solves one plan.
pub fn measure(path: &Path, allowance: &Allowance) -> Result<Vec<Record>, String> {
    let instance = phase_plan::read(path)?;
    solve(instance, allowance).map(|record| vec![record])
}

/// Solves one problem with phases.
pub fn solve(instance: crate::readers::Instance, allowance: &Allowance) -> Result<Record, String> {
    let problem = &instance.problem;
    let mut watch = allowance.begin();
    let precedence = Precedence::of(problem);
    let solution = phases::solve(problem, &precedence, allowance.seed, &mut watch);
    let ms = watch.elapsed().as_secs_f64() * 1000.0;
    let value = verify::phases(problem, &solution.assignment)
        .map_err(|fault| format!("{}: the schedule is wrong: {fault}.", instance.name))?;
    Ok(Record {
        file: instance.name,
        value,
        best_known: instance.best_known,
        lower_bound: u64::from(solution.lower_bound.minutes),
        outcome: if solution.is_optimal(problem) { "optimal" } else { "feasible" },
        ms,
        moved: None,
        assign: solution.assignment,
    })
}
