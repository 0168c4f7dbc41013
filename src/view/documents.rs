//! Lists of the documents on this device, of the bin, and of a document's versions.

use super::act::Act;
use super::markup::{Markup, button, icon, icon_button, markup};
use super::test_name as test;
use super::words::{ago, tasks};
use crate::library::{Head, Version, newest_first};

/// The most documents in a menu, and on the page of an empty plan.
const RECENT: usize = 12;

/// A menu with actions on documents and on the open plan, and the documents saved last. `current` is the key
/// of the open one.
pub fn recent(heads: Vec<Head>, current: &str, now: u64) -> Vec<Markup> {
    let newest = newest(heads, current, now);
    let more = [
        (Act::ChooseLink, "paste", "Open a link…", "Or a message that contains a link"),
        (Act::ChooseComparison, "compare", "Compare…", "With a version, a plan, a file or a link"),
        (Act::Present, "screen", "Present", "Step by step, on a shared screen"),
    ];
    let more = more.map(|(act, symbol, title, about)| {
        let words = markup("span", "what").child(markup("bdi", "").text(title));
        let words = words.child(markup("small", "").text(about));
        button("menu-item").act(&act).set("data-test", act.name()).child(icon(symbol)).child(words)
    });
    more.into_iter().chain(newest).collect()
}

/// The documents saved last, under a heading, if there are any.
pub fn newest(mut heads: Vec<Head>, current: &str, now: u64) -> Vec<Markup> {
    heads.retain(|head| head.removed.is_none());
    newest_first(&mut heads);
    let head = (!heads.is_empty()).then(|| markup("p", "menu-head").text("On this device"));
    let items = heads.iter().take(RECENT).map(|head| {
        let about = [&tasks(head.tasks), ", ", &ago(head.saved, now)].concat();
        let words = markup("span", "what")
            .child(markup("bdi", "").text(&head.name))
            .child(markup("small", "").text(&about));
        let open = button("menu-item").act(&open(head)).set("data-test", test::RECENT).child(words);
        mark_current(open, head, current).key(&head.key)
    });
    head.into_iter().chain(items).collect()
}

/// All documents and the bin. `fault` is a sentence about a problem with storage.
pub fn all(mut heads: Vec<Head>, current: &str, fault: Option<&str>, now: u64) -> Vec<Markup> {
    newest_first(&mut heads);
    let (bin, kept): (Vec<Head>, Vec<Head>) = heads.into_iter().partition(|head| head.removed.is_some());
    let mut parts = Vec::new();
    parts.extend(fault.map(|fault| markup("p", "shelf-fault").text(fault)));
    if kept.is_empty() {
        parts.push(markup("p", "shelf-empty").text("There are no plans on this device yet."));
    } else {
        let rows = kept.iter().map(|head| row(head, current, now)).collect();
        parts.push(table(["Plan", "Tasks", "Size", "Saved"], rows));
    }
    if !bin.is_empty() {
        parts.push(markup("h3", "").text("Bin"));
        parts.push(markup("p", "about").text("Plans in the bin are deleted after 30 days."));
        parts.push(table(
            ["Plan", "Tasks", "Size", "Removed"],
            bin.iter().map(|head| bin_row(head, now)).collect(),
        ));
    }
    parts
}

/// The versions of a document, newest first.
pub fn versions(head: &Head, versions: &[Version], now: u64) -> Vec<Markup> {
    let title = ["Versions of ", &head.name].concat();
    let back = button("button quiet").act(&Act::ListDocuments).text("All plans");
    let name = markup("input", "field")
        .set("data-test", test::VERSION_NAME)
        .set("aria-label", "Name of the version")
        .set("placeholder", "Name of this version")
        .set("maxlength", "80");
    let keep = button("button").act(&Act::NameVersion).set("data-test", test::NAME_VERSION).text("Keep");
    let mut parts = vec![
        markup("div", "shelf-head").child(markup("h3", "").child(markup("bdi", "").text(&title))).child(back),
        markup("div", "shelf-name").child(name).child(keep),
    ];
    if versions.is_empty() {
        let words =
            "There are no earlier versions yet. One is saved every 10 minutes while you change the plan.";
        parts.push(markup("p", "shelf-empty").text(words));
        return parts;
    }
    let rows = versions.iter().map(|version| version_row(&head.key, version, now)).collect();
    parts.push(table(["Version", "Tasks", "Size", "Saved"], rows));
    parts
}

fn row(head: &Head, current: &str, now: u64) -> Markup {
    let key = || head.key.clone();
    let open = button("link").act(&open(head)).set("data-test", test::DOCUMENT).child(name(head));
    let act = |symbol: &'static str, label: &str, act: &Act, test: &str| {
        icon_button(symbol, &[label, " ", &head.name].concat()).act(act).set("data-test", test)
    };
    let is_open = head.key == current;
    let mut acts = markup("div", "acts")
        .child(act("clock", "Versions of", &Act::ListVersions { key: key() }, test::VERSIONS))
        .child(act("copy", "Duplicate", &Act::Duplicate { key: key() }, test::DUPLICATE))
        .child(act("download", "Download", &Act::DownloadDocument { key: key() }, test::DOWNLOAD_DOCUMENT));
    if !is_open {
        let remove = Act::RemoveDocument { key: key() };
        acts = acts.child(act("trash", "Remove", &remove, test::REMOVE_DOCUMENT));
    }
    let about = if head.is_newer() { "from a newer version" } else { "" };
    cells(mark_current(open, head, current), head, about, &ago(head.saved, now), acts)
}

