//! Lists of tasks: boxes with numbers or ids, numbered lists, and bullets that say what to do with which
//! file.

use std::collections::HashSet;

use super::{Reading, says_much};
use crate::import::Certainty;
use crate::import::markdown::{
    Block, Collector, Line, ListItem, is_aside, is_indented, is_paragraph, leading_id, leading_number, lines,
    list_item, plain_text, plan_title, status_of,
};
use crate::import::outline::Item;
use crate::prose::sentence::Sentence;
use crate::prose::words::is_one_of;

/// First words of bullets that ask for a change.
const DEEDS: &str = "add change create delete edit extend extract fix implement improve migrate modify \
    move refactor remove \
    rename replace split update wire write";

/// The kind of items that are tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Boxes,
    Numbers,
    Bullets,
}

/// The items that may be tasks, counted.
#[derive(Debug, Default)]
struct Counts {
    boxes: usize,
    numbers: usize,
    bullets: usize,
    /// Boxes or bullets with a number or an id.
    named: usize,
    /// Bullets that begin with what to do with a file.
    deeds: usize,
    /// Whether a number stands twice.
    repeats: bool,
}

/// Reads the list of a text; `None` if no list of it is a plan.
pub fn read(text: &str) -> Option<Reading> {
    let counts = counts(text);
    let kind = kind(&counts)?;
    let mut reader = Reader { repeats: counts.repeats, ..Reader::new(kind) };
    lines(text).for_each(|line| reader.take(&line));
    let Reader { mut collector, sections, .. } = reader;
    collector.settle();
    let items = &collector.outline.items;
    let is_numbered = !items.is_empty() && items.iter().all(|item| is_number(&item.id));
    let certainty = certainty(kind, &counts, &collector);
    Some(Reading { collector, is_numbered, sections, certainty })
}

fn is_number(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_digit())
}

fn kind(counts: &Counts) -> Option<Kind> {
    if counts.boxes > 0 {
        Some(Kind::Boxes)
    } else if counts.numbers > 1 {
        Some(Kind::Numbers)
    } else if counts.named > 0 || (counts.deeds > 1 && counts.deeds * 2 >= counts.bullets) {
        Some(Kind::Bullets)
    } else {
        None
    }
}

fn certainty(kind: Kind, counts: &Counts, collector: &Collector) -> Certainty {
    let count = collector.outline.items.len();
    let declares = collector.declares_order.contains(&true)
        || collector.outline.items.iter().any(|item| !item.owns.is_empty());
    match kind {
        Kind::Boxes if counts.named > 0 || declares => {
            Certainty::Likely(format!("{count} boxes have numbers or say what they wait for"))
        }
        Kind::Numbers if declares || (says_much(collector) && !counts.repeats) => Certainty::Likely(format!(
            "{count} numbered items say which files they change or what they wait for"
        )),
        Kind::Numbers if count > 1 => Certainty::Possible(format!("it has a list of {count} numbered items")),
        Kind::Bullets if counts.named > 1 && declares => {
            Certainty::Likely(format!("{count} items have ids and say what they wait for"))
        }
        Kind::Bullets if counts.deeds > 1 => {
            Certainty::Likely(format!("{} items say what to do with which file", counts.deeds))
        }
        _ => Certainty::No,
    }
}

fn counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    let mut numbers = HashSet::new();
    let mut is_skipped = false;
    for line in lines(text) {
        match line.block {
            Block::Heading(level, title) => is_skipped = level > 1 && is_aside(title),
            Block::Text => {
                let Some(item) = list_item(line.text).filter(|item| item.indent == 0 && !is_skipped) else {
                    continue;
                };
                let id = id_and_title(&item).0;
                counts.boxes += usize::from(item.mark.is_some());
                counts.numbers += usize::from(!item.number.is_empty());
                counts.bullets += usize::from(item.number.is_empty() && item.mark.is_none());
                let is_named = item.number.is_empty() && !id.is_empty() && !is_plan_text(&item, id);
                counts.named += usize::from(is_named);
                counts.deeds +=
                    usize::from(item.number.is_empty() && item.mark.is_none() && is_deed(item.text));
                counts.repeats |= is_number(id) && !numbers.insert(id);
            }
            _ => {}
        }
    }
    counts
}

