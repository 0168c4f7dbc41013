//! Plans with barriers, as JSON: `{n, cap, resources, tasks: [{id, dur, deps, res}], conflicts: [[i, j]],
//! optimum?}`.

use std::collections::BTreeMap;
use std::path::Path;

use phaseplan::schedule::Problem;
use serde::Deserialize;

use crate::rim;

use super::Instance;

#[derive(Deserialize)]
struct File {
    cap: usize,
    resources: BTreeMap<String, u32>,
    tasks: Vec<Task>,
    conflicts: Vec<(usize, usize)>,
    optimum: Option<Value>,
}

#[derive(Deserialize)]
struct Task {
    id: String,
    dur: u32,
    deps: Vec<String>,
    res: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
struct Value {
    makespan: u64,
}

/// Reads one plan. The best known value is the planted one, or comes from `bestknown.json` next to the file.
pub fn read(path: &Path) -> Result<Instance, String> {
    let wrong = |error: serde_json::Error| format!("{} is not a plan: {error}.", path.display());
    let file: File = serde_json::from_str(&rim::read(path)?).map_err(wrong)?;
    let at: BTreeMap<&str, usize> =
        file.tasks.iter().enumerate().map(|(at, task)| (task.id.as_str(), at)).collect();

    let mut problem = Problem::unrestricted(file.tasks.iter().map(|task| task.dur).collect(), file.cap);
    for (number, task) in file.tasks.iter().enumerate() {
        problem.predecessors[number] =
            task.deps.iter().filter_map(|id| at.get(id.as_str()).copied()).collect();
        problem.predecessors[number].sort_unstable();
    }
    for &(a, b) in &file.conflicts {
        problem.apart.insert(a, b);
    }
    for (name, &capacity) in &file.resources {
        problem.resources.push(name.clone());
        problem.capacities.push(capacity);
        problem
            .demands
            .push(file.tasks.iter().map(|task| task.res.get(name).copied().unwrap_or(0)).collect());
    }
    let best_known = match file.optimum {
        Some(optimum) => Some(optimum.makespan),
        None => stored(path),
    };
    Ok(Instance { name: path.display().to_string(), problem, best_known })
}

fn stored(path: &Path) -> Option<u64> {
    let text = rim::read(&path.with_file_name("bestknown.json")).ok()?;
    let values: BTreeMap<String, Value> = serde_json::from_str(&text).ok()?;
    Some(values.get(path.file_name()?.to_str()?)?.makespan)
}
