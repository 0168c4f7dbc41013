//! What was given, before anybody knows what it is.

use std::cell::OnceCell;
use std::ops::Range;

use super::Incoming;
use super::claim::{Claim, Content, names, surest};
use crate::diagnostic::Diagnostic;
use crate::import::{self, Certainty, File, Format, ImportError, Imported, OTHER_FILES, only_text, refusal};
use crate::share::{self, PayloadKind};
use crate::zip;

/// The most bytes that are read at once, of all files together, packed or not.
pub const MAX_BYTES: usize = 32 << 20;
/// The most files that are read at once.
pub const MAX_FILES: usize = 2_000;

/// Files and folders that are skipped: nobody keeps plans there, and they are large.
pub const IGNORED: [&str; 4] = [".git", "node_modules", "__MACOSX", ".DS_Store"];

/// Whether a file of a folder or archive is skipped. `path` is below the folder, with `/` between names.
pub fn is_ignored(path: &str) -> bool {
    path.split('/').any(|name| IGNORED.contains(&name))
}

/// A paste, a file, several files, a folder or a zip archive. What it is gets found out once, when it is
/// first asked.
#[derive(Debug, Default)]
pub struct Input {
    /// Name or path, and content.
    given: Vec<(String, Vec<u8>)>,
    /// The size of all files, if they were too much to read and only their names were given.
    unread: Option<usize>,
    files: OnceCell<Result<Vec<File>, ImportError>>,
    claim: OnceCell<Option<Claim>>,
}

/// Two inputs are equal if the same was given.
impl PartialEq for Input {
    fn eq(&self, other: &Input) -> bool {
        self.given == other.given
    }
}

impl Eq for Input {}

/// What was found out is not copied.
impl Clone for Input {
    fn clone(&self) -> Input {
        Input { unread: self.unread, ..Input::files(self.given.clone()) }
    }
}

impl Input {
    /// A pasted text.
    pub fn paste(text: impl Into<Vec<u8>>) -> Input {
        Input::files(vec![(String::new(), text.into())])
    }

    /// Files, each with its name, or with its path below the folder that was given.
    pub fn files(given: Vec<(String, Vec<u8>)>) -> Input {
        Input { given, ..Input::default() }
    }

    /// Names of files that were not read, since they have so many bytes in all or are too many.
    pub fn names(names: Vec<String>, bytes: usize) -> Input {
        let given = names.into_iter().map(|name| (name, Vec::new())).collect();
        Input { unread: Some(bytes), ..Input::files(given) }
    }

    /// The size of all files, if only their names were given.
    pub fn unread(&self) -> Option<usize> {
        self.unread
    }

    /// That the files were too much to read, in a sentence; `None` if they were read.
    pub fn is_too_much(&self) -> Option<String> {
        self.unread.map(|bytes| too_much(self.given.iter().map(|(name, _)| name.as_str()), bytes))
    }

    /// What was given: names or paths, and contents.
    pub fn given(&self) -> &[(String, Vec<u8>)] {
        &self.given
    }

    /// What to call it in sentences, if it is a single file with a name.
    pub fn name(&self) -> Option<&str> {
        match &self.given[..] {
            [(name, _)] => Some(name.as_str()).filter(|name| !name.is_empty()),
            _ => None,
        }
    }

    /// What it is taken for.
    ///
    /// # Errors
    ///
    /// If an archive can't be unpacked, or no format claims any of the files.
    pub fn claim(&self) -> Result<&Claim, ImportError> {
        let files = self.unpacked()?;
        let claim = self
            .claim
            .get_or_init(|| if self.unread.is_some() { names(files) } else { surest(files) })
            .as_ref();
        if let (None, Some(sentence)) = (claim, self.is_too_much()) {
            return Err(ImportError::new(sentence));
        }
        claim.ok_or_else(|| self.named(refusal(files), files, &(0..files.len())))
    }

    /// Whether a link is read out of it, so that the coder should be there; see [`crate::share::coder`].
    pub fn needs_coder(&self) -> bool {
        let content = self.claim().map(|claim| &claim.content);
        matches!(content, Ok(Content::Links(links)) if matches!(links.first(), Some(Ok(_))))
    }

