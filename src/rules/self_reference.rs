//! A task that waits for itself.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
        code: "PP003",
        name: "self-reference",
        title: "A task waits for itself",
        severity: Severity::Error,
        help: "\
The `after` list of the task names the task itself. The entry is ignored; it is usually a typo for another id.

Remove the entry, or write the id that was meant.",
        example: "- T1 Cart schema @owns(db/**) @after(T1)\n",
        repaired: "- T1 Cart schema @owns(db/**)\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in context.tasks() {
        if context.is_first_with_its_id(at) && task.after.contains(&task.id) {
            findings.add(|| Finding {
                title: format!("{} waits for itself", task.id),
                detail: "The entry is ignored. If another task was meant, write its id.".to_owned(),
                places: vec![context.place(at, "after", task.id.as_str())],
                fixes: vec![Fix {
                    title: format!("Remove {} from its own list", task.id),
                    edits: vec![context.without_waiting_for(at, std::slice::from_ref(&task.id))].into(),
                }],
            });
        }
    }
}
