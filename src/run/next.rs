//! What is next: which tasks to launch now, which decisions to ask for, and what holds up the rest.

use std::cmp::Reverse;

use super::{AtWork, Chains, Obstacle};
use crate::analysis::Analysis;
use crate::doer::Doer;
use crate::plan::{Minutes, Plan};
use crate::schedule::Schedule;

/// How tasks are handed out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// As soon as an agent is free: it takes the task that starts the longest chain that is left.
    #[default]
    Pool,
    /// Phase by phase: only tasks that stand in the first phase of what is left.
    Phases,
}

/// What is next in a run. Tasks are positions in the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Next {
    /// Agents to launch now, the most urgent first. They can all start together, beside what is running.
    pub launch: Vec<Launch>,
    /// At work already.
    pub running: Vec<usize>,
    /// Decisions to ask for now: all that they wait for is done.
    pub gates: Vec<usize>,
    /// Tasks for people and for programs that nobody here launches, that can start beside the rest.
    pub people: Vec<usize>,
    /// Tasks that wait for failed ones, directly or through others.
    pub blocked: Vec<Blocked>,
    /// Tasks that wait for nobody and can't start all the same, each with what stands in the way. In the
    /// order of urgency: the first one starts as soon as that is gone.
    pub held: Vec<Held>,
}

/// A task to launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The task.
    pub task: usize,
    /// Minutes of the longest chain that it starts.
    pub chain_minutes: Minutes,
    /// That chain: tasks that wait for each other, beginning with this one.
    pub chain: Vec<usize>,
}

/// A task that waits for failed ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The task.
    pub task: usize,
    /// The failed tasks.
    pub by: Vec<usize>,
}

/// A task that waits for nobody and can't start all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The task.
    pub task: usize,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
}

impl Next {
    /// What is next in a plan, with its schedule for [`Mode::Phases`]. The same plan gives the same answer.
    /// O(tasks · tasks at work), plus the time of [`Chains::of`].
    pub fn of(plan: &Plan, analysis: &Analysis, schedule: &Schedule, mode: Mode) -> Next {
        Next::among(plan, analysis, |task| match mode {
            Mode::Pool => true,
            Mode::Phases => schedule.phase_of.get(task).copied().flatten() == Some(0),
        })
    }

    /// What a free agent takes next.
    pub fn in_pool(plan: &Plan, analysis: &Analysis) -> Next {
        Next::among(plan, analysis, |_| true)
    }

    fn among(plan: &Plan, analysis: &Analysis, may_start: impl Fn(usize) -> bool) -> Next {
        let chains = Chains::of(plan, analysis);
        let mut at_work = AtWork::of(plan, analysis);
        let mut next = Next { running: analysis.progress.running.clone(), ..Next::default() };
        next.blocked = blocked(analysis);
        for task in by_urgency(plan, &chains) {
            let obstacles = at_work.obstacles(task);
            let doer = Doer::of(&plan.tasks[task]);
            if obstacles.is_empty() && (may_start(task) || doer == Doer::Decision) {
                match doer {
                    Doer::Decision => next.gates.push(task),
                    Doer::Subagent(_) | Doer::Orchestrator => next.launch.push(Launch {
                        task,
                        chain_minutes: chains.minutes(task),
                        chain: chains.tasks(task),
                    }),
                    Doer::Person | Doer::Elsewhere(_) => next.people.push(task),
                }
                if doer != Doer::Decision {
                    at_work.start(task);
                }
            } else if !matches!(obstacles[..], [] | [Obstacle::Waits(_), ..]) {
                next.held.push(Held { task, obstacles });
            }
        }
        next.gates.sort_unstable();
        next.people.sort_unstable();
        next
    }

    /// The tasks to launch.
    pub fn launched(&self) -> Vec<usize> {
        self.launch.iter().map(|launch| launch.task).collect()
    }
}

/// The tasks that can be started: first those for agents, and of these the ones that start the longest
/// chains; ties go by position in the plan.
fn by_urgency(plan: &Plan, chains: &Chains) -> Vec<usize> {
    let can_start = |&task: &usize| plan.tasks[task].status.can_start();
    let mut tasks: Vec<usize> = (0..plan.tasks.len()).filter(can_start).collect();
    // Agents first: what a person is slow to begin should not hold them up.
    let is_outside = |task: usize| !Doer::of(&plan.tasks[task]).is_seen();
    tasks.sort_by_key(|&task| (is_outside(task), Reverse(chains.minutes(task)), task));
    tasks
}

fn blocked(analysis: &Analysis) -> Vec<Blocked> {
    let progress = &analysis.progress;
    let failed_before = |task: usize| {
        let is_before = |&&failed: &&usize| analysis.order.ancestors[task].contains(failed);
        progress.failed.iter().filter(is_before).copied().collect()
    };
    progress.blocked.iter().map(|&task| Blocked { task, by: failed_before(task) }).collect()
}
