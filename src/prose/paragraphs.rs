//! Splits instructions into paragraphs and the lines of code blocks.

use std::borrow::Cow;

/// A part of a text that is read on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// A paragraph, an entry of a list or a heading; its lines are joined.
    Prose(Cow<'a, str>),
    /// A line of a code block.
    CodeLine(&'a str),
}

/// The parts of a text in order. Lines of a paragraph belong together, because people wrap them anywhere.
pub fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut in_code = false;
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        if line.starts_with("```") || line.starts_with("~~~") {
            in_code = !in_code;
            is_open = false;
        } else if in_code {
            parts.extend((!line.is_empty()).then_some(Part::CodeLine(line)));
        } else if line.is_empty() {
            is_open = false;
        } else {
            match parts.last_mut() {
                Some(Part::Prose(prose)) if is_open && !begins_entry(line) => {
                    let prose = prose.to_mut();
                    prose.push(' ');
                    prose.push_str(line);
                }
                _ => parts.push(Part::Prose(Cow::Borrowed(line))),
            }
            is_open = !line.starts_with('#');
        }
    }
    parts
}

/// The paragraphs of a text, in order, without code blocks.
pub fn prose(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Prose(prose) => Some(prose),
        Part::CodeLine(_) => None,
    })
}

/// Whether the line begins an entry of a list, a heading or a quotation.
fn begins_entry(line: &str) -> bool {
    let after_number = line.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let is_numbered = after_number.len() < line.len() && after_number.starts_with([')', '.']);
    line.starts_with(['#', '>', '|'])
        || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark))
        || is_numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_are_one_paragraph_and_entries_stand_alone() {
        let text = "Pass it in\n  `src/a.ts` so.\n\nThen:\n- one\n  more\n- two\n```sh\nnpm ci\n```\nEnd";
        let prose = |text: &str| Part::Prose(Cow::Owned(text.to_owned()));
        assert_eq!(
            parts(text),
            [
                prose("Pass it in `src/a.ts` so."),
                prose("Then:"),
                prose("- one more"),
                prose("- two"),
                Part::CodeLine("npm ci"),
                prose("End"),
            ]
        );
    }
}
