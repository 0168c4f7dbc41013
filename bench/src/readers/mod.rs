//! Readers of benchmark files. The core knows none of these formats.

pub mod dimacs;
pub mod phase_plan;
pub mod psplib;

use std::path::Path;

use phaseplan::schedule::Problem;

use crate::rim::read;

/// A problem, and the best value known for it.
pub struct Instance {
    /// File, or name inside the file.
    pub name: String,
    /// What is to be solved.
    pub problem: Problem,
    /// The best value that is stored beside the file.
    pub best_known: Option<u64>,
}

/// The lines of `bestknown.csv` beside the file, cut at the commas, without the heading; none if there is no such file.
fn best_known_rows(path: &Path) -> Vec<Vec<String>> {
    let stored = read(&path.with_file_name("bestknown.csv")).unwrap_or_default();
    stored.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}
