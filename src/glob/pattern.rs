//! One pattern.

use std::borrow::Cow;
use std::fmt;

use super::name::{self, Shape};
use super::parse;

/// How many characters a pattern may have.
pub const MAX_CHARACTERS: usize = 512;

/// How to read what can be meant in two ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As a plan means it: `docs/` is everything below `docs`; `[id]` is one of the characters, and also the folder that
    /// web frameworks name so. Where both can be meant both are covered, because a conflict that is missed does more
    /// harm than one that is shown in vain.
    Plan,
    /// To the letter: `docs/` is the path `docs`, `[id]` one of the characters, and a `}` or `]` that closes nothing is that
    /// character.
    Strict,
}

/// One parsed pattern. Two patterns are equal if they were written the same.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: Box<str>,
    /// The names that every path begins with, each followed by `/`.
    lead: Box<str>,
    /// What may follow; empty if nothing does.
    tails: Box<[Box<[Segment]>]>,
}

/// One component of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Any number of names: `**`.
    Deep,
    /// Any name: `*`.
    Any,
    /// This very name.
    Literal(Box<str>),
    /// A name that one of the shapes describes; never empty.
    Glob(Box<[Shape]>),
}

/// Why a pattern can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternError {
    /// Position of the character at fault, counted in characters from 1.
    pub column: usize,
    /// What is wrong and what to write instead, as a sentence.
    pub message: String,
}

impl PatternError {
    pub(super) fn at(column: usize, message: impl Into<String>) -> PatternError {
        PatternError { column, message: message.into() }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for PatternError {}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text == other.text && self.lead == other.lead && self.tails == other.tails
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Reads a pattern as a plan means it; see [`Reading::Plan`].
    ///
    /// A pattern describes paths from the folder of the repository: names with `/` between them. A name is one or more
    /// characters other than `/` and `\`, and neither `.` nor `..`. Case matters, and characters are compared one by one:
    /// `é` as one character and as `e` with an accent are different.
    ///
    /// | written | matches |
    /// |---|---|
    /// | `src/app.rs` | that path |
    /// | `*` | any number of characters of a name, none included; also a dot at its start |
    /// | `?` | one character of a name |
    /// | `[a-z_]`, `[!a-z]`, `[^a-z]` | one character that is, or is not, among these; `]` first and `-` at an end stand for themselves |
    /// | `[id]` | one of the characters, and also the name `[id]` itself |
    /// | `{a,b}` | either; nests, may be empty (`a{,.test}.ts`) and may hold `/` (`{src,lib/core}/x`) |
    /// | `**` as a whole component | any number of names, none included |
    /// | `**` at the end | one name or more: `dir/**` is everything below `dir`, not `dir` itself |
    /// | `dir/` | everything below `dir` |
    /// | `[...slug]`, `[[...slug]]`, `[[lang]]` as a whole component | the folder of that name, as web frameworks write routes |
    ///
    /// `\` is read as `/`; a component `.` and doubled `/` are dropped. Everything else stands for itself.
    ///
    /// Errors name the column: an empty pattern, one that starts at the root of the disk or of a home folder, `..` as a
    /// component, `**` beside other characters, a brace or bracket without its partner, an alternative that leaves a
    /// component empty, `!(…)` and its kin, a control character, a space at either end, more than [`MAX_CHARACTERS`]
    /// characters, or braces that stand for more than 1,024 characters in all. A leading `!` is for a list of patterns
    /// to read, see [`super::FileSet`], and an error here.
    ///
    /// Takes O(n) time for n characters, braces written out.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        Pattern::parse_as(text, Reading::Plan)
    }

    /// Reads a pattern in one of two ways. See [`Pattern::parse`] for the language.
    pub fn parse_as(text: &str, reading: Reading) -> Result<Pattern, PatternError> {
        parse::parse(text, reading)
    }

    /// The pattern that matches just this path, whatever characters are in it but `\`, which is read as `/`. A leading `./`,
    /// doubled and trailing `/` are dropped; a path of no names matches nothing.
    pub fn literal(path: &str) -> Pattern {
        let mut lead = String::with_capacity(path.len() + 1);
        for name in path.split(['/', '\\']).filter(|name| !matches!(*name, "" | ".")) {
            lead.push_str(name);
            lead.push('/');
        }
        Pattern::with_lead(path, lead, Vec::new())
    }

