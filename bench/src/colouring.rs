//! Graph colouring, as phases of tasks that take one minute each.

use std::path::Path;

use crate::clock::Allowance;
use crate::readers::dimacs;
use crate::record::Record;

/// Colours one graph.
pub fn measure(path: &Path, allowance: &Allowance) -> Result<Vec<Record>, String> {
    crate::phases::solve(dimacs::read(path)?, allowance).map(|record| vec![record])
}
