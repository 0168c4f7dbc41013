//! Measures the searches of phaseplan on public instances and on plans with known best values stored next to
//! them.
//!
//! `cargo xtask bench phases|planted|colouring|rolling|stability FILES [--budget-ms N] [--steps N] [--seed N]
//! [--json]` and `cargo xtask bench link|overlap|import FILES [--json]`
//!
//! The verifier checks every result before it is shown. Time is processor time of this process, so other load
//! on the machine doesn't change a budget.

#[cfg(not(target_arch = "wasm32"))]
mod campaign;
mod clock;
mod colouring;
mod import;
mod link;
mod overlap;
mod phases;
mod readers;
mod record;
mod rim;
mod rivals;
mod rolling;
mod stability;

use std::path::PathBuf;
use std::process::ExitCode;

use clock::Allowance;
use record::Record;

/// The parsed command line.
struct Request {
    benchmark: fn(&std::path::Path, &Allowance) -> Result<Vec<Record>, String>,
    files: Vec<PathBuf>,
    allowance: Allowance,
    json: bool,
}

const USAGE: &str = "bench phases|planted|colouring|rolling|stability FILES [--budget-ms N] [--steps N] \
    [--seed N] [--json]\nbench link|overlap|import FILES [--json]";

fn main() -> ExitCode {
    match answer(rim::arguments()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => rim::fail(&message),
    }
}

fn answer(arguments: Vec<String>) -> Result<(), String> {
    match arguments.split_first() {
        Some((first, rest)) if ["link", "overlap", "import"].contains(&first.as_str()) => {
            let files: Vec<PathBuf> =
                rest.iter().filter(|word| *word != "--json").map(PathBuf::from).collect();
            let run = match first.as_str() {
                "link" => link::run,
                "overlap" => overlap::run,
                _ => import::run,
            };
            run(&files, files.len() < rest.len())
        }
        #[cfg(not(target_arch = "wasm32"))]
        Some((first, rest)) if first == "campaign" => campaign::run(rest),
        _ => read_arguments(arguments.into_iter()).and_then(|request| run(&request)),
    }
}

fn read_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Request, String> {
    let benchmark = match arguments.next().as_deref() {
        Some("phases" | "planted") => phases::measure,
        Some("colouring") => colouring::measure,
        Some("rolling") => rolling::measure,
        Some("stability") => stability::measure,
        _ => return Err(USAGE.to_owned()),
    };
    let mut request = Request { benchmark, files: Vec::new(), allowance: Allowance::default(), json: false };
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let value = arguments.next().and_then(|value| value.parse::<u64>().ok());
            value.ok_or_else(|| format!("{argument} needs a number.\n{USAGE}"))
        };
        match argument.as_str() {
            "--budget-ms" => request.allowance.milliseconds = Some(number()?),
            "--steps" => request.allowance.steps = Some(number()?),
            "--seed" => request.allowance.seed = number()?,
            "--json" => request.json = true,
            file => request.files.push(PathBuf::from(file)),
        }
    }
    Ok(request)
}

fn run(request: &Request) -> Result<(), String> {
    let mut records = Vec::new();
    for file in &request.files {
        for record in (request.benchmark)(file, &request.allowance)? {
            match request.json {
                true => rim::say(&serde_json::to_string(&record).map_err(|error| error.to_string())?),
                false => rim::say(&record.row()),
            }
            records.push(record);
        }
    }
    if !request.json {
        rim::say(&record::summary(&records));
    }
    Ok(())
}
