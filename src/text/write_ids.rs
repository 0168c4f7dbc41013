//! Writes the ids of tasks into their lines, where they are missing.

use std::ops::Range;

use super::Parsed;
use super::line::{Line, LineKind};
use super::sheet::Sheet;
use super::tag::{Piece, TaskLine, is_numbered};
use super::value::{read_value, write_lone_value};

/// See [`super::write_ids()`].
pub(super) fn write_ids(text: &str, parsed: &Parsed) -> String {
    let mut sheet = Sheet::of(text);
    let mut bare = Vec::new();
    let mut is_changed = false;
    for (task, lines) in parsed.plan.tasks.iter().zip(&parsed.task_lines) {
        let Some(line) = sheet.lines.get(lines.start).copied() else { continue };
        let is_bare = line.text[..line.content].trim().is_empty();
        if let Some(tag) = id_tag(&sheet.lines[lines.clone()]) {
            if tag.value == task.id.as_str() || tag.line.index != line.index {
                bare.extend(is_bare.then_some(line));
            }
            if tag.value != task.id.as_str() {
                let is_first = is_bare && tag.line.index == line.index;
                let (indent, rest) = tag.line.text[..tag.body.start].split_at(tag.line.content);
                let mut named = [indent, if is_first { "- " } else { "" }, rest].concat();
                write_lone_value(&mut named, task.id.as_str());
                named.push_str(if tag.is_closed { "" } else { ") " });
                named.extend([&tag.line.text[tag.body.end..], "\n"]);
                sheet.replace(tag.line.index, &named);
                is_changed = true;
            }
            continue;
        }
        let read = TaskLine::read(line.text, line.content);
        if read.id.as_ref().is_some_and(|id| line.text[id.clone()] == *task.id.as_str()) {
            bare.extend(is_bare.then_some(line));
            continue;
        }
        let after_box = read.checkbox.as_ref().map_or(line.content, |(range, _)| range.end);
        let rest = match &read.id {
            Some(repeated) => &line.text[repeated.end..],
            None => &line.text[after_box..],
        };
        let bullet = if is_bare { "- " } else { "" };
        let mut named = [&line.text[..line.content], bullet, &line.text[line.content..after_box]].concat();
        if read.checkbox.is_some() {
            named.push(' ');
        }
        if is_numbered(task.id.as_str()) {
            named.push_str(task.id.as_str());
        } else {
            named.push_str("@id(");
            write_lone_value(&mut named, task.id.as_str());
            named.push(')');
        }
        named.extend([" ", rest.trim_start(), "\n"]);
        sheet.replace(lines.start, &named);
        is_changed = true;
    }
    // Lines without bullets are tasks only as long as no line has a bullet.
    for line in bare.into_iter().filter(|_| is_changed) {
        sheet.replace(line.index, &[&line.text[..line.content], "- ", line.content(), "\n"].concat());
    }
    sheet.into_text()
}

/// A tag with the id of a task.
struct IdTag<'a> {
    line: Line<'a>,
    /// The range of the id in the line.
    body: Range<usize>,
    is_closed: bool,
    value: String,
}

/// The effective id tag in the lines of a task: the last one with a value, or else the last.
fn id_tag<'a>(lines: &[Line<'a>]) -> Option<IdTag<'a>> {
    let of_task = lines.iter().enumerate().take_while(|(at, line)| *at == 0 || line.kind == LineKind::Tags);
    let tags = of_task.flat_map(|(_, line)| {
        let read = TaskLine::read(line.text, line.content);
        let ids = read.pieces.into_iter().filter_map(|piece| match piece {
            Piece::Tag(tag) if line.text[tag.name.clone()] == *"id" => Some((tag.body, tag.closed)),
            _ => None,
        });
        ids.map(|(body, is_closed)| {
            let value = read_value(&line.text[body.clone()]);
            IdTag { line: *line, body, is_closed, value }
        })
    });
    tags.reduce(|last, next| if next.value.is_empty() { last } else { next })
}
