//! Splits lines into coloured tokens, for an editor that draws them over its text.

use std::ops::Range;

use super::line::{Line, LineKind, Lines};
use super::tag::{Piece, Tag, TaskLine};
use super::value::split;
use super::{Token, TokenKind};
use crate::plan::{Field, Shape};

/// Every token of the text, in order, without overlaps.
pub(super) fn highlight(text: &str) -> Vec<Token> {
    let mut tokens = Tokens { list: Vec::new(), line_start: 0 };
    for line in Lines::of(text) {
        tokens.line_start = line.start;
        let whole = 0..line.text.trim_end().len();
        match line.kind {
            LineKind::Title | LineKind::Group => tokens.add(whole, TokenKind::Heading),
            LineKind::Settings => tokens.add(whole, TokenKind::Settings),
            LineKind::Instructions | LineKind::Comment => {
                tokens.add(line.content..whole.end, TokenKind::Instructions);
            }
            LineKind::Task | LineKind::Tags => tokens.add_task_line(&line),
            LineKind::Blank | LineKind::Goal | LineKind::Note => {}
        }
    }
    tokens.list
}

struct Tokens {
    list: Vec<Token>,
    line_start: usize,
}

impl Tokens {
    fn add(&mut self, range: Range<usize>, kind: TokenKind) {
        if !range.is_empty() {
            self.list.push(Token { range: self.line_start + range.start..self.line_start + range.end, kind });
        }
    }

    fn add_task_line(&mut self, line: &Line) {
        let read = TaskLine::read(line.text, line.content);
        let bullet = &line.text[..line.content];
        self.add(bullet.len() - bullet.trim_start().len()..bullet.trim_end().len(), TokenKind::Bullet);
        if let Some((range, _)) = &read.checkbox {
            self.add(range.clone(), TokenKind::Checkbox);
        }
        let mut from = line.content;
        if let Some(id) = read.id.clone() {
            from = id.end;
            self.add(id, TokenKind::Id);
        }
        for piece in &read.pieces {
            match piece {
                Piece::Text(range) | Piece::Escape(range) | Piece::Code(range) => {
                    let start = range.start.max(from).min(range.end);
                    let words = super::value::trimmed(line.text, start..range.end);
                    self.add(words, TokenKind::Title);
                }
                Piece::Backticks(range) => self.add(range.clone(), TokenKind::TagName),
                Piece::Minutes(range) => self.add(range.clone(), TokenKind::Minutes),
                Piece::BadMinutes(range) | Piece::BareName(range) => {
                    self.add(range.clone(), TokenKind::Error);
                }
                Piece::Tag(tag) => self.add_tag(line.text, tag),
            }
        }
    }

    fn add_tag(&mut self, line: &str, tag: &Tag) {
        let opening = tag.start..tag.name.end + 1;
        self.add(opening, if tag.closed { TokenKind::TagName } else { TokenKind::Error });
        let body = &line[tag.body.clone()];
        let name = &line[tag.name.clone()];
        let kind = match (name, Field::of_tag(name).map(Field::shape)) {
            ("id", _) => TokenKind::Id,
            ("title", _) => TokenKind::Title,
            (_, Some(Shape::Patterns)) => TokenKind::Pattern,
            (_, Some(Shape::Ids)) => TokenKind::Reference,
            _ => TokenKind::Value,
        };
        if matches!(kind, TokenKind::Pattern | TokenKind::Reference) {
            for value in split(body, &[',']) {
                self.add(tag.body.start + value.start..tag.body.start + value.end, kind);
            }
        } else {
            self.add(tag.body.clone(), kind);
        }
        if tag.closed {
            self.add(tag.end - 1..tag.end, TokenKind::TagName);
        }
    }
}
