//! One file per diagnostic: its code, when it fires, its sentences, its repairs, its help page and two examples.
//!
//! A rule reads the plan and what is known of it, and adds findings; it changes nothing and knows no other rule. The tests
//! here walk [`RULES`]: every rule fires on its first example and is silent on its second, and every repair, applied,
//! makes its finding go away.

mod capacity;
mod case_clash;
mod context;
mod cycle;
mod duplicate_id;
mod folder_reading;
mod hot_file;
mod idle_ownership;
mod many_reads;
mod narrowing;
mod no_agents;
mod no_title;
mod no_verification;
mod owns_everything;
mod parallel_migrations;
mod read_write;
mod redundant_wait;
mod repair;
mod self_reference;
mod shared_lockfile;
mod shared_resource;
mod stale_acceptance;
mod started_too_early;
mod too_many_agents;
mod unknown_id;
mod unknown_ownership;
mod unreadable_pattern;
mod write_write;

pub use context::Context;

use super::{ConflictKind, Diagnostic, Fix, Place, Severity};

/// How many findings of one rule are described one by one; the others are only counted.
pub const MAX_DESCRIBED: usize = 200;

/// A kind of finding.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable code, such as `PP101`: `PP0..` for what can't be run, `PP1..` for what may not run at the same time, `PP2..`
    /// for risks, `PP3..` for hints.
    pub code: &'static str,
    /// Short name, such as `write-write`.
    pub name: &'static str,
    /// What it says, as a heading.
    pub title: &'static str,
    /// How bad a finding is, unless the rule says otherwise for one.
    pub severity: Severity,
    /// What it is, why it matters and how to mend it. Markdown, without a heading.
    pub help: &'static str,
    /// A plan text in which the rule finds something, or a plan as JSON where a text can't say it.
    pub example: &'static str,
    /// The example, mended, in the same form: the rule finds nothing.
    pub mended: &'static str,
    /// Adds what it finds, by position of the tasks in the plan.
    pub check: fn(&Context<'_>, &mut Findings),
}

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &cycle::RULE,
    &unknown_id::RULE,
    &self_reference::RULE,
    &duplicate_id::RULE,
    &unreadable_pattern::RULE,
    &capacity::RULE,
    &no_agents::RULE,
    &write_write::RULE,
    &read_write::RULE,
    &shared_resource::RULE,
    &unknown_ownership::RULE,
    &owns_everything::RULE,
    &hot_file::RULE,
    &case_clash::RULE,
    &too_many_agents::RULE,
    &started_too_early::RULE,
    &idle_ownership::RULE,
    &parallel_migrations::RULE,
    &shared_lockfile::RULE,
    &redundant_wait::RULE,
    &stale_acceptance::RULE,
    &folder_reading::RULE,
    &no_verification::RULE,
    &many_reads::RULE,
    &no_title::RULE,
];

/// The rule with this code, or with this name.
pub fn rule(code_or_name: &str) -> Option<&'static Rule> {
    let is_meant = |rule: &&&Rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name;
    RULES.iter().find(is_meant).copied()
}

/// How bad a conflict is, going by the rule that tells of it.
pub(super) fn severity_of(conflict: &ConflictKind) -> Severity {
    match conflict {
        ConflictKind::WriteWrite(_) => write_write::RULE.severity,
        ConflictKind::ReadWrite { .. } => read_write::RULE.severity,
        ConflictKind::Resource { .. } => shared_resource::RULE.severity,
    }
}

/// Everything the rules find, worst first; equally bad ones by the position of their task, then by code. Findings about no
/// task in particular come last among equals.
pub(super) fn check_all(context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for rule in RULES {
        let mut findings = Findings { rule, described: Vec::new(), more: 0 };
        (rule.check)(context, &mut findings);
        diagnostics.extend(findings.into_diagnostics(context));
    }
    let position = |diagnostic: &Diagnostic| diagnostic.places.first().map_or(usize::MAX, |place| place.task);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.severity, position(diagnostic)));
    diagnostics
}

