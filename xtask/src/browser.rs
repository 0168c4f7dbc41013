//! The browser that tests run in: Chromium with its driver.

use crate::process::{Call, find};
use crate::{Result, debian};
use std::path::PathBuf;

/// A browser and the program that steers it.
pub struct Browser {
    /// Chromium or Chrome.
    pub program: PathBuf,
    /// The matching chromedriver.
    pub driver: PathBuf,
}

const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds a browser and its driver; on Debian, installs them.
pub fn ensure() -> Result<Browser> {
    if find_both().is_none() {
        debian::install(&["chromium", "chromium-driver"], "Testing in a browser")?;
    }
    let browser = find_both().ok_or(
        "Testing in a browser needs Chromium (or Chrome) and a chromedriver of the same version on the search path.",
    )?;
    let [program, driver] = [major_version(&browser.program)?, major_version(&browser.driver)?];
    if program != driver {
        return Err(format!(
            "The browser has version {program} and chromedriver has version {driver}: install a matching pair."
        ));
    }
    Ok(browser)
}

fn find_both() -> Option<Browser> {
    let program = PROGRAMS.iter().find_map(|name| find(name))?;
    Some(Browser { program, driver: find("chromedriver")? })
}

/// The first number that stands alone before a dot: `Chromium 156.0.1.2 built on …` gives `156`.
fn major_version(program: &PathBuf) -> Result<String> {
    let said = Call::new(program).argument("--version").read()?;
    let version = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    Ok(version.and_then(|word| word.split('.').next()).unwrap_or_default().to_owned())
}
