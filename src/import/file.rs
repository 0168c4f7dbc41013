//! A file to import.

use std::cell::OnceCell;

use serde_json::{Map, Value};

use super::ImportError;
use super::decode::decode;
use super::json_lines::{self, JsonLines};
use super::markdown::{FrontMatter, front_matter};
use super::yaml::{self, Damage, Node};

/// A named file, or a paste, which has no name. Its text and JSON are decoded once, when a format first needs
/// them.
#[derive(Debug, Default)]
pub struct File {
    /// Path relative to the given folder or archive, or the file name; empty for a paste. Messages show it.
    /// Formats may use it as a hint, but people rename files.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
    text: OnceCell<Result<String, ImportError>>,
    json: OnceCell<Option<serde_json::Result<Value>>>,
    json_lines: OnceCell<Option<JsonLines>>,
    front_matter: OnceCell<Option<FrontMatter>>,
    yaml: OnceCell<Option<Result<Node, Damage>>>,
}

impl File {
    /// A file with this path and content.
    pub fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> File {
        File { path: path.into(), bytes: bytes.into(), ..File::default() }
    }

    /// The text, with `\n` at the end of every line, or the reason why the file is not text.
    ///
    /// # Errors
    ///
    /// If the file is no text.
    pub fn text(&self) -> Result<&str, &ImportError> {
        self.text.get_or_init(|| decode(&self.bytes)).as_deref()
    }

    /// The JSON, or its syntax error; `None` if the text does not begin like an object or a list.
    pub fn json(&self) -> Option<&serde_json::Result<Value>> {
        let read = || {
            let text = self.text().ok()?;
            text.trim_start().starts_with(['{', '[']).then(|| serde_json::from_str(text))
        };
        self.json.get_or_init(read).as_ref()
    }

    /// The objects of a text that holds one on each line, or one after the other; `None` for any other text,
    /// also if it is one JSON value.
    pub(super) fn json_lines(&self) -> Option<&JsonLines> {
        let read = || match self.json()? {
            Ok(_) => None,
            Err(_) => json_lines::read(self.text().ok()?),
        };
        self.json_lines.get_or_init(read).as_ref()
    }

    /// The objects of a list, of lines, or of a single object, each with its line or 0.
    pub(super) fn objects(&self) -> Option<Vec<(usize, &Map<String, Value>)>> {
        match (self.json()?, self.json_lines()) {
            (Ok(Value::Array(values)), _) => {
                Some(values.iter().filter_map(|value| Some((0, value.as_object()?))).collect())
            }
            (Ok(Value::Object(fields)), _) => Some(vec![(0, fields)]),
            (_, Some(lines)) => Some(lines.objects().collect()),
            _ => None,
        }
    }

    /// The fields between two `---` at the start, if there are any.
    pub(super) fn front_matter(&self) -> Option<&FrontMatter> {
        self.front_matter.get_or_init(|| front_matter(self.text().ok()?)).as_ref()
    }

    /// The YAML, or why it can't be read; `None` if the text does not begin like a map or a list of YAML.
    pub(super) fn yaml(&self) -> Option<&Result<Node, Damage>> {
        let read = || {
            let text = self.text().ok()?;
            // JSON is read as such.
            let is_json = text.trim_start().starts_with(['{', '[']);
            (!is_json && may_be_yaml(text)).then(|| yaml::read(text))
        };
        self.yaml.get_or_init(read).as_ref()
    }

    /// The text below the front matter, and the number of lines above it.
    pub(super) fn body(&self) -> (&str, usize) {
        let text = self.text().unwrap_or_default();
        let above = self.front_matter().map_or(0, |front| front.lines);
        let start = text.split_inclusive('\n').take(above).map(str::len).sum();
        (&text[start..], above)
    }

    /// Whether its name ends like that of YAML.
    pub(super) fn has_yaml_name(&self) -> bool {
        self.path.ends_with(".yaml") || self.path.ends_with(".yml")
    }

    /// The name without its folders.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// The folder that it is in, as its path; empty at the top.
    pub(super) fn folder(&self) -> &str {
        self.path.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder)
    }
}

/// Whether the first line with content is a key or an entry of a list.
fn may_be_yaml(text: &str) -> bool {
    let is_content =
        |line: &&str| !line.trim().is_empty() && !line.starts_with(['#', '%']) && line.trim_end() != "---";
    text.lines().find(is_content).is_some_and(|line| {
        let line = line.trim_start_matches("- ");
        line.trim_end() == "-"
            || line.split_once(':').is_some_and(|(_, rest)| rest.is_empty() || rest.starts_with(' '))
    })
}

/// The file and its text if there is exactly one file and it is text. For formats that read one file at a
/// time.
pub fn only_text(files: &[File]) -> Option<(&File, &str)> {
    match files {
        [file] => Some((file, file.text().ok()?)),
        _ => None,
    }
}
