//! The structure of a `tasks.md`: sections, and tasks with all their lines. Does not interpret the words.

use std::collections::HashSet;

use crate::import::markdown::{Block, Line, checkbox, is_indented, is_paragraph, lines};

/// A parsed `tasks.md`.
#[derive(Debug, Default)]
pub struct Document {
    /// From the first heading, without the word "Tasks".
    pub title: String,
    /// In file order; the first one holds everything before the first heading.
    pub sections: Vec<Section>,
    /// In file order; ids are unique.
    pub tasks: Vec<WrittenTask>,
    /// Lines with a box but no id, counted from 1.
    pub boxes_without_id: Vec<usize>,
    /// Repeated ids, with the line of the repetition.
    pub repeated: Vec<(usize, String)>,
    /// Line and title of a section that describes the order in prose.
    pub prose_order: Option<(usize, String)>,
}

/// A section, by its heading.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading without "Phase N:".
    pub title: String,
    /// Whether the heading names a user story.
    pub names_story: bool,
}

/// A task as written in the file.
#[derive(Debug)]
pub struct WrittenTask {
    /// Such as `T012` or `T020b`.
    pub id: String,
    /// Counted from 1.
    pub line: usize,
    /// The character in the box.
    pub mark: char,
    /// Whether it is marked `[P]`.
    pub parallel: bool,
    /// Whether it carries a label such as `[US1]`.
    pub has_story: bool,
    /// Position in [`Document::sections`].
    pub section: usize,
    /// Whether it is under a heading such as "Tests for User Story 1".
    pub is_under_tests: bool,
    /// Everything after the labels, verbatim except for the indentation; may have several lines.
    pub text: String,
}

impl WrittenTask {
    /// The text as one line.
    pub fn joined(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Parses a file.
pub fn read(text: &str) -> Document {
    let mut reader = Reader::default();
    reader.document.sections.push(Section::default());
    lines(text).for_each(|line| reader.take(line));
    reader.finish_task();
    reader.document
}

#[derive(Default)]
struct Reader {
    document: Document,
    ids: HashSet<String>,
    is_under_tests: bool,
    task: Option<WrittenTask>,
    /// The lines of the task after its first.
    continuation: Vec<String>,
}

impl Reader {
    fn take(&mut self, line: Line) {
        let Line { number, text, block } = line;
        let trimmed = text.trim();
        match block {
            Block::Comment => {}
            Block::Code => self.continue_task(text, true),
            Block::Heading(level, title) => {
                self.finish_task();
                self.take_heading(number, level, title);
            }
            Block::Text => {
                if let Some(task) = task_line(number, trimmed) {
                    self.finish_task();
                    let section = self.document.sections.len() - 1;
                    self.task = Some(WrittenTask { section, is_under_tests: self.is_under_tests, ..task });
                } else {
                    if !is_indented(text) && checkbox(trimmed).is_some() {
                        self.document.boxes_without_id.push(number);
                    }
                    self.continue_task(text, false);
                }
            }
        }
    }

    /// Adds the line to the open task if it belongs to it: it is indented, or continues a wrapped paragraph.
    fn continue_task(&mut self, line: &str, is_code: bool) {
        let belongs = line.trim().is_empty()
            || is_indented(line)
            || (!is_code && is_paragraph(line) && !self.ends_with_blank());
        if self.task.is_some() && belongs {
            self.continuation.push(line.trim_end().replace('\t', "    "));
        } else {
            self.finish_task();
        }
    }

    fn ends_with_blank(&self) -> bool {
        self.continuation.last().is_some_and(String::is_empty)
    }

    fn finish_task(&mut self) {
        let continuation = std::mem::take(&mut self.continuation);
        let Some(mut task) = self.task.take() else { return };
        if !self.ids.insert(task.id.clone()) {
            self.document.repeated.push((task.line, task.id));
            return;
        }
        let filled = || continuation.iter().filter(|line| !line.is_empty());
        let indentation = filled().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
        for line in &continuation {
            task.text.push('\n');
            task.text.push_str(line.get(indentation..).unwrap_or_default());
        }
        task.text.truncate(task.text.trim_end().len());
        self.document.tasks.push(task);
    }

    fn take_heading(&mut self, number: usize, level: usize, title: &str) {
        let phase = without_phase_number(title);
        if level == 1 && self.document.title.is_empty() && phase.is_none() {
            title
                .trim_start_matches("Tasks")
                .trim_start_matches([':', ' '])
                .clone_into(&mut self.document.title);
        } else if level <= 2 || phase.is_some() {
            if self.document.prose_order.is_none() && starts_with_ignoring_case(title, "dependencies") {
                self.document.prose_order = Some((number, title.to_owned()));
            }
            self.is_under_tests = false;
            self.document.sections.push(Section {
                title: phase.unwrap_or(title).to_owned(),
                names_story: title.contains("User Story") || has_story_number(title),
            });
        } else {
            self.is_under_tests = starts_with_ignoring_case(title, "test");
        }
    }
}

/// "Setup" of "Phase 3.1: Setup".
fn without_phase_number(title: &str) -> Option<&str> {
    let rest = title.strip_prefix("Phase ")?;
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let name = after.trim_start_matches([':', '-', '–', '—', ' ']);
    (after.len() < rest.len()).then_some(if name.is_empty() { title } else { name })
}

/// Whether the title contains a word such as `US2`.
fn has_story_number(title: &str) -> bool {
    title.split(|c: char| !c.is_ascii_alphanumeric()).any(is_story_number)
}

fn is_story_number(word: &str) -> bool {
    word.strip_prefix("US").is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit()))
}

