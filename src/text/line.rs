//! Classifies the lines of a text.
//!
//! The parser, the highlighter and the rewriter all use this classification.

use super::tag::{TaskLine, has_tags, only_tags};

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Only white space.
    Blank,
    /// An HTML comment, or an empty bullet.
    Comment,
    /// `# title`.
    Title,
    /// `## group`.
    Group,
    /// `> settings`.
    Settings,
    /// Part of the goal.
    Goal,
    /// The first line of a task.
    Task,
    /// Tags that continue the line before.
    Tags,
    /// Part of the instructions of a task.
    Instructions,
    /// Words that belong to nothing.
    Note,
}

/// One line of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Counted from 0.
    pub index: usize,
    /// Byte position of the line in the text.
    pub start: usize,
    /// The line without its line end.
    pub text: &'a str,
    /// Its kind.
    pub kind: LineKind,
    /// Byte position of the content within the line: after the bullet, the `#`s or the indentation.
    pub content: usize,
}

impl<'a> Line<'a> {
    /// The line without its marker.
    pub fn content(&self) -> &'a str {
        &self.text[self.content..]
    }
}

/// The kind of a line judged without its context, as if it were at the margin.
enum Shape {
    Plain,
    Comment,
    Title,
    Group,
    Settings,
    Bullet,
}

/// Reads the lines of a text in order. Linear.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    index: usize,
    /// The number of tasks with a bullet. If it is zero, plain lines are tasks (pasted or typed in a hurry).
    bullets: usize,
    /// Whether there is a title or a line of settings. If so, plain lines without tags are the goal.
    document: bool,
    /// Whether tasks without a bullet are recognised by their ids: text copied from a rendered page has lost
    /// its bullets.
    ids_tell_tasks: bool,
    in_group: bool,
    any_task: bool,
    /// Indentation of the last task, if the lines below it can still belong to it.
    task: Option<usize>,
    tags_may_follow: bool,
}

impl<'a> Lines<'a> {
    /// Every line of `text`.
    pub fn of(text: &'a str) -> Lines<'a> {
        let mut lines = Lines {
            text,
            at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 },
            index: 0,
            bullets: 0,
            document: false,
            ids_tell_tasks: false,
            in_group: false,
            any_task: false,
            task: None,
            tags_may_follow: false,
        };
        lines.look_ahead();
        lines
    }

    /// The number of lines at the margin with a bullet.
    pub fn bullets(&self) -> usize {
        self.bullets
    }

    fn look_ahead(&mut self) {
        let mut at = self.at;
        let mut with_id = 0;
        let mut tags_without_id = false;
        while let Some((line, next)) = cut_line(self.text, at) {
            at = next;
            if indentation(line).0 < 2 {
                match shape(line).0 {
                    Shape::Bullet => self.bullets += 1,
                    Shape::Title | Shape::Settings => self.document = true,
                    Shape::Plain if self.bullets == 0 && begins_with_id(line) => with_id += 1,
                    Shape::Plain if self.bullets == 0 => tags_without_id |= has_tags(line),
                    _ => {}
                }
            }
        }
        self.ids_tell_tasks = with_id >= 2 && !tags_without_id;
    }

    fn classify(&mut self, line: &str) -> (LineKind, usize) {
        let (width, content) = indentation(line);
        if content == line.len() {
            return (LineKind::Blank, content);
        }
        let below_task = self.task.is_some_and(|task| width >= task + 2);
        if below_task && self.tags_may_follow && only_tags(&line[content..]) {
            return (LineKind::Tags, content);
        }
        self.tags_may_follow = false;
        if below_task {
            return (LineKind::Instructions, content);
        }
        if is_escaped(line) {
            return if self.any_task { (LineKind::Note, 0) } else { (LineKind::Goal, 1) };
        }
        let (shape, inner) = shape(line);
        let indented = self.task.is_none() && width >= 2;
        match shape {
            Shape::Bullet => self.begin_task(width, inner),
            Shape::Plain if self.is_task_without_bullet(line) => self.begin_task(width, content),
            Shape::Comment if !indented => (LineKind::Comment, content),
            Shape::Title if !indented => self.begin_section(LineKind::Title, inner),
            Shape::Group if !indented => self.begin_section(LineKind::Group, inner),
            Shape::Settings if !indented => (LineKind::Settings, inner),
            _ if self.any_task => (LineKind::Note, content),
            _ => (LineKind::Goal, 0),
        }
    }

    fn is_task_without_bullet(&self, line: &str) -> bool {
        let has_tags = || has_tags(line.trim_start_matches('\\'));
        self.bullets == 0
            && if self.ids_tell_tasks {
                begins_with_id(line) || has_tags()
            } else {
                !self.document || self.in_group || has_tags()
            }
    }

