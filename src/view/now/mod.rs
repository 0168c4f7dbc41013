//! The bar of a run under way: how far it is, what to launch now, what runs and what it holds, what is blocked,
//! and what can be done about it.

mod happened;
mod marks;

use super::act::{Act, RunAct};
use super::markup::{Markup, button, icon, markup};
use super::review::said::said;
use super::test_name as test;
use crate::TaskId;
use crate::explain::{duration, files, listed};
use crate::export::agents::prompt;
use crate::export::troubles::Trouble;
use crate::export::{Options, Part};
use crate::plan::{Plan, Status, Task};
use crate::report::Report;
use crate::run::log::{Factor, Outlook, RunState, TaskRun};
use crate::run::pasted::Pasted;
use crate::run::{Blocked, ForeignFile, Launch, Next};

pub use marks::marks;

use happened::{paste_box, pasted};
use marks::note;

/// What is known of a run, apart from the plan.
#[derive(Debug, Clone, Copy)]
pub struct RunView<'a> {
    /// What its log says.
    pub state: &'a RunState,
    /// When it will end; `None` before somebody noted a start.
    pub outlook: Option<&'a Outlook>,
    /// Seconds since 1970.
    pub now: u64,
    /// How many minutes the local time is ahead of UTC.
    pub minutes_ahead: i32,
    /// The kinds of tasks for which new estimates are offered, and the number of tasks that get one.
    pub factors: &'a [Factor],
    /// See `factors`.
    pub new_estimates: usize,
    /// Files that tasks need and do not own.
    pub foreign: &'a [ForeignFile],
    /// What was read last and is not confirmed.
    pub pasted: Option<&'a Pasted>,
    /// What goes wrong according to what was read last.
    pub troubles: &'a [&'static Trouble],
    /// Why the log is in this tab only.
    pub fault: Option<&'a str>,
    /// Whether the plan can be changed here.
    pub can_mark: bool,
}

/// The bar. Before a run has begun, it is folded; `None` if there is nothing to follow.
pub fn now(report: &Report, run: &RunView<'_>) -> Option<Markup> {
    let progress = &report.analysis.progress;
    let is_open = report.safety.open() > 0;
    let has_begun = !(progress.running.is_empty() && progress.failed.is_empty() && progress.done.is_empty());
    if !is_open && run.outlook.is_none() && run.pasted.is_none() {
        return None;
    }
    let next = Next::in_pool(&report.plan, &report.analysis);
    let fault = run.fault.map(|fault| {
        let words = format!(
            "What you note is in this tab only: {fault}. Export the log of the run before you close it."
        );
        markup("p", "is-warning").text(&words)
    });
    let mut rows: Vec<Markup> = fault.into_iter().collect();
    rows.push(head(report, run));
    rows.extend(pasted(run));
    rows.extend(run.foreign.iter().enumerate().map(|(number, found)| foreign(report, run, number, found)));
    rows.extend(gates(report, &next, run));
    rows.extend(launch(report, &next, run));
    rows.extend(pool(&report.plan, &next.launch));
    rows.extend(people(report, &next, run));
    rows.extend(at_work(report, &next, run));
    rows.extend(failed(report, run));
    rows.extend(blocked(&report.plan, &next));
    rows.extend(held(report, &next));
    rows.extend(run.factors.iter().filter(|factor| factor.is_offered()).map(longer));
    rows.extend(new_estimates(run));
    if has_begun || !is_open {
        let bar = markup("section", "finished now").set("aria-label", "Now").set("data-test", test::NOW);
        return Some(bar.children(rows));
    }
    let follow = markup("details", "finished").key("follow").set("data-test", test::FOLLOW);
    let rows = markup("div", "now").children(rows);
    run.can_mark.then(|| follow.child(markup("summary", "").text("Follow a run")).child(rows))
}

/// How far the run is, and the box for what happened.
fn head(report: &Report, run: &RunView<'_>) -> Markup {
    let words = outlook(report, run);
    let words = (!words.is_empty()).then(|| markup("b", "").set("data-test", test::OUTLOOK).text(&words));
    let paste = run.can_mark.then(|| paste_box(None));
    let log = run.outlook.map(|_| {
        let file = button("button quiet").act(&Act::DownloadReview { markdown: false });
        file.set("data-test", test::RUN_FILE).child(icon("download")).text("Log")
    });
    markup("div", "now-head").children(words.into_iter().chain(paste).chain(log).collect())
}

/// `12 m late, ends about 16:40 · T1 over the estimate`; empty before a start was noted. How many tasks are done
/// stands above the bar.
fn outlook(report: &Report, run: &RunView<'_>) -> String {
    let Some(outlook) = run.outlook else { return String::new() };
    let late = outlook.late();
    let by = match late {
        0 => "on time".to_owned(),
        late => {
            let minutes = duration(u32::try_from(late.unsigned_abs()).unwrap_or(u32::MAX));
            format!("{minutes} {}", if late > 0 { "late" } else { "early" })
        }
    };
    let mut parts = vec![match outlook.left {
        0 => format!("Ended after {}, {by}", duration(outlook.elapsed)),
        left if late == 0 => format!("On time, ends about {}", local_time(run, left)),
        left => format!("{by}, ends about {}", local_time(run, left)),
    }];
    if !outlook.overdue.is_empty() {
        parts.push(format!("{} over the estimate", listed(&report.plan, &outlook.overdue)));
    }
    parts.join(" · ")
}

