//! Notes about the import of a `tasks.md`.

use super::document::{Document, WrittenTask};
use super::order::Order;
use crate::diagnostic::Diagnostic;
use crate::import::prose::files::Files;
use crate::import::{MAX_WAITS, notes};
use crate::plan::Plan;

/// Guesses and omissions, with one sentence for similar ones.
pub fn notes(document: &Document, order: &Order, files: &[Files], plan: &Plan) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let tasks = &document.tasks;
    let line = |position: usize| tasks[position].line;
    let ids = |positions: &[usize]| {
        let names: Vec<&str> = positions.iter().map(|position| tasks[*position].id.as_str()).collect();
        notes::listed(&names)
    };
    let those = |keep: &dyn Fn(usize) -> bool| (0..tasks.len()).filter(|at| keep(*at)).collect::<Vec<_>>();

    notes.push(notes::ORDER_GUESSED.says(&format!(
        "{1} dependencies. {0} are named in the text; the others come from the order of sections and [P]. \
         User stories don't wait for each other.",
        order.named,
        order.named + order.implied - order.redundant
    )));
    let owning = files.iter().filter(|files| !files.owns.is_empty()).count();
    notes.push(notes::OWNED_FILES_GUESSED.says(&format!(
        "Files: spec-kit has no field for them, so the files of {owning} tasks were guessed from the text. \
         Check them before you rely on the conflicts."
    )));
    let unknown = those(&|at| plan.tasks[at].has_unknown_ownership() && tasks[at].mark != '-');
    if let Some(first) = unknown.first() {
        notes.push(
            notes::NO_FILES_FOUND
                .says(&format!("The text does not say which files these change: {}.", ids(&unknown)))
                .at_line(line(*first)),
        );
    }
    let using = those(&|at| !files[at].reads.is_empty());
    if let Some(first) = using.first() {
        let message = format!("Some files seem to be only read in {}.", ids(&using));
        notes.push(notes::READ_FILES_GUESSED.says(&message).at_line(line(*first)));
    }
    for (position, files) in files.iter().enumerate().filter(|(_, files)| !files.unplaced.is_empty()) {
        let names: Vec<&str> = files.unplaced.iter().map(String::as_str).collect();
        let id = &tasks[position].id;
        notes.push(
            notes::FILE_WITHOUT_FOLDER
                .says(&format!(
                    "{id} names {} without a folder, so it was not counted as a file of the task.",
                    notes::listed(&names)
                ))
                .at_line(line(position)),
        );
    }
    notes.extend(skipped(document, order));
    notes
}

fn skipped(document: &Document, order: &Order) -> Vec<Diagnostic> {
    let tasks = &document.tasks;
    let mut notes = Vec::new();
    for (position, id) in &order.missing {
        let WrittenTask { id: task, line, .. } = &tasks[*position];
        notes.push(
            notes::MISSING_TASK
                .says(&format!("{task} waits for {id}, which is not in the file."))
                .at_line(*line),
        );
    }
    if order.is_cut {
        let most = MAX_WAITS;
        notes.push(
            notes::MANY_WAITS
                .says(&format!("The file implies more than {most} dependencies; the rest were left out.")),
        );
    }
    for task in tasks.iter().filter(|task| !matches!(task.mark, ' ' | 'x' | 'X' | '-')) {
        let message = format!("The box of {} holds “{}”, which is read as not done.", task.id, task.mark);
        notes.push(notes::UNKNOWN_BOX.says(&message).at_line(task.line));
    }
    for (line, id) in &document.repeated {
        notes.push(
            notes::REPEATED_TASK.says(&format!("{id} exists already; this line was skipped.")).at_line(*line),
        );
    }
    if let Some(first) = document.boxes_without_id.first() {
        let count = document.boxes_without_id.len();
        let message = match count {
            1 => "This line has a box but no id such as T001; it was skipped.".to_owned(),
            _ => {
                format!("{count} lines have a box but no id such as T001; they were skipped, this one first.")
            }
        };
        notes.push(notes::ITEM_WITHOUT_ID.says(&message).at_line(*first));
    }
    if let Some((line, title)) = &document.prose_order {
        let message = format!("The section “{title}” is prose and was not read. Check the order against it.");
        notes.push(notes::SECTION_NOT_READ.says(&message).at_line(*line));
    }
    notes
}
