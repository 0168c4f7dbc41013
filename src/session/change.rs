//! Changes of the open document.

use super::Session;
use super::ready::Ready;
use crate::TaskId;
use crate::diagnostic::{Edits, Fix, replaced};
use crate::document::Document;
use crate::events::Digest;
use crate::glob::FileSet;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Field, Ownership, Plan, Settings, Task};
use crate::protocol::{Change, DocumentState};

/// The reason why a document from a newer program can't be changed.
const NEWER: &str = "A newer version of phaseplan saved this plan, so it can't be changed here. Reload the \
    page to get that version.";

const WITHOUT_ID: &str = "This link carries no review, so there is no way to match comments to its plan. Ask \
    its author for a link made with Share, or edit a copy.";

/// The message when a step is not the last one.
const NOT_THE_LAST: &str = "There were other changes since, so this one can't be undone alone. Press Ctrl+Z to \
    undo them one by one.";

/// The message when a fix no longer applies to the document.
const NO_LONGER_NEEDED: &str = "This repair is no longer needed.";

/// The outcome of a change, apart from the new document.
#[derive(Default)]
struct Outcome {
    /// What was done, in a sentence; empty if that is obvious.
    done: String,
    doubt: Option<String>,
    selected: Option<TaskId>,
}

/// Edits of tasks that follow from the plan alone. The plan of an import takes them too.
pub(super) struct Step {
    pub edits: Vec<Edit>,
    /// The label in the history.
    pub label: String,
    /// A doubt about a written value that is still accepted, in a sentence.
    pub doubt: Option<String>,
}

impl Step {
    /// The edits of a change. The error is a sentence that says why there are none.
    pub fn of(change: Change, plan: &Plan) -> Result<Step, String> {
        match change {
            Change::Remove(id) => {
                let label = format!("remove {id}");
                Ok(Step { edits: vec![Edit::RemoveTask(id)], label, doubt: None })
            }
            Change::Write { id, field, written } => Step::write(id, &field, &written, plan),
            Change::Guesses { task, keep } => Ok(Step::settle(task.as_ref(), keep, plan)),
            _ => Err("Open the plan first, then change this.".to_owned()),
        }
    }

    /// Writes a field of a task.
    fn write(id: TaskId, field: &str, written: &str, plan: &Plan) -> Result<Step, String> {
        let field = Field::from_name(field).ok_or("There is no such field.")?;
        let change = field.read(written)?;
        let doubt = doubt(&change, plan);
        let label = format!("change {} of {id}", field.name());
        Ok(Step { edits: vec![Edit::ChangeTask { id, change }], label, doubt })
    }

    /// Confirms or removes the guessed files of a task, or of all tasks. Finished tasks count too, so that no mark
    /// is left behind.
    fn settle(of: Option<&TaskId>, keep: bool, plan: &Plan) -> Step {
        let guessed = plan.tasks.iter().filter(|task| task.ownership == Ownership::Guessed);
        let meant = guessed.filter(|task| of.is_none_or(|id| task.id == *id));
        let edits = meant.flat_map(|task| {
            let change = |change| Edit::ChangeTask { id: task.id.clone(), change };
            let removal = (!keep).then(|| change(TaskChange::Owns(Vec::new())));
            removal.into_iter().chain([change(TaskChange::Ownership(Ownership::Declared))])
        });
        let does = if keep { "confirm" } else { "remove" };
        let whose = of.map_or(String::new(), |id| format!(" of {id}"));
        Step { edits: edits.collect(), label: format!("{does} the guessed files{whose}"), doubt: None }
    }
}

