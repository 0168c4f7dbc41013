//! The choice of plans to compare the open one with, or of work to put beside it.

use crate::library::{Head, Version, newest_first};
use crate::view::act::Act;
use crate::view::markup::{Markup, button, icon, markup};
use crate::view::test_name as test;
use crate::view::words::{ago, tasks};

/// Versions of the open document, other documents, a file, or a paste. What is chosen to run beside the plan
/// is no version of it, but may be a list of changed files. `problem` is a sentence about the last attempt.
pub fn choices(
    mut heads: Vec<Head>,
    versions: &[Version],
    current: &str,
    (beside, problem): (bool, &str),
    now: u64,
) -> Vec<Markup> {
    let words = if beside { &BESIDE } else { &COMPARED };
    newest_first(&mut heads);
    let mut parts = vec![markup("p", "shelf-fault").set("role", "alert").text(problem)];
    if beside {
        parts.push(markup("p", "about").text(ABOUT_BESIDE));
    }
    let version = |version: &Version| {
        let name = if version.name.is_empty() { "Saved automatically" } else { &version.name };
        let act = Act::CompareVersion { key: current.to_owned(), number: version.saved };
        choice(&act, name, version.tasks, version.saved, now).key(&version.saved.to_string())
    };
    parts.extend(section("A version of it", versions.iter().map(version).collect()));
    let others = heads.iter().filter(|head| head.removed.is_none() && head.key != current);
    let other = |head: &Head| {
        let act = Act::CompareDocument { key: head.key.clone() };
        choice(&act, &head.name, head.tasks, head.saved, now).key(&head.key)
    };
    parts.extend(section("Another plan on this device", others.map(other).collect()));
    let file = button("button")
        .act(&Act::CompareFile)
        .set("data-test", test::COMPARE_FILE)
        .child(icon("file"))
        .text("Choose a file…");
    parts.extend(section("A file", vec![file]));
    let area = markup("textarea", "field mono")
        .set("rows", "4")
        .set("aria-label", words.label)
        .set("placeholder", words.placeholder)
        .set("data-test", test::COMPARE_PASTE);
    let compare = button("button primary")
        .act(&Act::ComparePasted)
        .set("data-test", test::COMPARE_PASTED)
        .text(words.button);
    parts.extend(section(words.title, vec![area, compare]));
    parts
}

/// What the field for a paste says.
struct Words {
    title: &'static str,
    label: &'static str,
    placeholder: &'static str,
    button: &'static str,
}

const COMPARED: Words = Words {
    title: "A link or a plan",
    label: "A link or a plan to compare with",
    placeholder: "Paste a link, a message with a link, plan text or JSON",
    button: "Compare",
};

const BESIDE: Words = Words {
    title: "A plan, a link, or the changed files of a branch",
    label: "A plan, a link, or the changed files of a branch that is worked on at the same time",
    placeholder: "Paste a plan, a link, or what git diff --name-only main...BRANCH prints",
    button: "Put beside",
};

const ABOUT_BESIDE: &str = "Work that runs anyway while this plan does. Nothing is opened or changed: what collides \
    between them, and in which order to land them, is listed in Problems.";

fn section(title: &str, parts: Vec<Markup>) -> Option<Markup> {
    let title = markup("h3", "").text(title);
    (!parts.is_empty()).then(|| markup("section", "ways").child(title).children(parts))
}

fn choice(act: &Act, name: &str, count: usize, saved: u64, now: u64) -> Markup {
    let about = [&tasks(count), ", ", &ago(saved, now)].concat();
    button("menu-item").act(act).set("data-test", test::COMPARE_WITH).child(
        markup("span", "what").child(markup("bdi", "").text(name)).child(markup("small", "").text(&about)),
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
        let shown = format!("{:?}", choices(heads.clone(), &[version], "a", (false, ""), 0));
        assert!(shown.contains("Plan b") && shown.contains("Monday"), "{shown}");
        assert!(!shown.contains("Plan a") && !shown.contains("Plan c"), "{shown}");
        let beside = format!("{:?}", choices(heads, &[], "a", (true, ""), 0));
        assert!(
            beside.contains("Plan b") && beside.contains("git diff") && !beside.contains("Compare"),
            "{beside}"
        );
    }
}
