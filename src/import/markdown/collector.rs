//! Collects the tasks of a Markdown file with everything below them, and understands the labels there.

use std::mem::take;

use super::estimate::estimate;
use super::fields::{Field, field_of, field_within};
use super::items::{list_item, status_of};
use super::label::label;
use super::paths::declared_files;
use super::references::{Reference, leading_reference, references};
use super::{Block, Line};
use crate::import::notes;
use crate::import::outline::{Ids, Item, Outline, Wait};
use crate::import::prose::references as sentences;
use crate::plan::Status;
use crate::plan::normal::MAX_LIST;

/// Collects items line by line.
#[derive(Debug, Default)]
pub struct Collector {
    /// What was found so far. Waits are there only after [`Collector::finish`].
    pub outline: Outline,
    /// What stands before every id of the part that is being read, such as `add-cart:`.
    pub scope: String,
    /// Whether the boxes below an item show its progress.
    counts_boxes: bool,
    /// Path of the file that is being read, if there are several.
    pub file: String,
    /// For each item, whether it says what it waits for, even if that is nothing.
    pub declares_order: Vec<bool>,
    current: Option<usize>,
    open: Field,
    body: Vec<String>,
    named: Vec<Named>,
    done: usize,
    boxes: usize,
}

/// The most items that all ranges may go through; far more than those of a real file.
const MAX_STEPS: usize = 1_000_000;

/// Tasks that an item names.
#[derive(Debug)]
struct Named {
    item: usize,
    line: usize,
    scope: String,
    references: Vec<Reference>,
    /// Whether they wait for the item, and not the item for them.
    is_turned: bool,
    /// The value, if it must name a task.
    value: Option<String>,
}

impl Collector {
    /// A collector that takes the boxes below an item for its progress.
    pub fn counting_boxes() -> Collector {
        Collector { counts_boxes: true, ..Collector::default() }
    }

    /// Begins an item. Sentences of its title are read, too.
    pub fn start(&mut self, item: Item) -> usize {
        self.close();
        let index = self.outline.items.len();
        let id = if item.id.is_empty() { String::new() } else { format!("{}{}", self.scope, item.id) };
        let (title, line) = (item.title.clone(), item.line);
        self.outline.items.push(Item { id, file: self.file.clone(), ..item });
        self.declares_order.push(false);
        self.current = Some(index);
        self.read_sentence(&title, line);
        index
    }

    /// Continues an item that lines after it interrupted.
    pub fn reopen(&mut self, item: usize) {
        self.close();
        self.current = Some(item);
    }

    /// Index of the item that lines belong to.
    pub fn current(&self) -> Option<usize> {
        self.current
    }

    /// Ends the item: later lines belong to none.
    pub fn close(&mut self) {
        let body = take(&mut self.body);
        self.open = Field::Other;
        let (done, boxes) = (take(&mut self.done), take(&mut self.boxes));
        let Some(item) = self.current.take().map(|index| &mut self.outline.items[index]) else { return };
        let text = dedented(&body);
        if !item.text.is_empty() && !text.is_empty() {
            item.text.push('\n');
        }
        item.text.push_str(&text);
        if self.counts_boxes && item.status == Status::Todo && done > 0 {
            item.status = if done == boxes { Status::Done } else { Status::Running };
        }
    }

    /// Adds a line to the open item.
    pub fn take_line(&mut self, line: &Line) {
        let Some(index) = self.current else { return };
        let is_consumed = match line.block {
            Block::Text => self.read_line(index, line),
            _ => false,
        };
        if !is_consumed {
            self.body.push(line.text.trim_end().replace('\t', "    "));
        }
    }

    /// Adds a heading inside the open item; its name may be that of a field.
    pub fn take_heading(&mut self, line: &Line, title: &str) {
        if self.current.is_some() {
            self.open = field_of(label(title).map_or(title, |label| label.name));
            self.body.push(line.text.trim_end().to_owned());
        }
    }

    /// Gives the open item files or other values that stand elsewhere.
    pub fn take_value(&mut self, field: Field, value: &str, line: usize) -> bool {
        self.current.is_some_and(|index| self.read_value(index, field, value, line))
    }

