//! `phaseplan check FILE`: for pull requests and hooks.

use std::process::ExitCode;

use phaseplan::diagnostic::Severity;
use phaseplan::export::report;

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::terminal::{Paint, Style};
use super::{Command, FAILED, plan, problems, terminal};

const STRICT: Switch = Switch {
    name: "--strict",
    value: None,
    help: "Fail on conflicts, warnings and unknown files too, not only on errors.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "check",
    operands: &["FILE"],
    switches: &[JSON, STRICT, EVIDENCE, NO_EVIDENCE],
    summary: "Says what is wrong with a plan, and fails if it has errors.",
    details: "Conflicts don't fail the check unless --strict is given, because the phases keep such tasks \
        apart.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let report = plan::read(arguments)?;
    let strict = arguments.has(STRICT);
    let is_serious = |severity: Severity| severity != Severity::Hint;
    let failed = problems::has_errors(&report)
        || strict && report.diagnostics.iter().any(|found| is_serious(found.severity));
    let text = if arguments.has(JSON) {
        report::to_json(&report, false)
    } else {
        let paint = Paint::for_output();
        let counts = paint.paint(Style::Bold, &problems::counts(&report));
        let known = plan::known(&report)
            .map_or(String::new(), |known| format!("{}\n", paint.paint(Style::Dim, &known)));
        format!("{known}{}{counts}\n", problems::list(&report, paint))
    };
    let written = terminal::print(&text);
    Ok(if failed { ExitCode::from(FAILED) } else { written })
}
