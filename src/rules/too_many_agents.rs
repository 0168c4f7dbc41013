//! More agents at once than can run or be supervised.

use super::no_agents::at_most;
use super::{Context, Definition, Finding, Findings, Rule, Severity};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP203",
    name: "too-many-agents",
    title: "Too many agents at once",
    severity: Severity::Warning,
    help: "\
At most 20 agents can run in one session; a larger number is not reached, and the tasks beyond it wait. Above 10 the calls
that start them are no longer made at the same moment, and nobody can follow what so many agents do.

Allow 10 or fewer. The phases get longer only where more than that could have run.",
    example: "> at most 40\n\n- T1 Cart schema @owns(db/**)\n",
    repaired: "> at most 10\n\n- T1 Cart schema @owns(db/**)\n",
    },
    check,
};

/// The most agents that can run at the same time.
const CAN_RUN: u32 = 20;

/// The most calls that start at the same time.
const AT_ONE_MOMENT: u32 = 10;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let allowed = context.plan.settings.max_parallel;
    let (severity, detail) = if allowed > CAN_RUN {
        (
            RULE.definition.severity,
            format!(
                "The figures assume that {allowed} run. One session runs at most {CAN_RUN}, so tasks beyond that wait, \
                 and it takes longer than shown."
            ),
        )
    } else if allowed > AT_ONE_MOMENT {
        let detail =
            format!("More than {AT_ONE_MOMENT} are not started at the same moment, and are hard to follow.");
        (Severity::Hint, detail)
    } else {
        return;
    };
    findings.add_as(severity, || Finding {
        title: format!("{allowed} agents at once are too many"),
        detail,
        fixes: vec![at_most(context, AT_ONE_MOMENT)],
        ..Finding::default()
    });
}
