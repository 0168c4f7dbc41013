//! Keeps schedules stable: after a small edit of a plan, few tasks change their phase.
//!
//! A task has stayed if it is in the phase that continues its old phase; inserting or removing a phase moves
//! no other tasks. Two ways lead to an assignment nearly as short as the best one found: forward from the old
//! assignment ([`repair`], then shortening it), and back from the best one. The one that moves fewer tasks
//! wins.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::earliest::fits;
use super::{Assignment, Precedence, Problem, annealing, members, state, value};
use crate::schedule::Budget;

/// A task may move if that shortens the makespan by this share.
const WORTH: f64 = 0.008;

/// Steps of the search between the two assignments.
const STEPS: u64 = 40_000;

/// Beyond this many tasks, only the repaired assignment is tried.
const MOST_TASKS: usize = 250;

/// More changes than this would move more tasks than the way back from the best assignment.
const MOST_CHANGES: usize = 8;

/// A valid assignment close to the old one, in which new tasks have no phase. O(n² + tasks · phases · edges).
pub fn repair(problem: &Problem, precedence: &Precedence, old: &[Option<usize>]) -> Assignment {
    let mut columns = Columns::new(problem, precedence, old);
    let mut by_trouble: Vec<usize> = (0..problem.len()).filter(|&task| old[task].is_some()).collect();
    by_trouble.sort_by_key(|&task| (troubles(problem, precedence, old, task), task));
    let mut left = Vec::new();
    for task in by_trouble {
        let home = columns.home(task);
        match home.filter(|&home| columns.window(task).contains(&home) && columns.takes(home, task)) {
            Some(home) => columns.put(task, home),
            None => left.push(task),
        }
    }
    left.extend((0..problem.len()).filter(|&task| old[task].is_none()));
    columns.insert_all(left);
    columns.assignment()
}

/// The number of other tasks that rule out this task's old phase.
fn troubles(problem: &Problem, precedence: &Precedence, old: &[Option<usize>], task: usize) -> usize {
    let early = problem.predecessors[task].iter().filter(|&&first| old[first] >= old[task]);
    let late =
        precedence.successors[task].iter().filter(|&&next| old[next].is_some() && old[next] <= old[task]);
    let apart = problem.apart.row(task).ones().filter(|&other| old[other] == old[task]);
    early.count() + late.count() + apart.count()
}

/// An assignment in which each moved task shortens the makespan by [`WORTH`]; or, if `exactly`, one as short
/// as `best`. `repaired` comes from [`repair`].
pub fn near(
    problem: &Problem,
    precedence: &Precedence,
    old: &[Option<usize>],
    repaired: Assignment,
    best: Assignment,
    exactly: bool,
) -> Assignment {
    let shortest = value(problem, &best).0.min(value(problem, &repaired).0);
    let worth = if exactly { 0 } else { (shortest as f64 * WORTH) as u32 + 1 };
    let mut forward = Columns::of(problem, precedence, old, &repaired);
    let mut candidates = vec![best, repaired.clone()];
    if problem.len() <= MOST_TASKS {
        forward.shorten(worth);
        candidates.push(forward.assignment());
    }
    if problem.len() <= MOST_TASKS && state::fits_into_memory(problem, &repaired) {
        candidates.push(search_near(problem, precedence, old, &repaired, worth.max(1)));
    }
    let home = |assignment: Assignment| {
        let mut columns = Columns::of(problem, precedence, old, &assignment);
        columns.go_home(worth);
        let (minutes, moved) = (columns.minutes(), columns.moved());
        ((minutes + u64::from(worth) * moved as u64, moved), columns.assignment())
    };
    candidates.into_iter().map(home).min().map_or(repaired, |(_, assignment)| assignment)
}

