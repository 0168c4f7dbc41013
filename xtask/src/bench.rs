//! `cargo xtask bench`: measures the searches. The program that does it is a package of its own (`bench/`), so that
//! nobody who only wants the app has to compile it.

use crate::{Result, project};
use std::process::Command;

/// What the command does and which options it has.
pub fn help() -> String {
    "Usage: cargo xtask bench phases|planted|colouring|rolling|stability FILES [--budget-ms N] [--steps N] [--seed N] [--json]\n\
     \x20      cargo xtask bench link|overlap FILES [--json]\n\n\
     Solves every instance, checks each result, and compares it with the best value that is stored beside the file.\n\
     `link` compares the lengths of links to plans with those of other codecs.\n\
     `overlap` compares patterns: tables of pairs (left, right, yes or no, between tabs), and whole plans.\n\n\
     \x20 --budget-ms N  processor time for each instance\n\
     \x20 --steps N      steps of the search for each instance; schedules, for `rolling`\n\
     \x20 --seed N       start of the random sequence\n\
     \x20 --json         one line of JSON for each instance\n"
        .into()
}

/// Builds the program for speed and runs it here, since the names of the files may be relative.
pub fn run(arguments: Vec<String>) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--release", "--package", "bench", "--manifest-path"])
        .arg(project::root().join("Cargo.toml"))
        .arg("--")
        .args(arguments)
        .status()
        .map_err(|error| format!("cargo can't be started: {error}."))?;
    if status.success() { Ok(()) } else { Err("The benchmark failed.".into()) }
}