impl Session {
    /// Makes a change. The error is a sentence that says why there is nothing to change.
    pub(super) fn change(&mut self, change: Change) -> Result<Box<DocumentState>, String> {
        if let Change::Review(form) = &change {
            return self.review(form);
        }
        if let Change::Know(is_known) = change {
            let done = self.know(is_known)?;
            return Ok(Box::new(DocumentState { done, ..self.changed(false) }));
        }
        if self.shared.is_some() && change != Change::Keep {
            return Err("You are viewing a shared plan. Choose “Edit a copy” to change it.".to_owned());
        }
        if self.is_read_only {
            return Err(NEWER.to_owned());
        }
        if let Change::Run { act, form } = &change {
            return self.note_run(act, form);
        }
        let before = self.step;
        let (statuses, is_undo) = (self.statuses(), matches!(change, Change::Undo | Change::UndoStep(_)));
        let is_typing = matches!(change, Change::Type { .. });
        let is_step = !matches!(change, Change::Undo | Change::UndoStep(_) | Change::Redo);
        let mut outcome = Outcome::default();
        match change {
            Change::Type { text, joins } => self.replace("typing", self.document.typed(text), joins),
            Change::Become { content, label } => {
                let Ready { mut document, origin, said, .. } = self.document_of(content)?;
                (self.origin, outcome.done) = (origin, said);
                // The review stays with the rewritten plan.
                let id = &self.document.plan().id;
                if document.plan().id.is_empty() && !id.is_empty() {
                    let plan = Plan { id: id.clone(), ..document.plan().clone() };
                    document = Document::from_parts(plan, document.text);
                }
                self.replace(&label, document, false);
            }
            Change::Title(title) => self.edit(vec![Edit::SetTitle(title)], "rename the plan"),
            Change::Add => outcome.selected = Some(self.add()),
            Change::Remove(_) | Change::Write { .. } | Change::Guesses { .. } => {
                let Step { edits, label, doubt } = Step::of(change, self.document.plan())?;
                self.edit(edits, &label);
                outcome.doubt = doubt;
            }
            Change::Move { id, down } => self.move_by_one(id, down),
            Change::Repair { problem, fix } => outcome.done = self.repair(problem, fix)?,
            Change::Keep => self.shared = None,
            // Handled above: the first two are allowed even in read-only documents.
            Change::Review(_) | Change::Know(_) | Change::Run { .. } => {}
            Change::Improve(number) => outcome.done = self.improve_by(number)?,
            Change::Agents(count) => outcome.done = self.allow(count),
            Change::UndoStep(step) if step != self.step => return Err(NOT_THE_LAST.to_owned()),
            Change::Undo | Change::UndoStep(_) => {
                let reached = self.history.undo(&self.document);
                outcome.done = self.walk(reached, "Undone", "There is nothing to undo.")?;
            }
            Change::Redo => {
                let reached = self.history.redo(&self.document);
                outcome.done = self.walk(reached, "Redone", "There is nothing to redo.")?;
            }
        }
        self.follow_plan();
        self.note_statuses(&statuses, is_undo);
        if !is_typing {
            self.run_is_due();
        }
        let Outcome { done, doubt, selected } = outcome;
        let is_step = is_step && self.step != before;
        Ok(Box::new(DocumentState { done, doubt, selected, is_step, ..self.changed(!is_typing) }))
    }

    fn replace(&mut self, label: &str, after: Document, joins: bool) {
        self.step += u32::from(self.history.record(label, &self.document, &after, joins));
        self.document = after;
    }

    pub(super) fn edit(&mut self, edits: Vec<Edit>, label: &str) {
        self.replace(label, self.document.edited(edits), false);
    }

    /// Gives the plan an id if it has none, to associate statements with their plan. The text looks the same,
    /// so this is not a step of the history.
    pub(super) fn give_id(&mut self) -> Result<(), String> {
        if !self.document.plan().id.is_empty() {
            return Ok(());
        }
        if self.shared.is_some() {
            return Err(WITHOUT_ID.to_owned());
        }
        let id = Digest::from_bytes(self.ambient.entropy).to_string();
        let plan = Plan { id, ..self.document.plan().clone() };
        self.document = Document::from_parts(plan, self.document.text.clone());
        self.follow_plan();
        Ok(())
    }

