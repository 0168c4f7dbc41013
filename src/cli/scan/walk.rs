//! Walks through the folders of a repository and reads its files.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};
use phaseplan::evidence::{LeftOut, MAX_FILES, NAME, is_usable};
use phaseplan::incoming::IGNORED;
use phaseplan::scan::{Contents, Interest, MAX_BYTES, interest};

/// The most threads. Reading waits for the disk more than it computes.
const MOST_THREADS: usize = 8;

/// The most files that are listed before the limit of the evidence is applied.
const MOST_LISTED: usize = 4 * MAX_FILES;

/// How many bytes of a file of settings are read.
const MAX_SETTINGS: usize = 1 << 20;

/// What the walk finds at one place.
enum Found {
    /// A file, by its path below the root.
    File(String),
    /// A name that is no text.
    Name,
    /// A folder that can't be read.
    Unreadable,
}

/// The files below a folder with what each says, and what was left out. Leaves out what `.gitignore` names; follows no
/// links.
pub fn files(root: &Path) -> (Vec<(String, Contents)>, LeftOut) {
    let (paths, mut left_out) = listed(root);
    let threads = threads();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next, paths) = (send.clone(), &next, &paths);
            scope.spawn(move || {
                while let Some(path) = paths.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                    // The receiver outlives the threads.
                    let _ = send.send((path.clone(), contents(root, path)));
                }
            });
        }
        drop(send);
    });
    let mut files = Vec::with_capacity(paths.len());
    for (path, contents) in receive {
        left_out.unreadable += usize::from(contents.is_none());
        files.push((path, contents.unwrap_or_default()));
    }
    (files, left_out)
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |count| count.get().min(MOST_THREADS))
}

/// The paths of all files, sorted, up to the limit.
fn listed(root: &Path) -> (Vec<String>, LeftOut) {
    let walk = WalkBuilder::new(root)
        .hidden(false)
        .ignore(false)
        // What only this machine ignores would make the evidence differ from that of others.
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .follow_links(false)
        .threads(threads())
        .filter_entry(|entry| !IGNORED.iter().any(|name| entry.file_name() == *name))
        .build_parallel();
    let (send, receive) = mpsc::sync_channel(4_096);
    let mut left_out = LeftOut::default();
    let mut paths = Vec::new();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            walk.run(|| {
                let send = send.clone();
                Box::new(move |entry| {
                    let found = found(root, entry);
                    match found.is_none_or(|found| send.send(found).is_ok()) {
                        true => WalkState::Continue,
                        false => WalkState::Quit,
                    }
                })
            });
        });
        for found in receive {
            match found {
                Found::File(path) if paths.len() < MOST_LISTED => paths.push(path),
                Found::File(_) => left_out.files += 1,
                Found::Name => left_out.names += 1,
                Found::Unreadable => left_out.unreadable += 1,
            }
        }
    });
    paths.sort_unstable();
    left_out.files += paths.len().saturating_sub(MAX_FILES);
    paths.truncate(MAX_FILES);
    (paths, left_out)
}

fn found(root: &Path, entry: Result<DirEntry, ignore::Error>) -> Option<Found> {
    let Ok(entry) = entry else { return Some(Found::Unreadable) };
    if !entry.file_type().is_some_and(|kind| kind.is_file()) {
        return None;
    }
    let inner: PathBuf = entry.path().strip_prefix(root).ok()?.components().collect();
    let names: Option<Vec<&str>> = inner.iter().map(|name| name.to_str()).collect();
    let path = names.map(|names| names.join("/")).filter(|path| is_usable(path));
    match path {
        // The evidence itself is none.
        Some(path) if path == NAME => None,
        Some(path) => Some(Found::File(path)),
        None => Some(Found::Name),
    }
}

/// What a file says; `None` if it can't be read.
fn contents(root: &Path, path: &str) -> Option<Contents> {
    let limit = match interest(path) {
        Interest::Nothing => return Some(Contents::default()),
        Interest::Source => MAX_BYTES,
        Interest::Settings => MAX_SETTINGS,
    };
    let mut bytes = Vec::new();
    let file = File::open(root.join(path)).ok()?;
    file.take(limit as u64).read_to_end(&mut bytes).ok()?;
    Some(Contents::read(path, &bytes))
}
