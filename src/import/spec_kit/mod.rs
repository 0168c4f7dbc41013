//! spec-kit's `tasks.md`: `- [ ] T012 [P] [US1] Create the model in src/models/user.rs`, under headings of phases.
//!
//! The format has no fields for order and files: [`order`] and [`files`] find them in headings, marks and sentences, and
//! [`claims`] checks what `[P]` promises.

mod claims;
mod document;
mod files;
mod kind;
mod order;
mod paths;
mod references;
mod repository;
mod roles;
mod words;

use self::document::{Document, WrittenTask};
use self::files::Files;
use self::order::Order;
use self::repository::Repository;
use self::words::Sentence;
use super::{ImportError, Imported, Importer, Note};
use crate::plan::{Plan, Status, Task, TaskId, restore};

/// The format of `specs/…/tasks.md`.
pub struct SpecKit;

impl Importer for SpecKit {
    fn name(&self) -> &'static str {
        "spec-kit tasks.md"
    }

    fn recognises(&self, text: &str) -> bool {
        let has_tags = || ["@owns(", "@after(", "@reads("].iter().any(|tag| text.contains(tag));
        text.lines().any(document::is_task_line) && !has_tags()
    }

    fn read(&self, text: &str) -> Result<Imported, ImportError> {
        let mut document = document::read(text);
        let cut = super::cut(&mut document.tasks);
        let order = order::find(&document);
        let texts: Vec<String> = document.tasks.iter().map(WrittenTask::joined).collect();
        let sentences: Vec<Sentence> = texts.iter().map(|text| Sentence::read(text)).collect();
        let repository = Repository::of(&sentences);
        let checks: Vec<bool> = sentences.iter().map(kind::only_checks).collect();
        let guessed = sentences.iter().zip(&checks);
        let files: Vec<Files> =
            guessed.map(|(sentence, checks)| files::infer(sentence, &repository, *checks)).collect();

        let mut tasks: Vec<Task> = Vec::with_capacity(texts.len());
        for (position, text) in texts.iter().enumerate() {
            let kind = kind::of(text, &files[position].owns, checks[position]);
            tasks.push(Task { kind, ..task(position, text, &document, &order, &files[position]) });
        }
        let mut plan = Plan { title: document.title.clone(), tasks, ..Plan::default() };
        let changes = restore::normalise(&mut plan);
        let mut notes = notes(&document, &order, &files, &plan);
        notes.extend(claims::check(&document, &plan));
        notes.extend(cut);
        notes.extend(changes.into_iter().map(Note::general));
        notes.sort_by_key(|note| note.line);
        Ok(Imported {
            notes,
            task_lines: document.tasks.iter().map(|task| task.line).collect(),
            format: self.name(),
            plan,
        })
    }
}

fn task(position: usize, text: &str, document: &Document, order: &Order, files: &Files) -> Task {
    let written = &document.tasks[position];
    let title = title_of(text);
    let id_of = |position: &usize| TaskId(document.tasks[*position].id.clone());
    let missing = order.missing.iter().filter(|(task, _)| *task == position);
    Task {
        id: TaskId(written.id.clone()),
        instructions: if title == text { String::new() } else { written.text.clone() },
        title,
        owns: files.owns.clone(),
        reads: files.reads.clone(),
        after: order.after[position]
            .iter()
            .map(id_of)
            .chain(missing.map(|(_, id)| TaskId(id.clone())))
            .collect(),
        group: document.sections[written.section].title.clone(),
        status: match written.mark {
            'x' | 'X' => Status::Done,
            '-' => Status::Dropped,
            _ => Status::Todo,
        },
        ..Task::default()
    }
}

/// Longest title, in characters.
const TITLE_LENGTH: usize = 80;
/// What ends a clause, and how long the clause must be to say enough.
const CLAUSE_ENDS: &[(&str, usize)] =
    &[(". ", 12), ("; ", 12), (" — ", 12), (" – ", 12), (" - ", 12), (" (", 12), (": ", 40)];
/// Words that say nothing at the end of a title.
const DANGLING: &str = "a an and at by for from in into of on or per the to with";

/// The first clause, without marks of Markdown, cut between words.
fn title_of(text: &str) -> String {
    let text = without_markdown(text);
    let ends = CLAUSE_ENDS
        .iter()
        .filter_map(|(end, shortest)| text.match_indices(end).map(|(at, _)| at).find(|at| at >= shortest));
    let clause = ends.min().map_or(text.as_str(), |at| &text[..at]).trim_end_matches(['.', ':']);
    let clause = clause.trim();
    if clause.chars().count() <= TITLE_LENGTH {
        return clause.to_owned();
    }
    let cut: String = clause.chars().take(TITLE_LENGTH).collect();
    let mut title = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    while let Some((words, _)) = title.rsplit_once(' ').filter(|(_, last)| words::is_one_of(last, DANGLING)) {
        title = words;
    }
    format!("{}…", title.trim_end_matches([',', ';', ':']))
}

