//! Lines that set text of other people apart, so that nothing in it can pose as the end of it.

use crate::hidden::visible;
use crate::plan::Plan;

/// A word that no text of the plan contains, in whatever case. The same plan always gives the same word.
///
/// The word is a hash of all texts (FNV-1a with 64 bits, Fowler, Noll and Vo 1991), hashed on until it is found in none.
/// A text can't be written so that it holds its own boundary: adding the word changes the hash, and a plan that
/// should still hit is caught by the search.
pub fn key(plan: &Plan) -> String {
    let texts: Vec<String> = texts(plan).into_iter().map(|text| visible(text).to_ascii_lowercase()).collect();
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for text in &texts {
        hash = fnv(hash, text.as_bytes());
    }
    loop {
        let key = format!("{hash:016x}");
        if !texts.iter().any(|text| text.contains(&key)) {
            return key;
        }
        hash = fnv(hash, b"again");
    }
}

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    // The byte that no UTF-8 contains keeps texts apart.
    bytes
        .iter()
        .chain(&[0xff])
        .fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Everything that a person wrote.
fn texts(plan: &Plan) -> Vec<&str> {
    let mut texts = vec![plan.title.as_str(), &plan.goal];
    texts.extend(plan.resources.iter().map(|resource| resource.name.as_str()));
    for task in &plan.tasks {
        texts.extend([
            task.id.as_str(),
            &task.title,
            &task.instructions,
            &task.agent,
            &task.model,
            &task.group,
        ]);
        texts.extend(task.owns.iter().chain(&task.reads).chain(&task.checks).map(String::as_str));
        texts.extend(task.after.iter().map(|id| id.as_str()));
        texts.extend(task.uses.iter().map(|used| used.resource.as_str()));
        texts.extend(task.accepts.iter().flat_map(|accepted| [accepted.task.as_str(), &accepted.reason]));
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Task;

    #[test]
    fn a_key_in_the_text_is_replaced() {
        // Whatever the key of a plan is, a search over plans that hold keys of others must not return one they hold.
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