    /// Appends a task without a title: the page leaves the focus where it is written.
    fn add(&mut self) -> TaskId {
        let plan = self.document.plan();
        let id = unused_id(plan);
        let group = plan.tasks.last().map(|task| task.group.clone()).unwrap_or_default();
        let task = Task { id: id.clone(), group, ..Task::default() };
        let at = plan.tasks.len();
        self.edit(vec![Edit::InsertTask { at, task: Box::new(task) }], &format!("add {id}"));
        id
    }

    /// Moves a task by one place; does nothing at the ends.
    fn move_by_one(&mut self, id: TaskId, down: bool) {
        let plan = self.document.plan();
        let Some(from) = plan.position(&id) else { return };
        let to = if down { (from + 1).min(plan.tasks.len() - 1) } else { from.saturating_sub(1) };
        if to != from {
            let label = format!("move {id}");
            self.edit(vec![Edit::MoveTask { id, to }], &label);
        }
    }

    fn repair(&mut self, problem: usize, fix: usize) -> Result<String, String> {
        let found = self.drawn.report.diagnostics.get(problem).ok_or(NO_LONGER_NEEDED)?;
        let Fix { title, edits } = found.fixes.get(fix).cloned().ok_or(NO_LONGER_NEEDED)?;
        match edits {
            Edits::Plan(edits) => self.edit(edits, &title),
            Edits::Text(replacements) => {
                // The text may have changed since the problem was shown. If parsing finds the same problem in
                // the same place, the fix still applies.
                let is_current = self.document.parsed.problems.contains(found);
                let text = replaced(&self.document.text, &replacements).filter(|_| is_current);
                self.replace(&title, self.document.typed(text.ok_or(NO_LONGER_NEEDED)?), false);
            }
        }
        Ok([&title, "."].concat())
    }

    /// Applies a suggestion for the whole plan.
    fn improve_by(&mut self, number: usize) -> Result<String, String> {
        let offered = self.search.searched.improvements.get(number).cloned();
        let offered = offered.ok_or("This change is no longer offered.")?;
        self.edit(offered.edits, &offered.title);
        Ok([&offered.title, "."].concat())
    }

    /// Sets the number of tasks that may run at the same time, at least one.
    fn allow(&mut self, count: u32) -> String {
        let count = count.max(1);
        let settings = self.document.plan().settings.clone();
        let words = format!("at most {count} at once");
        self.edit(vec![Edit::SetSettings(Settings { max_parallel: count, ..settings })], &words);
        format!("At most {count} tasks at once.")
    }

    fn walk(
        &mut self,
        reached: Option<(Document, String)>,
        done: &str,
        nothing: &str,
    ) -> Result<String, String> {
        let (document, label) = reached.ok_or(nothing)?;
        self.document = document;
        self.step += 1;
        Ok(format!("{done}: {label}."))
    }
}

/// The id after the highest of the form `T12`.
fn unused_id(plan: &Plan) -> TaskId {
    let numbers =
        plan.tasks.iter().filter_map(|task| task.id.as_str().strip_prefix('T')?.parse::<u32>().ok());
    TaskId(format!("T{}", numbers.max().unwrap_or(0).saturating_add(1)))
}

/// A doubt about a value that is still accepted, in a sentence.
fn doubt(change: &TaskChange, plan: &Plan) -> Option<String> {
    match change {
        TaskChange::Owns(patterns) | TaskChange::Reads(patterns) => patterns.iter().find_map(|pattern| {
            let (_, errors) = FileSet::parse(std::slice::from_ref(pattern));
            let error = &errors.first()?.error;
            Some(format!("`{pattern}` can't be read: {}", error.message))
        }),
        TaskChange::After(ids) => {
            let unknown = ids.iter().find(|id| plan.task(id).is_none())?;
            Some(format!("There is no task {unknown}."))
        }
        _ => None,
    }
}
