//! Comparing the open plan with another one.

use super::import::review_in;
use super::{Session, shared};
use crate::compare::beside;
use crate::import;
use crate::library::archive;
use crate::plan::Plan;
use crate::protocol::{Answer, Compare};
use crate::schedule::Budget;
use crate::view::compare::changes::Changes;

impl Session {
    /// Begins a comparison, turns it round, or ends it. Documents on the device are brought by whoever holds the session:
    /// see [`Session::compare_with`].
    pub(super) fn compare(&mut self, compare: Compare) -> Answer {
        match compare {
            Compare::Given { bytes, name } => match read(&bytes, name.as_deref()) {
                Ok((name, plan)) => self.compare_with(name, plan),
                Err(message) => Answer::Done(Err(message)),
            },
            Compare::Swap => {
                if let Some(changes) = &mut self.drawn.changes {
                    changes.is_swapped = !changes.is_swapped;
                }
                self.compare_anew()
            }
            Compare::End => {
                self.drawn.changes = None;
                self.compare_anew()
            }
            Compare::Document(_) | Compare::Version { .. } | Compare::Revision(_) => {
                Answer::Done(Err("There is no storage here.".to_owned()))
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

    /// Brings the comparison up to what is drawn.
    fn compare_anew(&mut self) -> Answer {
        let changes = self.drawn.changes.take();
        self.drawn.compare(changes);
        Answer::Planned(Box::new(self.planned()))
    }
}

/// The plan in a link, in a message with a link, or in any file that can be imported; with what to call it.
fn read(bytes: &[u8], name: Option<&str>) -> Result<(String, Plan), String> {
    if archive::read(bytes).is_some() {
        return Err("This file holds several plans. Open it, and compare with one of them.".to_owned());
    }
    let called = |plan: &Plan, what: &str| match (name, plan.title.trim()) {
        (Some(name), _) => name.to_owned(),
        (None, "") => what.to_owned(),
        (None, title) => format!("{what} “{title}”"),
    };
    match shared::read(bytes) {
        Some(Ok(opened)) => Ok((called(&opened.plan, "the plan in the link"), opened.plan)),
        Some(Err(message)) => Err(message),
        None if review_in(bytes).is_some() => {
            Err("This is what people say about a plan, and no plan. Add it in Review.".to_owned())
        }
        None => {
            let plan = import::import(bytes, name).map_err(|error| error.message)?.plan;
            if plan.tasks.is_empty() {
                return Err("There is no task in this text. Paste a link, plan text or JSON.".to_owned());
            }
            Ok((called(&plan, "the pasted plan"), plan))
        }
    }
}
