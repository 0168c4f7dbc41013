//! Short names for what a script and its program call each other.
//!
//! wasm-bindgen names each import and export after its purpose and a hash. The names stand in the program and again in
//! its script, nobody reads them, and hashes can't be compressed: they are a fortieth of the first load.

use crate::process::Call;
use crate::{Result, site};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Renames the imports and exports of each program in `dist` and in its script. Needs wasm-opt in one of `folders` or on
/// the search path.
pub fn give(folders: &[PathBuf]) -> Result<()> {
    for program in site::files()?.into_iter().filter(|path| is_called_by_its_script(path)) {
        let script = PathBuf::from(program.to_string_lossy().replace("_bg.wasm", ".js"));
        let names = Names::read(&rename(&program, folders)?);
        let broken = |error| format!("{} can't be given short names: {error}.", script.display());
        let text = fs::read_to_string(&script).map_err(broken)?;
        fs::write(&script, names.give(&text)?).map_err(broken)?;
    }
    Ok(())
}

/// Whether only the program's own script calls it. The worker calls the coder of links without one, by its names.
fn is_called_by_its_script(path: &Path) -> bool {
    let path = path.to_string_lossy();
    path.ends_with("_bg.wasm") && !path.ends_with("coder_bg.wasm")
}

/// Renames in the program, and removes what only tools read. Returns wasm-opt's table of the old and the new names.
fn rename(program: &Path, folders: &[PathBuf]) -> Result<String> {
    Call::new("wasm-opt")
        .path(folders)
        .arguments(FEATURES)
        .arguments("--minify-imports-and-exports-and-modules --strip-producers --strip-target-features -o")
        .argument(program)
        .argument(program)
        .read()
}

/// What the programs use of WebAssembly, as in index.html. With more, wasm-opt writes what browsers don't read yet.
const FEATURES: &str = "--enable-simd --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext \
    --enable-mutable-globals --enable-reference-types --enable-multivalue";

/// The new name of each import and export.
struct Names {
    imports: BTreeMap<String, String>,
    exports: BTreeMap<String, String>,
}

/// The name of the one module that every program imports from, after wasm-opt renamed it.
const MODULE: &str = "\"a\"";

impl Names {
    /// Reads lines such as `["./app_bg.js", "__wbg_alert_0123", "$a"],` for imports and `["memory", "b"],` for exports.
    fn read(table: &str) -> Names {
        let mut names = Names { imports: BTreeMap::new(), exports: BTreeMap::new() };
        for line in table.lines() {
            let texts: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            match texts[..] {
                [_, old, new] => names.imports.insert(old.to_owned(), new.to_owned()),
                [old, new] => names.exports.insert(old.to_owned(), new.to_owned()),
                _ => None,
            };
        }
        names
    }

    /// The script with the new names. Fails if an import isn't found, since the program would then not start.
    fn give(&self, script: &str) -> Result<String> {
        let mut missing = self.imports.clone();
        let mut text = String::with_capacity(script.len());
        for line in script.split_inclusive('\n') {
            let property = line.trim_start().split(':').next().unwrap_or_default();
            if let Some(new) = missing.remove(property) {
                text.push_str(&line.replacen(property, &new, 1));
            } else if line.contains("_bg.js\": import0") {
                let (_, value) = line.split_once(": ").unwrap_or_default();
                text.push_str(MODULE);
                text.push_str(": ");
                text.push_str(value);
            } else {
                text.push_str(&self.with_new_exports(line));
            }
        }
        match missing.keys().next() {
            None => Ok(text),
            Some(name) => Err(format!("The script of a program has no line for its import {name}.")),
        }
    }

    /// The line with each export that it uses, as in `wasm.memory`, renamed.
    fn with_new_exports(&self, line: &str) -> String {
        let mut parts = line.split("wasm.");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|char: char| !char.is_alphanumeric() && !"_$".contains(char));
            let (name, rest) = part.split_at(end.unwrap_or(part.len()));
            text.push_str("wasm.");
            text.push_str(self.exports.get(name).map_or(name, String::as_str));
            text.push_str(rest);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"{
 "imports": [
  ["./app_bg.js", "__wbg_alert_01", "$"],
  ["./app_bg.js", "__wbg_now_02", "$a"]
 ],
 "exports": [
  ["memory", "b"],
  ["__wbindgen_malloc", "c"]
 ]
}
"#;

    #[test]
    fn imports_and_exports_are_renamed_and_nothing_else() {
        let script = "__wbg_alert_01: function(memory) {\nwasm.memory.at(memory, wasm.__wbindgen_malloc);\n},\n\
            __wbg_now_02: now,\n\"./app_bg.js\": import0,\nwasm.memory_grow\n";
        assert_eq!(
            Names::read(TABLE).give(script).unwrap(),
            "$: function(memory) {\nwasm.b.at(memory, wasm.c);\n},\n$a: now,\n\"a\": import0,\nwasm.memory_grow\n"
        );
    }

    #[test]
    fn an_import_without_a_line_is_told() {
        let error = Names::read(TABLE).give("__wbg_alert_01: alert,\n").unwrap_err();
        assert!(error.contains("__wbg_now_02"), "{error}");
    }
}
