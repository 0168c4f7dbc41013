//! The cost of an assignment and of a change.

use super::{NOWHERE, State};

/// Costs are minutes with this many binary places.
pub const FRACTION: u32 = 16;

impl State<'_> {
    /// Minutes, with the cost of tasks away from home, and number of phases.
    pub fn value(&self) -> (u64, usize) {
        (self.makespan.saturating_add_signed(self.away), self.order.sequence().len())
    }

    /// From now on, a task that leaves its home costs this many minutes. Homes are phases of the loaded
    /// assignment.
    pub fn stay(&mut self, home: &[Option<usize>], minutes: u32) {
        self.home = vec![NOWHERE; self.len()];
        for (&number, home) in self.number.iter().zip(home) {
            self.home[number as usize] = home.map_or(NOWHERE, |home| home as u32);
        }
        self.distance = i64::from(minutes);
    }

    /// From now on, rewards unequal phases, with much or little work: a full phase earns this share of the
    /// mean task length. So tasks of similar length gather, and superfluous phases become empty. The sum of
    /// squares distinguishes assignments of equal makespan (for colouring: Morgenstern, Shapiro 1990).
    pub fn crowd(&mut self, share: f64) {
        let work: u64 = self.minutes.iter().map(|&minutes| u64::from(minutes)).sum();
        let mean = (work as f64 / self.len().max(1) as f64).max(1.0);
        let room = self.problem.max_parallel.min(self.len()).max(1) as f64;
        self.crowding = (share / (room * room * mean) * (1u64 << (2 * FRACTION)) as f64) as i64;
    }

    /// The cost of a change that lengthens the phases by `minutes` in total and changes the work of some
    /// slots, in minutes with [`FRACTION`] binary places. A phase that doesn't exist yet may have any unused
    /// number.
    pub fn cost(&self, minutes: i64, changes: &[(usize, i64)]) -> i64 {
        let work = |slot: usize| self.slots.get(slot).map_or(0, |slot| slot.work as i64);
        let square = |&(slot, more): &(usize, i64)| more * (2 * work(slot) + more);
        let squares: i64 = changes.iter().map(square).sum();
        (minutes << FRACTION) - (squares.saturating_mul(self.crowding) >> FRACTION)
    }

    /// The cost of moving the task to this slot, besides the minutes of the phases: leaving or reaching its
    /// home.
    pub fn distance(&self, task: usize, to: usize) -> i64 {
        match self.home.get(task) {
            None | Some(&NOWHERE) => 0,
            Some(&home) => {
                self.distance * (i64::from(self.slot_of[task] == home) - i64::from(to == home as usize))
            }
        }
    }
}
