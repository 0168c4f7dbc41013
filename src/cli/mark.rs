//! `phaseplan mark FILE ID=STATUS…`: sets the status of tasks in a file.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::ExitCode;

use phaseplan::import::{Marks, mark};
use phaseplan::incoming::MAX_BYTES;
use phaseplan::plan::{Plan, Status, TaskId};
use serde_json::json;

use super::arguments::{self, Arguments, CallError, JSON, Switch};
use super::log::{self, RunFile};
use super::terminal::printable;
use super::{Command, files, now, terminal};

const LOG: Switch = Switch {
    name: "--log",
    value: None,
    help: "Begin a log of the run beside the plan; once it is there, every mark adds to it.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "mark",
    operands: &["FILE", "ID=STATUS…"],
    switches: &[LOG, log::AUTHOR, JSON],
    summary: "Sets the status of tasks in a file: todo, running, done, failed or dropped.",
    details: "Only the lines of these tasks change, and only in what says their status. A file of another \
        tool is marked in its own spelling where it has one for the status; otherwise nothing is written. If \
        anything in the call is wrong, nothing is written.\n\nCalls at the same time wait for each other.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let operand = &arguments.operands[0];
    let path = Path::new(operand);
    if operand == "-" || path.is_dir() || !path.exists() && operand.to_string_lossy().contains('#') {
        return Err(CallError::new(
            "`phaseplan mark` changes a file, so it takes neither standard input nor a folder or a link. Name the \
             file with the tasks.",
        ));
    }
    let mut file = PlanFile::open(path)?;
    let text = file.read()?;
    let before = files::read_plan_in(operand, text.clone().into_bytes())?.plan;
    let marks = marks(&before, &arguments.operands[1..])?;
    let marked =
        mark(&operand.to_string_lossy(), &text, &marks).map_err(|error| CallError::new(error.message))?;
    if arguments.has(LOG) || RunFile::path(path).exists() {
        // First, since a mark without its event could not be made up for.
        let mut run = RunFile::open(path, &before, true)?;
        run.add(&before, &log::author(arguments), log::of_marks(&before, &marks))?;
    }
    file.write(&text, &marked)?;
    Ok(terminal::print(&answer(arguments, &before, &marks)))
}

/// The statuses in the call, by task.
fn marks(plan: &Plan, words: &[OsString]) -> Result<Vec<(TaskId, Status)>, CallError> {
    let mut marks: Vec<(TaskId, Status)> = Vec::new();
    for word in words {
        let word = word.to_string_lossy();
        let shown = printable(&word);
        let (id, name) = word
            .rsplit_once('=')
            .filter(|(id, _)| !id.is_empty())
            .ok_or_else(|| CallError::new(format!("`{shown}` is not ID=STATUS, such as T1=done.")))?;
        let status = Status::from_name(name).ok_or_else(|| unknown_status(name))?;
        let id = plan.tasks[now::position(plan, id)?].id.clone();
        match marks.iter().find(|(other, _)| *other == id) {
            Some((_, other)) if *other != status => {
                return Err(CallError::new(format!(
                    "{id} is to be marked in two ways. Nothing was written."
                )));
            }
            Some(_) => {}
            None => marks.push((id, status)),
        }
    }
    Ok(marks)
}

fn unknown_status(name: &str) -> CallError {
    let names = Status::ALL.map(Status::name);
    let suggestion = arguments::suggestion(name, names.into_iter());
    let name = printable(name);
    CallError::new(format!("There is no status `{name}`.{suggestion} Statuses: {}.", names.join(", ")))
}

/// What changed, a line for each task.
fn answer(arguments: &Arguments, before: &Plan, marks: &Marks) -> String {
    let of_task = |(id, to): &(TaskId, Status)| {
        let from = before.task(id).map_or(Status::Todo, |task| task.status);
        (id.clone(), from, *to)
    };
    let changes: Vec<_> = marks.iter().map(of_task).collect();
    if arguments.has(JSON) {
        let changed = changes.iter().filter(|(_, from, to)| from != to);
        let changed = changed.map(|(id, from, to)| json!({"id": id, "from": from, "to": to}));
        return format!("{:#}\n", json!({"changed": changed.collect::<Vec<_>>()}));
    }
    let line = |(id, from, to): &(TaskId, Status, Status)| match from == to {
        true => format!("{} is {} already\n", printable(id.as_str()), to.name()),
        false => format!("{} {} → {}\n", printable(id.as_str()), from.name(), to.name()),
    };
    changes.iter().map(line).collect()
}

/// A file that is read and written by one call at a time.
struct PlanFile<'a> {
    path: &'a Path,
    file: File,
}

impl PlanFile<'_> {
    /// Opens and locks it.
    fn open(path: &Path) -> Result<PlanFile<'_>, CallError> {
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::NotFound => CallError::new(format!("There is no file `{}`.", path.display())),
            _ => CallError::new(format!("`{}` can't be changed: {error}.", path.display())),
        };
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(failed)?;
        match file.lock() {
            Err(error) if error.kind() != ErrorKind::Unsupported => return Err(failed(error)),
            _ => {}
        }
        Ok(PlanFile { path, file })
    }

    fn read(&mut self) -> Result<String, CallError> {
        let mut bytes = Vec::new();
        let read = (&mut self.file).take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.failed("read", &error))?;
        String::from_utf8(bytes).map_err(|_| {
            CallError::new(format!(
                "`{}` is not UTF-8 text, so it can't be marked. `phaseplan import FILE` makes plan text of \
                 it.",
                self.path.display()
            ))
        })
    }

    /// Puts a text in place of another one. In place, so that the file keeps its rights and links; if that
    /// fails, the old text is put back.
    fn write(&mut self, before: &str, text: &str) -> Result<(), CallError> {
        if before == text {
            return Ok(());
        }
        self.put(text).map_err(|error| {
            // If this fails too, the sentence about the first failure is what helps.
            let _ = self.put(before);
            self.failed("written", &error)
        })
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(text.as_bytes())?;
        self.file.set_len(text.len() as u64)?;
        self.file.sync_data()
    }

    fn failed(&self, done: &str, error: &io::Error) -> CallError {
        CallError::new(format!("`{}` can't be {done}: {error}.", self.path.display()))
    }
}
