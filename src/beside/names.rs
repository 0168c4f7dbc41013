//! Names for plans that were given as files.

use rustc_hash::FxHashSet;

/// A name for each path, unlike all others: the name of the file without its ending, with folders in front
/// where several are called alike, and with a number where that does not help. An empty path is called `plan`.
pub fn names_of(paths: &[String]) -> Vec<String> {
    let parts: Vec<Vec<&str>> = paths.iter().map(|path| parts_of(path)).collect();
    let longest = parts.iter().map(Vec::len).max().unwrap_or(1);
    let mut names: Vec<String> = parts.iter().map(|parts| ending(parts, 1)).collect();
    for length in 2..=longest {
        let taken = names.clone();
        let is_taken_twice = |name: &String| taken.iter().filter(|other| *other == name).count() > 1;
        for (name, parts) in names.iter_mut().zip(&parts).filter(|(name, _)| is_taken_twice(name)) {
            *name = ending(parts, length);
        }
    }
    let mut seen = FxHashSet::default();
    for name in &mut names {
        let plain = name.clone();
        let mut number = 2;
        while !seen.insert(name.clone()) {
            *name = format!("{plain}-{number}");
            number += 1;
        }
    }
    names
}

/// The folders and the name of a file without its ending, innermost last.
fn parts_of(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> =
        path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
    if let Some(last) = parts.last_mut() {
        let stem = [".phaseplan.md", ".phaseplan.json"].iter().find_map(|ending| last.strip_suffix(ending));
        let stem = stem.or_else(|| last.rsplit_once('.').map(|(stem, _)| stem));
        *last = stem.filter(|stem| !stem.is_empty()).unwrap_or(last);
    }
    if parts.is_empty() { vec!["plan"] } else { parts }
}

fn ending(parts: &[&str], length: usize) -> String {
    parts[parts.len().saturating_sub(length)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_plans_apart() {
        for (paths, names) in [
            ("auth.md ui.phaseplan.md", "auth ui"),
            ("specs/001-auth/tasks.md specs/002-ui/tasks.md", "001-auth/tasks 002-ui/tasks"),
            ("a/x/tasks.md b/x/tasks.md ui.md", "a/x/tasks b/x/tasks ui"),
            ("plan.md plan.md plan.json", "plan plan-2 plan-3"),
            ("plan.md a/plan.md", "plan a/plan"),
            ("../.kiro/specs/ .git", "specs .git"),
        ] {
            let paths: Vec<String> = paths.split(' ').map(str::to_owned).collect();
            assert_eq!(names_of(&paths).join(" "), names, "{paths:?}");
        }
        assert_eq!(names_of(&[String::new(), String::new()]), ["plan", "plan-2"]);
    }
}
