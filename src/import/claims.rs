//! Checks claims that the author of a list makes about it.

use super::notes;
use crate::analysis::{ConflictKind, analyse};
use crate::diagnostic::Diagnostic;
use crate::plan::Plan;

/// The author's claim that a task shares no files with any task it may run in parallel with.
#[derive(Debug, Clone, Copy)]
pub struct Parallel<'a> {
    /// Position of the task in the plan.
    pub task: usize,
    /// The line of the claim, counted from 1; 0 if the format has no lines.
    pub line: usize,
    /// The mark that makes the claim, such as `[P]`.
    pub mark: &'a str,
}

/// Returns a note for each claim about a task that shares a file with a task it does not wait for. Costs as
/// much as [`analyse`].
pub fn check_parallel(claims: &[Parallel], plan: &Plan) -> Vec<Diagnostic> {
    let mut claim_of: Vec<Option<&Parallel>> = vec![None; plan.tasks.len()];
    claims.iter().for_each(|claim| claim_of[claim.task] = Some(claim));
    let mut has_note = vec![false; plan.tasks.len()];
    let mut found = Vec::new();
    for conflict in analyse(plan).conflicts {
        let claim = [conflict.b, conflict.a].into_iter().find_map(|task| claim_of[task]);
        let (Some(claim), Some(path)) = (claim, conflict.kind.witness()) else { continue };
        if std::mem::replace(&mut has_note[claim.task], true) {
            continue;
        }
        let [id, other] = [claim.task, conflict.a + conflict.b - claim.task].map(|task| &plan.tasks[task].id);
        let what = match conflict.kind {
            ConflictKind::WriteWrite(_) => format!("{other} changes `{path}` too"),
            ConflictKind::Creation { creator, .. } if creator == claim.task => {
                format!("{other} changes `{path}`, which it creates")
            }
            ConflictKind::Creation { .. } => format!("{other} creates `{path}`, which it changes"),
            _ => format!("it shares `{path}` with {other}"),
        };
        let message = format!("{id} is marked {}, but {what}. The two are kept apart.", claim.mark);
        let note = notes::CONTRADICTED_CLAIM.says(&message);
        found.push(if claim.line == 0 { note } else { note.at_line(claim.line) });
    }
    found
}
