//! Checks that each part of the program uses only what `ARCHITECTURE.md` allows.

use std::collections::BTreeMap;
use std::path::Path;

use super::Outcome;
use crate::rooms::check;
use crate::{Result, project};

/// The document with the table of rooms and the allowed cycles.
const DOCUMENT: &str = "ARCHITECTURE.md";

pub fn run() -> Result<Outcome> {
    let source = project::root().join("src");
    let mut sources = BTreeMap::new();
    collect(&source, &source, &mut sources).map_err(|error| format!("src can't be read: {error}."))?;
    let document = std::fs::read_to_string(project::root().join(DOCUMENT))
        .map_err(|error| format!("{DOCUMENT} can't be read: {error}."))?;
    let found = check(&sources, &document);
    println!(
        "  {} files, {} arrows between them, {} between rooms",
        found.files, found.arrows, found.between_rooms
    );
    for cycle in &found.cycles {
        println!("  cycle: {}", cycle.join(", "));
    }
    for problem in &found.problems {
        println!("  - {problem}");
    }
    match found.problems.len() {
        0 => Ok(Outcome::passed_with(format!(
            "{} arrows, {} cycles with a reason",
            found.arrows,
            found.cycles.len()
        ))),
        count => Err(format!("{count} times the sources and {DOCUMENT} disagree; it stands above")),
    }
}

/// Every Rust file below `folder`, by its path below `root`.
fn collect(root: &Path, folder: &Path, sources: &mut BTreeMap<String, String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, sources)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let names = path.strip_prefix(root).unwrap_or(&path).iter().map(|name| name.to_string_lossy());
            sources.insert(names.collect::<Vec<_>>().join("/"), std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
