//! A text as lines, with insertions and removals.

use super::line::{Line, Lines};

/// Edits of a text by whole lines, in any order, written out at once.
pub(super) struct Sheet<'a> {
    text: &'a str,
    /// The original lines.
    pub lines: Vec<Line<'a>>,
    is_removed: Vec<bool>,
    /// The text to insert before each line, and at the end.
    inserted: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// All lines of a text, unchanged.
    pub fn of(text: &'a str) -> Sheet<'a> {
        let lines: Vec<Line> = Lines::of(text).collect();
        let (is_removed, inserted) = (vec![false; lines.len()], vec![String::new(); lines.len() + 1]);
        Sheet { text, lines, is_removed, inserted }
    }

    /// Inserts whole lines, each with its `\n`, before line `at` and after earlier insertions there.
    pub fn insert(&mut self, at: usize, lines: &str) {
        self.inserted[at.min(self.lines.len())].push_str(lines);
    }

    /// Like [`Sheet::insert`], with a blank line before them unless there is one or this is the start of the
    /// text.
    pub fn insert_block(&mut self, at: usize, lines: &str) {
        let inserted = &self.inserted[at];
        let stands_apart = if inserted.is_empty() {
            at == 0 || self.lines[at - 1].text.trim().is_empty()
        } else {
            inserted.ends_with("\n\n")
        };
        if !stands_apart {
            self.insert(at, "\n");
        }
        self.insert(at, lines);
    }

    /// Removes a line.
    pub fn remove(&mut self, at: usize) {
        self.is_removed[at] = true;
    }

    /// Replaces a line with whole lines.
    pub fn replace(&mut self, at: usize, lines: &str) {
        self.insert(at, lines);
        self.remove(at);
    }

    /// The edited text, with its original line ends.
    pub fn into_text(self) -> String {
        let mut out = String::with_capacity(self.text.len() + 256);
        out.push_str(&self.text[..self.lines.first().map_or(0, |line| line.start)]);
        let line_end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut add = |lines: &str, own_ends: bool| {
            if lines.is_empty() {
                return;
            }
            if !out.is_empty() && !out.ends_with(['\n', '\r', '\u{feff}']) {
                out.push_str(line_end);
            }
            if own_ends || line_end == "\n" {
                out.push_str(lines);
            } else {
                out.push_str(&lines.replace('\n', line_end));
            }
        };
        for (at, inserted) in self.inserted.iter().enumerate() {
            add(inserted, false);
            if at < self.lines.len() && !self.is_removed[at] {
                let end = self.lines.get(at + 1).map_or(self.text.len(), |next| next.start);
                add(&self.text[self.lines[at].start..end], true);
            }
        }
        out
    }
}
