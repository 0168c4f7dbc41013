//! The report of an agent, or of whoever launches agents: sentences that name tasks and say how they ended.

use super::{News, Pasted, Proposal, Source, foreign, shortened};
use crate::changed_files::{Change, ChangedFile};
use crate::explain::listed;
use crate::run::log::Body;

/// The longest report that is kept, in bytes; an event holds no more.
const LONGEST_REPORT: usize = 6_000;
/// The most foreign files that are looked at.
const MOST_FOREIGN: usize = 8;

/// Words that say that a task is finished.
const DONE: [&str; 9] =
    ["done", "finished", "completed", "complete", "✅", "✓", "succeeded", "all checks pass", "is in place"];
/// Words that say that it is not.
const FAILED: [&str; 14] = [
    "not done",
    "not finished",
    "not complete",
    "failed",
    "could not",
    "couldn't",
    "can't be done",
    "unable to",
    "blocked",
    "gave up",
    "incomplete",
    "i stopped",
    "❌",
    "✗",
];
/// Words that say that it is at work.
const STARTED: [&str; 6] = ["started", "launched", "is running", "in progress", "at work", "working on"];
/// What stands before a word that is meant the other way round: “0 failed”, “none failed”.
const NEGATIONS: [&str; 7] = ["0", "no", "none", "zero", "nothing", "never", "without"];
/// Words on a line that names a file the agent needs and may not write.
const NEEDED: [&str; 9] = [
    "missing",
    "belongs to",
    "not on the list",
    "not on my list",
    "not own",
    "not mine",
    "denied",
    "may not",
    "not allowed",
];
/// Words on a line, or on the heading above it, that names files the agent wrote.
const WRITTEN: [&str; 7] = ["changed", "wrote", "written", "created", "edited", "modified", "deleted"];

/// How a task is said to have ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Done,
    Failed,
    Started,
}

/// Reads a report. A text of several tasks has a line that begins with the id of each.
pub fn read(text: &str, source: &Source<'_>) -> Option<Pasted> {
    let parts = parts(text, source);
    let parts = if parts.is_empty() { vec![(only_task(text, source)?, text)] } else { parts };
    let tasks: Vec<usize> = parts.iter().map(|(task, _)| *task).collect();
    let why =
        if ids_in(text, source).is_empty() { "which is what it may be about" } else { "which it names" };
    let mut pasted = Pasted {
        taken_for: match &tasks[..] {
            [task] => format!("Taken for a report of {}, {why}.", source.id(*task)),
            tasks => format!("Taken for reports of {}.", listed(source.plan, tasks)),
        },
        ..Pasted::default()
    };
    for (task, part) in parts {
        of_task(source, task, part, &mut pasted);
    }
    Some(pasted)
}

/// What a report says of one task.
fn of_task(source: &Source<'_>, task: usize, part: &str, pasted: &mut Pasted) {
    let id = source.id(task);
    let outcome = outcome(part);
    let proposal = match outcome {
        Some(Outcome::Done) => source.done(task, minutes(part), None),
        Some(Outcome::Failed) => source.failed(task, reason(part, id.as_str()), None),
        Some(Outcome::Started) => source.started(task, None),
        None => None,
    };
    let is_long = part.trim().lines().count() > 1 || part.trim().len() > 80;
    let kept = kept(source, task, part).filter(|_| is_long && outcome != Some(Outcome::Started));
    match (proposal, kept) {
        (Some(mut proposal), kept) => {
            proposal.news.extend(kept);
            pasted.proposals.push(proposal);
        }
        (None, Some(kept)) => {
            if outcome.is_none() {
                pasted.notes.push(format!("Whether {id} is done is not said. Mark it yourself."));
            } else {
                pasted.notes.extend(source.known_already(&[task]));
            }
            let sentence = format!("Keep the report of {id}.");
            pasted.proposals.push(Proposal { sentence, news: vec![kept], ..Proposal::default() });
        }
        (None, None) if outcome.is_none() => {
            pasted.notes.push(format!("Whether {id} is done is not said. Mark it yourself."));
        }
        (None, None) => pasted.notes.extend(source.known_already(&[task])),
    }
    files(source, task, part, pasted);
}

