//! `phaseplan check FILE…`: for pull requests and hooks.

use std::process::ExitCode;

use phaseplan::audit;
use phaseplan::export::report;
use phaseplan::schedule::Budget;

use super::arguments::{Arguments, CallError, JSON};
use super::check_several::BRANCH;
use super::evidence::{EVIDENCE, NO_EVIDENCE};
use super::failure::{AUDIT, STRICT, has_failed};
use super::terminal::{Paint, Style};
use super::{Command, FAILED, check_several, plan, problems, terminal};

pub static COMMAND: Command = Command {
    name: "check",
    operands: &["FILE…"],
    switches: &[AUDIT, JSON, STRICT, BRANCH, EVIDENCE, NO_EVIDENCE],
    summary: "Says what is wrong with a plan, and fails if it has errors.",
    details: "Conflicts don't fail the check unless --strict is given, because the phases keep such tasks \
        apart.\n\nOf several plans it also says what collides between them, which fails the check, and in \
        which order to land them. A file with nothing but names of changed files is an open branch; so is --branch.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    if check_several::is_asked_for(arguments) {
        return check_several::run(arguments);
    }
    let report = plan::read(arguments)?;
    let ask = if arguments.has(AUDIT) { audit::audited } else { audit::questioned };
    let report = ask(report, &Budget::default());
    let failed = has_failed(&report, arguments.has(STRICT));
    let text = if arguments.has(JSON) {
        report::to_json(&report, false)
    } else {
        let paint = Paint::for_output();
        let counts = paint.paint(Style::Bold, &problems::counts(&report));
        let known = plan::known(&report)
            .map_or(String::new(), |known| format!("{}\n", paint.paint(Style::Dim, &known)));
        let nothing = if arguments.has(AUDIT) { problems::nothing_in_audit(&report) } else { "" };
        format!("{known}{}{nothing}{counts}\n", problems::list(&report, paint))
    };
    let written = terminal::print(&text);
    Ok(if failed { ExitCode::from(FAILED) } else { written })
}
