//! `cargo xtask campaign`: random tests in large numbers. Those that need no browser are in `bench/`.

use crate::options::Options;
use crate::process::{Call, find};
use crate::{Result, bench, browser, site, tools};

/// The help text.
pub fn help() -> String {
    "Usage: cargo xtask campaign links|reviews|runs|review-files|names|text|json|edit|undo|imports|terminal|exports|\
     storage|monkey|kill|firefox [--count N] \
     [--minutes N] [--seed N] [--format F] [--actions N]\n\nRepeats a check with other random choices each time, and \
     stops at the first that fails.\n\n\x20 links    plans in links, damaged in every way that is \
     known\n\x20 reviews  reviews of plans, likewise\n\x20 runs     runs of plans with failures and \
     crashes: no two tasks that collide are at work at once,\n\x20          what is done is not launched \
     again, and no event is lost\n\x20 review-files  files of \
     reviews with anything in them, while several calls add to them\n\x20 names    hostile names: one form \
     on every way in, nothing hidden, and what is analysed is what is shown\n\x20 terminal  every command \
     with hostile files, names and arguments: nothing printed steers or hides\n\x20 text     plan text, sensible or not: what is \
     printed is read back, and printed again the same\n\x20 json     plan JSON, records and messages, whole \
     and damaged\n\x20 edit     edits are taken back, and change no lines but those of their tasks\n\x20 \
     undo     steps back and forth lead to the very same documents\n\x20 imports  files of other \
     tools, damaged in every way: nothing panics, takes long, or is lost without a note\n\x20 exports  plans of somebody who wants \
     to pose as the program, in every format\n\x20 storage  three tabs type, save and \
     reload in random order while storage fails at times,\n\x20          and no edit is lost\n\x20 \
     monkey   sessions of random clicks, keys and text in Chromium, without an error\n\x20 kill     tabs of \
     Chromium, and whole browsers, are killed while somebody types, and at most a second of\n\x20          it is lost, or two\n\x20 firefox  saving, \
     tabs and crashes in Firefox, where it and geckodriver are installed\n\n\x20 --count N    so many \
     rounds; 1,000 without any option, 20 for `monkey`, 100 for `kill`\n\x20 --minutes N  for so long; not \
     for `exports`, `storage`, `monkey` and `kill`\n\x20 --seed N     number of the first round; likewise\n\x20 \
     --format F   only this format of `imports`, such as `spec-kit`; all in turn without\n\x20 \
     --actions N  so many actions in each session of `monkey`; 60 without\n"
        .into()
}

/// Runs the named campaign.
pub fn run(mut arguments: Vec<String>) -> Result<()> {
    match arguments.first().map(String::as_str) {
        Some("storage") => {
            let [count] = numbers(arguments, [("--count", 1_000)])?;
            properties("--lib no_edit_is_lost", count)
        }
        Some("exports") => {
            let [count] = numbers(arguments, [("--count", 100_000)])?;
            properties("--test hostile_exports", count)
        }
        Some("monkey") => {
            let [count, actions] = numbers(arguments, [("--count", 20), ("--actions", 60)])?;
            in_browser("monkey", &[("PHASEPLAN_MONKEYS", count), ("PHASEPLAN_ACTIONS", actions)])
        }
        Some("kill") => {
            let [count] = numbers(arguments, [("--count", 100)])?;
            in_browser("kills", &[("PHASEPLAN_KILLS", count)])
        }
        Some("firefox") => firefox(),
        Some("review-files" | "terminal") => {
            // They call the program as users do.
            Call::cargo().arguments("build --quiet --locked --release --bin phaseplan").run()?;
            arguments.insert(0, "campaign".into());
            bench::run(arguments)
        }
        _ => {
            // Built for speed.
            arguments.insert(0, "campaign".into());
            bench::run(arguments)
        }
    }
}

/// The numbers given for these options, or their defaults.
fn numbers<const N: usize>(mut arguments: Vec<String>, known: [(&str, u64); N]) -> Result<[u64; N]> {
    arguments.remove(0);
    let mut options = Options::new(arguments);
    let mut numbers = known.map(|(_, otherwise)| otherwise);
    for (number, (name, _)) in numbers.iter_mut().zip(known) {
        if let Some(given) = options.values(name)?.pop() {
            *number = given.parse().map_err(|_| format!("`{given}` is not a number for {name}."))?;
        }
    }
    options.finish(&help())?;
    Ok(numbers)
}

/// The tests that these arguments name, with so many cases for each property.
fn properties(tests: &str, count: u64) -> Result<()> {
    Call::cargo()
        .arguments("test --locked --profile measure")
        .arguments(tests)
        .variable("PROPTEST_CASES", count.to_string())
        .run()
}

/// The journeys of one file. The variables set their number and length.
fn in_browser(journeys: &str, variables: &[(&str, u64)]) -> Result<()> {
    let browser = browser::ensure()?;
    site::build()?;
    let mut call = Call::cargo()
        .arguments("test --features e2e --test e2e --locked")
        .argument(journeys)
        .arguments("-- --nocapture")
        .variable("PHASEPLAN_DIST", site::folder())
        .variable("CHROMIUM", &browser.program)
        .variable("CHROMEDRIVER", &browser.driver);
    for (name, number) in variables {
        call = call.variable(name, number.to_string());
    }
    match tools::axe_core() {
        Ok(script) => call = call.variable("AXE_SCRIPT", script),
        Err(message) => println!("  {message}\n  Going on without the rules of accessible pages."),
    }
    call.run()
}

/// Journeys in Firefox. Installs nothing for it, since compiling its driver takes minutes.
fn firefox() -> Result<()> {
    let firefox = find("firefox").or_else(|| find("firefox-esr"));
    let (Some(firefox), Some(driver)) = (firefox, find("geckodriver")) else {
        return Err(
            "Testing in Firefox needs `firefox` or `firefox-esr`, and `geckodriver`, on the search path \
            (`cargo install geckodriver --locked` compiles it)."
                .into(),
        );
    };
    site::build()?;
    Call::cargo()
        .arguments("test --features e2e --test e2e --locked firefox -- --nocapture")
        .variable("PHASEPLAN_DIST", site::folder())
        .variable("FIREFOX", firefox)
        .variable("GECKODRIVER", driver)
        .run()
}
