//! Exports for engines that run jobs: Make, GitHub Actions, Argo Workflows, and a shell script with worktrees of git.
//!
//! All have the same files: a prompt for each task, and `task.sh`, which runs the agent of one. What an author wrote stands in
//! prompts only, so nothing of it can become a command or an expression of an engine; there, tasks go by names of
//! letters, digits and hyphens.

mod actions;
mod argo;
mod make;
mod waits;
mod worktrees;

pub use actions::EXPORT as ACTIONS;
pub use argo::EXPORT as ARGO;
pub use make::EXPORT as MAKE;
pub use worktrees::EXPORT as WORKTREES;

use self::waits::Job;
use super::agents::files::Files;
use super::agents::prompt::alone::Prompts;
use super::output::File;
use crate::escape::shell_word;
use crate::report::Report;

/// Where the prompts and what they lead to stand.
const FOLDER: &str = ".phaseplan/engine";
const TASK: &str = include_str!("task.sh");
const JOB: &str = include_str!("job.sh");

/// What all exports for engines are made from.
struct Source<'a> {
    report: &'a Report,
    jobs: Vec<Job>,
}

impl<'a> Source<'a> {
    fn of(report: &'a Report) -> Source<'a> {
        Source { report, jobs: waits::jobs(report) }
    }

    fn id(&self, job: &Job) -> &'a str {
        self.report.plan.tasks[job.task].id.as_str()
    }

    fn names(&self, jobs: &[usize]) -> Vec<&str> {
        jobs.iter().map(|at| self.jobs[*at].name.as_str()).collect()
    }

    /// The jobs whose reports a job gets.
    fn reports(&self, job: &Job) -> Vec<usize> {
        let received = &self.report.analysis.received[job.task];
        let jobs = self.jobs.iter().enumerate();
        jobs.filter(|(_, other)| received.contains(&other.task)).map(|(at, _)| at).collect()
    }

    /// The arguments of `task.sh`: the name, the id as a word of a shell, what it waits for, whose reports it gets.
    fn arguments(&self, job: &Job) -> String {
        let mut words = vec![job.name.clone(), shell_word(self.id(job))];
        for (what, jobs) in [("after", &job.after), ("reports", &self.reports(job))] {
            if !jobs.is_empty() {
                words.push(what.to_owned());
                words.extend(self.names(jobs).into_iter().map(str::to_owned));
            }
        }
        words.join(" ")
    }

    /// The files beside that of the engine: programs, and a prompt for each task that an agent does.
    fn files(&self, has_jobs: bool) -> Vec<File> {
        let file = |name: &str, text: &str| File { path: format!("{FOLDER}/{name}"), text: text.to_owned() };
        let mut files = vec![file("task.sh", TASK)];
        if has_jobs {
            files.push(file("job.sh", JOB));
        }
        let prompts = Prompts::of(self.report, false);
        for phase in prompts.phases() {
            let of_phase = Files::of(self.report, phase);
            for job in self.jobs.iter().filter(|job| phase.calls.contains(&job.task)) {
                files.push(file(&format!("{}.md", job.name), &prompts.told(&of_phase, job.task)));
            }
        }
        files
    }
}
