//! What a set of edits does to the totals.

use crate::plan::Edit;
use crate::report::Report;
use crate::schedule::Budget;

/// The totals after a change, beside those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Effect {
    /// Minutes by which the phased schedule grows; negative if it gets shorter.
    pub minutes: i64,
    /// Phases afterwards.
    pub phases: usize,
    /// Phases more than before.
    pub more_phases: i64,
    /// Conflicts more than before; negative if some go away.
    pub more_conflicts: i64,
}

/// Computes the plan with the edits and compares. Takes as long as a report of the plan.
pub fn of_edits(report: &Report, edits: &[Edit], budget: &Budget) -> Effect {
    let mut plan = report.plan.clone();
    for edit in edits {
        // An edit that names a task that is not there does nothing, here as when it is applied.
        let _ = edit.clone().apply(&mut plan);
    }
    let after = Report::new(plan, budget);
    Effect {
        minutes: i64::from(after.schedule.phased) - i64::from(report.schedule.phased),
        phases: after.schedule.phases.len(),
        more_phases: difference(after.schedule.phases.len(), report.schedule.phases.len()),
        more_conflicts: difference(after.analysis.conflict_count, report.analysis.conflict_count),
    }
}

fn difference(after: usize, before: usize) -> i64 {
    after as i64 - before as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::edit::TaskChange;
    use crate::text;

    /// `minutes, phases, conflicts` after giving T2 other files.
    fn check(plan: &str, files: &str, expected: &str) {
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        let edit = Edit::ChangeTask { id: "T2".into(), change: TaskChange::Owns(vec![files.into()]) };
        let effect = of_edits(&report, &[edit], &Budget::default());
        let shown = format!("{:+} m, {} phases, {:+}", effect.minutes, effect.phases, effect.more_conflicts);
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_narrower_pattern_saves_a_phase() {
        check("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(a/b) ~30m", "c/**", "-20 m, 1 phases, -1");
    }

    #[test]
    fn a_wider_pattern_costs_one() {
        check("- T1 One @owns(a/**) ~20m\n- T2 Two @owns(b/**) ~30m", "**", "+20 m, 2 phases, +1");
    }
}
