//! The platform interface for a Wasm module in Node.js.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "node:fs")]
extern "C" {
    #[wasm_bindgen(js_name = readFileSync, catch)]
    fn read_file(path: &str, encoding: &str) -> Result<String, JsValue>;
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = log)]
    fn log(line: &str);
    #[wasm_bindgen(js_namespace = console, js_name = error)]
    fn complain(line: &str);
    #[wasm_bindgen(js_namespace = process, js_name = cpuUsage)]
    fn processor_usage() -> JsValue;
    #[wasm_bindgen(js_namespace = process, js_name = exit)]
    fn exit(code: u32);
    #[wasm_bindgen(thread_local_v2, js_namespace = process, js_name = argv)]
    static WORDS: Array;
}

/// The command-line arguments after Node.js and the script.
pub fn arguments() -> Vec<String> {
    WORDS.with(|words| words.iter().skip(2).filter_map(|word| word.as_string()).collect())
}

/// The text of a file, or the reason why it can't be read.
pub fn read(path: &Path) -> Result<String, String> {
    let name = path.to_string_lossy();
    read_file(&name, "utf8").map_err(|error| format!("{name} can't be read: {error:?}."))
}

/// A file. Folders are read by native programs only.
pub fn files(path: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    Ok(vec![(path.to_string_lossy().into_owned(), read(path)?.into_bytes())])
}

/// Writes a line.
pub fn say(line: &str) {
    log(line);
}

/// Prints the reason why nothing was measured, and exits Node.js.
pub fn fail(message: &str) -> ExitCode {
    complain(message);
    exit(1);
    ExitCode::FAILURE
}

/// Processor time of Node.js since it started, including the compilation of the module.
pub fn processor_time() -> Duration {
    let usage = processor_usage();
    let microseconds = |name: &str| {
        let value = Reflect::get(&usage, &JsValue::from_str(name)).ok();
        value.and_then(|value| value.as_f64()).unwrap_or(0.0) as u64
    };
    Duration::from_micros(microseconds("user") + microseconds("system"))
}

/// The growth of the module's memory while this runs, in MiB. Memory that was free before is not counted.
pub fn most_memory(run: impl FnOnce()) -> Option<f64> {
    let pages = || core::arch::wasm32::memory_size::<0>();
    let before = pages();
    run();
    Some((pages() - before) as f64 / 16.0)
}
