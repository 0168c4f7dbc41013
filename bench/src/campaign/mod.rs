//! Random tests of everything that reads and edits plans, in large numbers: damaged or hostile input must be
//! refused, nothing may be lost, and nothing may panic.
//!
//! `cargo xtask campaign links|reviews|runs|text|json|edit|undo [--count N] [--minutes N] [--seed N]`
//!
//! Every round is derived from its number, so a failed round can be repeated alone: `--seed N --count 1`.

mod chance;
mod edit;
mod json;
mod links;
mod reviews;
mod runs;
mod text;
mod undo;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chance::Chance;

/// Counts what was tried, by name.
#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<&'static str, u64>,
    slowest: Duration,
}

impl Tally {
    /// Counts one more of this.
    pub fn count(&mut self, what: &'static str) {
        *self.counts.entry(what).or_default() += 1;
    }

    /// Runs something and records its time.
    pub fn timed<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let begin = Instant::now();
        let result = run();
        self.slowest = self.slowest.max(begin.elapsed());
        result
    }
}

const USAGE: &str = "campaign links|reviews|runs|text|json|edit|undo [--count N] [--minutes N] [--seed N]";

/// Runs a campaign.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let round: fn(&mut Chance, &mut Tally) -> Result<(), String> = match arguments.first().map(String::as_str)
    {
        Some("links") => links::round,
        Some("reviews") => reviews::round,
        Some("runs") => runs::round,
        Some("text") => text::round,
        Some("json") => json::round,
        Some("edit") => edit::round,
        Some("undo") => undo::round,
        _ => return Err(USAGE.to_owned()),
    };
    let (mut count, mut minutes, mut seed) = (None, None, 1u64);
    for pair in arguments[1..].chunks(2) {
        let number = pair.get(1).and_then(|value| value.parse::<u64>().ok());
        let number = number.ok_or_else(|| format!("{} needs a number.\n{USAGE}", pair[0]))?;
        match pair[0].as_str() {
            "--count" => count = Some(number),
            "--minutes" => minutes = Some(number),
            "--seed" => seed = number,
            _ => return Err(USAGE.to_owned()),
        }
    }
    let count = count.unwrap_or(if minutes.is_some() { u64::MAX } else { 1_000 });
    let begin = Instant::now();
    let limit = minutes.map(|minutes| Duration::from_secs(60 * minutes));
    let mut tally = Tally::default();
    let mut rounds = 0;
    while rounds < count && limit.is_none_or(|limit| begin.elapsed() < limit) {
        let number = seed + rounds;
        round(&mut Chance::of(number), &mut tally).map_err(|error| format!("Round {number}: {error}"))?;
        rounds += 1;
    }
    println!("{rounds} rounds in {:.0} s, none failed.", begin.elapsed().as_secs_f64());
    for (what, count) in &tally.counts {
        println!("  {count:>12}  {what}");
    }
    println!("  slowest reading of one input: {:.1} ms", tally.slowest.as_secs_f64() * 1000.0);
    Ok(())
}