/// Searches for short assignments close to the old one. A moved task costs this many minutes.
fn search_near(
    problem: &Problem,
    precedence: &Precedence,
    old: &[Option<usize>],
    repaired: &Assignment,
    minutes: u32,
) -> Assignment {
    let phases: Vec<Option<usize>> = repaired.iter().map(|&phase| Some(phase)).collect();
    let matched = matches(old, &phases);
    let home = |&before: &Option<usize>| matched.iter().position(|&phase| phase.is_some() && phase == before);
    let homes: Vec<Option<usize>> = old.iter().map(home).collect();
    let mut found = repaired.clone();
    let mut budget = Budget { steps: STEPS, seed: 1 };
    annealing::improve_near(problem, precedence, &mut found, &homes, minutes, &mut budget);
    found
}

/// The number of tasks that moved between two assignments of the same tasks. `None` is not a task of that
/// assignment.
pub fn moved(old: &[Option<usize>], assignment: &[Option<usize>]) -> usize {
    let matched = matches(old, assignment);
    let stayed = |task: &usize| match (old[*task], assignment[*task]) {
        (Some(before), Some(after)) => matched.get(after).copied().flatten() == Some(before),
        _ => true,
    };
    (0..old.len()).filter(|task| !stayed(task)).count()
}

/// For each phase, the old phase that it continues: the order-preserving matching with the most common tasks.
/// O(phases² + n).
fn matches(old: &[Option<usize>], assignment: &[Option<usize>]) -> Vec<Option<usize>> {
    let count = |phases: &[Option<usize>]| phases.iter().flatten().max().map_or(0, |&last| last + 1);
    let (rows, columns) = (count(assignment), count(old));
    let mut shared = vec![0u32; rows * columns];
    for (&before, &after) in old.iter().zip(assignment) {
        if let (Some(before), Some(after)) = (before, after) {
            shared[after * columns + before] += 1;
        }
    }
    // The most tasks that stay among the first `row` old and the first `column` new phases.
    let mut most = vec![0u32; (rows + 1) * (columns + 1)];
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    for row in 1..=rows {
        for column in 1..=columns {
            let pair = most[at(row - 1, column - 1)] + shared[(row - 1) * columns + column - 1];
            most[at(row, column)] = pair.max(most[at(row - 1, column)]).max(most[at(row, column - 1)]);
        }
    }
    let mut matched = vec![None; rows];
    let (mut row, mut column) = (rows, columns);
    while row > 0 && column > 0 {
        if most[at(row, column)] == most[at(row - 1, column)] {
            row -= 1;
        } else if most[at(row, column)] == most[at(row, column - 1)] {
            column -= 1;
        } else {
            (row, column) = (row - 1, column - 1);
            matched[row] = Some(column);
        }
    }
    matched
}

/// Phases in the order in which they run. Some continue an old phase.
struct Columns<'a> {
    problem: &'a Problem,
    precedence: &'a Precedence,
    old: &'a [Option<usize>],
    columns: Vec<Column>,
    /// The column of each task, or `NOWHERE`.
    column_of: Vec<usize>,
}

#[derive(Clone)]
struct Column {
    continues: Option<usize>,
    tasks: Vec<usize>,
}

const NOWHERE: usize = usize::MAX;

impl<'a> Columns<'a> {
    /// The old phases, all empty.
    fn new(problem: &'a Problem, precedence: &'a Precedence, old: &'a [Option<usize>]) -> Self {
        let known: BTreeSet<usize> = old.iter().copied().flatten().collect();
        let columns = known.into_iter().map(|phase| Column { continues: Some(phase), tasks: Vec::new() });
        let column_of = vec![NOWHERE; problem.len()];
        Columns { problem, precedence, old, columns: columns.collect(), column_of }
    }

    fn of(
        problem: &'a Problem,
        precedence: &'a Precedence,
        old: &'a [Option<usize>],
        assignment: &[usize],
    ) -> Self {
        let phases: Vec<Option<usize>> = assignment.iter().map(|&phase| Some(phase)).collect();
        let columns = members(assignment).into_iter().zip(matches(old, &phases));
        let columns = columns.map(|(tasks, continues)| Column { continues, tasks }).collect();
        Columns { problem, precedence, old, columns, column_of: assignment.to_vec() }
    }

