//! spec-kitty's `tasks.md` without the files of its packages: `- [ ] T001 [P] …` under `## Work Package
//! WP01: …`.
//!
//! Packages wait for the packages that they name. In a package, tasks follow each other, and those marked
//! `[P]` stand beside each other.

use super::markdown::{
    Block, Collector, Line, ListItem, is_indented, is_paragraph, lines, list_item, plan_title, status_of,
};
use super::outline::{Item, Place, Step};
use super::{Certainty, File, Format, ImportError, Imported, notes, only_text};

/// The format of `kitty-specs/…/tasks.md`.
pub static FORMAT: Format = Format {
    id: "spec-kitty-tasks",
    name: "spec-kitty tasks.md",
    description: "A `tasks.md` of spec-kitty: `- [ ] T001 [P] Add login` under `## Work Package WP01: \
        Accounts`.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    let (mut packages, mut tasks) = (0, 0);
    for line in lines(text) {
        match line.block {
            Block::Heading(_, title) => packages += usize::from(package(title).is_some()),
            Block::Text => tasks += usize::from(packages > 0 && task(line.text).is_some()),
            _ => {}
        }
    }
    match (packages, tasks) {
        (0, _) | (_, 0) => Certainty::No,
        _ => Certainty::Sure(format!("{tasks} tasks stand under {packages} headings such as WP01")),
    }
}

/// `WP01` and the title of `Work Package WP01: Accounts (Priority: P0)`.
fn package(title: &str) -> Option<(&str, &str)> {
    let rest = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = rest.strip_prefix("Work Package").unwrap_or(rest).trim_start_matches([':', ' ']);
    let digits = rest.strip_prefix("WP")?;
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let id = &rest[..rest.len() - after.len()];
    let is_id = after.len() < digits.len() && !after.starts_with(char::is_alphanumeric);
    is_id.then(|| (id, after.trim_start_matches([':', '-', '–', '—', ' '])))
}

/// A bullet with an id such as T001: the item, the id and the rest.
fn task(line: &str) -> Option<(ListItem<'_>, &str, &str)> {
    let item = list_item(line)?;
    let text = item.text.trim_start_matches(['*', '`']);
    let digits = text.strip_prefix('T')?;
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let end = after.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(after);
    let id = &text[..text.len() - end.len()];
    let is_id = digits.len() - after.len() >= 2 && !end.starts_with(char::is_alphanumeric);
    let rest = end.trim_start_matches(['*', '`', ':', ' ']);
    // “T003-T006 can be written together” is no task.
    let is_task = is_id && !rest.is_empty() && !rest.starts_with(['-', '–', ',', '/', '&', '(']);
    (is_task && !rest.starts_with("and ")).then_some((item, id, rest))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let has_boxes = lines(text).any(|line| task(line.text).is_some_and(|(item, ..)| item.mark.is_some()));
    let mut reader = Reader { has_boxes, ..Reader::default() };
    lines(text).for_each(|line| reader.take(&line));
    let Reader { mut collector, packages, .. } = reader;
    collector.settle();
    if packages.iter().all(|(_, steps)| steps.is_empty()) {
        return Err(ImportError::new("This looks like a tasks.md of spec-kitty, but it has no tasks."));
    }
    let settled = collector.declares_order.clone();
    for (_, steps) in &packages {
        collector.outline.put_in_sequence(steps, |item| settled[item]);
    }
    let heads: Vec<usize> = packages.iter().map(|(package, _)| *package).collect();
    if !heads.iter().any(|package| settled[*package]) {
        collector.outline.put_in_order(heads);
    }
    collector.outline.note_lost_boxes(text, "", &[]);
    Ok(collector.outline.into_imported(&FORMAT))
}

#[derive(Default)]
struct Reader {
    collector: Collector,
    has_boxes: bool,
    /// Each package with the steps in it.
    packages: Vec<(usize, Vec<Step>)>,
    /// Whether what follows belongs to the last package.
    is_inside: bool,
    depth: usize,
    is_after_blank: bool,
}

impl Reader {
    fn take(&mut self, line: &Line) {
        match line.block {
            Block::Heading(level, title) => self.take_heading(line, level, title),
            Block::Text if self.is_inside => match task(line.text) {
                Some((item, id, rest)) if item.mark.is_some() || !self.has_boxes => {
                    self.take_task(line, &item, id, rest);
                }
                _ => self.take_other(line),
            },
            _ => self.collector.take_line(line),
        }
        self.is_after_blank = line.text.trim().is_empty();
    }

