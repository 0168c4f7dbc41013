//! Sets the status of tasks in a file, in the spelling of its format, and changes nothing else.
//!
//! Whatever was written is read again: a file is changed only if it then says the same plan with exactly
//! these statuses. So no format needs to be known twice, and a spelling that its reader takes for something
//! else is no spelling of it.

mod boxes;
mod fields;
mod members;

use std::ops::Range;

use super::{File, ImportError, Imported, surest};
use crate::plan::{Plan, Status, TaskId};
use crate::text;

/// The id of the format of plan text.
const TEXT: &str = "text";

/// The statuses of tasks, each once.
pub type Marks = [(TaskId, Status)];

/// Sets the status of tasks in a file with this name and text, and returns the new text.
///
/// # Errors
///
/// If the file is no plan or has no such task, if its format has no spelling for a status, or if more than
/// these statuses would change. The sentence says which, and what to do.
pub fn mark(name: &str, text: &str, marks: &Marks) -> Result<String, ImportError> {
    let files = [File::new(name, text)];
    let Some((format, _)) = surest(&files) else { return Err(super::refusal(&files)) };
    let read = |text: &str| (format.read)(&[File::new(name, text)]);
    let imported = read(text)?;
    let (wanted, positions) = wanted(&imported.plan, marks)?;
    if wanted == imported.plan {
        return Ok(text.to_owned());
    }
    let is_right = |marked: &String| read(marked).is_ok_and(|imported| imported.plan == wanted);
    let written = match format.id {
        TEXT => text::mark(text, &positions).filter(|marked| is_right(marked)),
        _ => one_by_one(text, &imported, &positions, format.id, read),
    };
    let marked = written.filter(is_right);
    marked.ok_or_else(|| refusal(format.name, format.id, &imported.plan, marks))
}

/// The plan as it should be, and the positions of its tasks.
fn wanted(plan: &Plan, marks: &Marks) -> Result<(Plan, Vec<(usize, Status)>), ImportError> {
    let mut wanted = plan.clone();
    let mut positions = Vec::new();
    for (id, status) in marks {
        let position =
            plan.position(id).ok_or_else(|| ImportError::new(format!("There is no task {id}.")))?;
        wanted.tasks[position].status = *status;
        positions.push((position, *status));
    }
    Ok((wanted, positions))
}

/// Sets one status after the other, each in the first spelling that is read as meant.
fn one_by_one(
    text: &str,
    imported: &Imported,
    marks: &[(usize, Status)],
    format: &str,
    read: impl Fn(&str) -> Result<Imported, ImportError>,
) -> Option<String> {
    let mut text = text.to_owned();
    let mut plan = imported.plan.clone();
    for &(task, status) in marks.iter().filter(|(task, status)| imported.plan.tasks[*task].status != *status)
    {
        plan.tasks[task].status = status;
        let line = imported.task_lines.get(task).copied();
        let in_boxes = line.map_or_else(Vec::new, |line| boxes::spellings(&text, line, status));
        let words = words(format, status);
        let in_members = members::spellings(&text, plan.tasks[task].id.as_str(), words);
        let is_right = |marked: &String| read(marked).is_ok_and(|imported| imported.plan == plan);
        let in_fields = fields::spellings(&text, lines_of(imported, task, &text), words, status);
        text = in_boxes.into_iter().chain(in_members).chain(in_fields).find(is_right)?;
    }
    Some(text)
}

/// The lines in which a file speaks of a task, counted from 1: from its own line up to that of the next task.
/// A file of one task speaks of nothing else.
fn lines_of(imported: &Imported, task: usize, text: &str) -> Range<usize> {
    let end = text.lines().count() + 1;
    match (imported.task_lines.get(task), imported.plan.tasks.len()) {
        (None, _) => 0..0,
        (_, 1) => 1..end,
        (Some(&line), _) => {
            let next = imported.task_lines.iter().copied().filter(|&other| other > line).min();
            line..next.unwrap_or(end)
        }
    }
}

