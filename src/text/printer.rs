//! Prints a plan as text, with the tags in a fixed order. The text reads back as the same plan.

use super::Spelling;
use super::line::{instructions_need_escape, needs_escape};
use super::minutes::{write_estimate, write_minutes};
use super::price::write_price;
use super::tag::{TaskLine, is_known_tag, is_name, is_numbered};
use super::value::{
    stays_whole, write_amount, write_escape, write_list_value, write_lone_value, write_quoted,
};
use crate::plan::field::words_of;
use crate::plan::{Acceptance, Field, FieldRef, Plan, Prices, Settings, Status, Task};

/// The style of a task line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style<'a> {
    /// Everything before the box, with its space.
    pub bullet: &'a str,
    /// Whether to write a box even for a task that is not started.
    pub has_box: bool,
    /// The spelling of the tags.
    pub spelling: Spelling,
}

impl<'a> Style<'a> {
    /// The white space before the bullet.
    fn margin(&self) -> &'a str {
        &self.bullet[..self.bullet.len() - self.bullet.trim_start().len()]
    }

    /// The style of a whole plan.
    pub fn of(spelling: Spelling) -> Style<'static> {
        Style { bullet: "- ", has_box: spelling == Spelling::Document, spelling }
    }
}

/// Writes the whole plan.
pub(super) fn print(plan: &Plan, spelling: Spelling) -> String {
    let mut out = String::with_capacity(64 + 160 * plan.tasks.len());
    // Without tasks and a title, the goal would be read as tasks without bullets; an empty title prevents
    // that. A byte order mark at the start of a text is not part of it.
    let goal_needs_title =
        plan.tasks.is_empty() && !plan.goal.is_empty() || plan.goal.starts_with('\u{feff}');
    if !plan.title.is_empty() || goal_needs_title {
        write_heading(&mut out, 1, &plan.title, spelling);
    }
    write_settings(&mut out, plan, spelling);
    write_goal(&mut out, &plan.goal);
    let mut group = "";
    for (position, task) in plan.tasks.iter().enumerate() {
        if task.group != group {
            group = &task.group;
            begin_block(&mut out);
            write_heading(&mut out, 2, group, spelling);
        } else if position == 0 {
            begin_block(&mut out);
        }
        write_task(&mut out, task, Style::of(spelling));
    }
    out
}