    fn read_line(&mut self, index: usize, line: &Line) -> bool {
        let item = list_item(line.text);
        let text = item.map_or(line.text, |item| item.text);
        if let Some(mark) = item.and_then(|item| item.mark) {
            self.boxes += 1;
            self.done += usize::from(status_of(mark) == Some(Status::Done));
        }
        if text.trim().is_empty() {
            return false;
        }
        let outer = if item.is_some() { self.open } else { Field::Other };
        if let Some(label) = label(text).filter(|_| outer != Field::Checks) {
            let field = match outer {
                Field::Other => field_of(label.name),
                outer => field_within(outer, label.name),
            };
            if field != Field::Other {
                if outer == Field::Other || label.value.is_empty() {
                    self.open = field;
                }
                return self.read_value(index, field, label.value, line.number);
            }
            // What a list of waits says under another name is about something else.
            if matches!(outer, Field::After | Field::Before) {
                return false;
            }
            if outer == Field::Other {
                self.open = Field::Other;
            }
        }
        match outer {
            Field::Other => {
                if item.is_none() {
                    self.open = Field::Other;
                }
                self.read_sentence(text, line.number);
                false
            }
            Field::After if says_beside(text) => false,
            outer => self.read_value(index, outer, text, line.number),
        }
    }

    /// Reads a value of a field, and returns whether the task holds all of it.
    fn read_value(&mut self, index: usize, field: Field, value: &str, line: usize) -> bool {
        let value = value.trim();
        if matches!(field, Field::After | Field::Before) {
            self.declares_order[index] = true;
        }
        if value.is_empty() {
            return field == Field::Checks;
        }
        let item = &mut self.outline.items[index];
        match field {
            Field::Owns => add_new(&mut item.owns, declared_files(value)),
            Field::Reads => add_new(&mut item.reads, declared_files(value)),
            Field::Minutes => {
                item.minutes = item.minutes.or_else(|| estimate(value));
            }
            Field::Checks => {
                item.checks.push(value.to_owned());
                return true;
            }
            // What is longer than a name is a sentence about something else.
            Field::Status | Field::Agent | Field::Model if value.split_whitespace().count() > 3 => {}
            Field::Status if item.status == Status::Todo => {
                item.status = status_in(value).unwrap_or_default();
            }
            Field::Status => {}
            Field::Agent => value.trim_matches('`').clone_into(&mut item.agent),
            Field::Model => value.trim_matches('`').clone_into(&mut item.model),
            Field::After | Field::Before => self.read_names(index, field, value, line),
            Field::Needs => self.read_needs(index, value, line),
            Field::Beside => {
                if !denies(value) {
                    item.claim = Some("parallel".to_owned());
                }
            }
            Field::Other => {}
        }
        false
    }

    fn read_names(&mut self, item: usize, field: Field, value: &str, line: usize) {
        let read = references(value);
        if read.is_none && read.found.is_empty() {
            return;
        }
        self.named.push(Named {
            item,
            line,
            scope: self.scope.clone(),
            references: read.found,
            is_turned: field == Field::Before,
            value: (!read.is_none).then(|| value.to_owned()),
        });
    }

    /// “Task 2's store”: only words that can mean nothing but a task count.
    fn read_needs(&mut self, index: usize, value: &str, line: usize) {
        if claims_parallel(value) {
            // Names in it are those of tasks beside it, unless a sentence says that it waits for them.
            self.outline.items[index].claim = Some("parallel".to_owned());
            self.read_sentence(value, line);
            return;
        }
        if references(value).is_none {
            self.declares_order[index] = true;
            return;
        }
        let mut found = Vec::new();
        for (at, _) in value.match_indices(['T', 't']) {
            let begins_word = !value[..at].ends_with(char::is_alphanumeric);
            let named = if begins_word { leading_reference(&value[at..]) } else { None };
            found.extend(named.filter(|named| named.contains(' ')).map(|named| reference(named, None)));
        }
        self.declares_order[index] |= !found.is_empty();
        self.name(index, found, line);
        self.read_sentence(value, line);
    }

