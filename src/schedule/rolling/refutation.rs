//! Raises the bound by refuting one makespan after another: destructive improvement (Klein & Scholl,
//! "Computing lower bounds by destructive improvement: an application to resource-constrained project
//! scheduling", 1999).
//!
//! Assume that everything is done by some minute. Then each task must lie in a window, and windows narrow
//! each other. If one becomes too narrow for its task, the assumed end is refuted.

use super::surroundings::Surroundings;
use super::{Precedence, Problem};
use crate::schedule::{Meter, Progress};

/// The largest share of the budget.
const SHARE: f64 = 0.05;
/// The number of tasks examined per step of the meter, so that a step takes as long as in the search.
const LOOKS: usize = 24;
/// The meter is asked once per this many steps.
const PATIENCE: u64 = 256;
/// A window is cut into this many parts, and the outer ones are tried.
const PARTS: i64 = 8;

/// Raises a lower bound until an end is not refuted, it reaches `makespan`, or the share of the budget is
/// used. Returns the bound and the steps taken.
pub fn raise(
    problem: &Problem,
    precedence: &Precedence,
    surroundings: &Surroundings,
    (bound, makespan): (u32, u32),
    meter: &mut dyn Meter,
) -> (u32, u64) {
    let mut refutation = Refutation::new(problem, precedence, surroundings, (bound, makespan), meter);
    let (mut low, mut high, mut stride) = (bound, makespan, 1);
    while low < high && !refutation.is_over {
        let end = (low + stride - 1).min(high - 1);
        if refutation.refutes(end, false) {
            (low, stride) = (end + 1, stride * 2);
        } else if end > low {
            (high, stride) = (end, 1);
        } else {
            break;
        }
    }
    while low < makespan && !refutation.is_over && refutation.refutes(low, true) {
        low += 1;
    }
    (low, refutation.steps)
}

/// A window that is too narrow for its task.
struct Contradiction;

/// The window of each task, in minutes.
#[derive(Debug, Clone)]
struct Windows {
    /// No task starts earlier.
    from: Vec<i64>,
    /// No task ends later.
    to: Vec<i64>,
    /// Whether a window has narrowed since the last check.
    is_narrower: bool,
}

/// A resource, and the tasks that need it with their demands.
struct Resource {
    capacity: i64,
    users: Vec<(usize, i64)>,
    /// The largest demand times minutes of a task.
    most: i64,
}

struct Refutation<'a> {
    problem: &'a Problem,
    precedence: &'a Precedence,
    surroundings: &'a Surroundings,
    minutes: Vec<i64>,
    resources: Vec<Resource>,
    /// Reused memory: moments at which the demand for a resource changes, and by how much.
    changes: Vec<(i64, i64)>,
    meter: &'a mut dyn Meter,
    progress: Progress,
    looks: usize,
    steps: u64,
    is_over: bool,
}