    /// The pattern of everything below the paths of this one, written the same.
    pub fn below(&self) -> Pattern {
        let below = |tail: &[Segment]| [tail, &[Segment::Any, Segment::Deep]].concat().into_boxed_slice();
        Pattern::with_lead(&self.text, self.lead.to_string(), self.tails().map(below).collect())
    }

    /// A pattern of one or more alternatives.
    pub(super) fn new(text: &str, mut alternatives: Vec<Vec<Segment>>) -> Pattern {
        let is_literal = |segment: &&Segment| matches!(segment, Segment::Literal(_));
        let agree =
            |place: usize| alternatives.iter().all(|one| one.get(place) == alternatives[0].get(place));
        let literals = alternatives[0].iter().take_while(is_literal).count();
        let shared = (0..literals).take_while(|&place| agree(place)).count();
        let lead = lead(&alternatives[0][..shared]);
        let tails = alternatives.iter_mut().map(|one| one.split_off(shared).into());
        Pattern::with_lead(text, lead, tails.collect())
    }

    /// A pattern of which the lead is known. At the start of the tails there is no name that all of them share.
    pub(super) fn with_lead(text: &str, lead: String, tails: Vec<Box<[Segment]>>) -> Pattern {
        let tails = if tails.iter().all(|tail| tail.is_empty()) { Box::default() } else { tails.into() };
        Pattern { text: text.into(), lead: lead.into(), tails }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path that the pattern stands for, if it has no wildcards and no alternatives.
    pub fn path(&self) -> Option<&str> {
        if self.tails.is_empty() { self.lead.strip_suffix('/') } else { None }
    }

    /// The folders that paths are surely in: names without wildcards at the start of the pattern, each followed by `/`; for
    /// a path without wildcards its last name too. Two patterns can only match one path if the lead of one begins with
    /// that of the other.
    pub fn lead(&self) -> &str {
        &self.lead
    }

    /// What every path begins with that the pattern matches, each name of it that is whole followed by `/`; one text for
    /// each alternative that braces with `/` in them stand for. Two patterns can only match one path if a beginning of one
    /// of them begins with a beginning of the other.
    pub fn beginnings(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.tails().map(|tail| {
            let whole = lead(tail);
            let partial = match tail.iter().find(|segment| !matches!(segment, Segment::Literal(_))) {
                Some(Segment::Glob(shapes)) => name::shared_prefix(shapes),
                _ => String::new(),
            };
            match whole.is_empty() && partial.is_empty() {
                true => Cow::Borrowed(&*self.lead),
                false => Cow::Owned([&self.lead, whole.as_str(), &partial].concat()),
            }
        })
    }

    /// What the name at a place of every path surely ends with, backwards; the last name is at place 0. A name that is
    /// known whole has a `/` behind it there. Empty if nothing is known, as where `**` may stand. Two patterns can only match
    /// one path if, at every place, the text of one of them begins with that of the other.
    pub fn ending(&self, place: usize) -> String {
        let mut shared: Option<String> = None;
        for tail in self.tails() {
            let text = ending(&self.lead, tail, place);
            let shared = match &mut shared {
                None => shared.insert(text),
                Some(shared) => {
                    let agree = shared.char_indices().zip(text.chars()).find(|&((_, a), b)| a != b);
                    let shorter = shared.len().min(text.len());
                    shared.truncate(agree.map_or(shorter, |((at, _), _)| at));
                    shared
                }
            };
            if shared.is_empty() {
                break;
            }
        }
        shared.unwrap_or_default()
    }

    /// What may follow the lead; nothing, once, for a path without wildcards.
    pub(super) fn tails(&self) -> impl Iterator<Item = &[Segment]> {
        let nothing = self.tails.is_empty().then_some([].as_slice());
        self.tails.iter().map(|tail| &**tail).chain(nothing)
    }

    /// Calls `visit` with every folder that the pattern surely goes below, each followed by `/`, the innermost first; once it
    /// says no, the folders around that one are passed over. Folders behind braces, as in `{src,lib}/app.rs`, are
    /// among them, but for those of patterns with very many alternatives.
    pub fn folders(&self, mut visit: impl FnMut(&str) -> bool) {
        for tail in self.tails() {
            match tail.split_last() {
                None => visit_upwards(around(&self.lead), &mut visit),
                Some((_, inner)) => {
                    for folder in spelled_out(&self.lead, inner) {
                        visit_upwards(&folder, &mut visit);
                    }
                }
            }
        }
    }

    /// Whether the pattern matches the path. Takes O(n·m) time at most.
    pub fn matches(&self, path: &str) -> bool {
        super::intersects(self, &Pattern::literal(path))
    }
}

/// What the name at a place from the end of `lead` and `tail` ends with, backwards.
fn ending(lead: &str, tail: &[Segment], place: usize) -> String {
    let whole = |name: &str| name.chars().rev().chain(['/']).collect();
    for (at, segment) in tail.iter().rev().enumerate() {
        match segment {
            Segment::Deep => return String::new(),
            _ if at < place => {}
            Segment::Any => return String::new(),
            Segment::Literal(name) => return whole(name),
            Segment::Glob(shapes) => return name::shared_suffix_backwards(shapes),
        }
    }
    lead.split_terminator('/').rev().nth(place - tail.len()).map(whole).unwrap_or_default()
}

/// Visits the folder and those around it while `visit` says yes.
fn visit_upwards(mut folder: &str, visit: &mut impl FnMut(&str) -> bool) {
    while !folder.is_empty() && visit(folder) {
        folder = around(folder);
    }
}

/// The folder around a path that ends in `/`; empty for one name.
fn around(path: &str) -> &str {
    let inside = path.strip_suffix('/').unwrap_or(path);
    &path[..inside.rfind('/').map_or(0, |slash| slash + 1)]
}

/// The folders that the lead and the components behind it name, as far as they are spelled out.
fn spelled_out<'a>(lead: &'a str, inner: &[Segment]) -> Vec<Cow<'a, str>> {
    const MAX_FOLDERS: usize = 64;
    let mut folders = vec![Cow::Borrowed(lead)];
    for segment in inner {
        let names: Option<Vec<&str>> = match segment {
            Segment::Deep | Segment::Any => None,
            Segment::Literal(name) => Some(vec![name]),
            Segment::Glob(shapes) => shapes.iter().map(Shape::as_literal).collect(),
        };
        let Some(names) = names.filter(|names| names.len() * folders.len() <= MAX_FOLDERS) else { break };
        let joined = |folder: &Cow<'a, str>| {
            names.iter().map(|name| format!("{folder}{name}/").into()).collect::<Vec<_>>()
        };
        folders = folders.iter().flat_map(joined).collect();
    }
    folders
}

