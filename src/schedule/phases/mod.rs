//! Phases with barriers: least makespan first, then fewest phases, then the earliest assignment.
//!
//! Constructive rules make a first assignment ([`list`]), simulated annealing makes it shorter ([`annealing`], or
//! [`colouring`] where only the number of phases counts), and for small plans a search through all that is possible
//! proves it ([`exact`]). [`earliest`] settles the ties.

pub mod annealing;
mod colouring;
pub mod earliest;
pub mod exact;
pub mod list;
mod moves;
mod state;
pub mod steady;

use super::{BoundArgument, LowerBound, Meter, Precedence, Problem, Progress, bounds, shown};

/// The phase of each task; phases are numbered from 0 without holes.
pub type Assignment = Vec<usize>;

/// Minutes and number of phases, in the order in which they are compared.
pub fn value(problem: &Problem, assignment: &[usize]) -> (u64, usize) {
    let count = assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0);
    let mut longest = vec![0; count];
    for (task, &phase) in assignment.iter().enumerate() {
        longest[phase] = longest[phase].max(problem.minutes[task]);
    }
    let overhead = u64::from(problem.phase_overhead) * count as u64;
    (overhead + longest.iter().map(|&minutes| u64::from(minutes)).sum::<u64>(), count)
}

/// Phases, and what is known about how good they are.
#[derive(Debug, Clone)]
pub struct Solution {
    /// Where each task stands.
    pub assignment: Assignment,
    /// No assignment has a shorter makespan.
    pub lower_bound: LowerBound,
    /// How many steps the search took.
    pub steps: u64,
}

impl Solution {
    /// Whether nothing shorter is possible.
    pub fn is_optimal(&self, problem: &Problem) -> bool {
        value(problem, &self.assignment).0 == u64::from(self.lower_bound.minutes)
    }
}

/// The best assignment that can be found until the meter ends the search.
pub fn solve(problem: &Problem, precedence: &Precedence, seed: u64, meter: &mut dyn Meter) -> Solution {
    solve_near(problem, precedence, &[], seed, meter)
}

/// The same, but of assignments that are about equally long one that moves few tasks out of their old phases. Tasks that
/// had none have `None`; without any old phases the list is empty.
pub fn solve_near(
    problem: &Problem,
    precedence: &Precedence,
    old: &[Option<usize>],
    seed: u64,
    meter: &mut dyn Meter,
) -> Solution {
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

/// Up to so many tasks a proof is quicker than a search.
const SMALL: usize = 24;

/// Beyond so many tasks the relaxation takes minutes.
const MOST_TASKS_TO_RELAX: usize = 600;

/// Share of the allowance after which it shows how much a bound would cost.
const PROBE: f64 = 0.04;

/// Share of the allowance that may be used up when the bound is done.
const MOST_FOR_BOUND: f64 = 0.3;

/// If the bound is at most so many different makespans away, a proof is likely.
const CLOSE: u64 = 2;

/// Makes an assignment shorter until the meter ends the search or so many minutes are reached; returns the steps taken.
type Improve = fn(&Problem, &Precedence, &mut Assignment, u64, u64, &mut dyn Meter) -> u64;

/// The way from a first assignment to the best one, and from the first bound to the last.
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

    /// The share of the allowance for a last look through everything that could still be shorter.
    fn share_for_proof(&self) -> f64 {
        if self.is_close() { 0.25 } else { 0.05 }
    }

    /// Whether hardly any makespan is left between the shortest schedule and the bound.
    fn is_close(&self) -> bool {
        let (minutes, _) = value(self.problem, &self.solution.assignment);
        let gap = minutes.saturating_sub(u64::from(self.solution.lower_bound.minutes));
        gap <= CLOSE * bounds::covering::divisor(self.problem)
    }

    /// The share of the allowance that is used up, or 1 if nothing better can be found.
    fn used(&mut self) -> f64 {
        let Solution { assignment, lower_bound, steps } = &self.solution;
        let minutes = shown(value(self.problem, assignment).0);
        if minutes <= lower_bound.minutes {
            return 1.0;
        }
        self.meter.used(&Progress { steps: *steps, minutes, lower_bound: lower_bound.minutes })
    }

    /// Searches for a shorter schedule until this share of the allowance is used up.
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

    /// Raises the lower bound until this share of the allowance is used up; returns the price of each task, or zeros if
    /// the allowance can't pay for it. Half a relaxation raises no bound, but where a proof is near its prices may lead
    /// there.
    fn relax(&mut self, to: f64) -> Vec<u64> {
        let begin = self.solution.steps;
        let used = self.used();
        let expected = bounds::covering::expected_operations(self.problem) / OPERATIONS_PER_STEP;
        // Before the first steps nothing is known of what they cost.
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

    /// Looks for shorter schedules in order until there is none, or until this share of the allowance is used up.
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

    /// Saves phases in a schedule that can't be shortened.
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

/// About so many operations on numbers take as long as one step of a search.
const OPERATIONS_PER_STEP: u64 = 64;

/// A part of an allowance, as an allowance of its own.
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
