//! Prints findings for people.

use std::fmt::Write;

use phaseplan::diagnostic::{Diagnostic, Severity};
use phaseplan::explain;
use phaseplan::export::{Remedy, cautions};
use phaseplan::report::Report;
use phaseplan::rules;
use phaseplan::safety::SafetyState;
use phaseplan::text::problems::is_about_hidden;

use super::terminal::{self, Paint, Style, WIDTH, printable, wrapped};

/// Every problem with its explanation and first fix, in the order of the report, those of the audit last; empty if there
/// is none.
pub fn list(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    let (audit, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        report.diagnostics.iter().partition(is_of_audit);
    others.into_iter().for_each(|found| write_one(&mut text, report, found, paint));
    if !audit.is_empty() {
        let _ = writeln!(
            text,
            "{}",
            paint.paint(Style::Bold, "Audit: what the author says and what the files say")
        );
    }
    audit.into_iter().for_each(|found| write_one(&mut text, report, found, paint));
    text
}

fn is_of_audit(found: &&Diagnostic) -> bool {
    rules::is_of_audit(found.code)
}

/// The line of an audit that found nothing; empty if it found something.
pub fn nothing_in_audit(report: &Report) -> &'static str {
    match report.diagnostics.iter().any(|found| is_of_audit(&found)) {
        true => "",
        false => {
            "Audit: no mark is contradicted, and no dependency that was tried makes the plan longer without a reason.\n"
        }
    }
}

/// Width of the labels at the left.
const LABEL: usize = 11;

fn write_label(text: &mut String, label: &str, style: Style, paint: Paint) {
    let _ = write!(text, "{}{}", paint.paint(style, label), " ".repeat(LABEL - label.len()));
}

/// Running text next to a label.
fn indented(text: &str) -> String {
    wrapped(&printable(text), WIDTH - LABEL).join(&format!("\n{}", " ".repeat(LABEL)))
}

fn write_one(text: &mut String, report: &Report, diagnostic: &Diagnostic, paint: Paint) {
    let mut place =
        report.line_of_diagnostic(diagnostic).map_or(String::new(), |line| format!(", line {line}"));
    if let Some(column) = diagnostic.location.as_ref().and_then(|location| location.column) {
        let _ = write!(place, ", column {column}");
    }
    let code = paint.paint(Style::Dim, &format!("({}{place})", diagnostic.code));
    write_label(text, diagnostic.severity.name(), style(diagnostic.severity), paint);
    let _ = writeln!(text, "{} {code}", indented(&diagnostic.title));
    let fix = diagnostic
        .fixes
        .first()
        .map_or(String::new(), |fix| format!(" Repair: {}.", fix.title.trim_end_matches('.')));
    let detail = format!("{}{fix}", diagnostic.detail);
    if !detail.trim().is_empty() {
        let _ = writeln!(text, "{}{}", " ".repeat(LABEL), paint.paint(Style::Dim, &indented(detail.trim())));
    }
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Red,
        Severity::Conflict | Severity::Warning => Style::Yellow,
        Severity::Unknown | Severity::Hint => Style::Dim,
    }
}

/// Writes to standard error what is wrong with running the plan, with what can be done about it. Standard
/// output has the export.
pub fn caution(report: &Report) {
    let cautions = cautions(report);
    if cautions.is_empty() {
        return;
    }
    let mut text = "Before you run it:\n".to_owned();
    for caution in cautions {
        let repair = caution.remedies.iter().find_map(|remedy| match *remedy {
            Remedy::Repair { problem, fix } => Some(&report.diagnostics[problem].fixes[fix].title),
            Remedy::Problem(problem) => report.diagnostics[problem].fixes.first().map(|fix| &fix.title),
            Remedy::Task(_) => None,
        });
        let repair = repair.map_or(String::new(), |fix| format!(" Repair: {}.", fix.trim_end_matches('.')));
        let sentences = printable(&[&caution.sentence, repair.as_str()].concat());
        let _ = writeln!(text, "- {}", wrapped(&sentences, WIDTH - 2).join("\n  "));
    }
    terminal::complain(&text);
}

/// Writes to standard error what is said of invisible characters.
pub fn tell_hidden<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) {
    for found in diagnostics.filter(|found| is_about_hidden(found)) {
        terminal::complain(&printable(&found.sentences()));
    }
}

/// "1 error, 3 conflicts, 2 hints"; without findings what is known of the safety, or "Nothing to report" if everything is
/// proved.
pub fn counts(report: &Report) -> String {
    let found = |severity| report.diagnostics.iter().filter(|found| found.severity == severity).count();
    let all = [
        (found(Severity::Error), "error", "errors"),
        (found(Severity::Conflict), "conflict", "conflicts"),
        (found(Severity::Warning), "warning", "warnings"),
        (found(Severity::Unknown), "unknown", "unknown"),
        (found(Severity::Hint), "hint", "hints"),
    ];
    let counted = all.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = counted
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    match parts.is_empty() {
        false => parts.join(", "),
        true if report.safety.state() == SafetyState::Proved => "Nothing to report".to_owned(),
        true => explain::safety(report),
    }
}

/// Whether the plan can't be run as it is, or has unreadable lines.
pub fn has_errors(report: &Report) -> bool {
    report.errors().next().is_some()
}
