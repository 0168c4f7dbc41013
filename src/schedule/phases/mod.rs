//! Phases with barriers: least makespan first, then fewest phases, then the earliest assignment.
//!
//! Constructive rules make the first assignment ([`list`]). Simulated annealing shortens it ([`annealing`],
//! or [`colouring`] if only the number of phases counts). For small plans, an exhaustive search proves it
//! optimal ([`exact`]). [`earliest`] breaks ties.

pub mod annealing;
mod colouring;
pub mod earliest;
pub mod exact;
pub mod list;
mod moves;
mod running;
mod state;
pub mod steady;

use super::{BoundArgument, LowerBound, Meter, Precedence, Problem, Progress, bounds, shown};

/// The phase of each task. Phases are numbered from 0 without gaps.
pub type Assignment = Vec<usize>;

/// Minutes and number of phases, compared in this order.
pub fn value(problem: &Problem, assignment: &[usize]) -> (u64, usize) {
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut longest = vec![0; count];
    for (task, &phase) in assignment.iter().enumerate() {
        longest[phase] = longest[phase].max(problem.minutes[task]);
    }
    (longest.iter().map(|&minutes| u64::from(minutes)).sum::<u64>(), count)
}

/// An assignment, with its lower bound.
#[derive(Debug, Clone)]
pub struct Solution {
    /// The phase of each task.
    pub assignment: Assignment,
    /// The lower bound of the makespan.
    pub lower_bound: LowerBound<u32>,
    /// The number of steps that the search took.
    pub steps: u64,
}

impl Solution {
    /// Whether the makespan equals the lower bound.
    pub fn is_optimal(&self, problem: &Problem) -> bool {
        value(problem, &self.assignment).0 == u64::from(self.lower_bound.minutes)
    }
}

/// The best assignment found before the meter ends the search.
pub fn solve(problem: &Problem, precedence: &Precedence, seed: u64, meter: &mut dyn Meter) -> Solution {
    solve_near(problem, precedence, &[], seed, meter)
}

/// Like [`solve`], but prefers, among assignments of similar length, one that moves few tasks from their old
/// phases. New tasks have `None`. Without old phases, the list is empty.
pub fn solve_near(
    problem: &Problem,
    precedence: &Precedence,
    old: &[Option<usize>],
    seed: u64,
    meter: &mut dyn Meter,
) -> Solution {
    if let Some(merged) = running::Merged::of(problem) {
        let precedence = Precedence::of(&merged.problem);
        let solution = solve_near(&merged.problem, &precedence, &merged.old(old), seed, meter);
        return Solution {
            assignment: merged.expand(problem, &solution.assignment),
            lower_bound: merged.expand_bound(solution.lower_bound),
            steps: solution.steps,
        };
    }
    let is_steady = old.iter().any(Option::is_some);
    let assignment = list::best(problem, precedence);
    let lower_bound = bounds::quick(problem, precedence);
    let solution = Solution { assignment, lower_bound, steps: 0 };
    let mut search = Search { problem, precedence, seed, meter, solution };
    if !is_steady {
        search.run();
        earliest::settle(problem, precedence, &mut search.solution.assignment);
        return search.solution;
    }
    let repaired = steady::repair(problem, precedence, old);
    if value(problem, &repaired) < value(problem, &search.solution.assignment) {
        search.solution.assignment = repaired.clone();
    }
    search.run();
    let mut solution = search.solution;
    let exactly = solution.is_optimal(problem);
    let best = std::mem::take(&mut solution.assignment);
    solution.assignment = steady::near(problem, precedence, old, repaired, best, exactly);
    earliest::pull(problem, &mut solution.assignment);
    solution
}

/// Up to this many tasks, a proof is quicker than a search.
const SMALL: usize = 24;

/// Beyond this many tasks, the relaxation takes minutes.
const MOST_TASKS_TO_RELAX: usize = 600;

/// Share of the budget after which the cost of the bound can be estimated.
const PROBE: f64 = 0.04;

/// The largest share of the budget that may be used when the bound is done.
const MOST_FOR_BOUND: f64 = 0.3;

/// A proof is likely if at most this many possible makespans lie between the bound and the schedule.
const CLOSE: u64 = 2;

/// Shortens an assignment until the meter ends the search or a makespan in minutes is reached. Returns the
/// steps taken.
type Improve = fn(&Problem, &Precedence, &mut Assignment, u64, u64, &mut dyn Meter) -> u64;

/// The state of the whole search: the best assignment, the best bound, and the budget.
struct Search<'a> {
    problem: &'a Problem,
    precedence: &'a Precedence,
    seed: u64,
    meter: &'a mut dyn Meter,
    solution: Solution,
}

