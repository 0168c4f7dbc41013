//! What the words of a task name: its files and its far-reaching commands.

use std::borrow::Cow;

use crate::plan::Task;
use crate::prose::commands::{Command, as_command, commands};
use crate::prose::deeds::{Deed, NamedFile, files_of_command, named_files};
use crate::prose::paragraphs::{Part, parts, prose};

/// The files that title, instructions and checks of a task surely name, each once.
pub(super) fn files(task: &Task) -> Vec<NamedFile> {
    let mut files: Vec<NamedFile> = Vec::new();
    let mut add = |named: NamedFile| match files.iter_mut().find(|known| known.path == named.path) {
        Some(known) if matches!(known.deed, Deed::Names | Deed::Reads) => known.deed = named.deed,
        Some(_) => {}
        None => files.push(named),
    };
    for text in texts(task) {
        named_files(&text).into_iter().for_each(&mut add);
    }
    for check in &task.checks {
        let named = as_command(check).map_or_else(|| named_files(check), files_of_command);
        // Whether the file is written for that or only looked at is not said.
        let weaker = |named: NamedFile| match named.deed {
            Deed::Reads => named,
            _ => NamedFile { deed: Deed::Names, ..named },
        };
        named
            .into_iter()
            .map(weaker)
            .filter(|named| !is_known(&files, named))
            .collect::<Vec<_>>()
            .into_iter()
            .for_each(|named| files.push(named));
    }
    files
}

fn is_known(files: &[NamedFile], named: &NamedFile) -> bool {
    files.iter().any(|known| known.path == named.path)
}

/// Title and paragraphs of a task.
fn texts(task: &Task) -> impl Iterator<Item = Cow<'_, str>> {
    std::iter::once(Cow::Borrowed(task.title.as_str())).chain(prose(&task.instructions))
}

/// The far-reaching commands of a task, with the field that has them.
pub(super) fn far_reaching(task: &Task) -> Vec<(&'static str, Command)> {
    let mut found: Vec<(&'static str, Command)> = Vec::new();
    let mut add = |field: &'static str, text: &str| {
        for command in commands(text) {
            if !found.iter().any(|(_, known)| known.text == command.text) {
                found.push((field, command));
            }
        }
    };
    add("title", &task.title);
    for part in parts(&task.instructions) {
        match part {
            Part::Prose(prose) => add("instructions", &prose),
            Part::CodeLine(line) => add("instructions", &format!("`{line}`")),
        }
    }
    for check in &task.checks {
        match as_command(check) {
            Some(command) => add("checks", &format!("`{command}`")),
            None => add("checks", check),
        }
    }
    found
}
