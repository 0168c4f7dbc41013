//! Task files: Markdown with front matter, one file for each task, in one folder or several.

use std::collections::HashSet;

use super::json::Reader;
use super::markdown::{Block, FrontMatter, checkbox, lines};
use super::outline::{Item, Outline};
use super::yaml::Node;
use super::{File, Format, ImportError, Imported, notes};
use crate::diagnostic::Diagnostic;
use crate::glob;
use crate::plan::field::Field;

/// A file with front matter.
#[derive(Debug, Clone, Copy)]
pub struct TaskFile<'a> {
    /// The file.
    pub file: &'a File,
    /// Its fields.
    pub front: &'a FrontMatter,
}

/// The files whose front matter is that of a task.
pub fn task_files(files: &[File], is_task: impl Fn(&FrontMatter) -> bool) -> Vec<TaskFile<'_>> {
    let with_fields = files.iter().filter_map(|file| Some(TaskFile { file, front: file.front_matter()? }));
    with_fields.filter(|task| is_task(task.front)).collect()
}

impl<'a> TaskFile<'a> {
    /// An item with the place and the words of the file; `is_alone` if there is no other file.
    pub fn item(&self, id: impl Into<String>, title: impl Into<String>, is_alone: bool) -> Item {
        let (body, _) = self.file.body();
        let (text, checks) = split_checks(body);
        let file = if is_alone { String::new() } else { self.file.path.clone() };
        Item { file, text, checks, ..Item::new(id, title, 1) }
    }

    /// The value of a field.
    pub fn field(&self, name: &str) -> Option<&'a Node> {
        self.front.fields.get(name)
    }

    /// The text of a field; empty if there is none.
    pub fn text(&self, name: &str) -> &'a str {
        self.front.fields.text_of(name).trim()
    }

    /// The texts of a field that is a list, or one text with commas.
    pub fn texts(&self, name: &str) -> Vec<String> {
        texts_of(self.field(name))
    }

    /// The name of the file without its ending.
    pub fn stem(&self) -> &'a str {
        stem(self.file.name())
    }

    /// Preserves the fields that are none of these.
    pub fn keep_others(&self, item: &mut Item, known: &[&str]) {
        for (name, node) in self.front.fields.fields() {
            let value = node.value();
            if known.contains(&name.as_str()) || is_empty(&value) {
                continue;
            }
            // A field of the plan itself would be taken for that.
            let is_taken = Field::from_name(name).is_some();
            item.unknown.insert(if is_taken { format!("x-{name}") } else { name.clone() }, value);
        }
    }

    /// A note if the front matter is damaged.
    pub fn damage(&self, is_alone: bool) -> Option<Diagnostic> {
        let damage = self.front.damage.as_ref()?;
        let message = format!(
            "The front matter is not valid YAML ({} in line {}); each field was read by itself.",
            super::error::repeated(&damage.message),
            damage.line
        );
        let item = Item {
            file: if is_alone { String::new() } else { self.file.path.clone() },
            line: damage.line,
            ..Item::default()
        };
        Some(item.says(&notes::DAMAGED_FIELDS, &message))
    }
}

/// Whether a value says nothing.
fn is_empty(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// The name of a file without `.md`.
pub fn stem(name: &str) -> &str {
    name.strip_suffix(".md").or(name.strip_suffix(".markdown")).unwrap_or(name)
}

/// The texts of a list, or of one text with commas.
pub fn texts_of(node: Option<&Node>) -> Vec<String> {
    let Some(node) = node else { return Vec::new() };
    let texts = node.texts().into_iter();
    let parts: Vec<&str> = match node.text().is_empty() {
        true => texts.collect(),
        false => texts.flat_map(|text| text.trim_matches(['[', ']']).split(',')).collect(),
    };
    let plain = parts.into_iter().map(|part| part.trim().trim_matches(['"', '\'']).trim());
    let is_nothing =
        |text: &&str| text.is_empty() || matches!(text.to_lowercase().as_str(), "none" | "n/a" | "-");
    plain.filter(|text| !is_nothing(text)).map(str::to_owned).collect()
}

/// The texts of a list, each whole.
pub fn texts_of_list(node: Option<&Node>) -> Vec<String> {
    node.map(Node::texts).unwrap_or_default().into_iter().map(str::to_owned).collect()
}

/// Patterns as a plan writes them: without what people write around a path, each once.
pub fn patterns<'a>(entries: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = HashSet::new();
    let paths = entries.into_iter().filter_map(|entry| glob::as_read(entry.trim()));
    paths
        .map(std::borrow::Cow::into_owned)
        .filter(|path| !path.is_empty() && seen.insert(path.clone()))
        .collect()
}

