//! The platform interface for native programs.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The command-line arguments.
pub fn arguments() -> Vec<String> {
    std::env::args().skip(1).collect()
}

/// The text of a file, or the reason why it can't be read.
pub fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))
}

/// A file, or all files of a folder and its subfolders, with their paths below it.
pub fn files(path: &Path) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut found = Vec::new();
    let mut waiting = vec![path.to_owned()];
    while let Some(next) = waiting.pop() {
        let failed = |error: std::io::Error| format!("{} can't be read: {error}.", next.display());
        if next.is_dir() {
            for entry in std::fs::read_dir(&next).map_err(failed)? {
                waiting.push(entry.map_err(failed)?.path());
            }
        } else {
            let below = next.strip_prefix(path).ok().filter(|below| !below.as_os_str().is_empty());
            let name = below.unwrap_or_else(|| Path::new(next.file_name().unwrap_or_default()));
            found.push((name.to_string_lossy().into_owned(), std::fs::read(&next).map_err(failed)?));
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a line.
pub fn say(line: &str) {
    println!("{line}");
}

/// Prints the reason why nothing was measured.
pub fn fail(message: &str) -> ExitCode {
    eprintln!("{message}");
    ExitCode::FAILURE
}

/// Processor time of this process since it started.
pub fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Counts allocations to find the peak. Counting takes time, so it is off when time is measured.
#[cfg(feature = "memory")]
#[global_allocator]
static HEAP: peak_alloc::PeakAlloc = peak_alloc::PeakAlloc;

/// Peak memory while this runs, minus the memory in use before, in MiB.
#[cfg(feature = "memory")]
pub fn most_memory(run: impl FnOnce()) -> Option<f64> {
    let before = HEAP.current_usage_as_mb();
    HEAP.reset_peak_usage();
    run();
    Some(f64::from(HEAP.peak_usage_as_mb() - before))
}

/// Memory is not counted in this build.
#[cfg(not(feature = "memory"))]
pub fn most_memory(_: impl FnOnce()) -> Option<f64> {
    None
}
