//! Plan text: the Markdown task list with tags that people type, paste and save.
//!
//! Parsing never fails: it reports each line it doesn't understand and reads the rest. The printer has two
//! spellings of one grammar: bare tags for typing, and tags inside one code span for Markdown rendered
//! elsewhere. `parse(print(plan)) == plan` holds for every plan in normal form.

mod damage;
mod highlight;
mod ids;
mod line;
mod mark;
mod minutes;
mod parser;
mod price;
mod printer;
pub mod problems;
mod rewrite;
mod settings;
mod sheet;
mod tag;
mod value;
mod write_ids;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::plan::{Plan, Status};

/// The spelling of tags in a printed plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Bare tags, as typed in the editor.
    Typing,
    /// Tags inside one code span per line, safe to render as Markdown.
    Document,
}

/// The result of parsing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// The plan, from every line that could be read.
    pub plan: Plan,
    /// Problems and doubts, in the order of lines; see [`problems::DEFINITIONS`]. The first thousand.
    pub problems: Vec<Diagnostic>,
    /// For each task of the plan, its lines in the text, counted from 0: the task line and its instructions.
    pub task_lines: Vec<Range<usize>>,
}

/// A token of the text, for colouring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// Its kind.
    pub kind: TokenKind,
}

/// The kind of a token, for colouring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TokenKind {
    Heading,
    Settings,
    Bullet,
    Checkbox,
    Id,
    Title,
    TagName,
    Pattern,
    Reference,
    Minutes,
    Value,
    Instructions,
    Error,
}

/// Reads a text without a previous plan. Linear in its length.
pub fn parse(text: &str) -> Parsed {
    parser::parse(None, text)
}

/// Reads a text as the next state of `previous`: tasks without a written id retain their id, and so does the
/// plan.
pub fn parse_onto(previous: &Plan, text: &str) -> Parsed {
    parser::parse(Some(previous), text)
}

/// Writes the whole plan, with the tags in a fixed order.
pub fn print(plan: &Plan, spelling: Spelling) -> String {
    printer::print(plan, spelling)
}

/// Changes `text`, which reads as `from`, as little as possible so that it reads as `to`, a plan in normal
/// form. Comments and all other formatting are preserved. A text without the id of its plan stays without it:
/// read it with [`parse_onto`].
pub fn rewrite(text: &str, from: &Plan, to: &Plan) -> String {
    rewrite::rewrite(text, from, to)
}

/// Sets the status of tasks, given by their positions, and changes nothing else, to the last byte. `None` if
/// that can't be done within the lines of these tasks.
pub fn mark(text: &str, marks: &[(usize, Status)]) -> Option<String> {
    mark::mark(text, marks)
}

/// Adds the ids that tasks got when `text` was parsed as `parsed`, and changes nothing else.
pub fn write_ids(text: &str, parsed: &Parsed) -> String {
    write_ids::write_ids(text, parsed)
}

/// Every token of the text, in order, without overlaps.
pub fn highlight(text: &str) -> Vec<Token> {
    highlight::highlight(text)
}
