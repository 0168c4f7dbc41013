//! taskplane's `PROMPT.md`: one task with `## File Scope`, `## Dependencies` and steps; or a folder of such
//! files.

use super::markdown::{Block, Collector, is_id, label, lines, plain_text};
use super::outline::Item;
use super::{Certainty, File, Format, ImportError, Imported};
use crate::plan::Status;

/// The format of `PROMPT.md`.
pub static FORMAT: Format = Format {
    id: "taskplane",
    name: "taskplane PROMPT.md",
    description: "A `PROMPT.md` of taskplane: a task with `## File Scope`, `## Dependencies` and steps, or \
        several.",
    recognise,
    read,
};

/// Whether a text is a task of taskplane: it has a scope of files, and something else that belongs to it.
fn is_prompt(text: &str) -> bool {
    let (mut has_scope, mut others) = (false, 0);
    for line in lines(text) {
        match line.block {
            Block::Heading(level, title) if level > 1 => {
                let title = title.to_lowercase();
                has_scope |= title == "file scope";
                others += usize::from(matches!(
                    title.as_str(),
                    "dependencies" | "context to read first" | "segment dag"
                ));
                others += usize::from(title.starts_with("step "));
            }
            Block::Text => others += usize::from(label(line.text).is_some_and(|label| label.name == "Size")),
            _ => {}
        }
    }
    has_scope && others > 0
}

fn prompts(files: &[File]) -> Vec<(&File, &str)> {
    let texts = files.iter().filter_map(|file| Some((file, file.text().ok()?)));
    texts.filter(|(_, text)| is_prompt(text)).collect()
}

fn recognise(files: &[File]) -> Certainty {
    match (prompts(files).len(), files.len()) {
        (0, _) => Certainty::No,
        // Of a folder, a single one is read by itself.
        (1, 2..) => Certainty::No,
        (1, _) => Certainty::Sure("it has a scope of files, as a task of taskplane has".to_owned()),
        (count, _) => {
            Certainty::Sure(format!("{count} files have a scope of files, as tasks of taskplane have"))
        }
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let mut prompts = prompts(files);
    if prompts.is_empty() {
        // Whoever names the format may be right.
        prompts = files.iter().filter_map(|file| Some((file, file.text().ok()?))).collect();
    }
    let mut collector = Collector::counting_boxes();
    for (file, text) in &prompts {
        collector.close();
        if prompts.len() > 1 {
            collector.file.clone_from(&file.path);
        }
        read_prompt(&mut collector, file, text, is_done(file, files));
    }
    if collector.outline.items.is_empty() {
        return Err(ImportError::new(
            "This looks like a PROMPT.md of taskplane, but it has no heading with a task.",
        ));
    }
    Ok(collector.finish().into_imported(&FORMAT))
}

/// Whether the tool marked the task as done, with a file beside it.
fn is_done(file: &File, files: &[File]) -> bool {
    let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    files
        .iter()
        .any(|other| other.path.strip_prefix(folder).is_some_and(|rest| rest.trim_matches('/') == ".DONE"))
}

fn read_prompt(collector: &mut Collector, file: &File, text: &str, is_done: bool) {
    for line in lines(text) {
        match line.block {
            Block::Heading(_, title) if collector.current().is_none() => {
                let (id, title) = id_and_title(title, &file.path);
                let status = if is_done { Status::Done } else { Status::Todo };
                collector.start(Item { status, ..Item::new(id, title, line.number) });
            }
            Block::Heading(_, title) => collector.take_heading(&line, title),
            Block::Text => {
                collector.take_line(&line);
                if let Some(size) = label(line.text).filter(|label| label.name == "Size") {
                    keep(collector, "size", size.value);
                }
            }
            _ => collector.take_line(&line),
        }
    }
    collector.close();
}

fn keep(collector: &mut Collector, name: &str, value: &str) {
    if let Some(item) = collector.current() {
        collector.outline.items[item].unknown.insert(name.to_owned(), value.into());
    }
}

/// `TP-118` and “Retry uploads” of `Task: TP-118 - Retry uploads`; else the id of the folder.
fn id_and_title(heading: &str, path: &str) -> (String, String) {
    let heading = plain_text(heading);
    let rest =
        heading.strip_prefix("Task").map_or(heading.as_str(), |rest| rest.trim_start_matches([':', ' ']));
    let (first, after) = rest.split_once([' ', ':']).unwrap_or((rest, ""));
    if is_id(first) {
        let title = after.trim_start_matches([':', '-', '–', '—', ' ']);
        return (first.to_owned(), if title.is_empty() { first } else { title }.to_owned());
    }
    let folder = path.rsplit('/').nth(1).unwrap_or_default();
    let parts: Vec<&str> = folder.splitn(3, '-').collect();
    let id = parts.get(..2).map(|parts| parts.join("-")).filter(|id| is_id(id));
    (id.unwrap_or_default(), rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{certainty, read_files, shown, shown_plan};

    const RETRY: &str = "\
# TP-118 Retry uploads

**Size:** M

## File Scope
- `src/upload/*`
- `src/queue/retry.ts`

## Context to Read First
- `docs/queue.md`

## Dependencies
- **Task:** TP-117 (queue must exist)
- **External:** a database

## Step 1: Back-off
- [x] Add the delays in `src/queue/retry.ts`
## Step 2: Wire
- [ ] Call it
";

    #[test]
    fn one_file_is_one_task() {
        assert_eq!(certainty(&FORMAT, RETRY), "sure");
        assert_eq!(
            shown(&FORMAT, RETRY),
            "TP-118 running Retry uploads owns src/upload/* src/queue/retry.ts reads docs/queue.md after \
                TP-117"
        );
    }

    #[test]
    fn a_folder_of_files_is_a_plan() {
        let queue = "# Task: TP-117 - Queue\n## File Scope\nsrc/queue/table.ts\n## Dependencies\n**None**\n";
        let files = [
            ("tasks/TP-117-queue/PROMPT.md", queue),
            ("tasks/TP-117-queue/.DONE", "x"),
            ("b/PROMPT.md", RETRY),
        ];
        assert_eq!(
            shown_plan(&read_files(&FORMAT, &files)).lines().next(),
            Some("TP-117 done Queue owns src/queue/table.ts")
        );
    }

    #[test]
    fn other_documents_are_not_of_taskplane() {
        for text in ["# Shop\n## Dependencies\n- none\n", "# Shop\n## File Scope\n- a.ts\n", "- [ ] Login\n"]
        {
            assert_eq!(certainty(&FORMAT, text), "no", "{text}");
        }
    }
}
