//! The files that a value declares: `` `src/a.ts:10-40` (new), web/ ``.

use crate::glob::Entry;
use crate::plan::normal::MAX_LIST;
use crate::prose::paths::{Shape, recognise};

/// The patterns of a plan for the files that a value names. What is no path is left out.
pub fn declared_files(value: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in parts(value) {
        for path in pattern(part) {
            if found.len() < MAX_LIST && !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found
}

/// What stands between commas; of a part with back-ticks, what stands between those.
fn parts(value: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0usize, 0);
    for (at, c) in value.char_indices() {
        match c {
            '(' | '{' | '[' => depth += 1,
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '，' | '、' if depth == 0 => {
                parts.push(&value[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&value[start..]);
    parts.into_iter().flat_map(without_ticks).collect()
}

fn without_ticks(part: &str) -> Vec<&str> {
    if part.contains('`') { part.split('`').skip(1).step_by(2).collect() } else { vec![part] }
}

fn pattern(part: &str) -> Vec<String> {
    let part = part.trim().trim_start_matches("and ");
    // A remark after a path: `src/a.ts - the store`, `src/a.ts → new`.
    let remark = [" - ", " – ", " — ", " → ", " -> ", ": "].iter().filter_map(|sign| part.find(sign)).min();
    let path = remark.map_or(part, |at| &part[..at]).trim_matches([' ', '"', '\'']);
    let path = path.strip_prefix("**").and_then(|path| path.strip_suffix("**")).unwrap_or(path);
    match Entry::read(path) {
        Entry::Files(path) => translated(&path).into_iter().collect(),
        Entry::Placeholder => Vec::new(),
        Entry::Other { meant, .. } => meant.iter().filter_map(|path| translated(path)).collect(),
    }
}

/// The pattern of a plan for a path; a folder gets its `/`.
fn translated(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    if path.contains('*') && !path.contains(char::is_whitespace) {
        return Some(path.to_owned());
    }
    match recognise(path, true) {
        Some((path, Shape::PerhapsFolder)) if !path.ends_with('/') => Some(path + "/"),
        Some((path, _)) => Some(path),
        // A path of which only the letters are unusual, or a file without ending.
        None if path.contains('/') && !path.contains(char::is_whitespace) && !path.contains("://") => {
            Some(path.to_owned())
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_patterns() {
        for (value, expected) in [
            ("server/quota.ts (new), server/router.ts", "server/quota.ts server/router.ts"),
            ("`src/a.ts:10-40`, `./src/b.ts#L3`", "src/a.ts src/b.ts"),
            ("Create `src/a.ts` and change `web/`", "src/a.ts web/"),
            ("`src/api` - the routes", "src/api/"),
            ("src/upload/*", "src/upload/*"),
            ("src/{a,b}.ts, src/c.ts", "src/{a,b}.ts src/c.ts"),
            ("app/[slug]/page.tsx", "app/[slug]/page.tsx"),
            ("src/a.ts - the store", "src/a.ts"),
            ("package.json", "package.json"),
            ("TBD", ""),
            ("none", ""),
            ("whatever is needed", ""),
        ] {
            assert_eq!(declared_files(value).join(" "), expected, "{value}");
        }
    }
}
