//! Random tests of everything that reads and edits plans, in large numbers: damaged or hostile input must be
//! refused, nothing may be lost, and nothing may panic.
//!
//! `cargo xtask campaign links|reviews|runs|review-files|names|text|json|edit|undo|imports|terminal`, with `[--count N]`,
//! `[--minutes N]` and `[--seed N]`, and for `imports` also `[--format F]`
//!
//! Every round is derived from its number, so a failed round can be repeated alone: `--seed N --count 1`.

mod chance;
mod edit;
mod hostile;
mod imports;
mod json;
mod links;
mod names;
mod program;
mod review_files;
mod reviews;
mod runs;
mod terminal;
mod text;
mod undo;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
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

const USAGE: &str = "campaign links|reviews|runs|review-files|names|text|json|edit|undo|imports|terminal [--count N] \
    [--minutes N] [--seed N]\ncampaign imports [--format F]";

/// A check with choices that are derived from the number of the round.
type Round = Box<dyn Fn(&mut Chance, &mut Tally) -> Result<(), String>>;

/// Runs a campaign.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let (name, options) = arguments.split_first().ok_or(USAGE)?;
    let (formats, numbers): (Vec<&[String]>, Vec<&[String]>) =
        options.chunks(2).partition(|pair| pair[0] == "--format" && name == "imports");
    let round: Round = match name.as_str() {
        "links" => Box::new(links::round),
        "reviews" => Box::new(reviews::round),
        "review-files" => Box::new(review_files::round),
        "names" => Box::new(names::round),
        "runs" => Box::new(runs::round),
        "text" => Box::new(text::round),
        "json" => Box::new(json::round),
        "edit" => Box::new(edit::round),
        "undo" => Box::new(undo::round),
        "terminal" => Box::new(terminal::round),
        "imports" => {
            let format = formats.last().map(|pair| pair.get(1).ok_or(USAGE)).transpose()?;
            Box::new(imports::of(format.map(String::as_str))?)
        }
        _ => return Err(USAGE.to_owned()),
    };
    let (mut count, mut minutes, mut seed) = (None, None, 1u64);
    for pair in numbers {
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
    name_the_round_of_a_panic();
    let mut tally = Tally::default();
    let mut rounds = 0;
    while rounds < count && limit.is_none_or(|limit| begin.elapsed() < limit) {
        let number = seed + rounds;
        RUNNING.store(number, Ordering::Relaxed);
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

/// The number of the round that is running.
static RUNNING: AtomicU64 = AtomicU64::new(0);

/// Has a panic say which round it happened in, so that the round can be repeated alone.
fn name_the_round_of_a_panic() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        eprintln!("Round {}:", RUNNING.load(Ordering::Relaxed));
        usual(panic);
    }));
}
