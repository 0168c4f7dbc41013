//! The text as lines of coloured pieces, for the text pane.

use std::ops::Range;

use super::Document;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{self, Token, TokenKind};

/// One line of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Joined, they are the line without its end.
    pub pieces: Vec<Piece>,
}

/// A range of a line with a uniform look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Its colour; `None` for plain text.
    pub kind: Option<TokenKind>,
    /// The worst severity of its diagnostics, and the position of that diagnostic; drawn as an underline.
    pub underline: Option<(Severity, usize)>,
}

/// A range of the text with a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Underline {
    /// Byte range in the text, within one line.
    pub range: Range<usize>,
    /// The severity.
    pub severity: Severity,
    /// Position of the diagnostic.
    pub diagnostic: usize,
}

/// Byte ranges of all lines, without their ends. There is always at least one.
pub fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end + 1;
            range
        })
        .collect()
}

/// The lines whose numbers (from 0) lie in `window`, with colours and underlines.
pub fn lines(text: &str, underlines: &[Underline], window: Range<usize>) -> Vec<Line> {
    let tokens = text::highlight(text);
    let ranges = line_ranges(text);
    let window = window.start.min(ranges.len())..window.end.min(ranges.len());
    ranges[window].iter().map(|range| line(text, range.clone(), &tokens, underlines)).collect()
}

fn line(text: &str, range: Range<usize>, tokens: &[Token], underlines: &[Underline]) -> Line {
    let first = tokens.partition_point(|token| token.range.end <= range.start);
    let tokens = tokens[first..].iter().take_while(|token| token.range.start < range.end);
    let tokens: Vec<&Token> = tokens.collect();
    let underlines: Vec<&Underline> =
        underlines.iter().filter(|underline| touch(&underline.range, &range)).collect();
    let mut cuts: Vec<usize> = vec![range.start, range.end];
    let edges =
        tokens.iter().map(|token| &token.range).chain(underlines.iter().map(|underline| &underline.range));
    cuts.extend(edges.flat_map(|edge| [edge.start, edge.end]).filter(|cut| range.contains(cut)));
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).filter_map(|cut| {
        let here = cut[0]..cut[1];
        Some(Piece {
            text: text.get(here.clone())?.to_owned(),
            kind: tokens.iter().find(|token| touch(&token.range, &here)).map(|token| token.kind),
            underline: underlines
                .iter()
                .filter(|underline| touch(&underline.range, &here))
                .map(|underline| (underline.severity, underline.diagnostic))
                .min(),
        })
    });
    Line { pieces: pieces.collect() }
}

fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The ranges to underline: the places that diagnostics of the text name, and the values that others name.
/// Skips hints. At most `limit` underlines.
pub fn underlines(document: &Document, diagnostics: &[Diagnostic], limit: usize) -> Vec<Underline> {
    let ranges = line_ranges(&document.text);
    let shown = diagnostics.iter().enumerate().filter(|(_, found)| found.severity != Severity::Hint);
    let underlines = shown.flat_map(|(diagnostic, found)| {
        let here = found.location.as_ref().map(|location| location.range.clone());
        let named = found.places.iter().filter(|place| here.is_none() && !place.value.is_empty());
        let named = named.filter_map(|place| {
            let at = document.plan().position(&place.id)?;
            value_in_lines(document, &ranges, at, &place.value)
        });
        let severity = found.severity;
        here.clone()
            .into_iter()
            .chain(named.collect::<Vec<_>>())
            .filter(|range| !range.is_empty())
            .map(move |range| Underline { range, severity, diagnostic })
    });
    underlines.take(limit).collect()
}

/// The first place in the lines of a task where the value occurs as a separate word.
fn value_in_lines(
    document: &Document,
    ranges: &[Range<usize>],
    task: usize,
    value: &str,
) -> Option<Range<usize>> {
    let lines = document.parsed.task_lines.get(task)?;
    ranges.get(lines.clone())?.iter().find_map(|line| {
        let written = &document.text[line.clone()];
        let is_apart = |letter: Option<char>| letter.is_none_or(|letter| " ,()\"`\t".contains(letter));
        written.match_indices(value).find_map(|(at, _)| {
            let end = at + value.len();
            let stands_alone =
                is_apart(written[..at].chars().next_back()) && is_apart(written[end..].chars().next());
            stands_alone.then(|| line.start + at..line.start + end)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn underline(range: Range<usize>) -> Underline {
        Underline { range, severity: Severity::Conflict, diagnostic: 0 }
    }

    fn check(text: &str, underlines: &[Underline], expect: &str) {
        let shown: Vec<String> = lines(text, underlines, 0..usize::MAX)
            .iter()
            .map(|line| {
                let pieces = line.pieces.iter().map(|piece| match piece.underline {
                    Some(_) => format!("~{}~", piece.text),
                    None => piece.text.clone(),
                });
                pieces.collect::<String>()
            })
            .collect();
        assert_eq!(shown.join("\n"), expect);
    }

    #[test]
    fn every_letter_is_kept_and_underlines_are_cut_out() {
        check("", &[], "");
        check("a\n\nb\n", &[], "a\n\nb\n");
        check("é plan\nword", &[underline(3..5), underline(8..10)], "é ~pl~an\n~wo~rd");
        check("one", &[underline(0..3), underline(1..2)], "~o~~n~~e~");
    }

    #[test]
    fn a_window_shows_its_lines_only() {
        let all = lines("a\nb\nc", &[], 1..2);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].pieces[0].text, "b");
        assert!(lines("a", &[], 5..9).is_empty());
    }
}
