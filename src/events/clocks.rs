//! The order of events, from clocks that anybody can set to anything.
//!
//! A clock is one more than the highest its author knew (Lamport, "Time, clocks, and the ordering of events in a
//! distributed system", 1978). One event with the highest possible clock would leave no number for whatever
//! comes after it. So a clock counts only up to a bound: 65,536 for each different clock of the log up to
//! its own. A clock directly after another one may be higher by one. Events whose clocks don't count come
//! before all others.
//!
//! - Clocks of honest authors always count, even if most events are missing, because no log has as many events
//!   as a step has clocks.
//! - More events never make a clock count less, and which clocks count follows from the set of events alone. So
//!   the order is the same on every device that has the same events.
//! - The next clock ([`Clocks::next`]) counts, and comes after all events, including those whose clocks would
//!   begin to count with it.
//! - No clock that counts is higher than [`MAX_CLOCK`], because a log has at most [`MAX_EVENTS`] events.

use std::collections::BTreeSet;

use super::digest::Digest;
use super::event::Event;
use super::limits::CLOCK_STEP as STEP;
#[cfg(doc)]
use super::limits::{MAX_CLOCK, MAX_EVENTS};

/// Which clocks of a log count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    /// The clocks that don't.
    beyond: BTreeSet<u32>,
    next: u32,
}

/// The sort key of an event, the same on every device. Where events contradict each other, the last one wins.
pub type Rank<'e> = (bool, u32, &'e str, Digest);

impl Clocks {
    /// Finds out which of these clocks count. Time: O(n log n).
    pub(super) fn of(clocks: impl Iterator<Item = u32>) -> Clocks {
        let mut clocks: Vec<u32> = clocks.collect();
        clocks.sort_unstable();
        clocks.dedup();
        let (mut beyond, mut highest) = (BTreeSet::new(), 0);
        let (mut bound, mut run, mut before) = (0u64, 0u64, None);
        for clock in clocks {
            bound += u64::from(STEP);
            run = if clock.checked_sub(1).is_some_and(|one_less| before == Some(one_less)) {
                run + 1
            } else {
                0
            };
            before = Some(clock);
            if u64::from(clock) > bound + run {
                beyond.insert(clock);
            }
            // With one more clock below it, this one counts.
            if u64::from(clock) <= bound + run + u64::from(STEP) {
                highest = clock;
            }
        }
        Clocks { beyond, next: highest.saturating_add(1) }
    }

    /// The clock of the next event.
    pub fn next(&self) -> u32 {
        self.next
    }

    /// The sort key of an event of this log: by clock, then by author and id.
    pub fn rank<'e, B>(&self, event: &'e Event<B>) -> Rank<'e> {
        let clock = event.statement.clock;
        (!self.beyond.contains(&clock), clock, &event.statement.author, event.id)
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;
    use crate::events::limits::{MAX_CLOCK, MAX_EVENTS};

    /// Whether this clock counts among these, and comes after all others that do.
    fn is_last(clock: u32, clocks: &[u32]) -> bool {
        let known = Clocks::of(clocks.iter().copied());
        let counted = clocks.iter().filter(|clock| !known.beyond.contains(clock));
        !known.beyond.contains(&clock) && counted.max() == Some(&clock)
    }

    #[test]
    fn clocks_of_honest_authors_count_whatever_is_missing() {
        let next = |clocks: &[u32]| Clocks::of(clocks.iter().copied()).next();
        assert_eq!((next(&[]), next(&[0]), next(&[1, 2, 2, 3])), (1, 1, 4));
        assert_eq!(next(&[MAX_EVENTS as u32]), MAX_EVENTS as u32 + 1);
    }

    #[test]
    fn a_clock_far_above_the_others_raises_nobodys() {
        for bomb in [5 * STEP, 1 << 30, MAX_CLOCK, u32::MAX] {
            assert_eq!(Clocks::of([1, 2, bomb].into_iter()).next(), 3, "{bomb}");
        }
        assert_eq!(Clocks::of((0..100).map(|step| u32::MAX - step)).next(), 1);
    }

    #[test]
    fn no_number_of_hostile_clocks_uses_up_all_clocks() {
        let mut clocks: Vec<u32> = (1..MAX_EVENTS as u32).map(|step| step * STEP).collect();
        for _ in 0..2 {
            let next = Clocks::of(clocks.iter().copied()).next();
            clocks.push(next);
            assert!(next <= MAX_CLOCK && is_last(next, &clocks));
        }
    }

    proptest! {
        /// Clocks about the places where a further event makes them count.
        #[test]
        fn what_is_said_after_hostile_clocks_comes_after_them(
            hostile in vec((0u32..12, 0u32..7), 0..10),
            said in 1usize..30,
        ) {
            let mut clocks: Vec<u32> =
                hostile.iter().map(|(steps, off)| (steps * STEP + off).saturating_sub(3)).collect();
            for _ in 0..said {
                let next = Clocks::of(clocks.iter().copied()).next();
                clocks.push(next);
                prop_assert!(is_last(next, &clocks), "{next} in {clocks:?}");
            }
        }
    }
}