    /// Reads “depends on …” and the like in a sentence.
    fn read_sentence(&mut self, text: &str, line: usize) {
        let Some(index) = self.current else { return };
        let sentences::Stated { after, before } = sentences::stated(text, leading_reference);
        self.declares_order[index] |= !after.is_empty();
        for (stated, is_turned) in [(after, false), (before, true)] {
            let found = stated.into_iter().map(|named| match named {
                sentences::Reference::One(id) => reference(id, None),
                sentences::Reference::Range(first, last) => reference(first, Some(last)),
            });
            let references: Vec<Reference> = found.collect();
            if !references.is_empty() {
                let scope = self.scope.clone();
                self.named.push(Named { item: index, line, scope, references, is_turned, value: None });
            }
        }
    }

    fn name(&mut self, item: usize, references: Vec<Reference>, line: usize) {
        if !references.is_empty() {
            let scope = self.scope.clone();
            self.named.push(Named { item, line, scope, references, is_turned: false, value: None });
        }
    }

    /// The outline, with the waits that items name.
    pub fn finish(mut self) -> Outline {
        self.settle();
        self.outline
    }

    /// Looks up the tasks that items name, now that all are known.
    pub fn settle(&mut self) {
        self.close();
        let named = take(&mut self.named);
        let mut found: Vec<(usize, Wait)> = Vec::new();
        let mut unread = Vec::new();
        let mut steps = MAX_STEPS;
        let mut counts = vec![0usize; self.outline.items.len()];
        let ids = Ids::of(&self.outline.items);
        let levels = levels(&self.outline);
        for named in &named {
            let before = found.len();
            // A list of a plan holds no more.
            let room = MAX_LIST.saturating_sub(counts[named.item]);
            counts[named.item] += named.references.len();
            for reference in named.references.iter().take(room) {
                look_up(&self.outline, &ids, &levels, named, reference, &mut steps, &mut found);
            }
            if let Some(value) = named.value.as_ref().filter(|_| found.len() == before) {
                let names =
                    value.split([',', ';']).map(|name| name.trim().trim_matches(['*', '_', '`', '"']));
                let meant = names
                    .filter_map(|name| ids.find(name))
                    .map(|target| direct(&self.outline, named, target));
                found.extend(meant);
                if found.len() == before {
                    unread.push((named.item, named.line, value.clone()));
                }
            }
        }
        for (item, wait) in found {
            self.outline.items[item].waits.push(wait);
        }
        for (item, line, value) in unread {
            let item = &self.outline.items[item];
            let shown: String = value.chars().take(60).collect();
            let message = format!("What {} waits for was not understood: “{shown}”.", item.called());
            let note = item.says(&notes::WAIT_NOT_READ, &message);
            self.outline.notes.push(if item.file.is_empty() { note.at_line(line) } else { note });
        }
    }
}

/// How deep each item stands.
fn levels(outline: &Outline) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::with_capacity(outline.items.len());
    for item in &outline.items {
        let above = item.parent.and_then(|parent| levels.get(parent));
        levels.push(above.map_or(0, |level| level + 1));
    }
    levels
}

