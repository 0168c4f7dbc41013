//! A list of changed files, as git prints it.

use super::{Pasted, Proposal, Source, foreign};
use crate::changed_files::{Asked, ChangedFile, Judgement, Verdict, is_list, read as read_list, undo};
use crate::explain::{counted, listed};

/// The most files that are named in a sentence.
const MOST_NAMED: usize = 3;
/// The most foreign files for which repairs are tried.
const MOST_TRIED: usize = 8;

/// Reads names of files, `git diff` and `git status`.
pub fn read(text: &str, source: &Source<'_>) -> Option<Pasted> {
    // A terminal gives no zeros when it is copied from, and a pasted list may end in blanks.
    let text = text.trim_end_matches([' ', '\n']);
    if !is_list(text.as_bytes()) {
        return None;
    }
    Some(judged(source, read_list(text.as_bytes()), "a list of changed files"))
}

/// What follows from changed files: whose they are.
pub fn judged(source: &Source<'_>, files: Vec<ChangedFile>, what: &str) -> Pasted {
    let running = source.running();
    let asked = if running.is_empty() {
        Asked::now(source.context.report)
    } else {
        Asked { tasks: running.to_vec() }
    };
    let mut tasks = asked.tasks.clone();
    tasks.sort_unstable();
    let compared = match &tasks[..] {
        [] => "no task is at work".to_owned(),
        [task] => format!("compared with the files of {}", source.id(*task)),
        tasks => format!("compared with the files of {}", listed(source.plan, tasks)),
    };
    let count = counted(files.len(), "file");
    let judgement = Judgement::of(source.context.report, Asked { tasks }, &[], files);
    let mut pasted =
        Pasted { taken_for: format!("Taken for {what}: {count}, {compared}."), ..Pasted::default() };
    let mut own: Vec<(usize, Vec<String>)> = Vec::new();
    let mut tried = 0;
    for judged in &judgement.files {
        let path = &judged.file.path;
        match &judged.verdict {
            Verdict::Fine(owner) => {
                let Some(task) = owner.task else { continue };
                match own.iter_mut().find(|(other, _)| *other == task) {
                    Some((_, files)) => files.push(path.clone()),
                    None => own.push((task, vec![path.clone()])),
                }
            }
            Verdict::Nobody { is_folder: true, .. } => pasted.notes.push(format!(
                "`{path}` is a folder: which files changed in it is not known. Ask with `git status -uall`."
            )),
            Verdict::Foreign(_) | Verdict::Nobody { .. } => {
                tried += 1;
                pasted.proposals.extend(of_foreign(
                    source,
                    &judgement.asked.tasks,
                    &judged.file,
                    tried <= MOST_TRIED,
                ));
            }
        }
    }
    let of_own = own.into_iter().filter_map(|(task, files)| of_own(source, task, files));
    pasted.proposals.splice(0..0, of_own.collect::<Vec<_>>());
    pasted
}

/// Notes the files that a task changed, unless they are noted.
fn of_own(source: &Source<'_>, task: usize, mut files: Vec<String>) -> Option<Proposal> {
    if let Some(run) = source.context.state.task(source.id(task)) {
        files.retain(|file| !run.files.contains(file));
    }
    if files.is_empty() {
        return None;
    }
    let named: Vec<String> = files.iter().take(MOST_NAMED).map(|file| format!("`{file}`")).collect();
    let more = files.len().saturating_sub(MOST_NAMED);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let sentence = format!("{} changed {}{more}: its own.", source.id(task), named.join(", "));
    Some(Proposal { sentence, news: source.changed(task, files), ..Proposal::default() })
}

/// A file that none of the tasks at work owns. If one is at work, it wrote it.
fn of_foreign(source: &Source<'_>, asked: &[usize], file: &ChangedFile, is_tried: bool) -> Vec<Proposal> {
    if let ([task], true) = (asked, is_tried) {
        return foreign::wrote(source, *task, file);
    }
    let owners = source.owners(&file.path);
    let whose = match &owners[..] {
        [] => "which no task owns".to_owned(),
        owners => format!("which belongs to {}", listed(source.plan, owners)),
    };
    let sentence =
        format!("`{}` changed, {whose}. Who wrote it is not known. Take the change back.", file.path);
    vec![Proposal { sentence, command: Some(undo(file)), ..Proposal::default() }]
}