/// The local time after these minutes; with the number of days where it is not today.
fn local_time(run: &RunView<'_>, minutes: u32) -> String {
    const DAY: i64 = 24 * 60;
    let local = i64::try_from(run.now / 60).unwrap_or(0) + i64::from(run.minutes_ahead);
    let end = local + i64::from(minutes);
    let time = format!("{:02}:{:02}", end.rem_euclid(DAY) / 60, end.rem_euclid(60));
    match end.div_euclid(DAY) - local.div_euclid(DAY) {
        0 => time,
        1 => format!("{time} tomorrow"),
        days => format!("{time} in {days} days"),
    }
}

/// The tasks to launch, a button that copies the prompt that does it, and one that notes it.
fn launch(report: &Report, next: &Next, run: &RunView<'_>) -> Option<Markup> {
    let tasks = next.launched();
    let (words, its, are) = match tasks.len() {
        0 => return None,
        1 => ("Launch now: ".to_owned(), "Copy its prompt", "It is at work"),
        count => (format!("Launch these {count} now: "), "Copy their prompt", "They are at work"),
    };
    let plan = &report.plan;
    let prompt = (prompt::EXPORT.render)(report, &Options::of_part(Part::Now)).preview();
    let copy = button("button").act(&Act::Copy { copy: prompt }).text(its).set("data-test", test::COPY_NOW);
    let start = run.can_mark.then(|| started(plan, &tasks, are).set("data-test", test::START_NOW));
    Some(named(plan, &words, &tasks).child(copy).children(start.into_iter().collect()))
}

/// A button that notes that tasks are at work.
fn started(plan: &Plan, tasks: &[usize], words: &str) -> Markup {
    let ids: Vec<&str> = tasks.iter().map(|&task| plan.tasks[task].id.as_str()).collect();
    note(RunAct::Start, words).set("data-value", &ids.join("\n"))
}

/// What a free agent takes, and why.
fn pool(plan: &Plan, launches: &[Launch]) -> Option<Markup> {
    let first = launches.first().filter(|first| first.chain.len() > 1)?;
    Some(markup("p", "").text(&format!(
        "A free agent takes {}, because it starts the longest chain that is left: {} ({}).",
        plan.tasks[first.task].id,
        listed(plan, &first.chain),
        duration(first.chain_minutes)
    )))
}

/// The decisions to ask for, each with its answers.
fn gates(report: &Report, next: &Next, run: &RunView<'_>) -> Vec<Markup> {
    let line = |&task: &usize| {
        let gate = &report.plan.tasks[task];
        let line =
            markup("p", "").key(&key("gate", gate)).text("Ask for a decision: ").child(task_button(&gate.id));
        line.text(" ").child(said("span", "", &gate.title)).text(" ").children(marks(gate, run))
    };
    next.gates.iter().take(MOST).map(line).collect()
}

/// What people and other programs can begin.
fn people(report: &Report, next: &Next, run: &RunView<'_>) -> Option<Markup> {
    let line = || named(&report.plan, "Others can begin: ", &next.people);
    let start = || run.can_mark.then(|| started(&report.plan, &next.people, "They are at work"));
    (!next.people.is_empty()).then(|| line().children(start().into_iter().collect()))
}

/// What runs, each with what it holds.
fn at_work(report: &Report, next: &Next, run: &RunView<'_>) -> Option<Markup> {
    let plan = &report.plan;
    let line = |&at: &usize| {
        let task = &plan.tasks[at];
        let worked = run.state.task(&task.id).and_then(|known| known.minutes_at_work(run.now));
        let worked = worked.map_or_else(
            || "is running".to_owned(),
            |minutes| format!("has run for {} of {}", duration(minutes), duration(plan.minutes_of(task))),
        );
        let words = format!(" {worked} and holds {}. ", holds(task));
        let line =
            markup("div", "now-task").key(&key("running", task)).child(task_button(&task.id)).text(&words);
        line.children(marks(task, run))
    };
    let lines: Vec<Markup> = next.running.iter().take(MOST).map(line).collect();
    (!lines.is_empty()).then(|| markup("div", "").children(lines))
}

/// The most tasks in a list.
const MOST: usize = 20;

fn key(what: &str, task: &Task) -> String {
    format!("{what} {}", task.id)
}

fn holds(task: &Task) -> String {
    let uses = task.uses.iter().map(|used| match used.amount {
        1 => used.resource.clone(),
        amount => format!("{amount} of {}", used.resource),
    });
    let files = if task.owns.is_empty() { "no files".to_owned() } else { files(task) };
    [files].into_iter().chain(uses).collect::<Vec<_>>().join(", ")
}

