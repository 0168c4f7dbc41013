//! All findings about a plan, whatever their source: the reader of plan text, an import, or a rule.
//!
//! A [`Diagnostic`] has a code, a severity, sentences, places, and repairs. The page, the command line and
//! the report show all of them in the order of [`sort`].

use std::ops::Range;

use crate::plan::edit::TaskChange;
use crate::plan::{Edit, TaskId};

/// The severity of a finding. Worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The plan can't be run as it is, or a part of its text was lost.
    Error,
    /// Two tasks conflict, or would damage each other's work.
    Conflict,
    /// Something is likely to go wrong.
    Warning,
    /// Not proved safe.
    Unknown,
    /// Could be better.
    Hint,
}

impl Severity {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Conflict => "conflict",
            Severity::Warning => "warning",
            Severity::Unknown => "unknown",
            Severity::Hint => "hint",
        }
    }
}

/// A kind of diagnostic: the facts common to all diagnostics with one code.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// Stable code, such as `PP101`: `PP0..` for plans that can't be run, `PP1..` for tasks that can't run at
    /// the same time, `PP2..` for risks, `PP3..` for hints, `PP4..` for the text, `PP5..` for imports.
    pub code: &'static str,
    /// Short name, such as `write-write`.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The severity, unless a diagnostic sets another.
    pub severity: Severity,
    /// What it is, why it matters and how to repair it. Markdown without a heading.
    pub help: &'static str,
    /// A text with this finding, or a plan as JSON if a text can't express it.
    pub example: &'static str,
    /// The example after a repair, in the same form, without this finding.
    pub repaired: &'static str,
}

/// One finding that a person should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The code of its [`Definition`], such as `PP101`.
    pub code: &'static str,
    /// The severity.
    pub severity: Severity,
    /// One short sentence that names the tasks, without a full stop.
    pub title: String,
    /// What it means and what to do, in sentences; paths are in backticks. May be empty.
    pub detail: String,
    /// The tasks it is about; the first one is the one to jump to.
    pub places: Vec<Place>,
    /// Its place in the text that was read. Rules only name tasks.
    pub location: Option<Location>,
    /// Repairs, best first.
    pub fixes: Vec<Fix>,
}

impl Definition {
    /// A diagnostic of this kind about no place. The first sentence becomes the title, the others the detail.
    pub fn says(&self, sentences: &str) -> Diagnostic {
        let (title, detail) = sentences.split_once(". ").unwrap_or((sentences.trim_end_matches('.'), ""));
        Diagnostic {
            code: self.code,
            severity: self.severity,
            title: title.to_owned(),
            detail: detail.to_owned(),
            places: Vec::new(),
            location: None,
            fixes: Vec::new(),
        }
    }
}

impl Diagnostic {
    /// The same about a line, counted from 1.
    pub fn at_line(self, line: usize) -> Diagnostic {
        Diagnostic { location: Some(Location { line, column: None, range: 0..0 }), ..self }
    }

    /// The line it is about, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.location.as_ref().map(|location| location.line)
    }

    /// Title and detail as running text.
    pub fn sentences(&self) -> String {
        let stop = if self.title.ends_with(['.', '?', '!']) { "" } else { "." };
        [&self.title, stop, " ", &self.detail].concat().trim_end().to_owned()
    }
}

/// Sorts diagnostics for display: worst first; among equals, those with a place in the text by that place,
/// then the others by their task's position in the plan, with those about no task last; finally by code.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| {
        let location = diagnostic.location.as_ref();
        let task = diagnostic.places.first().map_or(usize::MAX, |place| place.task);
        let line = location.map_or((usize::MAX, None), |location| (location.line, location.column));
        (diagnostic.severity, line, task, diagnostic.code)
    });
}

/// A task, and a field of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Position of the task in the plan.
    pub task: usize,
    /// Its id.
    pub id: TaskId,
    /// Name of the field, as in JSON, such as `owns`; empty for the whole task.
    pub field: &'static str,
    /// The wrong value inside the field, as written; empty for the whole field.
    pub value: String,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1; `None` if only the line is known.
    pub column: Option<usize>,
    /// The range in bytes; empty if only the line is known.
    pub range: Range<usize>,
}

/// A repair that can be applied with one click.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// The label of its button.
    pub title: String,
    /// What it changes.
    pub edits: Edits,
}

/// The changes of a repair, applied as one step.
#[derive(Debug, Clone, PartialEq)]
pub enum Edits {
    /// Changes of the plan, in order. The text is updated accordingly.
    Plan(Vec<Edit>),
    /// Changes of the text, in order and without overlap. The plan is updated accordingly.
    Text(Vec<Replacement>),
}

/// A replacement of a range of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Bytes of the text as it was read.
    pub range: Range<usize>,
    /// The new text.
    pub with: String,
}

impl From<Vec<Edit>> for Edits {
    fn from(edits: Vec<Edit>) -> Edits {
        Edits::Plan(edits)
    }
}

impl FromIterator<Edit> for Edits {
    fn from_iter<I: IntoIterator<Item = Edit>>(edits: I) -> Edits {
        Edits::Plan(edits.into_iter().collect())
    }
}

impl Edits {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        match self {
            Edits::Plan(edits) => edits.is_empty(),
            Edits::Text(replacements) => replacements.is_empty(),
        }
    }

    /// The changes of the plan; empty if the text is changed.
    pub fn of_plan(&self) -> &[Edit] {
        match self {
            Edits::Plan(edits) => edits,
            Edits::Text(_) => &[],
        }
    }
}

impl Fix {
    /// Whether it only records that the author accepts the finding, without repairing anything.
    pub fn is_acceptance(&self) -> bool {
        let accepts = |edit: &Edit| matches!(edit, Edit::ChangeTask { change: TaskChange::Accepts(_), .. });
        let edits = self.edits.of_plan();
        !edits.is_empty() && edits.iter().all(accepts)
    }
}

/// The text after replacements, which are in order and without overlap; `None` if they don't fit the text.
pub fn replaced(text: &str, replacements: &[Replacement]) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut from = 0;
    for Replacement { range, with } in replacements {
        result.push_str(text.get(from..range.start)?);
        text.get(range.clone())?;
        result.push_str(with);
        from = range.end;
    }
    result.push_str(text.get(from..)?);
    Some(result)
}
