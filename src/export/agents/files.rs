//! What an agent is told about files: which are its own, which belong to others, which it shares.
//!
//! No order contradicts another: what is on an agent's list is never forbidden to it, whatever lists of
//! others have it too. And the lists stay short: of the others' patterns only the nearest are spelled out.

use std::borrow::Cow;
use std::cell::RefCell;

use indexmap::IndexSet;

use super::doer::Doer;
use super::phases::OpenPhase;
use crate::analysis::ConflictKind;
use crate::escape::markdown_code;
use crate::glob::{self, Effort, FileSet, Member, Pattern, intersects, intersects_outside_within};
use crate::plan::{Status, Task};
use crate::report::Report;

/// The most patterns of others that an agent is told.
const MOST_NEAR: usize = 8;
/// The most that an agent is told that has no list of its own to stay within.
const MOST_WITHOUT_LIST: usize = 40;
/// The most characters of these, beyond the last one.
const MOST_CHARACTERS: usize = 4_000;
/// How many patterns to look at on each side of one; near ones stand next to it.
const REACH: usize = 64;
/// How many patterns of others to look at for one agent.
const MOST_LOOKED_AT: usize = 400;
/// The most exceptions that are spelled out behind one pattern.
const MOST_EXCEPTIONS: usize = 12;
/// The budget for comparing the patterns of a phase; takes a fraction of a second. Beyond it, patterns count
/// as overlapping and are not forbidden.
const MOST_EFFORT: usize = 20_000_000;

/// The files of all tasks of a phase.
pub struct Files<'a> {
    report: &'a Report,
    tasks: Vec<usize>,
    /// The tasks that somebody works on in the common folder, ascending.
    at_work: Vec<usize>,
    /// Whether one of the tasks does not list its files.
    has_unknown: bool,
    /// In the order of the plan.
    in_order: Vec<Entry<'a>>,
    /// Sorted by lead, so that patterns in one folder stand next to each other.
    entries: Vec<Entry<'a>>,
    effort: RefCell<Effort>,
}

/// A pattern that a task owns.
#[derive(Clone, Copy)]
struct Entry<'a> {
    task: usize,
    pattern: &'a Pattern,
}

/// Files that an agent shares with others of its phase, with the consent of the plan's author: one path for
/// each conflict.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Paths that it and another may change.
    pub written: IndexSet<String>,
    /// Paths that it reads and another may change.
    pub read: IndexSet<String>,
}

/// The paths of a pattern that are left out of it.
struct Exceptions<'p> {
    /// The excludes of its list that bear on it.
    excluded: Vec<&'p str>,
    /// The patterns of the agent itself that meet it.
    own: Vec<&'p str>,
}

/// What an agent reads, as entries of lists.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reads {
    /// Files that it must not change.
    pub foreign: Vec<String>,
    /// Files that are all on its own list.
    pub own: Vec<String>,
}

/// The entries of a list as they are read, each once, with their first positions in it; without placeholders.
fn entries(list: &[String]) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let mut seen = IndexSet::new();
    let read = list.iter().enumerate().filter_map(|(position, text)| Some((position, glob::as_read(text)?)));
    read.filter(move |(_, text)| seen.insert(text.clone()))
}

