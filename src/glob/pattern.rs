//! Reading one pattern.

use std::borrow::Cow;
use std::fmt;

use super::char_set::CharSet;
use super::expand::{self, Piece};
use super::lexeme::{self, Lexeme, Sign};
use super::name::{self, Shape, Token};

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
    /// A path matches if one of these describes it; never empty.
    alternatives: Box<[Box<[Segment]>]>,
}

/// One component of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// Any number of names: `**`.
    Deep,
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
        self.text == other.text && self.alternatives == other.alternatives
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
    /// characters, or braces that stand for more than 2,048 characters in all. A leading `!` is for a list of patterns
    /// to read, see [`super::FileSet`], and an error here.
    ///
    /// Takes O(n) time for n characters, braces written out.
    pub fn parse(text: &str) -> Result<Pattern, PatternError> {
        Pattern::parse_as(text, Reading::Plan)
    }

    /// Reads a pattern in one of two ways. See [`Pattern::parse`] for the language.
    pub fn parse_as(text: &str, reading: Reading) -> Result<Pattern, PatternError> {
        check_ends(text)?;
        let alternatives = match common_form(text, reading) {
            Some(segments) => Box::new([segments]),
            None => any_form(text, reading)?,
        };
        Ok(Pattern::new(text, alternatives))
    }

    /// The pattern that matches just this path, whatever characters are in it. A leading `./`, doubled and trailing `/`
    /// are dropped; a path of no names matches nothing.
    pub fn literal(path: &str) -> Pattern {
        let names = path.split(['/', '\\']).filter(|name| !matches!(*name, "" | "."));
        Pattern::new(path, Box::new([names.map(|name| Segment::Literal(name.into())).collect()]))
    }

    /// The pattern of everything below the paths of this one, written the same.
    pub fn below(&self) -> Pattern {
        let below = |segments: &[Segment]| {
            let mut segments = segments.to_vec();
            segments.extend([any_name(), Segment::Deep]);
            segments.into_boxed_slice()
        };
        Pattern::new(&self.text, self.alternatives.iter().map(|one| below(one)).collect())
    }

    fn new(text: &str, alternatives: Box<[Box<[Segment]>]>) -> Pattern {
        let mut leads = alternatives.iter().map(|one| lead(one));
        let first = leads.next().unwrap_or_default();
        let common = leads.fold(first, |common, lead| shared_lead(&common, &lead).to_owned());
        Pattern { text: text.into(), lead: common.into(), alternatives }
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path that the pattern stands for, if it has no wildcards and no alternatives.
    pub fn path(&self) -> Option<&str> {
        match &*self.alternatives {
            [only] if only.iter().all(|segment| matches!(segment, Segment::Literal(_))) => {
                self.lead.strip_suffix('/')
            }
            _ => None,
        }
    }

    /// The folders that paths are surely in: names without wildcards at the start of the pattern, each followed by `/`; for
    /// a path without wildcards its last name too. Two patterns can only match one path if the lead of one begins with
    /// that of the other.
    pub fn lead(&self) -> &str {
        &self.lead
    }

    /// The lead of each alternative that braces with `/` in them stand for; just [`Pattern::lead`] for most patterns.
    pub fn leads(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let has_one = self.alternatives.len() == 1;
        let lead = move |one| if has_one { Cow::Borrowed(&*self.lead) } else { Cow::Owned(lead(one)) };
        self.alternatives.iter().map(move |one| lead(one))
    }

    /// Calls `visit` with every folder that the pattern surely goes below, each followed by `/`, the innermost first; once it
    /// says no, the folders around that one are passed over. Folders behind braces, as in `{src,lib}/app.rs`, are
    /// among them, but for those of patterns with very many alternatives.
    pub fn folders(&self, mut visit: impl FnMut(&str) -> bool) {
        const MAX_FOLDERS: usize = 64;
        for segments in &self.alternatives {
            let mut leads = vec![String::new()];
            for segment in &segments[..segments.len().saturating_sub(1)] {
                let Some(names) = names_of(segment).filter(|names| names.len() * leads.len() <= MAX_FOLDERS)
                else {
                    break;
                };
                let joined =
                    |lead: &String| names.iter().map(|name| format!("{lead}{name}/")).collect::<Vec<_>>();
                leads = leads.iter().flat_map(joined).collect();
            }
            for lead in &leads {
                let mut folder = lead.as_str();
                while !folder.is_empty() && visit(folder) {
                    let around = folder[..folder.len() - 1].rfind('/').map_or(0, |slash| slash + 1);
                    folder = &folder[..around];
                }
            }
        }
    }

    pub(super) fn alternatives(&self) -> &[Box<[Segment]>] {
        &self.alternatives
    }

    /// Whether the pattern matches the path. Takes O(n·m) time at most.
    pub fn matches(&self, path: &str) -> bool {
        super::intersects(self, &Pattern::literal(path))
    }
}

