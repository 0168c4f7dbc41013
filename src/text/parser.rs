//! Parses lines to a plan. Never stops: it reports what it can't read, with its place, and reads the rest.

use std::ops::Range;

use super::Parsed;
use super::damage::{self, Suspicion};
use super::ids::{Repeated, assign_ids};
use super::line::{Line, LineKind, Lines, indentation, unescape_instructions};
use super::minutes::{read_estimate, read_number};
use super::problems::{self, Problem};
use super::tag::{Piece, Tag, TaskLine, only_tags};
use super::value::{read_amount, read_value, split, unquote};
use crate::diagnostic::{Diagnostic, Location, Place};
use crate::hidden;
use crate::plan::field::{is_task_name, read_words_or_json};
use crate::plan::normal::{self, Change, ChangeKind, MAX_TASKS};
use crate::plan::{
    Acceptance, Field, FieldMut, FieldRef, Plan, ResourceUse, Shape, Status, Task, TaskId, UnknownFields,
};

/// Nobody reads more problems than this, and computing their columns takes time.
const MAX_PROBLEMS: usize = 1_000;

/// Reads a text, as the next state of `previous` if there is one.
pub(super) fn parse(previous: Option<&Plan>, text: &str) -> Parsed {
    let mut parser = Parser { has_asterisks: text.contains('*'), ..Parser::default() };
    let lines = Lines::of(text);
    parser.parsed.plan.tasks.reserve_exact(lines.bullets().min(MAX_TASKS));
    for line in lines {
        parser.read_line(&line);
    }
    parser.finish(previous)
}

/// The state of the parser.
#[derive(Default)]
pub(super) struct Parser {
    /// The result so far, without the task being read.
    pub parsed: Parsed,
    /// The task being read, if `parsed.task_lines` has any.
    task: Task,
    /// For each task, whether its id is in the text.
    id_is_written: Vec<bool>,
    /// For each task, the location of its id, or else of the start of its line.
    id_locations: Vec<Location>,
    /// The line and bytes of the minutes of the task being read.
    minutes: Option<(usize, Range<usize>)>,
    /// Indentation of the task being read, in columns.
    margin: usize,
    group: String,
    has_title: bool,
    /// Blank lines that count only if the same goal or the same instructions continue after them.
    blank_lines: usize,
    /// Indentation of the instructions of the last task, in characters.
    indentation: usize,
    /// Whether instructions still belong to a task.
    in_task: bool,
    has_asterisks: bool,
}

impl Parser {
    fn read_line(&mut self, line: &Line) {
        match line.kind {
            LineKind::Blank => self.blank_lines += 1,
            LineKind::Comment => {}
            LineKind::Title => self.read_title(line),
            LineKind::Group => self.begin_group(read_heading(line.content())),
            LineKind::Settings => self.read_settings(line),
            LineKind::Goal => self.read_goal(line.content()),
            LineKind::Task => self.read_task(line),
            LineKind::Tags => {
                let read = TaskLine::read(line.text, line.content);
                self.read_pieces(line, &read);
                self.end_task_at(line);
            }
            LineKind::Instructions => self.read_instructions(line),
            LineKind::Note => self.note(line),
        }
        if let Some(problem) = problems::hidden_characters(line.text, || hides_in_name(line)) {
            self.report(line, problem);
        }
    }

    /// Adds a problem of a line. It refers to the task being read, if the line belongs to one.
    pub(super) fn report(&mut self, line: &Line, problem: Problem) {
        self.report_field(line, problem, "");
    }

    /// Adds a problem of a field of the task, by its JSON name.
    fn report_field(&mut self, line: &Line, problem: Problem, field: &'static str) {
        if self.parsed.problems.len() == MAX_PROBLEMS {
            return;
        }
        let value =
            if field.is_empty() { String::new() } else { line.text[problem.range.clone()].to_owned() };
        let mut diagnostic = problem.at(line);
        if self.in_task && matches!(line.kind, LineKind::Task | LineKind::Tags) {
            let task = self.parsed.task_lines.len().saturating_sub(1);
            // The id is known at the end.
            diagnostic.places.push(Place { task, id: TaskId::default(), field, value });
        }
        self.parsed.problems.push(diagnostic);
    }