    fn take_heading(&mut self, line: &Line, level: usize, title: &str) {
        if let Some((id, name)) = package(title) {
            let name = name.split_once(" (Priority").map_or(name, |(name, _)| name);
            let title = if name.is_empty() { id } else { name };
            let item = self.collector.start(Item::new(id, title, line.number));
            self.packages.push((item, Vec::new()));
            (self.is_inside, self.depth) = (true, level);
        } else if self.is_inside && level > self.depth {
            self.continue_package();
            self.collector.take_heading(line, title);
        } else {
            self.collector.close();
            self.is_inside = false;
            if level == 1 && self.collector.outline.title.is_empty() {
                self.collector.outline.title = plan_title(title);
            }
        }
    }

    fn continue_package(&mut self) {
        if let Some((package, _)) =
            self.packages.last().filter(|(package, _)| self.collector.current() != Some(*package))
        {
            self.collector.reopen(*package);
        }
    }

    /// A line that is no task: of the open task if it is indented or wrapped, else of the package.
    fn take_other(&mut self, line: &Line) {
        let text = line.text;
        let continues =
            text.trim().is_empty() || is_indented(text) || (is_paragraph(text) && !self.is_after_blank);
        if !continues {
            self.continue_package();
        }
        self.collector.take_line(line);
    }

    fn take_task(&mut self, line: &Line, item: &ListItem, id: &str, rest: &str) {
        let (title, claim) = match rest.strip_prefix("[P]") {
            Some(title) => (title.trim_start_matches([':', ' ']), Some("[P]".to_owned())),
            None => (rest, None),
        };
        let Some((package, steps)) = self.packages.last_mut() else { return };
        let place = if claim.is_some() { Place::Beside } else { Place::Next };
        let mark = item.mark.unwrap_or(' ');
        let status = status_of(mark).unwrap_or_default();
        let found = Item { status, claim, parent: Some(*package), ..Item::new(id, title, line.number) };
        if status_of(mark).is_none() {
            let message = format!("The box of {id} holds an unknown sign.");
            self.collector.outline.notes.push(found.says(&notes::UNKNOWN_BOX, &message));
        }
        let index = self.collector.start(found);
        steps.push(Step { item: index, section: 0, place });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{certainty, read_files, shown, shown_plan};

    const SHOP: &str = "\
# Work Packages: Shop

## Work Package WP01: Store (Priority: P0)

**Goal**: Store.

### Included Subtasks
- [x] T001 Add `src/store.ts`
- [ ] T002 [P] Add `src/a.ts`
- [ ] T003 [P] Add `src/b.ts`

### Parallel Opportunities
- T002-T003 can be written together

### Dependencies
- None
- **Blocks**: WP03

## WP02 – Page
- [ ] T004 Show carts

### Dependencies
- Depends on WP01 (store)
- **No conflicts with**: WP03

## WP03: Pay
- [ ] T005 Pay

## Table
| T001 | Add | WP01 |
";

    #[test]
    fn packages_wait_for_packages() {
        assert_eq!(certainty(&FORMAT, SHOP), "sure");
        let imported = read_files(&FORMAT, &[("", SHOP)]);
        assert_eq!(
            shown_plan(&imported),
            "\
# Shop
T001 done Add src/store.ts [Store] owns src/store.ts
T002 todo Add src/a.ts [Store] owns src/a.ts after T001
T003 todo Add src/b.ts [Store] owns src/b.ts after T001
T004 todo Show carts [Page] after T002 T003
T005 todo Pay [Pay] after T002 T003"
        );
        assert_eq!((imported.counts.items, imported.counts.waits.named), (8, 2));
    }

    #[test]
    fn lists_without_boxes_are_read() {
        let text = "\
## WP01: Store
**Dependencies**: none
- T001 [P]: Add
- T002 Extend
  and more
## WP02: Page
**Dependencies**: WP01, WP09
- T003 Show
";
        assert_eq!(
            shown(&FORMAT, text),
            "\
T001 todo Add [Store]
T002 todo Extend [Store] after T001
T003 todo Show [Page] after T002 WP09"
        );
    }

    #[test]
    fn other_lists_are_not_spec_kitty() {
        for text in ["# Tasks\n## Phase 1\n- [ ] T001 Add\n", "## WP01: Store\n\nText.\n", "- [ ] Login\n"] {
            assert_eq!(certainty(&FORMAT, text), "no", "{text}");
        }
        let empty = read(&[File::new("", "## WP01: Store\n")]).err().map(|error| error.message);
        assert!(empty.is_some_and(|message| message.contains("spec-kitty")));
    }
}