/// The words for a status in the formats, by id, whose tools know only these; empty if there is none.
fn words(format: &str, status: Status) -> &'static [&'static str] {
    let [todo, running, done, failed, dropped]: [&[&str]; 5] = match format {
        "json" => [&["todo"], &["running"], &["done"], &["failed"], &["dropped"]],
        "task-master" => [&["pending"], &["in-progress"], &["done"], &[], &["cancelled"]],
        "beads" => [&["open"], &["in_progress"], &["closed"], &[], &[]],
        "claude-tasks" => [&["pending"], &["in_progress"], &["completed"], &[], &[]],
        "backlog" => [&["To Do"], &["In Progress"], &["Done"], &[], &[]],
        "ccpm" => [&["open"], &["in-progress"], &["closed"], &[], &[]],
        "bmad" => [&["backlog"], &["in-progress"], &["done"], &[], &[]],
        "spec-kitty" => [&["planned"], &["doing"], &["done"], &[], &["canceled"]],
        _ => [&[]; 5],
    };
    match status {
        Status::Todo => todo,
        Status::Running => running,
        Status::Done => done,
        Status::Failed => failed,
        Status::Dropped => dropped,
    }
}

fn refusal(name: &str, id: &str, plan: &Plan, marks: &Marks) -> ImportError {
    let changed =
        |(task, status): &&(TaskId, Status)| plan.task(task).is_some_and(|task| task.status != *status);
    let said: Vec<String> =
        marks.iter().filter(changed).map(|(task, status)| format!("{task} as {}", status.name())).collect();
    let said = said.join(", ");
    ImportError::new(match id {
        TEXT => format!(
            "The lines of {said} can't be marked without changing others. Write an id and a box before each \
             task, such as `- [ ] T1 Add login`."
        ),
        _ => format!(
            "{name} has no way to mark {said} that changes nothing else. Mark the tasks in the tool that the \
             file is from, or keep the plan as plan text: `phaseplan import FILE`."
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::FORMATS;

    /// Marks tasks, as `T1=done T2=failed`, in a file of this format, and compares the lines that change, or
    /// the sentence of the refusal.
    #[track_caller]
    fn check(format: &str, name: &str, text: &str, marks: &str, expected: &str) {
        let files = [File::new(name, text)];
        assert_eq!(surest(&files).map(|(format, _)| format.id), Some(format));
        let marks: Vec<_> = marks
            .split(' ')
            .filter_map(|mark| mark.split_once('='))
            .filter_map(|(id, status)| Some((TaskId::from(id), Status::from_name(status)?)))
            .collect();
        let told = match mark(name, text, &marks) {
            Ok(marked) => {
                assert_eq!(marked.lines().count(), text.lines().count());
                let pairs = text.lines().zip(marked.lines());
                let lines = pairs.filter(|(before, after)| before != after).map(|(_, after)| after.trim());
                lines.collect::<Vec<_>>().join("\n")
            }
            Err(error) => error.message,
        };
        assert_eq!(told, expected, "{marks:?}");
    }

    const SPEC_KIT: &str = "# Tasks: Lists\r\n\r\n## Phase 1: Setup\r\n\r\n\
                            - [X] T001 Create lists/package.json\r\n\
                            - [ ] T002 [P] Add keys in lists/keys.ts\r\n";

    #[test]
    fn lists_of_other_tools_are_marked_in_their_boxes() {
        let name = "tasks.md";
        check("spec-kit", name, SPEC_KIT, "T002=done", "- [X] T002 [P] Add keys in lists/keys.ts");
        check("spec-kit", name, SPEC_KIT, "T001=todo", "- [ ] T001 Create lists/package.json");
        check("spec-kit", name, SPEC_KIT, "T001=done", "");
        check(
            "spec-kit",
            name,
            SPEC_KIT,
            "T002=running",
            "spec-kit tasks.md has no way to mark T002 as running that changes nothing else. Mark the tasks in \
             the tool that the file is from, or keep the plan as plan text: `phaseplan import FILE`.",
        );
        check("spec-kit", name, SPEC_KIT, "T009=done", "There is no task T009.");
    }

    #[test]
    fn files_of_json_are_marked_in_the_words_of_their_tool() {
        let own = r#"{"format": "phaseplan/1", "tasks": [
            {"id": "T1", "title": "One {\"id\": \"T2\"}", "owns": ["a"]},
            {"id": "T2", "title": "Two", "status": "running", "owns": ["b"]}]}"#;
        check(
            "json",
            "plan.json",
            own,
            "T1=failed T2=done",
            "{\"id\": \"T1\", \"status\": \"failed\", \"title\": \"One {\\\"id\\\": \\\"T2\\\"}\", \
             \"owns\": [\"a\"]},\n\
             {\"id\": \"T2\", \"title\": \"Two\", \"status\": \"done\", \"owns\": [\"b\"]}]}",
        );
        let beads = "{\"id\":\"a-1\",\"title\":\"One\",\"status\":\"open\",\"issue_type\":\"task\"}\n\
                     {\"id\":\"a-2\",\"title\":\"Two\",\"status\":\"open\",\"issue_type\":\"task\"}\n";
        check(
            "beads",
            "issues.jsonl",
            beads,
            "a-2=done",
            "{\"id\":\"a-2\",\"title\":\"Two\",\"status\":\"closed\",\"issue_type\":\"task\"}",
        );
    }

    #[test]
    fn files_of_one_task_are_marked_in_their_front_matter() {
        let text = "---\nid: BACK-7\ntitle: Show parents\nstatus: 'To Do'\nlabels: []\ndependencies: []\n---\n\n\
                    ## Acceptance Criteria\n- [ ] #1 status: To Do\n";
        let name = "backlog/tasks/back-7 - Show parents.md";
        check("backlog", name, text, "BACK-7=running", "status: 'In Progress'");
        check("backlog", name, text, "BACK-7=done", "status: 'Done'");
        let refused = "Backlog.md tasks has no way to mark BACK-7 as failed that changes nothing else. Mark the \
                       tasks in the tool that the file is from, or keep the plan as plan text: `phaseplan import \
                       FILE`.";
        check("backlog", name, text, "BACK-7=failed", refused);
        let package = "---\nwork_package_id: WP02\ntitle: Store lists\ndependencies: []\nlane: planned\n\
                       owned_files:\n- src/store/**\n---\n\n# Store\n";
        check("spec-kitty", "tasks/WP02-store.md", package, "WP02=running", "lane: doing");
    }

    #[test]
    fn stories_are_marked_in_their_line() {
        let text = "project: Lists\ndevelopment_status:\n  epic-1: in-progress\n  1-1-add-list: done\n  \
                    1-2-share-list: backlog # next\n  epic-1-retrospective: optional\n";
        check("bmad", "sprint-status.yaml", text, "1-2=done", "1-2-share-list: done # next");
        check("bmad", "sprint-status.yaml", text, "1-2=running", "1-2-share-list: in-progress # next");
    }

    #[test]
    fn tables_are_marked_in_their_cells_and_in_their_own_words() {
        let csv = "id,title,files,status\nA1,Open the list,src/a.ts,To Do\nA2,Two,src/b.ts,In Progress\n";
        check("csv", "tasks.csv", csv, "A1=running", "A1,Open the list,src/a.ts,In Progress");
        check("csv", "tasks.csv", csv, "A2=done", "A2,Two,src/b.ts,Done");
        let table = "# Plan\n\n| Task | Title | Files | Status |\n|---|---|---|---|\n\
                     | T1 | Add keys | `src/keys.ts` | TODO |\n| T2 | Use keys | `src/use.ts` | TODO |\n";
        check("markdown", "plan.md", table, "T2=done", "| T2 | Use keys | `src/use.ts` | DONE |");
    }

    #[test]
    fn formats_with_words_for_statuses_exist() {
        let with_words =
            ["text", "json", "task-master", "beads", "claude-tasks", "backlog", "ccpm", "bmad", "spec-kitty"];
        for id in with_words {
            assert!(FORMATS.iter().any(|format| format.id == id), "{id}");
        }
    }
}
