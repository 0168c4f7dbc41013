//! A task that waits for itself.

use super::{Context, Finding, Findings, Fix, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    code: "PP003",
    name: "self-reference",
    title: "A task waits for itself",
    severity: Severity::Error,
    help: "\
The `after` list of the task names the task itself. The entry is passed over; it is usually a slip for another id.

Take the entry out, or write the id that was meant.",
    example: "- T1 Cart schema @owns(db/**) @after(T1)\n",
    mended: "- T1 Cart schema @owns(db/**)\n",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks() {
        if context.is_first_with_its_id(at) && task.after.contains(&task.id) {
            findings.add(|| Finding {
                title: format!("{} waits for itself", task.id),
                detail: "The entry is passed over. If another task was meant, write its id.".to_owned(),
                places: vec![context.place(at, "after", task.id.as_str())],
                fixes: vec![Fix {
                    title: format!("Take {} out of its own list", task.id),
                    edits: vec![context.without_waiting_for(at, std::slice::from_ref(&task.id))],
                }],
            });
        }
    }
}
