//! What each task of a plan waits for, in the words of an engine: jobs, and what must be done or ended before each.
//!
//! An engine knows no conflicts. So of two tasks that may not meet, the one in the later phase waits for the end of the other,
//! whether that went well or not; the same holds for users of a resource that has not room for all of them.

use fixedbitset::FixedBitSet;
use indexmap::IndexSet;

use super::super::agents::doer::Doer;
use super::super::output::hyphenated;
use crate::plan::Status;
use crate::report::Report;

/// A task as an engine sees it. Other jobs are positions in the list of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Job {
    /// Its position in the plan.
    pub task: usize,
    /// Its number of the phase, from 0.
    pub phase: usize,
    /// A name of letters, digits and hyphens, unlike that of any other job.
    pub name: String,
    /// Whether an agent does it; otherwise somebody is asked, or at work already.
    pub is_launched: bool,
    /// What must be done before.
    pub after: Vec<usize>,
    /// What must have ended before, well or not.
    pub apart: Vec<usize>,
}

/// The open tasks, by phase.
pub fn jobs(report: &Report) -> Vec<Job> {
    let plan = &report.plan;
    let mut number = vec![usize::MAX; plan.tasks.len()];
    let mut jobs: Vec<Job> = Vec::new();
    let mut names: IndexSet<String> = IndexSet::new();
    for (phase, of_phase) in report.schedule.phases.iter().enumerate() {
        for &task in of_phase.tasks.iter().filter(|task| plan.tasks[**task].status.is_open()) {
            let name = name(plan.tasks[task].id.as_str(), task, &names);
            names.insert(name.clone());
            number[task] = jobs.len();
            let is_running = plan.tasks[task].status == Status::Running;
            let is_launched = Doer::of(&plan.tasks[task]).is_launched() && !is_running;
            jobs.push(Job { task, phase, name, is_launched, ..Job::default() });
        }
    }
    let known = |task: usize| Some(number[task]).filter(|number| *number != usize::MAX);
    for at in 0..jobs.len() {
        let task = jobs[at].task;
        let mut after: Vec<usize> = report.analysis.predecessors(task).filter_map(known).collect();
        let mut apart: Vec<usize> = report.analysis.apart.row(task).ones().filter_map(known).collect();
        apart.extend((0..at).filter(|other| meets(report, task, jobs[*other].task)));
        let is_earlier = |other: &usize| jobs[*other].phase < jobs[at].phase;
        after.retain(is_earlier);
        apart.retain(is_earlier);
        // Whoever is at work already is never launched here, so its end has to be entered.
        let is_running = |other: &usize| plan.tasks[jobs[*other].task].status == Status::Running;
        after.extend(apart.iter().copied().filter(is_running));
        apart.retain(|other| !is_running(other) && jobs[*other].is_launched);
        after.sort_unstable();
        after.dedup();
        jobs[at].after = after;
        jobs[at].apart = apart;
    }
    leave_out_implied(&mut jobs);
    jobs
}

/// Whether two tasks may not be at work at once for a reason that is no conflict over files: a resource with too little room
/// for both, or for all its users; or one of them has unknown files and runs alone.
fn meets(report: &Report, a: usize, b: usize) -> bool {
    let plan = &report.plan;
    let (a, b) = (&plan.tasks[a], &plan.tasks[b]);
    if plan.runs_alone(a) || plan.runs_alone(b) {
        return true;
    }
    a.demands().any(|(resource, _)| {
        let demands =
            plan.tasks.iter().filter(|task| task.status.is_open()).flat_map(crate::plan::task::Task::demands);
        let wanted: u64 =
            demands.filter(|(other, _)| *other == resource).map(|(_, amount)| u64::from(amount)).sum();
        b.demands().any(|(other, _)| other == resource) && wanted > u64::from(plan.capacity_of(resource))
    })
}

/// Leaves out those of `apart` that must have ended anyway, through others. Takes O(n·e / 64) for n jobs and e waits.
fn leave_out_implied(jobs: &mut [Job]) {
    let count = jobs.len();
    let mut before: Vec<FixedBitSet> = Vec::with_capacity(count);
    for job in jobs {
        let mut ended = FixedBitSet::with_capacity(count);
        let mut wait_for = |other: usize| {
            let is_new = !ended.put(other);
            ended.union_with(&before[other]);
            is_new
        };
        for &other in &job.after {
            wait_for(other);
        }
        // The latest first: the earlier ones most likely have ended before it.
        job.apart.sort_unstable_by(|a, b| b.cmp(a));
        job.apart.retain(|&other| wait_for(other));
        job.apart.reverse();
        before.push(ended);
    }
}

/// A name from an id.
fn name(id: &str, task: usize, taken: &IndexSet<String>) -> String {
    let name = hyphenated(id);
    let is_taken = taken.iter().any(|other| other.eq_ignore_ascii_case(&name));
    match name.is_empty() || is_taken {
        true => format!("{name}-task-{}", task + 1).trim_start_matches('-').to_owned(),
        false => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Budget;
    use crate::text;

    #[track_caller]
    fn check(plan: &str, expected: &str) {
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        let jobs = jobs(&report);
        let names =
            |list: &[usize]| list.iter().map(|at| jobs[*at].name.as_str()).collect::<Vec<_>>().join(" ");
        let told = jobs
            .iter()
            .map(|job| format!("{} after [{}] apart [{}]", job.name, names(&job.after), names(&job.apart)));
        assert_eq!(told.collect::<Vec<_>>().join("; "), expected);
    }

    #[test]
    fn a_conflict_is_a_wait_for_the_end() {
        check(
            "- T1 a @owns(a) ~20m\n- T2 b @owns(a)\n- T3 c @owns(b) @after(T1)\n",
            "T1 after [] apart []; T2 after [] apart [T1]; T3 after [T1] apart []",
        );
    }

    #[test]
    fn users_of_a_scarce_resource_wait_for_each_other() {
        check(
            "> capacity: db 1\n- T1 a @owns(a) @uses(db) ~30m\n- T2 b @owns(b) @uses(db) ~20m\n- T3 c @owns(c) @uses(db)\n",
            "T1 after [] apart []; T2 after [] apart [T1]; T3 after [] apart [T2]",
        );
    }

    #[test]
    fn done_tasks_are_no_jobs_and_what_runs_must_be_entered() {
        check(
            "- [x] T1 a @owns(a)\n- [~] T2 b @owns(b)\n- T3 c @owns(b) @after(T1)\n",
            "T2 after [] apart []; T3 after [T2] apart []",
        );
    }
}
