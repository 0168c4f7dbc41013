//! The text cut into lines of coloured pieces, as the text pane draws it.

use std::ops::Range;

use super::Document;
use crate::analysis::{Diagnostic, Severity};
use crate::text::{self, Token, TokenKind};

/// One line of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Joined, they give the line without its end.
    pub pieces: Vec<Piece>,
}

/// A stretch of a line that looks the same throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What is written.
    pub text: String,
    /// Its colour; `None` for plain text.
    pub kind: Option<TokenKind>,
    /// What is wrong with it, drawn as a wavy line below.
    pub wave: Option<Severity>,
}

/// A stretch of the text that something is wrong with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// Byte range in the text, within one line.
    pub range: Range<usize>,
    /// How bad it is.
    pub severity: Severity,
}

/// Byte ranges of all lines, without their ends; there is always at least one.
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

/// The lines whose numbers (from 0) lie in `window`, with colours and waves.
pub fn lines(text: &str, waves: &[Wave], window: Range<usize>) -> Vec<Line> {
    let tokens = text::highlight(text);
    let ranges = line_ranges(text);
    let window = window.start.min(ranges.len())..window.end.min(ranges.len());
    ranges[window].iter().map(|range| line(text, range.clone(), &tokens, waves)).collect()
}

fn line(text: &str, range: Range<usize>, tokens: &[Token], waves: &[Wave]) -> Line {
    let first = tokens.partition_point(|token| token.range.end <= range.start);
    let tokens = tokens[first..].iter().take_while(|token| token.range.start < range.end);
    let tokens: Vec<&Token> = tokens.collect();
    let waves: Vec<&Wave> = waves.iter().filter(|wave| touch(&wave.range, &range)).collect();
    let mut cuts: Vec<usize> = vec![range.start, range.end];
    let edges = tokens.iter().map(|token| &token.range).chain(waves.iter().map(|wave| &wave.range));
    cuts.extend(edges.flat_map(|edge| [edge.start, edge.end]).filter(|cut| range.contains(cut)));
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).filter_map(|cut| {
        let here = cut[0]..cut[1];
        Some(Piece {
            text: text.get(here.clone())?.to_owned(),
            kind: tokens.iter().find(|token| touch(&token.range, &here)).map(|token| token.kind),
            wave: waves.iter().filter(|wave| touch(&wave.range, &here)).map(|wave| wave.severity).min(),
        })
    });
    Line { pieces: pieces.collect() }
}

fn touch(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Where the text shows what is wrong: the lines that could not be read, and the values that diagnostics name.
/// Hints draw nothing. At most `limit` waves.
pub fn waves(document: &Document, diagnostics: &[Diagnostic], limit: usize) -> Vec<Wave> {
    let ranges = line_ranges(&document.text);
    let unread = document.parsed.problems.iter().filter_map(|problem| {
        let line = ranges.get(problem.line.checked_sub(1)?)?.clone();
        let written = &document.text[line.clone()];
        let start = written.char_indices().nth(problem.column.saturating_sub(1)).map_or(0, |(at, _)| at);
        let severity = if problem.is_error { Severity::Error } else { Severity::Warning };
        let rest = written[start..].trim_end();
        let word = rest.split([' ', ',', ')']).next().filter(|word| !word.is_empty()).unwrap_or(rest);
        let start = line.start + start;
        Some(Wave { range: start..start + word.len(), severity })
    });
    let named = diagnostics.iter().filter(|found| found.severity != Severity::Hint).flat_map(|found| {
        let places = found.places.iter().filter(|place| !place.value.is_empty());
        places.filter_map(|place| {
            let at = document.plan().position(&place.id)?;
            let range = value_in_lines(document, &ranges, at, &place.value)?;
            Some(Wave { range, severity: found.severity })
        })
    });
    unread.chain(named).take(limit).collect()
}

/// The first place in the lines of a task where the value stands by itself.
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

    fn wave(range: Range<usize>) -> Wave {
        Wave { range, severity: Severity::Conflict }
    }

    fn check(text: &str, waves: &[Wave], expect: &str) {
        let shown: Vec<String> = lines(text, waves, 0..usize::MAX)
            .iter()
            .map(|line| {
                let pieces = line.pieces.iter().map(|piece| match piece.wave {
                    Some(_) => format!("~{}~", piece.text),
                    None => piece.text.clone(),
                });
                pieces.collect::<String>()
            })
            .collect();
        assert_eq!(shown.join("\n"), expect);
    }

    #[test]
    fn every_letter_is_kept_and_waves_are_cut_out() {
        check("", &[], "");
        check("a\n\nb\n", &[], "a\n\nb\n");
        check("é plan\nword", &[wave(3..5), wave(8..10)], "é ~pl~an\n~wo~rd");
        check("one", &[wave(0..3), wave(1..2)], "~o~~n~~e~");
    }

    #[test]
    fn a_window_shows_its_lines_only() {
        let all = lines("a\nb\nc", &[], 1..2);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].pieces[0].text, "b");
        assert!(lines("a", &[], 5..9).is_empty());
    }
}
