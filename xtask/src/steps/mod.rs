//! The checks, in the order in which they run: quick failures first.

mod browser_tests;
mod build;
mod dependencies;
mod docs;
mod format;
mod lint;
mod native_tests;
mod rooms;
mod size;
mod test_output;
mod wasm_tests;

use crate::Result;

/// One check.
pub struct Step {
    /// Its name for `--only`.
    pub name: &'static str,
    /// What it checks.
    pub does: &'static str,
    /// The step that must run before.
    pub needs: Option<&'static str>,
    /// Runs it. An error is a failure with its reason.
    pub run: fn() -> Result<Outcome>,
}

/// The result of a step. A step counts as one check, or as its number of tests if it runs tests.
pub enum Outcome {
    /// All checks passed.
    Passed { passed: usize, note: String },
    /// Some checks failed.
    Failed { passed: usize, failed: usize, why: String },
    /// It can't run on this computer; the sentence says why.
    Skipped(String),
}

impl Outcome {
    /// One passed check.
    pub fn passed() -> Outcome {
        Outcome::passed_with(String::new())
    }

    /// One passed check, with a figure to show.
    pub fn passed_with(note: String) -> Outcome {
        Outcome::Passed { passed: 1, note }
    }

    /// The result in a few words, for the summary.
    pub fn shown(&self) -> String {
        match self {
            Outcome::Passed { note, .. } if note.is_empty() => "passed".into(),
            Outcome::Passed { note, .. } => format!("passed: {note}"),
            Outcome::Failed { why, .. } => format!("FAILED: {why}"),
            Outcome::Skipped(why) => format!("skipped: {why}"),
        }
    }

    /// The number of passed and failed checks.
    pub fn counts(&self) -> (usize, usize) {
        match self {
            Outcome::Passed { passed, .. } => (*passed, 0),
            Outcome::Failed { passed, failed, .. } => (*passed, *failed),
            Outcome::Skipped(_) => (0, 0),
        }
    }
}

/// All checks.
pub const STEPS: &[Step] = &[
    Step { name: "format", does: "every file looks as rustfmt writes it", needs: None, run: format::run },
    Step {
        name: "rooms",
        does: "each part of the program uses only what ARCHITECTURE.md allows it",
        needs: None,
        run: rooms::run,
    },
    Step {
        name: "lint",
        does: "clippy finds nothing, natively and for the browser",
        needs: None,
        run: lint::run,
    },
    Step {
        name: "docs",
        does: "rustdoc finds nothing, natively and for the browser",
        needs: None,
        run: docs::run,
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
