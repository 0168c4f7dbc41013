//! The `tasks.md` of `OpenSpec`: `- [ ] 1.2 Add login` under `## 1. Accounts`; one file, or those of several
//! changes.
//!
//! Sections and the boxes in them follow each other. Changes don't wait for one another.

use super::markdown::{
    Block, Collector, Line, ListItem, is_indented, is_paragraph, leading_number, lines, list_item,
    plain_text, status_of,
};
use super::outline::{Item, Place, Step};
use super::{Certainty, File, Format, ImportError, Imported, OTHER_FILES, notes};

/// The format of `openspec/changes/…/tasks.md`.
pub static FORMAT: Format = Format {
    id: "openspec",
    name: "OpenSpec tasks.md",
    description: "A `tasks.md` of OpenSpec, or the folder of a change: `- [ ] 1.2 Add login` under `## 1. \
        Accounts`.",
    recognise,
    read,
};

/// What a text has of this format.
#[derive(Debug, Default)]
struct Signs {
    /// Boxes with a number under a heading with its beginning.
    matching: usize,
    /// Boxes with another number that has a dot.
    dotted: usize,
    /// Boxes with a number without a dot.
    groups: usize,
    /// Boxes with the id of another format.
    foreign: usize,
    /// Boxes without number.
    plain: usize,
    /// Those of them under a heading with a number.
    in_section: usize,
}

fn signs(text: &str) -> Signs {
    let mut signs = Signs::default();
    let mut section = "";
    for line in lines(text) {
        match line.block {
            Block::Heading(level, title) if level > 1 => {
                section = number_of(title);
            }
            Block::Text => {
                let Some(item) = list_item(line.text).filter(|item| item.mark.is_some()) else { continue };
                match leading_number(item.text) {
                    Some((number, _)) if !section.is_empty() && is_below(number, section) => {
                        signs.matching += 1;
                    }
                    Some((number, _)) if number.contains('.') => signs.dotted += 1,
                    Some(_) => signs.groups += 1,
                    None if is_of_spec_kit(item.text) => signs.foreign += 1,
                    None => {
                        signs.plain += 1;
                        signs.in_section += usize::from(!section.is_empty());
                    }
                }
            }
            _ => {}
        }
    }
    signs
}

/// The number of a section: `2` of “2. Page” and of “Phase 2: Page”.
fn number_of(heading: &str) -> &str {
    let from_digit = heading.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
    let number = from_digit.trim_start_matches(|c: char| c.is_ascii_digit());
    &from_digit[..from_digit.len() - number.len()]
}

fn is_below(number: &str, section: &str) -> bool {
    number.strip_prefix(section).is_some_and(|rest| rest.starts_with('.'))
}

