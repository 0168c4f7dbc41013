//! A task whose text creates a file that is there, or changes one that is not.

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair, said};
use crate::evidence::Evidence;
use crate::prose::deeds::Deed;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP323",
    name: "created-or-changed",
    title: "A file is there that a task creates, or is not there that it changes",
    severity: Severity::Hint,
    help: "\
The text of a task says that it creates a file, and the list of files has it; or it says that it changes a file, and neither
the list has it nor does a task before this one own it. The list may be older than the repository. Otherwise an agent writes
over what is there, or makes up what it was to extend.

If another task creates the file, wait for it. If the file is there already, say what to change in it.",
    example: "\
- T1 Cart page @owns(src/cart/**)
  Create `src/cart/page.ts` with the list of items.
- T2 Tax @owns(src/tax/**)
",
    repaired: "\
- T1 Cart page @owns(src/cart/**)
  Extend `src/cart/page.ts` with the list of items.
- T2 Tax @owns(src/tax/**)
",
    },
    check,
};

/// The most files that a text changes and the list lacks for which earlier tasks are looked at.
const MOST_LOOKED_INTO: usize = 300;

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(evidence) = context.evidence else { return };
    let may_change = |&(task, _): &(usize, _)| context.is_open(task) && context.task(task).changes_files();
    let mut looked_into = 0;
    for (task, plan_task) in context.tasks().filter(may_change) {
        for named in said::files(plan_task).iter().filter(|named| named.path.contains('/')) {
            let is_there = evidence.file(&named.path).is_some();
            match named.deed {
                Deed::Creates if is_there => {
                    findings.add(|| describe_created(context, evidence, task, &named.path));
                }
                Deed::Changes if !is_there && looked_into < MOST_LOOKED_INTO => {
                    looked_into += 1;
                    if is_missing(context, evidence, task, &named.path) {
                        findings.add(|| describe_changed(context, evidence, task, &named.path));
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether no known file ends so, and no earlier task can have created the file.
fn is_missing(context: &Context<'_>, evidence: &Evidence, task: usize, path: &str) -> bool {
    let is_earlier = |&(other, _): &(usize, _)| context.order.ancestors[task].contains(other);
    // A done task owns nothing any more, but may have created the file since the list was written.
    let may_have_created = |(other, plan_task): (usize, &crate::plan::Task)| {
        context.ownership().owns[other].matches(path)
            || plan_task.owned_files().iter().any(|owned| owned == path)
    };
    evidence.only_ending(path).is_none()
        && !evidence.is_folder(path)
        && !context.tasks().filter(is_earlier).any(may_have_created)
}

fn describe_created(context: &Context<'_>, evidence: &Evidence, task: usize, path: &str) -> Finding {
    Finding {
        title: format!("{} creates `{path}`, which is there already", context.id(task)),
        detail: format!(
            "The file is in the list of {}. An agent that creates it writes over it. Say what to change in it, \
             or choose another name.",
            evidence.source()
        ),
        places: vec![context.place(task, "instructions", "")],
        fixes: Vec::new(),
    }
}

fn describe_changed(context: &Context<'_>, evidence: &Evidence, task: usize, path: &str) -> Finding {
    let owns_it = |&(other, _): &(usize, _)| {
        other != task
            && context.is_open(other)
            && !context.order.are_ordered(task, other)
            && context.ownership().owns[other].matches(path)
    };
    let mut owners = context.tasks().filter(owns_it).map(|(other, _)| other);
    let owner = owners.next().filter(|_| owners.next().is_none());
    let near = evidence.nearest(path);
    let hint = match (owner, near.first()) {
        (Some(owner), _) => format!(" {} owns it, and may be the one that creates it.", context.id(owner)),
        (None, Some(near)) => format!(" There is `{near}`."),
        (None, None) => " No earlier task owns it.".to_owned(),
    };
    Finding {
        title: format!("{} changes `{path}`, which is not there", context.id(task)),
        detail: format!(
            "The file is not in the list of {}, which may be older than the repository.{hint}",
            evidence.source()
        ),
        places: std::iter::once(context.place(task, "instructions", ""))
            .chain(owner.map(|owner| context.owning_place(owner, path)))
            .collect(),
        fixes: owner.and_then(|owner| repair::wait(context, task, owner)).into_iter().collect(),
    }
}
