//! Phases and rolling schedules, checked with the plain verifier.

#[path = "common/shared_folder.rs"]
mod shared_folder;

use phaseplan::Analysis;
use phaseplan::analysis::PairSet;
use phaseplan::plan::{Plan, Status, Task, TaskId};
use phaseplan::schedule::{
    BoundArgument, Budget, Meter, Outcome, Precedence, Problem, Progress, Schedule, Slot, WhyThen, critical,
    explain, phases, rolling, schedule, verify,
};
use proptest::prelude::*;

/// Problems of up to `most` tasks with all kinds of constraints.
fn problems(most: usize) -> impl Strategy<Value = Problem> {
    let pair = || (0..most, 0..most);
    let tasks =
        proptest::collection::vec((prop_oneof![Just(0), 1..5u32, 1..200u32], 0..3u32, 0..20u8), 0..=most);
    let edges = proptest::collection::vec(pair(), 0..most);
    let conflicts = proptest::collection::vec(pair(), 0..2 * most);
    (tasks, edges, conflicts, 1..6usize, 1..4u32).prop_map(
        |(tasks, edges, conflicts, max_parallel, capacity)| {
            let len = tasks.len();
            let mut problem = Problem::unrestricted(tasks.iter().map(|task| task.0).collect(), max_parallel);
            problem.demands = vec![tasks.iter().map(|task| task.1.min(capacity)).collect()];
            problem.capacities = vec![capacity];
            problem.alone = tasks.iter().map(|task| task.2 == 0).collect();
            for (a, b) in edges.into_iter().filter(|&(a, b)| a < b && b < len) {
                problem.predecessors[b].push(a);
                problem.predecessors[b].sort_unstable();
                problem.predecessors[b].dedup();
            }
            problem.running = tasks.iter().map(|task| task.2 < 3 && task.2 > 0).collect();
            let mut places = max_parallel;
            for running in problem.running.iter_mut().filter(|running| **running) {
                *running = places > 0;
                places = places.saturating_sub(1);
            }
            problem.apart = PairSet::new(len);
            for (a, b) in conflicts.into_iter().filter(|&(a, b)| a < len && b < len) {
                problem.apart.insert(a, b);
            }
            problem.accept_what_runs();
            problem
        },
    )
}

/// The verified result of a search with this many steps.
fn solved(problem: &Problem, steps: u64) -> phases::Solution {
    let precedence = Precedence::of(problem);
    let solution = phases::solve(problem, &precedence, 1, &mut Budget { steps, seed: 1 });
    let minutes = phases::value(problem, &solution.assignment).0;
    assert_eq!(verify::phases(problem, &solution.assignment), Ok(minutes));
    assert!(u64::from(solution.lower_bound.minutes) <= minutes, "{:?}", solution.lower_bound);
    solution
}

/// The fewest minutes and phases of all possible assignments.
fn least(problem: &Problem) -> (u64, usize) {
    let len = problem.len();
    let assignments = (0..len.pow(len as u32)).map(|mut code| {
        let mut digit = || {
            let digit = code % len;
            code /= len;
            digit
        };
        (0..len).map(|_| digit()).collect::<Vec<usize>>()
    });
    let values = assignments.filter_map(|assignment| {
        let minutes = verify::phases(problem, &assignment).ok()?;
        Some((minutes, assignment.iter().map(|&phase| phase + 1).max().unwrap_or(0)))
    });
    values.min().unwrap_or((0, 0))
}

