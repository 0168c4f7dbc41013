//! How sure the minutes are: seeded draws of every estimate, run through schedules that stay as they are.

use std::collections::BTreeMap;

use fixedbitset::FixedBitSet;

use super::lengths;
use super::pert::Pert;
use crate::plan::Plan;
use crate::report::Report;
use crate::schedule::random::Random;

/// The most draws.
const MOST_DRAWS: usize = 10_000;
/// The most drawn estimates in all, so that large plans take no longer.
const MOST_ESTIMATES: usize = 2_000_000;
/// The fewest draws.
const FEWEST_DRAWS: usize = 500;
/// The most tasks for which the schedule without phases is run, too: it is compared pair by pair.
const MOST_ROLLING: usize = 500;

/// The makespans that are not exceeded in half of the draws, and in nine of ten.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Quantiles {
    /// Minutes.
    pub p50: f64,
    /// Minutes.
    pub p90: f64,
}

/// What the ranges of the estimates do to the makespans.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Risk {
    /// Of the phases.
    pub phased: Quantiles,
    /// Of the schedule without phases; `None` for a plan of more than 500 tasks.
    pub rolling: Option<Quantiles>,
    /// The number of draws; 0 if no estimate has a range, so that there is nothing to draw.
    pub draws: usize,
    /// For each task that is scheduled, in the order of the phases: the share of draws in which it is the longest of its
    /// phase. Tasks that take equally long share a draw.
    pub critical: Vec<(usize, f64)>,
    /// The task whose estimate explains most of how the makespan of the phases varies.
    pub matters_most: Option<usize>,
}

/// Draws every estimate from its PERT distribution and runs the fixed phases and the fixed order of the schedule without
/// phases. The same seed gives the same result to the bit, on every machine.
pub fn risk(report: &Report, seed: u64) -> Risk {
    let estimates = Estimates::of(&report.plan, &report.schedule.phases);
    let draws = match estimates.are_exact() {
        true => 1,
        false => (MOST_ESTIMATES / estimates.len().max(1)).clamp(FEWEST_DRAWS, MOST_DRAWS),
    };
    let replay = (estimates.len() <= MOST_ROLLING).then(|| Replay::of(report, &estimates));
    let mut random = Random::new(seed);
    let mut minutes = vec![0.0; estimates.len()];
    let mut counts = Counts::new(estimates.len());
    let (mut phased, mut rolling) = (Vec::with_capacity(draws), Vec::new());
    for _ in 0..draws {
        estimates.draw(&mut random, &mut minutes);
        let total = counts.add_phases(&estimates, &minutes);
        counts.add_spread(&estimates, &minutes, total);
        phased.push(total);
        rolling.extend(replay.as_ref().map(|replay| replay.makespan(&minutes, estimates.overhead)));
    }
    let shares = counts.critical.iter().map(|count| count / draws as f64);
    Risk {
        phased: quantiles(phased),
        rolling: replay.map(|_| quantiles(rolling)),
        draws: if estimates.are_exact() { 0 } else { draws },
        critical: estimates.tasks.iter().copied().zip(shares).collect(),
        matters_most: counts.matters_most(&estimates, draws),
    }
}

/// The estimates of the scheduled tasks, in the order of the phases.
struct Estimates {
    /// Positions in the plan.
    tasks: Vec<usize>,
    /// How many tasks each phase has.
    phases: Vec<usize>,
    /// What the plan adds to each launch, in minutes.
    overhead: f64,
    /// The best case and the length of the range, in minutes.
    ranges: Vec<(f64, f64)>,
    /// The distribution of each task, by its position in the list; `None` without a range.
    shapes: Vec<Option<usize>>,
    distributions: Vec<Pert>,
}

impl Estimates {
    fn of(plan: &Plan, phases: &[crate::schedule::Phase]) -> Estimates {
        let tasks: Vec<usize> = phases.iter().flat_map(|phase| phase.tasks.iter().copied()).collect();
        let mut known: BTreeMap<u64, usize> = BTreeMap::new();
        let (mut ranges, mut shapes, mut distributions) = (Vec::new(), Vec::new(), Vec::new());
        for &task in &tasks {
            let [low, likely, high] = lengths::range(plan, &plan.tasks[task]);
            ranges.push((low, high - low));
            shapes.push((high > low).then(|| {
                let mode = (likely - low) / (high - low);
                *known.entry(mode.to_bits()).or_insert_with(|| {
                    distributions.push(Pert::at(mode));
                    distributions.len() - 1
                })
            }));
        }
        let phases = phases.iter().map(|phase| phase.tasks.len()).collect();
        Estimates { tasks, phases, overhead: lengths::overhead(plan), ranges, shapes, distributions }
    }