    fn read_title(&mut self, line: &Line) {
        let title = read_heading(line.content());
        if !self.has_title {
            self.has_title = true;
            self.parsed.plan.title = title;
            self.in_task = false;
            return;
        }
        self.report(line, problems::second_title(line, &title));
        self.begin_group(title);
    }

    fn begin_group(&mut self, group: String) {
        self.group = group;
        self.in_task = false;
    }

    pub(super) fn read_goal(&mut self, words: &str) {
        let blank_lines = std::mem::take(&mut self.blank_lines);
        let goal = &mut self.parsed.plan.goal;
        if !goal.is_empty() {
            goal.extend(std::iter::repeat_n('\n', blank_lines + 1));
        }
        goal.push_str(words);
    }

    fn note(&mut self, line: &Line) {
        if !line.content().contains(char::is_alphanumeric) {
            return;
        }
        let above = self.in_task.then(|| (self.task.id.as_str(), self.margin + 2));
        self.report(line, problems::stray_line(line, above));
    }

    fn read_task(&mut self, line: &Line) {
        self.put_task_away();
        if self.parsed.plan.tasks.len() == MAX_TASKS {
            if self.in_task {
                self.report(line, problems::too_many_tasks(line));
            }
            self.in_task = false;
            return;
        }
        self.in_task = true;
        self.blank_lines = 0;
        let read = TaskLine::read(line.text, line.content);
        let mut title = read.title(line.text);
        normal::make_one_line(&mut title);
        self.task = Task {
            id: TaskId(read.id.clone().map(|range| line.text[range].to_owned()).unwrap_or_default()),
            title,
            status: read.checkbox.as_ref().map_or(Status::Todo, |(_, status)| *status),
            group: self.group.clone(),
            ..Task::default()
        };
        self.parsed.task_lines.push(line.index..line.index + 1);
        self.id_locations.push(location(line, read.id.clone().unwrap_or(0..0)));
        self.minutes = None;
        self.margin = indentation(line.text).0;
        self.read_pieces(line, &read);
    }

    /// Appends the task being read to the plan.
    fn put_task_away(&mut self) {
        if self.parsed.plan.tasks.len() < self.parsed.task_lines.len() {
            self.id_is_written.push(!self.task.id.as_str().is_empty());
            self.parsed.plan.tasks.push(std::mem::take(&mut self.task));
        }
    }

    fn end_task_at(&mut self, line: &Line) {
        if let Some(lines) = self.parsed.task_lines.last_mut() {
            lines.end = line.index + 1;
        }
    }

    fn read_instructions(&mut self, line: &Line) {
        if !self.in_task {
            return;
        }
        let blank_lines = std::mem::take(&mut self.blank_lines);
        self.end_task_at(line);
        if self.task.instructions.is_empty() {
            self.indentation = line.content;
            self.task.instructions.push_str(unescape_instructions(line.content()));
            return;
        }
        let words = &line.text[line.content.min(self.indentation)..];
        let instructions = &mut self.task.instructions;
        instructions.extend(std::iter::repeat_n('\n', blank_lines + 1));
        instructions.push_str(words);
    }

    fn read_pieces(&mut self, line: &Line, read: &TaskLine) {
        for piece in &read.pieces {
            match piece {
                Piece::Tag(tag) => self.read_tag(line, tag),
                Piece::Minutes(range) => self.read_task_minutes(line, range.clone()),
                Piece::BadMinutes(range) => {
                    let has_unit = read_number(&line.text[range.start + 1..range.end]).is_none();
                    let problem =
                        if has_unit { problems::unreadable_minutes } else { problems::minutes_without_unit };
                    self.report_field(line, problem(line.text, range.clone()), "minutes");
                }
                Piece::BareName(range) => self.report(line, problems::bare_tag(line.text, range.clone())),
                Piece::Text(_) | Piece::Escape(_) | Piece::Code(_) | Piece::Backticks(_) => {}
            }
        }
    }

