//! The build tools: uses those on the search path if they have the right version; otherwise installs them
//! once into a folder of our own.
//!
//! What is installed is what was looked at when its version was written here: crates with the versions in
//! their own lock files or in ours, npm packages by the hash of their content. If that can't be had, nothing is installed.
//!
//! They are installed to `phaseplan/tools` in the user's cache folder, one folder per version, so all clones
//! share them and nothing that the user installed is replaced.

use crate::process::{Call, find};
use crate::timing::Stopwatch;
use crate::{Result, debian, project};
use std::path::{Path, PathBuf};

/// A program that builds or checks the project.
pub struct Tool {
    /// Package name in its registry.
    package: &'static str,
    /// The program in the package; the package's name if it has none.
    program: &'static str,
    version: String,
    /// The output of `--version`, if it differs from the package's version.
    says: Option<&'static str>,
    source: Source,
    does: &'static str,
}

enum Source {
    /// Compiled from crates.io.
    Crate {
        features: &'static str,
        /// The optimisation level. These tools run for seconds, so minutes of optimising never pay off.
        opt_level: &'static str,
        /// A lock file for a tool whose own names versions that some mirrors lack.
        lock: Option<&'static str>,
    },
    /// Downloaded from the npm registry, without the packages that it may depend on.
    Npm {
        /// The hash of the package, as in `npm view PACKAGE@VERSION dist.integrity`. npm refuses any other.
        integrity: &'static str,
    },
}

/// Builds the pages around the compiled program.
pub fn trunk() -> Tool {
    Tool {
        package: "trunk",
        program: "trunk",
        version: "0.21.14".into(),
        says: None,
        source: Source::Crate { features: "--no-default-features", opt_level: "0", lock: None },
        does: "it assembles the web app",
    }
}

/// Writes the JavaScript that loads the compiled program. Its version must equal the library's.
pub fn wasm_bindgen() -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: project::locked_version("wasm-bindgen")?,
        says: None,
        source: Source::Crate {
            features: "--no-default-features",
            opt_level: "1",
            lock: Some(include_str!("../locks/wasm-bindgen-cli.lock")),
        },
        does: "it connects WebAssembly with the browser",
    })
}

/// Checks licences, sources and known vulnerabilities of the dependencies.
pub fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        program: "cargo-deny",
        version: "0.20.2".into(),
        says: None,
        source: Source::Crate { features: "", opt_level: "0", lock: None },
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
        source: Source::Npm {
            integrity: "sha512-4Usg7yEvwO3FMso3Oov6qkOOHSod1IEv+boKkh77kTljM+eNBouqCTbqWswGzbG+vDNO/b/v2C4gfEh1WgB9Lg==",
        },
        does: "it makes the download smaller",
    }
}

/// Makes the tool available. Returns its folder, or `None` if it is already on the search path.
pub fn ensure(tool: &Tool) -> Result<Option<PathBuf>> {
    if on_path(tool) {
        return Ok(None);
    }
    let folder = installed(tool)?;
    Ok(Some(match tool.source {
        Source::Crate { .. } => folder.join("bin"),
        Source::Npm { .. } => folder.join("node_modules/.bin"),
    }))
}

