//! Reads files whose tasks are headings: `### Task 1: Store carts`, with what they say below.

use super::aside::is_aside;
use super::collector::{Collector, status_in};
use super::items::{is_id, leading_id, leading_number};
use super::label::label;
use super::{Block, lines, plain_text};
use crate::import::outline::Item;

/// Which headings of a file are tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    /// `Task 1: …`, `T1: …`, `#12 …`.
    Task,
    /// `Step 1: …`.
    Step,
    /// `1. …`.
    Number,
    /// `Phase 1: …`.
    Phase,
}

/// A heading that may be a task.
#[derive(Debug)]
struct Heading<'a> {
    word: Word,
    id: String,
    title: &'a str,
}

/// The tasks that headings of a file are.
#[derive(Debug)]
pub struct TaskHeadings {
    word: Word,
    /// The number of such headings.
    pub count: usize,
}

impl TaskHeadings {
    /// Finds out which headings are tasks; `None` if none are.
    pub fn of(text: &str) -> Option<TaskHeadings> {
        let mut counts = [0usize; 4];
        for line in lines(text) {
            let Block::Heading(level, title) = line.block else { continue };
            if let Some(heading) = task_heading(title).filter(|_| level > 1) {
                counts[heading.word as usize] += 1;
            }
        }
        let words = [Word::Task, Word::Step, Word::Number, Word::Phase];
        let is_enough = |word: &Word| counts[*word as usize] >= if *word == Word::Number { 2 } else { 1 };
        let word = words.into_iter().find(is_enough)?;
        Some(TaskHeadings { word, count: counts[word as usize] })
    }

    /// Whether the headings name tasks or steps, as those of other texts with numbers don't.
    pub fn name_tasks(&self) -> bool {
        matches!(self.word, Word::Task | Word::Step)
    }

    /// Whether a heading is one of the tasks.
    pub fn is_task(&self, title: &str) -> bool {
        task_heading(title).is_some_and(|heading| heading.word == self.word)
    }

    /// Reads the tasks. Their waits are there after [`Collector::settle`].
    pub fn read(&self, text: &str) -> Collector {
        let mut collector = Collector::counting_boxes();
        // The headings above the tasks, by level, and the level of the open task.
        let mut above: [&str; 7] = [""; 7];
        let mut depth = 0;
        for line in lines(text) {
            let Block::Heading(level, title) = line.block else {
                if collector.current().is_none() {
                    take_goal(&mut collector, line.text);
                }
                collector.take_line(&line);
                continue;
            };
            let heading = task_heading(title).filter(|heading| heading.word == self.word && level > 1);
            if let Some(heading) = heading {
                depth = level;
                let group = above[2..level].iter().rev().find(|title| !title.is_empty());
                collector.start(item(&heading, group.copied().unwrap_or_default(), line.number));
            } else if collector.current().is_some() && level > depth {
                collector.take_heading(&line, title);
            } else {
                collector.close();
                if level == 1 && collector.outline.title.is_empty() {
                    collector.outline.title = plan_title(title);
                }
                above[level] = if is_aside(title) { "" } else { title };
                above[level + 1..].fill("");
            }
        }
        collector
    }
}

/// Reads `**Goal:** Sell.` above the tasks.
fn take_goal(collector: &mut Collector, line: &str) {
    let goal = label(line).filter(|label| label.name == "Goal" && collector.outline.goal.is_empty());
    if let Some(goal) = goal {
        goal.value.clone_into(&mut collector.outline.goal);
    }
}

fn item(heading: &Heading, group: &str, line: usize) -> Item {
    let title = plain_text(heading.title);
    let (title, status) = without_status(&title);
    let group = plain_text(group);
    Item { group, status: status.unwrap_or_default(), ..Item::new(heading.id.clone(), title, line) }
}

/// “Store carts” and done, of “Store carts ✅” and “Store carts (DONE)”.
fn without_status(title: &str) -> (&str, Option<crate::plan::Status>) {
    let title = title.trim();
    let before = title.trim_end_matches(['✅', '✓', '✔', '🔄', '\u{fe0f}', ' ']);
    if before.len() < title.len() {
        return (before, status_in(&title[before.len()..]));
    }
    let inside = title.strip_suffix([')', ']']);
    let Some((before, word)) = inside.and_then(|inside| inside.rsplit_once(['(', '['])) else {
        return (title, None);
    };
    let is_shouted = word.chars().any(char::is_alphabetic) && !word.contains(char::is_lowercase);
    match status_in(word).filter(|_| is_shouted || word.starts_with('✅')) {
        Some(status) => (before.trim_end(), Some(status)),
        None => (title, None),
    }
}