/// What can be said of the text as a whole.
fn check_ends(text: &str) -> Result<(), PatternError> {
    let length = text.chars().count();
    let error = |column, message: &str| Err(PatternError::at(column, message));
    if text.trim().is_empty() {
        return error(1, "The pattern is empty. Write a path such as `src/app.rs`, or `**` for every file.");
    }
    if length > MAX_CHARACTERS {
        let message = "The pattern is too long: it has more than 512 characters. Write several patterns.";
        return error(MAX_CHARACTERS + 1, message);
    }
    if text.starts_with(' ') {
        return error(1, "The pattern begins with a space. Remove it.");
    }
    if text.ends_with(' ') {
        return error(length, "The pattern ends with a space. Remove it.");
    }
    if text.starts_with('!') && !text.starts_with("!(") {
        let message = "A leading `!` excludes files from a list of patterns; here there is one pattern only. Remove it.";
        return error(1, message);
    }
    let drive = text.as_bytes();
    let has_drive = drive.len() > 2
        && drive[0].is_ascii_alphabetic()
        && drive[1] == b':'
        && matches!(drive[2], b'/' | b'\\');
    if text.starts_with(['/', '\\']) || text.starts_with("~/") || text == "~" || has_drive {
        return error(
            1,
            "The path starts outside of the repository. Write it from the folder of the repository, such as `src/app.rs`.",
        );
    }
    Ok(())
}

/// The components of a pattern that has nothing but `**` and one `*` a component; `None` for any other. Gives what
/// [`any_form`] gives, in a tenth of the time: plans have many thousand patterns, nearly all of them of this form.
fn common_form(text: &str, reading: Reading) -> Option<Box<[Segment]>> {
    if text.contains(|c: char| matches!(c, '?' | '[' | ']' | '{' | '}' | '\\' | '(') || c.is_control()) {
        return None;
    }
    let mut segments = Vec::with_capacity(text.len() / 4 + 2);
    for component in text.split('/').filter(|component| !matches!(*component, "" | ".")) {
        segments.push(match component.split_once('*') {
            None if component == ".." => return None,
            None => Segment::Literal(component.into()),
            Some(("", "*")) if segments.last() == Some(&Segment::Deep) => continue,
            Some(("", "*")) => Segment::Deep,
            Some((_, behind)) if behind.contains('*') => return None,
            Some((prefix, suffix)) => {
                Segment::Glob(Box::new([Shape::Affix { prefix: prefix.into(), suffix: suffix.into() }]))
            }
        });
    }
    let ends_in_slash = text.ends_with('/') || text.ends_with("/.");
    if !segments.is_empty() {
        finish(&mut segments, ends_in_slash, reading);
    }
    (!segments.is_empty()).then(|| segments.into())
}

/// The components of every alternative.
fn any_form(text: &str, reading: Reading) -> Result<Box<[Box<[Segment]>]>, PatternError> {
    let mut signs = 0;
    let alternatives = expand::expand(lexeme::lexemes(text, reading)?)?;
    alternatives.iter().map(|pieces| segments(pieces, reading, &mut signs)).collect()
}

/// Spells out what the end of a pattern means: `**` there is one name or more, and a slash everything below.
fn finish(segments: &mut Vec<Segment>, ends_in_slash: bool, reading: Reading) {
    let is_deep = |segments: &Vec<Segment>| segments.last() == Some(&Segment::Deep);
    if is_deep(segments) || (ends_in_slash && reading == Reading::Plan) {
        while is_deep(segments) {
            segments.pop();
        }
        segments.extend([any_name(), Segment::Deep]);
    }
}

/// The components of one alternative. `signs` counts the characters written out so far, over all alternatives.
fn segments(pieces: &[Piece], reading: Reading, signs: &mut usize) -> Result<Box<[Segment]>, PatternError> {
    let is_slash = |piece: &Piece| matches!(piece, Piece::Sign(Lexeme { sign: Sign::Slash, .. }));
    let mut components: Vec<&[Piece]> = pieces.split(is_slash).collect();
    if components.len() > 1 && components[0].is_empty() {
        let message =
            "One of the alternatives starts with `/`, outside of the repository. Write it without that `/`.";
        return Err(PatternError::at(column_of(pieces), message));
    }
    let ends_in_slash =
        components.len() > 1 && components.last().is_some_and(|last| last.is_empty() || is_dot(last));
    components.retain(|component| !component.is_empty() && !is_dot(component));
    if components.is_empty() {
        let message = "This names the whole repository as one path. Write `**` for every file in it.";
        return Err(PatternError::at(column_of(pieces), message));
    }
    let mut segments = Vec::with_capacity(components.len() + 2);
    for component in components {
        let segment = segment(component, reading, signs)?;
        if segment != Segment::Deep || segments.last() != Some(&Segment::Deep) {
            segments.push(segment);
        }
    }
    finish(&mut segments, ends_in_slash, reading);
    Ok(segments.into())
}

