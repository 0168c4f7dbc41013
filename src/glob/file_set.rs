//! Lists of entries that name files or exclude them.

use super::entry::{self, Entry};
use super::pattern::Pattern;
use super::reading::PatternError;
use super::{Effort, Overlap, intersects, outside};

/// The files that a list of patterns describes: those that match a pattern, and no pattern that begins with
/// `!`.
///
/// The order of the list doesn't matter: excluded files stay excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    includes: Vec<Member>,
    excludes: Vec<Member>,
}

/// A pattern of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Position in the list, from 0.
    pub position: usize,
    /// The pattern: what [`Entry::read`] makes of the entry, without the `!`.
    pub pattern: Pattern,
}

/// An entry that can't be read. The set ignores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberError {
    /// Position in the list, from 0.
    pub position: usize,
    /// The error. Its column counts from the start of the entry.
    pub error: PatternError,
    /// What was probably meant.
    pub instead: Instead,
}

/// What was probably meant by an entry that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instead {
    /// That is not known.
    Unknown,
    /// No files: the entry is a placeholder.
    Nothing,
    /// These entries.
    Entries(Vec<String>),
}

impl FileSet {
    /// Reads a list as plans mean it; see [`Entry`] and [`super::Reading::Plan`].
    pub fn parse(entries: &[impl AsRef<str>]) -> (FileSet, Vec<MemberError>) {
        let mut set = FileSet::default();
        let mut errors = Vec::new();
        for (position, written) in entries.iter().enumerate() {
            match parse_entry(written.as_ref()) {
                Ok((true, pattern)) => set.excludes.push(Member { position, pattern }),
                Ok((false, pattern)) => set.includes.push(Member { position, pattern }),
                Err((error, instead)) => errors.push(MemberError { position, error, instead }),
            }
        }
        (set, errors)
    }

    /// The patterns that add files, in list order.
    pub fn includes(&self) -> &[Member] {
        &self.includes
    }

    /// The patterns that exclude files, in list order.
    pub fn excludes(&self) -> &[Member] {
        &self.excludes
    }

    /// All patterns, those that add files first.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.includes.iter().chain(&self.excludes)
    }

    /// Reads the pattern at this position as everything below its path; if it has several, as its paths and
    /// everything below them.
    pub fn read_as_folder(&mut self, position: usize) {
        let members = self.includes.iter_mut().chain(&mut self.excludes);
        for member in members.filter(|member| member.position == position) {
            member.pattern = match member.pattern.path() {
                Some(_) => member.pattern.below(),
                None => member.pattern.or_below(),
            };
        }
    }

    /// Reads the pattern at this position, if it adds files, as its paths and everything below them.
    pub fn include_below(&mut self, position: usize) {
        for member in self.includes.iter_mut().filter(|member| member.position == position) {
            member.pattern = member.pattern.or_below();
        }
    }

    /// Whether the path is in the set.
    pub fn matches(&self, path: &str) -> bool {
        let path = Pattern::literal(path);
        let is_in = |members: &[Member]| members.iter().any(|one| intersects(&one.pattern, &path));
        is_in(&self.includes) && !is_in(&self.excludes)
    }

    /// A path in both sets, or `None` if there is none. See [`super::overlap_outside`] for how exact that is.
    ///
    /// Prefers a path that one of the lists spells out, since it most likely exists; then the order of the
    /// lists decides. Takes O(n·m) comparisons for n and m patterns.
    pub fn overlap(&self, other: &FileSet) -> Option<Overlap> {
        self.overlap_within(other, &mut Effort::new(usize::MAX))
    }

    /// Like [`FileSet::overlap`], within a limit. `None` if the limit is reached before a path is found.
    pub fn overlap_within(&self, other: &FileSet, effort: &mut Effort) -> Option<Overlap> {
        let excludes: Vec<&Pattern> =
            self.excludes.iter().chain(&other.excludes).map(|member| &member.pattern).collect();
        let mut first: Option<Overlap> = None;
        for left in &self.includes {
            for right in &other.includes {
                let spelled_out = left.pattern.path().is_some() || right.pattern.path().is_some();
                if first.is_some() && !spelled_out {
                    continue;
                }
                if !effort.compare(&left.pattern, &right.pattern) {
                    return first;
                }
                if !intersects(&left.pattern, &right.pattern) {
                    continue;
                }
                if !spelled_out && !effort.find_shortest(&left.pattern, &right.pattern) {
                    return first;
                }
                let witness =
                    outside::overlap_outside_within(&left.pattern, &right.pattern, &excludes, effort);
                let Some(witness) = witness else { continue };
                let overlap = Overlap { witness, left: left.position, right: right.position };
                if spelled_out {
                    return Some(overlap);
                }
                first = Some(overlap);
            }
        }
        first
    }
}

/// Reads one entry. Also returns whether it excludes its files.
fn parse_entry(written: &str) -> Result<(bool, Pattern), (PatternError, Instead)> {
    let read = match Entry::read(written) {
        Entry::Files(read) => read,
        Entry::Placeholder => return Err((entry::placeholder_error(written), Instead::Nothing)),
        Entry::Other { message, meant } => {
            let instead = if meant.is_empty() { Instead::Unknown } else { Instead::Entries(meant) };
            return Err((PatternError::at(1, message), instead));
        }
    };
    let (excludes, text) = match read.strip_prefix('!') {
        Some(rest) if !rest.starts_with('(') => (true, rest),
        _ => (false, &*read),
    };
    let pattern = Pattern::parse(text).map_err(|mut error| {
        let before = written.rfind(text).map_or(0, |at| written[..at].chars().count());
        error.column += before;
        (error, Instead::Unknown)
    })?;
    Ok((excludes, pattern))
}
