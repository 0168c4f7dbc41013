//! Argo Workflows: a graph of tasks, on a branch of git that all share.

use std::fmt::Write;

use super::super::output::{File, plain_name};
use super::super::{Export, Group, Output};
use super::Source;
use super::waits::Job;
use crate::report::Report;

/// A workflow for Argo.
pub static EXPORT: Export = Export {
    id: "argo",
    group: Group::Engines,
    title: "Argo Workflows",
    description: "A workflow with a step for each task, which suspends for decisions; with the prompts as files.",
    extension: ".argo.yaml",
    media_type: "application/yaml",
    options: &[],
    render: |report, _| Output::InTurn(files(report)),
};

fn files(report: &Report) -> Vec<File> {
    let source = Source::of(report);
    let mut all = vec![File { path: "plan.argo.yaml".to_owned(), text: workflow(&source) }];
    all.extend(source.files(true));
    all
}

fn workflow(source: &Source<'_>) -> String {
    let name = plain_name(&source.report.plan.title);
    let most = source.report.plan.settings.max_parallel.max(1);
    let mut text = format!(
        "# Runs the plan: argo submit plan.argo.yaml. Written by phaseplan.\n\
         # The secret `phaseplan-agent` gives REPOSITORY (an address to clone and push to, with the files in {folder}), BRANCH,\n\
         # AGENT (a command that reads a prompt on standard input) and what the agent needs. Change the image to one that has\n\
         # git and the agent.\n\
         apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata:\n  generateName: plan-{name}-\nspec:\n  entrypoint: plan\n  \
         parallelism: {most}\n  templates:\n    - name: plan\n      dag:\n        failFast: false\n        tasks:{}\n",
        if source.jobs.is_empty() { " []" } else { "" },
        folder = super::FOLDER
    );
    for job in &source.jobs {
        let _ = writeln!(text, "          - name: {}\n            template: {}", step(job), step(job));
        let depends = depends(source, job);
        if !depends.is_empty() {
            let _ = writeln!(text, "            depends: \"{depends}\"");
        }
    }
    for job in &source.jobs {
        write_template(&mut text, source, job);
    }
    text
}

fn depends(source: &Source<'_>, job: &Job) -> String {
    let done = job.after.iter().map(|other| format!("{}.Succeeded", step(&source.jobs[*other])));
    let ended = job.apart.iter().map(|other| {
        let ends = ["Succeeded", "Failed", "Errored", "Skipped", "Omitted"];
        let ends = ends.map(|end| format!("{}.{end}", step(&source.jobs[*other])));
        format!("({})", ends.join(" || "))
    });
    done.chain(ended).collect::<Vec<_>>().join(" && ")
}

fn write_template(text: &mut String, source: &Source<'_>, job: &Job) {
    let _ = writeln!(text, "    - name: {}", step(job));
    if !job.is_launched {
        text.push_str("      # Not for an agent: resume it when it is decided or done.\n      suspend: {}\n");
        return;
    }
    let minutes = source.report.plan.minutes_of(&source.report.plan.tasks[job.task]).rounded_up();
    let script = format!(
        "git clone -q \"$REPOSITORY\" work && cd work && sh {}/job.sh {}",
        super::FOLDER,
        source.arguments(job).replace("{{", "{''{")
    );
    let _ = writeln!(
        text,
        "      activeDeadlineSeconds: {}\n      container:\n        image: node:22\n        command: [sh, -c]\n        args:\n          \
         - {}\n        envFrom:\n          - secretRef:\n              name: phaseplan-agent",
        minutes.saturating_mul(180).max(900),
        serde_json::Value::from(script)
    );
}

/// The name of a step: that of its job in small letters, which never are alike.
fn step(job: &Job) -> String {
    format!("task-{}", job.name.to_lowercase())
}