/// Reads one component, which is not empty.
fn segment(component: &[Piece], reading: Reading, signs: &mut usize) -> Result<Segment, PatternError> {
    if let Some(column) = component.iter().find_map(double_star) {
        if component.len() == 1 {
            return Ok(Segment::Deep);
        }
        let message = "`**` must stand alone between two `/`. Write `*` for any part of one name, or `**/*` for any file below.";
        return Err(PatternError::at(column, message));
    }
    let mut shapes: Vec<Shape> = Vec::new();
    for signs_of_one in expand::write_out(component)? {
        *signs += signs_of_one.len().max(1);
        if *signs > expand::MAX_SIGNS {
            return Err(expand::too_complex(column_of(component)));
        }
        let described = Shape::all_from(tokens(&signs_of_one));
        if described.is_empty() {
            return Err(no_name(component, &signs_of_one));
        }
        shapes.extend(described);
        if reading == Reading::Plan
            && signs_of_one.iter().any(|lexeme| matches!(lexeme.sign, Sign::Class(..)))
        {
            shapes.extend(Shape::all_from(tokens_with_brackets(&signs_of_one)));
        }
    }
    Ok(match shapes.as_mut_slice() {
        [Shape::Literal(name)] => Segment::Literal(std::mem::take(name)),
        _ => Segment::Glob(shapes.into()),
    })
}

/// Why no path can have a name that is written so.
fn no_name(component: &[Piece], signs: &[Lexeme]) -> PatternError {
    let written: String =
        signs.iter().map(|lexeme| if let Sign::Char(c) = lexeme.sign { c } else { '?' }).collect();
    let message = match written.as_str() {
        ".." => "`..` leads out of the folder. Write the path from the folder of the repository.".to_owned(),
        "" => "One of the alternatives leaves this part of the path empty. Put the `/` into the braces, as in `{a/,}b`.".to_owned(),
        _ => "One of the alternatives is a `.` that stands alone, and names no file. Leave it out.".to_owned(),
    };
    PatternError::at(column_of(component), message)
}

/// The places of a name.
fn tokens(signs: &[Lexeme]) -> Vec<Token> {
    let token = |lexeme: &Lexeme| match &lexeme.sign {
        Sign::Char(c) => Token::One(CharSet::Char(*c)),
        Sign::Class(set, _) => Token::One(set.clone()),
        Sign::Question => Token::One(CharSet::Any),
        _ => Token::Star,
    };
    signs.iter().map(token).collect()
}

/// The places of a name whose brackets are part of it, as in the folder `[id]` of a web framework.
fn tokens_with_brackets(signs: &[Lexeme]) -> Vec<Token> {
    let with_brackets = |lexeme: &Lexeme| match &lexeme.sign {
        Sign::Class(_, written) => written.chars().map(|c| Token::One(CharSet::Char(c))).collect(),
        _ => tokens(std::slice::from_ref(lexeme)),
    };
    signs.iter().flat_map(with_brackets).collect()
}

/// Any one name: `*`.
fn any_name() -> Segment {
    Segment::Glob(Shape::all_from(vec![Token::Star]).into())
}

fn double_star(piece: &Piece) -> Option<usize> {
    match piece {
        Piece::Sign(Lexeme { sign: Sign::DoubleStar, column }) => Some(*column),
        _ => None,
    }
}

fn is_dot(component: &[Piece]) -> bool {
    matches!(component, [Piece::Sign(Lexeme { sign: Sign::Char('.'), .. })])
}

/// Where the first of the pieces stands.
fn column_of(pieces: &[Piece]) -> usize {
    match pieces.first() {
        Some(Piece::Sign(Lexeme { column, .. }) | Piece::Group(_, column)) => *column,
        None => 1,
    }
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

/// The names that both leads begin with.
fn shared_lead<'a>(left: &'a str, right: &str) -> &'a str {
    let same = left.bytes().zip(right.bytes()).take_while(|(a, b)| a == b).count();
    let end = left.as_bytes()[..same].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    &left[..end]
}

/// All names that the segment describes, if it spells them out.
fn names_of(segment: &Segment) -> Option<Vec<&str>> {
    match segment {
        Segment::Deep => None,
        Segment::Literal(name) => Some(vec![name]),
        Segment::Glob(shapes) => shapes.iter().map(Shape::as_literal).collect(),
    }
}

/// A short name that the segment describes, if it describes just one.
pub(super) fn example_name(segment: &Segment) -> Option<String> {
    match segment {
        Segment::Deep => None,
        Segment::Literal(name) => Some(name.to_string()),
        Segment::Glob(shapes) => name::example(shapes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_reads_what_the_thorough_way_reads() {
        let names = ["a", ".", "**", "*", "*.ts", "a*b", "", "..", "a**", "*a*", "ä b"];
        for first in names {
            for second in names {
                for third in names {
                    let text = format!("{first}/{second}/{third}");
                    for reading in [Reading::Plan, Reading::Strict] {
                        if let (Ok(()), Some(quick)) = (check_ends(&text), common_form(&text, reading)) {
                            assert_eq!(any_form(&text, reading), Ok(Box::from([quick])), "{text}");
                        }
                    }
                }
            }
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
            ("docs/", "docs/", None),
        ];
        for (text, lead, path) in cases {
            let pattern = Pattern::parse(text).expect(text);
            assert_eq!((pattern.lead(), pattern.path()), (lead, path), "{text}");
        }
    }
}
