//! Finds lines with a box that came into no task.

use std::collections::HashSet;

use super::blocks::open_at_end;
use super::{Block, lines, list_item};
use crate::diagnostic::Diagnostic;
use crate::import::notes;
use crate::import::outline::Outline;

impl Outline {
    /// Notes the lines of a text that have a box but are in no task: they are neither the line of an item nor in
    /// the words of one. `path` is that of the items of this text, and `known` are lines that other notes tell of.
    /// Linear in the text and the outline.
    pub fn note_lost_boxes(&mut self, text: &str, path: &str, known: &[usize]) {
        let notes = lost_boxes(text, path, known, self);
        self.notes.extend(notes);
    }
}

fn lost_boxes(text: &str, path: &str, known: &[usize], outline: &Outline) -> Vec<Diagnostic> {
    let is_parent: HashSet<usize> = outline.items.iter().filter_map(|item| item.parent).collect();
    let own = || outline.items.iter().enumerate().filter(|(_, item)| item.file == path);
    let mut numbers: HashSet<usize> = own().map(|(_, item)| item.line).collect();
    numbers.extend(known);
    // The words of a parent come into no task.
    let words = own().filter(|(index, _)| !is_parent.contains(index)).flat_map(|(_, item)| {
        let texts = [&item.text, &item.verbatim].into_iter().chain(&item.checks);
        texts.flat_map(|text| text.lines()).map(bare)
    });
    let words: HashSet<&str> = words.collect();
    let open = open_at_end(text);
    let (mut outside, mut swallowed) = (Vec::new(), 0);
    for line in lines(text) {
        let Some(item) = list_item(line.text).filter(|item| item.mark.is_some() && !item.text.is_empty())
        else {
            continue;
        };
        if numbers.contains(&line.number) || words.contains(item.text) {
            continue;
        }
        match (line.block, open) {
            (Block::Text, _) => outside.push(line.number),
            (_, Some(open)) if line.number > open.line => swallowed += 1,
            _ => {}
        }
    }
    let open = open.filter(|_| swallowed > 0).map(|open| {
        let (lines, were) = if swallowed == 1 { ("line", "was") } else { ("lines", "were") };
        let message = format!(
            "The {} that begins here has no end, so {swallowed} {lines} with a box below it {were} not read.",
            open.what
        );
        notes::OPEN_BLOCK.says(&message).at_line(open.line)
    });
    let notes = notes::left_out_boxes(&outside).into_iter().chain(open);
    match path {
        "" => notes.collect(),
        path => notes.map(|note| notes::in_file(path, note)).collect(),
    }
}

/// What stands on a line behind its bullet and its box.
fn bare(line: &str) -> &str {
    list_item(line).map_or(line.trim(), |item| item.text)
}

#[cfg(test)]
mod tests {
    use crate::import::tests::shown;

    /// The notes about boxes in what is read from a text.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = shown(text);
        let notes = shown.lines().filter(|line| line.contains(" box")).collect::<Vec<_>>();
        assert_eq!(notes, expected, "{shown}");
    }

    #[test]
    fn boxes_outside_of_all_tasks_are_told() {
        let section = "### Taks 2: Pay\n**Files:**\n- Create: `src/pay.ts`\n- [ ] **Step 1: Test**\n";
        let task = "### Task 1: Store\n**Files:**\n- Create: `src/a.ts`\n- [ ] **Step 1: Test it**\n";
        check(&format!("# Shop\n{task}"), &[]);
        check(
            &format!("# Shop\n- [ ] Before\n{task}## Then\n{section}"),
            &["note: 2 lines with a box are in no task and were left out: lines 2, 11."],
        );
    }

    #[test]
    fn boxes_below_a_group_are_told() {
        let text =
            "- [ ] 1. Carts\n  - [ ] by hand\n  - [ ] 1.1 Store\n    - _Requirements: 1.1_\n- [ ] 2. Pay\n";
        check(text, &["note: 1 line with a box is in no task and was left out: line 2."]);
    }

    #[test]
    fn a_code_block_without_an_end_is_told() {
        let text = "- [ ] T001 Add a\n\n```sh\nmake\n\n- [ ] T002 Add b\n- [ ] T003 Add c\n";
        check(
            text,
            &[
                "note: The code block that begins here has no end, so 2 lines with a box below it were not read.",
            ],
        );
        check("- [ ] T001 Add a\n\n```sh\n- [ ] T002 sample\n```\n", &[]);
        check(
            "- [ ] T001 Add a\n<!--\n- [ ] T002 Add b\n",
            &["note: The comment that begins here has no end, so 1 line with a box below it was not read."],
        );
    }
}
