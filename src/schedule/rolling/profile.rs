//! How much of each resource is free over time.

/// A step function of time: from each breakpoint to the next, so much of each resource is free. The last step never ends.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Breakpoints in minutes, ascending; the first is 0.
    times: Vec<u32>,
    /// What is free from each breakpoint on: a row per breakpoint, a column per resource.
    free: Vec<u32>,
    width: usize,
}

impl Profile {
    /// Everything is free for ever.
    pub fn reset(&mut self, capacities: &[u32]) {
        self.width = capacities.len();
        self.times.clear();
        self.times.push(0);
        self.free.clear();
        self.free.extend_from_slice(capacities);
    }

    /// The first moment at or after `ready` from which `demand` is free for `minutes`. O(breakpoints × resources).
    pub fn earliest(&self, ready: u32, minutes: u32, demand: &[u32]) -> u32 {
        let mut start = ready;
        let mut step = self.times.partition_point(|&time| time <= ready) - 1;
        loop {
            if self.fits(step, demand) {
                match self.times.get(step + 1) {
                    Some(&end) if end < start + minutes => step += 1,
                    _ => return start,
                }
            } else {
                step += 1;
                start = self.times[step];
            }
        }
    }

    /// Takes `demand` away from `start` for `minutes`; it must be free there. O(breakpoints × resources).
    pub fn take(&mut self, start: u32, minutes: u32, demand: &[u32]) {
        if minutes == 0 {
            return;
        }
        let first = self.breakpoint(start);
        let last = self.breakpoint(start + minutes);
        for row in self.free[first * self.width..last * self.width].chunks_exact_mut(self.width) {
            for (free, need) in row.iter_mut().zip(demand) {
                *free -= need;
            }
        }
    }

    fn fits(&self, step: usize, demand: &[u32]) -> bool {
        let row = &self.free[step * self.width..][..self.width];
        row.iter().zip(demand).all(|(free, need)| need <= free)
    }

    /// Position of the breakpoint at `time`, which is made if there is none.
    fn breakpoint(&mut self, time: u32) -> usize {
        let after = self.times.partition_point(|&other| other < time);
        if self.times.get(after) != Some(&time) {
            self.times.insert(after, time);
            let row = (after - 1) * self.width;
            self.free.extend_from_within(row..row + self.width);
            self.free[after * self.width..].rotate_right(self.width);
        }
        after
    }
}