/// The script with the accessibility rules, which the browser tests run inside the page.
pub fn axe_core() -> Result<PathBuf> {
    let package = Tool {
        package: "axe-core",
        program: "axe-core",
        version: "4.14.1".into(),
        says: None,
        source: Source::Npm {
            integrity: "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        },
        does: "it checks that the pages are accessible",
    };
    Ok(installed(&package)?.join("node_modules/axe-core/axe.min.js"))
}

/// The folder of the tool in our cache. Installs it if necessary.
fn installed(tool: &Tool) -> Result<PathBuf> {
    if matches!(tool.source, Source::Npm { .. }) && !has_npm() {
        return Err(format!("{} needs Node.js and npm, which are not installed.", tool.program));
    }
    let folder = cache()?.join("tools").join(folder_name(tool));
    if !folder.is_dir() {
        install(tool, &folder)?;
    }
    Ok(folder)
}

/// A name that differs if anything else is to be installed.
fn folder_name(tool: &Tool) -> String {
    let hash = match tool.source {
        Source::Crate { .. } => "",
        Source::Npm { integrity } => integrity,
    };
    let hash = hash.trim_start_matches("sha512-").chars().filter(char::is_ascii_alphanumeric).take(8);
    let name = format!("{}-{}-{}", tool.package, tool.version, hash.collect::<String>());
    name.trim_end_matches('-').to_owned()
}

/// Makes sure that Rust can compile for WebAssembly.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = Call::new("rustc").arguments("--print sysroot").read()?;
    if Path::new(sysroot.trim()).join("lib/rustlib/wasm32-unknown-unknown/lib").is_dir() {
        return Ok(());
    }
    if find("rustup").is_none() {
        return Err("This Rust can't compile for the browser, and rustup, which could add that, is not \
            installed. Install rustup from https://rustup.rs, or add the target wasm32-unknown-unknown your \
            own way."
            .into());
    }
    Call::new("rustup").arguments("target add wasm32-unknown-unknown").run()
}

/// Makes sure that Node.js and npm are available.
pub fn ensure_node(purpose: &str) -> Result<()> {
    if find("node").is_some() && find(npm()).is_some() {
        return Ok(());
    }
    debian::install(&["nodejs", "npm"], purpose)
}

/// Whether npm packages can be installed.
pub fn has_npm() -> bool {
    find("node").is_some() && find(npm()).is_some()
}

/// Removes the output of compiling tools: hundreds of megabytes that are never used again.
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
    // A folder with its final name is complete, even after an interruption.
    let partial = folder.with_file_name(format!("{}.partial", folder_name(tool)));
    let _ = std::fs::remove_dir_all(&partial);
    std::fs::create_dir_all(&partial).map_err(|error| cannot_write(&partial, &error))?;
    match tool.source {
        Source::Crate { features, opt_level, lock } => {
            let source = lock.map(|lock| locked_source(tool, lock, &partial)).transpose()?;
            compile(tool, (features, opt_level), source.as_deref(), &partial)?;
            // Nobody needs the source any more.
            let _ = std::fs::remove_dir_all(partial.join(SOURCE));
        }
        Source::Npm { integrity } => download(tool, integrity, &partial)?,
    }
    std::fs::rename(&partial, folder).map_err(|error| cannot_write(folder, &error))?;
    println!("  Installed {} {} in {}.", tool.package, tool.version, watch.shown());
    Ok(())
}

fn compile(
    tool: &Tool,
    (features, opt_level): (&str, &str),
    source: Option<&Path>,
    root: &Path,
) -> Result<()> {
    let install = Call::cargo()
        .variable("CARGO_PROFILE_RELEASE_LTO", "off")
        .variable("CARGO_PROFILE_RELEASE_OPT_LEVEL", opt_level)
        .variable("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .variable("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "64")
        .variable("CARGO_PROFILE_RELEASE_STRIP", "symbols")
        .arguments("install --locked");
    let install = match source {
        Some(source) => install.argument("--path").argument(source),
        None => install.argument(tool.package).arguments(&format!("--version ={}", tool.version)),
    };
    install
        .arguments(&format!("{features} --root"))
        .argument(root)
        .argument("--target-dir")
        .argument(cache()?.join("compiling"))
        .run()
        .map_err(|message| without_network(tool, &message))
}

/// The folder below that of a tool with its source, while it is installed.
const SOURCE: &str = "source";

