//! A plan that allows no task to run.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::{Edit, Settings};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP007",
    name: "no-agents",
    title: "No agent may run",
    severity: Severity::Error,
    help: "\
The settings say that at most 0 tasks may run at the same time, so there can be no phase. The plan is computed as if one
task could run at a time.

Say how many agents you can run and watch; 5 is a good start.",
    example: r#"{"settings": {"max_parallel": 0}, "tasks": [{"id": "T1", "title": "Cart schema", "owns": ["db/**"]}]}
"#,
    repaired: r#"{"settings": {"max_parallel": 5}, "tasks": [{"id": "T1", "title": "Cart schema", "owns": ["db/**"]}]}
"#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.plan.settings.max_parallel > 0 {
        return;
    }
    findings.add(|| Finding {
        title: "At most 0 tasks may run at the same time".to_owned(),
        detail: "The plan is computed as if one task could run at a time. Say how many agents you can run \
            and watch."
            .to_owned(),
        fixes: vec![at_most(context, Settings::default().max_parallel), at_most(context, 1)],
        ..Finding::default()
    });
}

/// Sets the number of tasks that may run at the same time.
pub(super) fn at_most(context: &Context<'_>, max_parallel: u32) -> Fix {
    let settings = Settings { max_parallel, ..context.plan.settings.clone() };
    Fix { title: format!("Allow {max_parallel} at a time"), edits: vec![Edit::SetSettings(settings)].into() }
}
