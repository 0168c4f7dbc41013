//! From lines to a plan. Nothing stops it: what can't be read is reported with its place, and the rest goes on.

use std::ops::Range;

use super::damage::{Suspicion, lost_asterisks};
use super::ids::assign_ids;
use super::line::{Line, LineKind, Lines, unescape_instructions};
use super::minutes::read_estimate;
use super::tag::{Piece, Tag, TaskLine, only_tags};
use super::value::{read_amount, read_value, split, unquote};
use super::{Parsed, TextProblem};
use crate::plan::restore::{self, MAX_TASKS};
use crate::plan::{Acceptance, Estimate, Kind, Plan, ResourceUse, Status, Task, TaskId, UnknownFields};

/// More patterns than this in one task are reported: they are kept, but hardly anyone can judge them.
const MANY_PATTERNS: usize = 64;

/// Nobody reads more problems than this, and their columns take time.
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

/// What has been read so far.
#[derive(Default)]
pub(super) struct Parser {
    /// Everything but the task that is being read.
    pub parsed: Parsed,
    /// The task that is being read, if `parsed.task_lines` has any.
    task: Task,
    /// For each task, whether its id stands in the text.
    id_is_written: Vec<bool>,
    group: String,
    has_title: bool,
    /// Blank lines that count if the same goal or the same instructions go on behind them.
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
    }

    pub(super) fn problem(&mut self, line: &Line, byte: usize, is_error: bool, message: String) {
        if self.parsed.problems.len() == MAX_PROBLEMS {
            return;
        }
        let column = line.text[..byte].chars().count() + 1;
        self.parsed.problems.push(TextProblem { line: line.index + 1, column, message, is_error });
    }

    pub(super) fn error(&mut self, line: &Line, byte: usize, message: String) {
        self.problem(line, byte, true, message);
    }

    pub(super) fn hint(&mut self, line: &Line, byte: usize, message: String) {
        self.problem(line, byte, false, message);
    }

    fn read_title(&mut self, line: &Line) {
        let title = read_heading(line.content());
        if !self.has_title {
            self.has_title = true;
            self.parsed.plan.title = title;
            self.in_task = false;
            return;
        }
        self.hint(
            line,
            0,
            format!("A plan has one title, so “{title}” is read as a group. Write `## {title}`."),
        );
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
        let owner = match self.task.id.as_str() {
            id if self.in_task && !id.is_empty() => id,
            _ => "the task above",
        };
        let message = format!(
            "This line belongs to no task. Start it with `- ` to make it a task, or indent it by two spaces to add it \
             to the instructions of {owner}."
        );
        self.hint(line, line.content, message);
    }

    fn read_task(&mut self, line: &Line) {
        self.put_task_away();
        if self.parsed.plan.tasks.len() == MAX_TASKS {
            if self.in_task {
                let message = format!("A plan holds {MAX_TASKS} tasks; this one and all below are not read.");
                self.error(line, line.content, message);
            }
            self.in_task = false;
            return;
        }
        self.in_task = true;
        self.blank_lines = 0;
        let read = TaskLine::read(line.text, line.content);
        let mut title = read.title(line.text);
        restore::make_one_line(&mut title);
        self.task = Task {
            id: TaskId(read.id.clone().map(|range| line.text[range].to_owned()).unwrap_or_default()),
            title,
            status: read.checkbox.as_ref().map_or(Status::Todo, |(_, status)| *status),
            group: self.group.clone(),
            ..Task::default()
        };
        self.parsed.task_lines.push(line.index..line.index + 1);
        self.read_pieces(line, &read);
    }

    /// Puts the task that was read last among the others.
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
                    let word = &line.text[range.clone()];
                    let message = format!(
                        "`{word}` is not a duration and stays in the title. Write `~20m`, `~1h30m` or \
                         `~10m..20m..45m` for low, likely and high."
                    );
                    self.error(line, range.start, message);
                }
                Piece::BareName(range) => {
                    let name = &line.text[range.clone()];
                    let message =
                        format!("`{name}` has no parentheses and stays in the title. Write `{name}(…)`.");
                    self.hint(line, range.start, message);
                }
                Piece::Text(_) | Piece::Escape(_) | Piece::Code(_) | Piece::Backticks(_) => {}
            }
        }
    }

    fn read_task_minutes(&mut self, line: &Line, range: Range<usize>) {
        let word = &line.text[range.start + 1..range.end];
        let Some((estimate, is_ordered)) = read_estimate(word) else { return };
        if !is_ordered {
            let message = format!(
                "`~{word}` is read as {}, {} and {} minutes: an estimate goes from low to high and ends at {}.",
                estimate.low,
                estimate.likely,
                estimate.high,
                Estimate::MAX
            );
            self.hint(line, range.start, message);
        }
        if self.task.minutes.replace(estimate).is_some() {
            self.hint(
                line,
                range.start,
                "The minutes are given twice; these ones count. Remove the others.".into(),
            );
        }
    }

    fn read_tag(&mut self, line: &Line, tag: &Tag) {
        let name = &line.text[tag.name.clone()];
        let body = &line.text[tag.body.clone()];
        self.check_closed(line, tag);
        match name {
            "title" => {}
            "owns" => {
                self.for_each_value(line, tag, |parser, raw| {
                    parser.check_pattern(line, raw.clone());
                    parser.task.owns.push(read_value(&line.text[raw]));
                });
                self.check_number(line, tag, self.task.owns.len());
            }
            "reads" => {
                self.for_each_value(line, tag, |parser, raw| {
                    parser.check_pattern(line, raw.clone());
                    parser.task.reads.push(read_value(&line.text[raw]));
                });
                self.check_number(line, tag, self.task.reads.len());
            }
            "after" => self.for_each_value(line, tag, |parser, raw| {
                parser.task.after.push(TaskId(read_value(&line.text[raw])));
            }),
            "uses" => self.for_each_value(line, tag, |parser, raw| {
                let (resource, amount) = read_amount(&line.text[raw]);
                parser.task.uses.push(ResourceUse { resource, amount });
            }),
            "check" | "checks" => self.for_each_value(line, tag, |parser, raw| {
                parser.task.checks.push(read_value(&line.text[raw]));
            }),
            "accept" | "accepts" => self.read_acceptance(line, tag),
            "id" | "agent" | "model" | "kind" | "status" => self.read_single(line, tag),
            "json" => read_json_fields(body, &restore::TASK_FIELDS, &mut self.task.unknown),
            _ => {
                let known = super::tag::KNOWN.map(|name| format!("@{name}")).join(", ");
                let message =
                    format!("There is no tag `@{name}`. It is kept as it is. The tags are {known}.");
                self.hint(line, tag.start, message);
                keep_unknown(name, body, &restore::TASK_FIELDS, &mut self.task.unknown);
            }
        }
    }

    fn read_single(&mut self, line: &Line, tag: &Tag) {
        let name = &line.text[tag.name.clone()];
        let value = read_value(&line.text[tag.body.clone()]);
        if value.is_empty() {
            self.hint(
                line,
                tag.start,
                format!("`@{name}()` is empty and says nothing. Fill it in or remove it."),
            );
            return;
        }
        let expected = |names: Vec<&str>| {
            format!("`{value}` is no {name} and is left out. Write one of {}.", names.join(", "))
        };
        match name {
            "id" => self.task.id = TaskId(value),
            "agent" => self.task.agent = value,
            "model" => self.task.model = value,
            "kind" => match Kind::from_name(&value) {
                Some(kind) => self.task.kind = kind,
                None => self.error(line, tag.body.start, expected(Kind::ALL.map(Kind::name).to_vec())),
            },
            _ => match Status::from_name(&value) {
                Some(status) => self.task.status = status,
                None => self.error(line, tag.body.start, expected(Status::ALL.map(Status::name).to_vec())),
            },
        }
    }

    /// `T4: only adds a file`.
    fn read_acceptance(&mut self, line: &Line, tag: &Tag) {
        let body = &line.text[tag.body.clone()];
        let (task, reason) = match unquote(body) {
            Some((id, rest)) => (id, rest.trim_start().trim_start_matches(':')),
            None => match body.split_once(':') {
                Some((id, reason)) => (id.trim().to_owned(), reason),
                None => (body.to_owned(), ""),
            },
        };
        if task.is_empty() {
            let message = "`@accept` names no task. Write `@accept(T4: why it is fine)`.".to_owned();
            self.error(line, tag.start, message);
            return;
        }
        let reason = read_value(reason.trim());
        self.task.accepts.push(Acceptance { task: TaskId(task), reason });
    }

    fn check_closed(&mut self, line: &Line, tag: &Tag) {
        if tag.closed {
            return;
        }
        let name = &line.text[tag.name.clone()];
        let body = &line.text[tag.body.clone()];
        let message = format!(
            "The parenthesis of `@{name}(` is not closed, so it is read up to `{body}`. Add `)` where the list ends."
        );
        self.error(line, tag.start, message);
    }

    fn check_number(&mut self, line: &Line, tag: &Tag, patterns: usize) {
        if patterns > MANY_PATTERNS {
            let message = format!(
                "The task lists {patterns} patterns. Use wider ones, or split the task: more than {MANY_PATTERNS} are slow \
                 and hard to judge."
            );
            self.hint(line, tag.start, message);
        }
    }

    fn check_quotes(&mut self, line: &Line, range: &Range<usize>) {
        let raw = &line.text[range.clone()];
        if raw.as_bytes().first() != Some(&b'"') {
            return;
        }
        let ends_well =
            unquote(raw).is_some_and(|(_, rest)| rest.trim_start().bytes().all(|byte| byte.is_ascii_digit()));
        if !ends_well {
            let message =
                format!("The quotes around `{raw}` do not end where the value ends. Close them with `\"`.");
            self.error(line, range.start, message);
        }
    }

    /// Hands over where each value of a list stands in the line, except empty ones.
    fn for_each_value(&mut self, line: &Line, tag: &Tag, mut take: impl FnMut(&mut Self, Range<usize>)) {
        let body = &line.text[tag.body.clone()];
        let mut is_empty = true;
        for range in split(body, &[',']) {
            let raw = tag.body.start + range.start..tag.body.start + range.end;
            if !matches!(&line.text[raw.clone()], "" | "\"\"") {
                is_empty = false;
                self.check_quotes(line, &raw);
                take(self, raw);
            } else if !body.is_empty() {
                let message = "There is nothing between two commas here. Remove one of them.";
                self.hint(line, raw.start, message.to_owned());
            }
        }
        if is_empty {
            self.report_empty_list(line, tag);
        }
    }

    fn report_empty_list(&mut self, line: &Line, tag: &Tag) {
        let name = &line.text[tag.name.clone()];
        let example = match name {
            "owns" | "reads" => "src/api/**",
            "after" => "T1, T2",
            "uses" => "db",
            _ => "cargo test",
        };
        let message = format!("`@{name}()` lists nothing. Write `@{name}({example})`, or remove it.");
        self.hint(line, tag.start, message);
    }

    fn check_pattern(&mut self, line: &Line, range: Range<usize>) {
        let raw = &line.text[range.clone()];
        match lost_asterisks(raw) {
            Some(Suspicion::Strong(meant)) => {
                let message = format!(
                    "The asterisks of `{raw}` may have been lost, as happens in text copied from a rendered page. Write \
                     `{meant}` if you mean that, or put `\"{raw}\"` in quotes if it is right."
                );
                self.error(line, range.start, message);
            }
            Some(Suspicion::Weak(meant)) if !self.has_asterisks => {
                let message = format!(
                    "`{raw}` is read as everything below that folder. If the text was copied from a rendered page, its \
                     asterisks may have been lost. Write `{meant}` to be clear."
                );
                self.hint(line, range.start, message);
            }
            _ => {}
        }
    }

    fn finish(mut self, previous: Option<&Plan>) -> Parsed {
        self.put_task_away();
        let Parsed { plan, problems, task_lines } = &mut self.parsed;
        if let Some(previous) = previous.filter(|_| plan.id.is_empty()) {
            plan.id.clone_from(&previous.id);
        }
        let mut report = |line: usize, message: String| {
            if problems.len() < MAX_PROBLEMS {
                problems.push(TextProblem { line: line + 1, column: 1, message, is_error: true });
            }
        };
        restore::normalise_header(plan, &mut |message| report(0, message));
        for (task, lines) in plan.tasks.iter_mut().zip(&*task_lines) {
            restore::normalise_task(task, &mut |message| report(lines.start, message));
        }
        for repeated in assign_ids(&mut plan.tasks, &mut self.id_is_written, previous) {
            let message = format!(
                "`{}` is the id of an earlier task, so this one is called {}. Give it an id of its own.",
                repeated.id, plan.tasks[repeated.position].id
            );
            report(task_lines[repeated.position].start, message);
        }
        problems.sort_by_key(|problem| (problem.line, problem.column));
        if let Some(last) = problems.last().filter(|_| problems.len() == MAX_PROBLEMS) {
            let message = "There may be more problems; they show when some of these are gone.".to_owned();
            problems.push(TextProblem { line: last.line, column: last.column, message, is_error: false });
        }
        self.parsed
    }
}

/// The words of a heading: those of `@title(…)` if that is all there is, or what stands there without the backslashes
/// that keep Markdown from reading it as something else.
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
    restore::make_one_line(&mut words);
    words
}

/// Keeps what another version of the program wrote. Two values under one name become a list.
pub(super) fn keep_unknown(name: &str, body: &str, reserved: &[&str], unknown: &mut UnknownFields) {
    use serde_json::Value;
    let value = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()));
    let name = if reserved.contains(&name) { format!("@{name}") } else { name.to_owned() };
    match unknown.get_mut(&name) {
        None => {
            unknown.insert(name, value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

/// `@json({"name": value})`: fields whose names can't be tags.
pub(super) fn read_json_fields(body: &str, reserved: &[&str], unknown: &mut UnknownFields) {
    match serde_json::from_str::<UnknownFields>(body) {
        Ok(fields) if fields.keys().all(|name| !reserved.contains(&name.as_str())) => unknown.extend(fields),
        _ => keep_unknown("json", body, reserved, unknown),
    }
}
