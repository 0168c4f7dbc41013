//! Reading the file that a command works on.

use std::io::Read;

use phaseplan::import::decode::MAX_BYTES;
use phaseplan::import::{Imported, import};

use super::arguments::CallError;

/// Reads a plan from a file; `-` stands for standard input.
pub fn read_plan(name: &str) -> Result<Imported, CallError> {
    let bytes = read_bytes(name)?;
    let name = (name != "-").then_some(name);
    import(&bytes, name).map_err(|error| CallError::new(error.message))
}

/// Reads a text; what is not UTF-8 in it is replaced. `-` stands for standard input.
pub fn read_text(name: &str) -> Result<String, CallError> {
    Ok(String::from_utf8_lossy(&read_bytes(name)?).into_owned())
}

fn read_bytes(name: &str) -> Result<Vec<u8>, CallError> {
    if name == "-" {
        return read_limited(std::io::stdin().lock())
            .map_err(|error| CallError::new(format!("Standard input can't be read: {error}.")));
    }
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => CallError::new(format!("There is no file `{name}`.")),
        std::io::ErrorKind::IsADirectory => {
            CallError::new(format!("`{name}` is a folder. Name the file with the plan."))
        }
        _ => CallError::new(format!("`{name}` can't be read: {error}.")),
    };
    read_limited(std::fs::File::open(name).map_err(unreadable)?).map_err(unreadable)
}

/// One byte more than is allowed, so that the import can tell that there was more.
fn read_limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
