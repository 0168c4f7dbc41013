//! The free amount of each resource over time.

use super::amounts::Lanes;

/// A step function of time: the amounts that are free from each breakpoint to the next. The last step never
/// ends.
#[derive(Debug)]
pub struct Profile<'a> {
    lanes: &'a Lanes,
    /// Breakpoints in minutes, ascending; the first is 0.
    times: Vec<u32>,
    /// The free amounts from each breakpoint on: one row of words per breakpoint.
    free: Vec<u64>,
    width: usize,
}

impl<'a> Profile<'a> {
    /// A profile with amounts packed in these lanes.
    pub fn new(lanes: &'a Lanes) -> Profile<'a> {
        Profile { lanes, times: Vec::new(), free: Vec::new(), width: 0 }
    }

    /// Makes everything free from 0 on.
    pub fn reset(&mut self, capacities: &[u64]) {
        self.width = capacities.len();
        self.times.clear();
        self.times.push(0);
        self.free.clear();
        self.free.extend_from_slice(capacities);
    }

    /// The first moment at or after `ready` from which `demand` is free for `minutes`. `from` is a step that begins at
    /// or before `ready`; it becomes the one that contains the moment. O(breakpoints between them).
    pub fn earliest(&self, from: &mut usize, ready: u32, minutes: u32, demand: &[u64]) -> u32 {
        while self.times.get(*from + 1).is_some_and(|&begin| begin <= ready) {
            *from += 1;
        }
        let mut start = ready;
        let mut step = *from;
        loop {
            if self.fits(step, demand) {
                match self.times.get(step + 1) {
                    Some(&end) if end < start + minutes => step += 1,
                    _ => return start,
                }
            } else {
                step += 1;
                start = self.times[step];
                *from = step;
            }
        }
    }

    /// Reserves `demand` from `start` for `minutes`. It must be free there. O(breakpoints).
    pub fn take(&mut self, start: u32, minutes: u32, demand: &[u64]) {
        if minutes == 0 || self.width == 0 {
            return;
        }
        let mut step = self.step_at(start);
        if self.times[step] < start {
            step += 1;
            self.split(step, start);
        }
        let end = start + minutes;
        while self.times[step] < end {
            if self.times.get(step + 1).is_none_or(|&next| next > end) {
                self.split(step + 1, end);
            }
            let row = &mut self.free[step * self.width..][..self.width];
            row.iter_mut().zip(demand).for_each(|(free, need)| *free -= need);
            step += 1;
        }
    }

    /// The step that contains `time`. O(log breakpoints).
    pub fn step_at(&self, time: u32) -> usize {
        self.times.partition_point(|&begin| begin <= time).saturating_sub(1)
    }

    fn fits(&self, step: usize, demand: &[u64]) -> bool {
        self.lanes.fit(&self.free[step * self.width..][..self.width], demand)
    }

    /// Splits a step at `time`.
    fn split(&mut self, step: usize, time: u32) {
        self.times.insert(step, time);
        for column in 0..self.width {
            let before = self.free[(step - 1) * self.width + column];
            self.free.insert(step * self.width + column, before);
        }
    }
}