fn is_of_spec_kit(text: &str) -> bool {
    let text = text.trim_start_matches('*');
    text.strip_prefix('T').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn recognise(files: &[File]) -> Certainty {
    let lists = task_lists(files);
    let signs: Vec<Signs> = lists.iter().map(|(_, text)| signs(text)).collect();
    let matching: usize = signs.iter().map(|signs| signs.matching).sum();
    let is_folder = files.len() > 1;
    let has_tags = || lists.iter().any(|(_, text)| text.contains("@owns(") || text.contains("@after("));
    let is_other = |signs: &Signs| {
        signs.foreign > signs.matching || (!is_folder && signs.groups * 10 > signs.matching + signs.dotted)
    };
    let is_alone =
        is_folder && lists.len() == 1 && !files.iter().any(|file| name_of(&file.path) == "proposal.md");
    let is_placed = files.iter().any(|file| file.path.contains("openspec/"));
    let plain: usize = signs.iter().map(|signs| signs.plain).sum();
    let dotted: usize = signs.iter().map(|signs| signs.dotted).sum();
    let in_section: usize = signs.iter().map(|signs| signs.in_section).sum();
    if signs.iter().any(is_other) || is_alone || has_tags() {
        Certainty::No
    } else if matching > 1 {
        Certainty::Sure(format!(
            "{matching} boxes have the numbers of their sections, such as 1.2 under “1.”"
        ))
    } else if matching + dotted > 0 {
        Certainty::Likely(format!("{} boxes have numbers such as 1.2", matching + dotted))
    } else if in_section > 1 {
        Certainty::Likely(format!("{in_section} boxes stand under headings with numbers"))
    } else if is_placed && plain > 0 {
        Certainty::Likely("it is the list of a change of OpenSpec, going by its folder".to_owned())
    } else {
        Certainty::No
    }
}

fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The files with tasks: the only one, else those that are called so.
fn task_lists(files: &[File]) -> Vec<(&File, &str)> {
    let is_list = |file: &&File| files.len() == 1 || name_of(&file.path) == "tasks.md";
    files.iter().filter(is_list).filter_map(|file| Some((file, file.text().ok()?))).collect()
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    if let [file] = files {
        file.text().map_err(ImportError::clone)?;
    }
    let lists = task_lists(files);
    let mut reader = Reader { is_several: lists.len() > 1, ..Reader::default() };
    for (file, text) in &lists {
        reader.read_file(&file.path, text);
    }
    let Reader { mut collector, changes, .. } = reader;
    collector.settle();
    if collector.outline.items.is_empty() {
        return Err(ImportError::new(
            "This looks like a tasks.md of OpenSpec, but it has no tasks with boxes.",
        ));
    }
    let settled = collector.declares_order.clone();
    collector.outline.note_list(&changes.concat(), |item| settled[item]);
    for steps in &changes {
        collector.outline.put_in_sequence(steps, |item| settled[item]);
    }
    if let Some((file, _)) = lists.first().filter(|_| lists.len() == 1) {
        collector.outline.title = change_of(&file.path).replace('-', " ");
    }
    let is_several = lists.len() > 1;
    for (file, text) in &lists {
        collector.outline.note_lost_boxes(text, if is_several { &file.path } else { "" }, &[]);
    }
    let mut imported = collector.outline.into_imported(&FORMAT);
    imported.notes.extend(others(files, &lists));
    Ok(imported)
}

/// A note about the files of a change that hold no tasks.
fn others(files: &[File], lists: &[(&File, &str)]) -> Option<crate::diagnostic::Diagnostic> {
    let is_other = |file: &&File| !lists.iter().any(|(list, _)| list.path == file.path);
    let names: Vec<&str> = files.iter().filter(is_other).map(|file| file.path.as_str()).collect();
    (!names.is_empty()).then(|| {
        OTHER_FILES.says(&format!(
            "Tasks were read from the lists of tasks only, not from {}.",
            notes::listed(&names)
        ))
    })
}

/// The folder of a file, which is the name of its change.
fn change_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folders, _)| name_of(folders))
}

#[derive(Default)]
struct Reader {
    collector: Collector,
    is_several: bool,
    /// The steps of each change.
    changes: Vec<Vec<Step>>,
    section: usize,
    group: String,
    is_after_blank: bool,
}

impl Reader {
    fn read_file(&mut self, path: &str, text: &str) {
        self.collector.close();
        if self.is_several {
            self.collector.file = path.to_owned();
            self.collector.scope = format!("{}:", change_of(path));
        }
        self.changes.push(Vec::new());
        self.section = 0;
        self.group.clear();
        let signs = signs(text);
        let has_numbers = signs.matching + signs.dotted + signs.groups > 0;
        lines(text).for_each(|line| self.take(&line, has_numbers));
    }

    fn take(&mut self, line: &Line, has_numbers: bool) {
        match line.block {
            Block::Heading(_, title) => {
                self.collector.close();
                self.section += 1;
                self.group = plain_text(title);
            }
            Block::Text => match list_item(line.text).filter(|item| item.mark.is_some()) {
                Some(item) if self.is_task(&item, has_numbers) => self.take_task(line, &item),
                None if self.ends_task(line.text) => self.collector.close(),
                _ => self.collector.take_line(line),
            },
            _ => self.collector.take_line(line),
        }
        self.is_after_blank = line.text.trim().is_empty();
    }

    /// In a list with numbers, boxes without one that stand below another box are details of it.
    fn is_task(&self, item: &ListItem, has_numbers: bool) -> bool {
        !has_numbers || item.indent == 0 || leading_number(item.text).is_some()
    }

    fn ends_task(&self, line: &str) -> bool {
        let continues = line.trim().is_empty()
            || is_indented(line)
            || list_item(line).is_some()
            || (is_paragraph(line) && !self.is_after_blank);
        !continues
    }

