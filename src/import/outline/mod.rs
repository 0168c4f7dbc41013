//! What a reader finds in files of its format, and the one way from there to a plan.
//!
//! A reader only understands its format: it fills an [`Outline`]. Looking up ids, turning parents into groups,
//! passing waits to the leaves, guessing files and counting is the same for all formats, and is done by
//! [`Outline::into_imported`].

mod files;
mod ids;
mod plan;
mod sequence;
mod waits;

pub use ids::Ids;
pub use sequence::{Place, Step};

use crate::diagnostic::Diagnostic;
use crate::plan::{Estimate, Kind, Status, UnknownFields};

/// Everything that a reader found.
#[derive(Debug, Default)]
pub struct Outline {
    /// Name of the plan.
    pub title: String,
    /// Purpose of the plan.
    pub goal: String,
    /// In file order. A parent comes before its parts.
    pub items: Vec<Item>,
    /// Whether the items are a list that says of none whether it waits for another or runs beside it, so that their
    /// order is a guess.
    pub is_list: bool,
    /// What the reader guessed or left out, in file order.
    pub notes: Vec<Diagnostic>,
}

/// Anything with an id or a box: a task, a task with parts, or a gate.
#[derive(Debug, Default, Clone)]
pub struct Item {
    /// As the author wrote it. Empty if it has none: the task gets a new one.
    pub id: String,
    /// Other names that waits may use, such as the title or the name of its file. They count only if no item has
    /// such an id, and no other item such a name.
    pub names: Vec<String>,
    /// Path of its file; empty if there is only one.
    pub file: String,
    /// Its first line, counted from 1; 0 if the format has no lines.
    pub line: usize,
    /// One line; may be long, and may contain Markdown.
    pub title: String,
    /// The rest of what its agent is told.
    pub text: String,
    /// The title as it is written in several lines, told instead of a title that had to be shortened.
    pub verbatim: String,
    /// The heading above it. Parts of a parent get its title instead.
    pub group: String,
    /// Progress.
    pub status: Status,
    /// `None` if only its words show it.
    pub kind: Option<Kind>,
    /// Duration.
    pub minutes: Option<Estimate>,
    /// Agent; empty means any.
    pub agent: String,
    /// Model; empty means the default.
    pub model: String,
    /// What must hold when it is done.
    pub checks: Vec<String>,
    /// Patterns of the files that the author declares as changed, translated to the patterns of a plan.
    pub owns: Vec<String>,
    /// The same for files that are only read.
    pub reads: Vec<String>,
    /// Names of what only one task may use at a time and that are no files.
    pub uses: Vec<String>,
    /// What it waits for.
    pub waits: Vec<Wait>,
    /// Index of the item that it is a part of, which is an earlier one.
    pub parent: Option<usize>,
    /// The mark by which its author claims that it may run beside others, such as `[P]`.
    pub claim: Option<String>,
    /// Fields that the reader did not understand, preserved in the plan.
    pub unknown: UnknownFields,
}

/// What an item waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wait {
    /// The author names it: an id, or one of [`Item::names`].
    Named(String),
    /// The author names it, and the reader knows which item is meant. An index of [`Outline::items`].
    Meant(usize),
    /// A rule of the format says so, such as sections that follow each other. An index of [`Outline::items`].
    Implied(usize),
}

impl Item {
    /// An item with this id and title on this line.
    pub fn new(id: impl Into<String>, title: impl Into<String>, line: usize) -> Item {
        Item { id: id.into(), title: title.into(), line, ..Item::default() }
    }

    /// Whether its author declares files, so that none are guessed.
    pub fn declares_files(&self) -> bool {
        !self.owns.is_empty() || !self.reads.is_empty()
    }

    /// Waits for these ids.
    pub fn after(self, ids: impl IntoIterator<Item = impl Into<String>>) -> Item {
        let waits = ids.into_iter().map(|id| Wait::Named(id.into())).collect();
        Item { waits, ..self }
    }
}

impl Outline {
    /// Makes each of these items wait for the one before it. For formats whose lists are meant in order.
    pub fn put_in_order(&mut self, items: impl IntoIterator<Item = usize>) {
        let mut before = None;
        for item in items {
            if let Some(before) = before.replace(item) {
                self.items[item].waits.push(Wait::Implied(before));
            }
        }
    }

    /// Makes every item of `later` wait for every item of `earlier`.
    pub fn put_after(&mut self, later: &[usize], earlier: &[usize]) {
        for item in later {
            self.items[*item].waits.extend(earlier.iter().map(|before| Wait::Implied(*before)));
        }
    }
}