impl<'a> Refutation<'a> {
    fn new(
        problem: &'a Problem,
        precedence: &'a Precedence,
        surroundings: &'a Surroundings,
        (lower_bound, minutes): (u32, u32),
        meter: &'a mut dyn Meter,
    ) -> Refutation<'a> {
        let progress = Progress { steps: 0, minutes, lower_bound };
        let is_over = meter.used(&progress) >= SHARE;
        let minutes: Vec<i64> = problem.minutes.iter().map(|&minutes| i64::from(minutes)).collect();
        let rows = surroundings.demands.iter().zip(&surroundings.capacities);
        let resource = |(demand, &capacity): (&Vec<u32>, &u32)| {
            let users = (0..minutes.len()).filter(|&task| demand[task] > 0 && minutes[task] > 0);
            let users: Vec<(usize, i64)> = users.map(|task| (task, i64::from(demand[task]))).collect();
            let most = users.iter().map(|&(task, need)| need * minutes[task]).max().unwrap_or(0);
            Resource { capacity: i64::from(capacity), users, most }
        };
        Refutation {
            resources: rows.map(resource).collect(),
            problem,
            precedence,
            surroundings,
            minutes,
            changes: Vec::new(),
            meter,
            progress,
            looks: 0,
            steps: 0,
            is_over,
        }
    }

    /// Whether it is proved that the plan can't be done by `end`. With `in_parts`, also assumes for each task
    /// in turn that it lies at the edge of its window, and cuts off the edge if that is refuted (Carlier &
    /// Pinson 1994, there called a global operation; Martin & Shmoys 1996, shaving).
    fn refutes(&mut self, end: u32, in_parts: bool) -> bool {
        let Surroundings { heads, tails, .. } = self.surroundings;
        let mut windows = Windows {
            from: heads.iter().map(|&head| i64::from(head)).collect(),
            to: tails.iter().map(|&tail| i64::from(end) - i64::from(tail)).collect(),
            is_narrower: false,
        };
        let mut outcome = self.narrow(&mut windows);
        while in_parts && outcome.is_ok() && !self.is_over {
            let before = (windows.from.clone(), windows.to.clone());
            for task in 0..self.minutes.len() {
                outcome = outcome.and_then(|()| self.shave(&mut windows, task));
            }
            if before == (windows.from.clone(), windows.to.clone()) {
                break;
            }
        }
        outcome.is_err()
    }

    /// Cuts off the edges of a window where the task can't lie.
    fn shave(&mut self, windows: &mut Windows, task: usize) -> Result<(), Contradiction> {
        let minutes = self.minutes[task];
        let mut is_narrower = false;
        for is_early in [true, false] {
            loop {
                let (from, to) = (windows.from[task], windows.to[task]);
                let cut = ((to - from - minutes) / PARTS).max(1);
                if to - from == minutes || self.is_over {
                    break;
                }
                let mut trial = windows.clone();
                match is_early {
                    true => trial.to[task] = from + minutes + cut - 1,
                    false => trial.from[task] = to - minutes - cut + 1,
                }
                if self.narrow(&mut trial).is_ok() || self.is_over {
                    break;
                }
                match is_early {
                    true => windows.from[task] += cut,
                    false => windows.to[task] -= cut,
                }
                is_narrower = true;
            }
        }
        if is_narrower { self.narrow(windows) } else { Ok(()) }
    }

    /// Narrows all windows until nothing changes or the budget is used.
    fn narrow(&mut self, windows: &mut Windows) -> Result<(), Contradiction> {
        loop {
            self.follow_order(windows)?;
            self.take_turns(windows)?;
            if !std::mem::take(&mut windows.is_narrower) {
                for resource in 0..self.resources.len() {
                    self.share(windows, resource)?;
                }
                if !std::mem::take(&mut windows.is_narrower) {
                    return Ok(());
                }
            }
            if self.is_over {
                return Ok(());
            }
        }
    }

    /// A task lies after all its predecessors and before all its successors.
    fn follow_order(&mut self, windows: &mut Windows) -> Result<(), Contradiction> {
        for &task in &self.precedence.topological {
            for &before in &self.problem.predecessors[task] {
                let end = windows.from[before] + self.minutes[before];
                windows.start_from(task, end, self.minutes[task])?;
            }
        }
        for &task in self.precedence.topological.iter().rev() {
            for &after in &self.precedence.successors[task] {
                let start = windows.to[after] - self.minutes[after];
                windows.end_by(task, start, self.minutes[task])?;
            }
        }
        self.look(2 * self.minutes.len());
        Ok(())
    }

    /// Of two tasks that can't overlap, one goes first; if only one order is possible, it is enforced
    /// (immediate selection, Carlier & Pinson 1989).
    fn take_turns(&mut self, windows: &mut Windows) -> Result<(), Contradiction> {
        let minutes = &self.minutes;
        let mut looks = 0;
        for first in 0..minutes.len() {
            for then in self.surroundings.exclusive[first].ones() {
                looks += 1;
                if windows.from[then] + minutes[then] + minutes[first] > windows.to[first] {
                    windows.start_from(then, windows.from[first] + minutes[first], minutes[then])?;
                    windows.end_by(first, windows.to[then] - minutes[then], minutes[first])?;
                }
            }
        }
        self.look(looks);
        Ok(())
    }

    /// In no interval may tasks need more of a resource than its capacity, wherever they lie in their
    /// windows: energetic reasoning (Baptiste, Le Pape & Nuijten, "Satisfiability tests and time-bound
    /// adjustments for cumulative scheduling problems", 1999). Intervals begin at the earliest or latest
    /// start of a task. From each such moment, the energy needed grows piecewise linearly with the end of the
    /// interval.
    fn share(&mut self, windows: &mut Windows, resource: usize) -> Result<(), Contradiction> {
        let Resource { capacity, users, most } = &self.resources[resource];
        let starts = |&(task, _): &(usize, i64)| [windows.from[task], windows.to[task] - self.minutes[task]];
        let mut begins: Vec<i64> = users.iter().flat_map(starts).collect();
        begins.sort_unstable();
        begins.dedup();
        let mut looks = 0;
        for begin in begins {
            self.changes.clear();
            for &(task, need) in users {
                let latest = begin.max(windows.to[task] - self.minutes[task]);
                let inside = self.minutes[task].min(windows.from[task] + self.minutes[task] - begin);
                if inside > 0 {
                    self.changes.push((latest, need));
                    self.changes.push((latest + inside, -need));
                }
            }
            self.changes.sort_unstable();
            looks += 8 * self.changes.len();
            let (mut end, mut need, mut spare) = (begin, 0, 0);
            for &(moment, change) in &self.changes {
                spare += (capacity - need) * (moment - end);
                (end, need) = (moment, need + change);
                if spare < 0 {
                    return Err(Contradiction);
                }
                if spare < *most && change < 0 {
                    looks += users.len();
                    self.resources[resource].push_out(windows, &self.minutes, (begin, end), spare)?;
                }
            }
            if self.is_over {
                break;
            }
        }
        self.look(looks);
        Ok(())
    }

    /// Counts work and asks the meter now and then.
    fn look(&mut self, looks: usize) {
        self.looks += looks;
        let steps = (self.looks / LOOKS) as u64;
        if steps >= self.steps + PATIENCE {
            self.steps = steps;
            self.progress.steps = steps;
            self.is_over |= self.meter.used(&self.progress) >= SHARE;
        }
    }
}

