//! `phaseplan export FILE --to ID`: writes the plan for agents and other programs.

use std::path::Path;
use std::process::ExitCode;

use phaseplan::export::agents::prompt::size;
use phaseplan::export::batch;
use phaseplan::export::{EXPORTS, Export, Group, Options, Output, Part, by_id, file_name};

use super::arguments::{self, Arguments, CallError, FORCE, Switch};
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::output::Overwriting;
use super::{Command, FAILED, log, plan, problems, terminal};

const TO: Switch =
    Switch { name: "--to", value: Some("FORMAT"), help: "One of the formats below.", is_needed: true };
const OUTPUT: Switch = Switch {
    name: "--output",
    value: Some("PATH"),
    help: "Write to this file, not to the terminal.",
    is_needed: false,
};
const OUT: Switch = Switch {
    name: "--out",
    value: Some("DIR"),
    help: "Write into this folder and list the files; needed for a format of several files.",
    is_needed: false,
};
const OPTION: Switch = Switch {
    name: "--option",
    value: Some("NAME=VALUE"),
    help: "Choose what the format offers; may be given several times.",
    is_needed: false,
};
const PHASE: Switch = Switch {
    name: "--phase",
    value: Some("N"),
    help: "Only this phase; of the formats for agents.",
    is_needed: false,
};
const TASK: Switch =
    Switch { name: "--task", value: Some("ID"), help: "Only this task; likewise.", is_needed: false };
const NOW: Switch =
    Switch { name: "--now", value: None, help: "Only what can start now; likewise.", is_needed: false };

pub static COMMAND: Command = Command {
    name: "export",
    operands: &["FILE"],
    switches: &[TO, PHASE, TASK, NOW, OUTPUT, OUT, FORCE, OPTION, plan::STEPS, EVIDENCE, NO_EVIDENCE],
    summary: "Writes the plan for agents, people or programs.",
    details: "A plan with errors is written all the same; the exit status is then 1. Files that are there are \
        replaced only with --force, and left as they are if they have that content already.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let export = chosen(arguments)?;
    let mut options = options(export, arguments)?;
    let report = plan::read(arguments)?;
    export.check_part(&options.part, &report).map_err(CallError::new)?;
    options.run = log::state_beside(&arguments.operands[0], &report.plan)?;
    let output = (export.render)(&report, &options);
    let name = file_name(&report.plan.title, export.extension);
    let input = Path::new(&arguments.operands[0]);
    let overwriting = Overwriting { input, is_forced: arguments.has(FORCE) };
    let written = match (arguments.path(OUT), arguments.path(OUTPUT)) {
        (Some(_), Some(_)) => return Err(CallError::new("Give either --out or --output.")),
        (Some(folder), None) => {
            let files = output.into_files(&name).map_err(CallError::new)?;
            terminal::print(&overwriting.write_all(folder, &files)?)
        }
        (None, file) => {
            let text = alone(output, export)?;
            match file {
                Some(path) => {
                    overwriting.write(path, &text)?;
                    ExitCode::SUCCESS
                }
                None => terminal::print(&text),
            }
        }
    };
    if let Some(known) = plan::known(&report) {
        terminal::complain(&known);
    }
    if export.id == batch::EXPORT.id {
        // Without a list, the remarks are the output.
        let goes_to_file = arguments.path(OUT).is_some() || arguments.path(OUTPUT).is_some();
        if goes_to_file || !batch::is_empty(&report) {
            batch::remarks(&report).iter().for_each(|remark| terminal::complain(remark));
        }
        if batch::is_empty(&report) {
            return Ok(ExitCode::from(FAILED));
        }
    }
    if export.group == Group::Agents {
        problems::caution(&report);
        if let Some(size) = size::about(export, &report, &options.part) {
            terminal::complain(&size);
        }
    } else {
        problems::tell_hidden(report.diagnostics.iter());
    }
    if problems::has_errors(&report) {
        terminal::complain(&format!("The plan has errors: {}.", problems::counts(&report)));
        return Ok(ExitCode::from(FAILED));
    }
    Ok(written)
}

