//! The input of the rules.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::list_order;
use super::owned_files::OwnedFiles;
use crate::analysis::{Analysis, Conflict, ConflictKind, Order, Ownership, Written};
use crate::diagnostic::Place;
use crate::evidence::Evidence;
use crate::glob::Effort;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Plan, Status, Task, TaskId};
use crate::schedule::Schedule;

/// The plan, everything derived from it, and helpers for findings.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Position of the first task with each id.
    pub positions: FxHashMap<&'a TaskId, usize>,
    /// The results of the analysis, before scheduling.
    pub analysis: &'a Analysis,
    /// The order of the tasks, from the analysis.
    pub order: &'a Order,
    /// The schedule.
    pub schedule: &'a Schedule,
    /// What is known of the repository, if anything is.
    pub evidence: Option<&'a Evidence>,
    /// See [`Context::owned_files`].
    pub(super) owned: OnceCell<OwnedFiles>,
    /// The remaining budget for comparing patterns in fixes.
    pub effort: RefCell<Effort>,
    /// For each task, whether it is the first with its id.
    is_first: Vec<bool>,
    /// See [`Context::naming`].
    naming: OnceCell<FxHashMap<&'a TaskId, Vec<usize>>>,
    /// See [`Context::sequence`].
    ranks: OnceCell<Vec<usize>>,
    /// See [`Context::list_order`].
    list_order: OnceCell<Option<Vec<Edit>>>,
    /// For each id prefix before the digits, the highest number in use.
    highest: OnceCell<FxHashMap<&'a str, u32>>,
}

/// The budget for comparing patterns in all fixes of a plan; takes less than a second. Once it is exhausted,
/// fixes that need more are not offered.
const MOST_EFFORT: usize = 20_000_000;

impl<'a> Context<'a> {
    /// The context of a plan and its results.
    pub fn new(plan: &'a Plan, analysis: &'a Analysis, schedule: &'a Schedule) -> Context<'a> {
        let positions = plan.positions();
        let is_first =
            plan.tasks.iter().enumerate().map(|(at, task)| positions.get(&task.id) == Some(&at)).collect();
        Context {
            plan,
            positions,
            analysis,
            order: &analysis.order,
            schedule,
            evidence: None,
            owned: OnceCell::new(),
            effort: RefCell::new(Effort::new(MOST_EFFORT)),
            is_first,
            naming: OnceCell::new(),
            ranks: OnceCell::new(),
            list_order: OnceCell::new(),
            highest: OnceCell::new(),
        }
    }

    /// The same context with what is known of the repository.
    pub fn with_evidence(self, evidence: &'a Evidence) -> Context<'a> {
        Context { evidence: Some(evidence).filter(|evidence| !evidence.is_empty()), ..self }
    }

    /// The parsed patterns of all tasks.
    pub fn ownership(&self) -> &'a Ownership {
        &self.analysis.ownership
    }

    /// Every task with its position.
    pub fn tasks(&self) -> impl Iterator<Item = (usize, &'a Task)> + use<'a> {
        self.plan.tasks.iter().enumerate()
    }

    /// The task at a position.
    pub fn task(&self, task: usize) -> &'a Task {
        &self.plan.tasks[task]
    }

    /// The id of the task at a position.
    pub fn id(&self, task: usize) -> &'a TaskId {
        &self.plan.tasks[task].id
    }

    /// Whether edits can reach this task. They name tasks by id.
    pub fn is_first_with_its_id(&self, task: usize) -> bool {
        self.is_first[task]
    }

    /// Whether the task still has to run: not done and not dropped.
    pub fn is_open(&self, task: usize) -> bool {
        self.task(task).status.is_open()
    }

    /// The listed conflicts that the author has not allowed.
    pub fn open_conflicts(&self) -> impl Iterator<Item = &'a Conflict> + use<'a> {
        self.analysis.conflicts.iter().filter(|conflict| conflict.is_open())
    }

    /// The tasks that a task names in its `after` list, ascending, without itself. Unlike the predecessors in the
    /// order, they include those for which it no longer waits.
    pub fn awaited(&self, task: usize) -> Vec<usize> {
        let position = |id: &TaskId| self.positions.get(id).copied().filter(|&awaited| awaited != task);
        let mut awaited: Vec<usize> = self.task(task).after.iter().filter_map(position).collect();
        awaited.sort_unstable();
        awaited.dedup();
        awaited
    }

    /// A field of a task, or one value in it.
    pub fn place(&self, task: usize, field: &'static str, value: &str) -> Place {
        Place { task, id: self.id(task).clone(), field, value: value.to_owned() }
    }

    /// An entry of a list of patterns.
    pub fn place_of(&self, written: &Written) -> Place {
        self.place(written.task, written.field.name(), &written.text)
    }

    /// The edit that replaces an entry of a list of patterns by others, or removes it if there are none.
    pub fn rewritten(&self, written: &Written, with: &[String]) -> Edit {
        let mut entries: Vec<String> = Vec::new();
        for entry in written.field.of(self.task(written.task)) {
            if *entry == written.text {
                entries.extend_from_slice(with);
            } else {
                entries.push(entry.clone());
            }
        }
        self.change(written.task, written.field.change(entries))
    }

