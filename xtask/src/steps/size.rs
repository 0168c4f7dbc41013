//! The size of the first download, compressed as hosts do it.

use super::Outcome;
use crate::process::{Call, find};
use crate::{Result, project, site};
use std::path::{Path, PathBuf};

/// Prints the size of each given file after Brotli at its highest level.
const MEASURE: &str = "const fs = require('fs'), zlib = require('zlib'); for (const file of \
    process.argv.slice(1)) console.log(zlib.brotliCompressSync(fs.readFileSync(file)).length);";

/// File with the budget: lines `name = bytes`.
const BUDGET: &str = "xtask/size-budget.toml";

pub fn run() -> Result<Outcome> {
    if find("node").is_none() {
        return Ok(Outcome::Skipped("sizes are measured with Node.js, which is not installed.".into()));
    }
    let mut rest = measured(&site::folder())?;
    // Files fetched after the first paint: the worker when there is something to plan, and its codec when
    // there is a link.
    let coder: Vec<_> = rest.extract_if(.., |file| file.name == CODER).collect();
    let unused = rest.extract_if(.., |file| file.name == UNUSED_SCRIPT).count();
    let worker: Vec<_> = rest.extract_if(.., |file| file.name.contains("worker")).collect();
    let first = limited("first load", &rest, "first-load")?;
    if !worker.is_empty() {
        table("worker", &worker);
    }
    let links = limited("links", &coder, "coder")?;
    if unused > 0 {
        println!("  {UNUSED_SCRIPT} is never fetched.");
    }
    Ok(Outcome::passed_with(format!("{first}; {links}")))
}

/// The codec of links.
const CODER: &str = "worker-coder_bg.wasm";
/// The script that the build writes for the codec, which needs none.
const UNUSED_SCRIPT: &str = "worker-coder.js";

/// Prints the files and compares their total with the budget of this name.
fn limited(title: &str, files: &[Measured], name: &str) -> Result<String> {
    let budget = budget(name)?;
    let total = table(title, files);
    println!("  {:<44} {budget:>18}", "budget");
    match total.checked_sub(budget) {
        Some(over) if over > 0 => {
            Err(format!("`{title}` is {over} bytes over its budget of {budget} ({BUDGET})"))
        }
        _ => Ok(format!("{title} {total} of {budget} bytes")),
    }
}

struct Measured {
    name: String,
    raw: u64,
    brotli: u64,
}

fn measured(folder: &Path) -> Result<Vec<Measured>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|error| format!("{} can't be read: {error}.", folder.display()))?;
    paths.sort();
    let sizes =
        paths.iter().fold(Call::new("node").argument("-e").argument(MEASURE), Call::argument).read()?;
    let sizes = sizes.lines().map(|line| line.parse().unwrap_or(0));
    Ok(paths
        .iter()
        .zip(sizes)
        .map(|(path, brotli)| Measured {
            name: path.strip_prefix(folder).unwrap_or(path).display().to_string(),
            raw: path.metadata().map_or(0, |data| data.len()),
            brotli,
        })
        .collect())
}

/// Every page, style sheet, script and program below `folder`.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|kind| ["html", "css", "js", "wasm"].iter().any(|k| kind == *k))
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Prints one line per file and returns the sum of the compressed sizes.
fn table(title: &str, files: &[Measured]) -> u64 {
    println!("  {title:<44} {:>9} {:>8}", "bytes", "brotli");
    for file in files {
        println!("    {:<42} {:>9} {:>8}", file.name, file.raw, file.brotli);
    }
    let [raw, brotli] = [files.iter().map(|f| f.raw).sum::<u64>(), files.iter().map(|f| f.brotli).sum()];
    println!("  {:<44} {raw:>9} {brotli:>8}", "in all");
    brotli
}

fn budget(name: &str) -> Result<u64> {
    let text = std::fs::read_to_string(project::root().join(BUDGET))
        .map_err(|error| format!("{BUDGET} can't be read: {error}."))?;
    text.lines()
        .filter_map(|line| line.split_once('='))
        .find(|(key, _)| key.trim() == name)
        .and_then(|(_, value)| value.trim().replace('_', "").parse().ok())
        .ok_or_else(|| format!("{BUDGET} has no number for `{name}`."))
}
