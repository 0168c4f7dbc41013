//! Parses patterns. [`Pattern::parse`] describes the language.

use super::char_set::CharSet;
use super::expand::{self, Piece};
use super::lexeme::{self, Lexeme, Sign};
use super::name::{Shape, Token};
use super::pattern::{MAX_CHARACTERS, Pattern, Segment};
use super::reading::{PatternError, Reading};

/// Parses a pattern.
pub(super) fn parse(text: &str, reading: Reading) -> Result<Pattern, PatternError> {
    check_ends(text)?;
    match common_form(text, reading) {
        Some(pattern) => Ok(pattern),
        None => any_form(text, reading),
    }
}

/// Checks the text as a whole.
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
        let message = "A leading `!` excludes files from a list of patterns; here there is one pattern only. \
            Remove it.";
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
            "The path starts outside the repository. Write it relative to the repository, such as \
             `src/app.rs`.",
        );
    }
    Ok(())
}

/// The pattern if its only wildcards are `*` and `**`; otherwise `None`. Gives the same result as
/// [`any_form`] in a tenth of the time: large plans have many thousand patterns, nearly all of this form.
fn common_form(text: &str, reading: Reading) -> Option<Pattern> {
    let is_common = |byte: u8| {
        !matches!(byte, b'?' | b'[' | b']' | b'{' | b'}' | b'\\' | b'(') && !byte.is_ascii_control()
    };
    if !text.bytes().all(is_common) || !text.is_ascii() && text.contains(char::is_control) {
        return None;
    }
    let (literal, wild) = match text.find('*') {
        None => (text, ""),
        Some(star) => text.split_at(text[..star].rfind('/').map_or(0, |slash| slash + 1)),
    };
    let is_said = |component: &&str| !matches!(*component, "" | ".");
    let mut lead = String::with_capacity(literal.len() + usize::from(!literal.ends_with('/')));
    for name in literal.split('/').filter(is_said) {
        if name == ".." {
            return None;
        }
        lead.push_str(name);
        lead.push('/');
    }
    let mut segments = Vec::new();
    for component in wild.split('/').filter(is_said) {
        segments.push(match component.split_once('*') {
            None if component == ".." => return None,
            None => Segment::Literal(component.into()),
            Some(("", "")) => Segment::Any,
            Some(("", "*")) if segments.last() == Some(&Segment::Deep) => continue,
            Some(("", "*")) => Segment::Deep,
            Some((prefix, suffix)) if !suffix.contains('*') => {
                Segment::Glob(Box::new([Shape::Affix { prefix: prefix.into(), suffix: suffix.into() }]))
            }
            _ if component.contains("**") => return None,
            _ => Segment::Glob(Box::new([Shape::Tokens(component.chars().map(common_token).collect())])),
        });
    }
    if lead.is_empty() && segments.is_empty() {
        return None;
    }
    finish(&mut segments, text.ends_with('/') || text.ends_with("/."), reading);
    let tails = if segments.is_empty() { Vec::new() } else { vec![segments.into()] };
    Some(Pattern::with_lead(text, lead, tails))
}

/// The meaning of a character of a pattern in common form.
fn common_token(letter: char) -> Token {
    if letter == '*' { Token::Star } else { Token::One(CharSet::Char(letter)) }
}

/// Parses any pattern.
fn any_form(text: &str, reading: Reading) -> Result<Pattern, PatternError> {
    let mut signs = 0;
    let alternatives = expand::expand(lexeme::lexemes(text, reading)?)?;
    let alternatives = alternatives.iter().map(|pieces| segments(pieces, reading, &mut signs));
    Ok(Pattern::new(text, alternatives.collect::<Result<_, _>>()?))
}

/// Makes the meaning of a pattern's end explicit: `**` is one name or more, and a slash is everything below.
/// The segments may lack the lead.
fn finish(segments: &mut Vec<Segment>, ends_in_slash: bool, reading: Reading) {
    let is_deep = |segments: &Vec<Segment>| segments.last() == Some(&Segment::Deep);
    if is_deep(segments) || (ends_in_slash && reading == Reading::Plan) {
        while is_deep(segments) {
            segments.pop();
        }
        segments.extend([Segment::Any, Segment::Deep]);
    }
}

