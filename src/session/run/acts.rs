//! What somebody notes about a run: see [`RunAct`].

use super::{Session, statuses};
use crate::explain::listed;
use crate::plan::{Edit, Kind, Status, Task, TaskId};
use crate::protocol::{DocumentState, Form};
use crate::run::log::{Body, factors, new_estimates};
use crate::run::pasted::News;
use crate::run::{ForeignFile, refusals};
use crate::schedule::Budget;
use crate::view::RunAct;

const NO_TASK: &str = "Select a task first.";
const GONE: &str = "This is no longer offered.";

impl Session {
    /// Notes something. The error is a sentence that says why nothing was noted.
    pub(in crate::session) fn note_run(
        &mut self,
        act: &str,
        form: &Form,
    ) -> Result<Box<DocumentState>, String> {
        let before = self.step;
        let done = match RunAct::from_name(act).ok_or(GONE)? {
            RunAct::Start => self.start(&self.meant(form)?)?,
            RunAct::Done => self.mark(&self.meant(form)?, Status::Done, "")?,
            RunAct::Failed => self.mark(&self.meant(form)?, Status::Failed, form.text.trim())?,
            RunAct::Release | RunAct::Reopen => self.mark(&self.meant(form)?, Status::Todo, "")?,
            RunAct::Answer => self.answer_gate(&self.meant(form)?, &form.value)?,
            RunAct::Read => self.read_happened(form)?,
            RunAct::Confirm => self.confirm(&form.value)?,
            RunAct::PutAway => {
                (self.run.pasted, self.run.troubles) = (None, Vec::new());
                String::new()
            }
            RunAct::Repair => self.repair_foreign(&form.value)?,
            RunAct::Estimate => self.estimate()?,
        };
        let is_step = self.step != before;
        match is_step {
            // When it is planned.
            true => self.run_is_due(),
            false => self.refresh_run(),
        }
        Ok(Box::new(DocumentState { done, is_step, is_same_plan: !is_step, ..self.changed(is_step) }))
    }

    /// The tasks that a form is about: one around it, or several in its value.
    fn meant(&self, form: &Form) -> Result<Vec<Task>, String> {
        let several = form.value.lines().map(TaskId::from);
        let ids: Vec<TaskId> = match &form.task {
            Some(id) => vec![id.clone()],
            None => several.collect(),
        };
        let plan = self.document.plan();
        let find =
            |id: &TaskId| plan.task(id).cloned().ok_or("The task is no longer in the plan.".to_owned());
        let tasks = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
        if tasks.is_empty() { Err(NO_TASK.to_owned()) } else { Ok(tasks) }
    }

    /// Adds events and brings the plan to what they say, with further edits, as one step.
    pub(super) fn note(&mut self, news: Vec<News>, edits: Vec<Edit>, label: &str) -> Result<(), String> {
        self.give_id()?;
        let outcome = self.add_news(news);
        let edits = [self.edits_of_log(), edits].concat();
        if !edits.is_empty() {
            let before = statuses(self.document.plan());
            self.edit(edits, label);
            let changed = before.into_iter().filter(|(id, _)| {
                let log = self.run.state.task(id).and_then(|run| run.status);
                self.document.plan().task(id).map(|task| task.status) != log
            });
            let changed: Vec<_> = changed.collect();
            self.note_statuses(&changed, false);
        }
        outcome
    }

    /// Notes that tasks are at work. Says what speaks against it, but facts are facts.
    fn start(&mut self, tasks: &[Task]) -> Result<String, String> {
        let against = self.against(tasks);
        let said = self.mark(tasks, Status::Running, "")?;
        Ok([said, against].concat())
    }

    fn against(&self, tasks: &[Task]) -> String {
        let report = &self.drawn.report;
        let selected: Vec<usize> = tasks.iter().filter_map(|task| report.plan.position(&task.id)).collect();
        let refusals = refusals(report, &selected);
        refusals
            .first()
            .map_or(String::new(), |refusal| [" ", &refusal.obstacle.sentence(report, refusal.task)].concat())
    }

