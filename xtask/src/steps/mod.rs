//! The checks, in the order they run: those that fail quickly first.

mod browser_tests;
mod build;
mod dependencies;
mod format;
mod lint;
mod native_tests;
mod size;
mod test_output;
mod wasm_tests;

use crate::Result;

/// One check.
pub struct Step {
    /// What `--only` calls it.
    pub name: &'static str,
    /// What it makes sure of.
    pub does: &'static str,
    /// The step whose result it reads.
    pub needs: Option<&'static str>,
    /// Does it; an error is a failure with its reason.
    pub run: fn() -> Result<Outcome>,
}

/// How a step ended. A step counts as one check, unless it runs tests: then each of them counts.
pub enum Outcome {
    /// Everything holds.
    Passed { passed: usize, note: String },
    /// Something does not.
    Failed { passed: usize, failed: usize, why: String },
    /// It could not be done on this computer; the sentence says why.
    Skipped(String),
}

impl Outcome {
    /// One check that holds.
    pub fn passed() -> Outcome {
        Outcome::passed_with(String::new())
    }

    /// One check that holds, with a figure worth showing.
    pub fn passed_with(note: String) -> Outcome {
        Outcome::Passed { passed: 1, note }
    }

    /// As a few words for the summary.
    pub fn shown(&self) -> String {
        match self {
            Outcome::Passed { note, .. } if note.is_empty() => "passed".into(),
            Outcome::Passed { note, .. } => format!("passed: {note}"),
            Outcome::Failed { why, .. } => format!("FAILED: {why}"),
            Outcome::Skipped(why) => format!("skipped: {why}"),
        }
    }

    /// How many checks passed and failed.
    pub fn counts(&self) -> (usize, usize) {
        match self {
            Outcome::Passed { passed, .. } => (*passed, 0),
            Outcome::Failed { passed, failed, .. } => (*passed, *failed),
            Outcome::Skipped(_) => (0, 0),
        }
    }
}

/// Every check there is.
pub const STEPS: &[Step] = &[
    Step { name: "format", does: "every file looks as rustfmt writes it", needs: None, run: format::run },
    Step {
        name: "lint",
        does: "clippy finds nothing, natively and for the browser",
        needs: None,
        run: lint::run,
    },
    Step {
        name: "native-tests",
        does: "the core and the command line work",
        needs: None,
        run: native_tests::run,
    },
    Step {
        name: "wasm-tests",
        does: "the core gives the same bytes in a browser engine",
        needs: None,
        run: wasm_tests::run,
    },
    Step { name: "build", does: "the web app builds as visitors get it", needs: None, run: build::run },
    Step {
        name: "size",
        does: "the first load stays within its budget of bytes",
        needs: Some("build"),
        run: size::run,
    },
    Step {
        name: "browser-tests",
        does: "the web app works in Chromium, from paste to download",
        needs: Some("build"),
        run: browser_tests::run,
    },
    Step {
        name: "dependencies",
        does: "licences, sources and known flaws of the dependencies are fine",
        needs: None,
        run: dependencies::run,
    },
];
