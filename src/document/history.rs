//! Undo and redo, as patches of the text.
//!
//! A step also has the ids that the text may lack: those of tasks written without one, and that of the plan.
//! Everything else is in the text.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Document, TextPatch};
use crate::plan::{Plan, TaskId};
use crate::text;

/// The most steps in the history.
pub const MAX_STEPS: usize = 300;
/// The most bytes of text in all steps together. The newest step is never dropped.
pub const MAX_BYTES: usize = 8 << 20;

/// One undo or redo step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The name of the change, for menus: "Undo typing".
    pub label: String,
    /// The patch from the current text to the text after the step.
    pub patch: TextPatch,
    /// The change from the current ids to those after the step; `None` in a step from an earlier version,
    /// which didn't store them.
    pub ids: Option<Ids>,
}

/// A change of the ids of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ids {
    /// The new id of the plan, if it changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan: Option<String>,
    /// The number of tasks at the start and at the end whose ids don't change.
    kept: (usize, usize),
    /// The ids of the tasks in between.
    between: Vec<TaskId>,
}

/// The ids of a plan.
struct Names<'a> {
    plan: &'a str,
    tasks: Vec<&'a TaskId>,
}

impl Names<'_> {
    fn of(plan: &Plan) -> Names<'_> {
        Names { plan: &plan.id, tasks: plan.tasks.iter().map(|task| &task.id).collect() }
    }

    /// The plan with these ids; `None` if the number of tasks differs.
    fn put_into(self, mut plan: Plan) -> Option<Plan> {
        if self.tasks.len() != plan.tasks.len() {
            return None;
        }
        for (task, id) in plan.tasks.iter_mut().zip(self.tasks) {
            task.id.clone_from(id);
        }
        plan.id = self.plan.to_owned();
        Some(plan)
    }
}

impl Ids {
    /// The change from the ids of one plan to those of another. Linear in the number of tasks.
    fn between(from: &Names, to: &Names) -> Ids {
        let same = |pair: &(&&TaskId, &&TaskId)| pair.0 == pair.1;
        let start = from.tasks.iter().zip(&to.tasks).take_while(same).count();
        let (old, new) = (&from.tasks[start..], &to.tasks[start..]);
        let end = old.iter().rev().zip(new.iter().rev()).take_while(same).count();
        let between = new[..new.len() - end].iter().map(|id| (*id).clone()).collect();
        let plan = (from.plan != to.plan).then(|| to.plan.to_owned());
        Ids { plan, kept: (start, end), between }
    }

    /// The ids after the change; `None` if the change doesn't fit these ids.
    fn lead<'a>(&'a self, from: &Names<'a>) -> Option<Names<'a>> {
        let (start, end) = self.kept;
        let behind = from.tasks.len().checked_sub(end).filter(|behind| start <= *behind)?;
        let (before, after) = (&from.tasks[..start], &from.tasks[behind..]);
        let tasks = before.iter().copied().chain(&self.between).chain(after.iter().copied()).collect();
        Some(Names { plan: self.plan.as_deref().unwrap_or(from.plan), tasks })
    }

    /// Memory size in bytes.
    fn size(&self) -> usize {
        self.between.iter().map(|id| id.as_str().len() + size_of::<TaskId>()).sum()
    }
}

impl Step {
    fn size(&self) -> usize {
        self.patch.size() + self.ids.as_ref().map_or(0, Ids::size)
    }
}

/// The undo and redo steps. The last step of each list is the next one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    /// Undo steps.
    pub undo: VecDeque<Step>,
    /// Redo steps.
    pub redo: Vec<Step>,
}

impl History {
    /// Records that `before` became `after`. With `joins`, typing that continues where the last step ended
    /// becomes part of that step. Clears the redo steps. Returns whether anything changed.
    pub fn record(&mut self, label: &str, before: &Document, after: &Document, joins: bool) -> bool {
        let step = step_between(label, after, before);
        if step.patch.is_empty() && before.plan() == after.plan() {
            return false;
        }
        self.redo.clear();
        if joins && let Some(last) = self.undo.back_mut() {
            // Steps lead backwards, so they are inverted to join them in the order they were made.
            if let Some(both) = last.patch.inverse().joined(&step.patch.inverse()) {
                last.patch = both.inverse();
                let now = Names::of(before.plan());
                let first = last.ids.as_ref().and_then(|ids| ids.lead(&now));
                last.ids = first.map(|first| Ids::between(&Names::of(after.plan()), &first));
                return true;
            }
        }
        self.undo.push_back(step);
        self.trim(MAX_STEPS, MAX_BYTES);
        true
    }

    /// The document one step back, and the name of that step.
    pub fn undo(&mut self, document: &Document) -> Option<(Document, String)> {
        let step = self.undo.pop_back()?;
        let (before, back) = walk(document, step)?;
        let label = back.label.clone();
        self.redo.push(back);
        Some((before, label))
    }

