//! Projects without barriers: least makespan.

use std::path::Path;

use phaseplan::schedule::{Precedence, rolling, verify};

use crate::clock::Allowance;
use crate::readers::psplib;
use crate::record::Record;

/// Schedules every project of a file.
pub fn measure(path: &Path, allowance: &Allowance) -> Result<Vec<Record>, String> {
    let mut records = Vec::new();
    for instance in psplib::read(path)? {
        let problem = &instance.problem;
        // A step is one schedule here; the search counts placed tasks.
        let steps = allowance.steps.map(|schedules| schedules * problem.len() as u64);
        let mut watch = Allowance { steps, ..allowance.clone() }.begin();
        let precedence = Precedence::of(problem);
        let (slots, lower_bound) = rolling::solve(problem, &precedence, allowance.seed, &mut watch);
        let ms = watch.elapsed().as_secs_f64() * 1000.0;
        let value = verify::rolling(problem, &slots)
            .map_err(|fault| format!("{}: the schedule is wrong: {fault}.", instance.name))?;
        if instance.best_known.is_some_and(|known| known < u64::from(lower_bound.minutes)) {
            return Err(format!("{}: the lower bound is above the best value known.", instance.name));
        }
        records.push(Record {
            file: instance.name,
            value,
            best_known: instance.best_known,
            lower_bound: u64::from(lower_bound.minutes),
            outcome: if value == u64::from(lower_bound.minutes) { "optimal" } else { "feasible" },
            ms,
            moved: None,
            assign: slots.iter().map(|slot| slot.start as usize).collect(),
        });
    }
    Ok(records)
}