/// Whether it has an id as plan text writes it, which that format reads better.
fn is_plan_text(item: &ListItem, id: &str) -> bool {
    let rest = item.text.strip_prefix(id).unwrap_or_default();
    id.starts_with('T') && rest.starts_with(' ')
}

fn is_deed(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().trim_matches(['*', ':', '`']);
    is_one_of(&first.to_lowercase(), DEEDS) && !Sentence::read(text).mentions.is_empty()
}

/// The id of an item, or the number of a numbered one, and its title.
fn id_and_title<'a>(item: &ListItem<'a>) -> (&'a str, &'a str) {
    let found = leading_number(item.text).or_else(|| leading_id(item.text));
    found.unwrap_or((item.number, item.text))
}

struct Reader {
    kind: Kind,
    repeats: bool,
    collector: Collector,
    /// For each item, the number of its section.
    sections: Vec<usize>,
    section: usize,
    /// The number of sections with items, counted while ids repeat.
    filled: usize,
    last_section: Option<usize>,
    group: String,
    is_skipped: bool,
    is_after_blank: bool,
}

impl Reader {
    fn new(kind: Kind) -> Reader {
        Reader {
            kind,
            repeats: false,
            collector: Collector::default(),
            sections: Vec::new(),
            section: 0,
            filled: 0,
            last_section: None,
            group: String::new(),
            is_skipped: false,
            is_after_blank: false,
        }
    }

    fn take(&mut self, line: &Line) {
        match line.block {
            Block::Heading(level, title) => self.take_heading(level, title),
            Block::Text => match list_item(line.text) {
                Some(item) if item.indent == 0 && !self.is_skipped && self.is_task(&item) => {
                    self.take_task(line, &item);
                }
                Some(item) if item.indent == 0 => self.collector.close(),
                None if self.ends_task(line.text) => self.collector.close(),
                _ => self.collector.take_line(line),
            },
            _ => self.collector.take_line(line),
        }
        self.is_after_blank = line.text.trim().is_empty();
    }

    fn take_heading(&mut self, level: usize, title: &str) {
        self.collector.close();
        self.section += 1;
        self.is_skipped = level > 1 && is_aside(title);
        if level == 1 && self.collector.outline.title.is_empty() {
            self.collector.outline.title = plan_title(title);
            return;
        }
        let title = plain_text(title);
        let is_plain = matches!(
            title.trim().to_lowercase().as_str(),
            "tasks"
                | "todo"
                | "todos"
                | "plan"
                | "steps"
                | "implementation"
                | "implementation plan"
                | "implementation steps"
        );
        self.group = if is_plain { String::new() } else { title };
    }

    fn is_task(&self, item: &ListItem) -> bool {
        match self.kind {
            Kind::Boxes => item.mark.is_some(),
            Kind::Numbers => !item.number.is_empty(),
            Kind::Bullets => item.number.is_empty(),
        }
    }

    fn ends_task(&self, line: &str) -> bool {
        let continues =
            line.trim().is_empty() || is_indented(line) || (is_paragraph(line) && !self.is_after_blank);
        !continues
    }

    fn take_task(&mut self, line: &Line, item: &ListItem) {
        let (id, title) = id_and_title(item);
        if self.last_section.replace(self.section) != Some(self.section) {
            self.filled += 1;
            if self.repeats {
                self.collector.scope = format!("{}.", self.filled);
            }
        }
        let (title, claim) =
            match title.trim().strip_prefix("[P]").or_else(|| title.trim().strip_prefix("(P)")) {
                Some(rest) => (rest.trim(), Some("[P]".to_owned())),
                None => (title, None),
            };
        let status = item.mark.and_then(status_of).unwrap_or_default();
        let group = self.group.clone();
        self.collector.start(Item { status, group, claim, ..Item::new(id, title, line.number) });
        self.sections.push(self.section);
    }
}
