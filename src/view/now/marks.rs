//! The buttons with which somebody notes what happened to a task.

use super::RunView;
use crate::plan::{Kind, Status, Task};
use crate::view::act::{Act, RunAct};
use crate::view::markup::{Markup, button, markup};
use crate::view::test_name as test;

/// The buttons for a task, by its status; empty if nothing can be noted here.
pub fn marks(task: &Task, run: &RunView<'_>) -> Vec<Markup> {
    if !run.can_mark {
        return Vec::new();
    }
    let one = |act: RunAct, words: &str| note(act, words).set("data-task", task.id.as_str());
    let failed = || why_failed(task, "Failed…", "What went wrong?");
    match (task.status, task.kind) {
        (Status::Todo | Status::Running | Status::Failed, Kind::Gate) => ["Yes", "No"]
            .map(|answer| one(RunAct::Answer, answer).set("data-value", &answer.to_lowercase()))
            .into(),
        (Status::Todo, _) => vec![one(RunAct::Start, "Start"), one(RunAct::Done, "Done")],
        (Status::Running, _) => {
            vec![one(RunAct::Done, "Done"), one(RunAct::Release, "Nobody is at work"), failed()]
        }
        (Status::Failed, _) => {
            let mut marks = vec![one(RunAct::Start, "Try again"), one(RunAct::Done, "Done")];
            let run = run.state.task(&task.id);
            if run.is_none_or(|run| run.why_failed().is_none()) {
                marks.push(why_failed(task, "Say why…", "Why did it fail?"));
            }
            marks
        }
        (Status::Done | Status::Dropped, _) => vec![one(RunAct::Reopen, "To do again")],
    }
}

/// A button that notes something.
pub fn note(act: RunAct, words: &str) -> Markup {
    button("button").act(&Act::Run { run: act.name().to_owned() }).text(words)
}

/// A form that opens in place and notes that the task failed.
fn why_failed(task: &Task, words: &str, hint: &str) -> Markup {
    let id = task.id.as_str();
    let key = ["failed ", id].concat();
    let text = markup("textarea", "field")
        .set("data-part", "text")
        .set("aria-label", &[hint, " ", id].concat())
        .set("placeholder", hint)
        .set("rows", "2")
        .set("maxlength", "2000");
    markup("details", "compose")
        .key(&key)
        .set("data-form", &key)
        .set("data-task", id)
        .set("data-test", test::FAILED_FORM)
        .child(markup("summary", "button").text(words))
        .child(text)
        .child(markup("div", "row").child(note(RunAct::Failed, "It failed")))
}
