//! spec-kit's `tasks.md`: `- [ ] T012 [P] [US1] Create the model in src/models/user.rs`, under headings of
//! phases.
//!
//! The format has no fields for order and files: [`order`] derives the order from headings, marks and
//! sentences, [`prose::files`] the files from sentences, and [`claims`] checks the promise of `[P]`.

mod document;
mod notes;
mod order;

use self::document::{Document, WrittenTask};
use self::order::Order;
use super::claims::{self, Parallel};
#[cfg(doc)]
use super::prose;
use super::prose::files::{self, Files};
use super::prose::kind;
use super::prose::repository::Repository;
use super::prose::title::title_of;
use super::{Certainty, File, Format, ImportError, Imported, of_change, only_text};
use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Status, Task, TaskId, normal};
use crate::prose::sentence::Sentence;

/// The format of `specs/…/tasks.md`.
pub static FORMAT: Format = Format {
    id: "spec-kit",
    name: "spec-kit tasks.md",
    description: "A `tasks.md` of spec-kit: `- [ ] T012 [P] [US1] Create the model in src/models/user.rs`.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    // Plan text may have boxes and ids too.
    let has_tags = || ["@owns(", "@after(", "@reads("].iter().any(|tag| text.contains(tag));
    match text.lines().filter(|line| document::is_task_line(line)).count() {
        0 => Certainty::No,
        _ if has_tags() => Certainty::No,
        1 => Certainty::Sure("one item has a box and an id such as T001".to_owned()),
        count => Certainty::Sure(format!("{count} items have a box and an id such as T001")),
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let mut document = document::read(text);
    if document.tasks.is_empty() {
        return Err(ImportError::new("No item of this file has a box and an id such as T001."));
    }
    let cut = super::cut(&mut document.tasks);
    let order = order::find(&document);
    let texts: Vec<String> = document.tasks.iter().map(WrittenTask::joined).collect();
    let sentences: Vec<Sentence> = texts.iter().map(|text| Sentence::read(text)).collect();
    let repository = Repository::of(&sentences);
    let checks: Vec<bool> = sentences.iter().map(kind::only_checks).collect();
    let guessed = sentences.iter().zip(&checks);
    let files: Vec<Files> =
        guessed.map(|(sentence, checks)| files::infer(sentence, &repository, *checks)).collect();

    let mut tasks: Vec<Task> = Vec::with_capacity(texts.len());
    for (position, text) in texts.iter().enumerate() {
        let kind = kind::of(text, &files[position].owns, checks[position]);
        tasks.push(Task { kind, ..task(position, text, &document, &order, &files[position]) });
    }
    let mut plan = Plan { title: document.title.clone(), tasks, ..Plan::default() };
    let changes = normal::normalise(&mut plan);
    let mut notes = notes::notes(&document, &order, &files, &plan);
    notes.extend(claims::check_parallel(&parallel(&document), &plan));
    notes.extend(cut);
    notes.extend(changes.iter().map(of_change));
    notes.sort_by_key(Diagnostic::line);
    Ok(Imported {
        notes,
        task_lines: document.tasks.iter().map(|task| task.line).collect(),
        format: FORMAT.name,
        plan,
        ..Imported::default()
    })
}

fn task(position: usize, text: &str, document: &Document, order: &Order, files: &Files) -> Task {
    let written = &document.tasks[position];
    let title = title_of(text);
    let id_of = |position: &usize| TaskId(document.tasks[*position].id.clone());
    let missing = order.missing.iter().filter(|(task, _)| *task == position);
    Task {
        id: TaskId(written.id.clone()),
        instructions: if title == text { String::new() } else { written.text.clone() },
        title,
        owns: files.owns.clone(),
        reads: files.reads.clone(),
        after: order.after[position]
            .iter()
            .map(id_of)
            .chain(missing.map(|(_, id)| TaskId(id.clone())))
            .collect(),
        group: document.sections[written.section].title.clone(),
        status: match written.mark {
            'x' | 'X' => Status::Done,
            '-' => Status::Dropped,
            _ => Status::Todo,
        },
        // Where files are known, they decide; where not, there is only the author's word.
        parallel: if written.parallel && files.owns.is_empty() {
            crate::plan::Parallel::Claimed
        } else {
            crate::plan::Parallel::Proved
        },
        ..Task::default()
    }
}

/// The tasks marked `[P]`.
fn parallel(document: &Document) -> Vec<Parallel<'static>> {
    let marked = document.tasks.iter().enumerate().filter(|(_, written)| written.parallel);
    marked.map(|(task, written)| Parallel { task, line: written.line, mark: "[P]" }).collect()
}
