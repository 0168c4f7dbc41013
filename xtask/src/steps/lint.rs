//! Clippy with warnings as errors, over everything that is compiled.

use super::Outcome;
use crate::process::Call;
use crate::{Result, tools};

pub fn run() -> Result<Outcome> {
    tools::ensure_wasm_target()?;
    for line in [
        "clippy --workspace --all-targets --all-features --locked -- -D warnings",
        "clippy --target wasm32-unknown-unknown --lib --bins --test wasm --locked -- -D warnings",
        "clippy --target wasm32-unknown-unknown --package codec --locked -- -D warnings",
    ] {
        Call::cargo()
            .arguments(line)
            .run()
            .map_err(|_| "clippy found something; it stands above".to_owned())?;
    }
    Ok(Outcome::passed())
}
