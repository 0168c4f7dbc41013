//! Zip archives: files that come in together, and sets of files that go out.
//!
//! An archive may come from a stranger: sizes are checked before and while something is unpacked, and a path
//! that leads out of the archive is refused. Absent on purpose: encrypted archives, and archives inside
//! archives.

use std::fmt;
use std::io::Write;

use rawzip::{CompressionMethod, ZipArchive, ZipArchiveWriter};

use crate::relative_path;

/// How an archive begins.
pub const START: &[u8] = b"PK\x03\x04";

/// The most that is unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Number of files.
    pub files: usize,
    /// Bytes of all files together.
    pub bytes: usize,
}

/// Why an archive can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZipError {
    /// It is cut off, or its checksums are wrong.
    Damaged,
    /// It holds more files than this.
    TooManyFiles(usize),
    /// It unpacks to more bytes than this.
    TooLarge(usize),
    /// A path leads out of the archive.
    LeadsOut(String),
    /// A file is encrypted.
    Encrypted(String),
    /// A file is packed in a way that is not known.
    UnknownMethod(String),
}

impl fmt::Display for ZipError {
    /// What is wrong and what to do, in sentences.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ZipError::Damaged => f.write_str("This zip archive is damaged or cut off. Get it again."),
            ZipError::TooManyFiles(most) => write!(
                f,
                "This zip archive holds more than {most} files. Pack only the folder with the plan."
            ),
            ZipError::TooLarge(most) => write!(
                f,
                "This zip archive unpacks to more than {} MB, so it was not opened. Pack only the folder \
                 with the plan.",
                most >> 20
            ),
            ZipError::LeadsOut(path) => write!(
                f,
                "This zip archive names a file outside itself (`{path}`), as no honest program does, so it \
                 was not opened."
            ),
            ZipError::Encrypted(path) => {
                write!(f, "`{path}` in this zip archive is encrypted. Unpack it, and open the files.")
            }
            ZipError::UnknownMethod(path) => write!(
                f,
                "`{path}` in this zip archive is compressed in an unusual way. Unpack it, and open the files."
            ),
        }
    }
}

impl std::error::Error for ZipError {}

impl From<rawzip::Error> for ZipError {
    fn from(_: rawzip::Error) -> ZipError {
        ZipError::Damaged
    }
}

/// Path and content of every file for which `is_wanted` says so, in the order of the archive. What is not
/// wanted counts for no limit and is not unpacked. Linear in the bytes of the archive and of what is
/// unpacked.
///
/// # Errors
///
/// If the bytes are no archive, a name leads out of it, or more is unpacked than the limits allow.
pub fn read(
    archive: &[u8],
    limits: Limits,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<(String, Vec<u8>)>, ZipError> {
    let archive = ZipArchive::from_slice(archive)?;
    let mut entries = archive.entries();
    let mut files = Vec::new();
    let mut bytes_left = limits.bytes;
    while let Some(entry) = entries.next_entry()? {
        // Old programs for Windows write `\`, and some programs begin with `./`.
        let written = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
        let path = written.strip_prefix("./").unwrap_or(&written);
        let is_folder = path.is_empty() || path.ends_with('/');
        if !relative_path::is_inside(path.trim_end_matches('/')) && !path.is_empty() {
            return Err(ZipError::LeadsOut(written));
        }
        if is_folder || !is_wanted(path) {
            continue;
        }
        if files.len() == limits.files {
            return Err(ZipError::TooManyFiles(limits.files));
        }
        let size = usize::try_from(entry.uncompressed_size_hint()).unwrap_or(usize::MAX);
        bytes_left = bytes_left.checked_sub(size).ok_or(ZipError::TooLarge(limits.bytes))?;
        if entry.flags().is_encrypted() {
            return Err(ZipError::Encrypted(written));
        }
        let packed = archive.get_entry(entry.wayfinder())?.data();
        let content = match entry.compression_method() {
            CompressionMethod::STORE => packed.to_vec(),
            // Stops at the size that the archive announces, which was checked above.
            CompressionMethod::DEFLATE => miniz_oxide::inflate::decompress_to_vec_with_limit(packed, size)
                .map_err(|_| ZipError::Damaged)?,
            _ => return Err(ZipError::UnknownMethod(written)),
        };
        if content.len() != size || rawzip::crc32(&content) != entry.crc32() {
            return Err(ZipError::Damaged);
        }
        files.push((path.to_owned(), content));
    }
    Ok(files)
}

/// An archive of these files, given as path and text, not compressed. The same files give the same bytes.
pub fn write<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (path, text) in files {
        // Fails only if memory does, or for a path of more than 64 kB.
        let _ = write_file(&mut archive, path, text);
    }
    archive.finish().unwrap_or_default()
}

