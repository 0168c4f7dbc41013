//! Simulated annealing (Kirkpatrick, Gelatt, Vecchi 1983) over the moves of [`super::moves`].

use super::moves::MOVES;
use super::state::{FRACTION, State};
use super::{Assignment, Precedence, Problem};
use crate::schedule::bounds::load;
use crate::schedule::random::Random;
use crate::schedule::{Meter, Progress, shown};

/// The meter is asked once per this many steps.
const CHECK: u64 = 512;

/// This many steps in a row try the same kind of move, which helps branch prediction.
const ROW: u64 = 8;

/// Steps of the first cooling, per pair of tasks.
const FIRST_CYCLE: f64 = 50.0;

/// The factor by which each cooling is slower than the previous one.
const SLOWER: f64 = 1.2;

/// Improves the assignment until the meter ends the search or the makespan reaches `floor` minutes. Returns
/// the steps taken.
///
/// Cools down repeatedly, each time more slowly. A budget too small for one cooling gets a faster one.
pub fn improve(
    problem: &Problem,
    precedence: &Precedence,
    best: &mut Assignment,
    floor: u64,
    seed: u64,
    meter: &mut dyn Meter,
) -> u64 {
    let mut state = State::new(problem, precedence, best);
    let mut habits = Habits::of(problem, floor);
    search(&mut state, best, &mut Cooling::new(problem), &mut habits, floor, seed, meter)
}

/// Like [`improve`], but a task that leaves its home costs this many minutes; see [`State::stay`].
pub fn improve_near(
    problem: &Problem,
    precedence: &Precedence,
    best: &mut Assignment,
    home: &[Option<usize>],
    minutes: u32,
    meter: &mut dyn Meter,
) {
    let mut state = State::new(problem, precedence, best);
    state.stay(home, minutes);
    let mut cooling = Cooling::new(problem);
    cooling.hot /= 4.0;
    search(&mut state, best, &mut cooling, &mut Habits::new(&[0.0]), 0, 1, meter);
}

fn search(
    state: &mut State,
    best: &mut Assignment,
    cooling: &mut Cooling,
    habits: &mut Habits,
    floor: u64,
    seed: u64,
    meter: &mut dyn Meter,
) -> u64 {
    let mut random = Random::new(seed);
    let mut least = state.value();
    let mut steps = 0;
    state.crowd(habits.share());
    loop {
        let progress = Progress { steps, minutes: shown(least.0), lower_bound: shown(floor) };
        let used = meter.used(&progress);
        if used >= 1.0 || least.0 <= floor {
            return steps;
        }
        if cooling.is_over(used) {
            cooling.begin(steps, used);
            if steps > 0 {
                state.crowd(habits.next());
            }
        }
        let temperature = cooling.temperature(used);
        let next_check = steps + CHECK;
        while steps < next_check {
            let attempt = MOVES[(steps / ROW) as usize % MOVES.len()];
            for _ in 0..ROW {
                let mut draw = random.draw();
                let limit = (temperature * EXPONENTIAL[usize::from(draw.byte())]) >> FRACTION;
                if attempt(state, draw, limit) && habits.notes(state.value()) && state.value() < least {
                    least = state.value();
                    *best = state.assignment();
                }
            }
            steps += ROW;
        }
    }
}

/// The accepted increase, as a share of the temperature: quantiles of the exponential distribution. A table,
/// because logarithms differ between platforms.
static EXPONENTIAL: [i64; 256] = {
    let mut quantiles = [0; 256];
    let mut sum = 1.0 / 512.0;
    let mut at = 0;
    while at < 256 {
        quantiles[at] = (sum * (1 << FRACTION) as f64) as i64;
        at += 1;
        sum += 1.0 / (256 - at) as f64;
    }
    quantiles
};

/// The reward for crowded phases in plans where every phase must be full; see [`State::crowd`].
const CROWDED: f64 = 12.0;