/// What a rule says about one place.
#[derive(Debug, Default)]
pub struct Finding {
    /// See [`Diagnostic::title`].
    pub title: String,
    /// See [`Diagnostic::detail`].
    pub detail: String,
    /// See [`Diagnostic::places`].
    pub places: Vec<Place>,
    /// See [`Diagnostic::fixes`].
    pub fixes: Vec<Fix>,
}

/// What one rule found.
pub struct Findings {
    rule: &'static Rule,
    described: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    /// Adds a finding with the severity of the rule. Beyond [`MAX_DESCRIBED`] it is counted and not made.
    pub fn add(&mut self, make: impl FnOnce() -> Finding) {
        self.add_as(self.rule.severity, make);
    }

    /// Adds a finding with a severity of its own.
    pub fn add_as(&mut self, severity: Severity, make: impl FnOnce() -> Finding) {
        if self.described.len() < MAX_DESCRIBED {
            self.describe(severity, make());
        } else {
            self.more += 1;
        }
    }

    fn describe(&mut self, severity: Severity, finding: Finding) {
        let Finding { title, detail, places, fixes } = finding;
        self.described.push(Diagnostic { code: self.rule.code, severity, title, detail, places, fixes });
    }

    fn into_diagnostics(mut self, context: &Context<'_>) -> Vec<Diagnostic> {
        for diagnostic in &mut self.described {
            diagnostic.fixes.retain(|fix| !fix.edits.is_empty());
            let reachable = |place: &Place| context.is_first_with_its_id(place.task);
            if self.rule.code != duplicate_id::RULE.code && !diagnostic.places.iter().all(reachable) {
                diagnostic.fixes.clear();
            }
        }
        if self.more > 0 {
            let finding = Finding {
                title: format!("{}: {} more", self.rule.title, self.more),
                detail: format!(
                    "The first {MAX_DESCRIBED} are listed. When some of them are mended, the next ones are shown."
                ),
                ..Finding::default()
            };
            self.describe(self.rule.severity, finding);
        }
        self.described
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::plan::{Edit, Plan};
    use crate::text;

    /// Reads an example: plan text, or JSON for what a text can't say.
    fn read(example: &str) -> Plan {
        if example.starts_with('{') {
            return serde_json::from_str(example).expect("an example is a plan");
        }
        let parsed = text::parse(example);
        assert_eq!(parsed.problems, [], "of {example}");
        parsed.plan
    }

    /// The findings of one rule in a plan.
    fn found(plan: &Plan, rule: &Rule) -> Vec<Diagnostic> {
        analyse(plan).diagnostics.into_iter().filter(|diagnostic| diagnostic.code == rule.code).collect()
    }

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        assert!(RULES.windows(2).all(|pair| pair[0].code < pair[1].code));
        for (at, rule) in RULES.iter().enumerate() {
            assert!(RULES[..at].iter().all(|other| other.name != rule.name), "{}", rule.name);
            assert!(!rule.help.is_empty() && !rule.title.is_empty(), "{}", rule.code);
        }
    }

    #[test]
    fn every_rule_fires_on_its_example_and_is_silent_once_mended() {
        for rule in RULES {
            assert_eq!(found(&read(rule.example), rule).len(), 1, "{}", rule.code);
            assert_eq!(found(&read(rule.mended), rule), [], "{}", rule.code);
        }
    }

    #[test]
    fn every_repair_makes_its_finding_go_away_and_can_be_taken_back() {
        for rule in RULES {
            let plan = read(rule.example);
            let diagnostic = &found(&plan, rule)[0];
            for fix in &diagnostic.fixes {
                let mut repaired = plan.clone();
                let undo: Vec<Edit> =
                    fix.edits.iter().map(|edit| edit.clone().apply(&mut repaired).unwrap()).collect();
                let left = found(&repaired, rule);
                assert!(
                    !left.iter().any(|found| found.title == diagnostic.title),
                    "{} after “{}”: {left:?}",
                    rule.code,
                    fix.title
                );
                for edit in undo.into_iter().rev() {
                    edit.apply(&mut repaired).unwrap();
                }
                assert_eq!(repaired, plan, "{} after taking back “{}”", rule.code, fix.title);
            }
        }
    }
}
