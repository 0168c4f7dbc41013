//! The run of the open plan: what happened, and notes about it.
//!
//! The log of a run is beside the document, like a review, and nothing is ever taken out of it. The statuses in the
//! plan follow from it: a note changes the plan as one step through the one door, and a status that is changed
//! in another way (typed, undone, repaired) is noted. So log and plan agree about every task the log speaks of.

mod acts;
mod happened;
#[cfg(test)]
mod tests;

use super::Session;
use crate::events::Entry;
use crate::export::troubles::Trouble;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Plan, Status, TaskId};
use crate::protocol::DocumentState;
use crate::review::revision::content_of;
use crate::run::ForeignFile;
use crate::run::log::{Event, Factor, LocalLog, Log, Outlook, RunState, corrections, factors, new_estimates};
use crate::run::pasted::{News, Pasted};
use crate::schedule::{Budget, Previous};
use crate::view::now::RunView;

/// The author of what is noted by somebody who has given no name.
const NAMELESS: &str = "somebody";
/// A status that is typed within this time of another one replaces it, in seconds.
const SLIP: u64 = 60;
/// The most files looked up for tasks that need them.
const MOST_FOREIGN: usize = 6;

/// The run of the open plan.
#[derive(Debug, Default)]
pub(super) struct Run {
    log: LocalLog,
    /// What the log says.
    state: RunState,
    /// Whether what is stored of it was taken in.
    is_loaded: bool,
    /// Why it can't be stored.
    fault: Option<String>,
    outlook: Option<Outlook>,
    factors: Vec<Factor>,
    new_estimates: usize,
    foreign: Vec<ForeignFile>,
    /// The tasks of the plan that the fields above are about, whose positions they hold.
    tasks: Vec<TaskId>,
    /// Whether they have to be found again.
    is_due: bool,
    /// What was read last and is not confirmed.
    pasted: Option<Pasted>,
    troubles: Vec<&'static Trouble>,
}

/// The status of each task.
pub(super) type Statuses = Vec<(TaskId, Status)>;

impl Run {
    /// The run of the plan with this id, with nothing of it known yet.
    pub fn of(plan: &str) -> Run {
        Run { log: LocalLog::of(plan), ..Run::default() }
    }

    /// Everything that happened.
    pub fn log(&self) -> &Log {
        self.log.log()
    }

    /// What it says.
    pub fn state(&self) -> &RunState {
        &self.state
    }

    fn derive(&mut self) {
        self.state = RunState::of(&self.log.heard());
    }
}

impl Session {
    /// Whether something was noted about a run of the open plan, so that time changes what is shown.
    pub fn has_run(&self) -> bool {
        self.run.state.began.is_some()
    }

    /// Takes in what is stored of the run of a plan, unless another one is open by now. Returns the new state of
    /// the document, if it has changed.
    pub fn take_stored_run(&mut self, plan: &str, entries: &[Entry]) -> Option<DocumentState> {
        if self.run.log().plan() != plan {
            return None;
        }
        let is_first = !std::mem::replace(&mut self.run.is_loaded, true);
        self.run.log.take_stored(entries);
        self.run.derive();
        if self.run.log().is_empty() || self.is_only_shown() {
            return None;
        }
        let step = self.step;
        if is_first && !self.is_stored {
            // A file may have been marked elsewhere since this device heard of its run.
            let said: Statuses =
                self.run.state.tasks.iter().filter_map(|(id, run)| Some((id.clone(), run.status?))).collect();
            self.note_statuses(&said, false);
        } else {
            self.follow_log();
        }
        self.refresh_run();
        self.run.is_due = true;
        let has_changed = self.step != step;
        has_changed.then(|| DocumentState { is_step: true, ..self.changed(true) })
    }

    /// Takes the entries that are not stored yet, so that each is returned only once.
    pub fn take_unsaved_run(&mut self) -> Vec<Entry> {
        self.run.log.take_unsaved()
    }

    /// Sets the reason why the log can't be stored; `None` if it can.
    pub fn set_run_fault(&mut self, fault: Option<String>) {
        self.run.fault = fault;
    }

    /// Brings what follows from the time and the shown plan up to date. Takes a few schedules.
    pub fn refresh_run(&mut self) {
        let report = &self.drawn.report;
        let (plan, state, budget) = (&report.plan, &self.run.state, Budget::default());
        if self.run.log.log().is_empty() || !self.drawn.is_of(self.opening) {
            (self.run.outlook, self.run.is_due) = (None, true);
            self.run.foreign.clear();
            return;
        }
        let previous = Previous::of(plan, &report.schedule);
        let factors = factors(plan, state);
        let new = new_estimates(plan, &factors).len();
        let outlook = Outlook::of(plan, state, self.ambient.now, &previous, &budget);
        let foreign = needed(state, plan)
            .into_iter()
            .filter_map(|(task, path)| ForeignFile::of(report, plan.position(task)?, path, &budget))
            .filter(|found| !found.is_settled(report))
            .take(MOST_FOREIGN)
            .collect();
        let tasks = plan.tasks.iter().map(|task| task.id.clone()).collect();
        let run = &mut self.run;
        (run.outlook, run.foreign, run.tasks) = (outlook, foreign, tasks);
        (run.factors, run.new_estimates, run.is_due) = (factors, new, false);
    }