/// The text without comments, and the items with a box below headings that speak of acceptance.
fn split_checks(body: &str) -> (String, Vec<String>) {
    let (mut text, mut checks) = (Vec::new(), Vec::new());
    let mut is_acceptance = false;
    for line in lines(body) {
        match line.block {
            Block::Heading(level, title) => {
                let title = title.to_lowercase();
                if is_acceptance && level > 2 {
                    // A part of the section.
                } else {
                    is_acceptance = ["acceptance", "definition of done", "success criteria"]
                        .iter()
                        .any(|words| title.contains(words));
                }
                text.push(line.text);
            }
            Block::Comment => {}
            Block::Text if is_acceptance => match checkbox(line.text.trim()) {
                Some((_, check)) => checks.push(check.to_owned()),
                None => text.push(line.text),
            },
            _ => text.push(line.text),
        }
    }
    (text.join("\n").trim().to_owned(), checks)
}

/// The first heading of a text.
pub fn heading(text: &str) -> Option<&str> {
    lines(text).find_map(|line| match line.block {
        Block::Heading(_, title) => Some(title),
        _ => None,
    })
}

/// Makes ids unique when tasks of several folders share a numbering: `folder:id`.
#[derive(Debug, Clone)]
pub struct Scopes<'a> {
    folders: Vec<&'a str>,
}

impl<'a> Scopes<'a> {
    /// The folders that hold tasks.
    pub fn of(folders: impl IntoIterator<Item = &'a str>) -> Scopes<'a> {
        let mut seen = HashSet::new();
        Scopes { folders: folders.into_iter().filter(|folder| seen.insert(*folder)).collect() }
    }

    /// Whether there are several.
    pub fn are_several(&self) -> bool {
        self.folders.len() > 1
    }

    /// Each folder, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.folders.iter().copied()
    }

    /// The id of a task of a folder among all tasks.
    pub fn full(&self, folder: &str, id: &str) -> String {
        let name = folder.rsplit('/').next().unwrap_or_default();
        if self.are_several() && !id.is_empty() { format!("{name}:{id}") } else { id.to_owned() }
    }
}

/// A note about files that are no part of the plan.
pub fn note_unread(files: &[File], read: usize) -> Option<Diagnostic> {
    let count = files.len().saturating_sub(read);
    let (others, hold) =
        if count == 1 { ("other file holds", "it was") } else { ("other files hold", "they were") };
    (count > 0).then(|| notes::OTHER_FILES.says(&format!("{count} {others} no task; {hold} not read.")))
}

/// The plan of an outline, or the error for files without tasks.
pub fn finish(
    mut outline: Outline,
    reader: Reader,
    format: &'static Format,
) -> Result<Imported, ImportError> {
    if outline.items.is_empty() {
        return Err(ImportError::new(format!("This looks like {}, but it has no tasks.", format.name)));
    }
    outline.notes.extend(reader.notes.iter().map(|message| notes::VALUE_CHANGED.says(message)));
    Ok(outline.into_imported(format))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acceptance_is_split_off_and_comments_are_left_out() {
        let body = "# A\n\nDo it.\n\n## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [x] #1 It works\n- [ ] Fast\n\n## Plan\n- [ ] Step\n";
        let (text, checks) = split_checks(body);
        assert_eq!(text, "# A\n\nDo it.\n\n## Acceptance Criteria\n\n## Plan\n- [ ] Step");
        assert_eq!(checks, ["#1 It works", "Fast"]);
    }

    #[test]
    fn lists_are_read_in_every_spelling() {
        let texts = |text: &str| {
            let file = File::new("", format!("---\n{text}\n---\n"));
            texts_of(file.front_matter().and_then(|front| front.fields.get("a")))
        };
        for text in ["a: [x, '011']", "a: x, 011", "a:\n  - x\n  - \"011\"", "a: '[x, 011]'"] {
            assert_eq!(texts(text), ["x", "011"], "{text}");
        }
        for text in ["a: []", "a:", "a: none", "a: {b: 1}", "b: 1"] {
            assert!(texts(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn patterns_lose_what_stands_around_them() {
        assert_eq!(
            patterns(["`./src/a.ts:10-40`", "src/b.ts#L3", "TBD", "src/a.ts", "lib/**"]),
            ["src/a.ts", "src/b.ts", "lib/**"]
        );
    }
}
