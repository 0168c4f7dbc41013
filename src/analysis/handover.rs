//! Which reports a task receives from the tasks before it.
//!
//! An agent starts with nothing but its prompt. Changed files speak for themselves, so a report is handed on only by tasks
//! that change none, and by those whose author says what they return. A decision is put together with all reports it
//! rests on, and whoever comes behind it receives these as well, since the decision is about them. Through a check, findings
//! are handed on, too, since it adds nothing to them. A research task is expected to hand on what matters of what it received.

use rustc_hash::FxHashSet;

use super::Order;
use super::edges::Wait;
use crate::plan::{Kind, Plan, Status, Task};

/// For each task, the positions of those whose reports it receives, ascending. Includes done ones. Dropped tasks receive
/// none.
///
/// In a large plan, the lists are cut off, so that all of them together have at most about 100,000 entries, or 20 for each
/// task. O(tasks + entries · 8).
pub fn received(plan: &Plan, order: &Order) -> Vec<Vec<usize>> {
    let positions = plan.positions();
    let left_out: FxHashSet<(usize, usize)> =
        order.left_out.iter().map(|wait| (wait.waiting, wait.awaited)).collect();
    // What nobody waits for any more is missing in the order, but its report still counts.
    let settled = |task: usize| -> Vec<usize> {
        let written = plan.tasks[task].after.iter().filter_map(|id| positions.get(id).copied());
        let is_settled = |&other: &usize| !plan.tasks[other].status.is_open();
        written.filter(is_settled).filter(|&other| !left_out.contains(&(task, other))).collect()
    };
    let before: Vec<Vec<usize>> = (0..plan.tasks.len())
        .map(|task| {
            // Groups in order only follow one another.
            let hands_over = |&awaited: &usize| {
                order.between_groups.binary_search(&Wait { waiting: task, awaited }).is_err()
            };
            let direct = order.predecessors[task].iter().copied().filter(hands_over);
            direct.chain(settled(task)).collect()
        })
        .collect();
    let most = most_received(plan);
    (0..plan.tasks.len()).map(|task| received_by(plan, &before, task, most)).collect()
}

/// The most reports that one task of a plan receives; there may have been more.
pub fn most_received(plan: &Plan) -> usize {
    (MOST_IN_ALL / plan.tasks.len().max(1)).clamp(FEWEST, MOST)
}

/// The most reports of all tasks together, unless each task receives few.
const MOST_IN_ALL: usize = 100_000;
/// The number of reports that is never cut off.
const FEWEST: usize = 20;
/// The most reports for one task.
const MOST: usize = 1_000;
/// How many tasks are looked at for each report that is allowed.
const LOOKED_AT: usize = 8;

fn received_by(plan: &Plan, before: &[Vec<usize>], task: usize, most: usize) -> Vec<usize> {
    let receiver = &plan.tasks[task];
    if receiver.status == Status::Dropped {
        return Vec::new();
    }
    let mut seen = FxHashSet::from_iter([task]);
    let mut open = vec![task];
    let mut received = Vec::new();
    while let Some(next) = open.pop() {
        for &other in &before[next] {
            if received.len() >= most || seen.len() > most * LOOKED_AT {
                break;
            }
            if !seen.insert(other) {
                continue;
            }
            let sender = &plan.tasks[other];
            let is_about_decision = receiver.kind == Kind::Gate || plan.tasks[next].kind == Kind::Gate;
            if sender.status != Status::Dropped && (is_about_decision || hands_on(sender)) {
                received.push(other);
            }
            if passes_on(sender) {
                open.push(other);
            }
        }
    }
    received.sort_unstable();
    received
}

/// Whether the report of a task is for those behind it.
pub fn hands_on(task: &Task) -> bool {
    !task.returns.is_null() || !task.changes_files()
}