    fn len(&self) -> usize {
        self.tasks.len()
    }

    fn are_exact(&self) -> bool {
        self.distributions.is_empty()
    }

    fn draw(&self, random: &mut Random, minutes: &mut [f64]) {
        for ((minutes, (low, span)), shape) in minutes.iter_mut().zip(&self.ranges).zip(&self.shapes) {
            *minutes = match shape {
                Some(shape) => low + span * self.distributions[*shape].share(random.bits()),
                None => *low,
            };
        }
    }
}

/// Sums over all draws.
struct Counts {
    critical: Vec<f64>,
    /// Of each task: its minutes, their squares, and their products with the makespan.
    sums: Vec<[f64; 3]>,
    makespans: f64,
}

impl Counts {
    fn new(tasks: usize) -> Counts {
        Counts { critical: vec![0.0; tasks], sums: vec![[0.0; 3]; tasks], makespans: 0.0 }
    }

    /// Counts which task is the longest of each phase, and returns the makespan.
    fn add_phases(&mut self, estimates: &Estimates, minutes: &[f64]) -> f64 {
        let (mut makespan, mut from) = (0.0, 0);
        for len in &estimates.phases {
            let phase = from..from + len;
            from = phase.end;
            let longest = minutes[phase.clone()].iter().copied().fold(0.0, f64::max);
            makespan += longest + estimates.overhead;
            let of_phase = minutes[phase.clone()].iter();
            let longest_ones = of_phase.filter(|&&minutes| minutes == longest).count() as f64;
            for (critical, minutes) in self.critical[phase.clone()].iter_mut().zip(&minutes[phase]) {
                *critical += if *minutes == longest { 1.0 / longest_ones } else { 0.0 };
            }
        }
        makespan
    }

    fn add_spread(&mut self, estimates: &Estimates, minutes: &[f64], makespan: f64) {
        self.makespans += makespan;
        for ((sums, minutes), shape) in self.sums.iter_mut().zip(minutes).zip(&estimates.shapes) {
            if shape.is_some() {
                *sums = [sums[0] + minutes, sums[1] + minutes * minutes, sums[2] + minutes * makespan];
            }
        }
    }

    /// The task with the greatest squared correlation with the makespan.
    fn matters_most(&self, estimates: &Estimates, draws: usize) -> Option<usize> {
        let draws = draws as f64;
        let mut best = (0.0, None);
        for ((sums, &task), shape) in self.sums.iter().zip(&estimates.tasks).zip(&estimates.shapes) {
            let mean = sums[0] / draws;
            let variance = sums[1] / draws - mean * mean;
            let covariance = sums[2] / draws - mean * self.makespans / draws;
            if shape.is_some() && variance > 0.0 && covariance > 0.0 {
                let explained = covariance * covariance / variance;
                if explained > best.0 {
                    best = (explained, Some(task));
                }
            }
        }
        best.1
    }
}

/// The schedule without phases as an order: which tasks end before each one starts and are the reason that it does not
/// start earlier, or could be.
struct Replay {
    /// In the order in which they start: the number of a task, and the numbers of those before it.
    tasks: Vec<(usize, Vec<usize>)>,
}