/// The text without back-ticks and stars, and with links as their text.
fn without_markdown(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        let Some((start, target)) = before.rfind('[').zip(after.find(')')) else { break };
        plain.push_str(&before[..start]);
        plain.push_str(&before[start + 1..]);
        rest = &after[target + 1..];
    }
    plain.push_str(rest);
    plain.replace(['`'], "").replace("**", "")
}

/// What was guessed and skipped, one sentence for all that is alike.
fn notes(document: &Document, order: &Order, files: &[Files], plan: &Plan) -> Vec<Note> {
    let mut notes = Vec::new();
    let tasks = &document.tasks;
    let line = |position: usize| tasks[position].line;
    let ids = |positions: &[usize]| {
        let names: Vec<&str> = positions.iter().map(|position| tasks[*position].id.as_str()).collect();
        listed(&names)
    };
    let those = |keep: &dyn Fn(usize) -> bool| (0..tasks.len()).filter(|at| keep(*at)).collect::<Vec<_>>();

    notes.push(Note::general(format!(
        "Order: {} dependencies are named in the text; others follow from the sequence of sections and from [P]. {} are \
         kept, and the rest follow from them. User stories that stand side by side don't wait for each other.",
        order.named,
        order.named + order.implied - order.redundant
    )));
    let owning = files.iter().filter(|files| !files.owns.is_empty()).count();
    notes.push(Note::general(format!(
        "Files: spec-kit has no field for them, so those of {owning} tasks were guessed from the text. Look at them \
         before you rely on the conflicts."
    )));
    let unknown = those(&|at| plan.tasks[at].has_unknown_ownership() && tasks[at].mark != '-');
    if let Some(first) = unknown.first() {
        notes.push(Note::at(
            line(*first),
            format!("The text does not say which files these change: {}.", ids(&unknown)),
        ));
    }
    let using = those(&|at| !files[at].reads.is_empty());
    if let Some(first) = using.first() {
        let message = format!("Some files seem to be read and not changed in {}.", ids(&using));
        notes.push(Note::at(line(*first), message));
    }
    for (position, files) in files.iter().enumerate().filter(|(_, files)| !files.unplaced.is_empty()) {
        let names: Vec<&str> = files.unplaced.iter().map(String::as_str).collect();
        let id = &tasks[position].id;
        notes.push(Note::at(
            line(position),
            format!(
                "{id} names {} without a folder, so it was not taken as a file of the task.",
                listed(&names)
            ),
        ));
    }
    notes.extend(skipped(document, order));
    notes
}

fn skipped(document: &Document, order: &Order) -> Vec<Note> {
    let tasks = &document.tasks;
    let mut notes = Vec::new();
    for (position, id) in &order.missing {
        let WrittenTask { id: task, line, .. } = &tasks[*position];
        notes.push(Note::at(*line, format!("{task} waits for {id}, which is not in the file.")));
    }
    if order.is_cut {
        let most = order::MAX_EDGES;
        notes
            .push(Note::general(format!("The file implies more than {most} waits; the rest were left out.")));
    }
    for task in tasks.iter().filter(|task| !matches!(task.mark, ' ' | 'x' | 'X' | '-')) {
        let message = format!("The box of {} holds “{}”, which is read as not done.", task.id, task.mark);
        notes.push(Note::at(task.line, message));
    }
    for (line, id) in &document.repeated {
        notes.push(Note::at(*line, format!("{id} is there already; this line was skipped.")));
    }
    if let Some(first) = document.boxes_without_id.first() {
        let count = document.boxes_without_id.len();
        let message = match count {
            1 => "This line has a box but no id such as T001; it was skipped.".to_owned(),
            _ => {
                format!("{count} lines have a box but no id such as T001; they were skipped, this one first.")
            }
        };
        notes.push(Note::at(*first, message));
    }
    if let Some((line, title)) = &document.prose_order {
        let message = format!("The section “{title}” is prose and was not read. Check the order against it.");
        notes.push(Note::at(*line, message));
    }
    notes
}

/// At most this many names are written out in one sentence.
const MOST_NAMES: usize = 12;

fn listed(names: &[&str]) -> String {
    let shown = names[..names.len().min(MOST_NAMES)].join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