fn bin_row(head: &Head, now: u64) -> Markup {
    let back = Act::RestoreDocument { key: head.key.clone() };
    let back = button("button").act(&back).set("data-test", test::PUT_BACK).text("Put back");
    cells(
        name(head),
        head,
        "",
        &ago(head.removed.unwrap_or_default(), now),
        markup("div", "acts").child(back),
    )
}

fn version_row(key: &str, version: &Version, now: u64) -> Markup {
    let number = version.saved;
    let name = if version.name.is_empty() { "Saved automatically" } else { &version.name };
    let act =
        |act: &Act, label: &str, test: &str| button("button").act(act).set("data-test", test).text(label);
    let compare = Act::CompareVersion { key: key.to_owned(), number };
    let open = Act::OpenVersion { key: key.to_owned(), number };
    let acts = markup("div", "acts").child(act(&compare, "Compare", test::COMPARE)).child(act(
        &open,
        "Open as a plan",
        test::OPEN_VERSION,
    ));
    let (tasks, bytes) = (version.tasks, version.record.len());
    let head = Head { tasks, bytes, key: number.to_string(), ..Head::default() };
    let name = markup("bdi", "").text(name);
    cells(name, &head, "", &ago(version.saved, now), acts)
}

fn cells(first: Markup, head: &Head, about: &str, when: &str, acts: Markup) -> Markup {
    let first = markup("td", "wide").child(first);
    let first = if about.is_empty() { first } else { first.child(markup("small", "").text(about)) };
    markup("tr", "")
        .key(&head.key)
        .child(first)
        .child(markup("td", "").text(&tasks(head.tasks)))
        .child(markup("td", "").text(&size(head.bytes)))
        .child(markup("td", "").text(when))
        .child(markup("td", "").child(acts))
}

fn table(heads: [&str; 4], rows: Vec<Markup>) -> Markup {
    let heads = heads.map(|head| markup("th", "").text(head));
    let acts = markup("th", "").child(markup("span", "spoken").text("Actions"));
    let head = markup("thead", "").child(markup("tr", "").children(heads.into()).child(acts));
    markup("table", "shelf").child(head).child(markup("tbody", "").children(rows))
}

fn name(head: &Head) -> Markup {
    markup("bdi", "").text(&head.name)
}

fn open(head: &Head) -> Act {
    Act::OpenDocument { key: head.key.clone() }
}

fn mark_current(open: Markup, head: &Head, current: &str) -> Markup {
    if head.key == current { open.set("aria-current", "true").child(icon("file")) } else { open }
}

/// A number of bytes, in whole units.
fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} kB", bytes.div_ceil(1024)),
        _ => format!("{} MB", bytes.div_ceil(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(key: &str, saved: u64) -> Head {
        Head {
            key: key.into(),
            name: ["Plan ", key].concat(),
            tasks: 1,
            bytes: 2000,
            saved,
            ..Head::default()
        }
    }

    /// The text of all elements, one line per element with text.
    fn text(markup: &[Markup]) -> String {
        let mut words = String::new();
        for element in markup {
            words.push_str(&element.text);
            words.push_str(&text(&element.children));
            if element.tag == "tr" || element.tag == "p" || element.tag == "li" || element.tag == "button" {
                words.push('\n');
            }
        }
        words
    }

    #[test]
    fn the_menu_lists_what_was_saved_last_first_and_no_bin() {
        let removed = Head { removed: Some(1), ..head("c", 9_000) };
        let heads = vec![head("a", 1_000), head("b", 60_000), removed];
        let list = text(&recent(heads, "a", 120_000));
        let (_, list) = list.split_once("On this").expect("there is a list");
        assert_eq!(list, " device\nPlan b1 task, 1 minute ago\nPlan a1 task, 1 minute ago\n");
        assert!(!text(&recent(Vec::new(), "", 0)).contains("On this"));
        assert!(newest(Vec::new(), "", 0).is_empty());
    }

    #[test]
    fn the_list_shows_name_tasks_size_and_time_and_the_bin_below() {
        let removed = Head { removed: Some(0), ..head("c", 9_000) };
        let list = text(&all(vec![head("a", 0), removed], "a", Some("It is full."), 2 * 86_400_000));
        assert!(list.starts_with("It is full.\nPlanTasksSizeSavedActions\n"), "{list}");
        assert!(list.contains("Plan a\n1 task2 kB2 days ago"), "{list}");
        assert!(list.contains("Bin") && list.contains("Plan c1 task2 kB2 days agoPut back"), "{list}");
    }

    #[test]
    fn versions_say_their_name_and_carry_the_key_of_the_document() {
        let version = Version { saved: 3, tasks: 2, ..Version::default() };
        let shown = versions(&head("a", 0), &[version], 60_003);
        assert!(
            text(&shown).contains("Saved automatically2 tasks0 B1 minute agoCompare\nOpen as a plan"),
            "{}",
            text(&shown)
        );
        assert!(format!("{shown:?}").contains(r#"("data-key", "a")"#));
    }
}