    /// The same, unless it follows from the shown plan that nothing has changed but words: typing does not wait for
    /// it.
    pub(super) fn refresh_run_if_due(&mut self) {
        let shown = self.drawn.report.plan.tasks.iter().map(|task| &task.id);
        if self.run.is_due || !shown.eq(&self.run.tasks) {
            self.refresh_run();
        }
    }

    /// Notes that the plan has changed, so that what follows for the run has to be found again.
    pub(super) fn run_is_due(&mut self) {
        self.run.is_due = true;
    }

    /// What is shown of the run.
    pub(super) fn run_view(&self) -> RunView<'_> {
        let run = &self.run;
        RunView {
            state: &run.state,
            outlook: run.outlook.as_ref(),
            now: self.ambient.now,
            minutes_ahead: self.ambient.minutes_ahead,
            factors: &run.factors,
            new_estimates: run.new_estimates,
            foreign: &run.foreign,
            pasted: run.pasted.as_ref(),
            troubles: &run.troubles,
            fault: run.fault.as_deref(),
            can_mark: !self.is_only_shown(),
        }
    }

    /// The statuses before a change, if it has to be noted afterwards.
    pub(super) fn statuses(&self) -> Statuses {
        match self.run.log().is_empty() {
            true => Vec::new(),
            false => statuses(self.document.plan()),
        }
    }

    /// Notes which statuses a change has changed. What an undo takes back is withdrawn, and so is a slip.
    pub(super) fn note_statuses(&mut self, before: &[(TaskId, Status)], is_undo: bool) {
        let now = self.ambient.now;
        let is_mistake = |event: &Event| is_undo || now.saturating_sub(event.statement.time) <= SLIP;
        let mut bodies = Vec::new();
        for (id, from) in before {
            let Some(to) = self.document.plan().task(id).map(|task| task.status) else { continue };
            if *from != to {
                bodies.extend(corrections(self.run.log(), id, *from, to, is_mistake));
            }
        }
        if !bodies.is_empty() {
            // An event is refused only if the log is full; then the plan alone tells.
            let _ = self.add_news(bodies.into_iter().map(|body| News { time: None, body }).collect());
        }
    }

    /// Adds events, and says why the first one is refused of which that is so.
    fn add_news(&mut self, news: Vec<News>) -> Result<(), String> {
        let revision = content_of(self.document.plan());
        let author = if self.review_name().is_empty() { NAMELESS } else { self.review_name() }.to_owned();
        let mut refused = None;
        for News { time, body } in news {
            let time = time.unwrap_or(self.ambient.now);
            if let Err(why) = self.run.log.record(revision, &author, time, body) {
                refused = refused.or(Some(format!("This can't be noted: the event {why}.")));
            }
        }
        self.run.derive();
        self.run.is_due = true;
        refused.map_or(Ok(()), Err)
    }

    /// The edits after which the plan has the statuses that the log says.
    fn edits_of_log(&self) -> Vec<Edit> {
        let plan = self.document.plan();
        let edit = |task: &crate::plan::Task| {
            let status = self.run.state.task(&task.id)?.status.filter(|status| *status != task.status)?;
            Some(Edit::ChangeTask { id: task.id.clone(), change: TaskChange::Status(status) })
        };
        plan.tasks.iter().filter_map(edit).collect()
    }

    /// Brings the plan to the statuses that the log says.
    fn follow_log(&mut self) {
        let edits = self.edits_of_log();
        if !edits.is_empty() {
            self.edit(edits, "what was noted elsewhere");
        }
    }

    /// Adds events of a run that somebody sent, and follows them. Returns how many were new and known.
    pub(super) fn receive_run(&mut self, events: Vec<Event>) -> (usize, usize, Vec<String>) {
        let (mut new, mut known, mut refused) = (0, 0, Vec::new());
        for event in events {
            match self.run.log.add(event) {
                crate::events::Added::New => new += 1,
                crate::events::Added::Known => known += 1,
                crate::events::Added::Refused(why) => refused.push(format!("An event of a run {why}.")),
            }
        }
        if new > 0 {
            self.run.derive();
            self.follow_log();
        }
        (new, known, refused)
    }
}

fn statuses(plan: &Plan) -> Statuses {
    plan.tasks.iter().map(|task| (task.id.clone(), task.status)).collect()
}

/// The files that open tasks were denied, each once.
fn needed<'a>(state: &'a RunState, plan: &Plan) -> Vec<(&'a TaskId, &'a str)> {
    let mut needed: Vec<(&TaskId, &str)> = Vec::new();
    for (id, run) in &state.tasks {
        let is_open = plan.task(id).is_some_and(|task| task.status.is_open());
        for denial in run.denials.iter().filter(|_| is_open) {
            if !needed.contains(&(id, denial.path.as_str())) {
                needed.push((id, denial.path.as_str()));
            }
        }
    }
    needed
}