fn check_against_all(problem: &Problem) {
    let solution = solved(problem, 10_000);
    assert_eq!(phases::value(problem, &solution.assignment), least(problem));
    assert!(solution.is_optimal(problem));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_schedule_is_valid(problem in problems(30)) {
        solved(&problem, 2_000);
        let precedence = Precedence::of(&problem);
        let (slots, bound) = rolling::solve(&problem, &precedence, 1, &mut Budget::default());
        let minutes = rolling::minutes(&problem, &slots);
        prop_assert_eq!(verify::rolling(&problem, &slots), Ok(minutes));
        prop_assert!(u64::from(bound.minutes) <= minutes);
    }

    #[test]
    fn plans_of_five_tasks_get_the_least_minutes_and_then_the_fewest_phases(problem in problems(5)) {
        check_against_all(&problem);
    }

    #[test]
    fn proofs_agree_with_the_search(problem in problems(14)) {
        let proved = solved(&problem, 200_000);
        prop_assert!(proved.is_optimal(&problem));
        let searched = solved(&problem, 300);
        prop_assert!(phases::value(&problem, &proved.assignment) <= phases::value(&problem, &searched.assignment));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn plans_of_six_tasks_get_the_least_minutes_and_then_the_fewest_phases(problem in problems(6)) {
        check_against_all(&problem);
    }
}

/// Whether the reason applies in the minute before the task starts, judged only from the slots.
fn is_true(problem: &Problem, slots: &[Slot<u32>], task: usize, why: &WhyThen) -> bool {
    let start = slots[task].start;
    let end = |other: usize| slots[other].start + problem.minutes[other];
    let runs_before = |other: usize| slots[other].start < start && start <= end(other);
    let before: Vec<usize> =
        (0..problem.len()).filter(|&other| other != task && runs_before(other)).collect();
    let ends_now = |other: usize| end(other) == start;
    match why {
        WhyThen::AtOnce => start == 0,
        WhyThen::After(first) => problem.predecessors[task].contains(first) && ends_now(*first),
        WhyThen::Conflict { task: other, .. } => problem.apart.contains(task, *other) && ends_now(*other),
        WhyThen::Alone(other) => {
            (problem.alone[task] || problem.alone[*other]) && before.contains(other) && ends_now(*other)
        }
        WhyThen::Busy(other) => {
            before.len() == problem.max_parallel
                && before.contains(other)
                && ends_now(*other)
                && slots[*other].worker == slots[task].worker
        }
        WhyThen::Resource { tasks, .. } => {
            let is_short = |demand: &Vec<u32>, capacity: u32| {
                let users: Vec<usize> = before.iter().copied().filter(|&other| demand[other] > 0).collect();
                let mut named = tasks.clone();
                named.sort_unstable();
                named == users
                    && users.iter().map(|&user| demand[user]).sum::<u32>() + demand[task] > capacity
            };
            let mut rows = problem.demands.iter().zip(&problem.capacities);
            ends_now(tasks[0]) && rows.any(|(demand, &capacity)| is_short(demand, capacity))
        }
        WhyThen::Later => problem.minutes.contains(&0),
    }
}

/// Whether the task could start at this minute with all others unchanged.
fn could_start(problem: &Problem, slots: &[Slot<u32>], task: usize, start: u32) -> bool {
    let mut slots = slots.to_vec();
    (0..problem.max_parallel as u32).any(|worker| {
        slots[task] = Slot { start, worker };
        verify::rolling(problem, &slots).is_ok()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_start_in_a_rolling_schedule_has_a_true_reason(problem in problems(16), steps in prop_oneof![Just(0u64), Just(2_000)]) {
        let precedence = Precedence::of(&problem);
        let (slots, _) = rolling::solve(&problem, &precedence, 1, &mut Budget { steps, seed: 1 });
        let why = explain::why_then(&problem, &slots);
        for (task, why) in why.iter().enumerate() {
            prop_assert!(is_true(&problem, &slots, task, why), "{task} {why:?} {slots:?} {problem:?}");
        }
        if problem.minutes.contains(&0) {
            return Ok(());
        }
        for (task, slot) in slots.iter().enumerate() {
            let earlier = (0..slot.start).find(|&start| could_start(&problem, &slots, task, start));
            prop_assert_eq!(earlier, None, "task {} of {:?}", task, slots);
        }
        let chain = critical::rolling_chain(&problem, &slots, &why);
        let minutes: u32 = chain.iter().map(|&task| problem.minutes[task]).sum();
        prop_assert_eq!(u64::from(minutes), rolling::minutes(&problem, &slots));
    }
}

/// The end of the shortest rolling schedule, found by trying every start of every task.
fn least_rolling(problem: &Problem) -> u64 {
    let horizon = problem.minutes.iter().sum::<u32>();
    let mut starts = vec![0; problem.len()];
    let mut least = u64::from(horizon);
    loop {
        let end =
            starts.iter().zip(&problem.minutes).map(|(start, minutes)| u64::from(start + minutes)).max();
        if end.is_some_and(|end| end < least) && is_rolling_schedule(problem, &starts) {
            least = end.unwrap();
        }
        // The starts are the digits of a number that counts up.
        let Some(digit) = starts.iter().position(|&start| start + 1 < horizon) else { return least };
        starts[digit] += 1;
        starts[..digit].fill(0);
    }
}

/// Checks the rules minute by minute.
fn is_rolling_schedule(problem: &Problem, starts: &[u32]) -> bool {
    let end = |task: usize| starts[task] + problem.minutes[task];
    let waits = |task: usize| {
        problem.predecessors[task].iter().all(|&first| end(first) <= starts[task])
            && (starts[task] == 0 || !problem.running[task])
    };
    let minute = |now: u32| {
        let running: Vec<usize> =
            (0..problem.len()).filter(|&task| (starts[task]..end(task)).contains(&now)).collect();
        let used = |demand: &Vec<u32>| running.iter().map(|&task| demand[task]).sum::<u32>();
        running.len() <= problem.max_parallel
            && (running.len() < 2 || running.iter().all(|&task| !problem.alone[task]))
            && running.iter().all(|&a| running.iter().all(|&b| !problem.apart.row(a).contains(b)))
            && problem
                .demands
                .iter()
                .zip(&problem.capacities)
                .all(|(demand, &capacity)| used(demand) <= capacity)
    };
    (0..problem.len()).all(waits) && (0..problem.minutes.iter().sum()).all(minute)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn rolling_schedules_of_four_tasks_are_as_short_as_any(problem in problems(4), minutes in [1..4u32, 1..4u32, 1..4u32, 1..4u32]) {
        let mut problem = problem;
        problem.minutes = minutes[..problem.len()].to_vec();
        let (slots, bound) = rolling::solve(&problem, &Precedence::of(&problem), 1, &mut Budget::default());
        let least = least_rolling(&problem);
        prop_assert_eq!(verify::rolling(&problem, &slots), Ok(least));
        prop_assert!(u64::from(bound.minutes) <= least);
    }
}

/// Stops a search after a number of steps, and counts the reported steps.
struct Counting {
    most: u64,
    told: u64,
}

impl Meter for Counting {
    fn used(&mut self, progress: &Progress) -> f64 {
        self.told = self.told.max(progress.steps);
        progress.steps as f64 / self.most as f64
    }
}

/// Checks the phases and the rolling schedule of an extreme problem, within the allowed steps.
fn check_extreme(problem: &Problem, phases: usize, minutes: u64) {
    let precedence = Precedence::of(problem);
    let most = 3_000;
    let mut meter = Counting { most, told: 0 };
    let solution = phases::solve(problem, &precedence, 1, &mut meter);
    assert_eq!(phases::value(problem, &solution.assignment), (minutes, phases));
    assert!(meter.told <= most + 4_000, "{} steps of {most}", meter.told);
    let mut meter = Counting { most, told: 0 };
    let (slots, bound) = rolling::solve(problem, &precedence, 1, &mut meter);
    let end = verify::rolling(problem, &slots).expect("a valid schedule");
    assert!(u64::from(bound.minutes) <= end && end <= minutes);
    assert!(meter.told <= most + 4 * problem.len() as u64, "{} steps of {most}", meter.told);
}

/// A plan of `phases` phases with room for `max_parallel` tasks, where only full phases of equally long tasks
/// are as short as the work allows. The order of the tasks gives no hint.
fn of_full_phases(phases: usize, max_parallel: usize, minutes: impl Fn(usize) -> u32) -> Problem {
    let len = phases * max_parallel;
    // A number that shares no divisor with the length visits every task once.
    let number = |phase: usize, member: usize| (phase * max_parallel + member) * 37 % len;
    let mut problem = Problem::unrestricted(vec![0; len], max_parallel);
    for phase in 0..phases {
        for member in 0..max_parallel {
            let task = number(phase, member);
            problem.minutes[task] = minutes(phase);
            if phase > 1 && member % 2 == 0 {
                problem.predecessors[task]
                    .push(number(phase - 1 - member % 3 / 2, (member + phase) % max_parallel));
            }
            if phase > 0 {
                problem.apart.insert(task, number(phase * 7 % phase, (member * 3 + 1) % max_parallel));
            }
        }
    }
    problem
}

#[test]
fn phases_that_have_to_be_full_are_found() {
    for (problem, optimum) in [
        (of_full_phases(25, 4, |_| 20), 500),
        (of_full_phases(60, 6, |_| 1), 60),
        (of_full_phases(16, 4, |phase| 5 + 5 * (phase as u32 * 5 % 8)), 360),
    ] {
        let solution = solved(&problem, 40_000);
        assert_eq!(phases::value(&problem, &solution.assignment).0, optimum);
    }
}

/// Plans and their best known makespans from a folder of benchmarks; the folder is not part of the project.
fn benchmarks(folder: &str) -> Vec<(String, Problem, Option<u64>)> {
    let Some(folder) = shared_folder::find(&format!("benchdata/{folder}")) else { return Vec::new() };
    let files = std::fs::read_dir(&folder).unwrap();
    let read = |path: &std::path::Path| -> serde_json::Value {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    let known = folder.join("bestknown.json");
    let known = if known.exists() { read(&known) } else { serde_json::Value::Null };
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let plans = paths.iter().filter(|path| !path.ends_with("bestknown.json"));
    let plan = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let plan = read(path);
        let best = plan["optimum"]["makespan"].as_u64().or(known[&name]["makespan"].as_u64());
        (name, problem_of(&plan), best)
    };
    plans.map(plan).collect()
}

fn problem_of(plan: &serde_json::Value) -> Problem {
    let tasks = plan["tasks"].as_array().unwrap();
    let at = |id: &serde_json::Value| tasks.iter().position(|task| task["id"] == *id).unwrap();
    let minutes = tasks.iter().map(|task| task["dur"].as_u64().unwrap() as u32).collect();
    let mut problem = Problem::unrestricted(minutes, plan["cap"].as_u64().unwrap() as usize);
    for (task, written) in tasks.iter().enumerate() {
        problem.predecessors[task] = written["deps"].as_array().unwrap().iter().map(at).collect();
    }
    for pair in plan["conflicts"].as_array().unwrap() {
        problem.apart.insert(pair[0].as_u64().unwrap() as usize, pair[1].as_u64().unwrap() as usize);
    }
    for (name, capacity) in plan["resources"].as_object().unwrap() {
        problem.resources.push(name.clone());
        problem.capacities.push(capacity.as_u64().unwrap() as u32);
        problem
            .demands
            .push(tasks.iter().map(|task| task["res"][name].as_u64().unwrap_or(0) as u32).collect());
    }
    problem
}

#[test]
fn no_bound_is_above_what_is_known_to_be_possible() {
    for folder in ["phases", "planted"] {
        for (name, problem, best) in benchmarks(folder) {
            let steps = if problem.len() <= 100 { 100_000 } else { 5_000 };
            let solution = solved(&problem, steps);
            if let Some(best) = best {
                assert!(
                    u64::from(solution.lower_bound.minutes) <= best,
                    "{name}: {:?}",
                    solution.lower_bound
                );
            }
        }
    }
}

#[test]
fn the_same_problem_gets_the_same_schedule() {
    for (_, problem, _) in benchmarks("phases").into_iter().take(12) {
        assert_eq!(solved(&problem, 20_000).assignment, solved(&problem, 20_000).assignment);
    }
}

#[test]
fn extreme_problems_end() {
    let all_apart = |len| {
        let mut problem = Problem::unrestricted(vec![1; len], 5);
        for a in 0..len {
            for b in 0..a {
                problem.apart.insert(a, b);
            }
        }
        problem
    };
    let chain = |len: usize, minutes| {
        let mut problem = Problem::unrestricted(vec![minutes; len], 5);
        problem.predecessors = (0..len).map(|task| task.checked_sub(1).into_iter().collect()).collect();
        problem
    };
    check_extreme(&all_apart(1_500), 1_500, 1_500);
    check_extreme(&chain(5_000, 100_000), 5_000, 500_000_000);
    check_extreme(&chain(40, 0), 40, 0);
    check_extreme(&Problem::unrestricted(Vec::new(), 1), 0, 0);
    check_extreme(&Problem::unrestricted(vec![0; 3_000], 5), 600, 0);
    check_extreme(&Problem::unrestricted(vec![100_000; 3_000], usize::MAX), 1, 100_000);
    let mut everybody_alone = Problem::unrestricted(vec![7; 500], 5);
    everybody_alone.alone = vec![true; 500];
    check_extreme(&everybody_alone, 500, 3_500);
    let mut nothing_there = Problem::unrestricted(vec![5; 100], 100);
    nothing_there.demands = vec![vec![0; 100]];
    nothing_there.capacities = vec![0];
    check_extreme(&nothing_there, 1, 5);
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

/// A plan with tasks a, b, c and so on, one for each number of minutes.
fn plan(minutes: &[u32], max_parallel: u32) -> (Plan, Analysis) {
    let mut plan = Plan::default();
    plan.settings.max_parallel = max_parallel;
    for (at, &minutes) in minutes.iter().enumerate() {
        let id = char::from(b'a' + at as u8).to_string();
        let minutes = Some(phaseplan::plan::Estimate::exactly(minutes));
        plan.tasks.push(Task { owns: vec![id.clone()], id: TaskId(id), minutes, ..Task::default() });
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
    assert_eq!(
        (schedule.serial, schedule.phased, schedule.rolling.minutes),
        (40.into(), 40.into(), 40.into())
    );
    assert_eq!(schedule.outcome, Outcome::Optimal);
    assert_eq!(schedule.lower_bound.argument, BoundArgument::Chain(vec![0, 2]));
}

/// The phases of a plan text, as ids: `T1 T2 | T3`.
fn phases_of(text: &str) -> String {
    let plan = phaseplan::text::parse(text).plan;
    let analysis = phaseplan::analysis::analyse(&plan);
    let schedule = scheduled(&plan, &analysis);
    assert_eq!(verify::of_plan(&plan, &analysis, &schedule), Ok(()));
    let ids = |phase: &phaseplan::schedule::Phase| {
        phase.tasks.iter().map(|&task| plan.tasks[task].id.as_str()).collect::<Vec<_>>().join(" ")
    };
    schedule.phases.iter().map(ids).collect::<Vec<_>>().join(" | ")
}

#[test]
fn done_and_dropped_tasks_leave_the_schedule() {
    let text = "\
- [x] T1 @owns(a)
- T2 @owns(a) @after(T1)
- [-] T3 @owns(a) @after(T2)
- T4 @owns(a) @after(T3)
- [x] T5 @owns(b) @after(T4)
- T6 @owns(b) @after(T5)
";
    assert_eq!(phases_of(text), "T2 T6 | T4");
}

#[test]
fn a_running_task_is_in_the_first_phase_and_what_conflicts_with_it_waits() {
    assert_eq!(phases_of("- T1 @owns(a)\n- [~] T2 @owns(a, b)\n- T3 @owns(c)\n"), "T2 T3 | T1");
    // It waits for nothing any more, also if what it waited for is not done.
    assert_eq!(
        phases_of("- T1 @owns(a)\n- [~] T2 @owns(a) @after(T1)\n- T3 @owns(c) @after(T2)\n"),
        "T2 | T1 | T3"
    );
    // Running tasks that conflict are a fact.
    assert_eq!(phases_of("- [~] T1 @owns(a)\n- [~] T2 @owns(a)\n- T3 @owns(a)\n"), "T1 T2 | T3");
    // One that lists no files keeps the others away.
    assert_eq!(phases_of("- [~] T1\n- [~] T2 @owns(a)\n- T3 @owns(b)\n"), "T1 T2 | T3");
}

#[test]
fn running_tasks_take_places_and_resources() {
    let places = "> at most 2\n- [~] T1 @owns(a) ~30m\n- [~] T2 @owns(b) ~10m\n- T3 @owns(c)\n";
    assert_eq!(phases_of(places), "T1 T2 | T3");
    let beyond = "> at most 2\n- [~] T1 @owns(a) ~30m\n- [~] T2 @owns(b) ~5m\n- [~] T3 @owns(d) ~9m\n- T4 @owns(c)\n- T5 @after(T2) @owns(e)\n";
    assert_eq!(phases_of(beyond), "T1 T2 T3 | T4 T5");
    let resource =
        "- [~] T1 @owns(a) @uses(db)\n- [~] T2 @owns(b) @uses(db)\n- T3 @owns(c) @uses(db)\n- T4 @owns(d)\n";
    assert_eq!(phases_of(resource), "T1 T2 T4 | T3");
}

#[test]
fn every_launch_costs_its_overhead_in_every_schedule() {
    let text = "> at most 5 · overhead ~1m\n- T1 @owns(a) ~3m\n- T2 @owns(b) ~3m @after(T1)\n- [~] T3 @owns(c) ~3m\n";
    let plan = phaseplan::text::parse(text).plan;
    let analysis = phaseplan::analysis::analyse(&plan);
    let schedule = scheduled(&plan, &analysis);
    assert_eq!((schedule.serial, schedule.phased, schedule.rolling.minutes), (12.into(), 8.into(), 8.into()));
    assert_eq!(schedule.lower_bound.minutes, 8);
    assert_eq!(schedule.phases.iter().map(|phase| phase.minutes).collect::<Vec<_>>(), [3, 3]);
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
    assert_eq!((schedule.phased, schedule.outcome), (0.into(), Outcome::Optimal));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn any_old_phases_lead_to_a_valid_schedule(
        problem in problems(20),
        old in proptest::collection::vec(proptest::option::of(0..8usize), 20),
    ) {
        let precedence = Precedence::of(&problem);
        let old = &old[..problem.len()];
        // Searches see problems in which nothing runs; see `phases::running`.
        let idle = Problem { running: vec![false; problem.len()], ..problem.clone() };
        let repaired = phases::steady::repair(&idle, &precedence, old);
        prop_assert_eq!(verify::phases(&idle, &repaired), Ok(phases::value(&idle, &repaired).0));
        let near = phases::solve_near(&problem, &precedence, old, 1, &mut Budget { steps: 2_000, seed: 1 });
        let minutes = phases::value(&problem, &near.assignment).0;
        prop_assert_eq!(verify::phases(&problem, &near.assignment), Ok(minutes));
        prop_assert!(u64::from(near.lower_bound.minutes) <= minutes);
    }

    #[test]
    fn a_schedule_that_can_stay_stays(problem in problems(20)) {
        let problem = Problem { running: vec![false; problem.len()], ..problem };
        let first = solved(&problem, 2_000).assignment;
        let old: Vec<Option<usize>> = first.iter().copied().map(Some).collect();
        prop_assert_eq!(phases::steady::moved(&old, &old), 0);
        prop_assert_eq!(phases::steady::repair(&problem, &Precedence::of(&problem), &old), first);
    }
}

#[test]
fn a_phase_that_is_put_in_between_moves_nobody_else() {
    let some = |phases: &[usize]| phases.iter().copied().map(Some).collect::<Vec<_>>();
    let check = |old: &[usize], after: &[usize], expect: usize| {
        assert_eq!(phases::steady::moved(&some(old), &some(after)), expect);
    };
    check(&[0, 0, 1, 2], &[0, 0, 1, 2], 0);
    check(&[0, 0, 1, 2], &[0, 0, 2, 3], 0);
    check(&[0, 0, 1, 2], &[0, 1, 2, 3], 1);
    check(&[0, 0, 1, 1], &[1, 1, 0, 0], 2);
    assert_eq!(phases::steady::moved(&[Some(0), None], &[Some(1), Some(0)]), 0);
}

#[test]
fn an_edited_plan_keeps_its_phases() {
    use phaseplan::schedule::{Previous, schedule_near};
    let (mut plan, analysis) = plan(&[10, 10, 10, 10, 10, 10], 2);
    let before = scheduled(&plan, &analysis);
    assert_eq!(before.phase_of, [0, 0, 1, 1, 2, 2].map(Some));
    // The page shows another schedule that is equally short.
    let shown = [2, 1, 0, 0, 1, 2];
    let ids = plan.tasks.iter().map(|task| task.id.clone());
    let previous = Previous { phases: ids.zip(shown).collect() };
    let near = |plan: &Plan| schedule_near(plan, &analysis, &previous, 1, &mut Budget::default()).phase_of;
    assert_eq!(near(&plan), shown.map(Some));
    plan.tasks[3].minutes = Some(phaseplan::plan::Estimate::exactly(5));
    assert_eq!(near(&plan), shown.map(Some));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Without an order, both directions of a single conflict take equally long.
    #[test]
    fn of_two_conflicting_tasks_the_first_in_the_list_goes_first(
        minutes in proptest::collection::vec(1..4u32, 2..12),
        max_parallel in 1..5usize,
        pair in (0..12usize, 0..12usize),
    ) {
        let mut problem = Problem::unrestricted(minutes, max_parallel);
        let (a, b) = (pair.0 % problem.len(), pair.1 % problem.len());
        prop_assume!(a < b);
        problem.apart.insert(a, b);
        let assignment = solved(&problem, 2_000).assignment;
        prop_assert!(assignment[a] < assignment[b], "{assignment:?}");
    }
}

#[test]
fn conflicting_tasks_change_places_if_that_keeps_the_order_of_the_list() {
    let mut problem = Problem::unrestricted(vec![1; 4], 2);
    problem.predecessors[3] = vec![0];
    problem.apart.insert(1, 2);
    let mut assignment = vec![0, 1, 0, 1];
    phases::earliest::settle(&problem, &Precedence::of(&problem), &mut assignment);
    assert_eq!(assignment, [0, 0, 1, 1]);
}
