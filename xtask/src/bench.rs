//! `cargo xtask bench`: measures the searches. The benchmark is a separate package (`bench/`), so building
//! the app doesn't compile it.

use std::process::Command;

use crate::process::Call;
use crate::{Result, project, tools};

/// The help text.
pub fn help() -> String {
    "Usage: cargo xtask bench phases|planted|colouring|rolling|stability FILES [--budget-ms N] [--steps N] \
     [--seed N] [--wasm] [--json]\n\x20      cargo xtask bench link|overlap|import FILES [--wasm] \
     [--json]\n\nSolves every instance, checks each result, and compares it with the best value that is \
     stored beside the file.\n`link` measures links to plans and, natively, compares their lengths with \
     those of other codecs.\n`overlap` compares patterns: tables of pairs (left, right, yes or no, between \
     tabs), and whole plans.\n`import` reads plan files of other tools, and compares \
     what it finds with the facts in `expected.json` of a folder.\n\n\x20 --budget-ms N  processor time for each instance\n\x20 --steps \
     N      steps of the search for each instance; schedules, for `rolling`\n\x20 --seed N       start of \
     the random sequence\n\x20 --wasm         run as WebAssembly in the engine of Node.js\n\x20 \
     --memory       count memory, which takes time of its own; for `overlap`\n\x20 --json         one line \
     of JSON for each instance\n"
        .into()
}

/// Builds the program for speed and runs it in the current folder, since file names may be relative.
pub fn run(arguments: Vec<String>) -> Result<()> {
    let (modes, arguments): (Vec<String>, Vec<String>) =
        arguments.into_iter().partition(|argument| ["--wasm", "--memory"].contains(&argument.as_str()));
    let is_asked = |mode: &str| modes.iter().any(|asked| asked == mode);
    let mut command = if is_asked("--wasm") { wasm()? } else { native(is_asked("--memory")) };
    let status = command
        .args(arguments)
        .status()
        .map_err(|error| format!("{command:?} can't be started: {error}."))?;
    if status.success() { Ok(()) } else { Err("The benchmark failed.".into()) }
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn native(counts_memory: bool) -> Command {
    let mut command = cargo();
    command
        .args(["run", "--quiet", "--release", "--package", "bench", "--manifest-path"])
        .arg(project::root().join("Cargo.toml"));
    if counts_memory {
        command.args(["--features", "memory"]);
    }
    command.arg("--");
    command
}

/// The same program as a module for Node.js. Output of the tools goes to standard error, since another
/// program may read the lines of the benchmark.
fn wasm() -> Result<Command> {
    tools::ensure_wasm_target()?;
    tools::ensure_node("the benchmark runs in its engine")?;
    let folders = Vec::from_iter(tools::ensure(&tools::wasm_bindgen()?)?);
    let built = cargo()
        .args(["build", "--quiet", "--release", "--package", "bench", "--target", "wasm32-unknown-unknown"])
        .arg("--manifest-path")
        .arg(project::root().join("Cargo.toml"))
        .status()
        .is_ok_and(|status| status.success());
    if !built {
        return Err("The benchmark could not be built as WebAssembly.".into());
    }
    let target = project::target_folder();
    let module = target.join("bench-in-node");
    Call::new("wasm-bindgen")
        .arguments("--target nodejs --no-typescript --out-name bench --out-dir")
        .argument(&module)
        .argument(target.join("wasm32-unknown-unknown/release/bench.wasm"))
        .path(&folders)
        .run()?;
    let mut command = Command::new("node");
    command.arg(module.join("bench.js"));
    Ok(command)
}
