//! Two paths that differ in nothing but case.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::analysis::{CaseClash, Field};
use crate::plan::Edit;
use crate::plan::edit::TaskChange;

pub(super) static RULE: Rule = Rule {
    code: "PP202",
    name: "case-clash",
    title: "Two paths differ only in case",
    severity: Severity::Warning,
    help: "\
On the disks of macOS and Windows the two are one file; on Linux they are two. The plan takes them for two, so tasks that
write one file could run at the same time.

Write the path as it is written in the repository.",
    example: "\
- T1 Cart page @owns(src/ui/Cart.tsx)
- T2 Cart styles @owns(src/ui/cart.tsx)
",
    mended: "\
- T1 Cart page @owns(src/ui/Cart.tsx)
- T2 Cart styles @owns(src/ui/Cart.tsx) @after(T1)
",
    check,
};

/// In how many tasks a path is rewritten with one click at most.
const MAX_TASKS: usize = 50;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for clash in context.ownership().case_clashes(context.plan) {
        findings.add(|| describe(context, &clash));
    }
}

fn describe(context: &Context<'_>, clash: &CaseClash) -> Finding {
    let (first, other) = (context.id(clash.first.task), context.id(clash.other.task));
    let who = match clash.first.task == clash.other.task {
        true => format!("{first} writes it in both ways"),
        false => format!("{first} writes the one, {other} the other"),
    };
    Finding {
        title: format!("`{}` and `{}` differ only in case", clash.path, clash.other_path),
        detail: format!(
            "{who}. On the disks of macOS and Windows they are one file, and a conflict over it is missed."
        ),
        places: vec![context.place_of(&clash.other), context.place_of(&clash.first)],
        fixes: [(&clash.other_path, &clash.path), (&clash.path, &clash.other_path)]
            .into_iter()
            .filter_map(|(from, to)| spell_alike(context, from, to))
            .collect(),
    }
}

/// Writes one spelling as the other, in all tasks.
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
                let change = match field {
                    Field::Owns => TaskChange::Owns(rewritten),
                    Field::Reads => TaskChange::Reads(rewritten),
                };
                edits.push(context.change(at, change));
            }
        }
        if edits.len() > MAX_TASKS {
            return None;
        }
    }
    Some(Fix { title: format!("Write {to} everywhere"), edits })
}

/// The entry with `to` in place of `from` at its start, where a whole name ends; `None` if it does not begin so.
fn respelled(entry: &str, from: &str, to: &str) -> Option<String> {
    let (start, path) = entry.split_at(entry.len() - entry.trim_start_matches(['!', '.', '/']).len());
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
            ("!./src/User.ts", Some("!./src/user.ts")),
            ("src/User.ts/x", Some("src/user.ts/x")),
            ("src/User.tsx", None),
            ("lib/src/User.ts", None),
        ] {
            assert_eq!(respelled(entry, "src/User.ts", "src/user.ts").as_deref(), expected);
        }
    }
}