fn starts_with_ignoring_case(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start))
}

/// Whether the line is a task in this format.
pub fn is_task_line(line: &str) -> bool {
    task_line(0, line.trim()).is_some()
}

fn task_line(line: usize, trimmed: &str) -> Option<WrittenTask> {
    let (mark, rest) = checkbox(trimmed)?;
    let rest = rest.trim_start_matches('*');
    let id = leading_id(rest)?;
    let rest = rest[id.len()..].trim_start_matches(['*', ':', '.']);
    let mut task = WrittenTask {
        id: id.to_owned(),
        line,
        mark,
        parallel: false,
        has_story: false,
        section: 0,
        is_under_tests: false,
        text: String::new(),
    };
    let mut rest = rest.trim_start();
    while let Some((label, after)) = rest.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        match label {
            "P" | "p" => task.parallel = true,
            _ if is_story_number(label) => task.has_story = true,
            _ => break,
        }
        rest = after.trim_start_matches(['*', ':', ' ']);
    }
    rest.clone_into(&mut task.text);
    Some(task)
}

/// The task id at the start of the text: `T`, three or more digits, and optionally a lowercase letter.
pub fn leading_id(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('T')?;
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() - after.len() < 3 {
        return None;
    }
    let end = after.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(after);
    let is_whole_word = !end.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    is_whole_word.then(|| &text[..text.len() - end.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn task_lines_in_the_spellings_that_occur() {
        for (line, id, mark, parallel, has_story, text) in [
            ("- [ ] T001 Add a", "T001", ' ', false, false, "Add a"),
            ("* [X] T020b [P] [US1] Add b", "T020b", 'X', true, true, "Add b"),
            ("- [-] **T0105** [US3+US4] [P] Add c", "T0105", '-', true, true, "Add c"),
            ("- [x] T012: [Docs] Add d", "T012", 'x', false, false, "[Docs] Add d"),
        ] {
            let task = task_line(1, line).unwrap();
            let found = (task.id.as_str(), task.mark, task.parallel, task.has_story, task.text.as_str());
            assert_eq!(found, (id, mark, parallel, has_story, text), "{line}");
        }
        for line in
            ["- T001 Add a", "- [ ] T01 Add a", "- [ ] T001Add", "[ ] T001 a", "- [ ] TXXX a", "- [] T001 a"]
        {
            assert!(task_line(1, line).is_none(), "{line}");
        }
    }

    #[test]
    fn what_belongs_to_a_task() {
        let document = read(
            "---\ntitle: x\n- [ ] T000 front matter\n---\n# Tasks: Shop\n## Phase 1: Setup\n\
             - [ ] T001 First\n  wrapped\nlazily\n\n  - detail\n\n      code\n**Checkpoint**: no\n  not \
             this\n\
             - [ ] T002 Second\n  ```\n  - [ ] T003 in code\n  ```\n```sh\n- [ ] T004 in code\n```\n\
             <!-- - [ ] T005 hidden\n- [ ] T006 hidden\n-->\n- [ ] T001 again\n- [ ] without id\n",
        );
        assert_eq!(document.title, "Shop");
        let texts: Vec<_> =
            document.tasks.iter().map(|task| (task.id.as_str(), task.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("T001", "First\n  wrapped\nlazily\n\n  - detail\n\n      code"),
                ("T002", "Second\n```\n- [ ] T003 in code\n```"),
            ]
        );
        assert_eq!(document.repeated, [(26, "T001".to_owned())]);
        assert_eq!(document.boxes_without_id, [27]);
    }

    #[test]
    fn headings_make_sections() {
        let document = read(
            "# Tasks\n## Phase 3.1: Setup\n## Phase 4: User Story 2 - Pay\n### Tests for User Story 2\n- [ ] \
             T001 a\n\
             ### Implementation\n- [ ] T002 b\n## Phase 5\n## Dependencies & Execution Order\n",
        );
        let titles: Vec<_> = document.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(titles, ["", "Setup", "User Story 2 - Pay", "Phase 5", "Dependencies & Execution Order"]);
        assert!(document.sections[2].names_story && !document.sections[1].names_story);
        assert!(document.tasks[0].is_under_tests && !document.tasks[1].is_under_tests);
        assert_eq!(document.prose_order, Some((9, "Dependencies & Execution Order".to_owned())));
    }
}
