//! Lists of patterns, some of which exclude.

use super::pattern::{Pattern, PatternError};
use super::{Effort, Overlap, outside};

/// The files that a list of patterns describes: matched by one of them, and by none that begins with `!`.
///
/// The order of the list does not matter: what is excluded stays excluded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet {
    includes: Vec<Member>,
    excludes: Vec<Member>,
}

/// A pattern of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Where it stands in the list, counted from 0.
    pub position: usize,
    /// What it says, without the `!`.
    pub pattern: Pattern,
}

/// A pattern of a list that can't be read. It is left out of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberError {
    /// Where it stands in the list, counted from 0.
    pub position: usize,
    /// What is wrong; the column counts from the start of the text, `!` included.
    pub error: PatternError,
}

impl FileSet {
    /// Reads a list as a plan means it, see [`super::Reading::Plan`].
    pub fn parse(patterns: &[impl AsRef<str>]) -> (FileSet, Vec<MemberError>) {
        let mut set = FileSet::default();
        let mut errors = Vec::new();
        for (position, text) in patterns.iter().enumerate() {
            let (excludes, text) = match text.as_ref().strip_prefix('!') {
                Some(rest) if !rest.starts_with('(') => (true, rest),
                _ => (false, text.as_ref()),
            };
            match Pattern::parse(text) {
                Ok(pattern) if excludes => set.excludes.push(Member { position, pattern }),
                Ok(pattern) => set.includes.push(Member { position, pattern }),
                Err(mut error) => {
                    error.column += usize::from(excludes);
                    errors.push(MemberError { position, error });
                }
            }
        }
        (set, errors)
    }

    /// The patterns that add files, in the order of the list.
    pub fn includes(&self) -> &[Member] {
        &self.includes
    }

    /// The patterns that take files away again, in the order of the list.
    pub fn excludes(&self) -> &[Member] {
        &self.excludes
    }

    /// All patterns, first those that add files.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        self.includes.iter().chain(&self.excludes)
    }

    /// Reads the pattern at this place of the list as everything below its paths.
    pub fn read_as_folder(&mut self, position: usize) {
        let members = self.includes.iter_mut().chain(&mut self.excludes);
        for member in members.filter(|member| member.position == position) {
            member.pattern = member.pattern.below();
        }
    }

    /// Whether the path is in the set.
    pub fn matches(&self, path: &str) -> bool {
        let path = Pattern::literal(path);
        let is_in = |members: &[Member]| members.iter().any(|one| super::intersects(&one.pattern, &path));
        is_in(&self.includes) && !is_in(&self.excludes)
    }

    /// A path that is in both sets, or `None` if there is none. See [`super::overlap_outside`] for how exact that is.
    ///
    /// A path that one of the lists spells out is preferred, since it is most likely to exist; then the order of the lists
    /// decides. Takes O(n·m) comparisons for n and m patterns.
    pub fn overlap(&self, other: &FileSet) -> Option<Overlap> {
        self.overlap_within(other, &mut Effort::new(usize::MAX))
    }

    /// The same within a limit. Where that is used up before a path is found, the answer is `None`.
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