/// Whether those behind a task also receive the reports before it.
fn passes_on(task: &Task) -> bool {
    matches!(task.kind, Kind::Gate | Kind::Verify) || task.status == Status::Dropped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;
    use proptest::prelude::*;

    /// Who receives what, such as `T3: T1 T2`.
    fn check(text: &str, expected: &str) {
        let plan = text::parse(text).plan;
        let received = received(&plan, &Order::of(&plan));
        let line = |(task, from): (usize, &Vec<usize>)| {
            let from: Vec<&str> = from.iter().map(|&from| plan.tasks[from].id.as_str()).collect();
            (!from.is_empty()).then(|| format!("{}: {}", plan.tasks[task].id, from.join(" ")))
        };
        let lines: Vec<String> = received.iter().enumerate().filter_map(line).collect();
        assert_eq!(lines.join("; "), expected, "{text}");
    }

    #[test]
    fn findings_and_whatever_is_said_to_be_returned_are_handed_on() {
        check(
            "- T1 Look @kind(research)\n- T2 Do @owns(a) @after(T1)\n- T3 More @owns(b) @after(T2)\n",
            "T2: T1",
        );
        check("- T1 Do @owns(a) @returns(findings)\n- T2 More @owns(b) @after(T1)\n", "T2: T1");
        check(
            "- T1 Do @owns(a)\n- T2 Test @after(T1) @kind(verify)\n- T3 Repair @owns(a) @after(T2)\n",
            "T3: T2",
        );
    }

    #[test]
    fn a_decision_is_put_with_all_it_rests_on_and_passes_it_on() {
        let text = "- T1 Look @kind(research)\n- T2 Build @owns(a)\n- T3 Go? @kind(gate) @after(T1, T2)\n\
            - T4 Publish @owns(b) @after(T3)\n";
        check(text, "T3: T1 T2; T4: T1 T2 T3");
        let checked = "- T1 Look @kind(research)\n- T2 Build @owns(a)\n- T3 Test @kind(verify) @after(T1, T2)\n\
            - T4 Publish @owns(b) @after(T3)\n";
        check(checked, "T3: T1; T4: T1 T3");
    }

    #[test]
    fn a_summary_stands_for_what_it_sums_up() {
        let text = "- T1 Look @kind(research)\n- T2 Sum up @kind(research) @after(T1)\n- T3 Do @owns(a) @after(T2)\n";
        check(text, "T2: T1; T3: T2");
    }

    #[test]
    fn done_tasks_have_reports_and_dropped_ones_have_none() {
        check("- [x] T1 Look @kind(research)\n- T2 Do @owns(a) @after(T1)\n", "T2: T1");
        let dropped = "- T1 Look @kind(research)\n- [-] T2 Look closer @kind(research) @after(T1)\n\
            - T3 Do @owns(a) @after(T2)\n";
        check(dropped, "T3: T1");
    }

    #[test]
    fn a_large_plan_has_short_lists() {
        let mut text: String = (0..5_000).map(|at| format!("- R{at} Look @kind(research)\n")).collect();
        let all: Vec<String> = (0..5_000).map(|at| format!("R{at}")).collect();
        text.push_str(&format!("- G Go? @kind(gate) @after({})\n", all.join(", ")));
        (0..5_000).for_each(|at| text.push_str(&format!("- C{at} Do @owns(a{at}) @after(G)\n")));
        let plan = text::parse(&text).plan;
        let received = received(&plan, &Order::of(&plan));
        assert!(received.iter().map(Vec::len).sum::<usize>() <= 20 * plan.tasks.len());
    }

    proptest! {
        /// A report is there before the task that receives it starts, whatever waits for whatever.
        #[test]
        fn reports_come_from_tasks_before(
            kinds in proptest::collection::vec(prop::sample::select(vec!["research", "gate", "verify", "change"]), 2..9),
            waits in proptest::collection::vec((0usize..9, 0usize..9), 0..16),
            statuses in proptest::collection::vec(prop::sample::select(vec![" ", " ", " ", "x", "-"]), 9),
        ) {
            let line = |(at, kind): (usize, &&str)| {
                let after: Vec<String> =
                    waits.iter().filter(|(to, _)| *to == at).map(|(_, from)| format!("T{from}")).collect();
                let after = if after.is_empty() { String::new() } else { format!(" @after({})", after.join(", ")) };
                format!("- [{}] T{at} Task @kind({kind}){after}\n", statuses[at])
            };
            let plan = text::parse(&kinds.iter().enumerate().map(line).collect::<String>()).plan;
            let order = Order::of(&plan);
            for (task, from) in received(&plan, &order).iter().enumerate() {
                for &from in from {
                    let is_before = order.ancestors[task].contains(from) || !plan.tasks[from].status.is_open()
                        || !plan.tasks[task].status.is_open();
                    prop_assert!(is_before && from != task, "T{task} from T{from}");
                }
            }
        }
    }
}
