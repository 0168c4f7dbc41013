//! Tests the core in a real engine: Chromium's, or that of Node.js without Chromium.

use super::{Outcome, test_output};
use crate::process::{Call, find};
use crate::{Result, browser, project, tools};

pub fn run() -> Result<Outcome> {
    tools::ensure_wasm_target()?;
    let folders = Vec::from_iter(tools::ensure(&tools::wasm_bindgen()?)?);
    let engine = match browser::ensure() {
        Ok(browser) => Some(browser),
        Err(message) if find("node").is_some() => {
            println!("  {message}\n  Going on with the engine of Node.js.");
            None
        }
        Err(message) => return Ok(Outcome::Skipped(message)),
    };
    let mut call = Call::cargo()
        .arguments("test --target wasm32-unknown-unknown --test wasm --locked")
        .variable("PHASEPLAN_DIGESTS", native_digests()?)
        .path(&folders);
    if let Some(browser) = engine {
        call = call.variable("WASM_BINDGEN_USE_BROWSER", "1").variable("CHROMEDRIVER", &browser.driver);
    }
    test_output::run_counted(call)
}

/// The native results for the same fixtures; the browser must give the same.
fn native_digests() -> Result<String> {
    let path = project::root().join("target").join("native-digests");
    let _ = std::fs::remove_file(&path);
    Call::cargo()
        .arguments("test --features schema --test wasm --locked --quiet")
        .variable("PHASEPLAN_DIGESTS_TO", &path)
        .run()?;
    std::fs::read_to_string(&path).map_err(|error| format!("{} can't be read: {error}.", path.display()))
}