    fn read_task_minutes(&mut self, line: &Line, range: Range<usize>) {
        let word = &line.text[range.start + 1..range.end];
        let Some((estimate, is_ordered)) = read_estimate(word) else { return };
        if !is_ordered {
            let problem = problems::minutes_out_of_order(line.text, range.clone(), estimate);
            self.report_field(line, problem, "minutes");
        }
        if self.task.minutes.replace(estimate).is_some() {
            let earlier = self.minutes.take().filter(|(of, _)| *of == line.index).map(|(_, range)| range);
            let problem = problems::minutes_twice(line.text, range.clone(), earlier);
            self.report_field(line, problem, "minutes");
        }
        self.minutes = Some((line.index, range));
    }

    fn read_tag(&mut self, line: &Line, tag: &Tag) {
        let name = &line.text[tag.name.clone()];
        let body = &line.text[tag.body.clone()];
        if !tag.closed {
            self.report_field(line, problems::unclosed_tag(line.text, tag), field_of(line, tag));
        }
        match name {
            "title" => {}
            "id" => {
                if let Some(id) = self.read_single(line, tag) {
                    self.task.id = TaskId(id);
                    if let Some(written) = self.id_locations.last_mut() {
                        *written = location(line, tag.body.clone());
                    }
                }
            }
            "json" => read_json_fields(body, is_task_name, &mut self.task.unknown),
            _ => match Field::of_tag(name) {
                Some(field) => self.read_field(line, tag, field),
                None => {
                    self.report(line, problems::unknown_tag(line.text, tag));
                    keep_unknown(name, body, is_task_name, &mut self.task.unknown);
                }
            },
        }
    }

    fn read_field(&mut self, line: &Line, tag: &Tag, field: Field) {
        let shape = field.shape();
        match shape {
            Shape::Patterns | Shape::Statements | Shape::Ids | Shape::Uses => {
                self.for_each_value(line, tag, field, |parser, raw| {
                    if shape == Shape::Patterns {
                        parser.check_pattern(line, raw.clone(), field);
                    }
                    if let Some(list) = parser.task.field_mut(field) {
                        add_value(list, &line.text[raw]);
                    }
                });
                if let Some(FieldRef::Patterns(patterns)) = self.task.field(field) {
                    self.check_number(line, tag, patterns.len(), field);
                }
            }
            Shape::Acceptances => self.read_acceptance(line, tag, field),
            Shape::Json => self.read_json_field(line, tag, field),
            Shape::Choice => self.read_choice(line, tag, field),
            _ => self.read_text(line, tag, field),
        }
    }

    fn read_text(&mut self, line: &Line, tag: &Tag, field: Field) {
        if let Some(value) = self.read_single(line, tag)
            && let Some(FieldMut::Words(text) | FieldMut::Name(text) | FieldMut::Prose(text)) =
                self.task.field_mut(field)
        {
            *text = value;
        }
    }

    fn read_choice(&mut self, line: &Line, tag: &Tag, field: Field) {
        let Some(value) = self.read_single(line, tag) else { return };
        let Some(FieldMut::Choice(choice)) = self.task.field_mut(field) else { return };
        if !choice.choose(&value) {
            let problem = problems::unknown_name(line.text, tag, &value, &choice.names());
            self.report_field(line, problem, field.name());
        }
    }

    fn read_json_field(&mut self, line: &Line, tag: &Tag, field: Field) {
        if self.read_single(line, tag).is_some()
            && let Some(FieldMut::Json(value)) = self.task.field_mut(field)
        {
            *value = read_words_or_json(&line.text[tag.body.clone()]);
        }
    }

    /// The single value of a tag; `None` if it has none, which is reported.
    fn read_single(&mut self, line: &Line, tag: &Tag) -> Option<String> {
        let value = read_value(&line.text[tag.body.clone()]);
        if !value.is_empty() {
            return Some(value);
        }
        self.report_field(line, problems::empty_tag(line.text, tag), field_of(line, tag));
        None
    }

