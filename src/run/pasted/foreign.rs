//! Files of others: what is proposed when a task was denied one, or wrote one.

use super::{News, Proposal, Source};
use crate::changed_files::{Asked, ChangedFile, Giving, Judgement, undo};
use crate::explain::{duration, listed};
use crate::plan::Status;

/// Notes that a task was denied a file. What can be done about it is shown once it is noted.
pub fn denied(source: &Source<'_>, task: usize, path: &str, news: News) -> Proposal {
    let sentence = format!("{} was denied `{path}`, {}.", source.id(task), whose(source, task, path));
    Proposal { sentence, news: vec![news], ..Proposal::default() }
}

/// Whose a file is, as the rest of a sentence.
pub fn whose(source: &Source<'_>, task: usize, path: &str) -> String {
    let mut owners = source.owners(path);
    owners.retain(|&owner| owner != task);
    match &owners[..] {
        [] if source.owns.get(task).is_some_and(|own| own.matches(path)) => "which is its own".to_owned(),
        [] => "which no task owns".to_owned(),
        [owner] => format!("which is {}’s ({})", source.id(*owner), state(source.status(*owner))),
        owners => format!("which is owned by {}", listed(source.plan, owners)),
    }
}

fn state(status: Status) -> &'static str {
    match status {
        Status::Todo => "to do",
        status => status.name(),
    }
}

/// What can be done about a file that a task wrote and does not own: take the change back, or give it the file.
/// Tries one schedule.
pub fn wrote(source: &Source<'_>, task: usize, file: &ChangedFile) -> Vec<Proposal> {
    let (id, path) = (source.id(task), &file.path);
    let whose = whose(source, task, path);
    let take_back = Proposal {
        sentence: format!("{id} wrote `{path}`, {whose}. Take the change back."),
        command: Some(undo(file)),
        ..Proposal::default()
    };
    let Some(giving) = giving(source, task, file) else { return vec![take_back] };
    let collides = match &giving.collides_with[..] {
        [] => String::new(),
        tasks => format!(", and then collides with {}", listed(source.plan, tasks)),
    };
    let sentence = format!("Or give `{path}` to {id}: {}{collides}.", cost(giving.gain.minutes));
    vec![take_back, Proposal { sentence, edits: giving.edits, ..Proposal::default() }]
}

fn giving(source: &Source<'_>, task: usize, file: &ChangedFile) -> Option<Giving> {
    let report = source.context.report;
    let judgement = Judgement::of(report, Asked { tasks: vec![task] }, &[], vec![file.clone()]);
    judgement.givings(report, source.context.budget).into_iter().next().flatten()
}

/// How much longer what is left takes, in words.
pub fn cost(minutes: i64) -> String {
    let words = duration(u32::try_from(minutes.unsigned_abs()).unwrap_or(u32::MAX));
    match minutes {
        0 => "takes no longer".to_owned(),
        1.. => format!("takes {words} longer"),
        _ => format!("takes {words} less"),
    }
}
