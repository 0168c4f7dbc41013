//! Why a method can't do what is left of a plan, in one sentence with the plan's own reason.

use super::amounts::time;
use super::figures::MethodId;
use super::tokens::{is_command, is_one_file};
use super::work_left::WorkLeft;
use crate::doer::Doer;
use crate::explain::counted;
use crate::plan::{Kind, Task};

/// The longest task that can be a tool call, in minutes.
pub const LONGEST_CALL: f64 = 1.0;
/// The fewest tasks for which a pool pays.
pub const FEWEST_OF_POOL: usize = 10;

/// These tasks and what is said of them: `T4 waits for others`, `3 of 6 tasks wait for others`, `All 6 tasks …`.
fn said_of(left: WorkLeft, tasks: &[usize], one: &str, many: &str) -> String {
    let all = left.tasks().len();
    match tasks {
        [task] if all > 1 => format!("{} {one}", left.task(*task).id),
        [_] => format!("The task {one}"),
        _ if tasks.len() == all => format!("All {all} tasks {many}"),
        _ => format!("{} of {all} tasks {many}", tasks.len()),
    }
}

/// Why a method can't do the work; `None` if it can.
pub fn obstacle(left: WorkLeft, id: MethodId) -> Option<String> {
    if id == MethodId::Direct {
        return None;
    }
    if left.tasks().is_empty() {
        return Some("Nothing is left to do.".to_owned());
    }
    match id {
        MethodId::Direct => None,
        MethodId::Calls => obstacle_to_calls(left),
        MethodId::Agents => obstacle_to_agents(left),
        MethodId::Pool => obstacle_to_pool(left),
        MethodId::Batch => obstacle_to_batch(left),
    }
}

fn obstacle_to_calls(left: WorkLeft) -> Option<String> {
    let is_call = |task: &Task| is_command(task) || task.kind == Kind::Research && !task.reads.is_empty();
    let no_calls = left.those(|task| !task.changes_files() && !is_call(task));
    let apart = &left.report.analysis.apart;
    let tasks = left.tasks();
    let others = if tasks.len() > 1 { "others" } else { "another" };
    None.or_else(|| changes(left, "and that takes more than a tool call"))
        .or_else(|| for_people(left, "can't be made as a tool call"))
        .or_else(|| {
            let longest = left.shortest_and_longest().1;
            let takes = if tasks.len() == 1 { "The task takes" } else { "The tasks take up to" };
            let said = || format!("{takes} {}, and a tool call takes less than a minute.", time(longest));
            (longest > LONGEST_CALL).then(said)
        })
        .or_else(|| {
            (!no_calls.is_empty()).then(|| format!("{}.", said_of(left, &no_calls, NO_CALL.0, NO_CALL.1)))
        })
        .or_else(|| {
            let pair = tasks.iter().find(|&&a| tasks.iter().any(|&b| apart.contains(a, b)))?;
            Some(format!("{} may not run beside {others}.", left.task(*pair).id))
        })
}

const NO_CALL: (&str, &str) =
    ("names neither a command nor a file to read", "name neither a command nor a file to read");

fn obstacle_to_agents(left: WorkLeft) -> Option<String> {
    match left.launched().len() {
        0 => Some("None of what is left is for an agent.".to_owned()),
        1 => Some("There is only one task for an agent, so there is nothing to share out.".to_owned()),
        _ => None,
    }
}

fn obstacle_to_pool(left: WorkLeft) -> Option<String> {
    let (shortest, longest) = left.shortest_and_longest();
    let count = left.launched().len();
    let alone = left.those(|task| left.report.plan.runs_alone(task));
    None.or_else(|| waits(left, "so a free agent would have little to choose from"))
        .or_else(|| {
            let said = || said_of(left, &alone, "lists no files, so it runs", "list no files, so they run");
            (!alone.is_empty()).then(|| format!("{} alone.", said()))
        })
        .or_else(|| for_people(left, "can't be given to an agent"))
        .or_else(|| {
            let few = format!("{} is too few: a pool pays from ten on.", counted(count, "task"));
            let few = if count == 1 { few } else { few.replace(" is too", " are too") };
            (count < FEWEST_OF_POOL).then_some(few)
        })
        .or_else(|| {
            let unlike =
                format!("The tasks are not alike: they take from {} to {}.", time(shortest), time(longest));
            (left.squared_variation() >= 0.25).then_some(unlike)
        })
}

fn obstacle_to_batch(left: WorkLeft) -> Option<String> {
    let is_known = |task: &Task| !task.reads.is_empty();
    let commands = left.those(is_command);
    let files_of = |task: &Task| task.read_files().iter().all(|entry| is_one_file(entry));
    let searching = left.those(|task| !files_of(task));
    let nothing = left.those(|task| !is_known(task));
    None.or_else(|| changes(left, "which a batch can't do"))
        .or_else(|| for_people(left, "can't go into a batch"))
        .or_else(|| waits(left, "and requests of a batch know no results of each other"))
        .or_else(|| {
            let said = || said_of(left, &commands, "runs a command", "run commands");
            (!commands.is_empty()).then(|| format!("{}, and a request has no tools.", said()))
        })
        .or_else(|| {
            let said = || said_of(left, &searching, "reads a whole folder", "read whole folders");
            (!searching.is_empty())
                .then(|| format!("{}: a request holds single files, since searching takes tools.", said()))
        })
        .or_else(|| {
            let said = || said_of(left, &nothing, "names no file to read", "name no file to read");
            (!nothing.is_empty()).then(|| format!("{}, and a request can't look for any.", said()))
        })
}

fn changes(left: WorkLeft, so: &str) -> Option<String> {
    let changing = left.those(Task::changes_files);
    let changing: Vec<usize> = changing.into_iter().filter(|&task| !is_command(left.task(task))).collect();
    let said = || said_of(left, &changing, "changes files", "change files");
    (!changing.is_empty()).then(|| format!("{}, {so}.", said()))
}

fn waits(left: WorkLeft, so: &str) -> Option<String> {
    let waiting = left.waiting();
    (!waiting.is_empty())
        .then(|| format!("{}, {so}.", said_of(left, &waiting, "waits for others", "wait for others")))
}

fn for_people(left: WorkLeft, so: &str) -> Option<String> {
    let others = left.those(|task| !Doer::of(task).is_seen());
    let first = left.task(*others.first()?);
    let what = match Doer::of(first) {
        Doer::Decision => "is a decision".to_owned(),
        Doer::Person => "is for a person".to_owned(),
        Doer::Orchestrator => "is a call of a tool".to_owned(),
        Doer::Subagent(name) | Doer::Elsewhere(name) => format!("is for {name}"),
    };
    Some(format!("{} {what}, and {so}.", first.id))
}
