//! `phaseplan open URL`: the plan in a link.

use std::process::ExitCode;

use phaseplan::export::json::PlanFile;
use phaseplan::share::{self, Contents};
use phaseplan::text::{Spelling, print};

use super::arguments::{Arguments, CallError, JSON};
use super::{Command, FAILED, files, terminal};

pub static COMMAND: Command = Command {
    name: "open",
    operands: &["URL"],
    switches: &[JSON],
    summary: "Prints the plan in a link as plan text, or as JSON.",
    details: "A whole message with a link in it, wrapped lines and links that were encoded on their way are read too; - \
              stands for standard input. Nothing is loaded from anywhere.\n\n\
              Exit status: 1 if there is no plan in the link, with the reason.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let text = match arguments.operands[0].as_str() {
        "-" => files::read_text("-")?,
        url => url.to_owned(),
    };
    let opened = match share::open(&text) {
        Ok(opened) => opened,
        Err(refused) => {
            terminal::complain(&refused.to_string());
            return Ok(ExitCode::from(FAILED));
        }
    };
    for note in &opened.notes {
        terminal::complain(&terminal::printable(note));
    }
    if arguments.has(JSON) {
        return Ok(terminal::print(&PlanFile::of(&opened.plan).to_json()));
    }
    if opened.contents == Contents::StructureOnly {
        terminal::complain("The sender left the instructions out.");
    }
    Ok(terminal::print(&print(&opened.plan, Spelling::Document)))
}