/// Downloads the source of a tool and puts our lock file into it.
fn locked_source(tool: &Tool, lock: &str, folder: &Path) -> Result<PathBuf> {
    if !is_for(lock, tool) {
        return Err(format!(
            "xtask/locks/{0}.lock is for another version than {1}. Renew it: unpack {0} {1}, run `cargo generate-lockfile` \
             in it, and copy its Cargo.lock.",
            tool.package, tool.version
        ));
    }
    let written =
        |path: PathBuf, text: &str| std::fs::write(&path, text).map_err(|error| cannot_write(&path, &error));
    // Cargo downloads the sources of what a package depends on.
    let needing = folder.join(SOURCE).join("needing");
    std::fs::create_dir_all(&needing).map_err(|error| cannot_write(&needing, &error))?;
    let needs = format!("{} = {{ version = \"={}\", default-features = false }}", tool.package, tool.version);
    let package =
        format!("[package]\nname = \"needing\"\n[lib]\npath = \"lib.rs\"\n[dependencies]\n{needs}\n");
    written(needing.join("Cargo.toml"), &package)?;
    written(needing.join("lib.rs"), "")?;
    let described = Call::cargo()
        .arguments("metadata --format-version 1 --manifest-path")
        .argument(needing.join("Cargo.toml"))
        .read()
        .map_err(|message| without_network(tool, &message))?;
    let end = format!("/{}-{}/Cargo.toml", tool.package, tool.version);
    let manifests = described.split("\"manifest_path\":\"").filter_map(|text| text.split('"').next());
    let mut manifests = manifests.map(|path| PathBuf::from(path.replace("\\\\", "/")));
    let downloaded = manifests.find(|path| path.to_string_lossy().ends_with(&end));
    let downloaded = downloaded.ok_or_else(|| format!("Cargo did not download {}.", tool.package))?;
    let source = folder.join(SOURCE).join(tool.package);
    copy(downloaded.parent().unwrap_or(&downloaded), &source)
        .map_err(|error| cannot_write(&source, &error))?;
    written(source.join("Cargo.lock"), lock)?;
    Ok(source)
}

/// Whether a lock file is that of this version of a tool.
fn is_for(lock: &str, tool: &Tool) -> bool {
    lock.contains(&format!("name = \"{}\"\nversion = \"{}\"\n", tool.package, tool.version))
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Installs an npm package from a lock file with its hash. A package that needs others doesn't fit the lock
/// file, so npm refuses it.
fn download(tool: &Tool, integrity: &str, folder: &Path) -> Result<()> {
    for (name, text) in npm_files(tool, integrity) {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|error| cannot_write(&path, &error))?;
    }
    Call::new(npm())
        .arguments("ci --no-audit --no-fund --no-update-notifier --ignore-scripts --prefix")
        .argument(folder)
        .run()
        .map_err(|message| without_network(tool, &message))
}

/// A package that needs nothing but the tool's, and its lock file.
fn npm_files(tool: &Tool, integrity: &str) -> [(&'static str, String); 2] {
    let Tool { package, program, version, .. } = tool;
    let needs = format!("\"dependencies\": {{ \"{package}\": \"{version}\" }}");
    let has = format!("\"version\": \"{version}\", \"integrity\": \"{integrity}\"");
    let runs = format!("\"bin\": {{ \"{program}\": \"bin/{program}\" }}");
    let locked = format!("\"node_modules/{package}\": {{ {has}, {runs} }}");
    let lock = format!("{{ \"lockfileVersion\": 3, \"packages\": {{ \"\": {{ {needs} }}, {locked} }} }}\n");
    [("package.json", format!("{{ {needs} }}\n")), ("package-lock.json", lock)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_lock_files_are_for_the_versions_that_are_installed() {
        let tool = wasm_bindgen().unwrap();
        let Source::Crate { lock: Some(lock), .. } = tool.source else {
            panic!("it has a lock file of ours")
        };
        assert!(is_for(lock, &tool), "renew xtask/locks/wasm-bindgen-cli.lock");
    }

    #[test]
    fn an_npm_package_is_locked_to_its_hash() {
        let tool = wasm_opt();
        let Source::Npm { integrity } = tool.source else { panic!("it comes from npm") };
        let [(_, package), (_, lock)] = npm_files(&tool, integrity);
        assert_eq!(package, "{ \"dependencies\": { \"binaryen\": \"132.0.0\" } }\n");
        assert!(lock.contains(&format!("\"integrity\": \"{integrity}\"")), "{lock}");
        assert!(integrity.starts_with("sha512-") && integrity.len() == 7 + 88, "{integrity}");
        assert_eq!(folder_name(&tool), "binaryen-132.0.0-4Usg7yEv");
        assert_eq!(folder_name(&trunk()), "trunk-0.21.14");
    }
}
