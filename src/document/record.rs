//! A document with its history as JSON, for storage.
//!
//! Contains the text as the person sees it, the whole plan as plan text, and the steps of the history. All
//! known versions of the format can be read. `boot.js` reads the field `text`.

use serde::{Deserialize, Serialize};

use super::history::Ids;
use super::{Document, History, Step, TextPatch};
use crate::text::{self, Spelling};

/// Version of the format.
const FORM: u32 = 2;

/// The most history steps stored, and the most bytes of them.
const KEPT: (usize, usize) = (200, 200_000);

#[derive(Serialize, Deserialize)]
struct Record {
    form: u32,
    text: String,
    /// Without it, the text is all that is left.
    #[serde(default)]
    plan: Option<String>,
    #[serde(default)]
    undo: Vec<StepRecord>,
    #[serde(default)]
    redo: Vec<StepRecord>,
}

#[derive(Serialize, Deserialize)]
struct StepRecord {
    label: String,
    at: usize,
    removed: String,
    inserted: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ids: Option<Ids>,
}

/// Writes a document with the newest steps of its history.
pub fn write(document: &Document, history: &History) -> String {
    let mut kept = history.clone();
    kept.trim(KEPT.0, KEPT.1);
    let record = Record {
        form: FORM,
        text: document.text.clone(),
        plan: Some(text::print(document.plan(), Spelling::Typing)),
        undo: kept.undo.iter().map(write_step).collect(),
        redo: kept.redo.iter().map(write_step).collect(),
    };
    serde_json::to_string(&record).unwrap_or_default()
}

/// The text in a record, even in a newer format; `None` if it is damaged.
pub fn text_of(record: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct TextAlone {
        text: String,
    }
    serde_json::from_str(record).ok().map(|TextAlone { text }| text)
}

/// Id of the plan in a record; `None` if it is damaged.
pub fn plan_id(record: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct PlanAlone {
        plan: String,
    }
    serde_json::from_str(record).ok().map(|PlanAlone { plan }| text::parse(&plan).plan.id)
}

/// The record without its history; unchanged if it is damaged.
pub fn without_history(record: &str) -> String {
    let read: Result<Record, _> = serde_json::from_str(record);
    let shortened = read.map(|record| Record { undo: Vec::new(), redo: Vec::new(), ..record });
    shortened.ok().and_then(|short| serde_json::to_string(&short).ok()).unwrap_or_else(|| record.to_owned())
}

/// Whether a newer version wrote the record.
pub fn is_newer(record: &str) -> bool {
    #[derive(Deserialize)]
    struct FormAlone {
        form: u32,
    }
    serde_json::from_str(record).is_ok_and(|FormAlone { form }| form > FORM)
}

/// Parses a document; `None` if it is damaged or in an unknown format.
pub fn read(record: &str) -> Option<(Document, History)> {
    let record: Record = serde_json::from_str(record).ok().filter(|record: &Record| record.form == FORM)?;
    let plan = text::parse(record.plan.as_ref().unwrap_or(&record.text)).plan;
    let history = History {
        undo: record.undo.into_iter().map(read_step).collect(),
        redo: record.redo.into_iter().map(read_step).collect(),
    };
    Some((Document::from_parts(plan, record.text), history))
}

fn write_step(step: &Step) -> StepRecord {
    let TextPatch { at, removed, inserted } = step.patch.clone();
    StepRecord { label: step.label.clone(), at, removed, inserted, ids: step.ids.clone() }
}

fn read_step(step: StepRecord) -> Step {
    let StepRecord { label, at, removed, inserted, ids } = step;
    Step { label, patch: TextPatch { at, removed, inserted }, ids }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_back_with_what_can_be_undone() {
        let mut history = History::default();
        let before = Document::from_text("- T1 One @owns(a)".to_owned());
        let after = before.typed("- T2 Two\nnote".to_owned());
        history.record("typing", &before, &after, false);
        let (mut read_document, mut read_history) =
            read(&write(&after, &history)).expect("it was written here");
        assert_eq!(read_document, after);
        (read_document, _) = read_history.undo(&read_document).expect("there is a step");
        assert_eq!(read_document, before);
    }

    #[test]
    fn a_record_of_a_newer_form_still_gives_its_text() {
        let newer = r#"{"form":3,"text":"- T1 One","colours":[1]}"#;
        assert!(is_newer(newer) && read(newer).is_none());
        assert_eq!(text_of(newer).as_deref(), Some("- T1 One"));
        assert!(!is_newer("{}") && text_of("{}").is_none());
    }

    #[test]
    fn a_version_needs_no_history() {
        let mut history = History::default();
        let (before, after) = (Document::from_text("- One".into()), Document::from_text("- Two".into()));
        history.record("typing", &before, &after, false);
        assert_eq!(without_history(&write(&after, &history)), write(&after, &History::default()));
        assert_eq!(without_history("damaged"), "damaged");
    }

    #[test]
    fn a_record_without_a_plan_is_what_its_text_says() {
        let (document, _) = read(r#"{"form":2,"text":"- T1 One"}"#).expect("there is a text");
        assert_eq!(document.plan().tasks.len(), 1);
    }

    #[test]
    fn what_is_no_record_is_refused() {
        for text in ["", "{}", "[]", r#"{"form":3,"text":"","plan":""}"#, r#"{"form":2,"text":1,"plan":""}"#]
        {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
