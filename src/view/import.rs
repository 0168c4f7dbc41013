//! An import: what it was taken for and why, its guesses and skipped lines, and its tasks, before it becomes a
//! document. What was guessed in the open plan is shown in the same way.

use super::act::{Act, List};
use super::field::Control;
use super::markup::{Markup, button, icon_button, markup};
use super::task::FieldProblem;
use super::test_name as test;
use crate::explain::counted;
use crate::import::{Certainty, Format, Imported, by_name};
use crate::incoming::Input;
use crate::plan::{Field, Ordering, Plan, Task};

/// The most notes listed.
const MOST_NOTES: usize = 200;
/// More notes are folded at first, so that the tasks are not far below.
const FEW_NOTES: usize = 12;
/// The most characters shown of a line of the source.
const LONGEST_LINE: usize = 160;

/// What is known of an import beside its plan.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The name of the format for people.
    pub format: &'static str,
    /// How sure it is that this is the format.
    pub certainty: Certainty,
    /// Whether a person chose the format.
    pub is_chosen: bool,
    /// What was guessed and what was skipped.
    pub notes: Vec<SourceNote>,
}

/// A note about the source of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceNote {
    /// The line it is about, counted from 1.
    pub line: Option<usize>,
    /// What it says.
    pub sentences: String,
    /// The text of the line; empty if the note is about none, or about a file of several.
    pub source: String,
}

impl Origin {
    /// What the input was taken for, and the notes with the lines that they are about.
    pub fn of(input: &Input, imported: &Imported) -> Origin {
        let format = by_name(imported.format);
        let lines: Vec<&str> = format
            .and_then(|format| input.text_for(format))
            .map_or_else(Vec::new, |text| text.lines().collect());
        let source = |line: Option<usize>| {
            let text = line.and_then(|line| lines.get(line.checked_sub(1)?)).map_or("", |text| text.trim());
            text.chars().take(LONGEST_LINE).collect()
        };
        let notes = imported.problems.iter().chain(&imported.notes).map(|note| SourceNote {
            line: note.line(),
            sentences: note.sentences(),
            source: source(note.line()),
        });
        let certainty = format.map_or(Certainty::No, |format| input.certainty(format));
        Origin { format: imported.format, certainty, is_chosen: false, notes: notes.collect() }
    }
}

/// An import to draw.
#[derive(Debug)]
pub struct Import<'a> {
    /// Its plan, with the changes made so far.
    pub plan: &'a Plan,
    /// What else is known of it; `None` if the plan was imported before the program was started.
    pub origin: Option<&'a Origin>,
    /// The problem with the last written value.
    pub problem: Option<&'a FieldProblem>,
    /// The most tasks to list.
    pub rows: usize,
    /// How it can be opened; `None` if it is the open plan.
    pub pending: Option<Pending<'a>>,
}

/// What can be done with an import that is not opened yet.
#[derive(Debug)]
pub struct Pending<'a> {
    /// How sure each format is.
    pub certainties: &'a [(&'static Format, Certainty)],
    /// Why the last chosen format could not be read; empty if there is no failure.
    pub refusal: &'a str,
    /// Whether it was pasted in place of the open plan.
    pub replaces: bool,
    /// Whether the open plan has any content.
    pub has_plan: bool,
    /// What opening it does, in a sentence.
    pub opens: String,
}

/// An import with its guesses: all tasks if it is not opened yet, else those whose files are guessed.
pub fn import(import: &Import<'_>) -> Vec<Markup> {
    let mut parts = vec![head(import)];
    let formats = import.pending.as_ref().and_then(|pending| formats(pending, import.origin));
    parts.extend(formats);
    parts.extend(notes(import.origin));
    parts.extend(tasks(import));
    parts.extend(import.pending.as_ref().map(ways));
    vec![markup("div", "import").set("data-test", test::IMPORT).children(parts)]
}

/// The message instead of an import that is no longer held.
pub fn gone(sentence: &str) -> Vec<Markup> {
    vec![markup("p", "shelf-empty").text(sentence)]
}