    /// The phase of each task. Every task must have one.
    fn assignment(&self) -> Assignment {
        let mut number = 0;
        let mut numbers = Vec::new();
        for column in &self.columns {
            numbers.push(number);
            number += usize::from(!column.tasks.is_empty());
        }
        self.column_of.iter().map(|&column| numbers[column]).collect()
    }

    fn minutes(&self) -> u64 {
        (0..self.columns.len()).map(|column| self.cost(column, &[])).sum()
    }

    /// The minutes of a column without these tasks.
    fn cost(&self, column: usize, without: &[usize]) -> u64 {
        let left = self.columns[column].tasks.iter().filter(|task| !without.contains(task));
        left.map(|&task| u64::from(self.problem.minutes[task])).max().unwrap_or(0)
    }

    /// The number of tasks that moved.
    fn moved(&self) -> usize {
        (0..self.problem.len()).filter(|&task| self.is_away(task)).count()
    }

    fn is_away(&self, task: usize) -> bool {
        let column = self.column_of[task];
        self.old[task].is_some() && (column == NOWHERE || self.columns[column].continues != self.old[task])
    }

    /// The column that continues the old phase of the task.
    fn home(&self, task: usize) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.continues.is_some() && column.continues == self.old[task])
    }

    /// The columns that the order allows for a task, given the neighbours placed so far.
    fn window(&self, task: usize) -> std::ops::Range<usize> {
        let stands = |other: &usize| Some(self.column_of[*other]).filter(|&column| column != NOWHERE);
        let first = self.problem.predecessors[task].iter().filter_map(stands).map(|column| column + 1).max();
        let last = self.precedence.successors[task].iter().filter_map(stands).min();
        first.unwrap_or(0)..last.unwrap_or(self.columns.len())
    }

    fn takes(&self, column: usize, task: usize) -> bool {
        let tasks = &self.columns[column].tasks;
        tasks.is_empty() || fits(self.problem, tasks, task)
    }

    fn put(&mut self, task: usize, column: usize) {
        self.columns[column].tasks.push(task);
        self.column_of[task] = column;
    }

    fn take(&mut self, task: usize) {
        let column = std::mem::replace(&mut self.column_of[task], NOWHERE);
        if let Some(column) = self.columns.get_mut(column) {
            column.tasks.retain(|&other| other != task);
        }
    }

    /// Places tasks that have no column. Tasks that are then too early are placed again.
    fn insert_all(&mut self, tasks: Vec<usize>) {
        let mut rank = vec![0; self.problem.len()];
        for (at, &task) in self.precedence.topological.iter().enumerate() {
            rank[task] = at;
        }
        let mut left: BTreeSet<(usize, usize)> = tasks.into_iter().map(|task| (rank[task], task)).collect();
        while let Some((_, task)) = left.pop_first() {
            let first = self.window(task).start;
            for &next in &self.precedence.successors[task] {
                if self.column_of[next] < first {
                    self.take(next);
                    left.insert((rank[next], next));
                }
            }
            self.insert(task);
        }
    }

    /// Puts the task where it costs least: into a column, or between two. Ties go to its home, then to the
    /// earliest place.
    fn insert(&mut self, task: usize) {
        let window = self.window(task);
        let home = self.home(task);
        let minutes = u64::from(self.problem.minutes[task]);
        let into = window.clone().filter(|&column| self.takes(column, task)).map(|column| {
            let more = minutes.saturating_sub(self.cost(column, &[]));
            (more, Some(column) != home, column)
        });
        match into.min() {
            Some((more, _, column)) if more < minutes || self.columns[column].tasks.is_empty() => {
                self.put(task, column);
            }
            _ => {
                self.columns.insert(window.start, Column { continues: None, tasks: Vec::new() });
                for column in &mut self.column_of {
                    if *column != NOWHERE && *column >= window.start {
                        *column += 1;
                    }
                }
                self.put(task, window.start);
            }
        }
    }

    /// Moves single tasks or swaps two while each move shortens the makespan by more than this.
    fn shorten(&mut self, worth: u32) {
        let worth = i64::from(worth);
        for _ in 0..MOST_CHANGES {
            let tasks = 0..self.problem.len();
            let shifts = tasks.clone().flat_map(|task| self.window(task).map(move |column| (task, column)));
            let shift = shifts
                .filter(|&(task, column)| column != self.column_of[task] && self.takes(column, task))
                .map(|(task, column)| (Reverse(self.saved(&[(task, column)]) - worth), task, column))
                .min();
            let swap = tasks
                .flat_map(|a| (0..a).map(move |b| (a, b)))
                .map(|(a, b)| (self.saved(&[(a, self.column_of[b]), (b, self.column_of[a])]), a, b))
                .filter(|&(saved, a, b)| saved > 2 * worth && self.may_swap(a, b))
                .map(|(saved, a, b)| (Reverse(saved - 2 * worth), a, b))
                .min();
            match (shift, swap) {
                (Some((Reverse(gain), task, column)), other)
                    if gain > 0 && other.is_none_or(|(Reverse(more), ..)| more <= gain) =>
                {
                    self.take(task);
                    self.put(task, column);
                }
                (_, Some((_, a, b))) => self.swap(a, b),
                _ => return,
            }
        }
    }

    /// Moves tasks back home, alone or in a swap, if each move lengthens the makespan by at most this.
    fn go_home(&mut self, worth: u32) {
        let worth = i64::from(worth);
        while let Some((task, other)) = (0..self.problem.len()).find_map(|task| self.way_home(task, worth)) {
            match (other, self.home(task)) {
                (Some(other), _) => self.swap(task, other),
                (None, Some(home)) => {
                    self.take(task);
                    self.put(task, home);
                }
                (None, None) => return,
            }
        }
    }

    /// Whether the task can go home, and the task it swaps with, if any.
    fn way_home(&self, task: usize, worth: i64) -> Option<(usize, Option<usize>)> {
        let home = self.home(task).filter(|_| self.is_away(task))?;
        if !self.window(task).contains(&home) {
            return None;
        }
        if self.takes(home, task) && self.saved(&[(task, home)]) >= -worth {
            return Some((task, None));
        }
        let from = self.column_of[task];
        let partner = self.columns[home].tasks.iter().copied().find(|&other| {
            // A partner that is away stays away or comes home, so one more task is at home.
            self.is_away(other)
                && self.saved(&[(task, home), (other, from)]) >= -worth
                && self.may_swap(task, other)
        });
        partner.map(|other| (task, Some(other)))
    }

    /// The minutes saved by moving these tasks to these columns.
    fn saved(&self, moves: &[(usize, usize)]) -> i64 {
        let mut touched: Vec<usize> =
            moves.iter().flat_map(|&(task, column)| [self.column_of[task], column]).collect();
        touched.sort_unstable();
        touched.dedup();
        let leaving: Vec<usize> = moves.iter().map(|&(task, _)| task).collect();
        let after = |&column: &usize| {
            let coming = moves.iter().filter(|&&(_, to)| to == column);
            let longest = coming.map(|&(task, _)| u64::from(self.problem.minutes[task])).max();
            self.cost(column, &leaving).max(longest.unwrap_or(0))
        };
        let before: u64 = touched.iter().map(|&column| self.cost(column, &[])).sum();
        before as i64 - touched.iter().map(after).sum::<u64>() as i64
    }

    /// Whether two tasks of different columns can be swapped.
    fn may_swap(&self, a: usize, b: usize) -> bool {
        let (of_a, of_b) = (self.column_of[a], self.column_of[b]);
        let fits = |column: usize, task: usize, leaving: usize| {
            let tasks = &self.columns[column].tasks;
            let rest: Vec<usize> = tasks.iter().copied().filter(|&other| other != leaving).collect();
            rest.is_empty() || fits(self.problem, &rest, task)
        };
        of_a != of_b
            && self.window(a).contains(&of_b)
            && self.window(b).contains(&of_a)
            && fits(of_b, a, b)
            && fits(of_a, b, a)
    }

    fn swap(&mut self, a: usize, b: usize) {
        let (of_a, of_b) = (self.column_of[a], self.column_of[b]);
        self.take(a);
        self.take(b);
        self.put(a, of_b);
        self.put(b, of_a);
    }
}
