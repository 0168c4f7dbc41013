//! Checks formatting.

use super::Outcome;
use crate::Result;
use crate::process::Call;

pub fn run() -> Result<Outcome> {
    Call::cargo()
        .arguments("fmt --all --check")
        .run()
        .map_err(|_| "some files are formatted differently; `cargo fmt --all` puts them right".to_owned())?;
    Ok(Outcome::passed())
}
