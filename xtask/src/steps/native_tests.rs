//! The tests that need no browser.

use super::{Outcome, test_output};
use crate::Result;
use crate::process::Call;

pub fn run() -> Result<Outcome> {
    test_output::run_counted(
        Call::cargo().arguments("test --workspace --features schema --locked --no-fail-fast"),
    )
}
