//! The output of `git log`: commits that name tasks.

use super::report::ids_in;
use super::{Pasted, Source};
use crate::explain::counted;

/// Reads `git log`, also with `--oneline`.
pub fn read(text: &str, source: &Source<'_>) -> Option<Pasted> {
    let subjects = subjects(text)?;
    let mut pasted = Pasted {
        taken_for: format!("Taken for `git log`: {}.", counted(subjects.len(), "commit")),
        ..Pasted::default()
    };
    let (mut seen, mut known, mut undone) = (Vec::new(), Vec::new(), Vec::new());
    for subject in &subjects {
        let is_revert = subject.to_ascii_lowercase().starts_with("revert");
        for task in ids_in(subject, source) {
            if seen.contains(&task) {
                continue;
            }
            seen.push(task);
            if is_revert {
                undone.push(task);
                continue;
            }
            match source.done(task, None, None) {
                Some(mut done) => {
                    done.sentence =
                        format!("{} is done: commit “{}”.", source.id(task), super::shortened(subject));
                    pasted.proposals.push(done);
                }
                None => known.push(task),
            }
        }
    }
    pasted.notes.extend(source.known_already(&known));
    if !undone.is_empty() {
        let tasks = crate::explain::listed(source.plan, &undone);
        pasted.notes.push(format!("Commits of {tasks} were reverted: mark them yourself."));
    }
    if seen.is_empty() {
        pasted.notes.push(
            "No commit names a task. Begin the messages with ids, such as “phase 1: T1 T2”.".to_owned(),
        );
    } else {
        pasted
            .notes
            .push("When a task was finished is not read from commits: it counts as of now.".to_owned());
    }
    Some(pasted)
}

/// The first lines of the messages, the newest first; `None` if the text is no log.
fn subjects(text: &str) -> Option<Vec<String>> {
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim_start_matches(['*', '|', '/', '\\', ' '])).collect();
    let is_hash = |word: &str| word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let whole: Vec<usize> = (0..lines.len())
        .filter(|&at| {
            lines[at].strip_prefix("commit ").is_some_and(|rest| rest.split(' ').next().is_some_and(is_hash))
        })
        .collect();
    if !whole.is_empty() && lines.iter().find(|line| !line.is_empty()) == Some(&lines[whole[0]]) {
        let subject = |&at: &usize| {
            let body = lines[at + 1..].iter().skip_while(|line| !line.is_empty());
            body.map(|line| line.trim()).find(|line| !line.is_empty()).map(str::to_owned)
        };
        return Some(whole.iter().filter_map(subject).collect());
    }
    let mut subjects = Vec::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let (hash, subject) = line.split_once(' ')?;
        if !is_hash(hash) || !hash.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let subject = subject.trim_start();
        let without_names =
            subject.strip_prefix('(').and_then(|rest| rest.split_once(") ")).map(|(_, rest)| rest);
        subjects.push(without_names.unwrap_or(subject).to_owned());
    }
    (!subjects.is_empty()).then_some(subjects)
}
