//! Like tasks: those whose titles differ in one word.

use indexmap::IndexMap;

use crate::analysis::Analysis;
use crate::plan::Plan;

/// The fewest tasks that make a group.
pub const FEWEST: usize = 5;

/// Groups of at least [`FEWEST`] of these tasks that are alike: of one kind, with titles that are equal but for one word,
/// none of them waiting for another. The largest first; no task is in two of them. O(words of all titles).
pub fn groups(plan: &Plan, analysis: &Analysis, tasks: &[usize]) -> Vec<Vec<usize>> {
    let mut by_title: IndexMap<(&str, Vec<&str>, usize), Vec<usize>> = IndexMap::new();
    for &task in tasks {
        let words: Vec<&str> = plan.tasks[task].title.split_whitespace().take(MOST_WORDS).collect();
        for place in 0..words.len() {
            let mut open = words.clone();
            open[place] = "";
            by_title.entry((plan.tasks[task].kind.name(), open, place)).or_default().push(task);
        }
    }
    let mut found: Vec<Vec<usize>> = by_title.into_values().filter(|group| group.len() >= FEWEST).collect();
    found.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut taken = vec![false; plan.tasks.len()];
    found.retain_mut(|group| {
        group.retain(|&task| !taken[task]);
        let is_group = group.len() >= FEWEST && !are_ordered(analysis, group);
        if is_group {
            group.iter().for_each(|&task| taken[task] = true);
        }
        is_group
    });
    found
}

/// Words of a title that are compared.
const MOST_WORDS: usize = 40;

fn are_ordered(analysis: &Analysis, group: &[usize]) -> bool {
    let mut pairs =
        group.iter().enumerate().flat_map(|(at, &a)| group[at + 1..].iter().map(move |&b| (a, b)));
    pairs.any(|(a, b)| analysis.order.are_ordered(a, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text;

    fn check(plan: &str, expected: &str) {
        let plan = text::parse(plan).plan;
        let all: Vec<usize> = (0..plan.tasks.len()).collect();
        let groups = groups(&plan, &analyse(&plan), &all);
        let ids =
            |group: &Vec<usize>| group.iter().map(|&task| plan.tasks[task].id.as_str()).collect::<Vec<_>>();
        let written: Vec<String> = groups.iter().map(|group| ids(group).join(" ")).collect();
        assert_eq!(written.join(" | "), expected);
    }

    #[test]
    fn titles_differ_in_one_word() {
        let of = |count: usize, tags: &str| -> String {
            (1..=count).map(|n| format!("- T{n} Review module {n} for bugs {tags}\n")).collect()
        };
        check(&of(5, "@kind(research)"), "T1 T2 T3 T4 T5");
        check(&of(4, "@kind(research)"), "");
        check(
            &(of(5, "") + "- T6 Fix what was found\n- T7 Review module 7 for bugs @kind(test)\n"),
            "T1 T2 T3 T4 T5",
        );
        check(&(of(5, "") + "- T6 Review module 6 for bugs @after(T1)\n"), "");
    }
}