    /// Notes a status. `why` is the reason of a failure.
    fn mark(&mut self, tasks: &[Task], to: Status, why: &str) -> Result<String, String> {
        let mut news = Vec::new();
        for task in tasks {
            let id = task.id.clone();
            let bodies = match (task.status, to) {
                (Status::Failed, Status::Failed) if !why.is_empty() => {
                    vec![Body::Failed { task: id, why: why.to_owned() }]
                }
                (from, to) if from == to => Vec::new(),
                (Status::Done | Status::Dropped, Status::Running | Status::Failed) => {
                    return Err(format!("{id} is {}. Mark it as to do again first.", task.status.name()));
                }
                (_, Status::Failed) => vec![Body::Failed { task: id, why: why.to_owned() }],
                (from, to) => Body::of_change(id, from, to).into_iter().collect(),
            };
            news.extend(bodies.into_iter().map(|body| News { time: None, body }));
        }
        let names: Vec<&str> = tasks.iter().map(|task| task.id.as_str()).collect();
        let (names, is) = (joined(&names), if tasks.len() == 1 { "is" } else { "are" });
        let state = match to {
            Status::Running => "at work",
            Status::Todo => "to do",
            status => status.name(),
        };
        let said = match to {
            Status::Failed => format!("{names} failed."),
            _ => format!("{names} {is} {state}."),
        };
        if news.is_empty() {
            return Err(said.replace(&format!(" {is} "), &format!(" {is} already ")));
        }
        self.note(news, Vec::new(), said.trim_end_matches('.'))?;
        Ok(said)
    }

    /// Notes the answer of a gate. After a no, what waits for it is left out.
    fn answer_gate(&mut self, gates: &[Task], answer: &str) -> Result<String, String> {
        let [gate] = gates else { return Err(NO_TASK.to_owned()) };
        let id = &gate.id;
        if gate.kind != Kind::Gate {
            return Err(format!("{id} is no decision, so it has no answer."));
        }
        if !gate.status.is_open() {
            return Err(format!("{id} is {} already.", gate.status.name()));
        }
        let mut news =
            vec![News { time: None, body: Body::Answered { task: id.clone(), answer: answer.to_owned() } }];
        let report = &self.drawn.report;
        let left_out: Vec<usize> = match report.plan.position(id) {
            Some(gate) if answer == "no" => (0..report.plan.tasks.len())
                .filter(|&task| report.analysis.order.ancestors[task].contains(gate))
                .filter(|&task| report.plan.tasks[task].status.can_start())
                .collect(),
            _ => Vec::new(),
        };
        let dropped = left_out.iter().map(|&task| Body::Dropped { task: report.plan.tasks[task].id.clone() });
        news.extend(dropped.map(|body| News { time: None, body }));
        let and = match left_out.len() {
            0 => String::new(),
            1 => format!(" {}, which waits for it, is left out.", listed(&report.plan, &left_out)),
            _ => format!(" {}, which wait for it, are left out.", listed(&report.plan, &left_out)),
        };
        let said = format!("The answer to {id} is {answer}.{and}");
        self.note(news, Vec::new(), &format!("the answer to {id}"))?;
        Ok(said)
    }

    /// Applies a repair for a file that a task needs.
    fn repair_foreign(&mut self, numbers: &str) -> Result<String, String> {
        let (file, repair) = numbers.split_once(' ').ok_or(GONE)?;
        let (file, repair) = (file.parse::<usize>().ok(), repair.parse::<usize>().ok());
        let (found, repair) = file.and_then(|file| self.run.foreign.get(file)).zip(repair).ok_or(GONE)?;
        // What was typed since must not be lost.
        let report = &self.drawn.report;
        let found = ForeignFile::of(report, found.task, &found.path, &Budget::default());
        let repair = found.and_then(|found| found.repairs.into_iter().nth(repair)).ok_or(GONE)?;
        self.note(Vec::new(), repair.edits, &repair.title)?;
        Ok([&repair.title, "."].concat())
    }

    /// Takes the estimates that follow from what is done.
    fn estimate(&mut self) -> Result<String, String> {
        let plan = self.document.plan();
        let edits = new_estimates(plan, &factors(plan, &self.run.state));
        if edits.is_empty() {
            return Err(GONE.to_owned());
        }
        let said = format!(
            "{} changed, by how long the others took.",
            crate::explain::counted(edits.len(), "estimate")
        );
        self.edit(edits, "new estimates");
        Ok(said)
    }
}

/// `T1`, `T1 and T2`, `T1, T2 and T3`.
fn joined(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}
