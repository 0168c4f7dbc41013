//! Phases and rolling schedules, checked against the plain verifier.

use phaseplan::Analysis;
use phaseplan::analysis::PairSet;
use phaseplan::plan::{Plan, Status, Task, TaskId};
use phaseplan::schedule::{
    BoundArgument, Budget, Outcome, Precedence, Problem, Schedule, bounds, phases, rolling, schedule, verify,
};
use proptest::prelude::*;

/// Problems of up to `most` tasks in which everything that keeps tasks apart occurs.
fn problems(most: usize) -> impl Strategy<Value = Problem> {
    let pair = || (0..most, 0..most);
    let tasks =
        proptest::collection::vec((prop_oneof![Just(0), 1..5u32, 1..200u32], 0..3u32, 0..20u8), 0..=most);
    let edges = proptest::collection::vec(pair(), 0..most);
    let conflicts = proptest::collection::vec(pair(), 0..2 * most);
    (tasks, edges, conflicts, 1..6usize, 0..12u32, 1..4u32).prop_map(
        |(tasks, edges, conflicts, max_parallel, phase_overhead, capacity)| {
            let len = tasks.len();
            let mut problem = Problem::unrestricted(tasks.iter().map(|task| task.0).collect(), max_parallel);
            problem.phase_overhead = phase_overhead;
            problem.demands = vec![tasks.iter().map(|task| task.1.min(capacity)).collect()];
            problem.capacities = vec![capacity];
            problem.alone = tasks.iter().map(|task| task.2 == 0).collect();
            for (a, b) in edges.into_iter().filter(|&(a, b)| a < b && b < len) {
                problem.predecessors[b].push(a);
                problem.predecessors[b].sort_unstable();
                problem.predecessors[b].dedup();
            }
            problem.apart = PairSet::new(len);
            for (a, b) in conflicts.into_iter().filter(|&(a, b)| a < len && b < len) {
                problem.apart.insert(a, b);
            }
            problem
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_schedule_is_valid(problem in problems(30)) {
        let precedence = Precedence::of(&problem);
        let assignment = phases::solve(&problem, &precedence);
        let value = phases::value(&problem, &assignment);
        prop_assert_eq!(verify::phases(&problem, &assignment), Ok(value.0));
        prop_assert!(u64::from(bounds::quick(&problem, &precedence, &[]).minutes) <= value.0);

        let (slots, bound) = rolling::solve(&problem, &precedence, 1, &mut Budget::default());
        let minutes = rolling::minutes(&problem, &slots);
        prop_assert_eq!(verify::rolling(&problem, &slots), Ok(minutes));
        prop_assert!(bound <= minutes);
    }
}

#[test]
fn the_verifier_finds_every_kind_of_fault() {
    use phaseplan::schedule::{Slot, verify::Fault};
    let mut problem = Problem::unrestricted(vec![10, 20, 30, 40], 2);
    problem.predecessors[1] = vec![0];
    problem.apart.insert(2, 3);
    problem.demands = vec![vec![2, 0, 2, 0]];
    problem.capacities = vec![3];
    problem.alone[3] = true;
    let phased = |assignment: &[usize]| verify::phases(&problem, assignment);
    assert_eq!(phased(&[0, 1, 1, 2]), Ok(80));
    assert_eq!(phased(&[0, 1, 1]), Err(Fault::Length));
    assert_eq!(phased(&[0, 1, 1, 3]), Err(Fault::EmptyPhase(2)));
    assert_eq!(phased(&[1, 0, 0, 2]), Err(Fault::Order(0, 1)));
    assert_eq!(phased(&[0, 1, 2, 2]), Err(Fault::Conflict(2, 3)));
    assert_eq!(phased(&[0, 1, 2, 1]), Err(Fault::NotAlone(3, 1)));
    assert_eq!(phased(&[0, 1, 0, 2]), Err(Fault::Resource { resource: 0, task: 0 }));
    assert_eq!(phased(&[0, 0, 0, 1]), Err(Fault::TooMany(0)));

    let rolled = |slots: [(u32, u32); 4]| {
        verify::rolling(&problem, &slots.map(|(start, worker)| Slot { start, worker }))
    };
    assert_eq!(rolled([(0, 0), (10, 0), (10, 1), (40, 0)]), Ok(80));
    assert_eq!(rolled([(0, 0), (9, 0), (10, 1), (40, 0)]), Err(Fault::Order(0, 1)));
    assert_eq!(rolled([(0, 0), (10, 0), (10, 0), (40, 0)]), Err(Fault::Worker(2, 1)));
    assert_eq!(rolled([(0, 0), (10, 0), (10, 2), (40, 0)]), Err(Fault::NoSuchWorker(2)));
    assert_eq!(rolled([(0, 0), (10, 0), (5, 1), (40, 0)]), Err(Fault::Resource { resource: 0, task: 0 }));
    assert_eq!(rolled([(0, 0), (10, 0), (10, 1), (39, 0)]), Err(Fault::Conflict(2, 3)));
}

/// A plan whose tasks are called a, b, c and so on, one for each number of minutes.
fn plan(minutes: &[u32], max_parallel: u32) -> (Plan, Analysis) {
    let mut plan = Plan::default();
    plan.settings.max_parallel = max_parallel;
    for (at, &minutes) in minutes.iter().enumerate() {
        let id = char::from(b'a' + at as u8).to_string();
        let minutes = Some(phaseplan::plan::Estimate::exactly(minutes));
        plan.tasks.push(Task { id: TaskId(id), minutes, ..Task::default() });
    }
    let mut analysis = Analysis::default();
    analysis.order.predecessors = vec![Vec::new(); minutes.len()];
    analysis.apart = PairSet::new(minutes.len());
    (plan, analysis)
}

fn scheduled(plan: &Plan, analysis: &Analysis) -> Schedule {
    schedule(plan, analysis, &Budget::default())
}

#[test]
fn a_dropped_task_is_left_out_and_passes_on_what_it_waits_for() {
    let (mut plan, mut analysis) = plan(&[10, 20, 30], 5);
    analysis.order.predecessors = vec![vec![], vec![0], vec![1]];
    plan.tasks[1].status = Status::Dropped;
    let schedule = scheduled(&plan, &analysis);
    assert_eq!(schedule.phase_of, [Some(0), None, Some(1)]);
    assert_eq!(schedule.why[1], None);
    assert_eq!(schedule.critical_path, [0, 2]);
    assert_eq!((schedule.serial, schedule.phased, schedule.rolling.minutes), (40, 40, 40));
    assert_eq!(schedule.outcome, Outcome::Optimal);
    assert_eq!(schedule.lower_bound.argument, BoundArgument::Chain(vec![0, 2]));
}

#[test]
fn a_need_beyond_what_there_is_is_said_and_planned_all_the_same() {
    let (mut plan, analysis) = plan(&[10, 20], 5);
    plan.resources = vec![phaseplan::plan::Resource { name: "db".to_owned(), capacity: 2 }];
    for task in &mut plan.tasks {
        task.uses = vec![phaseplan::plan::ResourceUse { resource: "db".to_owned(), amount: 1 }];
    }
    plan.tasks[0].uses[0].amount = 3;
    let schedule = scheduled(&plan, &analysis);
    let Outcome::Infeasible { reason } = schedule.outcome else { panic!("{:?}", schedule.outcome) };
    assert_eq!(reason, "a needs 3 of db, and there are only 2.");
    assert_eq!(schedule.phases.len(), 2);
}

#[test]
fn nothing_to_do_is_optimal() {
    let schedule = scheduled(&Plan::default(), &Analysis::default());
    assert_eq!((schedule.phased, schedule.outcome), (0, Outcome::Optimal));
}
