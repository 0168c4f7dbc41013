//! What the open plan can be compared with.

use crate::library::{Head, Version, newest_first};
use crate::view::documents::{ago, tasks};
use crate::view::markup::{Markup, button, icon, markup};
use crate::view::test_name as test;

/// Versions of the open document, other documents, a file, or something pasted. `problem` is a sentence about what was tried
/// last.
pub fn choices(
    mut heads: Vec<Head>,
    versions: &[Version],
    current: &str,
    problem: &str,
    now: u64,
) -> Vec<Markup> {
    newest_first(&mut heads);
    let mut parts = vec![markup("p", "shelf-fault").set("role", "alert").text(problem)];
    let version = |version: &Version| {
        let name = if version.name.is_empty() { "Kept by itself" } else { &version.name };
        choice("compare", current, name, version.tasks, version.saved, now)
            .set("data-number", &version.saved.to_string())
    };
    parts.extend(section("A version of it", versions.iter().map(version).collect()));
    let others = heads.iter().filter(|head| head.removed.is_none() && head.key != current);
    let other = |head: &Head| choice("compare-document", &head.key, &head.name, head.tasks, head.saved, now);
    parts.extend(section("Another plan on this device", others.map(other).collect()));
    let file = button("button")
        .set("data-act", "compare-file")
        .set("data-test", test::COMPARE_FILE)
        .child(icon("file"))
        .text("Choose a file…");
    parts.extend(section("A file", vec![file]));
    let area = markup("textarea", "field mono")
        .set("rows", "4")
        .set("aria-label", "A link or a plan to compare with")
        .set("placeholder", "Paste a link, a message with a link, plan text or JSON")
        .set("data-test", test::COMPARE_PASTE);
    let compare = button("button primary")
        .set("data-act", "compare-pasted")
        .set("data-test", test::COMPARE_PASTED)
        .text("Compare");
    parts.extend(section("A link or a plan", vec![area, compare]));
    parts
}

fn section(title: &str, parts: Vec<Markup>) -> Option<Markup> {
    let title = markup("h3", "").text(title);
    (!parts.is_empty()).then(|| markup("section", "ways").child(title).children(parts))
}

fn choice(act: &str, key: &str, name: &str, count: usize, saved: u64, now: u64) -> Markup {
    let about = [&tasks(count), ", ", &ago(saved, now)].concat();
    button("menu-item")
        .key(&[act, key, &saved.to_string()].concat())
        .set("data-act", act)
        .set("data-key", key)
        .set("data-test", test::COMPARE_WITH)
        .child(
            markup("span", "what")
                .child(markup("bdi", "").text(name))
                .child(markup("small", "").text(&about)),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_other_documents_are_offered_but_not_the_open_one_or_the_bin() {
        let head = |key: &str, removed| Head {
            key: key.into(),
            name: ["Plan ", key].concat(),
            removed,
            ..Head::default()
        };
        let heads = vec![head("a", None), head("b", None), head("c", Some(1))];
        let version = Version { name: "Monday".into(), saved: 5, ..Version::default() };
        let shown = format!("{:?}", choices(heads, &[version], "a", "", 0));
        assert!(shown.contains("Plan b") && shown.contains("Monday"), "{shown}");
        assert!(!shown.contains("Plan a") && !shown.contains("Plan c"), "{shown}");
    }
}