/// What failed, and why.
fn failed(report: &Report, run: &RunView<'_>) -> Vec<Markup> {
    let line = |&at: &usize| {
        let task = &report.plan.tasks[at];
        let line =
            markup("div", "now-task").key(&key("failed", task)).child(task_button(&task.id)).text(" failed");
        let line = match run.state.task(&task.id).and_then(|known| known.why_failed()) {
            Some(why) => line.text(": ").child(said("span", "", why)).text(" "),
            None => line.text(". "),
        };
        line.children(marks(task, run))
    };
    report.analysis.progress.failed.iter().take(MOST).map(line).collect()
}

fn blocked(plan: &Plan, next: &Next) -> Option<Markup> {
    let line = |blocked: &Blocked| {
        let why = format!(" is blocked by {}, which failed.", listed(plan, &blocked.by));
        markup("p", "").child(task_button(&plan.tasks[blocked.task].id)).text(&why)
    };
    let lines: Vec<Markup> = next.blocked.iter().take(MOST).map(line).collect();
    (!lines.is_empty()).then(|| markup("div", "").children(lines))
}

/// What starts next, once nothing stands in its way.
fn held(report: &Report, next: &Next) -> Option<Markup> {
    let held = next.held.first()?;
    let why = held.obstacles.first()?.sentence(report, held.task);
    Some(markup("p", "about").sentence(&format!("Next: {why}")))
}

/// A file that a task needs and does not own: whose it is, and what can be done, with what that costs.
fn foreign(report: &Report, run: &RunView<'_>, number: usize, found: &ForeignFile) -> Markup {
    let task = &report.plan.tasks[found.task];
    let stop = if task.status == Status::Running {
        format!(" Stop {} until this is settled.", task.id)
    } else {
        String::new()
    };
    let words = format!("{}{stop}", found.sentence(report));
    let repair = |(at, repair): (usize, &crate::run::Repair)| {
        let cost = match repair.gain.minutes {
            0 => "takes no longer".to_owned(),
            minutes => {
                let words = duration(u32::try_from(minutes.unsigned_abs()).unwrap_or(u32::MAX));
                format!("{words} {}", if minutes > 0 { "longer" } else { "less" })
            }
        };
        let act = note(RunAct::Repair, &format!("{}: {cost}", repair.title.replace('`', "")));
        act.set("data-value", &format!("{number} {at}"))
    };
    let repairs = found.repairs.iter().enumerate().filter(|_| run.can_mark).map(repair);
    markup("div", "pasted")
        .key(&["foreign ", task.id.as_str(), " ", &found.path].concat())
        .set("data-test", test::FOREIGN)
        .child(markup("p", "is-conflict").sentence(&words))
        .child(markup("div", "repairs").children(repairs.collect()))
}

fn longer(factor: &Factor) -> Markup {
    markup("p", "about").text(&format!(
        "Tasks of kind {} took {:.1} times their estimates ({} done).",
        factor.kind.name(),
        factor.factor,
        factor.tasks
    ))
}

/// A button that takes the estimates that follow from what is done.
fn new_estimates(run: &RunView<'_>) -> Option<Markup> {
    let words = match run.new_estimates {
        1 => "Use that for the estimate of 1 task that is left".to_owned(),
        count => format!("Use that for the estimates of {count} tasks that are left"),
    };
    (run.new_estimates > 0 && run.can_mark)
        .then(|| markup("p", "").child(note(RunAct::Estimate, &words).set("data-test", test::NEW_ESTIMATES)))
}

/// What can be noted about a task, for its form.
pub fn of_task(task: &Task, run: &RunView<'_>) -> Option<Markup> {
    let known = run.state.task(&task.id);
    let why = known.and_then(|known| known.why_failed()).map(|why| said("p", "fact", why));
    let took = known
        .and_then(TaskRun::minutes)
        .map(|minutes| markup("p", "fact").text(&format!("It took {}.", duration(minutes))));
    let answer = known
        .and_then(|known| known.answer.as_ref())
        .map(|answer| said("p", "fact", &format!("The answer was: {answer}")));
    let report = known.and_then(|known| known.reports.last()).map(|report| {
        let summary = markup("summary", "").text("Report");
        markup("details", "report").key("report").child(summary).child(said("pre", "", &report.text))
    });
    let section =
        markup("section", "run").key("run").set("aria-label", "The run").set("data-test", test::TASK_RUN);
    run.can_mark.then(|| {
        section
            .child(markup("div", "row").children(marks(task, run)))
            .children([why, took, answer, report].into_iter().flatten().collect())
            .child(paste_box(Some(&task.id)))
    })
}

/// Words, and then a button for each task.
fn named(plan: &Plan, words: &str, tasks: &[usize]) -> Markup {
    let named = tasks.iter().take(MOST).fold(markup("p", "").text(words), |named, &task| {
        named.child(task_button(&plan.tasks[task].id)).text(" ")
    });
    let more = tasks.len().saturating_sub(MOST);
    if more == 0 { named } else { named.text(&format!("and {more} more ")) }
}

fn task_button(id: &TaskId) -> Markup {
    button("task-link").act(&Act::Select { task: id.clone() }).text(id.as_str())
}

#[cfg(test)]
mod tests;