/// What can be written to one file or to the terminal. Of files that are used in turn it is the first.
fn alone(output: Output, export: &Export) -> Result<String, CallError> {
    match output {
        Output::Text(text) => Ok(text),
        Output::InTurn(files) => {
            if files.len() > 1 {
                terminal::complain(&format!(
                    "This is the first of {} files, which are used in turn. `--out DIR` writes all.",
                    files.len()
                ));
            }
            Ok(files.into_iter().next().map(|file| file.text).unwrap_or_default())
        }
        Output::Files(_) => {
            Err(CallError::new(format!("`{}` writes several files. Say where: `--out DIR`.", export.id)))
        }
    }
}

/// The format named in the call.
fn chosen(arguments: &Arguments) -> Result<&'static Export, CallError> {
    let names: Vec<&str> = EXPORTS.iter().map(|export| export.id).collect();
    let formats = names.join(", ");
    let id = arguments.value(TO).ok_or_else(|| {
        CallError::new(format!("Say which format you want: `--to FORMAT`, one of {formats}."))
    })?;
    by_id(id).ok_or_else(|| {
        let suggestion = arguments::suggestion(id, names.iter().copied());
        CallError::new(format!("There is no format `{id}`.{suggestion} Formats: {formats}."))
    })
}

fn options(export: &Export, arguments: &Arguments) -> Result<Options, CallError> {
    let pair = |given: &'_ str| -> Result<(String, String), CallError> {
        let (name, value) = given
            .split_once('=')
            .ok_or_else(|| CallError::new(format!("`{}` takes NAME=VALUE, not `{given}`.", OPTION.name)))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    let pairs: Vec<(String, String)> = arguments.values(OPTION).map(pair).collect::<Result<_, _>>()?;
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut options = Options::read(export.options, pairs)
        .map_err(|why| CallError::new(format!("`{}`: {why}", export.id)))?;
    options.part = part(arguments)?;
    Ok(options)
}

/// The part of the plan that is named in the call.
fn part(arguments: &Arguments) -> Result<Part, CallError> {
    let phase = arguments.value(PHASE).map(|number| {
        let number = number.parse().ok();
        number.map(Part::Phase).ok_or_else(|| {
            let given = arguments.value(PHASE).unwrap_or_default();
            CallError::new(format!("`--phase` takes the number of a phase, not `{given}`."))
        })
    });
    let task = arguments.value(TASK).map(|id| Ok(Part::Task(id.into())));
    let now = arguments.has(NOW).then_some(Ok(Part::Now));
    let mut parts = [phase, task, now].into_iter().flatten();
    let part = parts.next().unwrap_or(Ok(Part::Whole))?;
    match parts.next() {
        None => Ok(part),
        Some(_) => Err(CallError::new("Give only one of `--phase`, `--task` and `--now`.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use phaseplan::Report;
    use phaseplan::export::{Choice, File};

    const SIZE: Choice = Choice { id: "size", title: "Size", values: &[("small", ""), ("large", "")] };

    /// A format of several files; no listed format has more than one.
    static FILES: Export = Export {
        id: "files",
        group: Group::Agents,
        title: "Files",
        description: "A file for each task.",
        extension: ".md",
        media_type: "text/markdown",
        options: &[SIZE],
        render: |report, options| {
            let file =
                |title: &str| File { path: format!("tasks/{title}.md"), text: options.value(&SIZE).into() };
            Output::Files(report.plan.tasks.iter().map(|task| file(&task.title)).collect())
        },
    };

    fn rendered(plan: &str, options: &[(&str, &str)]) -> Result<Vec<File>, String> {
        let report = Report { plan: phaseplan::text::parse(plan).plan, ..Report::default() };
        let options = Options::read(FILES.options, options.iter().copied())?;
        (FILES.render)(&report, &options).into_files("plan.md")
    }

    #[test]
    fn a_format_may_have_several_files_and_options() {
        let files = rendered("- T1 one\n- T2 two\n", &[("size", "large")]).expect("it is fine");
        let files: Vec<_> = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
        assert_eq!(files, [("tasks/one.md", "large"), ("tasks/two.md", "large")]);
    }

    #[test]
    fn a_title_leads_no_file_out_of_the_folder() {
        let refused = rendered("- T1 one\n- T2 ../../two\n", &[]).expect_err("it leads out");
        assert!(refused.contains("tasks/../../two.md"), "{refused}");
    }
}
