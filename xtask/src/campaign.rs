//! `cargo xtask campaign`: attacks on links and reviews in large numbers. The program that does it is a part of `bench/`.

use crate::{Result, bench};

/// What the command does and which options it has.
pub fn help() -> String {
    "Usage: cargo xtask campaign links|reviews [--count N] [--minutes N] [--seed N]\n\n\
     Makes plans and reviews by chance, damages them in every way that is known, and stops at the first that is not\n\
     refused as it should be.\n\n\
     \x20 --count N    so many rounds; 1,000 without any option\n\
     \x20 --minutes N  for so long\n\
     \x20 --seed N     number of the first round\n"
        .into()
}

/// Builds the program for speed and runs it.
pub fn run(mut arguments: Vec<String>) -> Result<()> {
    arguments.insert(0, "campaign".into());
    bench::run(arguments)
}
