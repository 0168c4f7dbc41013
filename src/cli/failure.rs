//! When a check fails, and the switches that say so, for one plan and for several.

use phaseplan::diagnostic::Severity;
use phaseplan::report::Report;

use super::arguments::Switch;
use super::problems;

/// Whether more than errors fails the check.
pub const STRICT: Switch = Switch {
    name: "--strict",
    value: None,
    help: "Fail on conflicts, warnings and unknown files too, not only on errors.",
    is_needed: false,
};

/// Whether questions are asked about dependencies.
pub const AUDIT: Switch = Switch {
    name: "--audit",
    value: None,
    help: "Also ask about dependencies that cost little time or come from a guess.",
    is_needed: false,
};

/// Whether a plan fails the check.
pub fn has_failed(report: &Report, is_strict: bool) -> bool {
    let is_serious = |severity: Severity| severity != Severity::Hint;
    problems::has_errors(report)
        || is_strict && report.diagnostics.iter().any(|found| is_serious(found.severity))
}
