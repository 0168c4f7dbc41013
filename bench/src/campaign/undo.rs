//! Undo and redo: any number of steps back and forward give exactly the same documents.

use phaseplan::document::{Document, History, record};

use super::chance::Chance;
use super::{Tally, edit};

/// Types into a document and edits it, then undoes and redoes.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let mut document = Document::from_text(chance.plan_text());
    let mut history = History::default();
    // The documents after each undo.
    let mut states = vec![document.clone()];
    for _ in 0..1 + chance.below(10) {
        let after = match chance.below(4) {
            0 => document.edited(vec![edit::any(document.plan(), chance)]),
            1 => Document::from_text(chance.plan_text()),
            _ => document.typed(chance.typed(&document.text)),
        };
        let steps = history.undo.len();
        history.record("a change", &document, &after, chance.once_in(3));
        if history.undo.len() == steps {
            // It changed nothing, or it was joined to the previous step.
            states.pop();
        }
        document = after;
        states.push(document.clone());
        if chance.once_in(4) {
            let written = record::write(&document, &history);
            let (read, kept) = record::read(&written).ok_or("a record can't be read")?;
            if read != document {
                return Err(format!("{:?} came back from its record as {:?}", document.text, read.text));
            }
            history = kept;
            tally.count("histories came back from records");
        }
        walk(&states, &history, tally)?;
    }
    Ok(())
}

/// Undoes everything, then redoes everything.
fn walk(states: &[Document], history: &History, tally: &mut Tally) -> Result<(), String> {
    let (mut history, last) = (history.clone(), states.len() - 1);
    let mut document = states[last].clone();
    for expected in states[..last].iter().rev() {
        let (reached, _) = history.undo(&document).ok_or_else(|| lost("back", &document, expected))?;
        same("back", &document, &reached, expected)?;
        document = reached;
        tally.count("steps back");
    }
    for expected in &states[1..] {
        let (reached, _) = history.redo(&document).ok_or_else(|| lost("forth", &document, expected))?;
        same("forth", &document, &reached, expected)?;
        document = reached;
        tally.count("steps forth");
    }
    Ok(())
}

fn lost(way: &str, from: &Document, expected: &Document) -> String {
    format!("no step {way} from {:?} to {:?}", from.text, expected.text)
}

fn same(way: &str, from: &Document, reached: &Document, expected: &Document) -> Result<(), String> {
    if reached.text != expected.text {
        return Err(format!(
            "a step {way} from {:?} leads to {:?} instead of {:?}",
            from.text, reached.text, expected.text
        ));
    }
    if reached.plan() != expected.plan() {
        let (reached, expected) = (reached.plan(), expected.plan());
        return Err(format!(
            "a step {way} from {:?} gives\n{reached:?}\ninstead of\n{expected:?}",
            from.text
        ));
    }
    Ok(())
}
