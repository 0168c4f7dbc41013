//! Small changes of an existing text: what a change of the plan does not touch stays, to the last space.
//!
//! Tasks that keep their order stay where they are; the longest increasing subsequence says which (Fredman 1975, "On
//! computing the length of longest increasing subsequences"). The result is read back; should it not be the plan that was
//! asked for, ids that were never written are written down, and if that does not help either, the whole plan is printed.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Parsed;
use super::Spelling;
use super::line::{Line, LineKind, Lines};
use super::parser::{parse, read_heading};
use super::printer::{
    Style, print, write_goal, write_heading, write_instructions, write_settings, write_task, write_task_line,
};
use super::sheet::Sheet;
use super::tag::{Piece, TaskLine, is_numbered};
use super::value::{read_value, write_lone_value};
use crate::plan::{Plan, Task};

/// See [`super::rewrite`].
pub(super) fn rewrite(text: &str, from: &Plan, to: &Plan) -> String {
    let read = parse(None, text);
    let (mut from, mut to) = (from.clone(), to.clone());
    // A text that does not say which plan it is stays so.
    if read.plan.id.is_empty() {
        from.id.clear();
        to.id.clear();
    }
    if read.plan == to {
        return text.to_owned();
    }
    // Not with the ids of the plan that is wanted: two of its tasks may have one title, and a line would be taken for the other's.
    let from = parse(Some(&from), text);
    let changed = change(text, &from, &to);
    if parse(None, &changed).plan == to {
        return changed;
    }
    let named = write_ids(text, &from);
    let changed = change(&named, &parse(Some(&to), &named), &to);
    if parse(None, &changed).plan == to {
        return changed;
    }
    let has_code_spans = Lines::of(text)
        .any(|line| line.kind == LineKind::Task && spelling_of(&line) == Some(Spelling::Document));
    print(&to, if has_code_spans { Spelling::Document } else { Spelling::Typing })
}

/// See [`super::write_ids`].
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
    // Lines without bullets are tasks only as long as no line has one.
    for line in bare.into_iter().filter(|_| is_changed) {
        sheet.replace(line.index, &[&line.text[..line.content], "- ", line.content(), "\n"].concat());
    }
    sheet.into_text()
}

/// A tag that says the id of a task.
struct IdTag<'a> {
    line: Line<'a>,
    /// Where the id stands in the line.
    body: Range<usize>,
    is_closed: bool,
    value: String,
}

/// The tag that counts among those in the lines of a task: the last that says anything, else the last.
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

/// Changes the lines that have to change; `from` is how the text is read now, with the ids of `to`.
fn change(text: &str, from: &Parsed, to: &Plan) -> String {
    let mut change = Change { sheet: Sheet::of(text), from, to, spelling: Spelling::Typing };
    let spellings =
        change.sheet.lines.iter().filter(|line| line.kind == LineKind::Task).find_map(spelling_of);
    change.spelling = spellings.unwrap_or(Spelling::Typing);
    change.change_header();
    change.change_tasks();
    change.sheet.into_text()
}

struct Change<'a> {
    sheet: Sheet<'a>,
    from: &'a Parsed,
    to: &'a Plan,
    /// Where lines without tags would have them.
    spelling: Spelling,
}

