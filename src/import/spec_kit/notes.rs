//! Notes about the import of a `tasks.md`.

use super::document::Document;
use crate::diagnostic::Diagnostic;
use crate::import::notes;

/// What was left out, and marks that are not known.
pub fn notes(document: &Document) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for task in document.tasks.iter().filter(|task| !matches!(task.mark, ' ' | 'x' | 'X' | '-')) {
        let message = format!("The box of {} holds “{}”, which is read as not done.", task.id, task.mark);
        found.push(notes::UNKNOWN_BOX.says(&message).at_line(task.line));
    }
    if let Some(first) = document.boxes_without_id.first() {
        let message = match document.boxes_without_id.len() {
            1 => "This line has a box but no id such as T001; it was skipped.".to_owned(),
            count => {
                format!("{count} lines have a box but no id such as T001; they were skipped, this one first.")
            }
        };
        found.push(notes::ITEM_WITHOUT_ID.says(&message).at_line(*first));
    }
    if let Some((line, title)) = &document.prose_order {
        let message = format!(
            "Of the section “{title}”, only sentences such as “US2 depends on US1” and arrows were read. Check the \
             order against it."
        );
        found.push(notes::SECTION_NOT_READ.says(&message).at_line(*line));
    }
    found.extend(document.tasks.iter().filter_map(|task| {
        let checkout = other_checkout(&task.joined())?;
        let message = format!(
            "{} names a file behind [{checkout}]. If that is another checkout or repository, take the file out of \
             its owned files: it is not the file of this repository with the same path.",
            task.id
        );
        Some(notes::OTHER_CHECKOUT.says(&message).at_line(task.line))
    }));
    found
}

/// The word of `[server] tasks/backend.py`: a label in front of a path.
fn other_checkout(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('[')?;
    let (label, after) = rest.split_once(']')?;
    let path = after.trim_start_matches([' ', '`']).split([' ', '`', ',', ';']).next()?;
    let is_label = !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    let is_apart = after.starts_with(' ') && path.contains('/') && path.contains('.');
    (is_label && is_apart).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_front_of_paths_name_other_checkouts() {
        let found = |text| other_checkout(text);
        assert_eq!(found("Same names in [server] tasks/a.py").as_deref(), Some("server"));
        assert_eq!(found("Page in app/[slug]/page.tsx"), None);
        assert_eq!(found("[Docs] Write docs/a.md"), None);
        assert_eq!(found("See [the docs](docs/a.md)"), None);
    }
}
