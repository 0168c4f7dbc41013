//! What the rules look at.

use std::cell::{OnceCell, RefCell};

use rustc_hash::FxHashMap;

use crate::analysis::conflict::{Conflict, Conflicts};
use crate::analysis::{ConflictKind, Field, Order, Ownership, Place, Written};
use crate::glob::Effort;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Plan, Status, Task, TaskId};

/// The plan, what is known of it, and how findings name its parts.
pub struct Context<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Position of the first task with each id.
    pub positions: FxHashMap<&'a TaskId, usize>,
    /// Which task must be finished before which.
    pub order: &'a Order,
    /// Which tasks may not run at the same time.
    pub conflicts: &'a Conflicts,
    /// What the comparison of patterns for repairs may still cost.
    pub effort: RefCell<Effort>,
    /// For each task, whether it is the first with its id.
    is_first: Vec<bool>,
    /// See [`Context::naming`].
    naming: OnceCell<FxHashMap<&'a TaskId, Vec<usize>>>,
    /// See [`Context::sequence`].
    ranks: OnceCell<Vec<usize>>,
    /// For each text before the digits of an id, the highest number behind it.
    highest: OnceCell<FxHashMap<&'a str, u32>>,
}

/// What the comparison of patterns for all repairs of a plan may cost: less than a second. Where it is used up, the repairs
/// that need more are not offered.
const MOST_EFFORT: usize = 20_000_000;

impl<'a> Context<'a> {
    /// Gathers what the rules look at.
    pub fn new(plan: &'a Plan, order: &'a Order, conflicts: &'a Conflicts) -> Context<'a> {
        let positions = plan.positions();
        let is_first =
            plan.tasks.iter().enumerate().map(|(at, task)| positions.get(&task.id) == Some(&at)).collect();
        Context {
            plan,
            positions,
            order,
            conflicts,
            effort: RefCell::new(Effort::new(MOST_EFFORT)),
            is_first,
            naming: OnceCell::new(),
            ranks: OnceCell::new(),
            highest: OnceCell::new(),
        }
    }

    /// What the patterns of all tasks say.
    pub fn ownership(&self) -> &'a Ownership {
        &self.conflicts.ownership
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

    /// Whether edits, which name tasks by id, reach this one.
    pub fn is_first_with_its_id(&self, task: usize) -> bool {
        self.is_first[task]
    }

    /// Whether the task is still to be run: not done and not dropped.
    pub fn is_open(&self, task: usize) -> bool {
        !matches!(self.task(task).status, Status::Done | Status::Dropped)
    }

    /// The listed conflicts that the author has not allowed, between tasks that are still to be run.
    pub fn open_conflicts(&self) -> impl Iterator<Item = &'a Conflict> {
        self.conflicts.listed.iter().filter(|conflict| self.is_open_conflict(conflict))
    }

    /// Whether the author has not allowed it, and both tasks are still to be run.
    pub fn is_open_conflict(&self, conflict: &Conflict) -> bool {
        conflict.accepted.is_none() && self.is_open(conflict.a) && self.is_open(conflict.b)
    }

    /// A field of a task, or one value in it.
    pub fn place(&self, task: usize, field: &'static str, value: &str) -> Place {
        Place { task, id: self.id(task).clone(), field, value: value.to_owned() }
    }

    /// An entry of a list of patterns.
    pub fn place_of(&self, written: &Written) -> Place {
        self.place(written.task, written.field.name(), &written.text)
    }

    /// The edit that writes an entry of a list of patterns in another way, or takes it out.
    pub fn rewritten(&self, written: &Written, entry: Option<String>) -> Edit {
        let mut entries: Vec<String> = written.field.of(self.task(written.task)).to_vec();
        let is_kept = |text: &String| *text != written.text;
        match entry {
            Some(entry) => {
                entries.iter_mut().filter(|text| !is_kept(text)).for_each(|text| text.clone_from(&entry))
            }
            None => entries.retain(is_kept),
        }
        let change = match written.field {
            Field::Owns => TaskChange::Owns(entries),
            Field::Reads => TaskChange::Reads(entries),
        };
        self.change(written.task, change)
    }

    /// Ids as a sentence lists them: `T1, T2 and T3`, and from the sixth on `T1, T2, T3, T4 and 9 more`.
    pub fn list(&self, tasks: &[usize]) -> String {
        let names: Vec<&str> = tasks.iter().map(|&task| self.id(task).as_str()).collect();
        match &names[..] {
            [] => String::new(),
            [only] => (*only).to_owned(),
            [first @ .., last] if names.len() <= 5 => format!("{} and {last}", first.join(", ")),
            _ => format!("{} and {} more", names[..4].join(", "), names.len() - 4),
        }
    }

    /// The tasks, each once, in the sequence of [`Order::topological`].
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

    /// The tasks that wait for this id or allow a conflict with it, ascending; some perhaps more than once.
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

    /// The conflict over a file that both tasks write, `a` being the first in the plan; whether it is open or not.
    pub fn both_write(&self, a: usize, b: usize) -> Option<&'a Conflict> {
        let listed = &self.conflicts.listed;
        let from = listed.partition_point(|conflict| (conflict.a, conflict.b) < (a, b));
        listed.get(from).filter(|conflict| {
            (conflict.a, conflict.b) == (a, b) && matches!(conflict.kind, ConflictKind::WriteWrite(_))
        })
    }

    /// Ids that no task has and nothing refers to: the letters of `like` with the numbers above all in use.
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

    /// The edit that takes entries out of an `after` list.
    pub fn without_waiting_for(&self, task: usize, entries: &[TaskId]) -> Edit {
        let after = self.task(task).after.iter().filter(|id| !entries.contains(id)).cloned().collect();
        self.change(task, TaskChange::After(after))
    }
}

/// The ids of other tasks that a task names.
fn referred(task: &Task) -> impl Iterator<Item = &TaskId> {
    task.after.iter().chain(task.accepts.iter().map(|accepted| &accepted.task))
}

/// What stands before the digits at the end of an id.
fn stem(id: &TaskId) -> &str {
    id.as_str().trim_end_matches(|letter: char| letter.is_ascii_digit())
}
