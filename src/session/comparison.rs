//! Comparing the open plan with another one.

use super::Session;
use crate::compare::beside;
use crate::incoming::{Incoming, Input};
use crate::plan::Plan;
use crate::protocol::{Answer, Comparison};
use crate::schedule::Budget;
use crate::view::compare::changes::Changes;

impl Session {
    /// Begins, swaps or ends a comparison. For stored plans see [`Session::compare_with`].
    pub(super) fn compare(&mut self, comparison: Comparison) -> Answer {
        match comparison {
            Comparison::With(input) => match read(&input) {
                Ok((name, plan)) => self.compare_with(name, plan),
                Err(message) => Answer::Done(Err(message)),
            },
            Comparison::Swap => {
                if let Some(changes) = &mut self.drawn.changes {
                    changes.is_swapped = !changes.is_swapped;
                }
                self.compare_anew()
            }
            Comparison::End => {
                self.drawn.changes = None;
                self.compare_anew()
            }
        }
    }

    /// Compares the open plan with this one, which is called `name` in sentences.
    pub fn compare_with(&mut self, name: String, plan: Plan) -> Answer {
        if !self.drawn.is_of(self.opening) || self.drawn.report.plan != *self.document.plan() {
            self.plan();
        }
        let report = beside(plan, &self.drawn.report, &Budget::default());
        self.drawn.changes = Some(Changes { with: name, other: report, ..Changes::default() });
        self.compare_anew()
    }

    /// Updates the comparison to the drawn plan.
    fn compare_anew(&mut self) -> Answer {
        let changes = self.drawn.changes.take();
        self.drawn.compare(changes);
        Answer::Planned(Box::new(self.planned()))
    }
}

/// The plan in an input, with a name for it.
fn read(input: &Input) -> Result<(String, Plan), String> {
    let (plan, what) = match input.read().map_err(|error| error.message)? {
        Incoming::Shared(opened) => (opened.plan, "the plan in the link"),
        Incoming::Plan(imported) if imported.plan.tasks.is_empty() => {
            return Err("There is no task in this text. Paste a link, plan text or JSON.".to_owned());
        }
        Incoming::Plan(imported) => (imported.plan, "the pasted plan"),
        Incoming::Reply(_) => {
            return Err("This is a reply to a review, not a plan. Add it in Review.".to_owned());
        }
        Incoming::Evidence(_) => {
            return Err("This is a list of files, not a plan to compare with.".to_owned());
        }
        Incoming::Archive(_) => {
            return Err("This file holds several plans. Open it, then compare with one of them.".to_owned());
        }
    };
    let name = match (input.name(), plan.title.trim()) {
        (Some(name), _) => name.to_owned(),
        (None, "") => what.to_owned(),
        (None, title) => format!("{what} “{title}”"),
    };
    Ok((name, plan))
}
