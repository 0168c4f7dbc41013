//! Reads the input of a command.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use phaseplan::document::record;
use phaseplan::import::{DAMAGED_ENTRY, Imported, of_change};
use phaseplan::incoming::{Incoming, Input, MAX_BYTES, MAX_FILES, is_ignored};

use super::arguments::CallError;
use super::problems;

/// Reads the plan named by the operand; see [`input`].
pub fn read_plan(operand: impl AsRef<OsStr>) -> Result<Imported, CallError> {
    let incoming = input(operand)?.read().map_err(|error| CallError::new(error.message))?;
    into_plan(incoming).map_err(CallError::new)
}

/// As [`read_plan`], from the bytes of the file that the operand names.
pub fn read_plan_in(operand: &OsStr, bytes: Vec<u8>) -> Result<Imported, CallError> {
    let input = Input::files(vec![(operand.to_string_lossy().into_owned(), bytes)]);
    into_plan(input.read().map_err(|error| CallError::new(error.message))?).map_err(CallError::new)
}

/// As [`read_plan`], for commands that show no problems: what the plan hides goes to standard error.
pub fn read_plan_and_tell(operand: &OsStr) -> Result<Imported, CallError> {
    let imported = read_plan(operand)?;
    problems::tell_hidden(imported.problems.iter().chain(&imported.notes));
    Ok(imported)
}

/// The plan in an input, for commands that accept only plans.
pub fn into_plan(incoming: Incoming) -> Result<Imported, String> {
    match incoming {
        Incoming::Plan(imported) => Ok(imported),
        Incoming::Shared(opened) => Ok(Imported {
            notes: opened.notes.iter().map(of_change).collect(),
            plan: opened.plan,
            format: "a link",
            ..Imported::default()
        }),
        Incoming::Reply(_) => {
            Err("This is what people say about a plan. `phaseplan review PLAN --receive FILE` takes it in."
                .to_owned())
        }
        Incoming::Evidence(_) => Err(
            "This is what is known of a repository, not a plan. Give it beside a plan: `--evidence FILE`."
                .to_owned(),
        ),
        Incoming::Archive(records) => only_plan(&records),
    }
}

/// The plan of an archive, if there is only one. Damaged entries are told and left out.
fn only_plan(records: &[(String, String)]) -> Result<Imported, String> {
    let read: Vec<_> = records.iter().map(|(name, record)| (name, record::read(record))).collect();
    let damaged = read.iter().filter(|(_, document)| document.is_none());
    let notes: Vec<_> =
        damaged.map(|(name, _)| DAMAGED_ENTRY.says(&format!("“{name}” in this file is damaged."))).collect();
    let mut whole = read.into_iter().filter_map(|(_, document)| document);
    match (whole.next(), whole.count()) {
        (None, _) => Err("No plan in this file can be read.".to_owned()),
        (Some((document, _)), 0) => Ok(Imported {
            plan: document.plan().clone(),
            format: "a stored plan",
            notes,
            ..Imported::default()
        }),
        (Some(_), more) => Err(format!(
            "This file holds {} plans. Open it on the page, and download the one you want.",
            more + 1
        )),
    }
}

/// Reads an operand: a file, a folder, a zip archive or a link; `-` means standard input.
pub fn input(operand: impl AsRef<OsStr>) -> Result<Input, CallError> {
    let operand = operand.as_ref();
    let path = Path::new(operand);
    let text = operand.to_string_lossy();
    if text.contains('#') && !path.exists() {
        return Ok(Input::paste(&*text));
    }
    if operand != STANDARD_INPUT && path.is_dir() {
        return folder(path);
    }
    // Formats look at the end of the name only.
    let name = if operand == STANDARD_INPUT { String::new() } else { text.into_owned() };
    Ok(Input::files(vec![(name, read_bytes(operand)?)]))
}

/// The operand that stands for standard input.
const STANDARD_INPUT: &str = "-";

/// Reads a text, replacing invalid UTF-8. `-` means standard input.
pub fn read_text(name: impl AsRef<OsStr>) -> Result<String, CallError> {
    Ok(String::from_utf8_lossy(&read_bytes(name.as_ref())?).into_owned())
}

/// Reads a file. `-` means standard input.
pub fn read_bytes(name: &OsStr) -> Result<Vec<u8>, CallError> {
    if name == STANDARD_INPUT {
        return read_limited(std::io::stdin().lock())
            .map_err(|error| CallError::new(format!("Standard input can't be read: {error}.")));
    }
    let failed = |error| unreadable(Path::new(name), &error);
    read_limited(std::fs::File::open(name).map_err(failed)?).map_err(failed)
}

/// The files in a folder and its subfolders, with paths relative to it. Does not follow links to folders.
fn folder(folder: &Path) -> Result<Input, CallError> {
    let mut files = Vec::new();
    let mut bytes = 0;
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        let failed = |error| unreadable(&next, &error);
        for entry in std::fs::read_dir(&next).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let below: Vec<_> = path.strip_prefix(folder).unwrap_or(&path).iter().collect();
            let below: Vec<_> = below.into_iter().map(|name| name.to_string_lossy()).collect();
            let below = below.join("/");
            let kind = entry.file_type().map_err(failed)?;
            if is_ignored(&below) {
                continue;
            }
            if kind.is_dir() {
                waiting.push(path);
            } else if kind.is_file() {
                let file = std::fs::File::open(&path).map_err(|error| unreadable(&path, &error))?;
                let content = read_limited(file).map_err(|error| unreadable(&path, &error))?;
                bytes += content.len();
                files.push((below, content));
                if files.len() > MAX_FILES || bytes > MAX_BYTES {
                    return Err(CallError::new(format!(
                        "`{}` is a folder with more than {MAX_FILES} files or {} MB. Name the folder or the \
                         file with the plan.",
                        folder.display(),
                        MAX_BYTES >> 20
                    )));
                }
            }
        }
    }
    Ok(Input::files(files))
}

fn unreadable(path: &Path, error: &std::io::Error) -> CallError {
    let path = path.display();
    CallError::new(match error.kind() {
        std::io::ErrorKind::NotFound => format!("There is no file `{path}`."),
        _ => format!("`{path}` can't be read: {error}."),
    })
}

/// Reads one byte more than allowed, so the caller can detect a file that is too large.
fn read_limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