/// A button above the problems that shows what was guessed and skipped in the open plan, if anything was.
pub fn way_back(plan: &Plan, origin: Option<&Origin>) -> Option<Markup> {
    let guessed = plan.tasks.iter().filter(|task| task.is_guessed()).count();
    let notes = origin.map_or(0, |origin| origin.notes.len());
    let words = match (guessed, notes) {
        (0, 0) => return None,
        (0, notes) => counted(notes, "note"),
        (guessed, 0) => on_a_guess(guessed),
        (guessed, notes) => format!("{}, {}", on_a_guess(guessed), counted(notes, "note")),
    };
    let show = button("button").act(&Act::ShowImported).set("data-test", test::SHOW_IMPORTED);
    Some(markup("p", "import-again").key("import").child(show.text(&format!("What was imported: {words}"))))
}

fn on_a_guess(tasks: usize) -> String {
    format!("{} on a guess", counted(tasks, "task"))
}

/// What is not known, what it was taken for, in numbers, and why.
fn head(import: &Import<'_>) -> Markup {
    let title = match (import.origin, import.plan.title.as_str()) {
        (Some(origin), "") => origin.format.to_owned(),
        (Some(origin), title) => format!("{}: {title}", origin.format),
        (None, _) => import.plan.title.clone(),
    };
    let unknown = markup("p", "import-unknown").text(&unknown(import.plan));
    let numbers = markup("p", "about").text(&numbers(import));
    let why = markup("p", "about").text(&why(import.origin));
    markup("section", "import-head")
        .set("data-test", test::IMPORT_HEAD)
        .child(markup("h3", "").child(markup("bdi", "").text(&title)))
        .child(unknown)
        .child(numbers)
        .child(why)
}

/// What is not known of the files and of the order of a plan, in sentences.
fn unknown(plan: &Plan) -> String {
    let unordered = plan.tasks.iter().filter(|task| task.ordering == Ordering::Guessed).count();
    match (unknown_files(plan), unordered) {
        (files, 0 | 1) => files,
        (files, _) => format!(
            "{files} Guessed, too, is the order: nothing says which of {unordered} tasks comes first."
        ),
    }
}

fn unknown_files(plan: &Plan) -> String {
    let count = |holds: fn(&Task) -> bool| plan.tasks.iter().filter(|task| holds(task)).count();
    let (missing, guessed) = (count(Task::has_unknown_ownership), count(Task::is_guessed));
    let whose = |tasks: usize| counted(tasks, "task");
    match (missing, guessed) {
        (0, 0) if plan.tasks.is_empty() => "There is no task in it.".to_owned(),
        (0, 0) => "All files are written down.".to_owned(),
        (0, guessed) => format!("Not known for sure: the files of {}, which are guessed.", whose(guessed)),
        (missing, 0) => format!("Not known: the files of {}.", whose(missing)),
        (missing, guessed) => {
            format!("Not known: the files of {}. Only guessed: those of {}.", whose(missing), whose(guessed))
        }
    }
}

/// The plan in numbers: `34 tasks, 2 of them done or dropped, 12 dependencies, 20 with files (14 on a guess), 3
/// notes.`
fn numbers(import: &Import<'_>) -> String {
    let tasks = &import.plan.tasks;
    let done = tasks.iter().filter(|task| !task.status.is_open()).count();
    let positions = import.plan.positions();
    let waits = tasks.iter().flat_map(|task| &task.after).filter(|id| positions.contains_key(id)).count();
    let files = tasks.iter().filter(|task| task.changes_files() && !task.has_unknown_ownership()).count();
    let guessed = tasks.iter().filter(|task| task.is_guessed()).count();
    let mut parts = vec![counted(tasks.len(), "task")];
    if done > 0 {
        parts.push(format!("{done} of them done or dropped"));
    }
    parts.push(if waits == 1 { "1 dependency".to_owned() } else { format!("{waits} dependencies") });
    parts.push(match guessed {
        0 => format!("{files} with files"),
        guessed => format!("{files} with files ({guessed} on a guess)"),
    });
    parts.extend(import.origin.map(|origin| counted(origin.notes.len(), "note")));
    format!("{}.", parts.join(", "))
}

/// Why it was taken for its format, in a sentence.
fn why(origin: Option<&Origin>) -> String {
    let Some(Origin { format, certainty, is_chosen, .. }) = origin else {
        return "What it was read from is not known: notes are kept only until a plan is closed.".to_owned();
    };
    let why = certainty.why();
    match (is_chosen, certainty) {
        (true, Certainty::No) => {
            format!("Read as {format} because you chose it, though nothing points to it.")
        }
        (true, _) => format!("Read as {format} because you chose it. What speaks for it: {why}."),
        (false, Certainty::Sure(_)) => format!("It surely is {format}: {why}."),
        (false, Certainty::Likely(_)) => format!("Not certain, but likely {format}: {why}."),
        (false, _) => format!("Not certain: it is possibly {format}, since {why}."),
    }
}

