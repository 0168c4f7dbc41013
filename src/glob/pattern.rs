//! One pattern.

use std::borrow::Cow;

use super::name::{self, Shape};
use super::parse;
use super::reading::{PatternError, Reading};

/// The most characters of a pattern.
pub const MAX_CHARACTERS: usize = 512;

/// One parsed pattern. Two patterns are equal if their texts are.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: Box<str>,
    /// The names that every path begins with, each followed by `/`.
    lead: Box<str>,
    /// What may follow the lead, one entry per alternative; empty if nothing does.
    tails: Box<[Box<[Segment]>]>,
    /// See [`Pattern::size`].
    size: usize,
}

/// One component of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Any number of names: `**`.
    Deep,
    /// Any name: `*`.
    Any,
    /// Exactly this name.
    Literal(Box<str>),
    /// A name that matches one of the shapes; never empty.
    Glob(Box<[Shape]>),
}

impl Segment {
    /// The number of characters, or one for any name or names.
    fn size(&self) -> usize {
        match self {
            Segment::Deep | Segment::Any => 1,
            Segment::Literal(name) => name.len(),
            Segment::Glob(shapes) => shapes.iter().map(Shape::size).sum(),
        }
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Pattern) -> bool {
        self.text == other.text && self.lead == other.lead && self.tails == other.tails
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Parses a pattern as plans mean it; see [`Reading::Plan`].
    ///
    /// A pattern matches paths relative to the root of the repository: names separated by `/`. A name is one
    /// or more characters other than `/` and `\`, and neither `.` nor `..`. Case matters, and characters are
    /// compared one by one: `é` as one character and as `e` with an accent are different.
    ///
    /// | written | matches |
    /// |---|---|
    /// | `src/app.rs` | that path |
    /// | `*` | any number of characters of a name, including none; also a dot at its start |
    /// | `?` | one character of a name |
    /// | `[a-z_]`, `[!a-z]`, `[^a-z]` | one character in, or not in, this set |
    /// | `[ch]` | one of the characters, and also the name `[ch]` itself |
    /// | `{a,b}` | either; nests, may be empty (`a{,.test}.ts`) and may contain `/` (`{src,lib/core}/x`) |
    /// | `**` as a whole component | any number of names, including none |
    /// | `**` at the end | one name or more: `dir/**` is everything below `dir`, not `dir` itself |
    /// | `dir/` | everything below `dir` |
    /// | `[slug]`, `[...path]`, `[[lang]]`, `[id=integer]` | that name, as web frameworks write routes |
    /// | `{name}`, `{{name}}` | that name, as templates write it |
    ///
    /// `\` is read as `/`; a component `.` and doubled `/` are dropped. Everything else is literal.
    /// `glob/written_name` decides which brackets and braces are part of a name: those that can't sensibly be
    /// a character class or alternatives.
    ///
    /// Takes O(n) time for n characters after brace expansion.
    ///
    /// # Errors
    /// Names the column of: an empty pattern, one that starts at the root of the disk or of a home folder,
    /// `..` as a component, `**` next to other characters, an unmatched brace or bracket, an alternative that
    /// leaves a component empty, `!(…)` and similar, a control character, a space at either end, more than
    /// [`MAX_CHARACTERS`] characters, or braces that expand to more than 1,024 characters in total. A leading
    /// `!` is an error here; [`super::FileSet`] reads it in lists of patterns.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        Pattern::parse_as(text, Reading::Plan)
    }

    /// Parses a pattern in one of two ways. See [`Pattern::parse`] for the language.
    ///
    /// # Errors
    ///
    /// If the text is no pattern; the error names the column.
    pub fn parse_as(text: &str, reading: Reading) -> Result<Pattern, PatternError> {
        parse::parse(text, reading)
    }

    /// The pattern that matches exactly this path, with no wildcards. `\` is read as `/`. Drops a leading
    /// `./` and doubled or trailing `/`; a path without names matches nothing.
    pub fn literal(path: &str) -> Pattern {
        let mut lead = String::with_capacity(path.len() + 1);
        for name in path.split(['/', '\\']).filter(|name| !matches!(*name, "" | ".")) {
            lead.push_str(name);
            lead.push('/');
        }
        Pattern::with_lead(path, lead, Vec::new())
    }

    /// The pattern of everything below the paths of this one, with the same text.
    pub fn below(&self) -> Pattern {
        let below = |tail: &[Segment]| [tail, &[Segment::Any, Segment::Deep]].concat().into_boxed_slice();
        Pattern::with_lead(&self.text, self.lead.to_string(), self.tails().map(below).collect())
    }

