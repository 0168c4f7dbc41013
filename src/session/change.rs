//! Changes of the open document.

use super::Session;
use crate::TaskId;
use crate::document::Document;
use crate::document::field::TaskField;
use crate::plan::{Edit, Plan, Settings, Task};
use crate::protocol::{Change, Changed};

/// What is told of changes to a document of a newer program.
const NEWER: &str = "A newer version of phaseplan stored this plan, so it can't be changed here. Reload the page to get that \
    version.";

/// What a change came to, besides the document that it left.
#[derive(Default)]
struct Outcome {
    /// What was done, to be told; empty for nothing that is worth it.
    done: String,
    doubt: Option<String>,
    selected: Option<TaskId>,
}

impl Session {
    /// Makes a change; a sentence if there is nothing to change.
    pub(super) fn change(&mut self, change: Change) -> Result<Box<Changed>, String> {
        if let Change::Review(form) = &change {
            return self.review(form);
        }
        if self.shared.is_some() && change != Change::Keep {
            return Err(
                "This plan came in a link and is only shown. Choose “Edit a copy” to change it.".to_owned()
            );
        }
        if self.is_read_only {
            return Err(NEWER.to_owned());
        }
        let is_typing = matches!(change, Change::Type { .. });
        let mut outcome = Outcome::default();
        match change {
            Change::Type { text, joins } => self.replace("typing", self.document.typed(text), joins),
            Change::Become { content, label } => {
                let (mut document, _) = self.document_of(content);
                // What was said stays with the plan that is written anew.
                let id = &self.document.plan().id;
                if document.plan().id.is_empty() && !id.is_empty() {
                    let plan = Plan { id: id.clone(), ..document.plan().clone() };
                    document = Document::from_parts(plan, document.text);
                }
                self.replace(&label, document, false);
            }
            Change::Title(title) => self.edit(vec![Edit::SetTitle(title)], "rename the plan"),
            Change::Add => outcome.selected = Some(self.add()),
            Change::Remove(id) => {
                let label = format!("remove {id}");
                self.edit(vec![Edit::RemoveTask(id)], &label);
            }
            Change::Move { id, down } => self.move_by_one(id, down),
            Change::Write { id, field, written } => outcome.doubt = self.write(id, &field, &written)?,
            Change::Repair { problem, fix } => outcome.done = self.repair(problem, fix)?,
            Change::Keep => self.shared = None,
            // Answered above, since it is allowed where nothing can be changed.
            Change::Review(_) => {}
            Change::Improve(number) => outcome.done = self.improve_by(number)?,
            Change::Agents(count) => outcome.done = self.allow(count),
            Change::Undo => {
                let reached = self.history.undo(&self.document);
                outcome.done = self.walk(reached, "Undone", "There is nothing to undo.")?;
            }
            Change::Redo => {
                let reached = self.history.redo(&self.document);
                outcome.done = self.walk(reached, "Redone", "There is nothing to redo.")?;
            }
        }
        self.follow_plan();
        let Outcome { done, doubt, selected } = outcome;
        Ok(Box::new(Changed { done, doubt, selected, ..self.changed(!is_typing) }))
    }

    fn replace(&mut self, label: &str, after: Document, joins: bool) {
        self.history.record(label, &self.document, &after, joins);
        self.document = after;
    }

    pub(super) fn edit(&mut self, edits: Vec<Edit>, label: &str) {
        self.replace(label, self.document.edited(edits), false);
    }

    /// Puts an empty task at the end.
    fn add(&mut self) -> TaskId {
        let plan = self.document.plan();
        let id = unused_id(plan);
        let group = plan.tasks.last().map(|task| task.group.clone()).unwrap_or_default();
        let task = Task { id: id.clone(), title: "New task".to_owned(), group, ..Task::default() };
        let at = plan.tasks.len();
        self.edit(vec![Edit::InsertTask { at, task: Box::new(task) }], &format!("add {id}"));
        id
    }

    /// Moves a task among its neighbours; nothing happens at the ends.
    fn move_by_one(&mut self, id: TaskId, down: bool) {
        let plan = self.document.plan();
        let Some(from) = plan.position(&id) else { return };
        let to = if down { (from + 1).min(plan.tasks.len() - 1) } else { from.saturating_sub(1) };
        if to != from {
            let label = format!("move {id}");
            self.edit(vec![Edit::MoveTask { id, to }], &label);
        }
    }

    /// Writes a field of a task; gives what is doubtful about it, or fails with why it can't be read.
    fn write(&mut self, id: TaskId, field: &str, written: &str) -> Result<Option<String>, String> {
        let field = TaskField::from_name(field).ok_or("There is no such field.")?;
        let change = field.read(written)?;
        let doubt = field.doubt(&change, self.document.plan());
        let label = format!("change {} of {id}", field.name());
        self.edit(vec![Edit::ChangeTask { id, change }], &label);
        Ok(doubt)
    }

    fn repair(&mut self, problem: usize, fix: usize) -> Result<String, String> {
        let found = self.drawn.report.analysis.diagnostics.get(problem);
        let fix = found.and_then(|found| found.fixes.get(fix)).cloned();
        let fix = fix.ok_or("This repair is no longer needed.")?;
        self.edit(fix.edits, &fix.title);
        Ok([&fix.title, "."].concat())
    }

    /// Makes a change that was offered for the whole plan.
    fn improve_by(&mut self, number: usize) -> Result<String, String> {
        let offered = self.search.searched.improvements.get(number).cloned();
        let offered = offered.ok_or("This change is no longer offered.")?;
        self.edit(offered.edits, &offered.title);
        Ok([&offered.title, "."].concat())
    }

    /// Lets so many tasks run at the same time, but at least one.
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
        Ok(format!("{done}: {label}."))
    }
}

/// The id after the highest of the form `T12`.
fn unused_id(plan: &Plan) -> TaskId {
    let numbers =
        plan.tasks.iter().filter_map(|task| task.id.as_str().strip_prefix('T')?.parse::<u32>().ok());
    TaskId(format!("T{}", numbers.max().unwrap_or(0).saturating_add(1)))
}