/// Once per this many coolings, another habit gets a turn.
const CHANCE: usize = 8;

/// Objectives to choose from, one per cooling. The next cooling uses the one with the best last result.
struct Habits {
    /// See [`State::crowd`].
    shares: &'static [f64],
    /// The best value of the last cooling with each share.
    reached: Vec<Option<(u64, usize)>>,
    current: usize,
    /// The number of coolings begun.
    coolings: usize,
    /// The best value of the current cooling.
    least: (u64, usize),
}

impl Habits {
    /// The objectives that may be good if no makespan is below `floor` minutes. A short search has only one
    /// cooling, and a crowded one that gains nothing ends badly. So the crowded one goes first only if the
    /// work fills the phases almost completely.
    fn of(problem: &Problem, floor: u64) -> Habits {
        let load = u64::from(load::bound(problem).minutes);
        let work: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        let is_brimful = work as f64 >= 0.97 * load as f64 * problem.max_parallel as f64;
        match (load * 50 >= floor * 49, is_brimful) {
            (true, true) => Habits::new(&[CROWDED, 0.0]),
            (true, false) => Habits::new(&[0.0, CROWDED]),
            (false, _) => Habits::new(&[0.0]),
        }
    }

    fn new(shares: &'static [f64]) -> Habits {
        Habits { shares, reached: vec![None; shares.len()], current: 0, coolings: 0, least: (u64::MAX, 0) }
    }

    fn share(&self) -> f64 {
        self.shares[self.current]
    }

    /// Records a value. Returns whether it is the best of this cooling.
    fn notes(&mut self, value: (u64, usize)) -> bool {
        let is_less = value < self.least;
        self.least = self.least.min(value);
        is_less
    }

    /// Selects the share for the next cooling.
    fn next(&mut self) -> f64 {
        if self.coolings > 0 {
            self.reached[self.current] = Some(self.least);
        }
        let best = (0..self.shares.len()).min_by_key(|&habit| self.reached[habit]).unwrap_or_default();
        self.current = match self.coolings % CHANCE {
            7 => (best + 1) % self.shares.len(),
            _ => best,
        };
        self.coolings += 1;
        self.least = (u64::MAX, 0);
        self.share()
    }
}

/// The temperature schedule.
struct Cooling {
    hot: f64,
    cold: f64,
    /// Steps of the current cooling, before rounding so that whole coolings fill the budget.
    cycle: f64,
    /// Shares of the budget at which the current cooling begins and ends.
    begin: f64,
    end: f64,
}

impl Cooling {
    /// The temperatures are proportional to the mean task length.
    fn new(problem: &Problem) -> Cooling {
        let minutes: u64 = problem.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        let mean = minutes as f64 / problem.len().max(1) as f64;
        let cycle = FIRST_CYCLE / SLOWER * (problem.len() as f64).powi(2);
        Cooling { hot: mean / 6.0, cold: mean / 200.0, cycle, begin: 0.0, end: 0.0 }
    }

    /// Whether the current cooling is over at this share of the budget.
    fn is_over(&self, used: f64) -> bool {
        used >= self.end
    }

    /// Begins the next cooling.
    fn begin(&mut self, steps: u64, used: f64) {
        self.cycle *= SLOWER;
        // Before the first steps, the number of steps that the budget allows is unknown.
        let rest = if used > 0.0 { steps as f64 / used * (1.0 - used) } else { 0.0 };
        let cycles = (rest / self.cycle + 0.5).floor().max(1.0);
        self.begin = used;
        self.end = if steps == 0 { 0.0 } else { used + (1.0 - used) / cycles };
    }

    /// The temperature at this share of the budget, in minutes with [`FRACTION`] binary places.
    fn temperature(&self, used: f64) -> i64 {
        let left = ((self.end - used) / (self.end - self.begin).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        ((self.hot * left * left * left + self.cold) * f64::from(1 << FRACTION)) as i64
    }
}
