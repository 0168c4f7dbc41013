//! GitHub Actions: one job for each task, on a branch that all jobs share.

use std::fmt::Write;

use super::super::output::{File, plain_name};
use super::super::{Export, Group, Output};
use super::Source;
use super::waits::Job;
use crate::report::Report;

/// A workflow for GitHub Actions.
pub static EXPORT: Export = Export {
    id: "actions",
    group: Group::Engines,
    title: "GitHub Actions",
    description: "A workflow with a job for each task, and approvals for decisions; with the prompts as files.",
    extension: ".yml",
    media_type: "application/yaml",
    options: &[],
    render: |report, _| Output::InTurn(files(report)),
};

fn files(report: &Report) -> Vec<File> {
    let source = Source::of(report);
    let path = format!(".github/workflows/plan-{}.yml", plain_name(&report.plan.title));
    let mut all = vec![File { path, text: workflow(&source) }];
    all.extend(source.files(true));
    all
}

fn workflow(source: &Source<'_>) -> String {
    let name = plain_name(&source.report.plan.title);
    let mut text = format!(
        "# Runs the plan, one job for each task. Needs the files in {folder} on the branch that it is started from, and the\n\
         # secret ANTHROPIC_API_KEY; for another agent, change AGENT and the step that installs it. Written by phaseplan.\n\
         name: plan-{name}\non:\n  workflow_dispatch:\npermissions:\n  contents: write\nenv:\n  BRANCH: plan/{name}\n  \
         AGENT: claude -p --permission-mode acceptEdits\njobs:\n",
        folder = super::FOLDER
    );
    for (at, job) in source.jobs.iter().enumerate() {
        write_job(&mut text, source, at, job);
    }
    if source.jobs.is_empty() {
        text.push_str(
            "  nothing:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo Nothing is left to do.\n",
        );
    }
    text
}

fn write_job(text: &mut String, source: &Source<'_>, at: usize, job: &Job) {
    let key = |at: usize| format!("task-{}", source.jobs[at].name);
    let ended: Vec<usize> = job.apart.iter().copied().chain(barrier(source, job)).collect();
    let mut needs: Vec<usize> = job.after.iter().copied().chain(ended).collect();
    needs.sort_unstable();
    needs.dedup();
    let _ = writeln!(text, "  {}:\n    name: {}", key(at), job.name);
    if !needs.is_empty() {
        let done = job.after.iter().map(|other| format!(" && needs.{}.result == 'success'", key(*other)));
        let keys: Vec<String> = needs.iter().map(|other| key(*other)).collect();
        let _ = writeln!(
            text,
            "    needs: [{}]\n    if: ${{{{ !cancelled(){} }}}}",
            keys.join(", "),
            done.collect::<String>()
        );
    }
    let _ = writeln!(text, "    runs-on: ubuntu-latest");
    if !job.is_launched {
        let _ = writeln!(
            text,
            "    # Not for an agent. Give this environment reviewers, and approve it when it is decided or done.\n    \
             environment: plan-{}\n    steps:\n      - run: echo approved",
            job.name
        );
        return;
    }
    let minutes = source.report.plan.minutes_of(&source.report.plan.tasks[job.task]).rounded_up();
    let _ = writeln!(
        text,
        "    timeout-minutes: {}\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          fetch-depth: 0\n      \
         - run: npm install --global @anthropic-ai/claude-code\n      - run: >-\n          sh {}/job.sh {}\n        env:\n          \
         ANTHROPIC_API_KEY: ${{{{secrets.ANTHROPIC_API_KEY}}}}",
        minutes.saturating_mul(3).clamp(15, 350),
        super::FOLDER,
        without_expressions(&source.arguments(job)),
    );
}

/// The jobs of the phase before, if more could be at work at once than the plan allows: there is no other limit for jobs.
fn barrier(source: &Source<'_>, job: &Job) -> Vec<usize> {
    let most = source.report.plan.settings.max_parallel.max(1) as usize;
    let launched = |other: &Job| other.is_launched;
    if source.jobs.iter().filter(|other| launched(other)).count() <= most {
        return Vec::new();
    }
    let before = source.jobs.iter().filter(|other| launched(other) && other.phase < job.phase);
    let last = before.map(|other| other.phase).max();
    let all = source.jobs.iter().enumerate();
    all.filter(|(_, other)| launched(other) && Some(other.phase) == last).map(|(at, _)| at).collect()
}

/// Ids may hold what the engine would fill in: `${{ … }}`. A shell joins the two words of quotes again.
fn without_expressions(words: &str) -> String {
    words.replace("${{", "$''{{")
}
