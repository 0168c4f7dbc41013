//! What the figures rest on: each number that a person may know better.

use super::amounts::{share_in_percent, time, tokens};
use super::lengths;
use super::method::{CALLING, CHECK, LAUNCH};
use super::price::{self, AS_OF, CACHE_WRITE, Price};
use super::tokens as of;
use super::work_left::WorkLeft;

/// A number that figures rest on.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// A short name, for programs.
    pub name: String,
    /// The number.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// The sentence for people.
    pub sentence: String,
}

/// Everything that the figures for what is left of a plan rest on.
pub fn assumptions(left: WorkLeft) -> Vec<Assumption> {
    [times(left), amounts(left), prices(left)].concat()
}

fn assumption(name: impl Into<String>, value: f64, unit: &'static str, sentence: String) -> Assumption {
    Assumption { name: name.into(), value, unit, sentence }
}

fn times(left: WorkLeft) -> Vec<Assumption> {
    let own = lengths::overhead(&left.report.plan);
    let mut list = match own > 0.0 {
        true => vec![assumption(
            "overhead",
            own,
            "minutes",
            format!("The plan says {} for each launch and its check (`> overhead`).", time(own)),
        )],
        false => vec![
            assumption("launch", LAUNCH, "minutes", "The launch of a phase of agents takes 30 s.".to_owned()),
            assumption(
                "check",
                CHECK,
                "minutes",
                "To check and commit what a phase has changed takes 90 s. `> overhead ~2m` in the plan says both."
                    .to_owned(),
            ),
        ],
    };
    list.push(assumption(
        "calling",
        CALLING,
        "minutes",
        "A message of tool calls takes 10 s to write.".to_owned(),
    ));
    list.push(assumption(
        "writing",
        of::WRITTEN_A_SECOND,
        "tokens a second",
        format!("A model writes {} tokens in a second.", of::WRITTEN_A_SECOND),
    ));
    list
}

fn amounts(left: WorkLeft) -> Vec<Assumption> {
    let files = match left.report.evidence.is_empty() {
        true => "no list of files is known",
        false => "fewer if the list of files knows fewer",
    };
    [
        ("start", of::START, "tokens", format!("A conversation begins with {} tokens.", tokens(of::START))),
        (
            "turns",
            of::TURNS_A_MINUTE,
            "a minute",
            format!("A minute of work has {} turns and writes {} tokens.", of::TURNS_A_MINUTE, of::WRITTEN_A_MINUTE),
        ),
        (
            "answers",
            of::ANSWERED_A_TURN,
            "tokens a turn",
            format!("Tools answer {} tokens in each turn.", of::ANSWERED_A_TURN),
        ),
        (
            "files",
            of::OF_A_FILE,
            "tokens",
            format!(
                "A named file has {} tokens, and of a pattern {} are read; {files}.",
                tokens(of::OF_A_FILE),
                tokens(of::OF_A_PATTERN)
            ),
        ),
        (
            "report",
            of::OF_A_REPORT,
            "tokens",
            format!(
                "A report has {} tokens. With agents, the turns of the main conversation are not in the price.",
                of::OF_A_REPORT
            ),
        ),
    ]
    .map(|(name, value, unit, sentence)| assumption(name, value, unit, sentence))
    .into()
}

fn prices(left: WorkLeft) -> Vec<Assumption> {
    let plan = &left.report.plan;
    let mut known: Vec<Price> = Vec::new();
    for task in left.launched() {
        let price = price::of_task(plan, left.task(task));
        known.extend(price.filter(|price| !known.contains(price)));
    }
    let mut list: Vec<Assumption> = known.iter().map(of_price).collect();
    list.push(assumption(
        "cache write",
        CACHE_WRITE,
        "of the price of input",
        format!("A token that goes into the cache costs {CACHE_WRITE} times the price of input."),
    ));
    let batch = price::of_batch(plan);
    list.push(assumption(
        "batch",
        batch,
        "of the usual price",
        format!("An asynchronous batch costs {} of the usual price.", share_in_percent(batch)),
    ));
    list
}

fn of_price(price: &Price) -> Assumption {
    let rate = price.of.rate;
    let source = match price.is_of_plan {
        true => "as the plan says".to_owned(),
        false => format!("list price of {AS_OF}; `> price: {} …` in the plan says another", price.of.model),
    };
    let above = price.of.above.map_or_else(String::new, |above| {
        format!(
            " (above {} tokens {}/{})",
            tokens(f64::from(above.tokens)),
            above.rate.input,
            above.rate.output
        )
    });
    let sentence = format!(
        "A million tokens of {} cost ${} of input and ${} of output{above}, and {} of input from the cache: {source}.",
        price.of.model,
        rate.input,
        rate.output,
        share_in_percent(price.cache)
    );
    assumption(
        format!("price of {}", price.of.model),
        rate.input.value(),
        "dollars a million tokens",
        sentence,
    )
}