/// The files that a report names: its own, foreign ones that were written, and foreign ones that are needed.
fn files(source: &Source<'_>, task: usize, part: &str, pasted: &mut Pasted) {
    let (mut own, mut seen) = (Vec::new(), Vec::new());
    let mut is_list_of_written = false;
    for line in part.lines() {
        let low = line.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| low.contains(word));
        let paths = paths(line, source);
        let (is_needed, is_written) = (says(&NEEDED), says(&WRITTEN));
        if paths.is_empty() {
            is_list_of_written =
                is_written && low.trim_end().ends_with(':') || is_list_of_written && low.trim().is_empty();
            continue;
        }
        for path in paths {
            if seen.contains(&path) || seen.len() >= 500 {
                continue;
            }
            seen.push(path.clone());
            if source.owns[task].matches(&path) {
                own.push(path);
            } else if is_needed && pasted.proposals.len() < MOST_FOREIGN {
                let body = Body::Denied { task: source.id(task).clone(), path: path.clone() };
                pasted.proposals.push(foreign::denied(source, task, &path, News { time: None, body }));
            } else if (is_written || is_list_of_written) && pasted.proposals.len() < MOST_FOREIGN {
                let file = ChangedFile { path, change: Change::Unknown };
                pasted.proposals.extend(foreign::wrote(source, task, &file));
            }
        }
    }
    if let Some(run) = source.context.state.task(source.id(task)) {
        own.retain(|file| !run.files.contains(file));
    }
    if !own.is_empty() {
        let news = source.changed(task, own);
        match pasted
            .proposals
            .iter_mut()
            .find(|proposal| proposal.news.iter().any(|news| *news.body.task() == *source.id(task)))
        {
            Some(proposal) => proposal.news.extend(news),
            None => {
                let sentence = format!("{} changed files of its own.", source.id(task));
                pasted.proposals.push(Proposal { sentence, news, ..Proposal::default() });
            }
        }
    }
}

/// The parts of a text that begin with the id of a task, each with that task. What stands before the first one
/// belongs to none.
fn parts<'t>(text: &'t str, source: &Source<'_>) -> Vec<(usize, &'t str)> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some(task) = first_id(line, source)
            && starts.last().is_none_or(|(_, last)| *last != task)
        {
            starts.push((at, task));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let mut parts: Vec<(usize, &str)> = Vec::new();
    for ((start, task), end) in starts.iter().zip(ends) {
        // A later mention of a task that was reported on is part of the text about another.
        if !parts.iter().any(|(known, _)| known == task) {
            parts.push((*task, &text[*start..end]));
        }
    }
    parts
}

/// The task of a text in which no line begins with an id: the first one it names, the selected one, or the only
/// one at work.
fn only_task(text: &str, source: &Source<'_>) -> Option<usize> {
    let says_something = || outcome(text).is_some() || text.lines().count() > 2;
    if let Some(&task) = ids_in(text, source).first() {
        return Some(task);
    }
    let selected = source.context.selected.and_then(|id| source.plan.position(id));
    let only = || match source.running() {
        [task] => Some(*task),
        _ => None,
    };
    selected.or_else(only).filter(|_| says_something())
}

/// The task whose id a line begins with, behind signs of Markdown and words such as `REPORT OF`.
pub fn first_id(line: &str, source: &Source<'_>) -> Option<usize> {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let words = ["REPORT OF ", "Report of ", "Task ", "Agent ", "x] ", "x ] "];
    let line = words.iter().fold(line, |line, words| line.strip_prefix(words).unwrap_or(line));
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let end = line.find(|letter: char| !is_of_id(letter)).unwrap_or(line.len());
    source.position(line[..end].trim_end_matches(['.', '-']))
}

/// The tasks that a text names, in order, each once. Only ids with a digit count within sentences.
pub fn ids_in(text: &str, source: &Source<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    for word in text.split(|letter: char| !is_of_id(letter)) {
        let word = word.trim_end_matches(['.', '-']);
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        if let Some(task) = source.plan.tasks.iter().position(|task| has_digit && task.id.as_str() == word)
            && !found.contains(&task)
        {
            found.push(task);
        }
    }
    found
}

fn is_of_id(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_')
}

/// How a text says that its task ended: by the first words that say so.
fn outcome(text: &str) -> Option<Outcome> {
    let low = text.to_lowercase();
    let first = |words: &[&str]| words.iter().filter_map(|word| position(&low, word)).min();
    let candidates = [
        (first(&FAILED), Outcome::Failed),
        (first(&DONE), Outcome::Done),
        (first(&STARTED), Outcome::Started),
    ];
    candidates
        .into_iter()
        .filter_map(|(at, outcome)| Some((at?, outcome)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, outcome)| outcome)
}

