//! Checks what `[P]` promises: that the task touches no file of a task it may run beside.

use super::document::Document;
use crate::analysis::{ConflictKind, analyse};
use crate::import::Note;
use crate::plan::Plan;

/// One sentence for each marked task that shares a file with an earlier task that it does not wait for.
pub fn check(document: &Document, plan: &Plan) -> Vec<Note> {
    let mut notes: Vec<(usize, Note)> = Vec::new();
    for conflict in analyse(plan).conflicts {
        let marked = [conflict.b, conflict.a].into_iter().find(|task| document.tasks[*task].parallel);
        let (Some(marked), Some(path)) = (marked, conflict.kind.witness()) else { continue };
        if notes.iter().any(|(task, _)| *task == marked) {
            continue;
        }
        let other = &plan.tasks[conflict.a + conflict.b - marked].id;
        let what = match conflict.kind {
            ConflictKind::WriteWrite(_) => format!("{other} changes `{path}` too"),
            _ => format!("it shares `{path}` with {other}"),
        };
        let written = &document.tasks[marked];
        let message = format!("{} is marked [P], but {what}. The two are kept apart.", written.id);
        notes.push((marked, Note::at(written.line, message)));
    }
    notes.into_iter().map(|(_, note)| note).collect()
}