fn begin_block(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

/// Writes `# title` or `## group`. In a document, words that could mention somebody are put in a code span.
pub(super) fn write_heading(out: &mut String, level: usize, words: &str, spelling: Spelling) {
    out.extend(std::iter::repeat_n('#', level));
    let is_document = spelling == Spelling::Document;
    if words.contains("@title(") || is_document && words.contains('@') {
        let mut tag = String::new();
        write_title_tag(&mut tag, words);
        out.push(' ');
        write_tags_in_place(out, &tag, is_document);
    } else if !words.is_empty() {
        out.push(' ');
        write_words(out, words, spelling);
    }
    out.push('\n');
}

/// Writes words so that their backslashes survive, and in a document so that Markdown shows them unchanged.
fn write_words(out: &mut String, words: &str, spelling: Spelling) {
    let mut before = ' ';
    let mut letters = words.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let escape = match letter {
            '\\' => next.is_ascii_punctuation(),
            _ if spelling == Spelling::Typing => false,
            '*' | '`' | '<' | '~' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '&' => next.is_ascii_alphanumeric() || next == '#',
            ']' => matches!(next, '(' | '[' | ':'),
            '#' => next == ' ',
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(letter);
        before = letter;
    }
}

/// Writes settings, resources and unknown fields, unless all have their defaults.
pub(super) fn write_settings(out: &mut String, plan: &Plan, spelling: Spelling) {
    let Settings {
        max_parallel,
        default_minutes,
        phase_overhead,
        unknown_beside,
        groups_in_order,
        efficiency,
        agents,
        prices,
    } = &plan.settings;
    let usual = Settings::default();
    let mut items = Vec::new();
    let mut add = |item: String| items.push(item);
    if !agents.is_empty() {
        let mut item = "agents: ".to_owned();
        write_list(&mut item, agents, |item, agent| write_list_value(item, agent));
        add(item);
    }
    if *max_parallel != usual.max_parallel {
        add(format!("at most {max_parallel}"));
    }
    for (name, minutes, usual) in [
        ("default ~", *default_minutes, usual.default_minutes),
        ("overhead ~", *phase_overhead, usual.phase_overhead),
    ] {
        if minutes != usual {
            let mut item = name.to_owned();
            write_minutes(&mut item, minutes);
            add(item);
        }
    }
    if *unknown_beside {
        add("unknown beside".to_owned());
    }
    if *groups_in_order {
        add("groups in order".to_owned());
    }
    if !efficiency.is_usual() {
        add(format!("efficiency {efficiency}"));
    }
    write_settings_line(out, &items, spelling);
    write_settings_line(out, &price_items(prices), spelling);
    if !plan.resources.is_empty() {
        let mut item = "capacity: ".to_owned();
        write_list(&mut item, &plan.resources, |item, resource| {
            write_amount(item, &resource.name, resource.capacity, true);
        });
        write_settings_line(out, &[item], spelling);
    }
    let mut items = Vec::new();
    if !plan.id.is_empty() {
        let mut item = "@id(".to_owned();
        write_lone_value(&mut item, &plan.id);
        item.push(')');
        items.push(item);
    }
    for (name, value) in &plan.unknown {
        let mut item = String::new();
        write_unknown(&mut item, name, value, |name| matches!(name, "id" | "json"));
        items.push(item);
    }
    write_settings_line(out, &items, spelling);
}

fn write_settings_line(out: &mut String, items: &[String], spelling: Spelling) {
    if items.is_empty() {
        return;
    }
    let line = items.join(" · ");
    let in_span = spelling == Spelling::Document && line.contains(['*', '_', '<', '&', '@', '\\', '[', '~']);
    out.push_str(if in_span { "> `" } else { "> " });
    out.push_str(&line);
    out.push_str(if in_span { "`\n" } else { "\n" });
}

/// Writes the goal as a separate paragraph.
pub(super) fn write_goal(out: &mut String, goal: &str) {
    if goal.is_empty() {
        return;
    }
    begin_block(out);
    for line in goal.split('\n') {
        if needs_escape(line) {
            out.push('\\');
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// Writes the task line and the instructions below it.
pub(super) fn write_task(out: &mut String, task: &Task, style: Style) {
    write_task_line(out, task, style);
    write_instructions(out, &task.instructions, style);
}

/// Writes the lines of the instructions, indented by two more than the bullet. In a document they are a
/// separate paragraph, because a renderer would join them with the task line.
pub(super) fn write_instructions(out: &mut String, instructions: &str, style: Style) {
    if instructions.is_empty() {
        return;
    }
    if style.spelling == Spelling::Document {
        out.push('\n');
    }
    for (index, line) in instructions.split('\n').enumerate() {
        if !line.is_empty() {
            out.extend([style.margin(), "  "]);
        }
        if index == 0 && instructions_need_escape(line) {
            out.push('\\');
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// Writes one line with everything except the instructions. A title that would not survive reading back, or a
/// Markdown renderer, becomes a tag.
pub(super) fn write_task_line(out: &mut String, task: &Task, style: Style) {
    let start = out.len();
    let is_document = style.spelling == Spelling::Document;
    let is_plain = !task.title.contains(['@', '~', '\\', '`']) || {
        write_line_with(out, task, Style { spelling: Spelling::Typing, ..style }, true);
        let line = &out[start..out.len() - 1];
        let read = TaskLine::read(line, style.bullet.len()).title(line) == task.title;
        out.truncate(start);
        read && !(is_document && task.title.contains('@'))
    };
    write_line_with(out, task, style, is_plain);
}

fn write_line_with(out: &mut String, task: &Task, style: Style, plain_title: bool) {
    let is_document = style.spelling == Spelling::Document;
    let numbered = is_numbered(task.id.as_str());
    let mut tags = String::new();
    out.push_str(style.bullet);
    let mark = match task.status {
        Status::Todo => "[ ]",
        Status::Done => "[x]",
        // Renderers know only two boxes.
        _ if is_document => "[ ]",
        Status::Running => "[~]",
        Status::Failed => "[!]",
        Status::Dropped => "[-]",
    };
    let mut words = Words { out, first: true };
    // A title may begin with something like a box; a real box before it removes the ambiguity.
    if style.has_box || task.status != Status::Todo || !numbered && task.title.starts_with('[') {
        words.add(mark);
    }
    if numbered {
        words.add(task.id.as_str());
    }
    if plain_title && !task.title.is_empty() {
        let mut title = String::new();
        let spelling = if is_document { Spelling::Document } else { Spelling::Typing };
        if is_document {
            write_words(&mut title, &task.title, spelling);
        } else {
            title.push_str(&task.title);
        }
        words.add(&title);
    } else if !plain_title {
        write_title_tag(&mut tags, &task.title);
    }
    write_tags(&mut tags, task, numbered, is_document);
    let tags = tags.trim_start();
    if !tags.is_empty() {
        words.add("");
        write_tags_in_place(out, tags, is_document);
    }
    out.push('\n');
}

fn write_title_tag(out: &mut String, words: &str) {
    out.push_str("@title(");
    write_quoted(out, words);
    out.push(')');
}

/// Writes tags, in a document as a code span.
fn write_tags_in_place(out: &mut String, tags: &str, is_document: bool) {
    out.push_str(if is_document { "`" } else { "" });
    out.push_str(tags);
    out.push_str(if is_document { "`" } else { "" });
}

struct Words<'a> {
    out: &'a mut String,
    first: bool,
}

impl Words<'_> {
    fn add(&mut self, word: &str) {
        if !self.first {
            self.out.push(' ');
        }
        self.first = false;
        self.out.push_str(word);
    }
}

fn write_tags(out: &mut String, task: &Task, numbered: bool, is_document: bool) {
    if !numbered {
        write_lone_tag(out, "id", task.id.as_str());
    }
    for field in Field::IN_TASK_LINE {
        // The box expresses nearly every status, but Markdown renderers know only two boxes.
        if field != Field::Status || is_document && task.status != Status::Done {
            write_field(out, task, field);
        }
    }
    for (name, value) in &task.unknown {
        out.push(' ');
        write_unknown(out, name, value, is_known_tag);
    }
}

/// Writes the tag of a field, unless the field is empty.
fn write_field(out: &mut String, task: &Task, field: Field) {
    let tag = field.tag().unwrap_or_default();
    let Some(value) = task.field(field) else { return };
    match value {
        FieldRef::Words(text) | FieldRef::Prose(text) | FieldRef::Name(text) => {
            write_lone_tag(out, tag, text);
        }
        FieldRef::Patterns(list) | FieldRef::Statements(list) => {
            write_list_tag(out, tag, list, |out, value| write_list_value(out, value));
        }
        FieldRef::Ids(list) => write_list_tag(out, tag, list, |out, id| write_list_value(out, id.as_str())),
        FieldRef::Uses(list) => {
            write_list_tag(out, tag, list, |out, used| {
                write_amount(out, &used.resource, used.amount, false);
            });
        }
        FieldRef::Minutes(Some(estimate)) => {
            out.push(' ');
            write_estimate(out, *estimate);
        }
        FieldRef::Choice(choice) if !choice.is_default() => write_lone_tag(out, tag, choice.name()),
        FieldRef::Acceptances(list) => list.iter().for_each(|accepted| write_acceptance(out, tag, accepted)),
        FieldRef::Json(value) if !value.is_null() => {
            out.extend([" @", tag, "("]);
            write_words_or_json(out, value);
            out.push(')');
        }
        FieldRef::Minutes(None) | FieldRef::Choice(_) | FieldRef::Json(_) => {}
    }
}

fn write_acceptance(out: &mut String, tag: &str, accepted: &Acceptance) {
    out.extend([" @", tag, "("]);
    let id = accepted.task.as_str();
    if id.contains([':', '"']) {
        write_quoted(out, id);
    } else {
        write_lone_value(out, id);
    }
    if !accepted.reason.is_empty() {
        out.push_str(": ");
        write_lone_value(out, &accepted.reason);
    }
    out.push(')');
}

fn write_lone_tag(out: &mut String, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    out.extend([" @", name, "("]);
    write_lone_value(out, value);
    out.push(')');
}

fn write_list_tag<T>(out: &mut String, name: &str, values: &[T], write: impl Fn(&mut String, &T)) {
    if values.is_empty() {
        return;
    }
    out.extend([" @", name, "("]);
    write_list(out, values, write);
    out.push(')');
}

fn price_items(prices: &Prices) -> Vec<String> {
    let mut items = Vec::new();
    if !prices.models.is_empty() {
        let mut item = "price: ".to_owned();
        write_list(&mut item, &prices.models, write_price);
        items.push(item);
    }
    let factors = [("cache", prices.cache), ("batch", prices.batch)];
    items.extend(factors.iter().filter_map(|(name, factor)| factor.map(|factor| format!("{name} {factor}"))));
    items
}

fn write_list<T>(out: &mut String, values: &[T], write: impl Fn(&mut String, &T)) {
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        write(out, value);
    }
}

/// Writes an unknown field: words as they are, anything else as JSON.
fn write_unknown(out: &mut String, name: &str, value: &serde_json::Value, is_known_tag: fn(&str) -> bool) {
    let is_tag = is_name(name) && !is_known_tag(name);
    out.extend(["@", if is_tag { name } else { "json" }, "("]);
    if !is_tag {
        out.push('{');
        write_json(out, &serde_json::Value::String(name.to_owned()));
        out.push(':');
    }
    if is_tag {
        write_words_or_json(out, value);
    } else {
        write_json(out, value);
    }
    out.push_str(if is_tag { ")" } else { "})" });
}

fn write_words_or_json(out: &mut String, value: &serde_json::Value) {
    match words_of(value).filter(|words| stays_whole(words)) {
        Some(words) => out.push_str(words),
        None => write_json(out, value),
    }
}

/// Writes JSON with no string that could end a code span or the line.
fn write_json(out: &mut String, value: &serde_json::Value) {
    for letter in value.to_string().chars() {
        if letter == '`' || letter.is_control() { write_escape(out, letter) } else { out.push(letter) }
    }
}
