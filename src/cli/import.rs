//! `phaseplan import FILE`: converts another tool's plan to plan text.

use std::collections::BTreeSet;
use std::process::ExitCode;

use phaseplan::diagnostic::{Diagnostic, Severity};
use phaseplan::import::{FORMATS, FileCounts, Format, ImportError, Imported, by_id};
use phaseplan::plan::Status;
use phaseplan::rules;
use phaseplan::text::{Spelling, print};
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch, suggestion};
use super::{Command, files, terminal};

const FROM: Switch = Switch {
    name: "--from",
    value: Some("FORMAT"),
    help: "Read it as this format, one of those below, whatever it looks like.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "import",
    operands: &["FILE"],
    switches: &[FROM, JSON],
    summary: "Turns another tool's plan into plan text, and lists what was guessed.",
    details: "FILE is a file, a folder, a zip archive or a link; of several files, the surest plan is read. \
              The plan goes to standard output and the notes to standard error, so that `phaseplan import \
              tasks.md > plan.md` shows what to look at.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let input = files::input(&arguments.operands[0])?;
    let chosen = arguments.value(FROM).map(chosen).transpose()?;
    let failed = |error: ImportError| CallError::new(error.message);
    let (imported, format, certainty, why) = match chosen {
        Some(format) => (input.read_as(format).map_err(failed)?, format.id, "chosen", "--from names it"),
        None => {
            let claim = input.claim().map_err(failed)?;
            let incoming = input.read().map_err(failed)?;
            let imported = files::into_plan(incoming).map_err(CallError::new)?;
            (imported, claim.content.id(), claim.certainty.name(), claim.certainty.why())
        }
    };
    let notes = notes(&imported);
    if arguments.has(JSON) {
        let mut answer = described(&imported, &notes);
        answer["format"] = format.into();
        answer["certainty"] = certainty.into();
        answer["why"] = why.into();
        return Ok(terminal::print(&format!("{answer:#}\n")));
    }
    let written = terminal::print(&print(&imported.plan, Spelling::Document));
    terminal::complain(&format!("Read as {}.", imported.format));
    for note in &notes {
        let place = note.line().map_or(String::new(), |line| format!("line {line}: "));
        terminal::complain(&terminal::printable(&format!("{place}{}", note.sentences())));
    }
    Ok(written)
}

/// The format named in the call.
fn chosen(id: &str) -> Result<&'static Format, CallError> {
    by_id(id).ok_or_else(|| {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        let suggestion = suggestion(id, names.iter().copied());
        CallError::new(format!("There is no format `{id}`.{suggestion} Formats: {}.", names.join(", ")))
    })
}

fn described(imported: &Imported, notes: &[Diagnostic]) -> Value {
    let counts = &imported.counts;
    let tasks = &imported.plan.tasks;
    let groups: BTreeSet<&str> = tasks.iter().map(|task| task.group.as_str()).collect();
    let note = |note: &Diagnostic| {
        let is_error = note.severity == Severity::Error;
        json!({"line": note.line(), "message": note.sentences(), "is_error": is_error})
    };
    json!({
        "read_as": imported.format,
        "items": counts.items,
        "tasks": tasks.len(),
        "groups": groups.iter().filter(|group| !group.is_empty()).count(),
        "done": tasks.iter().filter(|task| task.status == Status::Done).count(),
        "waits": {
            "named": counts.waits.named,
            "dangling": counts.waits.dangling,
            "implied": counts.waits.implied,
        },
        "owns": files_in_numbers(counts.owns),
        "reads": files_in_numbers(counts.reads),
        "claims": {"parallel": counts.claims.parallel, "contradicted": counts.claims.contradicted},
        "notes": notes.iter().map(note).collect::<Vec<_>>(),
        "plan": imported.plan,
    })
}

fn files_in_numbers(files: FileCounts) -> Value {
    json!({"declared": files.declared, "guessed": files.guessed, "patterns": files.patterns})
}

/// Problems, guesses, omissions, and what the author's marks and the order are worth.
fn notes(imported: &Imported) -> Vec<Diagnostic> {
    let placed = |note: Diagnostic| {
        let task = note.places.first().map_or(usize::MAX, |place| place.task);
        match imported.task_lines.get(task) {
            Some(line) => note.at_line(*line),
            None => note,
        }
    };
    let of_plan = rules::check_import(&imported.plan).into_iter().map(placed);
    imported.problems.iter().chain(&imported.notes).cloned().chain(of_plan).collect()
}