    /// The pattern of its paths and of everything below them, with the same text.
    pub fn or_below(&self) -> Pattern {
        let both = |tail: &[Segment]| {
            [tail.into(), [tail, &[Segment::Any, Segment::Deep]].concat().into_boxed_slice()]
        };
        Pattern::with_lead(&self.text, self.lead.to_string(), self.tails().flat_map(both).collect())
    }

    /// The paths, one per alternative, if the pattern has no wildcards and not very many alternatives;
    /// otherwise empty.
    pub fn paths(&self) -> Vec<String> {
        let mut paths = Vec::new();
        for tail in self.tails() {
            let spelled = spelled_out(&self.lead, tail);
            let depth = self.lead.matches('/').count() + tail.len();
            if spelled.iter().any(|path| path.matches('/').count() != depth) {
                return Vec::new();
            }
            paths.extend(spelled.iter().map(|path| path.trim_end_matches('/').to_owned()));
        }
        paths
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

    /// A pattern with a known lead. The tails must not all begin with the same name.
    pub(super) fn with_lead(text: &str, lead: String, tails: Vec<Box<[Segment]>>) -> Pattern {
        let tails: Box<[_]> =
            if tails.iter().all(|tail| tail.is_empty()) { Box::default() } else { tails.into() };
        // Each of several alternatives is compared with what comes before them.
        let depth = if tails.len() > 1 { lead.matches('/').count() } else { 0 };
        let of_tail = |tail: &[Segment]| depth + tail.iter().map(Segment::size).sum::<usize>();
        let size = text.len().max(tails.iter().map(|tail| of_tail(tail)).sum());
        Pattern { text: text.into(), lead: lead.into(), tails, size }
    }

    /// The text of the pattern, as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number of characters after brace expansion, or of those written if they are more. What a comparison takes
    /// grows with the product of the sizes of both patterns.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// The path, if the pattern has no wildcards and no alternatives.
    pub fn path(&self) -> Option<&str> {
        if self.tails.is_empty() { self.lead.strip_suffix('/') } else { None }
    }

    /// The folders that contain every matching path: the names without wildcards at the start of the pattern,
    /// each followed by `/`; for a path without wildcards, also its last name. Two patterns can match one
    /// path only if the lead of one begins with the lead of the other.
    pub fn lead(&self) -> &str {
        &self.lead
    }

    /// Prefixes of the matching paths, each complete name followed by `/`: one text per alternative of braces
    /// that contain `/`. Two patterns can match one path only if a beginning of one begins with a beginning
    /// of the other.
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

    /// The known suffix of the name at a place of every matching path, reversed; place 0 is the last name. A
    /// completely known name is followed by `/`. Empty if nothing is known, for example where `**` may be.
    /// Two patterns can match one path only if, at every place, the text of one begins with the text of the
    /// other.
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

    /// What may follow the lead; a single empty tail for a path without wildcards.
    pub(super) fn tails(&self) -> impl Iterator<Item = &[Segment]> {
        let nothing = self.tails.is_empty().then_some([].as_slice());
        self.tails.iter().map(|tail| &**tail).chain(nothing)
    }

    /// Calls `visit` with every folder that the pattern certainly goes below, each followed by `/`, the
    /// innermost first. When it returns false, skips the folders around that one. Includes folders with
    /// braces, as in `{src,lib}/app.rs`, except for patterns with very many alternatives.
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

    /// Whether the pattern matches the path. Takes at most O(n·m) time.
    pub fn matches(&self, path: &str) -> bool {
        super::intersects(self, &Pattern::literal(path))
    }
}

/// The suffix of the name at a place from the end of `lead` and `tail`, reversed.
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

/// Visits the folder and its parents while `visit` returns true.
fn visit_upwards(mut folder: &str, visit: &mut impl FnMut(&str) -> bool) {
    while !folder.is_empty() && visit(folder) {
        folder = around(folder);
    }
}

/// The parent of a folder path that ends in `/`; empty for a single name.
fn around(path: &str) -> &str {
    let inside = path.strip_suffix('/').unwrap_or(path);
    &path[..inside.rfind('/').map_or(0, |slash| slash + 1)]
}

/// The folders that the lead and the following components spell out.
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
    fn paths_are_told_where_nothing_is_wild() {
        for (text, expected) in [
            ("src/app.rs", "src/app.rs"),
            ("src/{a,b/c}", "src/a src/b/c"),
            ("src/{a,*}", ""),
            ("app/[a]", "app/a app/[a]"),
            ("app/[slug]", "app/[slug]"),
            ("src/**", ""),
        ] {
            let pattern = Pattern::parse(text).expect(text);
            assert_eq!(pattern.paths().join(" "), expected, "{text}");
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
