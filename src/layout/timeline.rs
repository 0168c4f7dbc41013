//! The two schedules as bars on a time axis: a lane for each worker.

use crate::plan::Plan;
use crate::schedule::Schedule;

/// A task at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Position in the plan.
    pub task: usize,
    /// Minutes after the start.
    pub start: u32,
    /// How long it takes, in minutes.
    pub minutes: u32,
}

/// Bars by lane, each lane in the order of time.
pub type Lanes = Vec<Vec<Bar>>;

/// Without barriers: the lane of a task is its worker.
pub fn rolling(plan: &Plan, schedule: &Schedule) -> Lanes {
    let mut lanes = Lanes::new();
    for (task, slot) in schedule.rolling.slots.iter().enumerate() {
        let (Some(slot), Some(planned)) = (slot, plan.tasks.get(task)) else { continue };
        let lane = slot.worker as usize;
        if lanes.len() <= lane {
            lanes.resize(lane + 1, Vec::new());
        }
        lanes[lane].push(Bar { task, start: slot.start, minutes: plan.minutes_of(planned) });
    }
    for lane in &mut lanes {
        lane.sort_by_key(|bar| (bar.start, bar.task));
    }
    lanes
}

/// In phases: the tasks of a phase start together, longest in the first lane, and the next phase starts when the last of
/// them is done. Also says when each phase starts.
pub fn phased(plan: &Plan, schedule: &Schedule) -> (Lanes, Vec<u32>) {
    let mut lanes = Lanes::new();
    let mut starts = Vec::new();
    let mut start = 0u32;
    for phase in &schedule.phases {
        starts.push(start);
        start = start.saturating_add(plan.settings.phase_overhead);
        let mut bars: Vec<Bar> = phase
            .tasks
            .iter()
            .map(|&task| Bar { task, start, minutes: plan.minutes_of(&plan.tasks[task]) })
            .collect();
        bars.sort_by_key(|bar| (std::cmp::Reverse(bar.minutes), bar.task));
        if lanes.len() < bars.len() {
            lanes.resize(bars.len(), Vec::new());
        }
        for (lane, bar) in lanes.iter_mut().zip(bars) {
            lane.push(bar);
        }
        start = start.saturating_add(phase.minutes);
    }
    (lanes, starts)
}

/// Minutes between two marks of the axis: the smallest handy number that gives at most `most` marks.
pub fn tick(minutes: u32, most: u32) -> u32 {
    const HANDY: [u32; 12] = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1_440, 7_200];
    let least = minutes.div_ceil(most.max(1));
    HANDY.into_iter().find(|handy| *handy >= least).unwrap_or(least.next_multiple_of(7_200))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Estimate, Task};
    use crate::schedule::{Phase, Rolling, Slot};

    fn written(lanes: &Lanes) -> String {
        let bar = |bar: &Bar| format!("{}:{}+{}", bar.task, bar.start, bar.minutes);
        lanes
            .iter()
            .map(|lane| lane.iter().map(bar).collect::<Vec<_>>().join(" "))
            .collect::<Vec<_>>()
            .join(" | ")
    }

    #[test]
    fn bars_stand_on_their_lanes() {
        let task = |minutes| Task { minutes: Some(Estimate::exactly(minutes)), ..Task::default() };
        let mut plan = Plan { tasks: [20, 45, 30].map(task).into(), ..Plan::default() };
        plan.settings.phase_overhead = 2;
        let slot = |start, worker| Some(Slot { start, worker });
        let schedule = Schedule {
            phases: vec![Phase { tasks: vec![0, 1], minutes: 45 }, Phase { tasks: vec![2], minutes: 30 }],
            rolling: Rolling { slots: vec![slot(0, 1), slot(0, 0), slot(20, 1)], ..Rolling::default() },
            ..Schedule::default()
        };
        assert_eq!(written(&rolling(&plan, &schedule)), "1:0+45 | 0:0+20 2:20+30");
        let (lanes, starts) = phased(&plan, &schedule);
        assert_eq!(written(&lanes), "1:2+45 2:49+30 | 0:2+20");
        assert_eq!(starts, [0, 47]);
    }

    #[test]
    fn marks_are_handy() {
        let table = [(0, 1), (9, 1), (115, 15), (600, 60), (10_000, 1_440), (1_000_000, 100_800)];
        for (minutes, expect) in table {
            assert_eq!(tick(minutes, 10), expect, "{minutes}");
        }
    }
}
