//! Builds the web app into `dist`.

use crate::process::Call;
use crate::timing::Stopwatch;
use crate::{Result, project, tools};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Where the finished pages are.
pub fn folder() -> PathBuf {
    project::root().join("dist")
}

/// Builds the web app for visitors: optimised, with hashed file names.
pub fn build() -> Result<()> {
    tools::ensure_wasm_target()?;
    let mut folders: Vec<PathBuf> = Vec::new();
    folders.extend(tools::ensure(&tools::trunk())?);
    folders.extend(tools::ensure(&tools::wasm_bindgen()?)?);
    let optimise = ensure_optimiser(&mut folders);
    fetch_dependencies()?;
    println!("  Compiling the app for the browser and packing it into dist.");
    let watch = Stopwatch::start();
    // Trunk's release mode means wasm-opt and nothing else here: the compiler's profile stands in index.html.
    let mode = if optimise { "build --release" } else { "build" };
    // Trunk takes NO_COLOR for an option of its own and refuses the usual values.
    Call::new("trunk")
        .arguments(mode)
        .path(&folders)
        .without_variable("NO_COLOR")
        .variable("PHASEPLAN_BUILD", name_of_build()?)
        .run()?;
    println!("  Built dist in {}.", watch.shown());
    Ok(())
}

/// Sixteen digits that follow from the sources. The page and the worker compare them, since an updated site may bring together
/// what does not belong together.
fn name_of_build() -> Result<String> {
    let mut files = ["Cargo.lock", "Cargo.toml", "codec/Cargo.toml"].map(PathBuf::from).to_vec();
    for folder in ["src", "codec/src"] {
        collect(&project::root().join(folder), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        let path = project::root().join(file);
        fs::read(&path)
            .map_err(|error| format!("{} can't be read: {error}.", path.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let broken = |error| format!("{} can't be read: {error}.", folder.display());
    for entry in fs::read_dir(folder).map_err(broken)? {
        let path = entry.map_err(broken)?.path();
        if path.is_dir() { collect(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

/// Downloads what `Cargo.lock` names, unless it is all there: Trunk builds without network.
fn fetch_dependencies() -> Result<()> {
    let fetch = || Call::cargo().arguments("fetch --locked --target wasm32-unknown-unknown");
    if fetch().arguments("--offline --quiet").read().is_ok() {
        return Ok(());
    }
    fetch().run().map_err(|message| format!("{message}\nThe first run needs the network; later ones don't."))
}

/// Whether wasm-opt is there. The app works without it, only the download is larger.
fn ensure_optimiser(folders: &mut Vec<PathBuf>) -> bool {
    let tool = tools::wasm_opt();
    match tools::ensure(&tool) {
        Ok(folder) => {
            folders.extend(folder);
            true
        }
        Err(message) => {
            println!(
                "  {message}\n  Going on without wasm-opt: the app is the same, its download about a quarter larger."
            );
            false
        }
    }
}
