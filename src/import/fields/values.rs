//! Values of fields: words for progress, lists in one text, files, and checks.

use serde_json::Value;

use crate::glob::Entry;
use crate::plan::Status;

/// The progress that a word means; `None` if it is not known.
pub fn status_of(word: &str) -> Option<Status> {
    let plain: String =
        word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).take(40).collect();
    Some(match plain.as_str() {
        "done" | "completed" | "complete" | "closed" | "finished" | "resolved" | "merged" | "shipped"
        | "passed" | "pass" | "verified" | "accepted" | "released" | "success" | "succeeded"
        | "implemented" | "x" | "yes" | "true" => Status::Done,
        "inprogress" | "running" | "started" | "active" | "doing" | "wip" | "review" | "inreview"
        | "working" | "hooked" | "ongoing" | "underreview" | "claimed" | "executing" => Status::Running,
        "failed" | "failure" | "error" | "errored" => Status::Failed,
        "cancelled" | "canceled" | "dropped" | "deferred" | "skipped" | "wontfix" | "wontdo"
        | "abandoned" | "rejected" | "obsolete" | "archived" | "deleted" | "duplicate" | "superseded"
        | "notplanned" | "removed" | "tombstone" => Status::Dropped,
        "" | "todo" | "pending" | "open" | "opened" | "ready" | "backlog" | "blocked" | "planned" | "new"
        | "notstarted" | "queued" | "proposed" | "draft" | "approved" | "waiting" | "unstarted"
        | "triage" | "onhold" | "paused" | "pinned" | "reopened" | "created" | "no" | "false" => Status::Todo,
        _ => return None,
    })
}

/// The entries of a text with commas, semicolons, bars or lines between them. Commas inside braces, as in
/// `src/{a,b}.ts`, separate nothing.
pub fn several(text: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    for (at, sign) in text.char_indices() {
        match sign {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '\n' if depth == 0 || sign == '\n' => {
                entries.push(&text[start..at]);
                (start, depth) = (at + 1, 0);
            }
            _ => {}
        }
    }
    entries.push(&text[start..]);
    entries.into_iter().map(str::trim).filter(|entry| !is_nothing(entry)).collect()
}

/// What a word for yes or no means; `None` for any other.
pub fn yes_or_no(word: &str) -> Option<bool> {
    match word.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "y" | "✅" => Some(true),
        "false" | "no" | "n" | "❌" => Some(false),
        _ => None,
    }
}

/// Whether a text stands for no value.
pub fn is_nothing(text: &str) -> bool {
    let plain = text.trim().trim_matches(['(', ')', '[', ']']);
    matches!(plain.to_ascii_lowercase().as_str(), "" | "-" | "–" | "—" | "none" | "n/a" | "null" | "nil")
}

/// The paths in an entry of a list of files, without what is written around them.
pub fn paths(entry: &str) -> Vec<String> {
    match Entry::read(entry) {
        Entry::Files(path) => vec![path.strip_prefix("./").unwrap_or(&path).to_owned()],
        Entry::Placeholder => Vec::new(),
        Entry::Other { meant, .. } if !meant.is_empty() => meant,
        Entry::Other { .. } => vec![entry.trim().to_owned()],
    }
}

/// Whether a text looks like a path and not like words.
pub fn is_path(text: &str) -> bool {
    let text = text.trim().trim_matches('`');
    let is_dotted = || text.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && !end.is_empty());
    !text.contains(' ') && !text.contains("://") && (text.contains('/') || is_dotted())
}

/// What must hold, from a text, a list, or an object with a command.
pub fn checks_of(value: &Value) -> Vec<String> {
    match value {
        Value::Array(values) => values.iter().filter_map(check_of).collect(),
        Value::String(text) => lines_of(text),
        _ => check_of(value).into_iter().collect(),
    }
}

/// The entries of a list in Markdown; a text that is no list is one entry.
fn lines_of(text: &str) -> Vec<String> {
    let item = |line: &str| {
        let rest = line.trim_start().strip_prefix(['-', '*', '+'])?.strip_prefix(' ')?;
        let open = ["[ ] ", "[x] ", "[X] "].iter().find_map(|open| rest.trim_start().strip_prefix(open));
        Some(open.unwrap_or(rest).trim().to_owned())
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.iter().map(|line| item(line)).collect::<Option<Vec<String>>>() {
        Some(items) => items,
        None => vec![lines.join(" ")],
    }
}

fn check_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            let get = |name: &str| fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let named =
                ["command", "run", "criterion", "criteria", "description", "title", "text", "scenario"];
            match (named.into_iter().find_map(get), get("expected")) {
                (Some(what), Some(expected)) => format!("{what}: {expected}"),
                (Some(what), None) => what.to_owned(),
                (None, _) => fields
                    .get("scenarios")
                    .or(fields.get("checks"))
                    .map_or_else(|| value.to_string(), |list| checks_of_texts(list).join("; ")),
            }
        }
        Value::Null => return None,
        _ => value.to_string(),
    };
    (!text.trim().is_empty()).then_some(text)
}

fn checks_of_texts(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_in_one_text_are_taken_apart() {
        assert_eq!(several("A1, A2;A3"), ["A1", "A2", "A3"]);
        assert_eq!(several("src/{a,b}.ts | c.ts"), ["src/{a,b}.ts", "c.ts"]);
        assert_eq!(several("none"), [""; 0]);
        assert_eq!(several("{a\nb"), ["{a", "b"]);
    }

    #[test]
    fn checks_are_read_from_texts_lists_and_commands() {
        assert_eq!(checks_of(&json!("- [ ] a\n- b")), ["a", "b"]);
        assert_eq!(checks_of(&json!("first\nthen")), ["first then"]);
        assert_eq!(checks_of(&json!(["a", {"command": "make", "expected": "OK"}])), ["a", "make: OK"]);
        assert_eq!(checks_of(&json!({"type": "browser", "checks": ["x", "y"]})), ["x; y"]);
    }

    #[test]
    fn paths_lose_what_is_around_them() {
        assert_eq!(paths("./src/a.ts"), ["src/a.ts"]);
        assert_eq!(paths("`src/a.ts:10-40`"), ["src/a.ts"]);
        assert_eq!(paths("TBD"), [""; 0]);
    }
}
