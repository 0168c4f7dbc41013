//! Several paths in one entry, and a path that is renamed.

use super::file_name::is_file;

/// Words between two paths.
const WORDS: &[&str] =
    &["and", "or", "&", "+", "plus", "und", "et", "y", "to", "->", "=>", "→", "⇒", "-->", "with"];

/// The paths of the entry, if there are two or more.
pub(super) fn parts(text: &str) -> Option<Vec<String>> {
    renamed(text).or_else(|| listed(text)).or_else(|| side_by_side(text))
}

/// `src/{old => new}/a.ts`, as git shows a renamed folder, and `old -> new`.
fn renamed(text: &str) -> Option<Vec<String>> {
    if let Some((before, rest)) = text.split_once('{')
        && let Some((inner, behind)) = rest.split_once('}')
        && let Some((old, new)) = inner.split_once(" => ").or_else(|| inner.split_once(" -> "))
    {
        return Some(
            [old, new].map(|part| format!("{before}{}{behind}", part.trim()).replace("//", "/")).into(),
        );
    }
    let sign = ["-->", "->", "=>", "→", "⇒"].into_iter().find(|sign| text.contains(sign))?;
    if text.contains(&format!("/{sign} ")) {
        // A name that begins so; between paths there is a space before it too, or none at all.
        return None;
    }
    let parts: Vec<String> =
        text.split(sign).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// `a.rs, b.rs and c.rs`
fn listed(text: &str) -> Option<Vec<String>> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0usize;
    for word in text.split_inclusive([' ', ',', ';']) {
        let bare = word.trim_end_matches([' ', ',', ';']);
        if depth == 0 && WORDS.contains(&bare) {
            parts.push(String::new());
            continue;
        }
        for c in bare.chars() {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        if let Some(part) = parts.last_mut() {
            part.push_str(if depth > 0 { word } else { word.trim_end_matches([',', ';']) });
        }
        if depth == 0 && word.ends_with([',', ';']) {
            parts.push(String::new());
        }
    }
    let parts: Vec<String> =
        parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1 && (are_paths(&parts) || are_names(text, &parts))).then_some(parts)
}

/// `a.rs b.rs`
fn side_by_side(text: &str) -> Option<Vec<String>> {
    let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    let is_clear = |word: &String| {
        let extension = word.rsplit_once('.').map_or("", |(_, extension)| extension);
        is_file(word) && extension.len() <= 5 && !word.contains(['(', ')'])
    };
    (words.len() > 1 && words.iter().all(is_clear)).then_some(words)
}

/// Whether all of them are surely paths: complete, or below the same folder.
fn are_paths(parts: &[String]) -> bool {
    let is_complete =
        |part: &String| is_file(part) || super::meant_by(part).is_some_and(|path| is_file(&path));
    let folder = |part: &String| part.split_once('/').map(|(first, _)| first.to_owned());
    let shared = folder(&parts[0]);
    parts.iter().all(is_complete)
        || shared.is_some() && parts.iter().all(|part| folder(part) == shared && !part.contains(' '))
}

/// Whether they are plain names with a comma and a space between them, which no file name has.
fn are_names(text: &str, parts: &[String]) -> bool {
    let is_name = |part: &String| part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    (text.contains(", ") || text.contains("; ")) && parts.iter().all(is_name)
}
