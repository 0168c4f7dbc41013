//! The rules, with one file per diagnostic: its code, condition, messages, fixes, help page and two examples.
//!
//! A rule reads the plan and its results, and adds findings. It changes nothing and does not depend on other
//! rules. The tests here check every rule in [`RULES`]: it fires on its first example and not on its second,
//! and each of its fixes removes the finding.

mod capacity;
mod case_clash;
mod change_before_creation;
mod changed_together;
mod context;
mod contradicted_claim;
mod created_or_changed;
mod cycle;
mod decorated_path;
mod dropped_wait;
mod duplicate_id;
mod folder_reading;
mod gate_in_phase;
mod generated_file;
mod guessed_order;
mod guessed_ownership;
mod hidden_read;
mod hot_file;
mod idle_ownership;
mod known_files;
mod known_folder;
mod like_tasks;
mod list_order;
mod literal_brackets;
mod many_reads;
mod many_reports;
mod matches_nothing;
mod meant_ids;
mod named_not_owned;
mod narrowing;
mod needless_order;
mod no_agents;
mod no_check;
mod no_title;
mod no_verification;
mod not_self_contained;
mod owned_files;
mod owns_everything;
mod parallel_migrations;
mod read_write;
mod redundant_wait;
mod repair;
mod said;
mod secret;
mod self_reference;
mod shared_command;
mod shared_lockfile;
mod shared_resource;
mod stale_acceptance;
mod stars;
mod started_too_early;
mod steering_files;
mod straggler;
mod tests_beside;
mod too_many_agents;
mod too_short;
mod unknown_agent;
mod unknown_id;
mod unknown_ownership;
mod unreadable_pattern;
mod worktree_base;
mod write_write;

pub use context::Context;
pub use needless_order::NEEDLESS_ORDER;

use crate::analysis::{Analysis, ConflictKind, analyse};
use crate::diagnostic::{self, Definition, Diagnostic, Fix, Place, Severity};
use crate::evidence::Evidence;
use crate::plan::Plan;
use crate::schedule::Schedule;
use crate::{import, text};

/// The most findings of one rule that are described; others are only counted.
pub const MAX_DESCRIBED: usize = 200;

/// A check of a plan and its schedule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Code, help and examples.
    pub definition: Definition,
    /// Adds the findings of a plan. They refer to tasks by position.
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
    &change_before_creation::RULE,
    &guessed_ownership::RULE,
    &contradicted_claim::RULE,
    &hot_file::RULE,
    &case_clash::RULE,
    &too_many_agents::RULE,
    &started_too_early::RULE,
    &idle_ownership::RULE,
    &parallel_migrations::RULE,
    &shared_lockfile::RULE,
    &named_not_owned::RULE,
    &shared_command::RULE,
    &dropped_wait::RULE,
    &redundant_wait::RULE,
    &stale_acceptance::RULE,
    &folder_reading::RULE,
    &no_verification::RULE,
    &many_reads::RULE,
    &no_title::RULE,
    &decorated_path::RULE,
    &tests_beside::RULE,
    &gate_in_phase::RULE,
    &too_short::RULE,
    &straggler::RULE,
    &not_self_contained::RULE,
    &unknown_agent::RULE,
    &steering_files::RULE,
    &like_tasks::RULE,
    &no_check::RULE,
    &guessed_order::RULE,
    &matches_nothing::RULE,
    &known_folder::RULE,
    &literal_brackets::RULE,
    &created_or_changed::RULE,
    &hidden_read::RULE,
    &changed_together::RULE,
    &generated_file::RULE,
    &secret::RULE,
    &worktree_base::RULE,
    &many_reports::RULE,
];

/// Every kind of diagnostic by code, including those that are not rules.
pub fn definitions() -> impl Iterator<Item = &'static Definition> {
    let others = text::problems::DEFINITIONS.iter().chain(import::notes::DEFINITIONS);
    let rules = RULES.iter().map(|rule| &rule.definition).chain([&NEEDLESS_ORDER]);
    let mut all: Vec<&'static Definition> = rules.chain(others.copied()).collect();
    all.sort_by_key(|definition| definition.code);
    all.into_iter()
}

