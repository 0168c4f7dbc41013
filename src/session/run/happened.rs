//! What somebody pastes about the run, and what they confirm of it.

use super::Session;
use crate::export::troubles;
use crate::plan::Edit;
use crate::protocol::Form;
use crate::run::pasted::{Context, News, Pasted, Proposal};
use crate::schedule::Budget;
use crate::share;

const GONE: &str = "This is no longer offered. Read the text again.";

impl Session {
    /// Reads a text, and holds what follows from it until it is confirmed. The log of a run is added at once.
    pub(super) fn read_happened(&mut self, form: &Form) -> Result<String, String> {
        let text = form.text.as_str();
        if text.trim().is_empty() {
            return Err("Paste something first.".to_owned());
        }
        if share::is_file(text) {
            return self.receive_log(text);
        }
        let budget = Budget::default();
        let context = Context {
            report: &self.drawn.report,
            state: &self.run.state,
            selected: form.task.as_ref(),
            now: self.ambient.now,
            budget: &budget,
        };
        let mut pasted = Pasted::read(text, &context);
        let troubles = troubles::recognised(text);
        if !troubles.is_empty() && pasted.proposals.is_empty() {
            pasted.taken_for = "Taken for something that goes wrong in runs.".to_owned();
            pasted.notes.clear();
        }
        (self.run.pasted, self.run.troubles) = (Some(pasted), troubles);
        Ok(String::new())
    }

    /// Adds the events in the lines of a log.
    fn receive_log(&mut self, text: &str) -> Result<String, String> {
        let brought = share::events_in(text);
        if brought.run.is_empty() {
            return Err("This is a review and not the log of a run. Add it under Review.".to_owned());
        }
        let own = self.run.log().plan();
        if own.is_empty() || brought.run.iter().all(|event| event.statement.plan != own) {
            return Err("This is the log of a run of another plan. Open that plan first.".to_owned());
        }
        let (new, known, refused) = self.receive_run(brought.run);
        let refused = refused.first().map_or(String::new(), |why| [" ", why].concat());
        Ok(format!("Log of a run: {new} new, {known} already here.{refused}"))
    }

    /// Confirms a proposal by its index, or everything that may have happened.
    pub(super) fn confirm(&mut self, number: &str) -> Result<String, String> {
        let mut pasted = self.run.pasted.clone().ok_or(GONE)?;
        let taken: Vec<Proposal> = match number.parse::<usize>() {
            Ok(number) if number < pasted.proposals.len() => vec![pasted.proposals.remove(number)],
            Ok(_) => return Err(GONE.to_owned()),
            Err(_) => pasted.proposals.extract_if(.., |one| !one.news.is_empty()).collect(),
        };
        let said = match &taken[..] {
            [one] => one.sentence.replace('`', ""),
            several => format!("{} noted.", crate::explain::counted(several.len(), "thing")),
        };
        let news: Vec<News> = taken.iter().flat_map(|one| one.news.clone()).collect();
        let edits: Vec<Edit> = taken.into_iter().flat_map(|one| one.edits).collect();
        self.run.pasted = Some(pasted).filter(|pasted| !pasted.proposals.is_empty());
        if self.run.pasted.is_none() {
            self.run.troubles.clear();
        }
        let label = if news.is_empty() { "a file for another task" } else { "what happened" };
        self.note(news, edits, label)?;
        Ok(said)
    }
}
