//! BMAD's `sprint-status.yaml`: the stories of epics with their progress, in the order in which they are done.

use super::json::Reader;
use super::outline::{Item, Outline};
use super::task_file;
use super::yaml::{Content, Node};
use super::{Certainty, File, Format, ImportError, Imported, notes};
use crate::plan::Status;

/// The format of `sprint-status.yaml`.
pub static FORMAT: Format = Format {
    id: "bmad",
    name: "BMAD sprint status",
    description: "BMAD's `sprint-status.yaml`; each story is a task of its epic, and waits for the one before it.",
    recognise,
    read,
};

const STORIES: &str = "development_status";

fn recognise(files: &[File]) -> Certainty {
    match stories(files) {
        Some(_) => Certainty::Sure(format!("it has the map “{STORIES}”")),
        None => Certainty::No,
    }
}

/// The root and the map of stories.
fn stories(files: &[File]) -> Option<(&Node, &Node)> {
    let [file] = files else { return None };
    if !file.text().ok()?.contains(STORIES) {
        return None;
    }
    let root = file.yaml()?.as_ref().ok()?;
    let stories = root.get(STORIES)?;
    matches!(stories.content, Content::Map(_) | Content::Null).then_some((root, stories))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let Some((root, stories)) = stories(files) else { return Err(super::refusal(files)) };
    let mut outline = Outline { title: root.text_of("project").to_owned(), ..Outline::default() };
    let mut epic = String::new();
    let mut left_out = 0;
    for (key, node) in stories.fields() {
        if is_retrospective(key) {
            left_out += 1;
        } else if let Some(number) = key.strip_prefix("epic-") {
            epic = format!("Epic {number}");
        } else {
            let item = read_story(key, node, &epic);
            outline.notes.extend(unknown_status(&item, node));
            outline.items.push(item);
        }
    }
    if left_out > 0 {
        let message = format!("{left_out} retrospectives are no tasks, so they were left out.");
        outline.notes.push(notes::SECTION_NOT_READ.says(&message));
    }
    outline.put_in_order(0..outline.items.len());
    task_file::finish(outline, Reader::default(), &FORMAT)
}

fn is_retrospective(key: &str) -> bool {
    key.starts_with("epic-") && key.contains("retrospective")
}

fn read_story(key: &str, node: &Node, epic: &str) -> Item {
    let (id, slug) = split_key(key);
    let mut title = slug.replace(['-', '_'], " ");
    if let Some(first) = title.get(..1) {
        let first = first.to_uppercase();
        title.replace_range(..1, &first);
    }
    let is_numbered = id != key;
    let group = match id.split('-').next() {
        Some(number) if is_numbered => format!("Epic {number}"),
        _ => epic.to_owned(),
    };
    Item {
        names: vec![key.to_owned(), id.replace('-', ".")],
        group,
        status: read_status(status_of(node)).unwrap_or_default(),
        unknown: [("story".to_owned(), key.into())].into_iter().collect(),
        ..Item::new(id, title, node.line)
    }
}

/// `1-2` and `add-login` of `1-2-add-login`; a key without numbers is both.
fn split_key(key: &str) -> (&str, &str) {
    let is_number = |part: &str| part.starts_with(|first: char| first.is_ascii_digit());
    let mut parts = key.splitn(3, '-');
    let (Some(epic), Some(story)) = (parts.next(), parts.next()) else { return (key, key) };
    match parts.next() {
        Some(slug) if is_number(epic) && is_number(story) => (&key[..epic.len() + 1 + story.len()], slug),
        _ => (key, key),
    }
}

/// The first word of the status; remarks may follow it.
fn status_of(node: &Node) -> &str {
    let written = if node.text().is_empty() { node.text_of("status") } else { node.text() };
    written.split_whitespace().next().unwrap_or_default()
}

fn read_status(status: &str) -> Option<Status> {
    Some(match status.to_lowercase().as_str() {
        "done" | "completed" => Status::Done,
        "in-progress" | "review" | "in_progress" => Status::Running,
        "cancelled" | "dropped" | "deferred" | "skipped" => Status::Dropped,
        "backlog" | "ready-for-dev" | "drafted" | "contexted" | "todo" | "" => Status::Todo,
        _ => return None,
    })
}

fn unknown_status(item: &Item, node: &Node) -> Option<crate::diagnostic::Diagnostic> {
    let status = status_of(node);
    let message = format!("The status “{status}” is not known, so the story counts as not done.");
    read_status(status).is_none().then(|| item.says(&notes::VALUE_CHANGED, &message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let imported = read(&[File::new("", text)]).expect("a plan");
        let tasks = imported.plan.tasks.iter().map(|task| {
            let after: Vec<&str> = task.after.iter().map(crate::plan::TaskId::as_str).collect();
            format!("{} {} <{}> [{}] {:?}", task.id, task.title, after.join(","), task.group, task.status)
        });
        tasks.chain(imported.notes.iter().map(|note| format!("{} {:?}", note.code, note.line()))).collect()
    }

    #[test]
    fn stories_are_tasks_in_order() {
        let text = "# remarks\nproject: shop\ndevelopment_status:\n  epic-1: in-progress\n  1-1-store-carts: done # today\n  \
                    1-2-show-carts: review\n  epic-1-retrospective: optional\n\n  epic-2: backlog\n  2-1-pay: ready-for-dev\n  \
                    odd-fix: included\n";
        assert_eq!(
            shown(text)[..5],
            [
                "1-1 Store carts <> [Epic 1] Done",
                "1-2 Show carts <1-1> [Epic 1] Running",
                "2-1 Pay <1-2> [Epic 2] Todo",
                "odd-fix Odd fix <2-1> [Epic 2] Todo",
                "PP516 None"
            ]
        );
        assert!(shown(text).contains(&"PP521 Some(11)".to_owned()), "{:?}", shown(text));
    }

    #[test]
    fn an_empty_sprint_is_refused_with_a_sentence() {
        let error = read(&[File::new("", "development_status:\n  epic-1: backlog\n")]).expect_err("no tasks");
        assert_eq!(error.message, "This looks like BMAD sprint status, but it has no tasks.");
    }

    #[test]
    fn look_alikes_are_no_sprints() {
        for text in ["tasks:\n  - id: a\n", "development_status: done\n", "- development_status\n"] {
            assert_eq!(recognise(&[File::new("sprint-status.yaml", text)]), Certainty::No, "{text}");
        }
    }
}
