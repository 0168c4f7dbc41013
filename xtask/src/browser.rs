//! The browser for tests: Chromium with its driver.

use crate::process::{Call, find};
use crate::{Result, debian};
use std::path::{Path, PathBuf};

/// A browser and its driver, of the same version.
pub struct Browser {
    /// Chromium or Chrome.
    pub program: PathBuf,
    /// The matching chromedriver.
    pub driver: PathBuf,
}

const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Finds a browser and its driver; on Debian, installs them.
pub fn ensure() -> Result<Browser> {
    if let Some(browser) = find_pair() {
        return Ok(browser);
    }
    debian::install(&["chromium", "chromium-driver"], "Testing in a browser")?;
    find_pair().ok_or_else(|| {
        "Testing in a browser needs Chromium or Chrome, and a chromedriver of the same version, on the \
         search path."
            .into()
    })
}

fn find_pair() -> Option<Browser> {
    let driver = find("chromedriver")?;
    let version = major_version(&driver)?;
    let mut programs = PROGRAMS.iter().filter_map(|name| find(name));
    let program = programs.find(|program| major_version(program).as_ref() == Some(&version))?;
    Some(Browser { program, driver })
}

/// The major version: `156` if the program prints `Chromium 156.0.1.2 built on …`.
fn major_version(program: &Path) -> Option<String> {
    let said = Call::new(program).argument("--version").read().ok()?;
    let version = said.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    version.split('.').next().map(str::to_owned)
}