impl Replay {
    /// Keeps the pairs that wait, conflict, use the same worker, share a resource or may not run beside others. Pairs that
    /// follow from others are left out. O(tasks³ / 64).
    fn of(report: &Report, estimates: &Estimates) -> Replay {
        let plan = &report.plan;
        let slot =
            |number: usize| report.schedule.rolling.slots.get(estimates.tasks[number]).copied().flatten();
        let start = |number: usize| slot(number).map_or(0.0, lengths::start);
        let end = |number: usize| {
            let task = &plan.tasks[estimates.tasks[number]];
            start(number) + lengths::minutes(plan, task) + estimates.overhead
        };
        let by = |key: &dyn Fn(usize) -> f64| {
            let mut numbers: Vec<usize> = (0..estimates.len()).collect();
            numbers.sort_by(|&a, &b| key(a).total_cmp(&key(b)).then(a.cmp(&b)));
            numbers
        };
        let (by_start, mut by_end) = (by(&start), by(&end));
        by_end.reverse();
        let mut reached = vec![FixedBitSet::with_capacity(estimates.len()); estimates.len()];
        let mut tasks = Vec::with_capacity(estimates.len());
        for &number in &by_start {
            let mut before = Vec::new();
            let mut covered = FixedBitSet::with_capacity(estimates.len());
            for &other in &by_end {
                let is_before = end(other) <= start(number) && other != number;
                if is_before
                    && !covered.contains(other)
                    && are_related(report, estimates, slot, other, number)
                {
                    covered.union_with(&reached[other]);
                    covered.insert(other);
                    before.push(other);
                }
            }
            reached[number] = covered;
            tasks.push((number, before));
        }
        Replay { tasks }
    }

    fn makespan(&self, minutes: &[f64], overhead: f64) -> f64 {
        let mut ends = vec![0.0; minutes.len()];
        let mut makespan = 0.0;
        for (number, before) in &self.tasks {
            let start = before.iter().map(|&other| ends[other]).fold(0.0, f64::max);
            let end: f64 = start + minutes[*number] + overhead;
            ends[*number] = end;
            makespan = f64::max(makespan, end);
        }
        makespan
    }
}

fn are_related(
    report: &Report,
    estimates: &Estimates,
    slot: impl Fn(usize) -> Option<crate::schedule::Slot>,
    first: usize,
    second: usize,
) -> bool {
    let (plan, analysis) = (&report.plan, &report.analysis);
    let [a, b] = [estimates.tasks[first], estimates.tasks[second]];
    let [of_a, of_b] = [&plan.tasks[a], &plan.tasks[b]];
    let worker = |number: usize| slot(number).map(|slot| slot.worker);
    let shares =
        || of_a.uses.iter().any(|used| of_b.uses.iter().any(|other| other.resource == used.resource));
    worker(first) == worker(second)
        || analysis.order.are_ordered(a, b)
        || analysis.apart.contains(a, b)
        || plan.runs_alone(of_a)
        || plan.runs_alone(of_b)
        || shares()
}

