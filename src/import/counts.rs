//! What was found in the input, in numbers: the answer of `phaseplan import --json`.

use crate::analysis::{analyse, claims};
use crate::plan::{Parallel, Plan, Task};

/// Numbers about an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Everything with an id or a box that was understood: tasks, parents and gates.
    pub items: usize,
    /// What waits for what.
    pub waits: WaitCounts,
    /// Files that tasks change.
    pub owns: FileCounts,
    /// Files that tasks only read.
    pub reads: FileCounts,
    /// What the author claims.
    pub claims: Claims,
}

/// Numbers about waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaitCounts {
    /// Distinct pairs that the input names and whose ends exist. A parent counts as it is written.
    pub named: usize,
    /// Ids that the input names and that do not exist.
    pub dangling: Vec<String>,
    /// Pairs that follow from a rule.
    pub implied: usize,
}

/// Numbers about files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FileCounts {
    /// Tasks with files that the input declares.
    pub declared: usize,
    /// Tasks with files that were guessed.
    pub guessed: usize,
    /// Declared patterns in all.
    pub patterns: usize,
}

/// Numbers about claims.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claims {
    /// Tasks that claim to be independent.
    pub parallel: usize,
    /// Those of them that share a file with a task they may run beside.
    pub contradicted: usize,
}

impl Counts {
    /// The numbers of a plan in a format of this program, where everything is declared.
    pub fn of_own(plan: &Plan) -> Counts {
        let positions = plan.positions();
        let waits = || plan.tasks.iter().flat_map(|task| &task.after);
        let files = |patterns: fn(&Task) -> &Vec<String>| FileCounts {
            declared: plan.tasks.iter().filter(|task| !patterns(task).is_empty()).count(),
            guessed: 0,
            patterns: plan.tasks.iter().map(|task| patterns(task).len()).sum(),
        };
        let mut dangling: Vec<String> =
            waits().filter(|id| !positions.contains_key(id)).map(ToString::to_string).collect();
        dangling.sort();
        dangling.dedup();
        Counts {
            items: plan.tasks.len(),
            waits: WaitCounts {
                named: waits().filter(|id| positions.contains_key(id)).count(),
                dangling,
                implied: 0,
            },
            owns: files(|task| &task.owns),
            reads: files(|task| &task.reads),
            claims: Claims {
                parallel: (plan.tasks.iter()).filter(|task| task.parallel == Parallel::Claimed).count(),
                contradicted: contradicted(plan),
            },
        }
    }
}

/// The number of marks that the files contradict. Only a plan with marks is analysed.
pub fn contradicted(plan: &Plan) -> usize {
    let is_marked = |task: &Task| task.parallel == Parallel::Claimed;
    if plan.tasks.iter().any(is_marked) { claims::contradicted(plan, &analyse(plan)).len() } else { 0 }
}
