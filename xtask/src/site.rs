//! Builds the web app into `dist`.

use crate::process::Call;
use crate::timing::Stopwatch;
use crate::{Result, minify, project, short_names, tools};
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// The folder of the finished pages.
pub fn folder() -> PathBuf {
    project::root().join("dist")
}

/// Every file of the finished pages.
pub fn files() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(&folder(), &mut files)?;
    Ok(files)
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
    // In this project, Trunk's release mode only means wasm-opt: index.html sets the compiler's profile.
    let mode = if optimise { "build --release" } else { "build" };
    // Trunk treats NO_COLOR as an option of its own and refuses the usual values.
    Call::new("trunk")
        .arguments(mode)
        .path(&folders)
        .without_variable("NO_COLOR")
        .variable("PHASEPLAN_BUILD", name_of_build()?)
        .run()?;
    if optimise {
        short_names::give(&folders)?;
    }
    minify_files()?;
    println!("  Built dist in {}.", watch.shown());
    Ok(())
}

/// Minifies the page, style sheets and scripts in `dist`. Their names keep the hashes of what they were made from.
fn minify_files() -> Result<()> {
    for path in files()? {
        let minified: fn(&str) -> String = match path.extension().and_then(OsStr::to_str) {
            Some("css") => minify::style_sheet,
            Some("js") => minify::script,
            Some("html") => minify::page,
            _ => continue,
        };
        let broken = |error| format!("{} can't be minified: {error}.", path.display());
        let text = fs::read_to_string(&path).map_err(broken)?;
        fs::write(&path, minified(&text)).map_err(broken)?;
    }
    Ok(())
}

/// Sixteen digits derived from the sources. The page and the worker compare them, since after an update of
/// the site the browser may combine programs of different builds.
fn name_of_build() -> Result<String> {
    let mut files = ["Cargo.lock", "Cargo.toml", "codec/Cargo.toml"].map(PathBuf::from).to_vec();
    for folder in ["src", "codec/src", "style"] {
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

/// Downloads what `Cargo.lock` names, unless everything is there: Trunk builds without network.
fn fetch_dependencies() -> Result<()> {
    let fetch = || Call::cargo().arguments("fetch --locked --target wasm32-unknown-unknown");
    if fetch().arguments("--offline --quiet").read().is_ok() {
        return Ok(());
    }
    fetch().run().map_err(|message| format!("{message}\nThe first run needs the network; later ones don't."))
}

/// Whether wasm-opt is available. The app works without it, but the download is larger.
fn ensure_optimiser(folders: &mut Vec<PathBuf>) -> bool {
    let tool = tools::wasm_opt();
    match tools::ensure(&tool) {
        Ok(folder) => {
            folders.extend(folder);
            true
        }
        Err(message) => {
            println!(
                "  {message}\n  Going on without wasm-opt: the app is the same, its download about a quarter \
                 larger."
            );
            false
        }
    }
}
