//! The path of questions that leads to a method, with the answers of the plan at hand.

use super::alike;
use super::amounts::time;
use super::figures::MethodId;
use super::words::name;
use super::work_left::WorkLeft;
use super::{Advice, Circumstances};
use crate::explain::{counted, listed};
use crate::plan::Task;

/// A question and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The question.
    pub question: &'static str,
    /// The answer, without a full stop.
    pub answer: String,
}

/// The question about the hour.
pub const UNTIL_WHEN: &str = "Until when?";
/// The question about steering.
pub const STEERING: &str = "Do you want to steer while it runs?";

/// The questions, from the number of tasks to the method.
pub fn path(left: WorkLeft, advice: &Advice, circumstances: &Circumstances) -> Vec<Step> {
    let tasks = left.tasks();
    let mut path = vec![Step { question: "How many tasks are left?", answer: tasks.len().to_string() }];
    if !tasks.is_empty() {
        path.extend([
            Step { question: "How many can start without knowing any result?", answer: ready(left) },
            Step { question: "How long do they take?", answer: lengths(left) },
            Step { question: "Do they change files?", answer: changing(left) },
            Step { question: "Are they alike?", answer: likeness(left) },
            Step { question: UNTIL_WHEN, answer: until_when(circumstances) },
            Step { question: STEERING, answer: steering(circumstances) },
        ]);
    }
    let is_finished = tasks.is_empty();
    let method =
        if is_finished { "Nothing is left to do".to_owned() } else { capitalised(name(advice.best)) };
    path.push(Step { question: "So by which method?", answer: method });
    path
}

fn ready(left: WorkLeft) -> String {
    let waiting = left.waiting();
    let tasks = left.tasks();
    let ready: Vec<usize> = tasks.iter().copied().filter(|task| !waiting.contains(task)).collect();
    if ready.len() == tasks.len() {
        return format!("All {}", tasks.len());
    }
    format!("{} of {}: {}", ready.len(), tasks.len(), listed(&left.report.plan, &ready))
}

fn lengths(left: WorkLeft) -> String {
    let (shortest, longest) = left.shortest_and_longest();
    let together = time(left.all_minutes());
    match left.tasks().len() {
        1 => together,
        _ if shortest == longest => format!("{} each, {together} together", time(longest)),
        _ => format!("{} to {} each, {together} together", time(shortest), time(longest)),
    }
}

fn changing(left: WorkLeft) -> String {
    let all = left.tasks().len();
    match left.those(Task::changes_files).len() {
        0 => "No, they change no files".to_owned(),
        changing if changing == all => "Yes, all of them change files".to_owned(),
        changing => format!("{changing} of {all} change files"),
    }
}

fn likeness(left: WorkLeft) -> String {
    let groups = alike::groups(&left.report.plan, &left.report.analysis, &left.tasks());
    let Some(largest) = groups.first() else { return "No".to_owned() };
    if largest.len() == left.tasks().len() {
        return "Yes, their titles differ in one word".to_owned();
    }
    let largest = counted(largest.len(), "task");
    match groups.len() {
        1 => format!("{largest} are"),
        groups => format!("In {groups} groups, the largest of {largest}"),
    }
}

fn until_when(circumstances: &Circumstances) -> String {
    circumstances
        .by
        .map_or_else(|| "Not said, so as soon as possible".to_owned(), |by| format!("Within {}", time(by)))
}

fn steering(circumstances: &Circumstances) -> String {
    let answer = if circumstances.is_interactive { "Yes, it is to be steered" } else { "Not said, so no" };
    answer.to_owned()
}

/// A name of a method at the beginning of a line, without its article.
pub fn capitalised(name: &str) -> String {
    let name = name.trim_start_matches("an ").trim_start_matches("a ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Advice {
    /// The label of a method: `Agents in phases`.
    pub fn label(id: MethodId) -> String {
        capitalised(name(id))
    }
}