    /// `T4: only adds a file`.
    fn read_acceptance(&mut self, line: &Line, tag: &Tag, field: Field) {
        let body = &line.text[tag.body.clone()];
        let (task, reason) = match unquote(body) {
            Some((id, rest)) => (id, rest.trim_start().trim_start_matches(':')),
            None => match body.split_once(':') {
                Some((id, reason)) => (id.trim().to_owned(), reason),
                None => (body.to_owned(), ""),
            },
        };
        if task.is_empty() {
            self.report_field(line, problems::acceptance_without_task(line.text, tag), field.name());
            return;
        }
        let reason = read_value(reason.trim());
        if let Some(FieldMut::Acceptances(list)) = self.task.field_mut(field) {
            list.push(Acceptance { task: TaskId(task), reason });
        }
    }

    fn check_quotes(&mut self, line: &Line, range: &Range<usize>, field: Field) {
        let raw = &line.text[range.clone()];
        if raw.as_bytes().first() != Some(&b'"') {
            return;
        }
        let ends_well =
            unquote(raw).is_some_and(|(_, rest)| rest.trim_start().bytes().all(|byte| byte.is_ascii_digit()));
        if !ends_well {
            self.report_field(line, problems::open_quote(line.text, range.clone()), field.name());
        }
    }

    /// Calls `take` with the range of each value of a list, except empty ones.
    fn for_each_value(
        &mut self,
        line: &Line,
        tag: &Tag,
        field: Field,
        mut take: impl FnMut(&mut Self, Range<usize>),
    ) {
        let body = &line.text[tag.body.clone()];
        let mut is_empty = true;
        for range in split(body, &[',']) {
            let raw = tag.body.start + range.start..tag.body.start + range.end;
            if !matches!(&line.text[raw.clone()], "" | "\"\"") {
                is_empty = false;
                self.check_quotes(line, &raw, field);
                take(self, raw);
            } else if !body.is_empty() {
                self.report_field(line, problems::empty_entry(line.text, tag, raw), field.name());
            }
        }
        if is_empty {
            self.report_field(line, problems::empty_tag(line.text, tag), field.name());
        }
    }

    fn check_pattern(&mut self, line: &Line, range: Range<usize>, field: Field) {
        let problem = match damage::lost_asterisks(&line.text[range.clone()]) {
            Some(Suspicion::Strong(meant)) => problems::lost_asterisks(line.text, range, meant),
            Some(Suspicion::Weak(meant)) if !self.has_asterisks => {
                problems::folder_or_lost_asterisks(line.text, range, meant)
            }
            _ => return,
        };
        self.report_field(line, problem, field.name());
    }

    fn check_number(&mut self, line: &Line, tag: &Tag, patterns: usize, field: Field) {
        if let Some(problem) = problems::many_patterns(tag, patterns) {
            self.report_field(line, problem, field.name());
        }
    }

    fn finish(mut self, previous: Option<&Plan>) -> Parsed {
        self.put_task_away();
        let Parsed { plan, problems, .. } = &mut self.parsed;
        if let Some(previous) = previous.filter(|_| plan.id.is_empty()) {
            plan.id.clone_from(&previous.id);
        }
        let mut add = |task: Option<usize>, mut diagnostic: Diagnostic| {
            if problems.len() < MAX_PROBLEMS {
                let place = |task| Place { task, id: TaskId::default(), field: "", value: String::new() };
                diagnostic.places.extend(task.map(place));
                problems.push(diagnostic);
            }
        };
        let start = Location { line: 1, column: Some(1), range: 0..0 };
        // What is hidden was told where it stands.
        let is_news =
            |change: &Change| !matches!(change.kind, ChangeKind::HiddenInText | ChangeKind::HiddenInName);
        normal::normalise_header(plan, &mut |change| {
            if is_news(&change) {
                add(None, problems::changed_value(start.clone(), &change));
            }
        });
        let mut renamed = normal::Renamed::default();
        for (position, (task, location)) in plan.tasks.iter_mut().zip(&self.id_locations).enumerate() {
            renamed.normalise(task, &mut |change| {
                if is_news(&change) {
                    add(Some(position), problems::changed_value(location.clone(), &change));
                }
            });
        }
        renamed.follow(&mut plan.tasks);
        for Repeated { position, id } in assign_ids(&mut plan.tasks, &mut self.id_is_written, previous) {
            let location = self.id_locations[position].clone();
            add(Some(position), problems::repeated_id(location, &id, &plan.tasks[position].id));
        }
        problems.sort_by_key(|problem| problem.location.as_ref().map(|at| (at.line, at.column)));
        if let Some(last) = problems.last().filter(|_| problems.len() == MAX_PROBLEMS) {
            let more = last.location.clone().map(problems::more_problems);
            problems.extend(more);
        }
        for place in problems.iter_mut().flat_map(|problem| &mut problem.places) {
            place.id.clone_from(&plan.tasks[place.task].id);
        }
        self.parsed
    }
}

