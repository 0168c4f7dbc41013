//! The structure of a `tasks.md`: sections, and tasks with all their lines. Does not interpret the words.

use crate::import::markdown::{Block, Line, checkbox, is_indented, is_paragraph, lines};

/// A parsed `tasks.md`.
#[derive(Debug, Default)]
pub struct Document {
    /// From the first heading, without the word "Tasks".
    pub title: String,
    /// In file order; the first one holds everything before the first heading.
    pub sections: Vec<Section>,
    /// In file order.
    pub tasks: Vec<WrittenTask>,
    /// Lines with a box but no id, counted from 1.
    pub boxes_without_id: Vec<usize>,
    /// Line and title of a section that describes the order in prose.
    pub prose_order: Option<(usize, String)>,
    /// The lines of that section, each with its number.
    pub order_lines: Vec<(usize, String)>,
}

/// A section, by its heading.
#[derive(Debug, Default)]
pub struct Section {
    /// The heading without "Phase N:".
    pub title: String,
    /// Whether the heading names a user story.
    pub names_story: bool,
    /// The names by which sentences call it, such as `phase 3` and `story 1`.
    pub names: Vec<String>,
    /// Sentences below the heading, before the first task: "**Dependencies**: Phase 14".
    pub remarks: Vec<String>,
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
    is_under_tests: bool,
    /// Whether this section tells the order.
    is_in_order: bool,
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
            Block::Code => {
                self.take_order(number, text);
                self.continue_task(text, true);
            }
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
                    self.take_order(number, text);
                    self.continue_task(text, false);
                }
            }
        }
    }

    /// Keeps a line that may tell the order of sections or tasks.
    fn take_order(&mut self, number: usize, line: &str) {
        let at = self.document.sections.len() - 1;
        if self.is_in_order {
            self.document.order_lines.push((number, line.trim().to_owned()));
        } else if let Some(section) = self.document.sections.last_mut()
            && self.task.is_none()
            && self.document.tasks.last().is_none_or(|task| task.section != at)
        {
            section.remarks.push(line.trim().to_owned());
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
            self.is_in_order = starts_with_ignoring_case(title, "dependencies");
            if self.document.prose_order.is_none() && self.is_in_order {
                self.document.prose_order = Some((number, title.to_owned()));
            }
            self.is_under_tests = false;
            self.document.sections.push(Section {
                title: phase.unwrap_or(title).to_owned(),
                names_story: title.contains("User Story") || has_story_number(title),
                names: section_names(title),
                remarks: Vec::new(),
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

/// The names of a section in small letters: `phase 3` and `story 1` of "Phase 3: User Story 1".
fn section_names(title: &str) -> Vec<String> {
    let starts =
        title.char_indices().filter(|(at, _)| !title[..*at].ends_with(|c: char| c.is_alphanumeric()));
    let mut names: Vec<String> =
        starts.filter_map(|(at, _)| leading_section(&title[at..])).map(section_name).collect();
    // "Story 3" is a part of "User Story 3".
    names.dedup();
    names
}

/// One name for all spellings of a section: `story 1` of "User Story 1" and of "US1".
pub fn section_name(written: &str) -> String {
    let number = written.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_phase = starts_with_ignoring_case(written, "phase");
    format!("{} {number}", if is_phase { "phase" } else { "story" })
}

/// The name of a section at the start of a text: "Phase 3", "User Story 1", "US1".
pub fn leading_section(text: &str) -> Option<&str> {
    const STARTS: [&str; 5] = ["phase ", "user story ", "story ", "us", "us-"];
    let rest = STARTS
        .iter()
        .filter(|start| starts_with_ignoring_case(text, start))
        .map(|start| &text[start.len()..]);
    let rest = rest.min_by_key(|rest| rest.len())?;
    let mut after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    // "Phase 3.1", but not the end of a sentence.
    if let Some(part) = after.strip_prefix('.').filter(|part| part.starts_with(|c: char| c.is_ascii_digit()))
    {
        after = part.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let is_whole_word = !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    (after.len() < rest.len() && is_whole_word).then(|| &text[..text.len() - after.len()])
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

/// The task id at the start of the text: `T`, three or more digits, and optionally a lowercase letter, then parts such
/// as `.1` and `-a`.
pub fn leading_id(text: &str) -> Option<&str> {
    let digits = text.strip_prefix('T')?;
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() - after.len() < 3 {
        return None;
    }
    let mut end = after.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(after);
    while let Some(rest) = part_of_id(end) {
        end = rest;
    }
    let is_whole_word = !end.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    is_whole_word.then(|| &text[..text.len() - end.len()])
}

/// What follows a part such as `.1` or `-a`.
fn part_of_id(text: &str) -> Option<&str> {
    let (rest, is_of_part): (&str, fn(char) -> bool) = match text.strip_prefix('.') {
        Some(rest) => (rest, |c| c.is_ascii_digit()),
        None => (text.strip_prefix('-')?, |c| c.is_ascii_lowercase()),
    };
    let after = rest.trim_start_matches(is_of_part);
    let is_short = (1..=3).contains(&(rest.len() - after.len()));
    (is_short && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(after)
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
            ("- [ ] T231.1 [P] Add e", "T231.1", ' ', true, false, "Add e"),
            ("- [ ] T012-b: Add f", "T012-b", ' ', false, false, "Add f"),
            ("- [ ] T012. Add g", "T012", ' ', false, false, "Add g"),
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
                ("T001", "again"),
            ]
        );
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
        assert_eq!(document.sections[1].names, ["phase 3.1"]);
        assert_eq!(document.sections[2].names, ["phase 4", "story 2"]);
        assert_eq!(document.prose_order, Some((9, "Dependencies & Execution Order".to_owned())));
    }
}
