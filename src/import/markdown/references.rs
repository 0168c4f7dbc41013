//! The tasks that a value names: `Task 1, 2.1–2.4 (schema)`, `WP01-WP05`, `#12 and #13`, `none`.

use super::items::is_id;

/// A task, or a range of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its id, or that of the first one.
    pub first: String,
    /// The id of the last one of a range.
    pub last: Option<String>,
    /// Whether nothing else than a task can be meant.
    pub is_sure: bool,
    /// Whether it is the number of a phase, so that all its tasks are meant.
    pub is_section: bool,
}

/// What a value names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct References {
    /// In the order of the value.
    pub found: Vec<Reference>,
    /// Whether it says in words that there is none.
    pub is_none: bool,
}

const FILLERS: &[&str] = &[
    "task",
    "tasks",
    "step",
    "steps",
    "issue",
    "issues",
    "phase",
    "phases",
    "item",
    "items",
    "and",
    "or",
    "all",
    "of",
    "the",
    "from",
    "both",
    "package",
    "packages",
    "complete",
    "completed",
    "done",
    "depends",
    "on",
    "requires",
    "after",
];
const TASK_WORDS: &[&str] = &["task", "tasks", "step", "steps", "issue", "issues", "package", "packages"];
const NONE: &[&str] = &["none", "nothing", "n/a", "na", "nil", "no", "-", "—", "–", "无"];
const RANGE: &[&str] = &["–", "-", "to", "through", "thru"];

/// Reads a value. What stands in brackets is a remark.
pub fn references(value: &str) -> References {
    let spaced = spaced(value);
    let mut found = References::default();
    let (mut is_list, mut is_after_task, mut is_range, mut is_section) = (true, false, false, false);
    let mut is_first = true;
    for word in spaced.split_whitespace() {
        let word = word.trim_matches(['"', '\'', ':', '.', '!', '?', '“', '”']);
        let lower = word.to_lowercase();
        if std::mem::take(&mut is_first) && NONE.contains(&lower.as_str()) {
            found.is_none = true;
        } else if RANGE.contains(&lower.as_str()) {
            is_range = !found.found.is_empty();
            continue;
        } else if is_id(word) || range(word).is_some() {
            let (first, last) = range(word).map_or((word, None), |(first, last)| (first, Some(last)));
            match found.found.last_mut().filter(|before| is_range && before.last.is_none()) {
                Some(before) => before.last = Some(first.to_owned()),
                None => found.found.push(Reference {
                    first: first.to_owned(),
                    last: last.map(str::to_owned),
                    is_sure: is_after_task || first.starts_with('#'),
                    is_section,
                }),
            }
            is_range = false;
            continue;
        } else if FILLERS.contains(&lower.as_str()) {
            is_after_task |= TASK_WORDS.contains(&lower.as_str());
            is_section = lower.starts_with("phase") || (is_section && !is_after_task);
        } else if !word.is_empty() {
            is_list = false;
            (is_after_task, is_section) = (false, false);
        }
        is_range = false;
    }
    // A list that is nothing but ids can mean nothing but tasks.
    found.found.iter_mut().for_each(|reference| reference.is_sure |= is_list && !reference.is_section);
    found
}

/// The value with space around every sign between ids, and without remarks in brackets.
fn spaced(value: &str) -> String {
    let mut spaced = String::with_capacity(value.len());
    let mut depth = 0usize;
    for c in value.replace("..", " – ").chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ',' | ';' | '&' | '+' | '[' | ']' | '`' | '*' | '/' | '，' | '、' => spaced.push(' '),
            '–' | '—' | '~' => spaced.push_str(" – "),
            _ => spaced.push(c),
        }
    }
    spaced
}

/// The ends of a range in one word: `WP01-WP05`, `2-5`.
fn range(word: &str) -> Option<(&str, &str)> {
    let (first, last) = word.split_once('-')?;
    let prefix = |id: &str| id.find(|c: char| c.is_ascii_digit()).unwrap_or(id.len());
    let are_alike = prefix(last) == 0 || first[..prefix(first)] == last[..prefix(last)];
    (is_id(first) && is_id(last) && are_alike).then_some((first, last))
}

/// How far an id, or a range of two, is looked for.
const MAX_ID_CHARACTERS: usize = 64;

/// `Task 3`, `#12`, `1.2`, `WP01` at the start of a text; for sentences such as “blocked by Task 3”.
pub fn leading_reference(text: &str) -> Option<&str> {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') {
        return None;
    }
    let word = ["tasks ", "task ", "step ", "issue "]
        .into_iter()
        .find(|word| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)));
    let start = word.map_or(0, str::len);
    let rest = &text[start..];
    let is_of_id = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '#' | '.' | '_' | '-');
    // All these are a byte long.
    let end = rest.chars().take(MAX_ID_CHARACTERS).take_while(is_of_id).count();
    let mut id = rest[..end].trim_end_matches(['.', '-', '_']);
    if let Some((first, _)) = range(id) {
        id = first;
    }
    let is_named =
        word.is_some() || id.starts_with('#') || id.contains('.') || id.starts_with(char::is_alphabetic);
    (is_id(id) && is_named).then(|| &text[..start + id.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tasks of a value, with `?` behind those that may be something else.
    fn shown(value: &str) -> String {
        let read = references(value);
        let one = |reference: &Reference| {
            let section = if reference.is_section { "phase " } else { "" };
            let last = reference.last.as_ref().map_or(String::new(), |last| format!("..{last}"));
            format!("{section}{}{last}{}", reference.first, if reference.is_sure { "" } else { "?" })
        };
        let found: Vec<String> = read.found.iter().map(one).collect();
        if read.is_none { format!("none {}", found.join(" ")).trim().to_owned() } else { found.join(" ") }
    }

    #[test]
    fn tasks_are_named_in_many_ways() {
        for (value, expected) in [
            ("Task 1", "1"),
            ("Tasks 1.1–1.4", "1.1..1.4"),
            ("1, 2-5 and 7", "1 2..5 7"),
            ("WP01-WP05 ALL complete (cannot delete before 3)", "WP01..WP05"),
            ("Depends on WP01 (models), WP02 (store read)", "WP01 WP02"),
            ("#12, #13", "#12 #13"),
            ("TP-117 (queue must exist)", "TP-117"),
            ("T001 through T004", "T001..T004"),
            ("[1.1, 1.2]", "1.1 1.2"),
            ("None (starting package)", "none"),
            ("none", "none"),
            ("Node 18 and a database", "18?"),
            ("Task 2 output, Node 18", "2 18?"),
            ("Phase 1 complete, Task 3", "phase 1? 3"),
            ("the schema", ""),
        ] {
            assert_eq!(shown(value), expected, "{value}");
        }
    }

    #[test]
    fn sentences_name_tasks_by_a_word_or_a_sign() {
        for (text, expected) in [
            ("Task 3. Then", Some("Task 3")),
            ("#12 (a.ts)", Some("#12")),
            ("1.2, 1.3", Some("1.2")),
            ("WP01-WP05", Some("WP01")),
            ("5 minutes", None),
            ("the task", None),
        ] {
            assert_eq!(leading_reference(text), expected, "{text}");
        }
    }
}