    /// Ids as a list for a sentence: `T1, T2 and T3`, and from the sixth on `T1, T2, T3, T4 and 9 more`.
    pub fn list(&self, tasks: &[usize]) -> String {
        let names: Vec<&str> = tasks.iter().map(|&task| self.id(task).as_str()).collect();
        match &names[..] {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] if names.len() <= 5 => format!("{} and {last}", first.join(", ")),
            _ => format!("{} and {} more", names[..4].join(", "), names.len() - 4),
        }
    }

    /// The tasks without duplicates, in the order of [`Order::topological`].
    pub fn sequence(&self, tasks: &[usize]) -> Vec<usize> {
        let ranks = self.ranks.get_or_init(|| {
            let mut ranks = vec![0; self.plan.tasks.len()];
            for (rank, &task) in self.order.topological.iter().enumerate() {
                ranks[task] = rank;
            }
            ranks
        });
        let mut sequence = tasks.to_vec();
        sequence.sort_unstable_by_key(|&task| ranks[task]);
        sequence.dedup();
        sequence
    }

    /// The edits that settle all conflicts over files in the order of the list; see [`list_order::waits`].
    pub(super) fn list_order(&self) -> Option<Vec<Edit>> {
        let edits = self.list_order.get_or_init(|| {
            let is_running = |task: usize| self.task(task).status == Status::Running;
            // What waits for a running task also waits for all that this should have waited for.
            if self.order.passed_on.iter().any(|passed| !passed.is_empty()) {
                return None;
            }
            let waits = list_order::waits(self.open_conflicts(), &self.order.successors, is_running)?;
            let mut after: BTreeMap<usize, Vec<TaskId>> = BTreeMap::new();
            for &(first, second) in &waits {
                let entries = after.entry(second).or_insert_with(|| self.task(second).after.clone());
                entries.push(self.id(first).clone());
            }
            let is_reachable =
                waits.iter().all(|&(first, second)| self.is_first[first] && self.is_first[second]);
            is_reachable.then(|| {
                after.into_iter().map(|(task, after)| self.change(task, TaskChange::After(after))).collect()
            })
        });
        edits.clone()
    }

    /// The tasks that wait for this id or allow a conflict with it, ascending, possibly with duplicates.
    pub fn naming(&self, id: &TaskId) -> &[usize] {
        let naming = self.naming.get_or_init(|| {
            let mut naming: FxHashMap<&TaskId, Vec<usize>> = FxHashMap::default();
            for (at, task) in self.tasks() {
                for id in referred(task) {
                    naming.entry(id).or_default().push(at);
                }
            }
            naming
        });
        naming.get(id).map_or(&[], Vec::as_slice)
    }

    /// The conflict over a file that both tasks write, open or not; `a` is the first in the plan.
    pub fn both_write(&self, a: usize, b: usize) -> Option<&'a Conflict> {
        let listed = &self.analysis.conflicts;
        let from = listed.partition_point(|conflict| (conflict.a, conflict.b) < (a, b));
        listed.get(from).filter(|conflict| {
            (conflict.a, conflict.b) == (a, b) && matches!(conflict.kind, ConflictKind::WriteWrite(_))
        })
    }

    /// Unused ids: the letters of `like`, with numbers above all in use.
    pub fn fresh_ids(&self, like: &TaskId) -> impl Iterator<Item = TaskId> {
        let highest = self.highest.get_or_init(|| {
            let mut highest: FxHashMap<&str, u32> = FxHashMap::default();
            for id in self.plan.tasks.iter().flat_map(|task| referred(task).chain([&task.id])) {
                let stem = stem(id);
                if let Ok(number) = id.as_str()[stem.len()..].parse::<u32>() {
                    let known = highest.entry(stem).or_default();
                    *known = number.max(*known);
                }
            }
            highest
        });
        let stem = stem(like).to_owned();
        let highest = highest.get(stem.as_str()).map_or(0, |&number| u64::from(number));
        (highest + 1..).map(move |number| TaskId(format!("{stem}{number}")))
    }

    /// The edit that changes one field of a task.
    pub fn change(&self, task: usize, change: TaskChange) -> Edit {
        Edit::ChangeTask { id: self.id(task).clone(), change }
    }

    /// The edit that removes entries from an `after` list.
    pub fn without_waiting_for(&self, task: usize, entries: &[TaskId]) -> Edit {
        let after = self.task(task).after.iter().filter(|id| !entries.contains(id)).cloned().collect();
        self.change(task, TaskChange::After(after))
    }
}

/// The ids of other tasks that a task names.
fn referred(task: &Task) -> impl Iterator<Item = &TaskId> {
    task.after.iter().chain(task.accepts.iter().map(|accepted| &accepted.task))
}

/// The part of an id before its final digits.
fn stem(id: &TaskId) -> &str {
    id.as_str().trim_end_matches(|letter: char| letter.is_ascii_digit())
}
