//! `phaseplan scan`: writes what is known of a repository, names and counts only.

mod git;
mod walk;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use phaseplan::evidence::{EvidenceFile, NAME, grouped};
use phaseplan::scan;

use super::Command;
use super::arguments::{Arguments, CallError, FORCE, JSON, Switch};
use super::output::Overwriting;
use super::terminal::{self, WIDTH, printable, wrapped};

const OUT: Switch = Switch {
    name: "--out",
    value: Some("FILE"),
    help: "Write to this file, not to phaseplan.evidence.json in the folder.",
    is_needed: false,
};

pub static COMMAND: Command = Command {
    name: "scan",
    operands: &["[DIR]"],
    switches: &[OUT, FORCE, JSON],
    summary: "Writes what is known of a repository: its files, imports, and what changed together.",
    details: "The evidence holds names and counts, never the contents of files. `plan`, `check` and `export` \
        take it with --evidence, and by themselves if it lies beside the plan. What .gitignore names is left out, and \
        links are not followed. Without git, or without a history, nothing is known of what changed together.\n\n\
        An evidence file that is there is replaced; any other file only with --force. With --json the evidence goes \
        to standard output, and into a file only with --out.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let here = std::ffi::OsString::from(".");
    let folder = Path::new(arguments.operands.first().unwrap_or(&here));
    if !folder.is_dir() {
        let folder = folder.display();
        return Err(CallError::new(format!(
            "There is no folder `{folder}`. Name the folder of the repository."
        )));
    }
    let (files, left_out) = walk::files(folder);
    let history = git::commits(folder);
    let (history, why_none) = match history {
        Ok(history) => (Some(history), None),
        Err(why) => (None, Some(why)),
    };
    let evidence = scan::evidence(files, history, left_out);
    let text = evidence.to_json();
    let path = match (arguments.path(OUT), arguments.has(JSON)) {
        (Some(path), _) => Some(path.to_owned()),
        (None, true) => None,
        (None, false) => Some(folder.join(NAME)),
    };
    if let Some(path) = &path {
        let is_forced = arguments.has(FORCE) || is_evidence(path);
        Overwriting { input: folder, is_forced }.write(path, &text)?;
    }
    if arguments.has(JSON) {
        return Ok(terminal::print(&text));
    }
    Ok(terminal::print(&summary(&evidence, why_none, &path.unwrap_or_default())))
}

/// Whether an earlier evidence file is there, which may be replaced.
fn is_evidence(path: &Path) -> bool {
    const HEAD: u64 = 256;
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut start));
    read.is_ok() && EvidenceFile::is_one(&String::from_utf8_lossy(&start))
}

/// What is not known, and then what was found.
fn summary(evidence: &EvidenceFile, why_none: Option<String>, path: &Path) -> String {
    let mut sentences: Vec<String> = Vec::new();
    sentences.extend(why_none.map(|why| format!("Which files change together is not known: {why}.")));
    let left_out = &evidence.left_out;
    for (count, what) in [
        (left_out.files, "files are above the limit"),
        (left_out.names, "files have names that are no text or hold control characters"),
        (left_out.unreadable, "files or folders can't be read"),
        (left_out.imports, "imports are above the limit"),
        (left_out.pairs, "pairs of files are above the limit"),
    ] {
        if count > 0 {
            sentences.push(format!("Left out: {} {what}.", grouped(count)));
        }
    }
    let files = evidence.folders.iter().map(|folder| folder.files.len()).sum();
    let imports = evidence.imports.iter().map(|line| line.len().saturating_sub(1)).sum();
    let generated = &evidence.generated;
    let generated =
        generated.header.len() + generated.attributes.len() + generated.name.len() + generated.lockfile.len();
    let history = evidence.history.as_ref().map_or(String::new(), |history| {
        let (commits, pairs) = (history.commits as usize, history.pairs.len());
        let together = counted(pairs, "pair that changed", "pairs that changed");
        format!(", {together} together in {} since {}", counted(commits, "commit", "commits"), history.since)
    });
    sentences.push(format!(
        "Wrote {}: {}, {}{history}, {}, {}.",
        path.display(),
        counted(files, "file", "files"),
        counted(imports, "import", "imports"),
        counted(generated, "generated file or lockfile", "generated files and lockfiles"),
        counted(evidence.packages.len(), "package of a workspace", "packages of workspaces"),
    ));
    let lines = sentences.iter().flat_map(|sentence| wrapped(&printable(sentence), WIDTH));
    lines.map(|line| line + "\n").collect()
}

fn counted(number: usize, one: &str, more: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { more })
}
