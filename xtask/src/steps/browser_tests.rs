//! Tests the finished web app in Chromium.

use super::{Outcome, test_output};
use crate::process::Call;
use crate::{Result, browser, site, tools};

pub fn run() -> Result<Outcome> {
    let browser = match browser::ensure() {
        Ok(browser) => browser,
        Err(message) => return Ok(Outcome::Skipped(message)),
    };
    let mut call = Call::cargo()
        .arguments("test --features e2e --test e2e --locked")
        .variable("PHASEPLAN_DIST", site::folder())
        .variable("CHROMIUM", &browser.program)
        .variable("CHROMEDRIVER", &browser.driver);
    match tools::axe_core() {
        Ok(script) => call = call.variable("AXE_SCRIPT", script),
        Err(message) => println!("  {message}\n  Going on without the rules of accessible pages."),
    }
    test_output::run_counted(call)
}