    /// Names and records, if it is an archive of documents.
    pub fn records(&self) -> Option<&[(String, String)]> {
        match self.claim().map(|claim| &claim.content) {
            Ok(Content::Archive(records)) => Some(records),
            _ => None,
        }
    }

    /// Reads it as what it is taken for.
    ///
    /// # Errors
    ///
    /// If nothing can be read; the sentence says why and what to do.
    pub fn read(&self) -> Result<Incoming, ImportError> {
        let claim = self.claim()?;
        let files = self.unpacked()?;
        let read = match &claim.content {
            Content::Plan(format) => return self.read_part(format, &claim.files).map(Incoming::Plan),
            Content::Archive(records) => Ok(Incoming::Archive(records.clone())),
            Content::Evidence(known) => known.clone().map(Incoming::Evidence).map_err(ImportError::new),
            Content::Events => {
                let texts = files[claim.files.clone()].iter().filter_map(|file| file.text().ok());
                Ok(Incoming::Reply(share::lines_of(&texts.collect::<String>())))
            }
            Content::Links(links) => match links.first() {
                Some(Ok(found)) if found.kind == PayloadKind::Review => {
                    Ok(Incoming::Reply(share::events_of(links)))
                }
                Some(Ok(found)) => share::open_found(found).map(Incoming::Shared),
                Some(Err(refused)) => Err(*refused),
                None => Err(share::OpenError::NoLink),
            }
            .map_err(|refused| ImportError::new(refused.to_string())),
        };
        read.map_err(|error| self.named(error, files, &claim.files))
    }

    /// Reads it in a format that a person names: all files together or the one that fits best.
    ///
    /// # Errors
    ///
    /// If no file can be read in this format.
    pub fn read_as(&self, format: &Format) -> Result<Imported, ImportError> {
        let part = self.part_for(format, self.unpacked()?);
        self.read_part(format, &part)
    }

    /// How sure a format is that it can read this, all files together or the one that fits best.
    pub fn certainty(&self, format: &Format) -> Certainty {
        let Ok(files) = self.unpacked() else { return Certainty::No };
        (format.recognise)(&files[self.part_for(format, files)])
    }

    /// The text that this format reads, if it is that of a single file: the one whose lines its notes name.
    pub fn text_for(&self, format: &Format) -> Option<&str> {
        let files = self.unpacked().ok()?;
        only_text(&files[self.part_for(format, files)]).map(|(_, text)| text)
    }

    /// The files that fit a format best: those that it claims, else all of them together or a single one.
    fn part_for(&self, format: &Format, files: &[File]) -> Range<usize> {
        if let Ok(claim) = self.claim()
            && claim.content.id() == format.id
        {
            return claim.files.clone();
        }
        let whole = 0..files.len();
        if files.len() == 1 {
            return whole;
        }
        let alone = (0..files.len()).map(|at| at..at + 1);
        let parts = std::iter::once(whole.clone()).chain(alone);
        let certainty = |part: &Range<usize>| (format.recognise)(&files[part.clone()]).rank();
        // Of equals `max_by_key` takes the last one.
        parts.rev().max_by_key(certainty).unwrap_or(whole)
    }

    /// What to call it, for a sentence about all that was given; empty for a paste.
    pub fn title(&self) -> String {
        let folder =
            |(path, _): &(String, Vec<u8>)| path.split_once('/').map(|(folder, _)| folder.to_owned());
        match &self.given[..] {
            [] => String::new(),
            [first, rest @ ..] => match folder(first) {
                Some(name) if rest.iter().all(|file| folder(file).as_ref() == Some(&name)) => name,
                _ if rest.is_empty() => first.0.clone(),
                _ => format!("{} files", self.given.len()),
            },
        }
    }

    /// Reads some of the files, and says so if there are others.
    fn read_part(&self, format: &Format, part: &Range<usize>) -> Result<Imported, ImportError> {
        let files = self.unpacked()?;
        let read = import::read(format, &files[part.clone()]);
        let mut imported = read.map_err(|error| self.named(error, files, part))?;
        if part.len() < files.len() {
            let names: Vec<&str> = files[part.clone()].iter().map(|file| file.path.as_str()).collect();
            let rest = files.len() - part.len();
            let (others, were) = if rest == 1 { ("file", "was") } else { ("files", "were") };
            let message = format!("Read from {}; {rest} other {others} {were} not.", names.join(", "));
            imported.notes.insert(0, OTHER_FILES.says(&message));
            imported.notes.extend(other_plans(files, part));
        }
        Ok(imported)
    }