impl Change<'_> {
    fn change_header(&mut self) {
        let (from, to, spelling) = (&self.from.plan, self.to, self.spelling);
        let title_line = self.sheet.lines.iter().position(|line| line.kind == LineKind::Title);
        if from.title != to.title {
            let mut title = String::new();
            if !to.title.is_empty() {
                write_heading(&mut title, 1, &to.title, spelling);
            }
            self.replace_all(&title_line.map_or(Vec::new(), |line| vec![line]), 0, &title);
        }
        let below_title = title_line.map_or(0, |line| line + 1);
        let settings_lines = self.positions(is_settings);
        if (&from.settings, &from.resources, &from.unknown, &from.id)
            != (&to.settings, &to.resources, &to.unknown, &to.id)
        {
            let mut settings = String::new();
            write_settings(&mut settings, to, spelling);
            self.replace_all(&settings_lines, below_title, &settings);
        }
        if from.goal != to.goal {
            let first_task = self.from.task_lines.first().map_or(usize::MAX, |lines| lines.start);
            let is_quotation = |line: &Line| {
                line.kind == LineKind::Settings && line.index < first_task && !is_settings(line)
            };
            let goal_lines = self.positions(|line| line.kind == LineKind::Goal || is_quotation(line));
            let mut goal = String::new();
            write_goal(&mut goal, &to.goal);
            let below_header = self.end_of_header();
            if goal_lines.is_empty() && !goal.is_empty() {
                goal.insert(0, '\n');
                if self.sheet.lines.get(below_header).is_some_and(|line| line.kind != LineKind::Blank) {
                    goal.push('\n');
                }
            }
            self.replace_all(&goal_lines, below_header, &goal);
        }
    }

    fn positions(&self, which: impl Fn(&Line) -> bool) -> Vec<usize> {
        self.sheet.lines.iter().filter(|line| which(line)).map(|line| line.index).collect()
    }

    /// Puts `text` in the place of these lines, or before line `otherwise` if there are none.
    fn replace_all(&mut self, lines: &[usize], otherwise: usize, text: &str) {
        self.sheet.insert(lines.first().copied().unwrap_or(otherwise), text);
        lines.iter().for_each(|line| self.sheet.remove(*line));
    }

    /// The line behind title, settings and goal.
    fn end_of_header(&self) -> usize {
        let lines = &self.sheet.lines;
        let end = lines.iter().position(|line| matches!(line.kind, LineKind::Task | LineKind::Group));
        let header = &lines[..end.unwrap_or(lines.len())];
        header
            .iter()
            .rposition(|line| !matches!(line.kind, LineKind::Blank | LineKind::Comment))
            .map_or(0, |last| last + 1)
    }

    fn change_tasks(&mut self) {
        let (from, to) = (self.from, self.to);
        let place_of: FxHashMap<_, _> =
            to.tasks.iter().enumerate().map(|(place, task)| (&task.id, place)).collect();
        let new_places: Vec<_> = from.plan.tasks.iter().map(|task| place_of.get(&task.id).copied()).collect();
        let stays = longest_increasing(&new_places);
        let mut old_places = vec![None; to.tasks.len()];
        for (old, new) in new_places.iter().enumerate() {
            if !stays[old] {
                self.remove_task(old);
            }
            if let Some(new) = new {
                old_places[*new] = Some(old);
            }
        }
        self.keep_notes_out_of_goal(&old_places, &stays);
        // For each new place, the line where the next task that stays begins.
        let mut limits = vec![self.sheet.lines.len(); to.tasks.len()];
        for new in (0..to.tasks.len()).rev() {
            let staying = old_places[new].filter(|old| stays[*old]).map(|old| from.task_lines[old].start);
            limits[new] = staying.or(limits.get(new + 1).copied()).unwrap_or(limits[new]);
        }
        let headings = self.headings(&new_places, &stays);
        let mut cursor = Cursor { line: self.first_place(), group: String::new(), headings: &headings };
        for (new, task) in to.tasks.iter().enumerate() {
            match old_places[new] {
                Some(old) if stays[old] => {
                    let lines = &from.task_lines[old];
                    cursor.walk_to(lines.start);
                    self.enter_group(&mut cursor, &task.group);
                    self.change_task(old, task);
                    cursor.line = lines.end;
                }
                old => {
                    cursor.look_for_group(&task.group, limits[new], &self.sheet.lines);
                    self.enter_group(&mut cursor, &task.group);
                    self.insert_task(cursor.line, old, task);
                }
            }
        }
    }

    /// Lines that belong to no task are notes only below a task; above the first one they would be read as the goal. Those that
    /// the first tasks leave behind become comments.
    fn keep_notes_out_of_goal(&mut self, old_places: &[Option<usize>], stays: &[bool]) {
        let first = self.from.task_lines.first().map_or(0, |lines| lines.start);
        let end = match old_places.first() {
            Some(Some(old)) if stays[*old] => self.from.task_lines[*old].start,
            Some(_) => return,
            None => self.sheet.lines.len(),
        };
        for at in first..end {
            let line = self.sheet.lines[at];
            if line.kind == LineKind::Note {
                let words = line.content().replace("--", "- -");
                self.sheet.replace(at, &["<!-- ", &words, " -->\n"].concat());
            }
        }
    }

    /// Where a task goes that comes before all others.
    fn first_place(&self) -> usize {
        let header = self.end_of_header();
        let lines = &self.sheet.lines;
        match lines[header..].iter().position(|line| line.kind != LineKind::Blank) {
            Some(blank) if lines[header + blank].kind == LineKind::Group => header,
            Some(blank) => header + blank,
            None => lines.len(),
        }
    }

    /// The headings of groups, with the groups they begin. A heading under which all tasks that stay have gone to one other
    /// group is given the name of that group.
    fn headings(&mut self, new_places: &[Option<usize>], stays: &[bool]) -> Vec<Heading> {
        let is_group = |line: &Line| line.kind == LineKind::Group;
        let heading_lines = self.positions(is_group);
        let mut headings = Vec::with_capacity(heading_lines.len());
        let mut old = 0;
        for (index, &line) in heading_lines.iter().enumerate() {
            let end = heading_lines.get(index + 1).copied().unwrap_or(self.sheet.lines.len());
            let mut groups = Vec::new();
            while let Some(lines) = self.from.task_lines.get(old).filter(|lines| lines.start < end) {
                if lines.start > line
                    && stays[old]
                    && let Some(new) = new_places[old]
                {
                    groups.push(&self.to.tasks[new].group);
                }
                old += 1;
            }
            let mut group = read_heading(self.sheet.lines[line].content());
            if let Some(first) = groups.first().filter(|first| groups.iter().all(|group| group == *first))
                && **first != group
            {
                group.clone_from(first);
                let mut heading = String::new();
                write_heading(&mut heading, 2, &group, self.spelling);
                self.sheet.replace(line, &heading);
            }
            headings.push(Heading { line, group });
        }
        headings
    }

    fn enter_group(&mut self, cursor: &mut Cursor, group: &str) {
        if cursor.group != group {
            let mut heading = String::new();
            write_heading(&mut heading, 2, group, self.spelling);
            self.sheet.insert_block(cursor.line, &heading);
            group.clone_into(&mut cursor.group);
        }
    }

    fn remove_task(&mut self, old: usize) {
        for line in self.from.task_lines[old].clone() {
            if belongs_to_task(&self.sheet.lines[line]) {
                self.sheet.remove(line);
            }
        }
    }

    /// Puts in a task that was elsewhere in the text, or nowhere.
    fn insert_task(&mut self, at: usize, old: Option<usize>, task: &Task) {
        let mut text = String::new();
        match old {
            Some(old) if same_line(&self.from.plan.tasks[old], task) && self.same_instructions(old, task) => {
                for line in &self.sheet.lines[self.from.task_lines[old].clone()] {
                    if belongs_to_task(line) {
                        text.extend([line.text, "\n"]);
                    }
                }
            }
            _ => {
                let first = self.sheet.lines.iter().find(|line| line.kind == LineKind::Task).copied();
                let style = first.map_or(Style::of(self.spelling), |line| self.style_of(&line));
                write_task(&mut text, task, style);
            }
        }
        let is_first =
            at == self.end_of_header() || at == self.sheet.lines.len() && self.from.task_lines.is_empty();
        if is_first { self.sheet.insert_block(at, &text) } else { self.sheet.insert(at, &text) }
    }

    fn same_instructions(&self, old: usize, task: &Task) -> bool {
        self.from.plan.tasks[old].instructions == task.instructions
    }

    /// Changes the lines of a task that stays where it is.
    fn change_task(&mut self, old: usize, task: &Task) {
        let lines = self.from.task_lines[old].clone();
        let line = self.sheet.lines[lines.start];
        let style = self.style_of(&line);
        let tags = self.sheet.lines[lines.clone()]
            .iter()
            .skip(1)
            .take_while(|line| line.kind == LineKind::Tags)
            .count();
        let behind_tags = lines.start + 1 + tags;
        if !same_line(&self.from.plan.tasks[old], task) {
            let mut text = String::new();
            write_task_line(&mut text, task, style);
            self.sheet.replace(lines.start, &text);
            (lines.start + 1..behind_tags).for_each(|line| self.sheet.remove(line));
        }
        if !self.same_instructions(old, task) {
            let mut text = String::new();
            write_instructions(&mut text, &task.instructions, style);
            self.sheet.insert(behind_tags, &text);
            for line in behind_tags..lines.end {
                if belongs_to_task(&self.sheet.lines[line]) {
                    self.sheet.remove(line);
                }
            }
        }
    }

    /// How a task line is written; one without a bullet is given one.
    fn style_of<'b>(&self, line: &Line<'b>) -> Style<'b> {
        let bullet = &line.text[..line.content];
        let spelling = spelling_of(line).unwrap_or(self.spelling);
        let has_box = TaskLine::read(line.text, line.content).checkbox.is_some();
        Style { bullet: if bullet.trim().is_empty() { "- " } else { bullet }, has_box, spelling }
    }
}