impl Resource {
    /// Moves tasks out of an interval if their energy there, at the edge of their windows, exceeds the energy
    /// they need in any case plus the energy to spare.
    fn push_out(
        &self,
        windows: &mut Windows,
        minutes: &[i64],
        (begin, end): (i64, i64),
        spare: i64,
    ) -> Result<(), Contradiction> {
        for &(task, need) in &self.users {
            let minutes = minutes[task];
            let most = minutes.min(end - begin);
            let early = (windows.from[task] + minutes - begin).clamp(0, most);
            let late = (end - windows.to[task] + minutes).clamp(0, most);
            let room = spare / need + early.min(late);
            if early > room {
                windows.start_from(task, end - room, minutes)?;
            }
            if late > room {
                windows.end_by(task, begin + room, minutes)?;
            }
        }
        Ok(())
    }
}

impl Windows {
    fn start_from(&mut self, task: usize, start: i64, minutes: i64) -> Result<(), Contradiction> {
        if start > self.from[task] {
            self.from[task] = start;
            self.is_narrower = true;
        }
        self.fits(task, minutes)
    }

    fn end_by(&mut self, task: usize, end: i64, minutes: i64) -> Result<(), Contradiction> {
        if end < self.to[task] {
            self.to[task] = end;
            self.is_narrower = true;
        }
        self.fits(task, minutes)
    }

    fn fits(&self, task: usize, minutes: i64) -> Result<(), Contradiction> {
        if self.from[task] + minutes > self.to[task] { Err(Contradiction) } else { Ok(()) }
    }
}