    /// The files, out of the archives among what was given.
    fn unpacked(&self) -> Result<&[File], ImportError> {
        let files = self.files.get_or_init(|| unpack(&self.given, self.unread.is_some()));
        files.as_deref().map_err(ImportError::clone)
    }

    /// The error with the name of the archive and of the file that it is about.
    fn named(&self, error: ImportError, files: &[File], part: &Range<usize>) -> ImportError {
        let file = match &files[part.clone()] {
            [file] => error.about(&file.path),
            _ => error,
        };
        match self.name() {
            Some(name) if files.len() != 1 || files[0].path != name => file.about(name),
            _ => file,
        }
    }
}

/// A note that names other files which surely are plans too.
fn other_plans(files: &[File], part: &Range<usize>) -> Option<Diagnostic> {
    let is_plan = |at: &usize| {
        let claim = import::surest(std::slice::from_ref(&files[*at]));
        matches!(claim, Some((_, Certainty::Sure(_))))
    };
    let others = (0..files.len()).filter(|at| !part.contains(at)).filter(is_plan);
    let names: Vec<&str> = others.take(5).map(|at| files[at].path.as_str()).collect();
    (!names.is_empty()).then(|| {
        OTHER_FILES
            .says(&format!("There are plans in these files too: {}. Open each separately.", names.join(", ")))
    })
}

fn unpack(given: &[(String, Vec<u8>)], are_names: bool) -> Result<Vec<File>, ImportError> {
    let mut files: Vec<File> = Vec::new();
    let mut in_archives = (0, 0);
    for (name, content) in given {
        if content.starts_with(zip::START) {
            if content.len() > MAX_BYTES {
                return Err(ImportError::new(too_much([name.as_str()].into_iter(), content.len())));
            }
            let limits = zip::Limits { files: MAX_FILES, bytes: MAX_BYTES };
            let unpacked = zip::read(content, limits, |path| !is_ignored(path));
            let unpacked = unpacked.map_err(|error| ImportError::new(error.to_string()).about(name))?;
            if unpacked.iter().any(|(path, _)| path == "[Content_Types].xml") {
                let message = "This is an office document, not a plan. Open a text file with the tasks.";
                return Err(ImportError::new(message).about(name));
            }
            // After each, since many small archives may unpack to much.
            in_archives.0 += unpacked.len();
            in_archives.1 += unpacked.iter().map(|(_, content)| content.len()).sum::<usize>();
            if in_archives.0 > MAX_FILES || in_archives.1 > MAX_BYTES {
                return Err(ImportError::new(format!(
                    "These zip archives unpack to more than {MAX_FILES} files or {} MB in all. Choose only the one with \
                     the plan.",
                    MAX_BYTES >> 20
                )));
            }
            files.extend(unpacked.into_iter().map(|(path, content)| File::new(path, content)));
        } else {
            files.push(File::new(name.as_str(), content.as_slice()));
        }
    }
    let bytes = files.iter().map(|file| file.bytes.len()).sum::<usize>();
    if !are_names && files.len() > MAX_FILES || bytes > MAX_BYTES {
        return Err(ImportError::new(too_much(files.iter().map(|file| file.path.as_str()), bytes)));
    }
    // The order in which a folder is listed differs between systems.
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// A sentence about more than is read at once: files with these names and so many bytes in all.
pub fn too_much<'a>(mut names: impl ExactSizeIterator<Item = &'a str>, bytes: usize) -> String {
    let what = match (names.len(), names.next()) {
        (1, Some(name)) => format!("{name} has"),
        (count, _) => format!("These {count} files have"),
    };
    // The command line reads no further than to know that it is too much.
    let size = match bytes {
        bytes if bytes == MAX_BYTES + 1 => format!("more than {}", MAX_BYTES >> 20),
        bytes => bytes.div_ceil(1 << 20).to_string(),
    };
    format!(
        "{what} {size} MB, and up to {MAX_FILES} files with {} MB in all are read at once. Nothing was opened; \
         choose only the folder or the file with the plan.",
        MAX_BYTES >> 20
    )
}
