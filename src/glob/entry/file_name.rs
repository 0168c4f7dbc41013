//! What looks like the name of a file, judged by its text alone.

/// Files that commonly have no extension.
const WITHOUT_EXTENSION: &[&str] = &[
    "Makefile",
    "Dockerfile",
    "Containerfile",
    "Justfile",
    "justfile",
    "Rakefile",
    "Gemfile",
    "Procfile",
    "Vagrantfile",
    "Jenkinsfile",
    "Brewfile",
    "Caddyfile",
    "LICENSE",
    "README",
    "CHANGELOG",
    "NOTICE",
    "AUTHORS",
    "CODEOWNERS",
    "VERSION",
    "BUILD",
    "WORKSPACE",
];

/// Whether a path is surely complete: its last name is that of a file, or it ends in a wildcard or a slash.
pub(super) fn is_file(path: &str) -> bool {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    if path.ends_with(['/', '*']) {
        return true;
    }
    if WITHOUT_EXTENSION.contains(&name) {
        return true;
    }
    match name.rsplit_once('.') {
        Some(("", hidden)) => hidden.len() > 1 && hidden.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        Some((stem, extension)) => !stem.trim().is_empty() && is_extension(extension),
        None => false,
    }
}

/// Whether the text is such a path, perhaps in quotes.
pub(super) fn is_quoted_file(text: &str) -> bool {
    is_file(text.trim().trim_matches(['`', '"', '\'', '“', '”']))
}

/// Whether a word of a remark is a path itself.
pub(super) fn names_file(word: &str) -> bool {
    word.contains(['/', '\\', '*']) || is_file(word.trim_end_matches(['.', ',']))
}

/// Whether the text can be the extension of a file: short, beginning with a letter, or alternatives.
fn is_extension(text: &str) -> bool {
    let is_short = (1..=10).contains(&text.len()) && text.starts_with(|c: char| c.is_ascii_alphabetic());
    is_short && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        || text.starts_with(['{', '[']) && text.ends_with(['}', ']', 's', 'x'])
}

/// Words that begin a sentence rather than a name, in lower case.
const BEGINNINGS: &[&str] = &[
    "the", "all", "see", "every", "any", "not", "no", "to", "as", "some", "most", "whatever", "depends",
    "various", "several", "multiple", "same", "only", "none",
];

/// Whether the text is words of a sentence and no path: several, in small letters, without any sign that only
/// paths have.
pub(super) fn is_prose(text: &str) -> bool {
    let is_small = |word: &str| word.chars().all(|c| c.is_lowercase() || matches!(c, '\'' | '’' | '-'));
    let Some((first, rest)) = text.split_once(' ') else { return false };
    let begins = is_small(first) || BEGINNINGS.contains(&first.to_lowercase().as_str());
    begins && !first.is_empty() && rest.split(' ').all(|word| !word.is_empty() && is_small(word))
}
