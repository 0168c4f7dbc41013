//! A task whose agent needs a file that is not its own: who owns it, and what can be done, with what that
//! costs.

use crate::explain::listed;
use crate::glob::FileSet;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Status, TaskId};
use crate::report::{Gain, Report};
use crate::schedule::Budget;

/// A file that a task needs and does not own.
#[derive(Debug, Clone, PartialEq)]
pub struct ForeignFile {
    /// The task.
    pub task: usize,
    /// The path.
    pub path: String,
    /// The tasks that own it, done and dropped ones included.
    pub owners: Vec<usize>,
    /// What can be done, each tried by the scheduler.
    pub repairs: Vec<Repair>,
}

/// A change of the plan after which the task can go on.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// What it does, as an order.
    pub title: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// What that does to the schedule.
    pub gain: Gain,
}

impl ForeignFile {
    /// Looks up who owns a path that a task needs; `None` if the task owns it itself. Takes a schedule for
    /// each repair.
    pub fn of(report: &Report, task: usize, path: &str, budget: &Budget) -> Option<ForeignFile> {
        let owns =
            |task: usize| report.analysis.ownership.owns.get(task).is_some_and(|set| set.matches(path));
        if owns(task) {
            return None;
        }
        let owners: Vec<usize> = (0..report.plan.tasks.len()).filter(|&other| owns(other)).collect();
        let plans =
            [own(report, task, path), wait(report, task, path, &owners), leave(report, task, path, &owners)];
        let tried = plans.into_iter().flatten().map(|(title, edits)| {
            let gain = report.gain(&edits, budget);
            Repair { title, edits, gain }
        });
        Some(ForeignFile { task, path: path.to_owned(), repairs: tried.collect(), owners })
    }

    /// Whether the last repair was chosen before: somebody was told to change the file, or to leave it.
    pub fn is_settled(&self, report: &Report) -> bool {
        let Some((_, edits)) = leave(report, self.task, &self.path, &self.owners) else { return false };
        edits.iter().any(|edit| match edit {
            Edit::ChangeTask { id, change: TaskChange::Instructions(told) } => {
                let before = report.plan.task(id).map_or("", |task| &task.instructions);
                before.lines().any(|line| told.lines().next_back() == Some(line))
            }
            _ => false,
        })
    }

    /// What is the case, in a sentence.
    pub fn sentence(&self, report: &Report) -> String {
        let plan = &report.plan;
        let (id, path) = (&plan.tasks[self.task].id, &self.path);
        let status = |task: &usize| plan.tasks[*task].status.name();
        match &self.owners[..] {
            [] => format!("{id} needs `{path}`, which no task owns."),
            [owner] => {
                let state = match plan.tasks[*owner].status {
                    Status::Todo => "to do".to_owned(),
                    _ => status(owner).to_owned(),
                };
                format!("{id} needs `{path}`, which {} owns ({state}).", plan.tasks[*owner].id)
            }
            owners => format!("{id} needs `{path}`, which {} own.", listed(plan, owners)),
        }
    }
}

type Change = (String, Vec<Edit>);

fn change(id: &TaskId, change: TaskChange) -> Edit {
    Edit::ChangeTask { id: id.clone(), change }
}

/// The task owns the file as well; what collides with it then is kept apart.
fn own(report: &Report, task: usize, path: &str) -> Option<Change> {
    let edit = owning(report, task, path)?;
    Some((format!("Give `{path}` to {}", report.plan.tasks[task].id), vec![edit]))
}

/// `None` if the path can't be written as an entry that means it.
fn owning(report: &Report, task: usize, path: &str) -> Option<Edit> {
    let (set, wrong) = FileSet::parse(&[path]);
    let task = &report.plan.tasks[task];
    let entries = [&task.owns[..], &[path.to_owned()]].concat();
    (wrong.is_empty() && set.matches(path)).then(|| change(&task.id, TaskChange::Owns(entries)))
}

/// The task stops, and owns the file when the open tasks that own it are done.
fn wait(report: &Report, task: usize, path: &str, owners: &[usize]) -> Option<Change> {
    let (plan, order) = (&report.plan, &report.analysis.order);
    let is_open = |&&owner: &&usize| plan.tasks[owner].status.is_open();
    let open: Vec<usize> = owners.iter().filter(is_open).copied().collect();
    if open.is_empty() || open.iter().any(|&owner| order.would_close_cycle(task, owner)) {
        return None;
    }
    let waiting = &plan.tasks[task];
    let mut after = waiting.after.clone();
    after.extend(
        open.iter().map(|&owner| plan.tasks[owner].id.clone()).filter(|id| !waiting.after.contains(id)),
    );
    let stopped =
        (waiting.status == Status::Running).then(|| change(&waiting.id, TaskChange::Status(Status::Todo)));
    let edits = [Some(change(&waiting.id, TaskChange::After(after))), owning(report, task, path), stopped];
    let edits: Vec<Edit> = edits.into_iter().flatten().collect();
    Some((format!("Let {} wait for {}, and give it `{path}` then", waiting.id, listed(plan, &open)), edits))
}

/// Whoever owns the file changes it, or nobody does; the task goes on without.
fn leave(report: &Report, task: usize, path: &str, owners: &[usize]) -> Option<Change> {
    let plan = &report.plan;
    let id = &plan.tasks[task].id;
    let to_do = owners.iter().find(|&&owner| plan.tasks[owner].status.can_start());
    let told = |position: usize, words: String| {
        let told = &plan.tasks[position];
        let gap = if told.instructions.is_empty() { "" } else { "\n" };
        change(&told.id, TaskChange::Instructions([&told.instructions, gap, &words].concat()))
    };
    Some(match to_do {
        Some(&owner) => (
            format!("Leave the change of `{path}` to {}", plan.tasks[owner].id),
            vec![told(
                owner,
                format!("Change `{path}` so that {id} works, too: {}.", plan.tasks[task].title),
            )],
        ),
        None => (
            format!("Let {id} go on without `{path}`"),
            vec![told(task, format!("Leave `{path}` as it is, and report what should change in it."))],
        ),
    })
}