/// The first place of a phrase as whole words, if it is not meant the other way round.
fn position(text: &str, phrase: &str) -> Option<usize> {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let is_letter = phrase.chars().next().is_some_and(char::is_alphanumeric);
    let mut from = 0;
    while let Some(at) = text[from..].find(phrase).map(|at| from + at) {
        let (before, after) = (&text[..at], &text[at + phrase.len()..]);
        let is_whole = !is_letter || !is_word(before.chars().next_back()) && !is_word(after.chars().next());
        let word =
            before.trim_end().rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let is_negated = NEGATIONS.contains(&word) || word == "not" && !phrase.starts_with("not");
        if is_whole && !is_negated {
            return Some(at);
        }
        from = at + phrase.len();
    }
    None
}

/// The line that says that the task failed, without its id.
fn reason<'t>(part: &'t str, id: &str) -> &'t str {
    let says_so = |line: &&str| {
        let low = line.to_lowercase();
        FAILED.iter().any(|word| position(&low, word).is_some())
    };
    let line = part.lines().find(says_so).unwrap_or_default();
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let line = line.strip_prefix(id).unwrap_or(line);
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let words = ["failed", "Failed", "is not done", "not done"];
    let rest = words.iter().find_map(|word| line.strip_prefix(word)).unwrap_or(line);
    rest.trim_start_matches(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '`' | '“' | '"'))
        .trim_end()
}

/// How long a text says that it took, in minutes, rounded up.
fn minutes(text: &str) -> Option<u32> {
    let low = text.to_lowercase();
    if let Some((_, rest)) = low.split_once("duration_ms") {
        let (milliseconds, _) = number(rest.get(..24.min(rest.len())).unwrap_or(rest))?;
        return u32::try_from(milliseconds.div_ceil(60_000)).ok();
    }
    let (_, rest) = low.split_once("took ")?;
    let (count, unit) = number(rest)?;
    let minutes = match unit.chars().next()? {
        'h' => {
            60 * count
                + number(&unit[1..]).filter(|(_, unit)| unit.starts_with('m')).map_or(0, |(more, _)| more)
        }
        'm' => count,
        's' => count.div_ceil(60),
        _ => return None,
    };
    u32::try_from(minutes).ok()
}

/// The first number of a text, and what follows it.
fn number(text: &str) -> Option<(u64, &str)> {
    let from = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let digits = from.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(from.len());
    Some((from[..digits].parse().ok()?, from[digits..].trim_start()))
}

/// The words of a line that are paths, which some task owns or which have a folder and an ending.
fn paths(line: &str, source: &Source<'_>) -> Vec<String> {
    let words =
        line.split(|letter: char| letter.is_whitespace() || matches!(letter, '`' | ',' | '(' | ')' | '"'));
    let trimmed =
        words.map(|word| word.trim_matches(|letter: char| matches!(letter, ':' | ';' | '*' | '’' | '\'')));
    let mut found = Vec::new();
    for word in trimmed {
        let word = word.trim_end_matches('.').trim_start_matches("./");
        let name = word.rsplit('/').next().unwrap_or_default();
        let has_ending = name.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && (1..=8).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        let is_path = has_ending && !word.contains("://") && !word.starts_with('/') && !word.contains('*');
        if is_path
            && (word.contains('/') || !source.owners(word).is_empty())
            && !found.iter().any(|known| known == word)
        {
            found.push(word.to_owned());
        }
    }
    found
}

/// The event that keeps a report, cut where it is too long; `None` if it is kept already or empty.
pub fn kept(source: &Source<'_>, task: usize, text: &str) -> Option<News> {
    let text = text.trim();
    let mut end = text.len().min(LONGEST_REPORT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    // Signs that JSON spells in six letters each would make the event too long.
    let text: String =
        text[..end].chars().filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t')).collect();
    let more = if end < text.len() { "\n…" } else { "" };
    let text = [&*text, more].concat();
    if text.is_empty() || shortened(&text).is_empty() || is_kept(source, task, &text) {
        return None;
    }
    Some(News { time: None, body: Body::Reported { task: source.id(task).clone(), text } })
}

/// Whether the same report of a task is kept already.
fn is_kept(source: &Source<'_>, task: usize, text: &str) -> bool {
    let run = source.context.state.task(source.id(task));
    run.is_some_and(|run| run.reports.iter().any(|report| report.text == text))
}
