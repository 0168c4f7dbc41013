//! `cargo xtask test`: everything that CI runs.

use crate::options::Options;
use crate::steps::{Outcome, STEPS, Step};
use crate::timing::Stopwatch;
use crate::{Result, tools};

/// The help text with all steps.
pub fn help() -> String {
    let mut text = String::from(
        "Usage: cargo xtask test [--only STEP]... [--keep-going]\n\nRuns every check that CI runs, quick \
         ones first, and stops at the first that fails.\nInstalls what is missing first; on Debian also a \
         browser and Node.js, elsewhere it says what to install.\n\n\x20 --only STEP     only this step, and \
         those whose result it needs; may be repeated\n\x20 --keep-going    run the other steps too when one \
         fails\n\nSteps:\n",
    );
    for step in STEPS {
        text.push_str(&format!("  {:<13} {}\n", step.name, step.does));
    }
    text
}

/// Runs the steps. Returns an error if one failed.
pub fn run(arguments: Vec<String>) -> Result<()> {
    let mut options = Options::new(arguments);
    let keep_going = options.flag("--keep-going");
    let only = options.values("--only")?;
    options.finish(&help())?;
    let steps = chosen(&only)?;

    let watch = Stopwatch::start();
    let mut results: Vec<(&Step, Option<Outcome>, String)> = Vec::new();
    let mut stopped = false;
    for (index, step) in steps.iter().enumerate() {
        let needs_failed =
            results.iter().any(|(earlier, outcome, _)| step.needs == Some(earlier.name) && failed(outcome));
        if stopped || needs_failed {
            results.push((step, None, String::new()));
            continue;
        }
        println!("\n[{}/{}] {}: {}", index + 1, steps.len(), step.name, step.does);
        let watch = Stopwatch::start();
        let outcome = (step.run)().unwrap_or_else(|why| Outcome::Failed { passed: 0, failed: 1, why });
        println!("  {} in {}", outcome.shown(), watch.shown());
        let outcome = Some(outcome);
        stopped = failed(&outcome) && !keep_going;
        results.push((step, outcome, watch.shown()));
    }
    tools::forget_compiler_output();
    summarise(&results, &watch)
}

fn failed(outcome: &Option<Outcome>) -> bool {
    !matches!(outcome, Some(Outcome::Passed { .. } | Outcome::Skipped(_)))
}

/// The named steps and those they need, in list order; all steps if none is named.
fn chosen(only: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != **name)) {
        return Err(format!("There is no step `{unknown}`.\n\n{}", help()));
    }
    let named = |name: &str| only.iter().any(|wanted| wanted == name);
    let needed = |name: &str| STEPS.iter().any(|step| named(step.name) && step.needs == Some(name));
    Ok(STEPS.iter().filter(|step| only.is_empty() || named(step.name) || needed(step.name)).collect())
}

fn summarise(results: &[(&Step, Option<Outcome>, String)], watch: &Stopwatch) -> Result<()> {
    println!("\nSummary after {}:", watch.shown());
    let (mut passed, mut failed) = (0, 0);
    for (step, outcome, time) in results {
        let shown = outcome.as_ref().map_or_else(|| "not run".to_owned(), Outcome::shown);
        println!("  {:<13} {:>11}  {shown}", step.name, time);
        let (p, f) = outcome.as_ref().map_or((0, 0), Outcome::counts);
        passed += p;
        failed += f;
    }
    println!("{passed} passed, {failed} failed");
    // The summary is the last output, so the failure itself is only the exit status.
    if failed == 0 { Ok(()) } else { std::process::exit(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_brings_the_step_it_needs() {
        let names = |only: &[&str]| -> Vec<&str> {
            let only: Vec<String> = only.iter().map(ToString::to_string).collect();
            chosen(&only).unwrap().iter().map(|step| step.name).collect()
        };
        assert_eq!(names(&["size", "format"]), ["format", "build", "size"]);
        assert_eq!(names(&[]).len(), STEPS.len());
        assert!(chosen(&["nothing".into()]).is_err());
    }
}
