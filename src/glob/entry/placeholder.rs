//! Words that stand where files will be named later, or that say there are none.

use super::file_name::is_prose;

/// Words that name no files, in lower case. Whoever has a file of that name writes `./none`.
const WORDS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "todo",
    "fixme",
    "xxx",
    "n/a",
    "na",
    "n.a",
    "none",
    "nil",
    "null",
    "nothing",
    "unknown",
    "undecided",
    "unclear",
    "unspecified",
    "pending",
    "various",
    "etc",
    "ditto",
];

/// Words for the whole repository, in lower case.
const EVERYTHING: &[&str] =
    &["all", "everything", "anything", "everywhere", "all files", "every file", "any file"];

/// Whether the entry says in words that it means every file.
pub(super) fn is_everything(entry: &str) -> bool {
    if entry.len() > 30 || entry.contains(['/', '*']) {
        return false;
    }
    let lower = entry.trim_matches(['.', ' ']).to_lowercase();
    let rest = lower.strip_prefix("the ").unwrap_or(&lower);
    let whole = rest.strip_prefix("whole ").or_else(|| rest.strip_prefix("entire "));
    EVERYTHING.contains(&lower.as_str())
        || whole.is_some_and(|what| matches!(what, "repository" | "repo" | "codebase" | "project"))
}

/// Whether the entry is a word or a sentence rather than a path.
pub(super) fn is_word(entry: &str) -> bool {
    is_placeholder(entry) || is_everything(entry)
}

/// Whether the entry names no file: one of the words, only signs such as `?` or `…`, or a sentence.
pub(super) fn is_placeholder(entry: &str) -> bool {
    if entry.is_empty() || entry.len() > 60 {
        return false;
    }
    let is_sign = |c: char| matches!(c, '?' | '-' | '–' | '—' | '…' | '_');
    if entry.chars().all(is_sign) || entry.len() > 2 && entry.bytes().all(|byte| byte == b'.') {
        return true;
    }
    let is_around = |c: char| "()[]<>{}`'\"*_.!,:; ".contains(c);
    let word = entry.trim_matches(is_around);
    if word.len() == entry.len() && !word.contains(' ') && word.len() > 11 {
        return false;
    }
    let lower = word.to_lowercase();
    // A path never begins with `./` by chance, so it is the way to say that one of the words is a name.
    if entry.starts_with(['.', '/']) || entry.ends_with('/') {
        return false;
    }
    let explained = lower.split_once([' ', ':']).is_some_and(|(first, _)| {
        matches!(first, "tbd" | "tba" | "tbc" | "todo" | "n/a" | "none" | "unknown") && !word.contains("./")
    });
    let names_one = |text: &str| text.contains(['/', '*']) || super::file_name::is_file(text);
    WORDS.contains(&&*lower)
        || explained && !lower.split(' ').skip(1).any(names_one)
        || is_prose(word) && !entry.starts_with('{')
}
