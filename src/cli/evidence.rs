//! Finds the evidence about the repository of a plan.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use phaseplan::evidence::{Evidence, EvidenceFile, NAME, is_list, read_list};

use super::arguments::{Arguments, CallError, Switch};
use super::terminal;

/// The evidence to use.
pub const EVIDENCE: Switch = Switch {
    name: "--evidence",
    value: Some("FILE"),
    help: "What `scan` wrote, or a list of files; without it, phaseplan.evidence.json beside the plan.",
    is_needed: false,
};

/// Use none.
pub const NO_EVIDENCE: Switch = Switch {
    name: "--no-evidence",
    value: None,
    help: "Use no evidence, also if there is some beside the plan.",
    is_needed: false,
};

/// The most bytes that are read.
const MAX_BYTES: u64 = 64 << 20;

/// The evidence that a call names; else the file beside the plan, of several beside the first that has one,
/// or else in the current folder. Without any, evidence that knows nothing. A file that was only found, and
/// can't be read, is named on standard error.
///
/// # Errors
///
/// If the file that the call names can't be read.
pub fn find(arguments: &Arguments) -> Result<Arc<Evidence>, CallError> {
    if arguments.has(NO_EVIDENCE) {
        return Ok(Arc::default());
    }
    if let Some(path) = arguments.path(EVIDENCE) {
        return read(path).map(Arc::new).map_err(CallError::new);
    }
    let places = arguments.operands.iter().filter_map(|operand| beside(operand));
    let Some(path) = places.chain([PathBuf::from(NAME)]).find(|path| path.is_file()) else {
        return Ok(Arc::default());
    };
    let evidence = read(&path).unwrap_or_else(|why| {
        terminal::complain(&format!("Not used: {why}"));
        Evidence::default()
    });
    Ok(Arc::new(evidence))
}

/// Where the evidence beside a plan would be.
fn beside(operand: &OsStr) -> Option<PathBuf> {
    let path = Path::new(operand);
    let folder = if path.is_dir() { path } else { path.parent().filter(|_| path.exists())? };
    Some(folder.join(NAME))
}

fn read(path: &Path) -> Result<Evidence, String> {
    let name = terminal::printable(&path.display().to_string());
    let mut bytes = Vec::new();
    let opened = File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    opened.map_err(|error| format!("`{name}` can't be read: {error}."))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!(
            "`{name}` has more than {} MB. `phaseplan scan` of a part of the repository writes less.",
            MAX_BYTES >> 20
        ));
    }
    let text = String::from_utf8_lossy(&bytes);
    if !EvidenceFile::is_one(&text) && is_list(&text) {
        return Ok(read_list(&text));
    }
    Evidence::read(&text).map_err(|error| format!("`{name}`: {error}"))
}
