//! Undo and redo, as patches of the text.
//!
//! A step also keeps the tasks it took away, because the text does not hold everything: unknown fields of a file, and ids
//! that were never written.

use std::collections::VecDeque;

use rustc_hash::FxHashSet;

use super::{Document, TextPatch};
use crate::plan::Task;
use crate::text;

/// How many steps are kept.
pub const MAX_STEPS: usize = 300;
/// How many bytes of text all steps together may keep; the newest step is kept whatever its size.
pub const MAX_BYTES: usize = 8 << 20;

/// One step back or forth.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What was done, as a menu says it: "Undo typing".
    pub label: String,
    /// Leads from the text as it is to the text as it will be.
    pub patch: TextPatch,
    /// Tasks that the plan as it is has not, and the plan as it will be has.
    pub returning: Vec<Task>,
}

/// What can be undone and redone. The last step of each list is the next one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Steps back.
    pub undo: VecDeque<Step>,
    /// Steps forth.
    pub redo: Vec<Step>,
}

impl History {
    /// Notes that `before` became `after`. With `joins`, typing that goes on where the last step ended becomes part of
    /// that step. Nothing can be redone afterwards.
    pub fn record(&mut self, label: &str, before: &Document, after: &Document, joins: bool) {
        let step = step_between(label, after, before);
        if step.patch.is_empty() && step.returning.is_empty() && before.plan() == after.plan() {
            return;
        }
        self.redo.clear();
        if joins && let Some(last) = self.undo.back_mut() {
            // Steps lead backwards, so they are turned round to be joined in the order they were made.
            if let Some(both) = last.patch.inverse().joined(&step.patch.inverse()) {
                last.patch = both.inverse();
                last.returning.extend(step.returning);
                return;
            }
        }
        self.undo.push_back(step);
        self.trim(MAX_STEPS, MAX_BYTES);
    }

    /// The document one step back, and what that step was called.
    pub fn undo(&mut self, document: &Document) -> Option<(Document, String)> {
        let step = self.undo.pop_back()?;
        let (before, back) = walk(document, step)?;
        let label = back.label.clone();
        self.redo.push(back);
        Some((before, label))
    }

    /// The document one step forth, and what that step was called.
    pub fn redo(&mut self, document: &Document) -> Option<(Document, String)> {
        let step = self.redo.pop()?;
        let (after, back) = walk(document, step)?;
        let label = back.label.clone();
        self.undo.push_back(back);
        Some((after, label))
    }

    /// Forgets the oldest steps beyond these limits; the newest is always kept.
    pub fn trim(&mut self, steps: usize, bytes: usize) {
        let mut size: usize = self.undo.iter().map(|step| step.patch.size()).sum();
        while self.undo.len() > 1 && (self.undo.len() > steps || size > bytes) {
            size -= self.undo.pop_front().map_or(0, |step| step.patch.size());
        }
    }
}

/// The step that leads from one document to another.
fn step_between(label: &str, from: &Document, to: &Document) -> Step {
    let here: FxHashSet<_> = from.plan().tasks.iter().map(|task| &task.id).collect();
    let returning = to.plan().tasks.iter().filter(|task| !here.contains(&task.id)).cloned().collect();
    Step { label: label.to_owned(), patch: TextPatch::between(&from.text, &to.text), returning }
}

/// Takes a step; also gives the step that leads back. `None` if the text is not the one the step was made for.
fn walk(document: &Document, step: Step) -> Option<(Document, Step)> {
    let text = step.patch.apply(&document.text)?;
    let mut known = document.plan().clone();
    known.tasks.extend(step.returning);
    let parsed = text::parse_onto(&known, &text);
    let reached = Document { text, parsed };
    let back = step_between(&step.label, &reached, document);
    Some((reached, back))
}