/// The other formats, the surest first, each with its reason.
fn formats(pending: &Pending<'_>, origin: Option<&Origin>) -> Option<Markup> {
    let current = origin.map_or("", |origin| origin.format);
    let others = pending.certainties.iter().filter(|(format, _)| format.name != current);
    let mut others: Vec<_> = others.collect();
    others.sort_by_key(|(_, certainty)| std::cmp::Reverse(certainty.rank()));
    let item = |(format, certainty): &&(&'static Format, Certainty)| {
        let read = button("button")
            .act(&Act::ReadAs { format: format.id.to_owned() })
            .set("data-test", test::READ_AS)
            .text(format.name);
        let about = match certainty {
            Certainty::No => "no: nothing in it points to this format".to_owned(),
            certainty => format!("{}: {}", certainty.name(), certainty.why()),
        };
        markup("li", "").key(format.id).child(read).child(markup("small", "").text(&about))
    };
    let list = markup("ul", "import-formats").children(others.iter().map(item).collect());
    let refusal = markup("p", "shelf-fault").set("role", "alert").text(pending.refusal);
    let summary = markup("summary", "").text("Read it as another format");
    let choice = markup("details", "").child(summary).child(list);
    Some(markup("section", "").child(refusal).child(choice))
}

/// Guesses, skipped lines and doubts, with the lines they are about.
fn notes(origin: Option<&Origin>) -> Option<Markup> {
    let notes = &origin?.notes;
    let item = |note: &SourceNote| {
        let line = note.line.map_or(String::new(), |line| format!("Line {line}: "));
        let source = markup("code", "path import-source").child(markup("bdi", "").text(&note.source));
        let source = (!note.source.is_empty()).then_some(source);
        markup("li", "")
            .set("data-test", test::IMPORT_NOTE)
            .sentence(&[line.as_str(), &note.sentences].concat())
            .children(source.into_iter().collect())
    };
    let hidden = notes.len().saturating_sub(MOST_NOTES);
    let more = (hidden > 0).then(|| markup("li", "").text(&format!("And {}.", counted(hidden, "more note"))));
    let items = notes.iter().take(MOST_NOTES).map(item).chain(more).collect();
    let list = markup("ul", "import-notes").children(items);
    let title = markup("summary", "").text(&format!("What was guessed or skipped ({})", notes.len()));
    let is_open = notes.len() <= FEW_NOTES;
    let whole = markup("details", "").set_some("open", is_open.then_some("")).child(title).child(list);
    (!notes.is_empty()).then(|| markup("section", "").child(whole))
}

/// The tasks as rows of fields.
fn tasks(import: &Import<'_>) -> Option<Markup> {
    let is_pending = import.pending.is_some();
    let shown = |task: &&Task| is_pending || task.is_guessed();
    let count = import.plan.tasks.iter().filter(shown).count();
    if count == 0 {
        return None;
    }
    let keys = import.plan.unique_names();
    let tasks = import.plan.tasks.iter().zip(&keys).filter(|(task, _)| shown(task)).take(import.rows);
    let rows = tasks.map(|(task, key)| row(task, import.problem, is_pending).key(key)).collect();
    let heads = ["Id", "Title", "Files", "Waits for"].map(|label| markup("th", "").text(label)).into();
    let acts = markup("th", "").child(markup("span", "spoken").text("Remove"));
    let head = markup("thead", "").child(markup("tr", "").children(heads).child(acts));
    let table = markup("table", "rows import-rows").child(head).child(markup("tbody", "").children(rows));
    let hidden = count.saturating_sub(import.rows);
    let more = (hidden > 0).then(|| {
        let words = format!("Show {} more of {hidden}", hidden.min(List::Import.page()));
        button("button").act(&Act::More { list: List::Import }).text(&words)
    });
    let title = if is_pending { "Tasks" } else { "Tasks whose files are guessed" };
    let list = markup("section", "").child(markup("h3", "").text(title)).children(confirm_all(import.plan));
    Some(list.child(table).children(more.into_iter().collect()))
}

