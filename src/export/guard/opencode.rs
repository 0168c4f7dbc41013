//! opencode: an agent file for each task with rules for the paths that it may edit.
//!
//! In these rules `*` is any text, also over `/`, and the last rule that matches decides. A pattern becomes a rule only if
//! the rule means the same; what can't be said is left out, so that an agent never may do more than the plan says.

use serde_json::{Map, Value, json};

use super::super::output::File;
use super::{Guarded, yaml};
use crate::glob::FileSet;

pub fn files(tasks: &[Guarded<'_>]) -> Vec<File> {
    let agent = |guarded: &Guarded<'_>| {
        let edit: Map<String, Value> =
            rules(guarded.owned).into_iter().map(|(pattern, verdict)| (pattern, json!(verdict))).collect();
        let fields = [
            ("description", json!(guarded.description())),
            ("mode", json!("subagent")),
            ("permission", json!({"edit": edit})),
        ];
        let path = format!(".opencode/agents/{}.md", guarded.name);
        File { path, text: yaml::with_fields(&fields, &guarded.told) }
    };
    tasks.iter().map(agent).collect()
}

/// The rules for a list of files, in order. Patterns that can't be said are left out; excluded ones are widened.
fn rules(owned: &FileSet) -> Vec<(String, &'static str)> {
    let mut rules = vec![("*".to_owned(), "deny")];
    let mut add = |pattern: String, verdict| {
        rules.retain(|(known, _)| *known != pattern);
        rules.push((pattern, verdict));
    };
    for member in owned.includes() {
        member.pattern.as_text_wildcards().into_iter().flatten().for_each(|pattern| add(pattern, "allow"));
    }
    for member in owned.excludes() {
        for (exact, lead) in member.pattern.as_text_wildcards().into_iter().zip(member.pattern.beginnings()) {
            add(exact.unwrap_or_else(|| format!("{}*", lead.trim_end_matches('/'))), "deny");
        }
    }
    rules
}

/// Whether the rules for a list of files let a path be edited.
pub fn decides(owned: &FileSet, path: &str) -> bool {
    let matching = rules(owned).into_iter().rfind(|(pattern, _)| text_matches(pattern, path));
    matching.is_some_and(|(_, verdict)| verdict == "allow")
}

fn text_matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glob::Pattern;

    #[test]
    fn a_rule_says_what_the_pattern_says_or_is_left_out() {
        let said = |pattern: &str| Pattern::parse(pattern).expect("a pattern").as_text_wildcards();
        let one = |text: &str| vec![Some(text.to_owned())];
        assert_eq!(said("src/auth/**"), one("src/auth/*"));
        assert_eq!(said("LICENSE"), one("LICENSE"));
        assert_eq!(said("**"), one("*"));
        assert_eq!(said("src/**/*.test.ts"), one("src/*.test.ts"));
        assert_eq!(said("src/*.ts"), [None]);
        assert_eq!(said("src/*/a.ts"), [None]);
        assert_eq!(said("{a,b/c}.md"), [Some("a.md".to_owned()), Some("b/c.md".to_owned())]);
        assert_eq!(said("a[0-9].md"), [None]);
    }

    #[test]
    fn no_rule_gives_more_than_the_plan() {
        let entries = ["src/**", "!src/vendor/**", "docs/*.md", "!src/old/[a-c]*/x", "a.md"];
        let (owned, _) = FileSet::parse(&entries);
        for path in [
            "src/x.rs",
            "src/vendor/x",
            "docs/a.md",
            "docs/b/a.md",
            "src/old/a1/x",
            "src/d/x",
            "a.md",
            "b.md",
        ] {
            assert!(!decides(&owned, path) || owned.matches(path), "{path}");
        }
        assert!(decides(&owned, "src/x.rs") && decides(&owned, "a.md"));
    }
}