/// A heading of a group.
struct Heading {
    line: usize,
    group: String,
}

/// A place between lines, and the group that a task there would be in.
struct Cursor<'a> {
    line: usize,
    group: String,
    /// The headings behind this place.
    headings: &'a [Heading],
}

impl Cursor<'_> {
    fn walk_to(&mut self, line: usize) {
        while let Some((heading, rest)) =
            self.headings.split_first().filter(|(heading, _)| heading.line < line)
        {
            self.group.clone_from(&heading.group);
            self.headings = rest;
        }
        self.line = line;
    }

    /// Goes behind the next heading of this group, if it comes before line `limit` and the place is not in the group.
    fn look_for_group(&mut self, group: &str, limit: usize, lines: &[Line]) {
        if self.group == group {
            return;
        }
        let heading = self
            .headings
            .iter()
            .take_while(|heading| heading.line < limit)
            .find(|heading| heading.group == group);
        let Some(heading) = heading else { return };
        let behind = heading.line + 1;
        let blank = lines[behind..].iter().take_while(|line| line.kind == LineKind::Blank).count();
        let meets_task = lines.get(behind + blank).is_some_and(|line| line.kind == LineKind::Task);
        self.walk_to(if meets_task { behind + blank } else { behind });
    }
}

fn belongs_to_task(line: &Line) -> bool {
    matches!(line.kind, LineKind::Task | LineKind::Tags | LineKind::Instructions | LineKind::Blank)
}

