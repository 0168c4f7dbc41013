//! One request of a batch.

use serde_json::{Value, json};

use super::super::agents::prompt::goal;
use crate::agents::{MODELS, Model, full_name};
use crate::doer;
use crate::plan::{Plan, Task};

/// The most tokens of an answer: ten times the 400 words that are asked for.
const MOST_TOKENS: u32 = 5_000;

/// The request of a task as one line of JSON. The files are documents without text, which the script fills in by their title.
pub fn line(plan: &Plan, task: usize, custom_id: &str) -> String {
    let task = &plan.tasks[task];
    let documents = task.read_files().into_iter().map(|path| {
        json!({
            "type": "document",
            "title": path,
            "source": { "type": "text", "media_type": "text/plain", "data": "" },
        })
    });
    let question = json!({ "type": "text", "text": question(plan, task) });
    let content: Vec<Value> = documents.chain([question]).collect();
    let request = json!({
        "custom_id": custom_id,
        "params": {
            "model": model(task),
            "max_tokens": MOST_TOKENS,
            "messages": [{ "role": "user", "content": content }],
        },
    });
    format!("{request}\n")
}

/// The model as the service names it.
fn model(task: &Task) -> String {
    match Model::of(&task.model) {
        Model::Full(_) if task.model.trim().starts_with("claude-") => task.model.trim().to_owned(),
        Model::Full(alias) | Model::Alias(alias) => full_name(alias).to_owned(),
        _ => full_name(doer::model(task).unwrap_or(MODELS[0])).to_owned(),
    }
}

fn question(plan: &Plan, task: &Task) -> String {
    let mut text = task.title.trim().to_owned();
    let mut add = |part: &str| {
        if !part.trim().is_empty() {
            text.push_str("\n\n");
            text.push_str(part.trim());
        }
    };
    add(&task.instructions);
    let goal = goal::told(plan);
    if !goal.is_empty() {
        add(&format!("This is one part of a larger goal:\n{goal}"));
    }
    add(match task.read_files().len() {
        1 => "The document above is the file that this is about.",
        _ => "The documents above are the files that this is about.",
    });
    add(&answer(task));
    text
}

/// The form of the answer.
fn answer(task: &Task) -> String {
    match &task.returns {
        Value::Null => "Answer with what was found and where it stands, in at most 400 words.".to_owned(),
        Value::String(what) => {
            format!("Answer with the result, in at most 400 words. Hand on: {}.", what.trim_end_matches('.'))
        }
        shape => format!("Answer with nothing but JSON of this shape: {shape}"),
    }
}
