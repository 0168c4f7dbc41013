//! Minimal edits of an existing text: everything unrelated to a change of the plan is preserved, to the last
//! space.
//!
//! Tasks in unchanged order stay in place; a longest increasing subsequence finds them. The result is parsed
//! to verify it. If it is not the requested plan, unwritten ids are added; if that is not enough, the whole
//! plan is printed.

use rustc_hash::FxHashMap;

use super::Parsed;
use super::Spelling;
use super::line::{Line, LineKind, Lines};
use super::parser::{parse, read_heading};
use super::printer::{
    Style, print, write_goal, write_heading, write_instructions, write_settings, write_task, write_task_line,
};
use super::sheet::Sheet;
use super::tag::{Piece, TaskLine};
use super::write_ids::write_ids;
use crate::plan::{Plan, Task};
use crate::sort::longest_increasing;

/// See [`super::rewrite()`].
pub(super) fn rewrite(text: &str, from: &Plan, to: &Plan) -> String {
    let read = parse(None, text);
    let (mut from, mut to) = (from.clone(), to.clone());
    // A text without the id of its plan stays without it.
    if read.plan.id.is_empty() {
        from.id.clear();
        to.id.clear();
    }
    if read.plan == to {
        return text.to_owned();
    }
    // Not with the ids of the new plan: two of its tasks may share a title, and a line would be attributed to
    // the wrong one.
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

/// Changes the lines that differ; `from` is the text as parsed, with the ids of `to`.
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
    /// The spelling for lines without tags.
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

    /// Replaces these lines with `text`, or inserts it before line `otherwise` if there are none.
    fn replace_all(&mut self, lines: &[usize], otherwise: usize, text: &str) {
        self.sheet.insert(lines.first().copied().unwrap_or(otherwise), text);
        lines.iter().for_each(|line| self.sheet.remove(*line));
    }

    /// The line after the title, settings and goal.
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
        // For each new place, the first line of the next unmoved task.
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

    /// Lines that belong to no task are notes only below a task; above the first task they would be read as
    /// the goal. Turns those that the first tasks leave behind into comments.
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

    /// The place for a task before all others.
    fn first_place(&self) -> usize {
        let header = self.end_of_header();
        let lines = &self.sheet.lines;
        match lines[header..].iter().position(|line| line.kind != LineKind::Blank) {
            Some(blank) if lines[header + blank].kind == LineKind::Group => header,
            Some(blank) => header + blank,
            None => lines.len(),
        }
    }

    /// The group headings, with the groups they begin. If all unmoved tasks under a heading now belong to one
    /// other group, the heading is renamed.
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

    /// Inserts a task that is new or moved.
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

    /// Changes the lines of an unmoved task.
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

    /// The style of a task line, with a bullet if it had none.
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

/// A place between lines, and the group of a task inserted there.
struct Cursor<'a> {
    line: usize,
    group: String,
    /// The headings after this place.
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

    /// Moves after the next heading of this group, if that is before line `limit` and the place is not
    /// already in the group.
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

/// Whether two tasks have the same task line, ignoring instructions and groups.
fn same_line(a: &Task, b: &Task) -> bool {
    let line = |task: &Task| Task { instructions: String::new(), group: String::new(), ..task.clone() };
    a == b || line(a) == line(b)
}

/// The spelling of the tags in a task line; `None` if it has none.
fn spelling_of(line: &Line) -> Option<Spelling> {
    let read = TaskLine::read(line.text, line.content);
    read.pieces.iter().find_map(|piece| match piece {
        Piece::Backticks(_) => Some(Spelling::Document),
        Piece::Tag(_) | Piece::Minutes(_) => Some(Spelling::Typing),
        _ => None,
    })
}

/// Whether a `>` line contains settings. If not, it is part of the goal.
fn is_settings(line: &Line) -> bool {
    line.kind == LineKind::Settings && parse(None, line.text).plan.goal.is_empty()
}