    fn begin_task(&mut self, width: usize, content: usize) -> (LineKind, usize) {
        self.any_task = true;
        self.task = Some(width);
        self.tags_may_follow = true;
        (LineKind::Task, content)
    }

    fn begin_section(&mut self, kind: LineKind, content: usize) -> (LineKind, usize) {
        self.task = None;
        self.in_group |= kind == LineKind::Group;
        (kind, content)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let (text, next) = cut_line(self.text, self.at)?;
        let (kind, content) = self.classify(text);
        let line = Line { index: self.index, start: self.at, text, kind, content };
        self.at = next;
        self.index += 1;
        Some(line)
    }
}

/// The line at byte `at`, and the start of the next one. A line ends with `\n`, `\r\n` or `\r`.
pub(super) fn cut_line(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = &text[at..];
    if rest.is_empty() {
        return None;
    }
    let end = rest.bytes().position(|byte| byte == b'\n' || byte == b'\r').unwrap_or(rest.len());
    let line_end = match rest.as_bytes()[end..] {
        [b'\r', b'\n', ..] => 2,
        [_, ..] => 1,
        [] => 0,
    };
    Some((&rest[..end], at + end + line_end))
}

/// Width of the white space at the start of a line, and its number of bytes. A tab counts as four columns.
pub(super) fn indentation(line: &str) -> (usize, usize) {
    let bytes = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let tabs = line[..bytes].bytes().filter(|byte| *byte == b'\t').count();
    let blank = line[bytes..].trim_start().is_empty();
    (bytes + 3 * tabs, if blank { line.len() } else { bytes })
}

/// The shape of a line, and where its content begins.
fn shape(line: &str) -> (Shape, usize) {
    let start = indentation(line).1;
    let rest = &line[start..];
    match rest.as_bytes().first() {
        Some(b'#') => {
            let level = rest.bytes().take_while(|byte| *byte == b'#').count();
            if level > 6 || !(rest.len() == level || rest[level..].starts_with([' ', '\t'])) {
                return (Shape::Plain, start);
            }
            (if level == 1 { Shape::Title } else { Shape::Group }, start + level)
        }
        Some(b'>') => (Shape::Settings, start + 1),
        Some(b'<') if rest.starts_with("<!--") && rest.trim_end().ends_with("-->") => (Shape::Comment, start),
        Some(b'-' | b'*' | b'0'..=b'9') => bullet(line, start),
        _ => (Shape::Plain, start),
    }
}

fn bullet(line: &str, start: usize) -> (Shape, usize) {
    let rest = &line[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let length = match digits {
        0 => 1,
        1..=9 if rest[digits..].starts_with('.') => digits + 1,
        _ => return (Shape::Plain, start),
    };
    let behind = &rest[length..];
    let content = behind.trim_start();
    if content.is_empty() || is_empty_box(content) {
        return (if digits == 0 { Shape::Comment } else { Shape::Plain }, start);
    }
    if !behind.starts_with([' ', '\t']) {
        return (Shape::Plain, start);
    }
    (Shape::Bullet, line.len() - content.len())
}

/// Whether the line begins with an id, after an optional box.
fn begins_with_id(line: &str) -> bool {
    line.trim_start().starts_with(['T', '[']) && TaskLine::read(line, 0).id.is_some()
}

fn is_empty_box(content: &str) -> bool {
    matches!(content.trim_end().as_bytes(), [b'[', b' ' | b'x' | b'X', b']'])
}

/// Whether the line would be read as something else than the goal.
fn is_special(line: &str) -> bool {
    let (width, content) = indentation(line);
    content < line.len()
        && (has_tags(line)
            || begins_with_id(line)
            || match shape(line).0 {
                Shape::Plain => false,
                Shape::Bullet => true,
                _ => width < 2,
            })
}

/// Whether the line begins with a backslash that escapes its marker.
fn is_escaped(line: &str) -> bool {
    line.starts_with('\\') && is_special(line.trim_start_matches('\\'))
}

/// Whether a line of the goal needs a backslash.
pub(super) fn needs_escape(line: &str) -> bool {
    is_special(line.trim_start_matches('\\'))
}

/// Whether the first line of instructions needs a backslash, because it is all tags or indented.
pub(super) fn instructions_need_escape(first: &str) -> bool {
    let line = first.trim_start_matches('\\');
    line.starts_with([' ', '\t']) || only_tags(line)
}

/// The first line of instructions without the backslash that prevents reading it as tags.
pub(super) fn unescape_instructions(first: &str) -> &str {
    match first.strip_prefix('\\') {
        Some(rest) if instructions_need_escape(first) => rest,
        _ => first,
    }
}