impl<'a> Files<'a> {
    /// The files of this phase.
    pub fn of(report: &'a Report, phase: &OpenPhase) -> Files<'a> {
        let tasks = phase.tasks();
        let mut in_order: Vec<Entry<'a>> = Vec::new();
        for &task in &tasks {
            let owned = report.analysis.ownership.owns[task].includes();
            in_order.extend(owned.iter().map(|member| Entry { task, pattern: &member.pattern }));
        }
        let mut entries = in_order.clone();
        entries.sort_by_key(|entry| entry.pattern.lead());
        let is_at_work = |task: &usize| {
            let task = &report.plan.tasks[*task];
            task.status == Status::Running || Doer::of(task).is_company()
        };
        Files {
            report,
            at_work: tasks.iter().copied().filter(is_at_work).collect(),
            has_unknown: tasks.iter().any(|&task| is_unknown(report, task)),
            tasks,
            in_order,
            entries,
            effort: RefCell::new(Effort::new(MOST_EFFORT)),
        }
    }

    /// Whether others work in the same folder while this task runs.
    pub fn has_company(&self, task: usize) -> bool {
        self.at_work.len() > usize::from(self.at_work.binary_search(&task).is_ok())
    }

    /// Whether nobody knows the files of a task: it lists none, or none that can be read.
    pub fn is_unknown(&self, task: usize) -> bool {
        is_unknown(self.report, task)
    }

    /// The patterns that a task owns, each with the excludes that bear on it. Where those are many, they stand in an
    /// entry of their own at the end, once for all patterns. Without those that can't be read: they may lie outside the
    /// repository, or be sentences.
    pub fn owned(&self, task: usize) -> Vec<String> {
        let set = self.set(task);
        let included = entries(&self.report.plan.tasks[task].owns).filter(|(_, text)| !text.starts_with('!'));
        let mut members = set.includes().iter().peekable();
        let mut at_the_end: IndexSet<&str> = IndexSet::new();
        let mut list = Vec::new();
        for (position, text) in included {
            while members.next_if(|member| member.position < position).is_some() {}
            let Some(member) = members.peek().filter(|member| member.position == position) else { continue };
            let excluded = self.excludes(set, &member.pattern);
            if excluded.len() > MOST_EXCEPTIONS {
                list.push(format!("{}, but not what is excluded at the end", markdown_code(&text)));
                at_the_end.extend(excluded);
            } else {
                list.push(with_exceptions(&text, &Exceptions { excluded, own: Vec::new() }));
            }
        }
        if !at_the_end.is_empty() {
            let excluded: Vec<String> = at_the_end.into_iter().map(markdown_code).collect();
            list.push(format!("excluded: {}", excluded.join(", ")));
        }
        list
    }

    /// The patterns of others in the phase that an agent must leave alone: those that share a folder with its
    /// own, the nearest first. For an agent without a list, those of all others.
    pub fn foreign(&self, task: usize) -> Vec<String> {
        let own = self.set(task).includes();
        let near = if own.is_empty() { self.all_but(task) } else { self.near(task) };
        let most = if own.is_empty() { MOST_WITHOUT_LIST } else { MOST_NEAR };
        let mut lines = IndexSet::new();
        let mut characters = 0;
        for entry in near.into_iter().take(MOST_LOOKED_AT) {
            if let Some(line) = self.forbidden(task, entry) {
                characters += line.len();
                lines.insert(line);
            }
            if lines.len() == most || characters > MOST_CHARACTERS {
                break;
            }
        }
        lines.into_iter().collect()
    }

    /// What an agent reads.
    pub fn reads(&self, task: usize) -> Reads {
        let set = &self.report.analysis.ownership.reads[task];
        let mut reads = Reads::default();
        let mut members = set.includes().iter().peekable();
        for (position, text) in entries(&self.report.plan.tasks[task].reads) {
            while members.next_if(|member| member.position < position).is_some() {}
            let member = members.peek().filter(|member| member.position == position);
            match member.map(|member| self.outside(task, set, &member.pattern)) {
                Some(None) => reads.own.push(markdown_code(&text)),
                Some(Some(exceptions)) => reads.foreign.push(with_exceptions(&text, &exceptions)),
                None => {}
            }
        }
        reads
    }

    /// What an agent shares with others of its phase.
    pub fn shared(&self, task: usize) -> Shared {
        let mut shared = Shared::default();
        for &number in &self.report.analysis.conflicts_of[task] {
            let conflict = &self.report.analysis.conflicts[number];
            let other = if conflict.a == task { conflict.b } else { conflict.a };
            let Some(witness) = conflict.kind.witness() else { continue };
            if conflict.is_open() || self.tasks.binary_search(&other).is_err() {
                continue;
            }
            // Only whoever may be surprised needs to know: the reader, not the writer.
            let list = match conflict.kind {
                ConflictKind::ReadWrite { reader, .. } if reader != task => continue,
                _ if self.set(task).matches(witness) => &mut shared.written,
                _ => &mut shared.read,
            };
            list.insert(witness.to_owned());
        }
        shared
    }

    /// Whether a task has files in common with another of the phase, or may have.
    pub fn may_meet_others(&self, task: usize) -> bool {
        let shared = self.shared(task);
        self.has_unknown || !shared.written.is_empty() || !shared.read.is_empty()
    }

    fn set(&self, task: usize) -> &'a FileSet {
        &self.report.analysis.ownership.owns[task]
    }

