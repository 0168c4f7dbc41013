//! A Makefile: one target for each task.

use std::fmt::Write;

use super::super::output::File;
use super::super::{Export, Group, Output};
use super::Source;
use crate::escape::shell_word;
use crate::report::Report;

/// A Makefile.
pub static EXPORT: Export = Export {
    id: "make",
    group: Group::Engines,
    title: "Makefile",
    description: "Targets that run the agent of each task, in the order of the plan; with the prompts as files.",
    extension: ".mk",
    media_type: "text/x-makefile",
    options: &[],
    render: |report, _| Output::InTurn(files(report)),
};

fn files(report: &Report) -> Vec<File> {
    let source = Source::of(report);
    let mut all = vec![File { path: "plan.mk".to_owned(), text: makefile(&source) }];
    all.extend(source.files(false));
    all
}

/// Every target ends well and the last one says what is missing: a target that failed would hold up also those that only
/// must not run beside it.
fn makefile(source: &Source<'_>) -> String {
    let most = source.report.plan.settings.max_parallel.max(1);
    let mut text = format!(
        "# Runs the plan: make -f plan.mk. Needs the files in {folder}. Written by phaseplan.\n\
         # AGENT reads a prompt on standard input, such as AGENT='claude -p --permission-mode acceptEdits'.\n\
         AGENT ?= claude -p\nexport AGENT\n\
         # As many agents at once as the plan says, unless -j says otherwise.\n\
         MAKEFLAGS += -j{most}\n\n",
        folder = super::FOLDER
    );
    let all: Vec<String> = source.jobs.iter().map(|job| target(&job.name)).collect();
    let names: Vec<&str> = source.jobs.iter().map(|job| job.name.as_str()).collect();
    let _ = writeln!(text, ".PHONY: all {}\n\nall: {}", all.join(" "), all.join(" "));
    let _ = writeln!(text, "\t@sh {}/task.sh --end {}", super::FOLDER, names.join(" "));
    for job in &source.jobs {
        let before = [source.names(&job.after), source.names(&job.apart)].concat();
        let before: Vec<String> = before.into_iter().map(target).collect();
        let call = match job.is_launched {
            true => source.arguments(job),
            false => format!("--asked {} {}", job.name, shell_word(source.id(job))),
        };
        let call = call.replace('$', "$$");
        let _ = writeln!(
            text,
            "\n{}: {}\n\t@sh {}/task.sh {call}",
            target(&job.name),
            before.join(" "),
            super::FOLDER
        );
    }
    text
}

fn target(name: &str) -> String {
    format!("task-{name}")
}
