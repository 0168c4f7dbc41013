//! An id in `after` that no task has.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::plan::TaskId;
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    code: "PP002",
    name: "unknown-id",
    title: "A task waits for one that is not there",
    severity: Severity::Error,
    help: "\
The `after` list names an id that no task of the plan has: a slip of the pen, or a task that was taken out. The entry is
passed over, so the task may start too early.

Write the id that was meant, or take the entry out.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T11)
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Cart service @owns(src/cart/**) @after(T1)
",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks() {
        for (entry, id) in task.after.iter().enumerate() {
            let is_repeated = || task.after[..entry].contains(id);
            if !context.positions.contains_key(id) && !is_repeated() {
                findings.add(|| describe(context, at, id));
            }
        }
    }
}

fn describe(context: &Context<'_>, at: usize, id: &TaskId) -> Finding {
    let task = context.task(at);
    let meant = nearest(context, at, id).map(|meant| Fix {
        title: format!("Wait for {} instead", context.id(meant)),
        edits: vec![context.change(at, TaskChange::After(replaced(&task.after, id, context.id(meant))))],
    });
    let taken_out = Fix {
        title: format!("Take {id} out"),
        edits: vec![context.without_waiting_for(at, std::slice::from_ref(id))],
    };
    Finding {
        title: format!("{} waits for {id}, and there is no {id}", task.id),
        detail: "The entry is passed over, so the task may start too early.".to_owned(),
        places: vec![context.place(at, "after", id.as_str())],
        fixes: meant.into_iter().chain([taken_out]).collect(),
    }
}

/// The list with one id in place of another, without repetition.
fn replaced(after: &[TaskId], from: &TaskId, to: &TaskId) -> Vec<TaskId> {
    let mut list: Vec<TaskId> = Vec::new();
    for id in after {
        let id = if id == from { to } else { id };
        if !list.contains(id) {
            list.push(id.clone());
        }
    }
    list
}

/// The task whose id is one slip away (a letter more, less or different, or case only), if it is the only one and waiting
/// for it closes no cycle.
fn nearest(context: &Context<'_>, waiting: usize, id: &TaskId) -> Option<usize> {
    let is_likely = |&(at, task): &(usize, &crate::plan::Task)| {
        context.is_first_with_its_id(at) && one_slip_apart(task.id.as_str(), id.as_str())
    };
    let mut likely = context.tasks().filter(is_likely).map(|(at, _)| at);
    let only = likely.next().filter(|_| likely.next().is_none())?;
    (!context.order.would_close_cycle(waiting, only)).then_some(only)
}

/// Whether the two differ in case only, or in one letter.
fn one_slip_apart(a: &str, b: &str) -> bool {
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let letters = a.chars().zip(b.chars()).take_while(|(a, b)| a == b);
    let same: usize = letters.map(|(letter, _)| letter.len_utf8()).sum();
    let (a, b) = (&a[same..], &b[same..]);
    let first = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    let (a_behind, b_behind) = (&a[first(a)..], &b[first(b)..]);
    a_behind == b_behind || a == b_behind || a_behind == b
}

#[cfg(test)]
mod tests {
    use super::one_slip_apart;

    #[test]
    fn slips_are_one_letter_or_case() {
        for (a, b) in [("T1", "T11"), ("T11", "T1"), ("T4", "T5"), ("api", "API"), ("api-1", "ap-1")] {
            assert!(one_slip_apart(a, b), "{a} {b}");
        }
        for (a, b) in [("T1", "T23"), ("schema", "schmea"), ("", "T1")] {
            assert!(!one_slip_apart(a, b), "{a} {b}");
        }
    }
}
