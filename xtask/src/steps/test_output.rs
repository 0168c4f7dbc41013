//! Runs test programs and counts what they report.

use super::Outcome;
use crate::Result;
use crate::process::Call;

/// Runs a call with the output format of Rust's test programs. Each test counts.
pub fn run_counted(call: Call) -> Result<Outcome> {
    let (mut passed, mut failed) = (0, 0);
    let succeeded = call.run_watched(|line| {
        let (p, f) = counts(line);
        passed += p;
        failed += f;
    })?;
    if succeeded && failed == 0 {
        return Ok(Outcome::Passed { passed, note: counted(passed) });
    }
    let why = match failed {
        0 => "the tests could not be run to their end; the reason stands above".to_owned(),
        _ => format!("{failed} of {} tests failed; they stand above", passed + failed),
    };
    Ok(Outcome::Failed { passed, failed: failed.max(1), why })
}

fn counted(tests: usize) -> String {
    if tests == 1 { "1 test".into() } else { format!("{tests} tests") }
}

/// The passed and failed tests in a line like `test result: ok. 3 passed; 1 failed; 0 ignored`.
fn counts(line: &str) -> (usize, usize) {
    let Some((_, result)) = line.split_once("test result: ") else { return (0, 0) };
    let number = |what: &str| {
        let before = result.split_once(what).map_or("", |(before, _)| before.trim_end());
        before.rsplit(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0)
    };
    (number("passed"), number("failed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_result_lines_only() {
        for (line, expected) in [
            ("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured", (12, 0)),
            ("test result: FAILED. 3 passed; 4 failed; 0 ignored", (3, 4)),
            ("    \u{1b}[32mtest result: \u{1b}[0mok. 7 passed; 0 failed;", (7, 0)),
            ("test five_passed ... ok", (0, 0)),
        ] {
            assert_eq!(counts(line), expected, "{line}");
        }
    }
}
