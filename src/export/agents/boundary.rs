//! Boundary lines around text that other people wrote. No such text can contain its own boundary, and its lines don't
//! stand at the margin either (see [`crate::escape::quoted_lines`]).

use crate::events::Digest;
use crate::hidden::visible;
use crate::plan::{Field, FieldRef, Plan, Shape};

/// A word that no text of the plan contains, in any case. The same plan always gives the same word.
///
/// The word is a hash of all texts: 80 bits of SHA-256, so nobody can choose texts that lead to a chosen word. It is
/// hashed again until no text contains it.
pub fn key(plan: &Plan) -> String {
    let mut texts = Vec::new();
    visit_texts(plan, &mut |text| texts.push(visible(text).to_ascii_lowercase()));
    // A byte that never occurs in UTF-8 separates the texts.
    let mut bytes: Vec<u8> = Vec::new();
    texts.iter().for_each(|text| bytes.extend(text.bytes().chain([0xff])));
    let mut key = Digest::of(&bytes).to_string();
    while texts.iter().any(|text| text.contains(&key)) {
        key = Digest::of(key.as_bytes()).to_string();
    }
    key
}

/// Visits every text that a person wrote. The key depends on the order: for each task its single texts, then
/// its lists of texts, then the rest.
fn visit_texts(plan: &Plan, visit: &mut dyn FnMut(&str)) {
    visit(&plan.title);
    visit(&plan.goal);
    plan.resources.iter().for_each(|resource| visit(&resource.name));
    let mut fields = Field::OF_TASK;
    fields.sort_by_key(|field| match field.shape() {
        Shape::Words | Shape::Prose | Shape::Name => 0,
        Shape::Patterns | Shape::Statements => 1,
        Shape::Json => 3,
        _ => 2,
    });
    for task in &plan.tasks {
        visit(task.id.as_str());
        fields.iter().filter_map(|field| task.field(*field)).for_each(|value| visit_value(value, visit));
    }
}

fn visit_value(value: FieldRef<'_>, visit: &mut dyn FnMut(&str)) {
    match value {
        FieldRef::Words(text) | FieldRef::Prose(text) | FieldRef::Name(text) => visit(text),
        FieldRef::Patterns(list) | FieldRef::Statements(list) => list.iter().for_each(|text| visit(text)),
        FieldRef::Ids(list) => list.iter().for_each(|id| visit(id.as_str())),
        FieldRef::Uses(list) => list.iter().for_each(|used| visit(&used.resource)),
        FieldRef::Acceptances(list) => {
            for accepted in list {
                visit(accepted.task.as_str());
                visit(&accepted.reason);
            }
        }
        FieldRef::Json(value) if !value.is_null() => visit(&value.to_string()),
        FieldRef::Minutes(_) | FieldRef::Choice(_) | FieldRef::Json(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Task;

    #[test]
    fn a_key_in_the_text_is_replaced() {
        // Even if the texts of a plan contain the keys of other plans, the search must not return a contained
        // one.
        let mut plan = Plan { tasks: vec![Task::default()], ..Plan::default() };
        for _ in 0..100 {
            let key = key(&plan);
            plan.tasks[0].instructions.push_str(&key.to_uppercase());
            assert_ne!(super::key(&plan), key);
        }
    }

    #[test]
    fn texts_are_kept_apart() {
        let plan =
            |title: &str, goal: &str| Plan { title: title.into(), goal: goal.into(), ..Plan::default() };
        assert_ne!(key(&plan("ab", "c")), key(&plan("a", "bc")));
    }
}
