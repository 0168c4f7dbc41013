//! Projects of PSPLIB, many per file: `# name`, then `tasks resources`, the capacities, and per task
//! `duration demand... successor-count successors...`, counted from 1. The first and the last task are source
//! and sink.

use std::path::Path;

use phaseplan::schedule::Problem;

use crate::rim;

use super::{Instance, best_known_rows};

/// Reads all projects of a file.
pub fn read(path: &Path) -> Result<Vec<Instance>, String> {
    let rows = best_known_rows(path);
    let mut instances = Vec::new();
    for project in rim::read(path)?.split('#').skip(1) {
        let (name, numbers) = project.split_once('\n').unwrap_or((project, ""));
        let name = name.trim().to_owned();
        let mut numbers = numbers.split_whitespace().filter_map(|word| word.parse::<u32>().ok());
        let problem = project_from(&mut || numbers.next())
            .ok_or_else(|| format!("{}: the project {name} ends too early.", path.display()))?;
        let row = rows.iter().find(|row| row.get(1) == Some(&name));
        let best_known = row.and_then(|row| row.get(5)?.parse().ok());
        instances.push(Instance { name, problem, best_known });
    }
    Ok(instances)
}

fn project_from(next: &mut dyn FnMut() -> Option<u32>) -> Option<Problem> {
    let (len, resources) = (next()? as usize, next()? as usize);
    let mut problem = Problem::unrestricted(vec![0; len], len);
    for _ in 0..resources {
        problem.capacities.push(next()?);
        problem.demands.push(vec![0; len]);
    }
    for task in 0..len {
        problem.minutes[task] = next()?;
        for demand in &mut problem.demands {
            demand[task] = next()?;
        }
        for _ in 0..next()? {
            let after = (next()? as usize).checked_sub(1).filter(|&after| after < len)?;
            problem.predecessors[after].push(task);
        }
    }
    Some(problem)
}
