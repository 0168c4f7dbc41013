//! Two paths that differ only in case or spaces.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::{CaseClash, Field};
use crate::glob::as_read;
use crate::plan::Edit;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP202",
    name: "case-clash",
    title: "Two paths differ only in case or spaces",
    severity: Severity::Warning,
    help: "\
On macOS and Windows two cases of a name are usually one file; on Linux they are two. One space or two look alike almost
everywhere. The plan treats the paths as two, so tasks that write the same file could run at the same time.

Write the path as it is written in the repository.",
    example: "\
- T1 Cart page @owns(src/ui/Cart.tsx)
- T2 Cart styles @owns(src/ui/cart.tsx)
",
    repaired: "\
- T1 Cart page @owns(src/ui/Cart.tsx)
- T2 Cart styles @owns(src/ui/Cart.tsx) @after(T1)
",
    },
    check,
};

/// The most tasks in which one fix rewrites a path.
const MAX_TASKS: usize = 50;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for clash in context.ownership().case_clashes(context.plan) {
        findings.add(|| describe(context, &clash));
    }
}

fn describe(context: &Context<'_>, clash: &CaseClash) -> Finding {
    let (first, other) = (context.id(clash.first.task), context.id(clash.other.task));
    let who = match clash.first.task == clash.other.task {
        true => format!("{first} uses both spellings"),
        false => format!("{first} uses one spelling, {other} the other"),
    };
    let (what, why) = match clash.path.to_lowercase() == clash.other_path.to_lowercase() {
        true => ("case", "On macOS and Windows they are usually one file"),
        false => ("spaces", "They are probably meant to be one file"),
    };
    Finding {
        title: format!("`{}` and `{}` differ only in {what}", clash.path, clash.other_path),
        detail: format!("{who}. {why}, so a conflict over it would be missed."),
        places: vec![context.place_of(&clash.other), context.place_of(&clash.first)],
        fixes: [(&clash.other_path, &clash.path), (&clash.path, &clash.other_path)]
            .into_iter()
            .filter_map(|(from, to)| spell_alike(context, from, to))
            .collect(),
    }
}

/// Replaces one spelling with the other in all tasks.
fn spell_alike(context: &Context<'_>, from: &str, to: &str) -> Option<Fix> {
    let mut edits: Vec<Edit> = Vec::new();
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_first_with_its_id(at)) {
        for field in Field::ALL {
            let entries = field.of(task);
            if entries.iter().any(|entry| respelled(entry, from, to).is_some()) {
                let rewritten = entries
                    .iter()
                    .map(|entry| respelled(entry, from, to).unwrap_or_else(|| entry.clone()))
                    .collect();
                edits.push(context.change(at, field.change(rewritten)));
            }
        }
        if edits.len() > MAX_TASKS {
            return None;
        }
    }
    Some(Fix { title: format!("Write {to} everywhere"), edits: edits.into() })
}

/// The entry with its leading path `from` replaced by `to`; `None` if it does not begin with that whole path.
fn respelled(entry: &str, from: &str, to: &str) -> Option<String> {
    let read = as_read(entry)?;
    let (start, path) = read.split_at(usize::from(read.starts_with('!')));
    let rest = path.strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'))?;
    Some(format!("{start}{to}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::respelled;

    #[test]
    fn only_whole_names_at_the_start_are_respelled() {
        for (entry, expected) in [
            ("src/User.ts", Some("src/user.ts")),
            ("!./src/User.ts", Some("!src/user.ts")),
            ("`/src/User.ts`:10 (new)", Some("src/user.ts")),
            ("src/User.ts/x", Some("src/user.ts/x")),
            ("src/User.tsx", None),
            ("lib/src/User.ts", None),
        ] {
            assert_eq!(respelled(entry, "src/User.ts", "src/user.ts").as_deref(), expected);
        }
    }
}