/// The names without wildcards at the start, each followed by `/`.
fn lead(segments: &[Segment]) -> String {
    let mut lead = String::new();
    for segment in segments {
        let Segment::Literal(name) = segment else { break };
        lead.push_str(name);
        lead.push('/');
    }
    lead
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_end_at_the_first_wildcard() {
        let cases = [
            ("src/app.rs", "src/app.rs/"),
            ("src/api/*.rs", "src/api/"),
            ("src/api/user*.rs", "src/api/user"),
            ("src/use{r,s}.rs", "src/use"),
            ("src/{ä,ö}.rs", "src/"),
            ("src/x[a-c]/y", "src/x"),
            ("{src,lib/a*}/x", "src/x/ lib/a"),
            ("docs/**", "docs/"),
        ];
        for (text, expected) in cases {
            let pattern = Pattern::parse(text).expect(text);
            assert_eq!(pattern.beginnings().collect::<Vec<_>>().join(" "), expected, "{text}");
        }
    }

    #[test]
    fn endings_are_told_from_the_last_name() {
        let cases = [
            ("src/app.rs", ["sr.ppa/", "crs/", ""]),
            ("**/user/*.rs", ["sr.", "resu/", ""]),
            ("src/*/a?.t{s,xs}", ["s", "", "crs/"]),
            ("src/**", ["", "", ""]),
            ("a/{x/b,b}/*c", ["c", "b/", ""]),
        ];
        for (text, expected) in cases {
            let pattern = Pattern::parse(text).expect(text);
            assert_eq!([0, 1, 2].map(|place| pattern.ending(place)), expected, "{text}");
        }
    }

    #[test]
    fn the_lead_ends_before_the_first_wildcard() {
        let cases = [
            ("src/app.rs", "src/app.rs/", Some("src/app.rs")),
            ("src/api/*.rs", "src/api/", None),
            ("./src//api/**", "src/api/", None),
            ("**/x", "", None),
            ("src/{a/b,a/c}/x", "src/a/", None),
            ("{src,lib/a}/x", "", None),
            ("a/{b/,}c", "a/", None),
            ("{a/b,a/b}/c", "a/b/c/", Some("a/b/c")),
            ("docs/", "docs/", None),
        ];
        for (text, lead, path) in cases {
            let pattern = Pattern::parse(text).expect(text);
            assert_eq!((pattern.lead(), pattern.path()), (lead, path), "{text}");
        }
    }
}
