//! A genetic search with two populations: schedules aligned to the start and schedules aligned to the end
//! (Debels & Vanhoucke, "A bi-population based genetic algorithm for the resource-constrained project
//! scheduling problem", 2005). The child of one population is generated in the other direction of time, so
//! every generation is also a forward–backward improvement (Li & Willis 1992).
//!
//! Four additions: Among equal makespans, less energy late in time is better, which gives a slope where
//! makespans alone are flat. A child replaces the worst member, not its parent. Children mutate slightly, and
//! more when they keep repeating existing schedules. Both populations shrink as the budget is used.

use super::crossover::child;
use super::member::Member;
use super::model::Model;
use super::sampling;
use super::serial_generation::Generator;
use crate::schedule::random::Random;
use crate::schedule::{Meter, Progress};

/// The least share of the budget for first schedules.
const SAMPLING_SHARE: f64 = 0.015;
/// The extra share for one task; divided by the number of tasks. Small projects lose their variety first.
const SAMPLING_SHARE_OF_SMALL: f64 = 1.3;
/// The range of the initial population size.
const WIDEST: std::ops::Range<usize> = 12..300;
/// The population size at the end of the budget.
const NARROWEST: usize = 6;
/// The number of mutations per child while children differ.
const LEAST_MUTATIONS: usize = 2;
/// The number of mutations can grow by this fraction (1/n) of the tasks.
const MUTATED_PART: usize = 3;

/// Searches for a schedule shorter than `first` until the meter ends the search or the makespan reaches
/// `bound`. `steps` have already been taken. Returns the starts.
pub fn search(
    model: &Model,
    first: Vec<u32>,
    (bound, steps): (u32, u64),
    seed: u64,
    meter: &mut dyn Meter,
) -> Vec<u32> {
    let ends = first.iter().zip(&model.minutes).map(|(start, minutes)| start + minutes);
    let makespan = ends.max().unwrap_or(0);
    let mut generator = Generator::new(model);
    generator.placements = steps;
    let mut search = Search {
        model,
        bound,
        best: Member::new(model, first, makespan),
        generator,
        random: Random::new(seed),
        meter,
        used: 0.0,
        repeats: 0,
    };
    search.look_at_meter();
    if model.len() > 1 {
        search.run();
    }
    search.best.starts
}

struct Search<'a> {
    model: &'a Model,
    bound: u32,
    /// In forward time.
    best: Member,
    generator: Generator<'a>,
    random: Random,
    meter: &'a mut dyn Meter,
    /// The share of the budget used.
    used: f64,
    /// The number of children in a row that were already in the population.
    repeats: usize,
}

impl Search<'_> {
    fn run(&mut self) {
        let mut parents = self.sample();
        let widest = parents.len();
        let mut children: Vec<Member> = Vec::new();
        let mut is_forward = true;
        while !self.is_over() {
            self.breed(&parents, &mut children, !is_forward);
            if children.is_empty() {
                return;
            }
            let width = widest - (widest.saturating_sub(NARROWEST) as f64 * self.used.min(1.0)) as usize;
            drop_worst(&mut parents, width);
            drop_worst(&mut children, width);
            std::mem::swap(&mut parents, &mut children);
            is_forward = !is_forward;
        }
    }

    /// Random samples only, without the first schedule: it is so much better that its descendants would fill
    /// the population at once.
    fn sample(&mut self) -> Vec<Member> {
        let forward = &self.model.forward;
        let share = self.used + SAMPLING_SHARE + SAMPLING_SHARE_OF_SMALL / self.model.len() as f64;
        let mut members = Vec::new();
        let mut list = sampling::list(forward, &mut self.random);
        while !self.is_over() {
            if let Some(member) = self.generate(true, &list, u32::MAX / 2) {
                members.push(member);
            }
            if members.len() >= WIDEST.end || (members.len() >= WIDEST.start && self.used > share) {
                break;
            }
            list = sampling::list(forward, &mut self.random);
        }
        members
    }

    /// Makes one child per parent. A child joins while there are fewer children than parents; after that it
    /// replaces the worst if it is no worse.
    fn breed(&mut self, parents: &[Member], children: &mut Vec<Member>, is_forward: bool) {
        for place in 0..parents.len() {
            if self.is_over() {
                return;
            }
            let mate = self.mate(parents, place);
            let (a, b) = if self.random.below(2) == 0 { (place, mate) } else { (mate, place) };
            let towards = self.model.direction(is_forward);
            let mutations = LEAST_MUTATIONS + self.repeats.min(self.model.len() / MUTATED_PART);
            let list = child(self.model, towards, &parents[a], &parents[b], mutations, &mut self.random);
            let worst = if children.len() > place { worst(children) } else { children.len() };
            let limit = children.get(worst).map_or(u32::MAX / 2, |worst| worst.makespan);
            let generated = self.generate(is_forward, &list, limit);
            let is_repeat = generated.as_ref().is_some_and(|member| children.contains(member));
            self.repeats = if is_repeat { self.repeats + 1 } else { 0 };
            match (generated.filter(|_| !is_repeat), children.get_mut(worst)) {
                (Some(member), Some(worst)) if member.rank() <= worst.rank() => *worst = member,
                (Some(member), None) => children.push(member),
                _ => {}
            }
        }
    }

    /// The better of two random members, other than `place` if possible.
    fn mate(&mut self, members: &[Member], place: usize) -> usize {
        let mut draw = || {
            let drawn = self.random.below(members.len());
            if drawn == place { (drawn + 1) % members.len() } else { drawn }
        };
        let (one, other) = (draw(), draw());
        if members[one].rank() <= members[other].rank() { one } else { other }
    }

    fn generate(&mut self, is_forward: bool, list: &[usize], limit: u32) -> Option<Member> {
        let direction = self.model.direction(is_forward);
        let generated = self.generator.generate(direction, list, limit);
        self.look_at_meter();
        let (starts, makespan) = generated?;
        if makespan < self.best.makespan && self.model.keeps_running(is_forward) {
            let at = |(&start, &minutes): (&u32, &u32)| {
                if is_forward { start } else { makespan - start - minutes }
            };
            let forward = starts.iter().zip(&self.model.minutes).map(at).collect();
            self.best = Member::new(self.model, forward, makespan);
        }
        Some(Member::new(self.model, starts, makespan))
    }

    fn look_at_meter(&mut self) {
        let progress = Progress {
            steps: self.generator.placements,
            minutes: self.best.makespan,
            lower_bound: self.bound,
        };
        self.used = self.meter.used(&progress);
    }

    fn is_over(&self) -> bool {
        self.used >= 1.0 || self.best.makespan <= self.bound
    }
}

/// Removes the worst members and preserves the order of the rest.
fn drop_worst(members: &mut Vec<Member>, width: usize) {
    while members.len() > width.max(1) {
        members.remove(worst(members));
    }
}

/// The index of the worst member. Ties go to the last.
fn worst(members: &[Member]) -> usize {
    (0..members.len()).max_by_key(|&place| members[place].rank()).unwrap_or(0)
}
