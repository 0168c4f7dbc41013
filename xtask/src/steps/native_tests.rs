//! Runs the tests that need no browser.
//!
//! Properties draw the same cases in every run, so a failure is always a fault of the change that is tested.
//! `cargo xtask campaign` draws new ones, in large numbers.

use super::{Outcome, test_output};
use crate::Result;
use crate::process::Call;

pub fn run() -> Result<Outcome> {
    test_output::run_counted(
        Call::cargo()
            .arguments("test --workspace --features schema --locked --no-fail-fast")
            .variable("PROPTEST_RNG_SEED", "20"),
    )
}