/// Whether findings with this code compare what the author says of the order with what the files say.
pub fn is_of_audit(code: &str) -> bool {
    [&contradicted_claim::RULE.definition, &NEEDLESS_ORDER].iter().any(|definition| definition.code == code)
}

/// What is to be said when a plan comes from another tool: what its files say of the author's marks, and whether
/// anybody wrote down its order. As expensive as [`analyse`].
pub fn check_import(plan: &Plan) -> Vec<Diagnostic> {
    let (analysis, schedule) = (analyse(plan), Schedule::default());
    let rules = [&contradicted_claim::RULE, &guessed_order::RULE];
    check_rules(&rules, &Context::new(plan, &analysis, &schedule))
}

/// What is to be said before a plan is handed on: which of its texts hold a secret. Time grows with the texts.
pub fn secrets(plan: &Plan) -> Vec<Diagnostic> {
    let (analysis, schedule) = (Analysis::default(), Schedule::default());
    check_rules(&[&secret::RULE], &Context::new(plan, &analysis, &schedule))
}

/// The kind of diagnostic with this code or name.
pub fn definition(code_or_name: &str) -> Option<&'static Definition> {
    definitions().find(|known| known.code.eq_ignore_ascii_case(code_or_name) || known.name == code_or_name)
}

/// The severity of a conflict, from the rule that reports it.
pub fn severity_of(conflict: &ConflictKind) -> Severity {
    match conflict {
        ConflictKind::WriteWrite(_) => write_write::RULE.definition.severity,
        ConflictKind::ReadWrite { .. } => read_write::RULE.definition.severity,
        ConflictKind::Resource { .. } => shared_resource::RULE.definition.severity,
        ConflictKind::Migrations { .. } => parallel_migrations::RULE.definition.severity,
        ConflictKind::Creation { .. } => change_before_creation::RULE.definition.severity,
    }
}

/// The evidence that the examples of a definition are about, if it is about evidence.
pub fn evidence_of_examples(definition: &Definition) -> Option<&'static str> {
    let rules = [
        &matches_nothing::RULE,
        &known_folder::RULE,
        &literal_brackets::RULE,
        &created_or_changed::RULE,
        &hidden_read::RULE,
        &changed_together::RULE,
        &generated_file::RULE,
    ];
    rules.iter().any(|rule| rule.definition.code == definition.code).then_some(owned_files::EXAMPLE)
}

/// The findings of all rules, in the order of [`diagnostic::sort`].
pub fn check(plan: &Plan, analysis: &Analysis, schedule: &Schedule) -> Vec<Diagnostic> {
    check_with(plan, analysis, schedule, &Evidence::default())
}

/// As [`check`], with what is known of the repository.
pub fn check_with(
    plan: &Plan,
    analysis: &Analysis,
    schedule: &Schedule,
    evidence: &Evidence,
) -> Vec<Diagnostic> {
    check_rules(RULES, &Context::new(plan, analysis, schedule).with_evidence(evidence))
}

fn check_rules(rules: &[&'static Rule], context: &Context<'_>) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for &rule in rules {
        let mut findings = Findings { rule, described: Vec::new(), more: 0 };
        (rule.check)(context, &mut findings);
        diagnostics.extend(findings.into_diagnostics(context));
    }
    diagnostic::sort(&mut diagnostics);
    diagnostics
}

/// A finding of a rule.
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

/// The findings of one rule.
pub struct Findings {
    rule: &'static Rule,
    described: Vec<Diagnostic>,
    more: usize,
}

impl Findings {
    /// Adds a finding with the severity of the rule. Beyond [`MAX_DESCRIBED`], only counts it.
    pub fn add(&mut self, make: impl FnOnce() -> Finding) {
        self.add_as(self.rule.definition.severity, make);
    }

    /// Adds a finding with the given severity.
    pub fn add_as(&mut self, severity: Severity, make: impl FnOnce() -> Finding) {
        if self.described.len() < MAX_DESCRIBED {
            self.describe(severity, make());
        } else {
            self.more += 1;
        }
    }

    fn describe(&mut self, severity: Severity, finding: Finding) {
        let Finding { title, detail, places, fixes } = finding;
        self.described.push(Diagnostic {
            code: self.rule.definition.code,
            severity,
            title,
            detail,
            places,
            location: None,
            fixes,
        });
    }

