//! The ids of requests: what the service takes, and no two alike.

use rustc_hash::FxHashSet;

use super::super::output::hyphenated;
use crate::plan::Plan;

/// The most signs of an id.
const LONGEST: usize = 64;

/// An id for each of these tasks: its own if the service takes it, else one made of its letters and digits. No two are
/// the same in whatever case, because answers become files.
pub fn custom_ids(plan: &Plan, tasks: &[usize]) -> Vec<String> {
    let own = |task: usize| plan.tasks[task].id.as_str();
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let kept: Vec<bool> = tasks
        .iter()
        .map(|&task| is_taken_as_it_is(own(task)) && taken.insert(own(task).to_lowercase()))
        .collect();
    let mut made = |id: &str| {
        let stem = hyphenated(id);
        let stem = if stem.is_empty() { "task".to_owned() } else { stem };
        let mut number = 1;
        loop {
            let end = if number == 1 { String::new() } else { format!("-{number}") };
            let candidate: String = stem.chars().take(LONGEST - end.len()).chain(end.chars()).collect();
            if taken.insert(candidate.to_lowercase()) {
                return candidate;
            }
            number += 1;
        }
    };
    let ids = tasks.iter().zip(kept);
    ids.map(|(&task, is_kept)| if is_kept { own(task).to_owned() } else { made(own(task)) }).collect()
}

/// Whether the service takes it: 1 to 64 letters, digits, `_` and `-`.
fn is_taken_as_it_is(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use proptest::prelude::*;

    fn ids_of(ids: &[String]) -> Vec<String> {
        let tasks = ids.iter().map(|id| crate::plan::Task { id: id.as_str().into(), ..Default::default() });
        let plan = Plan { tasks: tasks.collect(), ..Plan::default() };
        custom_ids(&plan, &(0..ids.len()).collect::<Vec<_>>())
    }

    #[test]
    fn ids_are_kept_where_the_service_takes_them() {
        let plan = text::parse("- a @id(1.2.3)\n- b @id(1-2-3)\n- c @id(Über/alles)\n- d @id(T_4)\n").plan;
        assert_eq!(custom_ids(&plan, &[0, 1, 2, 3]), ["1-2-3-2", "1-2-3", "ber-alles", "T_4"]);
    }

    proptest! {
        #[test]
        fn any_ids_become_different_ids_that_the_service_takes(ids in prop::collection::vec(".{0,80}", 0..20)) {
            let made = ids_of(&ids);
            prop_assert!(made.iter().all(|id| is_taken_as_it_is(id)), "{made:?}");
            let different: FxHashSet<String> = made.iter().map(|id| id.to_lowercase()).collect();
            prop_assert_eq!(different.len(), ids.len());
        }
    }
}