/// The components of one alternative. `signs` counts the characters expanded so far, over all alternatives.
fn segments(pieces: &[Piece], reading: Reading, signs: &mut usize) -> Result<Vec<Segment>, PatternError> {
    let is_slash = |piece: &Piece| matches!(piece, Piece::Sign(Lexeme { sign: Sign::Slash, .. }));
    let mut components: Vec<&[Piece]> = pieces.split(is_slash).collect();
    if components.len() > 1 && components[0].is_empty() {
        let message =
            "One of the alternatives starts with `/`, outside the repository. Write it without that `/`.";
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
    Ok(segments)
}

/// Parses one component, which is not empty.
fn segment(component: &[Piece], reading: Reading, signs: &mut usize) -> Result<Segment, PatternError> {
    if let Some(column) = component.iter().find_map(double_star) {
        if component.len() == 1 {
            return Ok(Segment::Deep);
        }
        let message = "`**` must stand alone between two `/`. Write `*` for any part of one name, or `**/*` \
            for any file below.";
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
        [Shape::Affix { prefix, suffix }] if prefix.is_empty() && suffix.is_empty() => Segment::Any,
        _ => Segment::Glob(shapes.into()),
    })
}

/// The error for a component that no path can contain.
fn no_name(component: &[Piece], signs: &[Lexeme]) -> PatternError {
    let written: String =
        signs.iter().map(|lexeme| if let Sign::Char(c) = lexeme.sign { c } else { '?' }).collect();
    let message = match written.as_str() {
        ".." => "`..` leads out of the folder. Write the path relative to the repository.".to_owned(),
        "" => "One of the alternatives leaves this part of the path empty. Put the `/` into the braces, as \
            in `{a/,}b`."
            .to_owned(),
        _ => "One of the alternatives is a single `.`, which names no file. Leave it out.".to_owned(),
    };
    PatternError::at(column_of(component), message)
}

/// The tokens of a name.
fn tokens(signs: &[Lexeme]) -> Vec<Token> {
    let token = |lexeme: &Lexeme| match &lexeme.sign {
        Sign::Char(c) => Token::One(CharSet::Char(*c)),
        Sign::Class(set, _) => Token::One(set.clone()),
        Sign::Question => Token::One(CharSet::Any),
        _ => Token::Star,
    };
    signs.iter().map(token).collect()
}

/// The tokens of a name whose brackets are part of it, as in the folder `[id]` of a web framework.
fn tokens_with_brackets(signs: &[Lexeme]) -> Vec<Token> {
    let with_brackets = |lexeme: &Lexeme| match &lexeme.sign {
        Sign::Class(_, written) => written.chars().map(|c| Token::One(CharSet::Char(c))).collect(),
        _ => tokens(std::slice::from_ref(lexeme)),
    };
    signs.iter().flat_map(with_brackets).collect()
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

/// Column of the first piece.
fn column_of(pieces: &[Piece]) -> usize {
    match pieces.first() {
        Some(Piece::Sign(Lexeme { column, .. }) | Piece::Group(_, column)) => *column,
        None => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_way_reads_what_the_thorough_way_reads() {
        let names =
            ["a", ".", "**", "*", "*.ts", "a*b", "", "..", "a**", "*a*", "*.*", "a*b*c", "**a*", "ä b"];
        for first in names {
            for second in names {
                for third in names {
                    let text = format!("{first}/{second}/{third}");
                    for reading in [Reading::Plan, Reading::Strict] {
                        if let (Ok(()), Some(quick)) = (check_ends(&text), common_form(&text, reading)) {
                            assert_eq!(any_form(&text, reading), Ok(quick), "{text}");
                        }
                    }
                }
            }
        }
    }
}