/// The title of a plan, without the words that say that it is one.
pub fn plan_title(heading: &str) -> String {
    let title = plain_text(heading);
    let mut rest = title.trim();
    for word in ["Implementation Plan", "Implementation Tasks", "Work Packages", "Tasks", "Task List", "Plan"]
    {
        let after = rest
            .get(word.len()..)
            .filter(|_| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
        if let Some(after) = after.filter(|after| after.is_empty() || after.starts_with([':', ' ', '—', '-']))
        {
            let after = after.trim_start();
            let is_name = after.is_empty() || after.starts_with([':', '—', '-', '–']);
            if is_name {
                rest = after.trim_start_matches([':', '—', '-', '–', ' ']);
            }
            break;
        }
    }
    for end in [" Implementation Plan", " - Implementation Plan"] {
        rest = rest.strip_suffix(end).unwrap_or(rest);
    }
    rest.trim_end_matches([' ', '-', ':', '—']).to_owned()
}

/// The words before a number that make a heading a task.
const WORDS: &[(&str, Word)] = &[
    ("task", Word::Task),
    ("ticket", Word::Task),
    ("issue", Word::Task),
    ("todo", Word::Task),
    ("任务", Word::Task),
    ("step", Word::Step),
    ("phase", Word::Phase),
    ("milestone", Word::Phase),
];

fn task_heading(title: &str) -> Option<Heading<'_>> {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#'));
    for (name, word) in WORDS {
        let starts = title.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        if let Some(heading) = starts.then(|| numbered(&title[name.len()..], *word)).flatten() {
            return Some(heading);
        }
    }
    let (word, (id, title)) = match leading_id(title) {
        Some(found) => (Word::Task, found),
        None => (Word::Number, leading_number(title)?),
    };
    Some(Heading { word, id: id.to_owned(), title })
}

/// The heading after its word: ` 1.2: Store carts`, `-001: Store carts`.
fn numbered(rest: &str, word: Word) -> Option<Heading<'_>> {
    let rest = rest.strip_prefix([' ', '-', '_', '#']).unwrap_or(rest).trim_start_matches([' ', '#']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    let id = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', '-', '_']);
    let is_letter = id.len() == 1 && id.starts_with(|c: char| c.is_ascii_uppercase());
    if !is_id(id) && !is_letter {
        return None;
    }
    let title = rest[id.len()..].trim_start_matches([':', '.', ')', '-', '–', '—', ' ', '：']);
    Some(Heading { word, id: id.to_owned(), title: if title.is_empty() { id } else { title } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_may_be_tasks() {
        for (title, expected) in [
            ("Task 1: Store carts", Some((Word::Task, "1", "Store carts"))),
            ("Task 1.2 — Store carts", Some((Word::Task, "1.2", "Store carts"))),
            ("✅ Task 3. Store", Some((Word::Task, "3", "Store"))),
            ("TASK-001: Store", Some((Word::Task, "001", "Store"))),
            ("Task A: Store", Some((Word::Task, "A", "Store"))),
            ("T3: Store", Some((Word::Task, "T3", "Store"))),
            ("#12 Store", Some((Word::Task, "#12", "Store"))),
            ("Step 2: Store", Some((Word::Step, "2", "Store"))),
            ("2. Store", Some((Word::Number, "2", "Store"))),
            ("Phase 2: Store", Some((Word::Phase, "2", "Store"))),
            ("Task list", None),
            ("Tasks", None),
            ("Overview", None),
        ] {
            let found = task_heading(title);
            let found = found.as_ref().map(|found| (found.word, found.id.as_str(), found.title));
            assert_eq!(found, expected, "{title}");
        }
    }

    #[test]
    fn titles_lose_what_says_that_they_are_plans() {
        for (heading, expected) in [
            ("Implementation Plan: Carts", "Carts"),
            ("Implementation Plan", ""),
            ("Carts Implementation Plan", "Carts"),
            ("Tasks: Carts", "Carts"),
            ("Plan carts", "Plan carts"),
            ("Work Packages: Carts", "Carts"),
        ] {
            assert_eq!(plan_title(heading), expected, "{heading}");
        }
    }
}
