//! The build tools: found on the search path in the right version, else installed once into a folder of our own.
//!
//! They go to `phaseplan/tools` in the user's cache folder, one folder per version, so every clone shares them and
//! nothing that the user installed is replaced.

use crate::process::{Call, find};
use crate::timing::Stopwatch;
use crate::{Result, debian, project};
use std::path::{Path, PathBuf};

/// A program that builds or checks the project.
pub struct Tool {
    /// Package name in its registry.
    package: &'static str,
    /// Program it provides; the package's name where it provides none.
    program: &'static str,
    version: String,
    /// What `--version` says, where that differs from the package's version.
    says: Option<&'static str>,
    source: Source,
    does: &'static str,
}

enum Source {
    /// Compiled from crates.io.
    Crate {
        features: &'static str,
        /// How hard the compiler should work. These tools run for seconds, so minutes of optimising never pay off.
        opt_level: &'static str,
    },
    /// Taken from the npm registry.
    Npm,
}

/// Builds the pages around the compiled program.
pub fn trunk() -> Tool {
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".into(),
        says: None,
        source: Source::Crate { features: "--no-default-features", opt_level: "0" },
        does: "it assembles the web app",
    }
}

/// Writes the JavaScript that loads the compiled program; its version must equal the library's.
pub fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: project::locked_version("wasm-bindgen")?,
        says: None,
        source: Source::Crate { features: "--no-default-features", opt_level: "1" },
        does: "it connects WebAssembly with the browser",
    })
}

/// Checks licences, sources and known flaws of the dependencies.
pub fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2".into(),
        says: None,
        source: Source::Crate { features: "", opt_level: "0" },
        does: "it checks the dependencies",
    }
}

/// Makes WebAssembly smaller.
pub fn wasm_opt() -> Tool {
    Tool {
        package: "binaryen",
        program: "wasm-opt",
        version: "132.0.0".into(),
        says: Some("132"),
        source: Source::Npm,
        does: "it makes the download smaller",
    }
}

/// Makes the tool available and returns the folder that holds it, or none if it is on the search path already.
pub fn ensure(tool: &Tool) -> Result<Option<PathBuf>> {
    if on_path(tool) {
        return Ok(None);
    }
    let folder = installed(tool)?;
    Ok(Some(match tool.source {
        Source::Crate { .. } => folder.join("bin"),
        Source::Npm => folder.join("node_modules/.bin"),
    }))
}

/// The script with the rules of accessible pages, which the browser tests run inside the page.
pub fn axe_core() -> Result<PathBuf> {
    let package = Tool {
        package: "axe-core",
        program: "axe-core",
        version: "4.14.1".into(),
        says: None,
        source: Source::Npm,
        does: "it checks that the pages are accessible",
    };
    Ok(installed(&package)?.join("node_modules/axe-core/axe.min.js"))
}

/// The folder in our cache that holds the tool, installed if it is not there.
fn installed(tool: &Tool) -> Result<PathBuf> {
    if matches!(tool.source, Source::Npm) && !has_npm() {
        return Err(format!("{} needs Node.js and npm, which are not installed.", tool.program));
    }
    let folder = cache()?.join("tools").join(format!("{}-{}", tool.package, tool.version));
    if !folder.is_dir() {
        install(tool, &folder)?;
    }
    Ok(folder)
}

/// Makes sure that Rust can compile for the browser.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = Call::new("rustc").arguments("--print sysroot").read()?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir() {
        return Ok(());
    }
    if find("rustup").is_none() {
        return Err("This Rust can't compile for the browser, and rustup, which could add that, is not installed. \
                    Install rustup from https://rustup.rs, or add the target wasm32-unknown-unknown your own way."
            .into());
    }
    Call::new("rustup").arguments("target add wasm32-unknown-unknown").run()
}