/// Whether a line that hides something hides it in a name or a path.
fn hides_in_name(line: &Line) -> bool {
    let has_names = |tag: &Tag| {
        Field::of_tag(&line.text[tag.name.clone()]).is_none_or(|field| {
            !matches!(field.shape(), Shape::Statements | Shape::Acceptances | Shape::Json)
        })
    };
    match line.kind {
        LineKind::Settings => true,
        LineKind::Task | LineKind::Tags => TaskLine::read(line.text, line.content).pieces.iter().any(
            |piece| matches!(piece, Piece::Tag(tag) if has_names(tag) && hidden::is_in(&line.text[tag.start..tag.end])),
        ),
        _ => false,
    }
}

/// The location of a range in a line.
fn location(line: &Line, range: Range<usize>) -> Location {
    Location {
        line: line.index + 1,
        column: Some(line.text[..range.start].chars().count() + 1),
        range: line.start + range.start..line.start + range.end,
    }
}

/// The name of the field that a tag sets; empty for an unknown tag.
fn field_of(line: &Line, tag: &Tag) -> &'static str {
    Field::of_tag(&line.text[tag.name.clone()]).map_or("", Field::name)
}

/// The words of a heading: the body of `@title(…)` if there is nothing else, or the content without the
/// backslashes that escape Markdown.
pub(super) fn read_heading(content: &str) -> String {
    if content.contains("@title(") && only_tags(content.trim()) {
        return TaskLine::read(content, 0).title(content);
    }
    let mut words = String::with_capacity(content.len());
    let mut letters = content.trim().chars().peekable();
    while let Some(letter) = letters.next() {
        match letters.peek() {
            Some(next) if letter == '\\' && next.is_ascii_punctuation() => words.extend(letters.next()),
            _ => words.push(letter),
        }
    }
    normal::make_one_line(&mut words);
    words
}

/// Adds one written value to a list.
fn add_value(list: FieldMut<'_>, raw: &str) {
    match list {
        FieldMut::Patterns(list) | FieldMut::Statements(list) => list.push(read_value(raw)),
        FieldMut::Ids(list) => list.push(TaskId(read_value(raw))),
        FieldMut::Uses(list) => {
            let (resource, amount) = read_amount(raw);
            list.push(ResourceUse { resource, amount });
        }
        _ => {}
    }
}

/// Stores a field of another version of the program. Two values under one name become a list.
pub(super) fn keep_unknown(name: &str, body: &str, is_known: fn(&str) -> bool, unknown: &mut UnknownFields) {
    use serde_json::Value;
    let value = read_words_or_json(body);
    let name = if is_known(name) { format!("@{name}") } else { name.to_owned() };
    match unknown.get_mut(&name) {
        None => {
            unknown.insert(name, value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// `@json({"name": value})`: fields whose names can't be tags.
pub(super) fn read_json_fields(body: &str, is_known: fn(&str) -> bool, unknown: &mut UnknownFields) {
    match serde_json::from_str::<UnknownFields>(body) {
        Ok(fields) if fields.keys().all(|name| !is_known(name)) => unknown.extend(fields),
        _ => keep_unknown("json", body, is_known, unknown),
    }
}
