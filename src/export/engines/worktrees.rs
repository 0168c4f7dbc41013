//! A shell script: a worktree for each task, and each phase starts from the merged result of the one before.

use std::fmt::Write;

use super::super::output::{File, plain_name};
use super::super::{Export, Group, Output};
use super::Source;
use crate::escape::shell_word;
use crate::report::Report;

const PROGRAM: &str = include_str!("worktrees.sh");

/// A script with worktrees.
pub static EXPORT: Export = Export {
    id: "worktrees",
    group: Group::Engines,
    title: "Shell script with worktrees",
    description: "Each task in a worktree of its own, merged phase by phase; with the prompts as files.",
    extension: ".worktrees.sh",
    media_type: "text/x-shellscript",
    options: &[],
    render: |report, _| Output::InTurn(files(report)),
};

fn files(report: &Report) -> Vec<File> {
    let source = Source::of(report);
    let mut all = vec![File { path: "plan.worktrees.sh".to_owned(), text: script(&source) }];
    all.extend(source.files(false));
    let id = |job: &super::Job| File {
        path: format!("{}/{}.id", super::FOLDER, job.name),
        text: format!("{}\n", source.id(job)),
    };
    all.extend(source.jobs.iter().map(id));
    all
}

fn script(source: &Source<'_>) -> String {
    let mut text = format!(
        "#!/usr/bin/env bash\n\
         # Runs the plan in worktrees: bash plan.worktrees.sh. Needs the files in {folder}. Written by phaseplan.\n\
         # The work comes together on the branch below, and stays apart from what is checked out here.\n\
         # AGENT reads a prompt on standard input, such as AGENT='claude -p --permission-mode acceptEdits'.\n\
         branch=plan/{name}\n{PROGRAM}",
        folder = super::FOLDER,
        name = plain_name(&source.report.plan.title),
    );
    let phases = source.jobs.chunk_by(|a, b| a.phase == b.phase);
    for phase in phases {
        for job in phase {
            let _ = match job.is_launched {
                true => writeln!(text, "task {}", source.arguments(job)),
                false => writeln!(text, "asked {} {}", job.name, shell_word(source.id(job))),
            };
        }
        let _ = writeln!(text, "end_of_phase {}\n", phase[0].phase + 1);
    }
    text.push_str("git worktree remove --force \"$merged\"\n");
    text.push_str("sh \"$run/task.sh\" --end ${names[@]+\"${names[@]}\"} && echo \"All is on $branch.\"\n");
    text
}
