//! Tasks that a file holds in another format than the one that was read.

use serde_json::{Deserializer, Value};

use super::any_json::looks;
use super::yaml::{self, Content};
use super::{Certainty, File, Format, is_own, notes};
use crate::diagnostic::Diagnostic;

/// The most places in a text that are tried. Few texts have more than a handful.
const MOST_TRIED: usize = 40;

/// The most bytes of one block that are tried.
const MOST_BYTES: usize = 1 << 20;

/// A note if a file that was read in this format also has JSON or YAML with tasks, or a second YAML
/// document. Plan text keeps all of its lines, so nothing is noted there.
pub fn note(file: &File, format: &Format) -> Option<Diagnostic> {
    if is_own(format.name) || matches!(file.json(), Some(Ok(_))) || file.json_lines().is_some() {
        return None;
    }
    let text = file.text().ok()?;
    let is_yaml = file.front_matter().is_none()
        && matches!(file.yaml(), Some(Ok(root)) if matches!(root.content, Content::Map(_) | Content::List(_)));
    if is_yaml && (file.has_yaml_name() || matches!(format.id, "any-yaml" | "github-actions")) {
        let line = yaml::second_document(text)?;
        let message = format!(
            "Only the first YAML document was read; another one begins at line {line}. Put it into a file of its own to \
             import it."
        );
        return Some(notes::SECOND_FORMAT.says(&message).at_line(line));
    }
    let (line, what) = tasks_in(text)?;
    let message = format!(
        "Line {line} begins {what} with tasks of its own, which were not read. Put it into a file of its own to import it."
    );
    Some(notes::SECOND_FORMAT.says(&message).at_line(line))
}

/// The first line of a text that begins JSON with tasks, or a block of YAML with tasks, counted from 1.
fn tasks_in(text: &str) -> Option<(usize, &'static str)> {
    let mut tried = 0;
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let begins = line.trim_start();
        let what = match begins {
            _ if begins.starts_with("{\"") || begins.trim_end() == "{" || begins.starts_with('[') => "JSON",
            _ if begins.starts_with("```yaml") || begins.starts_with("```yml") => "YAML",
            _ => continue,
        };
        tried += 1;
        if tried > MOST_TRIED {
            return None;
        }
        let value = match what {
            "JSON" => json_at(within(&text[start..])),
            _ => yaml_in(within(&text[at..])),
        };
        if value.is_some_and(|value| matches!(looks(&value, ""), Certainty::Likely(_))) {
            return Some((number + 1, what));
        }
    }
    None
}

/// The value that a text begins with.
fn json_at(text: &str) -> Option<Value> {
    let value = Deserializer::from_str(text).into_iter::<Value>().next()?.ok()?;
    // A line with one task is a list of one.
    Some(if value.get("title").is_some() { Value::Array(vec![value]) } else { value })
}

/// The value of a block of code that ends with its fence.
fn yaml_in(text: &str) -> Option<Value> {
    let (block, _) = text.split_once("\n```")?;
    Some(yaml::read(block).ok()?.value())
}

fn within(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST_BYTES)]
}

#[cfg(test)]
mod tests {
    use crate::import::import;

    /// The line of the note about a second format.
    fn line(name: &str, text: &str) -> Option<usize> {
        let read = import(text.as_bytes(), Some(name)).unwrap_or_else(|error| panic!("{}", error.message));
        let note = read.notes.iter().find(|note| note.code == "PP327")?;
        assert!(note.sentences().contains("Put it into a file of its own"), "{}", note.sentences());
        note.location.as_ref().map(|location| location.line)
    }

    const LIST: &str =
        "# Tasks: Shop\n\n## Phase 1: Setup\n\n- [ ] T001 Create src/a.rs\n- [ ] T002 Create src/b.rs\n";
    const JSON: &str =
        "{\"tasks\": [{\"id\": 9, \"title\": \"Nine\", \"status\": \"pending\", \"dependencies\": []}]}\n";
    const YAML: &str = "tasks:\n  - id: a\n    title: A\n    status: todo\n    depends_on: []\n";

    #[test]
    fn tasks_in_a_second_format_are_told() {
        assert_eq!(line("tasks.md", LIST), None);
        assert_eq!(line("tasks.md", &format!("{LIST}\n{JSON}")), Some(8));
        assert_eq!(line("tasks.md", &format!("{LIST}\n```json\n{JSON}```\n")), Some(9));
        assert_eq!(line("tasks.md", &format!("{LIST}\n```yaml\n{YAML}```\n")), Some(8));
    }

    #[test]
    fn examples_in_a_text_are_no_second_format() {
        for example in ["{\"id\": 1, \"name\": \"Ada\"}\n", "[link](a.md)\n", "[ ] box\n", "{\n", "[[[[[[\n"]
        {
            assert_eq!(line("tasks.md", &format!("{LIST}\n{example}")), None, "{example}");
        }
    }

    #[test]
    fn a_second_yaml_document_is_told() {
        assert_eq!(line("plan.yaml", YAML), None);
        assert_eq!(line("plan.yaml", &format!("---\n{YAML}...\n")), None);
        assert_eq!(line("plan.yaml", &format!("{YAML}---\njobs: {{a: {{steps: []}}}}\n")), Some(7));
    }
}
