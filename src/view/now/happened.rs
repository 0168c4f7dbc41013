//! What somebody pasted about the run: a box for it, and what follows from it, to be confirmed.

use super::RunView;
use super::marks::note;
use crate::plan::TaskId;
use crate::run::pasted::{Pasted, Proposal};
use crate::view::act::{Act, RunAct};
use crate::view::markup::{Markup, button, markup};
use crate::view::review::said::said;
use crate::view::test_name as test;

const HINT: &str = "An agent's report, git log, git status, names of files, a workflow's journal or result, the guard's \
    denied.jsonl, or the log of a run";

/// The box. `task` is what the text is about if it names no task.
pub fn paste_box(task: Option<&TaskId>) -> Markup {
    let key = task.map_or("happened".to_owned(), |task| format!("happened {task}"));
    let text = markup("textarea", "field")
        .set("data-part", "text")
        .set("aria-label", "What happened?")
        .set("placeholder", HINT)
        .set("rows", "4");
    markup("details", "compose happened")
        .key(&key)
        .set("data-form", &key)
        .set_some("data-task", task.map(TaskId::as_str))
        .set("data-test", if task.is_some() { test::HAPPENED_TO_TASK } else { test::HAPPENED })
        .child(markup("summary", "button").text("What happened?"))
        .child(text)
        .child(markup("div", "row").child(note(RunAct::Read, "Read it")))
}

/// What the pasted text was taken for, and what follows from it.
pub fn pasted(run: &RunView<'_>) -> Option<Markup> {
    let Pasted { taken_for, proposals, notes } = run.pasted?;
    let mut parts = vec![markup("p", "").set("role", "status").sentence(taken_for)];
    let entries = proposals.iter().enumerate().map(|(number, proposal)| entry(number, proposal));
    parts.push(markup("ul", "proposals").children(entries.collect()));
    parts.extend(notes.iter().map(|note| markup("p", "about").sentence(note)));
    parts.extend(run.troubles.iter().map(|trouble| {
        markup("div", "trouble")
            .set("data-test", test::TROUBLE)
            .child(markup("b", "").sentence(trouble.symptom))
            .child(markup("p", "").sentence(&format!("{} {}", trouble.cause, trouble.remedy)))
    }));
    let certain = proposals.iter().filter(|proposal| !proposal.news.is_empty()).count();
    let all = (certain > 1).then(|| note(RunAct::Confirm, &format!("Confirm all {certain}")));
    let row =
        markup("div", "row").children(all.into_iter().collect()).child(note(RunAct::PutAway, "Put away"));
    parts.push(row);
    let section = markup("section", "pasted").key("pasted").set("aria-label", "What was read");
    Some(section.set("data-test", test::PASTED).children(parts))
}

fn entry(number: usize, proposal: &Proposal) -> Markup {
    // The sentence may quote what somebody else wrote.
    let sentence = said("span", "", &proposal.sentence.replace('`', ""));
    let act = match &proposal.command {
        Some(command) => button("button").act(&Act::Copy { copy: command.clone() }).text("Copy the command"),
        None => {
            let words = if proposal.news.is_empty() { "Do it" } else { "Confirm" };
            note(RunAct::Confirm, words).set("data-value", &number.to_string())
        }
    };
    let command = proposal.command.as_ref().map(|command| markup("code", "path").text(command));
    markup("li", "")
        .set("data-test", test::PROPOSAL)
        .child(sentence)
        .children(command.into_iter().collect())
        .child(act)
}