/// Whether two tasks have the same task line, whatever their instructions and groups.
fn same_line(a: &Task, b: &Task) -> bool {
    let line = |task: &Task| Task { instructions: String::new(), group: String::new(), ..task.clone() };
    a == b || line(a) == line(b)
}

/// Where the tags of a task line stand; `None` if it has none.
fn spelling_of(line: &Line) -> Option<Spelling> {
    let read = TaskLine::read(line.text, line.content);
    read.pieces.iter().find_map(|piece| match piece {
        Piece::Backticks(_) => Some(Spelling::Document),
        Piece::Tag(_) | Piece::Minutes(_) => Some(Spelling::Typing),
        _ => None,
    })
}

/// Whether a `>` line holds settings. One that does not is part of the goal.
fn is_settings(line: &Line) -> bool {
    line.kind == LineKind::Settings && parse(None, line.text).plan.goal.is_empty()
}

/// Which values belong to one longest increasing subsequence; `None` belongs to none. O(n log n).
fn longest_increasing(values: &[Option<usize>]) -> Vec<bool> {
    // Position of the smallest value that ends a subsequence of each length, and the position before each position.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; values.len()];
    for (position, value) in values.iter().enumerate().filter(|(_, value)| value.is_some()) {
        let length = ends.partition_point(|end| values[*end] < *value);
        before[position] = length.checked_sub(1).map(|shorter| ends[shorter]);
        if length < ends.len() { ends[length] = position } else { ends.push(position) }
    }
    let mut belongs = vec![false; values.len()];
    let mut position = ends.last().copied();
    while let Some(at) = position {
        belongs[at] = true;
        position = before[at];
    }
    belongs
}