/// Makes sure that Node.js and npm are there.
pub fn ensure_node(purpose: &str) -> Result<()> {
    if find("node").is_some() && find(npm()).is_some() {
        return Ok(());
    }
    debian::install(&["nodejs", "npm"], purpose)
}

/// Whether packages can be taken from npm.
pub fn has_npm() -> bool {
    find("node").is_some() && find(npm()).is_some()
}

/// Removes what compiling tools leaves behind: hundreds of megabytes that are never read again.
pub fn forget_compiler_output() {
    if let Ok(folder) = cache() {
        let _ = std::fs::remove_dir_all(folder.join("compiling"));
    }
}

fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

fn on_path(tool: &Tool) -> bool {
    let expected = tool.says.unwrap_or(&tool.version);
    find(tool.program)
        .and_then(|path| Call::new(path).argument("--version").read().ok())
        .is_some_and(|said| said.split_whitespace().any(|word| word == expected))
}

fn install(tool: &Tool, folder: &Path) -> Result<()> {
    println!("  Installing {} {}, once for all clones: {}.", tool.package, tool.version, tool.does);
    let watch = Stopwatch::start();
    // A folder with its final name is complete, whatever interrupts us before.
    let partial = folder.with_file_name(format!("{}-{}.partial", tool.package, tool.version));
    let _ = std::fs::remove_dir_all(&partial);
    std::fs::create_dir_all(&partial).map_err(|error| cannot_write(&partial, &error))?;
    match tool.source {
        Source::Crate { features, opt_level } => compile(tool, features, opt_level, &partial)?,
        Source::Npm => Call::new(npm())
            .arguments(
                "install --no-save --no-audit --no-fund --no-update-notifier --ignore-scripts --prefix",
            )
            .argument(&partial)
            .argument(format!("{}@{}", tool.package, tool.version))
            .run()
            .map_err(|message| without_network(tool, &message))?,
    }
    std::fs::rename(&partial, folder).map_err(|error| cannot_write(folder, &error))?;
    println!("  Installed {} {} in {}.", tool.package, tool.version, watch.shown());
    Ok(())
}

fn compile(tool: &Tool, features: &str, opt_level: &str, root: &Path) -> Result<()> {
    if find("cargo-binstall").is_some() {
        let fetched = Call::cargo()
            .arguments("binstall --no-confirm --disable-strategies compile --root")
            .argument(root)
            .argument(format!("{}@{}", tool.package, tool.version))
            .run();
        if fetched.is_ok() {
            return Ok(());
        }
        println!("  No ready program was found, so it is compiled here.");
    }
    let target = cache()?.join("compiling");
    let install = || {
        Call::cargo()
            .variable("CARGO_PROFILE_RELEASE_LTO", "off")
            .variable("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
            .variable("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .variable("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64")
            .variable("CARGO_PROFILE_RELEASE_STRIP", "symbols")
            .arguments("install")
            .argument(tool.package)
            .arguments(&format!("--version ={} {features} --root", tool.version))
            .argument(root)
            .argument("--target-dir")
            .argument(&target)
    };
    // A mirror may lack one of the exact versions that the tool's own lock file names.
    install().argument("--locked").run().or_else(|message| {
        println!("  {message} Trying with the newest versions of its dependencies.");
        install().run().map_err(|message| without_network(tool, &message))
    })
}

fn cache() -> Result<PathBuf> {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    variable("XDG_CACHE_HOME")
        .or_else(|| variable("LOCALAPPDATA"))
        .or_else(|| variable("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("phaseplan"))
        .ok_or_else(|| "There is no folder for the tools: set XDG_CACHE_HOME to one.".into())
}

fn without_network(tool: &Tool, message: &str) -> String {
    format!(
        "{message}\n{} {} could not be installed. The first run needs the network; later ones don't.",
        tool.package, tool.version
    )
}

fn cannot_write(path: &Path, error: &std::io::Error) -> String {
    format!("{} can't be written: {error}.", path.display())
}
