//! File patterns: pairs compared per second, correctness of every answer, and the time to analyse whole
//! plans.
//!
//! Files are tables of pairs: left, right and the answer (`yes` or `no`, `1` or `0`), separated by tabs. The
//! plans are generated here, the same in every run.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Duration;

use phaseplan::analysis::analyse;
use phaseplan::glob::{Pattern, Reading, intersects, overlap};
use phaseplan::plan::{Plan, Task};
use serde::Serialize;

use crate::rim::{most_memory, processor_time, read, say};

/// The least time of a measurement.
const LEAST_TIME: Duration = Duration::from_millis(300);

/// The results for one table.
#[derive(Debug, Serialize)]
struct Pairs {
    file: String,
    pairs: usize,
    /// The number of wrong answers, and of witnesses that a pattern does not match.
    errors: usize,
    pairs_per_second: u64,
    witnesses_per_second: u64,
}

/// The results for one plan.
#[derive(Debug, Serialize)]
struct Analysed {
    file: String,
    tasks: usize,
    conflicts: usize,
    /// Processor time of one analysis: the median.
    ms: f64,
    /// Peak memory, without the plan. Only in builds that count memory, which takes time.
    peak_mib: Option<f64>,
}

/// Measures tables and plans, and prints a line for each. Fails if an answer is wrong.
pub fn run(files: &[PathBuf], json: bool) -> Result<(), String> {
    let mut errors = 0;
    for file in files {
        let measured = table(file)?;
        errors += measured.errors;
        print(json, &measured, |Pairs { file, pairs, errors, pairs_per_second, witnesses_per_second }| {
            format!(
                "{file:28} {pairs:6} pairs, {errors} errors, {:.2} M pairs/s, {:.2} M/s with the path they \
                 share",
                *pairs_per_second as f64 / 1e6,
                *witnesses_per_second as f64 / 1e6,
            )
        })?;
    }
    for (name, plan) in plans() {
        let measured = analysis(name, &plan);
        print(json, &measured, |Analysed { file, tasks, conflicts, ms, peak_mib }| {
            let memory = peak_mib.map_or(String::new(), |mib| format!(", {mib:.1} MiB at most"));
            format!("{file:28} {tasks:6} tasks, {conflicts} conflicts, {ms:.1} ms{memory}")
        })?;
    }
    if errors == 0 { Ok(()) } else { Err(format!("{errors} answers are wrong.")) }
}

fn print<T: Serialize>(json: bool, measured: &T, row: impl Fn(&T) -> String) -> Result<(), String> {
    match json {
        true => say(&serde_json::to_string(measured).map_err(|error| error.to_string())?),
        false => say(&row(measured)),
    }
    Ok(())
}

fn table(path: &Path) -> Result<Pairs, String> {
    let text = read(path)?;
    let mut pairs = Vec::new();
    for line in text.lines() {
        let mut columns = line.split('\t');
        let (Some(left), Some(right), Some(answer)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let expected = match answer {
            "yes" | "1" => true,
            "no" | "0" => false,
            _ => continue,
        };
        let parse = |text: &str| {
            Pattern::parse_as(text, Reading::Strict)
                .map_err(|error| format!("{}: `{text}`, {error}", path.display()))
        };
        pairs.push((parse(left)?, parse(right)?, expected));
    }
    let is_wrong = |(left, right, expected): &&(Pattern, Pattern, bool)| {
        let witness = overlap(left, right);
        let is_matched = |path: &String| left.matches(path) && right.matches(path);
        intersects(left, right) != *expected
            || witness.is_some() != *expected
            || !witness.iter().all(is_matched)
    };
    let errors = pairs.iter().filter(is_wrong).count();
    let pairs_per_second = per_second(pairs.len(), || {
        for (left, right, _) in &pairs {
            black_box(intersects(black_box(left), black_box(right)));
        }
    });
    let witnesses_per_second = per_second(pairs.len(), || {
        for (left, right, _) in &pairs {
            black_box(overlap(black_box(left), black_box(right)));
        }
    });
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Pairs { file: name, pairs: pairs.len(), errors, pairs_per_second, witnesses_per_second })
}

/// Pairs compared per second, given the pairs of one round.
fn per_second(pairs: usize, round: impl Fn()) -> u64 {
    let begin = processor_time();
    let mut rounds = 0u64;
    loop {
        round();
        rounds += 1;
        let elapsed = processor_time().saturating_sub(begin);
        if elapsed >= LEAST_TIME {
            return (rounds as f64 * pairs as f64 / elapsed.as_secs_f64()) as u64;
        }
    }
}

fn analysis(file: String, plan: &Plan) -> Analysed {
    let mut times = Vec::new();
    let mut total = Duration::ZERO;
    let mut conflicts = 0;
    let peak_mib = most_memory(|| drop(black_box(analyse(black_box(plan)))));
    while times.len() < 3 || (total < LEAST_TIME && times.len() < 101) {
        let begin = processor_time();
        let analysis = black_box(analyse(black_box(plan)));
        let elapsed = processor_time().saturating_sub(begin);
        conflicts = analysis.conflict_count;
        total += elapsed;
        times.push(elapsed);
    }
    times.sort_unstable();
    Analysed {
        file,
        tasks: plan.tasks.len(),
        conflicts,
        ms: times[times.len() / 2].as_secs_f64() * 1000.0,
        peak_mib,
    }
}

/// Realistic plans and extreme ones.
fn plans() -> Vec<(String, Plan)> {
    let plan = |name: &str, tasks: usize, owns: &dyn Fn(usize) -> Vec<String>| {
        let tasks = (0..tasks).map(|number| Task {
            id: format!("T{}", number + 1).as_str().into(),
            title: format!("Task {}", number + 1),
            owns: owns(number),
            ..Task::default()
        });
        (name.to_owned(), Plan { tasks: tasks.collect(), ..Plan::default() })
    };
    vec![
        plan("repository-1000", 1_000, &repository),
        plan("repository-10000", 10_000, &repository),
        plan("one-file-10000", 10_000, &|_| vec!["src/lib.rs".to_owned()]),
        plan("anywhere-10000", 10_000, &|number| vec![format!("**/*x{number}*")]),
        plan("suffixes-10000", 10_000, &|number| vec![format!("**/name{number}/*.rs")]),
    ]
}

/// Patterns in a repository with some thousand packages: a part of one, a file of another, now and then a
/// shared file.
fn repository(number: usize) -> Vec<String> {
    let scatter = |salt: u64, limit: usize| {
        let mixed =
            (number as u64 + 1).wrapping_mul(0x9E37_79B9).wrapping_add(salt.wrapping_mul(0x85EB_CA6B));
        (((mixed >> 7) ^ (mixed >> 19)) % limit as u64) as usize
    };
    let parts = ["api", "model", "view", "store", "route"];
    let mut owns = vec![
        format!("packages/p{}/src/{}/**", scatter(1, 4_000), parts[scatter(2, parts.len())]),
        format!("packages/p{}/tests/*{}*.rs", scatter(3, 4_000), parts[scatter(4, parts.len())]),
        format!("docs/guide-{}.md", scatter(5, 20_000)),
    ];
    if scatter(6, 200) == 0 {
        owns.push("Cargo.lock".to_owned());
    }
    owns
}
