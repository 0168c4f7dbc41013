//! spec-kit's `tasks.md`: `- [ ] T012 [P] [US1] Create the model in src/models/user.rs`, under headings of
//! phases.
//!
//! The format has no fields for order and files: [`order`] derives the order from headings, marks and sentences.

mod document;
mod notes;
mod order;

use self::document::Document;
use self::order::Order;
use super::outline::{Item, Outline, Wait};
use super::prose::estimate;
use super::{Certainty, File, Format, ImportError, Imported, only_text};
use crate::plan::Status;

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
    // The order of more tasks than a plan takes would cost much time for nothing.
    let cut = super::cut(&mut document.tasks);
    let order = order::find(&document);
    let items = (0..document.tasks.len()).map(|position| item(position, &document, &order)).collect();
    let notes = notes::notes(&document);
    // The note about tasks that were cut tells of their lines, too.
    let read = if cut.is_none() { text } else { "" };
    let mut outline = Outline { title: document.title.clone(), items, notes, ..Outline::default() };
    outline.note_lost_boxes(read, "", &document.boxes_without_id);
    outline.notes.extend(cut);
    Ok(outline.into_imported(&FORMAT))
}

fn item(position: usize, document: &Document, order: &Order) -> Item {
    let written = &document.tasks[position];
    let missing = order.missing.iter().filter(|(task, _)| *task == position);
    let missing = missing.map(|(_, id)| Wait::Named(id.clone()));
    let named = order.named_of[position];
    let found = order.after[position].iter().enumerate();
    let found =
        found.map(|(at, before)| if at < named { Wait::Meant(*before) } else { Wait::Implied(*before) });
    let text = written.joined();
    Item {
        minutes: estimate::at_end(&text),
        verbatim: if text == written.text { String::new() } else { written.text.clone() },
        group: document.sections[written.section].title.clone(),
        status: match written.mark {
            'x' | 'X' => Status::Done,
            '-' => Status::Dropped,
            _ => Status::Todo,
        },
        claim: written.parallel.then(|| "[P]".to_owned()),
        waits: found.chain(missing).collect(),
        ..Item::new(written.id.clone(), text, written.line)
    }
}