/// A button that confirms all guesses, if there are any.
fn confirm_all(plan: &Plan) -> Vec<Markup> {
    let guessed = plan.tasks.iter().filter(|task| task.is_guessed()).count();
    let confirm = button("button")
        .act(&Act::Guesses { task: None, keep: true })
        .set("data-test", test::CONFIRM_ALL)
        .text(&match guessed {
            1 => "Confirm the guessed files of 1 task".to_owned(),
            guessed => format!("Confirm the guessed files of all {guessed} tasks"),
        });
    if guessed == 0 { Vec::new() } else { vec![confirm] }
}

fn row(task: &Task, problem: Option<&FieldProblem>, can_remove: bool) -> Markup {
    let cell = |class: &str, label: &'static str| markup("td", class).set("data-label", label);
    let field = |field: Field, hint: &'static str| {
        let problem = problem.filter(|problem| problem.task == task.id && problem.field == field.name());
        let control = Control { field, hint, is_one_line: true }.control(task, problem.is_some(), true);
        let sentence = problem
            .map(|problem| markup("p", "field-problem").set("role", "alert").sentence(&problem.sentence));
        [control].into_iter().chain(sentence).collect()
    };
    let files = cell("wide", "Files").children(field(Field::Owns, files_hint(task))).children(guess(task));
    let remove = can_remove.then(|| {
        let label = format!("Remove {} from the import", task.id);
        icon_button("trash", &label).act(&Act::Remove { task: task.id.clone() })
    });
    markup("tr", "")
        .set("data-test", test::IMPORT_ROW)
        .set("data-task", task.id.as_str())
        .child(markup("td", "row-id").text(task.id.as_str()))
        .child(cell("import-title", "Title").child(markup("bdi", "").text(super::card::title(task))))
        .child(files)
        .child(cell("narrow", "Waits for").children(field(Field::After, "none")))
        .child(markup("td", "").children(remove.into_iter().collect()))
}

/// What it means that no files are listed.
fn files_hint(task: &Task) -> &'static str {
    if task.changes_files() { "not known" } else { "changes none" }
}

/// The mark of a guess, with what can be done about it.
fn guess(task: &Task) -> Vec<Markup> {
    if !task.is_guessed() {
        return Vec::new();
    }
    let settle = |keep: bool, words: &str, test: &str| {
        button("button quiet")
            .act(&Act::Guesses { task: Some(task.id.clone()), keep })
            .set("data-test", test)
            .set("aria-label", &format!("{words} the files of {}", task.id))
            .text(words)
    };
    let mark = markup("span", "is-unknown").text("? guessed");
    let confirm = settle(true, "Confirm", test::CONFIRM);
    vec![markup("div", "guess").child(mark).child(confirm).child(settle(false, "Remove", test::REJECT))]
}

/// The ways to open it, and the way to leave everything as it is.
fn ways(pending: &Pending<'_>) -> Markup {
    let class = |is_first: bool| if is_first { "button primary" } else { "button" };
    let replace = |is_first: bool, words: &str| {
        button(class(is_first))
            .act(&Act::ReplaceByImport { unread: false })
            .set("data-test", test::REPLACE_PLAN)
            .text(words)
    };
    let open = |is_first: bool, words: &str| {
        button(class(is_first))
            .act(&Act::OpenImport { said: pending.opens.clone() })
            .set("data-test", test::OPEN_IMPORT)
            .text(words)
    };
    let unread = || {
        button("button quiet")
            .act(&Act::ReplaceByImport { unread: true })
            .set("data-test", test::PASTE_UNREAD)
            .text("Paste the text as it is")
    };
    let ways = match (pending.replaces, pending.has_plan) {
        (true, true) => {
            vec![replace(true, "Replace the open plan"), open(false, "Open as a new plan"), unread()]
        }
        (true, false) => vec![replace(true, "Open the plan"), unread()],
        (false, _) => vec![open(true, "Open as a new plan")],
    };
    // The browser closes the dialog that such a form is in.
    let cancel = markup("button", "button").set("data-test", test::CANCEL_IMPORT).text("Cancel");
    let cancel = markup("form", "").set("method", "dialog").child(cancel);
    markup("div", "import-ways").children(ways).child(cancel)
}