    fn into_diagnostics(mut self, context: &Context<'_>) -> Vec<Diagnostic> {
        for diagnostic in &mut self.described {
            diagnostic.fixes.retain(|fix| !fix.edits.is_empty());
            let reachable = |place: &Place| context.is_first_with_its_id(place.task);
            if self.rule.definition.code != duplicate_id::RULE.definition.code
                && !diagnostic.places.iter().all(reachable)
            {
                diagnostic.fixes.clear();
            }
        }
        if self.more > 0 {
            let finding = Finding {
                title: format!("{}: {} more", self.rule.definition.title, self.more),
                detail: format!(
                    "The first {MAX_DESCRIBED} are listed. Repair some of them to see the next ones."
                ),
                ..Finding::default()
            };
            self.describe(self.rule.definition.severity, finding);
        }
        self.described
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::plan::Edit;
    use crate::report::Report;
    use crate::schedule::Budget;

    /// Reads an example: plan text, or JSON if text can't express it.
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
        let evidence = evidence_of_examples(&rule.definition).map(Evidence::read);
        let evidence = Arc::new(evidence.transpose().expect("it is evidence").unwrap_or_default());
        let diagnostics = Report::new((plan.clone(), &evidence), &Budget::default()).diagnostics;
        diagnostics.into_iter().filter(|diagnostic| diagnostic.code == rule.definition.code).collect()
    }

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        assert!(RULES.windows(2).all(|pair| pair[0].definition.code < pair[1].definition.code));
        for (at, rule) in RULES.iter().enumerate() {
            assert!(
                RULES[..at].iter().all(|other| other.definition.name != rule.definition.name),
                "{}",
                rule.definition.name
            );
            assert!(
                !rule.definition.help.is_empty() && !rule.definition.title.is_empty(),
                "{}",
                rule.definition.code
            );
        }
    }

    #[test]
    fn every_rule_fires_on_its_example_and_is_silent_once_mended() {
        for rule in RULES {
            assert_eq!(found(&read(rule.definition.example), rule).len(), 1, "{}", rule.definition.code);
            assert_eq!(found(&read(rule.definition.repaired), rule), [], "{}", rule.definition.code);
        }
    }

    #[test]
    fn every_repair_makes_its_finding_go_away_and_can_be_taken_back() {
        for rule in RULES {
            let plan = read(rule.definition.example);
            let diagnostic = &found(&plan, rule)[0];
            for fix in &diagnostic.fixes {
                let mut repaired = plan.clone();
                let undo: Vec<Edit> = fix
                    .edits
                    .of_plan()
                    .iter()
                    .map(|edit| edit.clone().apply(&mut repaired).unwrap())
                    .collect();
                let left = found(&repaired, rule);
                assert!(
                    !left.iter().any(|found| found.title == diagnostic.title),
                    "{} after “{}”: {left:?}",
                    rule.definition.code,
                    fix.title
                );
                for edit in undo.into_iter().rev() {
                    edit.apply(&mut repaired).unwrap();
                }
                assert_eq!(repaired, plan, "{} after taking back “{}”", rule.definition.code, fix.title);
            }
        }
    }

    #[test]
    fn a_rule_sees_the_phases() {
        fn find_last_phase(context: &Context<'_>, findings: &mut Findings) {
            for &task in context.schedule.phases.last().iter().flat_map(|phase| &phase.tasks) {
                findings.add(|| Finding { title: context.id(task).to_string(), ..Finding::default() });
            }
        }
        static LAST_PHASE: Rule = Rule { check: find_last_phase, ..no_title::RULE };
        let plan = read("- T1 Cart @owns(a)\n- T2 Tax @owns(b) @after(T1)\n- T3 Users @owns(c) @after(T1)\n");
        let Report { plan, analysis, schedule, .. } = Report::new(plan, &Budget::default());
        let found = check_rules(&[&LAST_PHASE], &Context::new(&plan, &analysis, &schedule));
        assert_eq!(found.iter().map(|found| found.title.as_str()).collect::<Vec<_>>(), ["T2", "T3"]);
    }
}
