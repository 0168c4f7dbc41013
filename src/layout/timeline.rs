//! The two schedules as bars on a time axis: a lane for each worker.

use super::Direction;
use crate::plan::{Minutes, Plan};
use crate::schedule::Schedule;
use crate::sort;

/// A task on the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Position in the plan.
    pub task: usize,
    /// Minutes from the start of the schedule.
    pub start: Minutes,
    /// Duration in minutes.
    pub minutes: Minutes,
}

/// Bars by lane, in order of time.
pub type Lanes = Vec<Vec<Bar>>;

/// The rolling schedule. The lane of a task is its worker.
pub fn rolling(plan: &Plan, schedule: &Schedule) -> Lanes {
    let slot = |task: usize| schedule.rolling.slots.get(task).copied().flatten();
    let mut tasks: Vec<usize> = (0..plan.tasks.len()).filter(|&task| slot(task).is_some()).collect();
    sort::by_key(&mut tasks, &mut |task| (slot(task).map_or(0, |slot| slot.start.seconds() as i64), 0));
    let mut lanes = Lanes::new();
    for task in tasks {
        let Some(slot) = slot(task) else { continue };
        let lane = slot.worker as usize;
        if lanes.len() <= lane {
            lanes.resize(lane + 1, Vec::new());
        }
        lanes[lane].push(Bar { task, start: slot.start, minutes: plan.minutes_of(&plan.tasks[task]) });
    }
    lanes
}

/// The phased schedule: the tasks of a phase start together, the longest in the first lane, and the next
/// phase starts when the last of them is done. Also returns the start of each phase.
pub fn phased(plan: &Plan, schedule: &Schedule) -> (Lanes, Vec<Minutes>) {
    let mut lanes = Lanes::new();
    let mut starts = Vec::new();
    let mut start = Minutes::ZERO;
    for phase in &schedule.phases {
        starts.push(start);
        let launches = phase.tasks.iter().map(|&task| plan.launch_of(&plan.tasks[task]));
        start += launches.max().unwrap_or_default();
        let minutes = |task: usize| plan.minutes_of(&plan.tasks[task]);
        let mut tasks = phase.tasks.clone();
        sort::by_key(&mut tasks, &mut |task| (-(minutes(task).seconds() as i64), 0));
        if lanes.len() < tasks.len() {
            lanes.resize(tasks.len(), Vec::new());
        }
        for (lane, task) in lanes.iter_mut().zip(tasks) {
            lane.push(Bar { task, start, minutes: minutes(task) });
        }
        start += phase.minutes;
    }
    (lanes, starts)
}

/// The next task in a direction: before or after it in its lane, or the nearest one in the lane above or
/// below.
pub fn step(lanes: &Lanes, task: usize, direction: Direction) -> Option<usize> {
    let (lane, at) = lanes.iter().enumerate().find_map(|(lane, bars)| {
        let at = bars.iter().position(|bar| bar.task == task)?;
        Some((lane, at))
    })?;
    let bar = match direction {
        Direction::Left => lanes[lane].get(at.checked_sub(1)?)?,
        Direction::Right => lanes[lane].get(at + 1)?,
        Direction::Up => nearest(lanes.get(lane.checked_sub(1)?)?, lanes[lane][at].start)?,
        Direction::Down => nearest(lanes.get(lane + 1)?, lanes[lane][at].start)?,
        Direction::Back | Direction::Forward => return None,
    };
    Some(bar.task)
}

fn nearest(bars: &[Bar], start: Minutes) -> Option<&Bar> {
    bars.iter().min_by_key(|bar| bar.start.seconds().abs_diff(start.seconds()))
}

/// Minutes between two ticks of the axis: the smallest round number that gives at most `most` ticks.
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
        let task = |minutes: u32| Task { minutes: Some(Estimate::exactly(minutes)), ..Task::default() };
        let mut plan = Plan { tasks: [20, 45, 30].map(task).into(), ..Plan::default() };
        plan.settings.phase_overhead = 2.into();
        let slot = |start: u32, worker| Some(Slot { start: start.into(), worker });
        let schedule = Schedule {
            phases: vec![
                Phase { tasks: vec![0, 1], minutes: 45.into() },
                Phase { tasks: vec![2], minutes: 30.into() },
            ],
            rolling: Rolling { slots: vec![slot(0, 1), slot(0, 0), slot(20, 1)], ..Rolling::default() },
            ..Schedule::default()
        };
        assert_eq!(written(&rolling(&plan, &schedule)), "1:0+45 | 0:0+20 2:20+30");
        let steps = [(1, Direction::Down), (0, Direction::Right), (2, Direction::Up), (2, Direction::Right)];
        let reached = steps.map(|(task, direction)| step(&rolling(&plan, &schedule), task, direction));
        assert_eq!(reached, [Some(0), Some(2), Some(1), None]);
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
