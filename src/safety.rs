//! What is known about the safety of running a plan.

use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, Severity};
use crate::plan::Plan;

/// The open tasks by what is known about them. Each is counted once, with the worst that holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Safety {
    /// Tasks that share files with others, with no order between them. The schedule keeps them apart, in an order that
    /// nobody has chosen. Ascending, as all these lists.
    pub colliding: Vec<usize>,
    /// Tasks that may change files, but nobody knows which; and tasks with errors, since nobody knows what they mean.
    pub unknown: Vec<usize>,
    /// Tasks whose files are not known, and for which the author vouches; and tasks whose files are guessed.
    pub claimed: Vec<usize>,
    /// Those of them whose files are guessed.
    pub guessed: Vec<usize>,
    /// Tasks whose files are known and shared with no unordered task.
    pub safe: Vec<usize>,
}

/// The worst that is known about a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SafetyState {
    /// Every task is safe; so is a plan without open tasks.
    Proved,
    /// Some tasks are safe only on the author's word.
    Claimed,
    /// The files of some tasks are not known.
    Unknown,
    /// Some tasks share files.
    Conflicts,
}

impl SafetyState {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            SafetyState::Proved => "proved",
            SafetyState::Claimed => "claimed",
            SafetyState::Unknown => "unknown",
            SafetyState::Conflicts => "conflicts",
        }
    }
}

impl Safety {
    /// Sorts the open tasks of a plan. Time: linear in tasks, listed conflicts and diagnostics.
    pub fn of(plan: &Plan, analysis: &Analysis, diagnostics: &[Diagnostic]) -> Safety {
        let mut has_error = vec![false; plan.tasks.len()];
        for error in diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
            error.places.iter().for_each(|place| has_error[place.task] = true);
        }
        let mut collides = vec![false; plan.tasks.len()];
        for conflict in analysis.conflicts.iter().filter(|conflict| conflict.is_collision()) {
            collides[conflict.a] = true;
            collides[conflict.b] = true;
        }
        let is_listed = analysis.conflicts.len() == analysis.conflict_count;
        let mut safety = Safety::default();
        for (at, task) in plan.tasks.iter().enumerate().filter(|(_, task)| task.status.is_open()) {
            // Conflicts beyond the listed ones are only known as pairs.
            let list = if collides[at] || (!is_listed && !analysis.apart.row(at).is_clear()) {
                &mut safety.colliding
            } else if task.is_unknown() || has_error[at] {
                &mut safety.unknown
            } else if task.has_unknown_ownership() {
                &mut safety.claimed
            } else if task.is_guessed() {
                safety.guessed.push(at);
                &mut safety.claimed
            } else {
                &mut safety.safe
            };
            list.push(at);
        }
        safety
    }

    /// The worst that is known.
    pub fn state(&self) -> SafetyState {
        if !self.colliding.is_empty() {
            SafetyState::Conflicts
        } else if !self.unknown.is_empty() {
            SafetyState::Unknown
        } else if !self.claimed.is_empty() {
            SafetyState::Claimed
        } else {
            SafetyState::Proved
        }
    }

    /// The number of open tasks.
    pub fn open(&self) -> usize {
        self.colliding.len() + self.unknown.len() + self.claimed.len() + self.safe.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::{rules, schedule, text};

    /// Checks the tasks of each list, as `colliding | unknown | claimed | safe`.
    fn check(text: &str, expected: &str, state: SafetyState) {
        let plan = text::parse(text).plan;
        let analysis = analyse(&plan);
        let found = rules::check(&plan, &analysis, &schedule::Schedule::default());
        let safety = Safety::of(&plan, &analysis, &found);
        let ids = |tasks: &Vec<usize>| {
            tasks.iter().map(|&task| plan.tasks[task].id.as_str()).collect::<Vec<_>>().join(" ")
        };
        let lists = [&safety.colliding, &safety.unknown, &safety.claimed, &safety.safe].map(ids);
        assert_eq!((lists.join(" | ").as_str(), safety.state()), (expected, state), "{text}");
    }

    #[test]
    fn each_open_task_is_counted_once_with_the_worst() {
        check(
            "- T1 @owns(a)\n- T2 @owns(b)\n- T3 @kind(research)\n",
            " |  |  | T1 T2 T3",
            SafetyState::Proved,
        );
        check(
            "- T1 @owns(a)\n- T2 @owns(a)\n- T3\n- T4 @owns(b)\n",
            "T1 T2 | T3 |  | T4",
            SafetyState::Conflicts,
        );
        check("- T1 @owns(a)\n- T2\n- T3 @parallel(claimed)\n", " | T2 | T3 | T1", SafetyState::Unknown);
        check("- T1 @owns(a)\n- T3 @parallel(claimed)\n", " |  | T3 | T1", SafetyState::Claimed);
        check("", " |  |  | ", SafetyState::Proved);
    }

    #[test]
    fn what_is_ordered_accepted_or_done_does_not_collide() {
        check("- T1 @owns(a)\n- T2 @owns(a) @after(T1)\n", " |  |  | T1 T2", SafetyState::Proved);
        check("- T1 @owns(a)\n- T2 @owns(a) @accept(T1: adds only)\n", " |  |  | T1 T2", SafetyState::Proved);
        check("- [x] T1 @owns(a)\n- T2 @owns(a)\n- [-] T3\n- [x] T4\n", " |  |  | T2", SafetyState::Proved);
        check("- T1 @owns(a) @uses(db)\n- T2 @owns(b) @uses(db)\n", " |  |  | T1 T2", SafetyState::Proved);
    }

    #[test]
    fn a_setting_lets_unknown_tasks_run_beside_others_but_proves_nothing() {
        check("> unknown beside\n- T1\n- T2 @owns(a)\n", " | T1 |  | T2", SafetyState::Unknown);
    }
}