/// Adds the waits of one reference. A range covers the items of one level that stand between its ends.
fn look_up(
    outline: &Outline,
    ids: &Ids,
    levels: &[usize],
    named: &Named,
    reference: &Reference,
    steps: &mut usize,
    found: &mut Vec<(usize, Wait)>,
) {
    let find = |id: &str| {
        let scoped =
            || (!named.scope.is_empty()).then(|| ids.find(&format!("{}{id}", named.scope))).flatten();
        let bare = id.trim_start_matches('#');
        scoped().or_else(|| ids.find(id)).or_else(|| ids.find(bare))
    };
    let first = find(&reference.first);
    let last = reference.last.as_deref().map(find);
    match (first, last) {
        (Some(first), Some(Some(last))) => {
            let range = first.min(last)..=first.max(last);
            *steps = steps.saturating_sub(range.clone().count());
            let between = range.take(*steps).filter(|item| levels[*item] == levels[first]);
            found.extend(between.filter(|item| *item != named.item).map(|item| direct(outline, named, item)));
        }
        (Some(target), _) => found.push(direct(outline, named, target)),
        (None, Some(Some(target))) => found.push(direct(outline, named, target)),
        (None, _) if reference.is_section => {
            let name = format!("phase {}", reference.first.to_lowercase());
            let is_in = |item: &usize| {
                let group = outline.items[*item].group.to_lowercase();
                group.strip_prefix(&name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            };
            let items = 0..outline.items.len().min(*steps);
            *steps -= items.len();
            let meant = items.filter(|item| *item != named.item).filter(is_in);
            found.extend(meant.map(|item| direct(outline, named, item)));
        }
        (None, _) if reference.is_sure && !named.is_turned => {
            found.push((named.item, Wait::Named(format!("{}{}", named.scope, reference.first))));
        }
        (None, _) => {}
    }
}

/// The wait between an item and the one it names, in the right direction.
fn direct(outline: &Outline, named: &Named, target: usize) -> (usize, Wait) {
    let (later, earlier) = if named.is_turned { (target, named.item) } else { (named.item, target) };
    let id = &outline.items[earlier].id;
    let name = if id.is_empty() { outline.items[earlier].names.first().unwrap_or(id) } else { id };
    (later, if name.is_empty() { Wait::Implied(earlier) } else { Wait::Named(name.clone()) })
}

fn reference(id: &str, last: Option<&str>) -> Reference {
    let bare = |id: &str| id.rsplit(' ').next().unwrap_or(id).to_owned();
    let is_sure = id.contains(' ') || id.starts_with('#');
    Reference { first: bare(id), last: last.map(bare), is_sure, is_section: false }
}

fn says_beside(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["parallel", "conflict", "independent", "same time"].iter().any(|word| lower.contains(word))
}

/// Whether a value says no, or names nothing.
fn denies(value: &str) -> bool {
    let first = value.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
    let no = ["no", "none", "not", "never", "false", "n", "nothing"];
    value.contains('❌') || first.is_none_or(|word| no.iter().any(|known| word.eq_ignore_ascii_case(known)))
}

/// Whether a value says that a task may run beside others: “yes”, “Can run in parallel: YES”, “in parallel with Task 2”.
fn claims_parallel(value: &str) -> bool {
    let lower = value.to_lowercase();
    if ["yes", "true"].iter().any(|word| lower.trim_start_matches(['*', '`', ' ']).starts_with(word)) {
        return true;
    }
    let Some((before, after)) = lower.split_once("in parallel") else { return false };
    let is_refused = ["can't", "cannot", "can’t", "not ", "never"].iter().any(|word| before.contains(word));
    !is_refused && (after.trim_matches(|letter: char| !letter.is_alphanumeric()).is_empty() || !denies(after))
}

/// The progress that a word tells.
pub fn status_in(value: &str) -> Option<Status> {
    let lower = value.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&["not started", "not done", "pending", "todo", "to do", "planned", "open", "ready", "incomplete"])
    {
        Some(Status::Todo)
    } else if has(&["in progress", "in-progress", "running", "started", "doing", "review", "🔄", "partial"])
    {
        Some(Status::Running)
    } else if has(&["done", "complete", "finished", "✅", "✓", "closed", "merged"]) {
        Some(Status::Done)
    } else if has(&["dropped", "cancelled", "canceled", "deferred", "skipped", "won't"]) {
        Some(Status::Dropped)
    } else {
        None
    }
}

fn add_new(list: &mut Vec<String>, more: Vec<String>) {
    for one in more {
        if list.len() < MAX_LIST && !list.contains(&one) {
            list.push(one);
        }
    }
}

/// The lines without the indentation that all share, and without blank lines around them.
fn dedented(lines: &[String]) -> String {
    let filled = lines.iter().filter(|line| !line.is_empty());
    let indent = filled.map(|line| line.len() - line.trim_start_matches(' ').len()).min().unwrap_or(0);
    let cut: Vec<&str> = lines.iter().map(|line| line.get(indent..).unwrap_or_default()).collect();
    cut.join("\n").trim_matches('\n').trim_end().to_owned()
}
