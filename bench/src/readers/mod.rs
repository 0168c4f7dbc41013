//! Readers of benchmark files. The core knows none of these formats.

pub mod dimacs;
pub mod phase_plan;
pub mod psplib;

use std::path::Path;

use phaseplan::schedule::Problem;

use crate::rim::read;

/// A problem, with its best known value.
pub struct Instance {
    /// File name, or name inside the file.
    pub name: String,
    /// The problem.
    pub problem: Problem,
    /// The best known value, stored next to the file.
    pub best_known: Option<u64>,
}

/// The rows of `bestknown.csv` next to the file, split at commas, without the header. Empty if there is no
/// such file.
fn best_known_rows(path: &Path) -> Vec<Vec<String>> {
    let stored = read(&path.with_file_name("bestknown.csv")).unwrap_or_default();
    stored.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}
