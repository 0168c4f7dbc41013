//! A plan without tasks.

use super::{Context, Finding, Findings, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    code: "PP307",
    name: "empty-plan",
    title: "The plan has no tasks",
    severity: Severity::Hint,
    help: "\
There is nothing to plan yet. In a text, each task is a line that begins with a dash.

Write one task per line.",
    example: "# Checkout rewrite\n",
    mended: "# Checkout rewrite\n\n- T1 Cart schema @owns(db/**)\n",
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.plan.tasks.is_empty() {
        findings.add(|| Finding {
            title: "The plan has no tasks".to_owned(),
            detail: "Write one task per line, each after a dash: `- T1 Cart schema @owns(db/**)`.".to_owned(),
            ..Finding::default()
        });
    }
}
