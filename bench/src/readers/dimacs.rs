//! Graphs of the second DIMACS challenge: `p edge n m`, then `e u v`, counted from 1.

use std::path::Path;

use phaseplan::schedule::Problem;

use crate::rim;

use super::{Instance, best_known_rows};

/// Reads one graph as tasks of one minute; a phase is a colour.
pub fn read(path: &Path) -> Result<Instance, String> {
    let wrong = |line: &str| format!("{} has a line that is no edge of a graph: {line}.", path.display());
    let mut problem = Problem::default();
    for line in rim::read(path)?.lines() {
        let mut words = line.split_whitespace();
        match words.next() {
            Some("p") => {
                let len = words.nth(1).and_then(|word| word.parse().ok()).ok_or_else(|| wrong(line))?;
                problem = Problem::unrestricted(vec![1; len], len);
            }
            Some("e") => {
                let mut end =
                    || words.next()?.parse::<usize>().ok()?.checked_sub(1).filter(|&end| end < problem.len());
                let (Some(a), Some(b)) = (end(), end()) else { return Err(wrong(line)) };
                problem.apart.insert(a, b);
            }
            _ => {}
        }
    }
    let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let row = best_known_rows(path).into_iter().find(|row| row[0] == name);
    let best_known = row.and_then(|row| row.get(4)?.parse().ok());
    Ok(Instance { name: path.display().to_string(), problem, best_known })
}
