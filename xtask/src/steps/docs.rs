//! rustdoc, with every warning an error: links in doc comments lead somewhere, natively and in what only the
//! browser compiles.

use super::Outcome;
use crate::process::Call;
use crate::{Result, tools};

pub fn run() -> Result<Outcome> {
    tools::ensure_wasm_target()?;
    for line in [
        "doc --workspace --all-features --no-deps --document-private-items --locked",
        // A program of the library's name is left out of the line above; here it is the page.
        "rustdoc --target wasm32-unknown-unknown --bin phaseplan --locked -- --document-private-items",
        "rustdoc --target wasm32-unknown-unknown --bin worker --locked -- --document-private-items",
    ] {
        Call::cargo()
            .arguments(line)
            .variable("RUSTDOCFLAGS", "-D warnings")
            .run()
            .map_err(|_| "rustdoc found something; see above".to_owned())?;
    }
    Ok(Outcome::passed())
}
