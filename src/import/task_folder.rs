//! A folder of Markdown files, each a task with its fields in front matter, as projects make them for themselves:
//! `id`, `title`, `depends_on`, `files` or the like.

use serde_json::Value;

use super::fields::{Collector, Found, Meaning, meaning, read_object, status_of};
use super::json::Reader;
use super::markdown::FrontMatter;
use super::task_file::{self, TaskFile, heading, stem, task_files};
use super::{Certainty, File, Format, ImportError, Imported};
use crate::import::outline::{Item, Outline};

/// Task files of no tool that is known by name.
pub static FORMAT: Format = Format {
    id: "task-files",
    name: "Markdown task files",
    description: "A folder of Markdown files, each a task with fields such as `id`, `title` and `depends_on` \
        between two `---`.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let count = task_files(files, is_task).len();
    let documents = files.iter().filter(|file| file.name().ends_with(".md")).count();
    let why = || format!("{count} Markdown files begin with the fields of a task");
    match count {
        0 | 1 => Certainty::No,
        _ if count * 2 > documents => Certainty::Sure(why()),
        _ => Certainty::Likely(why()),
    }
}

/// Whether the fields are those of a task: a name, and what it waits for, which files it changes, or how far it is.
/// Pages of a site have a title and a status too, but no id.
fn is_task(front: &FrontMatter) -> bool {
    let mut has = (false, false, false, false);
    for (name, node) in front.fields.fields() {
        match meaning(name) {
            Meaning::Id(_) => has.0 = true,
            Meaning::Title(_) => has.1 = true,
            Meaning::Waits | Meaning::Owns | Meaning::Files => has.2 = true,
            Meaning::Status => has.3 |= status_of(node.text()).is_some(),
            _ => {}
        }
    }
    let (has_id, has_title, has_work, has_status) = has;
    (has_id && (has_work || has_status)) || (has_title && has_work)
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let tasks = task_files(files, is_task);
    let mut collector = Collector::default();
    for task in &tasks {
        collector.notes.extend(task.damage(files.len() == 1));
        let found = read_task(task, files.len() == 1);
        collector.add(found, None);
    }
    collector.put_steps_in_order();
    let is_list = collector.is_mere_list();
    let mut outline = Outline { is_list, ..collector.finish() };
    outline.notes.extend(task_file::note_unread(files, tasks.len()));
    task_file::finish(outline, Reader::default(), &FORMAT)
}

fn read_task(task: &TaskFile<'_>, is_alone: bool) -> Found<'static> {
    let Value::Object(fields) = task.front.fields.value() else { return Found::default() };
    let found = read_object(&fields, meaning);
    let Found { item: fields, parent, blocks, odd_status, step, has_order, .. } = found;
    let file_name = stem(task.file.name());
    let id = if fields.id.is_empty() { file_name.to_owned() } else { fields.id.clone() };
    // Without a title, an item is called by its id.
    let title = match fields.title.is_empty() || fields.title == id {
        true => title_in(task, &id).unwrap_or_else(|| words_of(file_name)),
        false => fields.title.clone(),
    };
    let Item { file, text, checks, line, .. } = task.item("", "", is_alone);
    let text = [fields.text.as_str(), &text].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
    let item = Item {
        names: names(&id, file_name),
        id,
        title,
        file,
        line,
        text: text.join("\n"),
        checks: fields.checks.into_iter().chain(checks).collect(),
        ..fields
    };
    Found { item, parent, blocks, odd_status, step, has_order, ..Found::default() }
}

/// The first heading, without the word and the id before it; `None` if nothing is left.
fn title_in(task: &TaskFile<'_>, id: &str) -> Option<String> {
    let (body, _) = task.file.body();
    let words = heading(body)?;
    let rest = words.strip_prefix("Task ").unwrap_or(words);
    let rest = rest.trim_start_matches('0').strip_prefix(id.trim_start_matches('0')).unwrap_or(words);
    let title = rest.trim_start_matches([':', '.', '-', '–', ' ']).trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// The name of a file as words: `035-media-upload` is “media upload”.
fn words_of(file_name: &str) -> String {
    let words = file_name.trim_start_matches(|letter: char| !letter.is_alphabetic());
    let words = if words.is_empty() { file_name } else { words };
    words.replace(['-', '_'], " ")
}

/// What others may call a task besides its id: its file, the number that this begins with, and its number without
/// leading zeros or with up to three digits.
fn names(id: &str, file_name: &str) -> Vec<String> {
    let end = file_name.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(file_name.len());
    let mut names = vec![file_name.to_owned(), format!("{file_name}.md"), file_name[..end].to_owned()];
    if !id.is_empty() && id.chars().all(|letter| letter.is_ascii_digit()) {
        let bare = id.trim_start_matches('0');
        names.extend([bare.to_owned(), format!("{bare:0>2}"), format!("{bare:0>3}")]);
    }
    names.retain(|name| !name.is_empty() && name != id);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::import::testing::{read_files, shown_plan};

    const STORE: &str =
        "---\nid: 7\ntitle: Store carts\ndepends_on: []\nfiles: [src/store.ts]\n---\nKeep them.\n";
    const PAGE: &str = "---\nid: 8\ntitle:\nstatus: in progress\ndependencies: [007]\nowns:\n  - src/page.ts\n---\n\
        # Task 8: Show carts\n\n## Acceptance Criteria\n- [ ] It shows\n";
    const PAY: &str = "---\ntitle: Pay\nrequires: [page, store.md]\nfiles: src/pay.ts\n---\n";

    fn certainty(files: &[(&str, &str)]) -> &'static str {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(*path, *text)).collect();
        recognise(&files).name()
    }

    #[test]
    fn each_file_is_a_task_and_waits_for_others_by_id_number_or_name() {
        let files = [
            ("plan/README.md", "# Overview\n- [ ] 7 Store\n- [ ] 8 Page\n"),
            ("plan/store.md", STORE),
            ("plan/page.md", PAGE),
            ("plan/09-pay.md", PAY),
        ];
        assert_eq!(certainty(&files), "sure");
        let imported = read_files(&FORMAT, &files);
        assert_eq!(
            shown_plan(&imported),
            "\
7 todo Store carts owns src/store.ts
8 running Show carts owns src/page.ts after 7
09-pay todo Pay owns src/pay.ts after 8 7"
        );
        assert_eq!(imported.plan.tasks[0].instructions, "Keep them.");
        assert_eq!(imported.plan.tasks[1].checks, ["It shows"]);
        let notes: Vec<String> = imported.notes.iter().map(Diagnostic::sentences).collect();
        assert_eq!(notes, ["1 other file holds no task; it was not read."]);
    }

    #[test]
    fn pages_and_single_files_are_no_tasks() {
        let page = "---\ntitle: Carts\nstatus: published\ndate: 2026-01-01\n---\nText.\n";
        assert_eq!(certainty(&[("a.md", page), ("b.md", page)]), "no");
        let documentation = "---\nid: carts\ntitle: Carts\nsidebar_label: Carts\n---\nText.\n";
        assert_eq!(certainty(&[("a.md", documentation), ("b.md", documentation)]), "no");
        assert_eq!(certainty(&[("store.md", STORE)]), "no");
        assert_eq!(certainty(&[("store.md", STORE), ("readme.md", "# Carts\n")]), "no");
    }

    #[test]
    fn few_task_files_among_many_pages_are_only_likely() {
        let mut files = vec![("a.md", STORE), ("b.md", PAGE)];
        files.extend([("c.md", "C"), ("d.md", "D"), ("e.md", "E")]);
        assert_eq!(certainty(&files), "likely");
    }
}