fn write_file(archive: &mut ZipArchiveWriter<Vec<u8>>, path: &str, text: &str) -> Result<(), rawzip::Error> {
    let (mut entry, config) = archive.new_file(path).start()?;
    let mut writer = config.wrap(&mut entry);
    writer.write_all(text.as_bytes()).map_err(rawzip::Error::from)?;
    let (_, descriptor) = writer.finish()?;
    entry.finish(descriptor)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits = Limits { files: 3, bytes: 1_000 };

    /// What is read from an archive, as path and length of each file, or why it is not.
    #[track_caller]
    fn check(archive: &[u8], expected: &str) {
        let found = match read(archive, LIMITS, |path| !path.starts_with(".git/")) {
            Ok(files) => {
                let shown = files.iter().map(|(path, content)| format!("{path}:{}", content.len()));
                shown.collect::<Vec<_>>().join(" ")
            }
            Err(error) => error.to_string(),
        };
        assert!(found.contains(expected), "{found:?} should contain {expected:?}");
    }

    /// An archive with one file that is compressed and announces a size.
    fn deflated(path: &str, content: &[u8], announced: usize) -> Vec<u8> {
        let packed = miniz_oxide::deflate::compress_to_vec(content, 6);
        let mut local = START.to_vec();
        let sizes = |bytes: &mut Vec<u8>| {
            bytes.extend(rawzip::crc32(content).to_le_bytes());
            bytes.extend((packed.len() as u32).to_le_bytes());
            bytes.extend((announced as u32).to_le_bytes());
            bytes.extend((path.len() as u16).to_le_bytes());
            bytes.extend([0, 0]);
        };
        local.extend([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
        sizes(&mut local);
        local.extend(path.bytes());
        local.extend(&packed);
        let mut central = b"PK\x01\x02".to_vec();
        central.extend([20, 0, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
        sizes(&mut central);
        central.extend([0; 14]);
        central.extend(path.bytes());
        let mut end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0".to_vec();
        end.extend((central.len() as u32).to_le_bytes());
        end.extend((local.len() as u32).to_le_bytes());
        end.extend([0, 0]);
        [local, central, end].concat()
    }

    #[test]
    fn files_come_back_and_the_same_files_give_the_same_archive() {
        let files = [("a.md", "- T1 a\n"), ("specs/b ä.md", ""), (".git/HEAD", "x")];
        check(&write(files), "a.md:7 specs/b ä.md:0");
        assert_eq!(write(files), write(files));
        check(&deflated("./tasks\\a.md", &[b'a'; 900], 900), "tasks/a.md:900");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let megabyte = vec![0; 1 << 20];
        // One that announces its size, and ones that lie about it.
        check(&deflated("a", &megabyte, 1 << 20), "unpacks to more than 0 MB");
        check(&deflated("a", &megabyte, 900), "damaged");
        check(&deflated("a", &megabyte, 0), "damaged");
        check(&deflated("a", b"abc", 900), "damaged");
        check(&write([("a", "x".repeat(600).as_str()), ("b", &"x".repeat(600))]), "unpacks to more");
        check(&write([("1", ""), ("2", ""), ("3", ""), ("4", "")]), "more than 3 files");
    }

    #[test]
    fn a_path_that_leads_out_is_refused() {
        for path in ["../a.md", "a/../../b.md", "/etc/passwd", "C:/a.md", "..\\a.md"] {
            check(&deflated(path, b"- T1 a", 6), "names a file outside itself");
        }
    }

    #[test]
    fn what_is_damaged_is_refused() {
        let whole = write([("a.md", "- T1 a\n")]);
        for length in 0..whole.len() {
            check(&whole[..length], "damaged");
        }
        let mut changed = whole.clone();
        let at = whole.windows(6).position(|part| part == b"- T1 a").expect("it is stored");
        changed[at] = b'*';
        check(&changed, "damaged");
    }
}
