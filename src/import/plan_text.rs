//! Plan text, in both spellings.

use super::{Certainty, Counts, File, Format, ImportError, Imported, only_text};
use crate::plan::Field;
use crate::text;

/// The language of the editor.
pub static FORMAT: Format = Format {
    id: "text",
    name: "plan text",
    description: "One task per line, as it is typed on the page: `- T1 Add login @owns(src/login/**)`.",
    recognise,
    read,
};

/// Accepts nearly any text, because a plain list of lines is a plan too.
fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    let tags = ["@owns(", "@reads(", "@after("];
    if text.trim_start().starts_with(['{', '[']) || is_markup(text) {
        Certainty::No
    } else if let Some(tag) = tags.iter().find(|tag| text.contains(**tag)) {
        Certainty::Sure(format!("it has tags such as {tag}…)"))
    } else if let Some(tag) = text.lines().find_map(printed_tag) {
        Certainty::Sure(format!("it has tags such as @{tag}(…)"))
    } else if let Some(item) = text.lines().find(|line| is_task(line)) {
        let start: String = item.chars().take(12).collect();
        Certainty::Likely(format!("it has items with a box or an id, such as “{start}…”"))
    } else {
        Certainty::Possible("each line of a text can be a task".to_owned())
    }
}

/// The first tag of a line as plans are printed, behind the title and in a code span. Other formats end no line so.
fn printed_tag(line: &str) -> Option<&str> {
    let (before, tags) = line.trim_end().strip_suffix('`')?.split_once(" `@")?;
    let (tag, _) = tags.split_once('(')?;
    let is_tag = matches!(tag, "id" | "title") || Field::of_tag(tag).is_some();
    (is_tag && before.starts_with(['-', '>'])).then_some(tag)
}

/// Whether the line is an item with a box or an id: `- [ ] Add login`, `- T1 Add login`. Other lists have
/// neither.
fn is_task(line: &str) -> bool {
    let Some(item) = line.strip_prefix("- ") else { return false };
    let has_id = || item.strip_prefix('T').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    ["[ ] ", "[x] ", "[X] ", "[-] "].iter().any(|open| item.starts_with(open)) || has_id()
}

fn is_markup(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && !start.starts_with("<!--")
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let text = file.text().map_err(ImportError::clone)?;
    let parsed = text::parse(text);
    if parsed.plan.tasks.is_empty() && parsed.plan.title.is_empty() {
        return Err(ImportError::new(
            "There are no tasks in this file. A plan has one task per line, such as \
             “- T1 Add login @owns(src/login/**)”.",
        ));
    }
    let mut plan = parsed.plan;
    let cut = super::cut(&mut plan.tasks);
    let own_text = cut.is_none().then(|| text.to_owned());
    let lines = parsed.task_lines.iter().take(plan.tasks.len()).map(|lines| lines.start + 1).collect();
    Ok(Imported {
        counts: Counts::of_own(&plan),
        problems: parsed.problems,
        notes: cut.into_iter().collect(),
        task_lines: lines,
        format: FORMAT.name,
        text: own_text,
        plan,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;

    #[test]
    fn a_printed_plan_without_files_and_waits_is_no_list_of_another_tool() {
        let printed = "# A\n> `@id(p76)`\n\n## T1\n- [ ] `@id(A-008) @uses(db 2)`\n\n  Text.\n\n##\n\
            - [ ] Last `@id(Last)`\n";
        for text in [printed, &printed.replace("> `@id(p76)`\n", "")] {
            let read = import(text.as_bytes(), Some("p.md")).expect("it is a plan");
            assert_eq!((read.format, read.plan), (FORMAT.name, text::parse(text).plan));
        }
    }
}
