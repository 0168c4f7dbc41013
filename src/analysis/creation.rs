//! Finds files that one task creates and another changes, going by their words.
//!
//! Nobody can extend a file that is not there yet, so the task that creates it goes first.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::edges::reaches;
use super::{Order, Ownership, PairSet};
use crate::plan::{Plan, Status, Task};
use crate::prose::deeds::{Deed, NamedFile, named_files};
use crate::prose::paragraphs::prose;

/// A file that one task creates and another changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Creation {
    /// The task that creates it.
    pub(super) creator: usize,
    /// The task that changes it.
    pub(super) changer: usize,
    /// The file.
    pub(super) path: String,
}

/// The most such pairs. A plan that people wrote has a few.
const MOST: usize = 2_000;

/// The most tasks that change one file for which pairs are looked for.
const MOST_CHANGERS: usize = 100;

/// All such pairs of unordered tasks, by changing task; one for each pair of tasks. Leaves out files that
/// several tasks create.
pub(super) fn find(plan: &Plan, order: &Order, ownership: &Ownership) -> Vec<Creation> {
    let files: Vec<Vec<NamedFile>> =
        match plan.tasks.iter().any(|task| is_written_out(task) && may_create(task)) {
            true => plan.tasks.iter().map(files_of).collect(),
            false => return Vec::new(),
        };
    let creators = creators(&files, ownership);
    let mut changed: FxHashMap<&str, usize> = FxHashMap::default();
    let mut found: Vec<Creation> = Vec::new();
    let is_waiting = |task: usize| plan.tasks[task].status != Status::Running;
    for (changer, named) in files.iter().enumerate().filter(|&(task, _)| is_waiting(task)) {
        for NamedFile { path, deed } in named {
            let Some(&Some(creator)) = creators.get(path.as_str()).filter(|_| *deed == Deed::Changes) else {
                continue;
            };
            let changers = changed.entry(path).or_default();
            *changers += 1;
            let is_known = found
                .iter()
                .rev()
                .take_while(|known| known.changer == changer)
                .any(|known| known.creator == creator);
            if creator != changer
                && !is_known
                && !order.are_ordered(creator, changer)
                && *changers <= MOST_CHANGERS
                && found.len() < MOST
            {
                found.push(Creation { creator, changer, path: path.clone() });
            }
        }
    }
    found
}

/// The pairs that set an order without a cycle, as the task that goes first and the one that waits; `apart` has
/// the pairs that are not allowed to run side by side.
pub(super) fn directed(creations: &[Creation], order: &Order, apart: &PairSet) -> Vec<(usize, usize)> {
    let mut later: Vec<Vec<usize>> = Vec::new();
    let mut directed = Vec::new();
    for &Creation { creator, changer, .. } in creations {
        if !apart.contains(creator, changer) {
            continue;
        }
        if later.is_empty() {
            later.clone_from(&order.successors);
        }
        if !reaches(&later, changer, creator) {
            later[creator].push(changer);
            directed.push((creator, changer));
        }
    }
    directed.sort_unstable_by_key(|&(first, second)| (second, first));
    directed
}

/// The one task that creates each file; `None` if several do.
fn creators<'f>(files: &'f [Vec<NamedFile>], ownership: &Ownership) -> FxHashMap<&'f str, Option<usize>> {
    let mut creators: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for (task, named) in files.iter().enumerate() {
        for NamedFile { path, .. } in named.iter().filter(|named| named.deed == Deed::Creates) {
            // A name without its folder is a file of the root only if the task says so.
            if path.contains('/') || ownership.owns[task].matches(path) {
                creators.entry(path).and_modify(|creator| *creator = None).or_insert(Some(task));
            }
        }
    }
    creators
}

/// Whether the task is still open, and its kind may change files.
fn is_written_out(task: &Task) -> bool {
    task.status.is_open() && task.changes_files()
}

/// A quick look for a word of creation.
fn may_create(task: &Task) -> bool {
    [&task.title, &task.instructions].into_iter().any(|text| {
        text.contains(['/', '`'])
            && ["reate", "dd", "ew", "caffold", "ntroduce", "ootstrap", "ove", "ename"]
                .iter()
                .any(|part| text.contains(part))
    })
}

/// The files that the title and the instructions of an open task name.
fn files_of(task: &Task) -> Vec<NamedFile> {
    if !is_written_out(task) {
        return Vec::new();
    }
    let texts = std::iter::once(Cow::Borrowed(task.title.as_str())).chain(prose(&task.instructions));
    let mut files: Vec<NamedFile> = Vec::new();
    for file in texts.flat_map(|text| named_files(&text)) {
        match files.iter_mut().find(|known| known.path == file.path) {
            // Who creates a file may also change it.
            Some(known) if file.deed == Deed::Creates || known.deed == Deed::Names => known.deed = file.deed,
            Some(_) => {}
            None => files.push(file),
        }
    }
    files
}
