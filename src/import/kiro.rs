//! Kiro's `tasks.md`, also as cc-sdd writes it: `- [ ] 1.2 Add login`, with boxes below boxes or all at one
//! depth.
//!
//! Numbers say which task is a part of which, and the order: boxes follow each other, those marked `(P)`
//! stand beside each other, and optional ones (`- [ ]*`) hold nothing up.

use super::markdown::{
    Block, Collector, Line, ListItem, is_indented, is_paragraph, label, leading_number, lines, list_item,
    plan_title, status_of,
};
use super::outline::{Item, Place, Step};
use super::{Certainty, File, Format, ImportError, Imported, notes, only_text};
use crate::plan::{Kind, Status};

/// The format of `.kiro/specs/…/tasks.md`.
pub static FORMAT: Format = Format {
    id: "kiro",
    name: "Kiro tasks.md",
    description: "A `tasks.md` of Kiro or cc-sdd: `- [ ] 1.2 Add login`, with lines such as \
        `_Requirements: 1.1_`.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    if text.contains("@owns(") || text.contains("@after(") {
        return Certainty::No;
    }
    let (mut boxes, mut parts, mut sections) = (0, 0, 0);
    let (mut is_titled, mut has_requirements, mut has_marks) = (false, false, false);
    for line in lines(text) {
        match line.block {
            Block::Heading(1, title) => is_titled |= title.starts_with("Implementation Plan"),
            Block::Heading(_, title) => sections += usize::from(leading_number(title).is_some()),
            Block::Text => {
                has_requirements |= is_reference(line.text);
                let Some((item, number, title)) = numbered_box(line.text) else { continue };
                boxes += 1;
                parts += usize::from(number.contains('.'));
                has_marks |= item.is_optional || title.starts_with("(P)") || title.ends_with("(P)");
            }
            _ => {}
        }
    }
    let why = || format!("{boxes} boxes have numbers such as 1.2");
    if boxes == 0 || (sections > 0 && !has_requirements) {
        Certainty::No
    } else if has_requirements || (has_marks && parts > 0) {
        Certainty::Sure(format!("{}, and lines say “_Requirements_” or marks say what is optional", why()))
    } else if parts > 0 && parts < boxes || is_titled {
        Certainty::Likely(why())
    } else {
        Certainty::No
    }
}

/// Whether the line is one such as `_Requirements: 1.1_`, in any language.
fn is_reference(line: &str) -> bool {
    let text = list_item(line).map_or(line.trim(), |item| item.text);
    let is_slanted = text.starts_with('_') && text.ends_with('_') && !text.starts_with("__");
    is_slanted && label(text).is_some_and(|label| label.value.starts_with(|c: char| c.is_ascii_digit()))
}

/// An item with a box and a number: the item, the number and the title.
fn numbered_box(line: &str) -> Option<(ListItem<'_>, &str, &str)> {
    let item = list_item(line)?;
    item.mark?;
    let (number, title) = leading_number(item.text)?;
    Some((item, number, title))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let mut reader = Reader::default();
    let text = file.text().map_err(ImportError::clone)?;
    lines(text).for_each(|line| reader.take(&line));
    let Reader { mut collector, places, headings, .. } = reader;
    collector.settle();
    if collector.outline.items.is_empty() {
        return Err(ImportError::new("This looks like a tasks.md of Kiro, but it has no box with a number."));
    }
    put_in_order(&mut collector, &places, &headings);
    collector.outline.note_lost_boxes(text, "", &[]);
    Ok(collector.outline.into_imported(&FORMAT))
}

#[derive(Default)]
struct Reader {
    collector: Collector,
    /// For each item, its place in the order.
    places: Vec<Place>,
    /// For each item, the number of the heading above it.
    headings: Vec<usize>,
    heading: usize,
    group: String,
    is_after_blank: bool,
    /// The items by their numbers.
    numbers: std::collections::HashMap<String, usize>,
}

impl Reader {
    fn take(&mut self, line: &Line) {
        match line.block {
            Block::Heading(level, title) => self.take_heading(level, title),
            Block::Text => match list_item(line.text) {
                Some(item) if numbered_box(line.text).is_some() => self.take_task(line, &item),
                Some(item) if item.mark.is_some() && item.indent == 0 => self.take_task(line, &item),
                None if self.ends_task(line.text) => self.collector.close(),
                _ => self.collector.take_line(line),
            },
            _ => self.collector.take_line(line),
        }
        self.is_after_blank = line.text.trim().is_empty();
    }

    /// Whether a line is a paragraph of its own.
    fn ends_task(&self, line: &str) -> bool {
        let continues =
            line.trim().is_empty() || is_indented(line) || (is_paragraph(line) && !self.is_after_blank);
        !continues
    }

    fn take_heading(&mut self, level: usize, title: &str) {
        self.collector.close();
        self.heading += 1;
        if level == 1 && self.collector.outline.title.is_empty() {
            self.collector.outline.title = plan_title(title);
        } else {
            self.group = if plan_title(title).is_empty() { String::new() } else { title.to_owned() };
        }
    }

    fn take_task(&mut self, line: &Line, item: &ListItem) {
        let (number, text) = leading_number(item.text).unwrap_or(("", item.text));
        let (title, claim) = without_claim(text);
        let is_checkpoint = title
            .split_whitespace()
            .take(2)
            .any(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("checkpoint"));
        let parent = self.parent_of(number);
        let (status, is_known) = status(item.mark);
        let mut found = Item {
            group: self.group.clone(),
            status,
            parent,
            claim: claim.map(str::to_owned),
            kind: is_checkpoint.then_some(Kind::Verify),
            ..Item::new(number, title, line.number)
        };
        if item.is_optional {
            found.unknown.insert("optional".to_owned(), true.into());
        }
        if !is_known {
            let message = format!("The box of {} holds an unknown sign.", found.called());
            self.collector.outline.notes.push(found.says(&notes::UNKNOWN_BOX, &message));
        }
        let is_beside = found.claim.is_some();
        let index = self.collector.start(found);
        if !number.is_empty() {
            self.numbers.entry(number.to_owned()).or_insert(index);
        }
        self.headings.push(self.heading);
        self.places.push(match (is_checkpoint, item.is_optional, is_beside) {
            (true, ..) => Place::Checkpoint,
            (_, true, _) => Place::Aside,
            (_, _, true) => Place::Beside,
            _ => Place::Next,
        });
    }

    /// The item with the number before the last dot; `1.0` counts as `1`.
    fn parent_of(&self, number: &str) -> Option<usize> {
        let (above, last) = number.rsplit_once('.')?;
        let find = |number: &str| self.numbers.get(number).copied();
        find(above).or_else(|| (last != "0").then(|| find(&format!("{above}.0"))).flatten())
    }
}

/// The title without `(P)` or `[P]`, and the mark.
fn without_claim(text: &str) -> (&str, Option<&'static str>) {
    for mark in ["(P)", "[P]"] {
        let text = text.trim();
        if let Some(rest) = text.strip_prefix(mark).or_else(|| text.strip_suffix(mark)) {
            return (rest.trim(), Some(mark));
        }
    }
    (text, None)
}

/// What a box shows, and whether its sign is known. Kiro writes `-` for what is in progress, `~` for what is
/// queued.
fn status(mark: Option<char>) -> (Status, bool) {
    match mark.unwrap_or(' ') {
        '-' => (Status::Running, true),
        '~' => (Status::Todo, true),
        mark => (status_of(mark).unwrap_or_default(), status_of(mark).is_some()),
    }
}

/// Puts the leaves in order. Those that say themselves what they wait for, or whose parents do, stay as they
/// say.
fn put_in_order(collector: &mut Collector, places: &[Place], headings: &[usize]) {
    let outline = &collector.outline;
    let mut is_parent = vec![false; outline.items.len()];
    let mut roots: Vec<usize> = Vec::with_capacity(outline.items.len());
    let mut settled = collector.declares_order.clone();
    for (index, item) in outline.items.iter().enumerate() {
        let above = item.parent.filter(|parent| *parent < index);
        if let Some(parent) = above {
            is_parent[parent] = true;
            settled[index] |= settled[parent];
        }
        roots.push(above.map_or(index, |parent| roots[parent]));
    }
    let mut steps: Vec<Step> = Vec::new();
    let (mut section, mut last) = (0, None);
    for item in (0..roots.len()).filter(|item| !is_parent[*item]) {
        // Tasks without parts share a section with their neighbours.
        let key = if roots[item] == item { (true, headings[item]) } else { (false, roots[item]) };
        section += usize::from(last.replace(key).is_some_and(|last| last != key));
        steps.push(Step { item, section, place: places[item] });
    }
    collector.outline.note_list(&steps, |item| settled[item]);
    collector.outline.put_in_sequence(&steps, |item| settled[item]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{certainty, shown};

    #[test]
    fn boxes_below_boxes_are_its_parts() {
        let text = "\
# Implementation Plan: Shop

## Tasks

- [ ] 1. Carts
  - [x] 1.1 Store carts
    - Create `src/store.ts`
    - _Requirements: 1.1, 2.3_

  - [ ]* 1.2 Write property tests
    - **Validates: Requirements 1.1**
  - [-] 1.3 Show carts in `src/page.ts`

- [ ] 2. Checkpoint - Ensure all tests pass
  - Ask the user if questions arise.

- [ ] 3. Payment
  - [ ] 3.1 Pay
    - _Dependencies: 1.1_
";
        assert_eq!(certainty(&FORMAT, text), "sure");
        assert_eq!(
            shown(&FORMAT, text),
            "\
# Shop
1.1 done Store carts [Carts] owns src/store.ts
1.2 todo Write property tests [Carts] after 1.1
1.3 running Show carts in src/page.ts [Carts] owns src/page.ts after 1.1
2 todo Checkpoint - Ensure all tests pass after 1.3 1.2
3.1 todo Pay [Payment] after 1.1"
        );
    }

    #[test]
    fn flat_numbers_and_marks_are_read_alike() {
        let text = "\
# Implementation Plan
- [ ] 1. Base
- [ ] 1.1 Table in `db/a.sql`
  - _Requirements: 1_
- [ ] 2. Rest
- [ ] 2.1 (P) Worker in `src/run.ts`
- [ ] 2.2 Page in `src/page.ts` (P)
- [ ] 2.3 Join
";
        assert_eq!(
            shown(&FORMAT, text),
            "\
1.1 todo Table in db/a.sql [Base] owns db/a.sql
2.1 todo Worker in src/run.ts [Rest] owns src/run.ts after 1.1
2.2 todo Page in src/page.ts [Rest] owns src/page.ts after 1.1
2.3 todo Join [Rest] after 2.1 2.2"
        );
    }

    #[test]
    fn messy_files_are_read() {
        let text = "\
* [?] 1 - First
  * [ ] detail without number
- [ ] 1. Again
- [ ] 2. Third

No task.

- [ ] Without number
  - _Dependencies: 2, 9_
```
- [ ] 3. In code
```
";
        assert_eq!(
            shown(&FORMAT, text),
            "1 todo First\n1-2 todo Again after 1\n2 todo Third after 1-2\nT1 todo Without number after 2 9"
        );
    }

    #[test]
    fn other_lists_are_not_kiro() {
        for text in [
            "- [ ] Login\n",
            "- [ ] T001 Login in src/a.ts\n",
            "## 1. Carts\n- [ ] 1.1 Store\n",
            "- [ ] 1. Login\n- [ ] 2. Logout\n",
            "- [ ] 1.1 Login @owns(a)\n",
        ] {
            assert_eq!(certainty(&FORMAT, text), "no", "{text}");
        }
    }
}
