//! The better of two schedules.

use super::{Outcome, Schedule};

impl Schedule {
    /// Whether the phased makespan equals the lower bound, which proves it optimal.
    pub fn is_at_bound(&self) -> bool {
        self.phased <= self.lower_bound.minutes
    }

    /// Combines two schedules of one plan: the better phases, the better rolling schedule, and the higher of
    /// each lower bound. Ties go to `self`.
    pub fn or_better(self, other: Schedule) -> Schedule {
        let (here, there) = (self.lower_bound.minutes, other.lower_bound.minutes);
        let lower_bound = if there > here { &other } else { &self }.lower_bound.clone();
        let mut rolling =
            if other.rolling.minutes < self.rolling.minutes { &other } else { &self }.rolling.clone();
        let (here, there) = (&self.rolling.lower_bound, &other.rolling.lower_bound);
        rolling.lower_bound = if there.minutes > here.minutes { there } else { here }.clone();
        let value = |schedule: &Schedule| (schedule.phased, schedule.phases.len());
        let phases = if value(&other) < value(&self) { other } else { self };
        let mut best = Schedule { lower_bound, rolling, ..phases };
        if best.outcome == Outcome::Feasible && best.is_at_bound() {
            best.outcome = Outcome::Optimal;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::{LowerBound, Phase, Rolling};

    fn schedule(phased: u32, phases: usize, bound: u32, rolling: u32) -> Schedule {
        Schedule {
            phases: vec![Phase::default(); phases],
            phased: phased.into(),
            outcome: if phased == bound { Outcome::Optimal } else { Outcome::Feasible },
            lower_bound: LowerBound { minutes: bound.into(), ..LowerBound::default() },
            rolling: Rolling {
                minutes: rolling.into(),
                lower_bound: LowerBound { minutes: (rolling - 1).into(), ..LowerBound::default() },
                ..Rolling::default()
            },
            ..Schedule::default()
        }
    }

    #[test]
    fn the_best_of_each_is_taken() {
        let table = [
            // Shorter phases here, a higher bound and a shorter rolling schedule there.
            ((50, 3, 40, 45), (60, 3, 45, 44), (50, 3, 45, 44)),
            // Fewer phases of the same length.
            ((50, 3, 40, 45), (50, 2, 40, 45), (50, 2, 40, 45)),
            // The bound of one proves the phases of the other.
            ((50, 3, 40, 45), (60, 3, 50, 45), (50, 3, 50, 45)),
        ];
        for (here, there, best) in table {
            let of = |(phased, phases, bound, rolling)| schedule(phased, phases, bound, rolling);
            let merged = of(here).or_better(of(there));
            assert_eq!(
                merged.rolling.lower_bound.minutes,
                of(here).rolling.lower_bound.minutes.max(of(there).rolling.lower_bound.minutes)
            );
            let expected = Schedule { rolling: merged.rolling.clone(), ..of(best) };
            assert_eq!((merged.rolling.minutes, merged), (best.3.into(), expected));
        }
    }

    #[test]
    fn what_is_equally_good_stays() {
        let (mut here, there) = (schedule(50, 3, 40, 45), schedule(50, 3, 40, 45));
        here.critical_path = vec![1];
        assert_eq!(here.clone().or_better(there), here);
    }
}