impl Search<'_> {
    fn run(&mut self) {
        if self.problem.len() <= SMALL {
            let prices = self.relax(MOST_FOR_BOUND);
            self.prove(&prices, 0.8);
            self.search(1.0);
            self.save_phases(&prices);
        } else if self.problem.len() <= exact::MOST_TASKS {
            self.search(PROBE);
            let prices = self.relax(MOST_FOR_BOUND);
            let is_priced = prices.iter().any(|&price| price > 0);
            self.search(if is_priced { 1.0 - self.share_for_proof() } else { 1.0 });
            self.prove(&prices, 1.0);
        } else if colouring::applies(self.problem) {
            self.search(1.0);
        } else {
            self.search(PROBE);
            self.relax(MOST_FOR_BOUND);
            self.search(1.0);
        }
    }

    /// The share of the budget at which the final exhaustive search starts.
    fn share_for_proof(&self) -> f64 {
        if self.is_close() { 0.25 } else { 0.05 }
    }

    /// Whether at most a few makespans lie between the schedule and the bound.
    fn is_close(&self) -> bool {
        let (minutes, _) = value(self.problem, &self.solution.assignment);
        let gap = minutes.saturating_sub(u64::from(self.solution.lower_bound.minutes));
        gap <= CLOSE * bounds::covering::divisor(self.problem)
    }

    /// The share of the budget used, or 1 if nothing better is possible.
    fn used(&mut self) -> f64 {
        let Solution { assignment, lower_bound, steps } = &self.solution;
        let minutes = shown(value(self.problem, assignment).0);
        if minutes <= lower_bound.minutes {
            return 1.0;
        }
        self.meter.used(&Progress { steps: *steps, minutes, lower_bound: lower_bound.minutes })
    }

    /// Searches for a shorter schedule until this share of the budget is used.
    fn search(&mut self, to: f64) {
        match colouring::applies(self.problem) {
            true => self.improve(colouring::improve, to),
            false => self.improve(annealing::improve, to),
        }
    }

    fn improve(&mut self, improve: Improve, to: f64) {
        let from = self.used();
        if from >= to || !state::fits_into_memory(self.problem, &self.solution.assignment) {
            return;
        }
        let Solution { assignment, lower_bound, steps } = &mut self.solution;
        let mut slice = Slice { meter: self.meter, spent: *steps, from, to };
        let floor = u64::from(lower_bound.minutes);
        *steps += improve(self.problem, self.precedence, assignment, floor, self.seed, &mut slice);
    }

    /// Raises the lower bound until this share of the budget is used. Returns the price of each task, or
    /// zeros if the budget is too small. An unfinished relaxation raises no bound, but its prices may help a
    /// proof that is near.
    fn relax(&mut self, to: f64) -> Vec<u64> {
        let begin = self.solution.steps;
        let used = self.used();
        let expected = bounds::covering::expected_operations(self.problem) / OPERATIONS_PER_STEP;
        // Before the first steps, their cost is unknown.
        let share = if begin == 0 { 0.0 } else { used / begin as f64 * expected as f64 };
        let may_lead_to_proof = self.problem.len() <= exact::MOST_TASKS && self.is_close();
        if used >= to || (used + share > to && !may_lead_to_proof) || self.problem.len() > MOST_TASKS_TO_RELAX
        {
            return vec![0; self.problem.len()];
        }
        let known = members(&self.solution.assignment);
        let covering = bounds::covering::solve(self.problem, self.precedence, &known, &mut |operations| {
            self.solution.steps = begin + operations / OPERATIONS_PER_STEP;
            self.used() < to
        });
        if covering.minutes > u64::from(self.solution.lower_bound.minutes) {
            self.solution.lower_bound = covering.bound();
        }
        covering.prices
    }

    /// Searches exhaustively for ever shorter schedules until none is left or this share of the budget is
    /// used.
    fn prove(&mut self, prices: &[u64], to: f64) {
        while self.used() < to {
            let (minutes, _) = value(self.problem, &self.solution.assignment);
            let limit = (minutes + 1 - bounds::covering::divisor(self.problem), 0);
            match self.search_below(prices, limit, to) {
                exact::Ending::Found(assignment) => self.solution.assignment = assignment,
                exact::Ending::Exhausted => {
                    self.solution.lower_bound =
                        LowerBound { minutes: shown(minutes), argument: BoundArgument::Search };
                }
                exact::Ending::Interrupted => return,
            }
        }
    }

    /// Reduces the number of phases of a schedule that can't be shortened.
    fn save_phases(&mut self, prices: &[u64]) {
        while self.solution.is_optimal(self.problem) {
            let limit = value(self.problem, &self.solution.assignment);
            match self.search_below(prices, limit, 1.0) {
                exact::Ending::Found(assignment) => self.solution.assignment = assignment,
                _ => return,
            }
        }
    }

    fn search_below(&mut self, prices: &[u64], limit: (u64, usize), to: f64) -> exact::Ending {
        let (problem, precedence) = (self.problem, self.precedence);
        let begin = self.solution.steps;
        let minutes = shown(value(problem, &self.solution.assignment).0);
        let lower_bound = self.solution.lower_bound.minutes;
        let mut go_on = |steps| {
            self.solution.steps = begin + steps;
            self.meter.used(&Progress { steps: begin + steps, minutes, lower_bound }) < to
        };
        exact::search(problem, precedence, prices, limit, &mut go_on)
    }
}

/// About this many arithmetic operations take as long as one step of a search.
const OPERATIONS_PER_STEP: u64 = 64;

/// A part of a budget, as a budget of its own.
struct Slice<'m> {
    meter: &'m mut dyn Meter,
    spent: u64,
    from: f64,
    to: f64,
}

impl Meter for Slice<'_> {
    fn used(&mut self, progress: &Progress) -> f64 {
        let used = self.meter.used(&Progress { steps: self.spent + progress.steps, ..*progress });
        ((used - self.from) / (self.to - self.from)).max(0.0)
    }
}

/// The tasks of each phase.
pub fn members(assignment: &[usize]) -> Vec<Vec<usize>> {
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut members = vec![Vec::new(); count];
    for (task, &phase) in assignment.iter().enumerate() {
        members[phase].push(task);
    }
    members
}