    /// The first patterns of others.
    fn all_but(&self, task: usize) -> Vec<Entry<'a>> {
        self.in_order.iter().copied().filter(|entry| entry.task != task).take(MOST_LOOKED_AT).collect()
    }

    /// Patterns of others that share a folder with one of this task; those that share the most come first.
    fn near(&self, task: usize) -> Vec<Entry<'a>> {
        let mut found: Vec<(usize, Entry<'a>)> = Vec::new();
        for own in self.set(task).includes() {
            let lead = own.pattern.lead();
            let at = self.entries.partition_point(|entry| entry.pattern.lead() < lead);
            let below = self.entries[..at].iter().rev().take(REACH);
            let above = self.entries[at..].iter().take(REACH);
            let others = below.chain(above).filter(|entry| entry.task != task);
            let ranked = others.map(|entry| (shared_folders(lead, entry.pattern.lead()), *entry));
            found.extend(ranked.filter(|(folders, _)| *folders > 0));
        }
        found.sort_by_key(|(folders, entry)| (usize::MAX - folders, entry.task));
        found.into_iter().map(|(_, entry)| entry).collect()
    }

    /// A foreign pattern without what is the agent's own; `None` if nothing is left of it.
    fn forbidden(&self, task: usize, foreign: Entry<'_>) -> Option<String> {
        let exceptions = self.outside(task, self.set(foreign.task), foreign.pattern)?;
        Some(with_exceptions(foreign.pattern.as_str(), &exceptions))
    }

    /// The exceptions of a pattern outside the files of a task: the excludes of the set that holds it, and the
    /// task's own patterns that meet it. `None` if the task owns all of it.
    fn outside<'p>(&'p self, task: usize, set: &'p FileSet, pattern: &Pattern) -> Option<Exceptions<'p>> {
        let excluded = self.excludes(set, pattern);
        let owned = self.set(task);
        let out: Vec<&Pattern> =
            owned.excludes().iter().chain(set.excludes()).map(|member| &member.pattern).collect();
        let mut effort = self.effort.borrow_mut();
        let mut meets = |own: &Pattern| {
            !effort.compare(own, pattern) || intersects_outside_within(own, pattern, &out, &mut effort)
        };
        let meeting: Vec<&Pattern> =
            owned.includes().iter().map(|member| &member.pattern).filter(|own| meets(own)).collect();
        let is_cut = |exclude: &Member| intersects(&exclude.pattern, pattern);
        let is_all = !meeting.is_empty()
            && !owned.excludes().iter().any(is_cut)
            && !intersects_outside_within(pattern, pattern, &meeting, &mut effort);
        let own: IndexSet<&str> = meeting.iter().map(|own| own.as_str()).collect();
        let own = own.into_iter().collect();
        (!is_all).then_some(Exceptions { excluded, own })
    }

    /// The excludes of a set that bear on one of its patterns. Beyond the limit, all do.
    fn excludes<'p>(&self, set: &'p FileSet, pattern: &Pattern) -> Vec<&'p str> {
        let bearing = set.excludes().iter().map(|member| &member.pattern);
        let mut effort = self.effort.borrow_mut();
        let bearing =
            bearing.filter(|exclude| !effort.compare(exclude, pattern) || intersects(exclude, pattern));
        bearing.map(Pattern::as_str).collect()
    }
}

fn is_unknown(report: &Report, task: usize) -> bool {
    report.plan.tasks[task].changes_files() && report.analysis.ownership.owns[task].includes().is_empty()
}

/// The files of a task on one line, for whoever checks what was changed.
pub fn owned_line(files: &Files<'_>, position: usize, task: &Task) -> String {
    if files.is_unknown(position) {
        return "lists no files; what its report names is its own, unless another list has it".to_owned();
    }
    let owned = files.owned(position);
    if !task.changes_files() || owned.is_empty() {
        return "changes nothing".to_owned();
    }
    owned.join("; ")
}

/// A pattern with its exceptions. Many of one kind are named in a few words, so that the length of all lists together
/// doesn't grow with the product of the patterns.
fn with_exceptions(pattern: &str, exceptions: &Exceptions<'_>) -> String {
    let Exceptions { excluded, own } = exceptions;
    let mut but: Vec<String> =
        excluded.iter().take(MOST_EXCEPTIONS).map(|text| markdown_code(text)).collect();
    if let Some(more @ 1..) = excluded.len().checked_sub(MOST_EXCEPTIONS) {
        but.push(format!("{more} more"));
    }
    if own.len() > MOST_EXCEPTIONS {
        but.push("your own files".to_owned());
    } else {
        but.extend(own.iter().map(|text| markdown_code(text)));
    }
    let but_not = if but.is_empty() { "" } else { ", but not " };
    [&markdown_code(pattern), but_not, &but.join(", ")].concat()
}

/// The number of names that both leads begin with.
fn shared_folders(left: &str, right: &str) -> usize {
    let pairs = left.split_inclusive('/').zip(right.split_inclusive('/'));
    pairs.take_while(|(left, right)| left == right).count()
}
