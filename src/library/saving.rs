//! Decides whether a save may overwrite the stored document.

use super::{FORM, Head};

/// What to do with a document to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Write it, as this revision.
    Write(u32),
    /// The same text is already stored, as this revision.
    Adopt(u32),
    /// Somebody else changed the stored document: write a new one.
    Fork,
}

/// Compares what is stored with what the writer has seen (compare and swap). `known` is the revision that it
/// read or wrote last, 0 for none. `stored` is the head as JSON. `is_same_text` is whether the stored text
/// equals the one to write.
///
/// Never overwrites a revision that the writer has not seen, nor one that can't be read. If nothing is stored
/// although the writer has seen a revision, storage was cleared, and the document is written again.
pub fn judge(stored: Option<&str>, known: u32, is_same_text: bool) -> Verdict {
    let Some(stored) = stored else { return Verdict::Write(known.saturating_add(1)) };
    match Head::from_json(stored) {
        Some(head) if head.form <= FORM && head.revision == known => Verdict::Write(known.saturating_add(1)),
        Some(head) if is_same_text => Verdict::Adopt(head.revision),
        _ => Verdict::Fork,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_was_not_seen_is_never_overwritten() {
        let head = |form, revision| Head { form, revision, ..Head::default() }.to_json();
        for (stored, known, is_same, expected) in [
            (None, 0, false, Verdict::Write(1)),
            (None, 7, false, Verdict::Write(8)),
            (Some(head(FORM, 7)), 7, false, Verdict::Write(8)),
            (Some(head(FORM, 8)), 7, false, Verdict::Fork),
            (Some(head(FORM, 6)), 7, false, Verdict::Fork),
            (Some(head(FORM, 8)), 7, true, Verdict::Adopt(8)),
            (Some(head(FORM + 1, 7)), 7, false, Verdict::Fork),
            (Some("damaged".to_owned()), 7, false, Verdict::Fork),
            (Some(head(FORM, u32::MAX)), u32::MAX, false, Verdict::Write(u32::MAX)),
        ] {
            assert_eq!(judge(stored.as_deref(), known, is_same), expected, "{stored:?} {known} {is_same}");
        }
    }

    /// A tab with a document: its key, the revision it knows, and its text.
    #[derive(Clone)]
    struct Tab {
        key: String,
        known: u32,
        text: String,
        is_saved: bool,
    }

    #[derive(Debug, Clone)]
    enum Step {
        Type(usize),
        Save(usize),
        Reload(usize),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let one = prop_oneof![
            4 => (0..3usize).prop_map(Step::Type),
            4 => (0..3usize).prop_map(Step::Save),
            1 => (0..3usize).prop_map(Step::Reload),
        ];
        prop::collection::vec(one, 0..80)
    }

    proptest! {
        /// Three tabs with one document, in any order of typing, saving and reloading: every saved edit
        /// remains in some document.
        #[test]
        fn no_edit_is_lost_between_tabs(steps in steps()) {
            let mut stored: BTreeMap<String, (u32, String)> = BTreeMap::new();
            let tab = Tab { key: "plan".into(), known: 0, text: String::new(), is_saved: true };
            let mut tabs = vec![tab; 3];
            let mut edits = Vec::new();
            for (number, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Type(tab) => {
                        tabs[tab].text.push_str(&format!("<{number}>"));
                        tabs[tab].is_saved = false;
                    }
                    Step::Reload(tab) => {
                        let tab = &mut tabs[tab];
                        if let Some((revision, text)) = stored.get(&tab.key).filter(|_| tab.is_saved) {
                            (tab.known, tab.text) = (*revision, text.clone());
                        }
                    }
                    Step::Save(tab) => {
                        let tab = &mut tabs[tab];
                        let there = stored.get(&tab.key);
                        let head = |revision| Head { form: FORM, revision, ..Head::default() }.to_json();
                        let is_same = there.is_some_and(|(_, text)| *text == tab.text);
                        match judge(there.map(|(revision, _)| head(*revision)).as_deref(), tab.known, is_same) {
                            Verdict::Write(revision) | Verdict::Adopt(revision) => tab.known = revision,
                            Verdict::Fork => (tab.key, tab.known) = (format!("copy {number}"), 1),
                        }
                        tab.is_saved = true;
                        stored.insert(tab.key.clone(), (tab.known, tab.text.clone()));
                        edits.extend(tab.text.split_inclusive('>').map(str::to_owned));
                    }
                }
                for edit in &edits {
                    prop_assert!(stored.values().any(|(_, text)| text.contains(edit)), "{edit} is lost");
                }
            }
        }
    }
}
