//! The file of events beside a plan. Lines are only ever added to it: those that are there stay as they are,
//! byte for byte, whether they are understood or not.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use phaseplan::events::{Added, EventBody, Log, MAX_EVENT};

use super::arguments::CallError;
use super::terminal::printable;

/// Files with more bytes are refused. They are read line by line, so this limits time, not memory.
const MAX_FILE: u64 = 1 << 30;
/// The most bytes of a line that are looked at. An event has at most half as many; the rest may be spaces.
const MAX_LINE: u64 = 2 * MAX_EVENT as u64;
/// The most lines about which something is said.
const MOST_TOLD: usize = 20;

/// The file of events, locked against other calls until it is dropped.
pub struct EventFile {
    path: PathBuf,
    /// `None` if there is no such file.
    file: Option<File>,
    can_append: bool,
}

impl EventFile {
    /// Opens and locks the file. If it is going to be added to, no other call reads or writes it meanwhile.
    pub fn open(path: PathBuf, will_add: bool) -> Result<EventFile, CallError> {
        let mut can_append = will_add;
        let mut opened = OpenOptions::new().read(true).append(will_add).open(&path);
        if will_add && opened.as_ref().is_err_and(|error| error.kind() != ErrorKind::NotFound) {
            // Without the right to write, it may turn out that there is nothing to add.
            (opened, can_append) = (File::open(&path), false);
        }
        let file = match opened {
            Ok(file) => Some(file),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(&path, "read", &error)),
        };
        can_append &= file.is_some();
        if let Some(file) = &file {
            lock(file, can_append).map_err(|error| failed(&path, "locked", &error))?;
        }
        Ok(EventFile { path, file, can_append })
    }

    /// Adds the events in the file to a log. Returns a sentence for each line that is no event, and one for
    /// all others above a limit.
    pub fn read_into<B: EventBody>(&mut self, log: &mut Log<B>) -> Result<Vec<String>, CallError> {
        let Some(file) = &mut self.file else { return Ok(Vec::new()) };
        read_lines(file, log).map_err(|error| failed(&self.path, "read", &error))
    }

    /// Adds whole lines at the end, all or none of them.
    pub fn append(&mut self, lines: &str) -> Result<(), CallError> {
        let path = &self.path;
        let written = (|| {
            if !self.can_append {
                // A lock of this call would keep it waiting for itself.
                self.file = None;
                let file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
                lock(&file, true)?;
                (self.file, self.can_append) = (Some(file), true);
            }
            self.file.as_mut().map_or(Ok(()), |file| append(file, lines))
        })();
        written.map_err(|error| {
            let CallError { message, .. } = failed(path, "written", &error);
            CallError::new(format!("{message} Nothing was added to it."))
        })
    }
}

/// The file of events beside a plan: `a/plan.phaseplan.md` → `a/plan.reviews.jsonl` for the kind `reviews`.
pub fn beside(plan: &Path, kind: &str) -> PathBuf {
    let mut stem = plan.to_owned();
    let ends_in = |path: &Path, endings: &[&str]| {
        path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known))
    };
    if ends_in(&stem, &["md", "json"]) {
        stem.set_extension("");
        if ends_in(&stem, &["phaseplan"]) {
            stem.set_extension("");
        }
    } else if ends_in(&stem, &["txt"]) {
        stem.set_extension("");
    }
    let mut name = stem.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{kind}.jsonl"));
    stem.with_file_name(name)
}

fn failed(path: &Path, done: &str, error: &io::Error) -> CallError {
    let path = path.to_string_lossy();
    CallError::new(format!("`{}` can't be {done}: {error}.", printable(&path)))
}

/// Waits for other calls. Goes on without a lock where there are none: a line is still written at once.
fn lock(file: &File, is_exclusive: bool) -> io::Result<()> {
    let locked = if is_exclusive { file.lock() } else { file.lock_shared() };
    match locked {
        Err(error) if error.kind() == ErrorKind::Unsupported => Ok(()),
        other => other,
    }
}

fn read_lines<B: EventBody>(file: &mut File, log: &mut Log<B>) -> io::Result<Vec<String>> {
    let (mut told, mut others) = (Vec::new(), 0);
    let mut reader = BufReader::new(file.take(MAX_FILE + 1));
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let is_cut = line.len() as u64 == MAX_LINE && line.last() != Some(&b'\n');
        if is_cut {
            reader.skip_until(b'\n')?;
        }
        let why = match (is_cut, str::from_utf8(&line)) {
            (true, _) => format!("is larger than {MAX_EVENT} bytes"),
            (false, Err(_)) => "is not UTF-8".to_owned(),
            (false, Ok(line)) => match log.read_line(line) {
                Some(Added::Refused(why)) => why,
                _ => continue,
            },
        };
        if told.len() < MOST_TOLD {
            told.push(format!("Line {number}: the event {why}. The line stays in the file."));
        } else {
            others += 1;
        }
    }
    if reader.into_inner().limit() == 0 {
        return Err(io::Error::other(format!("it has more than {} MB. Nothing was changed", MAX_FILE >> 20)));
    }
    if others > 0 {
        told.push(format!("{others} more lines are no events that can be read. They stay in the file."));
    }
    Ok(told)
}

/// Writes all lines at once, and takes back what was written if that fails.
fn append(file: &mut File, lines: &str) -> io::Result<()> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut last = [b'\n'];
    if length > 0 {
        // An editor or a call that was killed may have left a line without its end.
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
    }
    let gap = if last == [b'\n'] { "" } else { "\n" };
    let is_file = file.metadata()?.is_file();
    let written = file.write_all([gap, lines].concat().as_bytes());
    // Some disks tell only now that they are full.
    let written = written.and_then(|()| if is_file { file.sync_data() } else { Ok(()) });
    if written.is_err() && is_file {
        // If this fails too, the rest of a line is left, which is skipped when the file is read.
        let _ = file.set_len(length);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_stand_beside_the_plan() {
        for (plan, events) in [
            ("a/plan.phaseplan.md", "a/plan.reviews.jsonl"),
            ("plan.phaseplan.json", "plan.reviews.jsonl"),
            ("plan.md", "plan.reviews.jsonl"),
            ("plan.phaseplan.txt", "plan.phaseplan.reviews.jsonl"),
            ("a.b/plan", "a.b/plan.reviews.jsonl"),
            ("v1.2", "v1.2.reviews.jsonl"),
        ] {
            assert_eq!(beside(Path::new(plan), "reviews"), Path::new(events));
        }
    }
}