    /// The document one step forward, and the name of that step.
    pub fn redo(&mut self, document: &Document) -> Option<(Document, String)> {
        let step = self.redo.pop()?;
        let (after, back) = walk(document, step)?;
        let label = back.label.clone();
        self.undo.push_back(back);
        Some((after, label))
    }

    /// Drops the oldest steps beyond these limits, but never the newest.
    pub fn trim(&mut self, steps: usize, bytes: usize) {
        let mut size: usize = self.undo.iter().map(Step::size).sum();
        while self.undo.len() > 1 && (self.undo.len() > steps || size > bytes) {
            size -= self.undo.pop_front().map_or(0, |step| step.size());
        }
    }
}

/// The step that leads from one document to another.
fn step_between(label: &str, from: &Document, to: &Document) -> Step {
    let ids = Some(Ids::between(&Names::of(from.plan()), &Names::of(to.plan())));
    Step { label: label.to_owned(), patch: TextPatch::between(&from.text, &to.text), ids }
}

/// Applies a step. Also returns the inverse step. `None` if the step doesn't fit the text.
fn walk(document: &Document, step: Step) -> Option<(Document, Step)> {
    let text = step.patch.apply(&document.text)?;
    let names = step.ids.as_ref().and_then(|ids| ids.lead(&Names::of(document.plan())));
    let known = names.and_then(|names| names.put_into(text::parse(&text).plan));
    let parsed = text::parse_onto(known.as_ref().unwrap_or(document.plan()), &text);
    let reached = Document { text, parsed };
    let back = step_between(&step.label, &reached, document);
    Some((reached, back))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::record;

    /// Changes text to text as pasting does, undoes all and redoes all, and compares the ids after each step:
    /// that of the plan, a colon, and those of the tasks.
    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let ids = |document: &Document| {
            let names: Vec<&str> = document.plan().tasks.iter().map(|task| task.id.as_str()).collect();
            format!("{}: {}", document.plan().id, names.join(" "))
        };
        let mut document = Document::from_text(texts[0].to_owned());
        let mut history = History::default();
        let mut there = vec![ids(&document)];
        for text in &texts[1..] {
            let after = Document::from_text((*text).to_owned());
            history.record("paste", &document, &after, false);
            there.push(ids(&after));
            document = after;
        }
        assert_eq!(there, expected);
        (document, history) = record::read(&record::write(&document, &history)).expect("it was written here");
        for expected in there.iter().rev().skip(1) {
            (document, _) = history.undo(&document).expect("there is a step");
            assert_eq!(ids(&document), *expected);
        }
        for expected in &there[1..] {
            (document, _) = history.redo(&document).expect("there is a step");
            assert_eq!(ids(&document), *expected);
        }
    }

    #[test]
    fn a_plan_gets_back_the_id_that_its_text_does_not_say() {
        check(&["- T1 One", "> @id(k3)\n- T1 One"], &[": T1", "k3: T1"]);
    }

    #[test]
    fn tasks_get_back_the_ids_that_were_never_written() {
        check(&["- One\n- T1 Two", "- T3 Old\n- T2 Two", "- New\n- Two"], &[": T2 T1", ": T3 T2", ": T1 T2"]);
    }

    #[test]
    fn joined_typing_is_taken_back_to_the_ids_before_its_first_letter() {
        let texts = ["- A\n- A\n", "- A\n-\n- A\n", "- A\n- \n- A\n", "- A\n- A\n- A\n"];
        let mut documents = vec![Document::from_text(texts[0].to_owned())];
        let mut history = History::default();
        for text in &texts[1..] {
            let after = documents[documents.len() - 1].typed((*text).to_owned());
            history.record("typing", &documents[documents.len() - 1], &after, true);
            documents.push(after);
        }
        let mut document = documents.pop().expect("there are four");
        let last = document.clone();
        while let Some((before, _)) = history.undo(&document) {
            assert!(documents.contains(&before), "{:?} {:?}", before.text, before.plan());
            document = before;
        }
        assert_eq!(document, documents[0]);
        while let Some((after, _)) = history.redo(&document) {
            document = after;
        }
        assert_eq!(document, last);
    }

    #[test]
    fn steps_of_earlier_programs_are_taken_without_their_ids() {
        let record = r#"{"form":2,"text":"- T1 Two","plan":"- T1 Two","undo":[{"label":"typing","at":5,"removed":"Two","inserted":"One","returning":""}],"redo":[]}"#;
        let (document, mut history) = record::read(record).expect("the form is known");
        let (before, label) = history.undo(&document).expect("there is a step");
        assert_eq!((before.text.as_str(), label.as_str()), ("- T1 One", "typing"));
    }
}
