//! `phaseplan open URL`: prints the plan in a link.

use std::process::ExitCode;

use phaseplan::export::json::PlanFile;
use phaseplan::share::{self, Contents};
use phaseplan::text::{Spelling, print};

use super::arguments::{Arguments, CallError, JSON};
use super::{Command, files, terminal};

pub static COMMAND: Command = Command {
    name: "open",
    operands: &["URL"],
    switches: &[JSON],
    summary: "Prints the plan in a link as plan text, or as JSON.",
    details: "A whole message with a link in it, wrapped lines and links that were encoded on their way are \
        read too; - stands for standard input. Nothing is loaded from anywhere.\n\nExit status: 1 if there \
        is no plan in the link, with the reason.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let text = match arguments.text(0)? {
        "-" => files::read_text("-")?,
        url => url.to_owned(),
    };
    let opened = share::open(&text).map_err(|refused| CallError::failed(refused.to_string()))?;
    for note in &opened.notes {
        terminal::complain(&note.sentence);
    }
    if arguments.has(JSON) {
        return Ok(terminal::print(&PlanFile::of(&opened.plan).to_json()));
    }
    if opened.contents == Contents::StructureOnly {
        terminal::complain("The sender left the instructions out.");
    }
    Ok(terminal::print(&print(&opened.plan, Spelling::Document)))
}
