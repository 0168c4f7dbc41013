//! The comparison without other programs.

use phaseplan::Plan;
use serde::Serialize;

/// Empty.
#[derive(Serialize)]
pub struct Rivals {}

impl Rivals {
    /// No columns.
    pub const HEADS: [&str; 0] = [];

    /// Compares with nothing.
    pub fn of(_: &Plan, _: &str, _: usize) -> Rivals {
        Rivals {}
    }

    /// No columns.
    pub fn columns(&self) -> [String; 0] {
        []
    }
}
