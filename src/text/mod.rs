//! Plan text: the Markdown task list with tags that people type, paste and save.
//!
//! Reading never fails: a line that can't be understood is reported, and the rest is read. Two spellings of one grammar
//! are printed: bare tags for typing, and tags inside one code span for Markdown that is rendered elsewhere.
//! `parse(print(plan)) == plan` holds for every plan in normal form.

mod damage;
mod highlight;
mod ids;
mod line;
mod minutes;
mod parser;
mod printer;
mod rewrite;
mod settings;
mod sheet;
mod tag;
mod value;

use std::ops::Range;

use crate::plan::Plan;

/// How tags are spelled when a plan is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Bare tags, as typed in the editor.
    Typing,
    /// Tags inside one code span per line, safe to render as Markdown.
    Document,
}

/// What reading a text gave.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Parsed {
    /// The plan, from every line that could be read.
    pub plan: Plan,
    /// What could not be read, or was read with doubt, in the order of lines. The first thousand.
    pub problems: Vec<TextProblem>,
    /// For each task of the plan, its lines in the text, counted from 0: the task line and its instructions.
    pub task_lines: Vec<Range<usize>>,
}

/// Something in the text that needs a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextProblem {
    /// Counted from 1.
    pub line: usize,
    /// Counted in characters from 1.
    pub column: usize,
    /// What is wrong, what was expected and what to do, in sentences.
    pub message: String,
    /// Whether something was lost or is surely not meant (`true`), or was read with a doubt.
    pub is_error: bool,
}

/// A coloured piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Byte range in the text.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
}

/// What a piece of text is, for colouring.
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

/// Reads a text from nothing. Linear in its length.
pub fn parse(text: &str) -> Parsed {
    parser::parse(None, text)
}

/// Reads a text as the next state of `previous`: tasks without a written id keep the id they had, and so does the plan.
pub fn parse_onto(previous: &Plan, text: &str) -> Parsed {
    parser::parse(Some(previous), text)
}

/// Writes the whole plan, one fixed order of tags.
pub fn print(plan: &Plan, spelling: Spelling) -> String {
    printer::print(plan, spelling)
}

/// Changes `text`, which is known as `from`, as little as possible so that it reads as `to`, a plan in normal form; comments
/// and the formatting of everything else stay. A text that does not spell the id of its plan stays so: read it with
/// [`parse_onto`].
pub fn rewrite(text: &str, from: &Plan, to: &Plan) -> String {
    rewrite::rewrite(text, from, to)
}

/// Writes down the ids that tasks were given when `text` was read as `parsed`, and changes nothing else.
pub fn write_ids(text: &str, parsed: &Parsed) -> String {
    rewrite::write_ids(text, parsed)
}

/// Every coloured piece of the text, in order, without overlaps.
pub fn highlight(text: &str) -> Vec<Token> {
    highlight::highlight(text)
}
