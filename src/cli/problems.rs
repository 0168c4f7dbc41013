//! Findings as sentences, for people.

use std::fmt::Write;

use phaseplan::analysis::{Diagnostic, Severity};
use phaseplan::import::Note;
use phaseplan::report::Report;

use super::terminal::{Paint, Style, WIDTH, printable, wrapped};

/// Lines that could not be read, then every finding with what it means and the first repair, worst first, then what was
/// guessed in the file; empty if there is none of it.
pub fn list(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    let (lost, guessed): (Vec<&Note>, Vec<&Note>) = notes(report).iter().partition(|note| note.is_error);
    lost.iter().for_each(|note| write_note(&mut text, note, "error", Style::Red, paint));
    report.analysis.diagnostics.iter().for_each(|found| write_one(&mut text, report, found, paint));
    guessed.iter().for_each(|note| write_note(&mut text, note, "note", Style::Dim, paint));
    text
}

fn write_note(text: &mut String, note: &Note, label: &str, style: Style, paint: Paint) {
    let place = note.line.map_or(String::new(), |line| format!("Line {line}: "));
    write_label(text, label, style, paint);
    let _ = writeln!(text, "{}", indented(&format!("{place}{}", note.message)));
}

fn notes(report: &Report) -> &[Note] {
    report.source.as_ref().map_or(&[], |source| &source.notes)
}

/// Width of the labels at the left.
const LABEL: usize = 11;

fn write_label(text: &mut String, label: &str, style: Style, paint: Paint) {
    let _ = write!(text, "{}{}", paint.paint(style, label), " ".repeat(LABEL - label.len()));
}

/// Running text beside a label.
fn indented(text: &str) -> String {
    wrapped(&printable(text), WIDTH - LABEL).join(&format!("\n{}", " ".repeat(LABEL)))
}

fn write_one(text: &mut String, report: &Report, diagnostic: &Diagnostic, paint: Paint) {
    let line = diagnostic.places.first().and_then(|place| report.line_of(place.task));
    let place = line.map_or(String::new(), |line| format!(", line {line}"));
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

/// "1 error, 3 conflicts, 2 hints", or "Nothing to report".
pub fn counts(report: &Report) -> String {
    let found =
        |severity| report.analysis.diagnostics.iter().filter(|found| found.severity == severity).count();
    let lost = notes(report).iter().filter(|note| note.is_error).count();
    let all = [
        (found(Severity::Error) + lost, "error", "errors"),
        (found(Severity::Conflict), "conflict", "conflicts"),
        (found(Severity::Warning), "warning", "warnings"),
        (found(Severity::Unknown), "unknown", "unknown"),
        (found(Severity::Hint), "hint", "hints"),
        (notes(report).len() - lost, "note", "notes"),
    ];
    let counted = all.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<String> = counted
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    if parts.is_empty() { "Nothing to report".to_owned() } else { parts.join(", ") }
}

/// Whether the plan can't be run as it stands, or lines of it could not be read.
pub fn has_errors(report: &Report) -> bool {
    let is_error = |severity| severity == Severity::Error;
    notes(report).iter().any(|note| note.is_error)
        || report.analysis.diagnostics.iter().any(|found| is_error(found.severity))
}