    fn take_task(&mut self, line: &Line, item: &ListItem) {
        let (number, title) = leading_number(item.text).unwrap_or(("", item.text));
        let mark = item.mark.unwrap_or(' ');
        let group = match (self.is_several, change_of(&self.collector.file), self.group.as_str()) {
            (true, change, "") => change.to_owned(),
            (true, change, group) => format!("{change}: {group}"),
            (false, _, group) => group.to_owned(),
        };
        let found = Item {
            group,
            status: status_of(mark).unwrap_or_default(),
            ..Item::new(number, title, line.number)
        };
        if status_of(mark).is_none() {
            let message = format!("The box of {} holds an unknown sign.", found.called());
            let file = self.collector.file.clone();
            let note = Item { file, ..found.clone() }.says(&notes::UNKNOWN_BOX, &message);
            self.collector.outline.notes.push(note);
        }
        let item = self.collector.start(found);
        let step = Step { item, section: self.section, place: Place::Next };
        self.changes.last_mut().into_iter().for_each(|steps| steps.push(step));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{certainty, codes, read_files, shown, shown_plan};

    const CARTS: &str = "\
## 1. Store

- [x] 1.1 Add `src/store.ts`
- [ ] 1.2 Test it in `tests/store.ts`
  - [ ] with two carts

## 2. Page
- [ ] 2.1 Show carts in `src/page.ts`
";

    #[test]
    fn sections_and_boxes_follow_each_other() {
        assert_eq!(certainty(&FORMAT, CARTS), "sure");
        assert_eq!(
            shown(&FORMAT, CARTS),
            "\
1.1 done Add src/store.ts [1. Store] owns src/store.ts
1.2 todo Test it in tests/store.ts [1. Store] owns tests/store.ts after 1.1
2.1 todo Show carts in src/page.ts [2. Page] owns src/page.ts after 1.2"
        );
    }

    #[test]
    fn changes_of_a_folder_do_not_wait_for_each_other() {
        let files = [
            ("changes/add-carts/tasks.md", CARTS),
            ("changes/add-pay/design.md", "# Design\n"),
            ("changes/add-pay/tasks.md", "- [ ] Pay\n- [ ] Test paying\n"),
        ];
        let given: Vec<File> = files.iter().map(|(path, text)| File::new(*path, *text)).collect();
        assert_eq!(recognise(&given).name(), "sure");
        let imported = read_files(&FORMAT, &files);
        let lines = shown_plan(&imported);
        assert!(
            lines.contains("add-carts:2.1 todo Show carts in src/page.ts [add-carts: 2. Page]"),
            "{lines}"
        );
        assert!(lines.ends_with("T1 todo Pay [add-pay]\nT2 todo Test paying [add-pay] after T1"), "{lines}");
        assert!(codes(&imported).contains(&"PP523"));
    }

    #[test]
    fn messy_files_are_read() {
        let text = "\
## 0. Before
* [?]  0.1  First (depends on 0.2)
wrapped

Prose.
- [ ] 0.2 Second
- [ ] 0.2 Again
## Notes
- not a task
";
        let imported = read_files(&FORMAT, &[("", text)]);
        assert_eq!(
            shown_plan(&imported),
            "\
0.1 todo First (depends on 0.2) [0. Before] after 0.2
0.2 todo Second [0. Before] after 0.1
0.2-2 todo Again [0. Before] after 0.2"
        );
        assert!(codes(&imported).contains(&"PP513"));
    }

    #[test]
    fn other_lists_are_not_openspec() {
        for text in [
            "## Tasks\n- [ ] 1. Carts\n  - [ ] 1.1 Store\n",
            "## 1. Carts\n- [ ] T001 Store in src/a.ts\n",
            "## 1. Carts\n\nWe store carts.\n",
            "- [ ] Login\n",
        ] {
            assert_eq!(certainty(&FORMAT, text), "no", "{text}");
        }
        assert_eq!(certainty(&FORMAT, "## Phase 1: Carts\n- [ ] 1.1 Store\n- [ ] 1.2 Test\n"), "sure");
        assert_eq!(certainty(&FORMAT, "## 1. Carts\n- [ ] Store\n- [ ] Test\n"), "likely");
        let empty = read(&[File::new("", "## 1. Carts\n")]).err().map(|error| error.message);
        assert!(empty.is_some_and(|message| message.contains("OpenSpec")));
    }
}
