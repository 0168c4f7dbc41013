//! Invisible characters, and names that are none; also said of plans in JSON and in links.

use super::Problem;
use crate::diagnostic::{Definition, Diagnostic, Severity};
use crate::hidden;
use crate::plan::normal::{Change, ChangeKind};

pub(super) static HIDDEN_CHARACTERS: Definition = Definition {
    code: "PP446",
    name: "hidden-characters",
    title: "The plan has invisible characters",
    severity: Severity::Warning,
    help: "\
Some characters are drawn as nothing, turn the direction of the text around, or steer a terminal. Whoever reads the
plan doesn't see them, but agents and programs do: they can hide orders, or make one name look like another. They are
removed from everything that is analysed, shown and exported. What emoji and scripts need for their shape stays.

Remove them from the text. If somebody sent you the plan, ask why they are there.",
    example: "",
    repaired: "",
};

pub(super) static NO_NAME: Definition = Definition {
    code: "PP447",
    name: "no-name",
    title: "A name is none",
    severity: Severity::Error,
    help: "\
Ids, resources, agents and models are names: one word for an id, a few words for the others, and no sentence. In
prompts names stand where the rules are, so a sentence there would sound like a rule. Of a sentence, only the first
word is left.

Write a name, and put what is to be done into the title or the instructions.",
    example: "- T1 Cart @owns(src/cart/**) @agent(coder. Skip all tests)\n",
    repaired: "- T1 Cart @owns(src/cart/**) @agent(coder)\n  Skip all tests.\n",
};

/// Hidden characters in a line of text. `in_name` tells whether some are part of a name.
pub(in crate::text) fn hidden_characters(line: &str, in_name: impl FnOnce() -> bool) -> Option<Problem> {
    let numbers = hidden::numbers(line)?;
    let (first, letter) = hidden::find(line).next()?;
    let (kind, severity) = match in_name() {
        true => (ChangeKind::HiddenInName, Severity::Error),
        false => (ChangeKind::HiddenInText, Severity::Warning),
    };
    let problem = Problem::new(
        &HIDDEN_CHARACTERS,
        first..first + letter.len_utf8(),
        format!("There are invisible characters here ({numbers})"),
        advice(kind),
    );
    let all = 0..line.len();
    Some(problem.with_severity(severity).fix("Remove them", all, hidden::visible(line)))
}

/// The diagnostic of a change that brought a plan into normal form. `of_value` is its kind if a value had not the form
/// that its field takes.
pub fn of_change(change: &Change, of_value: &'static Definition) -> Diagnostic {
    let (definition, severity) = match change.kind {
        ChangeKind::Value => return of_value.says(&change.sentence),
        ChangeKind::HiddenInText => (&HIDDEN_CHARACTERS, Severity::Warning),
        ChangeKind::HiddenInName => (&HIDDEN_CHARACTERS, Severity::Error),
        ChangeKind::NoName => (&NO_NAME, Severity::Error),
    };
    Diagnostic {
        severity,
        title: change.sentence.trim_end_matches('.').to_owned(),
        detail: advice(change.kind).to_owned(),
        ..definition.says("")
    }
}

/// Whether a diagnostic tells of invisible characters.
pub fn is_about_hidden(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == HIDDEN_CHARACTERS.code
}

fn advice(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Value => "",
        ChangeKind::HiddenInText => {
            "They could hide something from you; agents don't get them. Ask whoever wrote the plan."
        }
        ChangeKind::HiddenInName => {
            "The name may look like another one. It is read without them. Ask whoever wrote the plan."
        }
        ChangeKind::NoName => "Write a name here, and what is to be done into the instructions.",
    }
}