fn quantiles(mut makespans: Vec<f64>) -> Quantiles {
    makespans.sort_by(f64::total_cmp);
    let at = |tenths: usize| {
        let place = (makespans.len() * tenths).div_ceil(10).saturating_sub(1);
        makespans.get(place).copied().unwrap_or(0.0)
    };
    Quantiles { p50: at(5), p90: at(9) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Budget;
    use crate::text;

    fn report(plan: &str) -> Report {
        Report::new(text::parse(plan).plan, &Budget::default())
    }

    /// P50 and P90 of phases and without them, and shares in hundredths.
    fn drawn(plan: &str) -> String {
        let report = report(plan);
        let risk = risk(&report, 1);
        let of = |found: Quantiles| format!("{:.0}/{:.0}", found.p50, found.p90);
        let shares: Vec<String> = risk
            .critical
            .iter()
            .map(|(task, share)| format!("{} {:.0}", report.plan.tasks[*task].id, share * 100.0))
            .collect();
        let most = risk.matters_most.map_or("none", |task| report.plan.tasks[task].id.as_str());
        let rolling = risk.rolling.map_or("unknown".to_owned(), of);
        format!("{} {rolling}; {}; {most}", of(risk.phased), shares.join(", "))
    }

    #[test]
    fn without_ranges_there_is_nothing_to_draw() {
        let plan = "> overhead ~2m\n- T1 a @owns(a) ~30m\n- T2 b @owns(b) ~30m\n- T3 c @owns(c) @after(T1, T2) ~10m\n";
        assert_eq!(drawn(plan), "44/44 44/44; T1 50, T2 50, T3 100; none");
        assert_eq!(risk(&report(plan), 1).draws, 0);
        assert_eq!(risk(&report(""), 1), Risk { rolling: Some(Quantiles::default()), ..Risk::default() });
    }

    /// With `likely` at the best case, a task is below `low + span·x` with probability 1 − (1 − x)⁵. The makespan is the
    /// longer of that and of 30 minutes, and 10 more.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a comparison within a tolerance, in a test")]
    fn one_range_has_a_closed_form() {
        let plan =
            "- T1 a @owns(a) ~20m..20m..120m\n- T2 b @owns(b) ~30m\n- T3 c @owns(c) @after(T1, T2) ~10m\n";
        let seeds = 1..=9;
        let drawn: Vec<Risk> = seeds.map(|seed| risk(&report(plan), seed)).collect();
        let mean = |of: &dyn Fn(&Risk) -> f64| drawn.iter().map(of).sum::<f64>() / drawn.len() as f64;
        let all_draws = (drawn.len() * drawn[0].draws) as f64;
        let inverse = |probability: f64| 20.0 + 100.0 * (1.0 - (1.0 - probability).powf(0.2));
        let quantiles = [(mean(&|risk| risk.phased.p50), 0.5), (mean(&|risk| risk.phased.p90), 0.9)];
        for (got, probability) in quantiles {
            // The standard error of a quantile is √(p(1 − p)/n) divided by the density, which is the slope of the inverse.
            let step = 1e-4;
            let slope = (inverse(probability + step) - inverse(probability - step)) / (2.0 * step);
            let error = (probability * (1.0 - probability) / all_draws).sqrt() * slope;
            let expected = f64::max(inverse(probability), 30.0) + 10.0;
            assert!((got - expected).abs() < 3.0 * error, "{got} for {expected} ± {error}");
        }
        // It is longer than 30 minutes with probability 0.9⁵.
        let expected = 0.9_f64.powi(5);
        let error = (expected * (1.0 - expected) / all_draws).sqrt();
        let share = mean(&|risk| risk.critical[0].1);
        assert!((share - expected).abs() < 3.0 * error, "{share} for {expected} ± {error}");
    }

    /// Of two equal tasks, both are below `low + span·x` with probability (1 − (1 − x)⁵)².
    #[test]
    #[expect(clippy::disallowed_methods, reason = "a comparison within a tolerance, in a test")]
    fn the_longer_of_two_has_a_closed_form() {
        let plan = "- T1 a @owns(a) ~0m..0m..100m\n- T2 b @owns(b) ~0m..0m..100m\n";
        let risk = risk(&report(plan), 3);
        let inverse = |probability: f64| 100.0 * (1.0 - (1.0 - probability.sqrt()).powf(0.2));
        for (got, probability) in [(risk.phased.p50, 0.5), (risk.phased.p90, 0.9)] {
            let slope = (inverse(probability + 1e-4) - inverse(probability - 1e-4)) / 2e-4;
            let error = (probability * (1.0 - probability) / risk.draws as f64).sqrt() * slope;
            assert!((got - inverse(probability)).abs() < 3.0 * error, "{got} for {}", inverse(probability));
        }
        assert_eq!(risk.rolling, Some(risk.phased), "nothing keeps one of them waiting");
    }

    #[test]
    fn without_phases_only_what_waits_is_held_up() {
        // T3 waits for T1 only, so a long T2 holds it up in phases and not without them.
        let plan = "- T1 a @owns(a) ~20m\n- T2 b @owns(b) ~20m..20m..200m\n- T3 c @owns(c) @after(T1) ~20m\n";
        let risk = risk(&report(plan), 1);
        let rolling = risk.rolling.unwrap_or_default();
        assert!(rolling.p90 < risk.phased.p90 - 15.0, "{risk:?}");
        assert_eq!(risk.matters_most, Some(1));
    }

    #[test]
    fn a_seed_gives_the_same_bits_everywhere() {
        let plan = "> at most 2\n- T1 a @owns(a) ~10m..20m..120m\n- T2 b @owns(b) ~5m..30m..40m\n- T3 c @owns(c) ~9m..10m..70m\n";
        let risk = risk(&report(plan), 11);
        let bits = [risk.phased.p50, risk.phased.p90, risk.critical[0].1].map(f64::to_bits);
        assert_eq!(bits, [4_632_952_812_252_300_193, 4_635_513_543_290_728_517, 4_603_606_560_695_885_234]);
    }
}
