//! Classifies the lines of a text: headings, code, comments and text.

use super::front_matter::end_of_front_matter;

/// A line of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Counted from 1.
    pub number: usize,
    /// The text as written.
    pub text: &'a str,
    /// The block it belongs to.
    pub block: Block<'a>,
}

/// A kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Block<'a> {
    /// A heading with its level, from 1 to 6, and its words.
    Heading(usize, &'a str),
    /// A code block, including its fences.
    Code,
    /// A comment.
    Comment,
    /// Anything else.
    Text,
}

/// The lines after the front matter.
pub fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let start = end_of_front_matter(&lines);
    let mut state = State::default();
    let numbered = lines.into_iter().enumerate().skip(start);
    numbered.map(move |(index, text)| Line { number: index + 1, text, block: state.block(text) })
}

/// A block that the end of the text leaves open.
#[derive(Debug, Clone, Copy)]
pub struct OpenBlock {
    /// Its first line, counted from 1.
    pub line: usize,
    /// What it is called in sentences.
    pub what: &'static str,
}

/// The code block or comment that has no end; everything below its first line belongs to it.
pub fn open_at_end(text: &str) -> Option<OpenBlock> {
    let lines: Vec<&str> = text.lines().collect();
    let mut state = State::default();
    let mut open = None;
    for (index, line) in lines.iter().enumerate().skip(end_of_front_matter(&lines)) {
        state.block(line);
        open = match (state.fence, state.is_in_comment, open) {
            (None, false, _) => None,
            (_, _, Some(open)) => Some(open),
            (fence, ..) => {
                let what = if fence.is_some() { "code block" } else { "comment" };
                Some(OpenBlock { line: index + 1, what })
            }
        };
    }
    open
}

#[derive(Default)]
struct State<'a> {
    /// The fence that closes the open code block.
    fence: Option<&'a str>,
    is_in_comment: bool,
}

impl<'a> State<'a> {
    fn block(&mut self, line: &'a str) -> Block<'a> {
        let trimmed = line.trim();
        if self.is_in_comment {
            self.is_in_comment = !trimmed.contains("-->");
            Block::Comment
        } else if let Some(fence) = self.fence {
            if trimmed.starts_with(fence) && trimmed.trim_start_matches(&fence[..1]).is_empty() {
                self.fence = None;
            }
            Block::Code
        } else if let Some(fence) = opening_fence(trimmed) {
            self.fence = Some(fence);
            Block::Code
        } else if trimmed.starts_with("<!--") {
            self.is_in_comment = !trimmed.contains("-->");
            Block::Comment
        } else {
            heading(line).map_or(Block::Text, |(level, title)| Block::Heading(level, title))
        }
    }
}

fn opening_fence(trimmed: &str) -> Option<&str> {
    let sign = trimmed.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let run = trimmed.len() - trimmed.trim_start_matches(sign).len();
    (run >= 3 && !trimmed[run..].contains('`')).then(|| &trimmed[..run])
}

fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let is_heading = (1..=6).contains(&level) && rest.starts_with(' ');
    is_heading.then(|| (level, rest.trim().trim_end_matches('#').trim_end()))
}

/// Whether the line is indented.
pub fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// Whether the line starts no block of its own and so continues the paragraph before it.
pub fn is_paragraph(line: &str) -> bool {
    let begins_block = line.starts_with(['-', '*', '+', '>', '|', '#', '<', '`', '~']);
    !begins_block && !line.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_code_and_comments_are_told_apart() {
        let text = "---\na: 1\n---\n# One #\n\n~~~ sh\n# code\n~~~\n<!-- a\n## b -->\n\
                    ####### seven\n <!-- c -->\n## Two";
        let shown: Vec<String> = lines(text)
            .map(|line| {
                let block = match line.block {
                    Block::Heading(level, title) => format!("{level} {title}"),
                    block => format!("{block:?}"),
                };
                format!("{}: {block}", line.number)
            })
            .collect();
        let expected = [
            "4: 1 One",
            "5: Text",
            "6: Code",
            "7: Code",
            "8: Code",
            "9: Comment",
            "10: Comment",
            "11: Text",
            "12: Comment",
            "13: 2 Two",
        ];
        assert_eq!(shown, expected);
    }
}
