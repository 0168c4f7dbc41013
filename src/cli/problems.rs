//! Findings as sentences, for people.

use std::fmt::Write;

use phaseplan::analysis::{Diagnostic, Severity};
use phaseplan::report::Report;

use super::terminal::{Paint, Style, WIDTH, printable, wrapped};

/// Every finding with what it means and the first repair, worst first; empty if there is none.
pub fn list(report: &Report, paint: Paint) -> String {
    let mut text = String::new();
    for diagnostic in &report.analysis.diagnostics {
        write_one(&mut text, report, diagnostic, paint);
    }
    text
}

fn write_one(text: &mut String, report: &Report, diagnostic: &Diagnostic, paint: Paint) {
    let name = diagnostic.severity.name();
    let label = paint.paint(style(diagnostic.severity), name);
    let line = diagnostic.places.first().and_then(|place| report.line_of(place.task));
    let place = line.map_or(String::new(), |line| format!(", line {line}"));
    let title = wrapped(&printable(&diagnostic.title), WIDTH - 11).join("\n           ");
    let code = paint.paint(Style::Dim, &format!("({}{place})", diagnostic.code));
    let _ = writeln!(text, "{label}{} {title} {code}", " ".repeat(10 - name.len()));
    let fix = diagnostic
        .fixes
        .first()
        .map_or(String::new(), |fix| format!(" Repair: {}.", fix.title.trim_end_matches('.')));
    let detail = format!("{}{fix}", diagnostic.detail);
    for line in wrapped(&printable(&detail), WIDTH - 11).iter().filter(|line| !line.is_empty()) {
        let _ = writeln!(text, "           {}", paint.paint(Style::Dim, line));
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
    let all = [
        (Severity::Error, "errors"),
        (Severity::Conflict, "conflicts"),
        (Severity::Warning, "warnings"),
        (Severity::Unknown, "unknown"),
        (Severity::Hint, "hints"),
    ];
    let mut parts = Vec::new();
    for (severity, plural) in all {
        let count = report.analysis.diagnostics.iter().filter(|found| found.severity == severity).count();
        if count > 0 {
            parts.push(format!("{count} {}", if count == 1 { severity.name() } else { plural }));
        }
    }
    if parts.is_empty() { "Nothing to report".to_owned() } else { parts.join(", ") }
}

/// Whether the plan can't be run as it stands.
pub fn has_errors(report: &Report) -> bool {
    report.analysis.diagnostics.iter().any(|found| found.severity == Severity::Error)
}
