//! Matches one component of a pattern with one name of a path.
//!
//! A name has at least one character, and is neither `.` nor `..`.

use std::borrow::Cow;

use super::char_set::CharSet;
use super::common_word::{self, Step};

/// One place of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// One character of the set.
    One(CharSet),
    /// Any number of any characters: `*`.
    Star,
}

impl Token {
    /// The most readable character, if it matches just one.
    fn example(&self) -> Option<char> {
        match self {
            Token::One(set) => Some(set.example()),
            Token::Star => None,
        }
    }
}

/// A component without alternatives, in the form that is quickest to compare. No shape matches only `.` or
/// `..`, and a shape without a star matches neither: see [`Shape::all_from`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// Exactly this name.
    Literal(Box<str>),
    /// `prefix*suffix`, the most common wildcard: every name with this beginning and end, not overlapping.
    Affix {
        /// The text before the star.
        prefix: Box<str>,
        /// The text after it.
        suffix: Box<str>,
    },
    /// Anything else.
    Tokens(Box<[Token]>),
}

impl Shape {
    /// The shapes that together match the names that the tokens match; empty if they match none.
    ///
    /// Without a star, the tokens may match `.` or `..`, as `?` does. Such tokens are split into shapes that
    /// require another character at one place, so comparing names need not consider those two: if both sides
    /// still match one of them, both have a star and also match a longer name.
    pub(super) fn all_from(mut tokens: Vec<Token>) -> Vec<Shape> {
        tokens.dedup_by(|a, b| (&*a, &*b) == (&Token::Star, &Token::Star));
        if let Some(literal) = text_of(&tokens) {
            return if is_name(&literal) { vec![Shape::Literal(literal.into())] } else { Vec::new() };
        }
        if let Some(star) = tokens.iter().position(|token| *token == Token::Star)
            && let (Some(prefix), Some(suffix)) = (text_of(&tokens[..star]), text_of(&tokens[star + 1..]))
        {
            return vec![Shape::Affix { prefix: prefix.into(), suffix: suffix.into() }];
        }
        let accepts_dot = |token: &Token| matches!(token, Token::One(set) if set.contains('.'));
        if tokens.len() > 2 || !tokens.iter().all(accepts_dot) {
            return vec![Shape::Tokens(tokens.into())];
        }
        (0..tokens.len())
            .filter_map(|place| {
                let mut without = tokens.clone();
                let Token::One(set) = &tokens[place] else { return None };
                without[place] = Token::One(set.without('.')?);
                Some(Shape::Tokens(without.into()))
            })
            .collect()
    }

    /// The name, if it matches exactly one that is spelled out.
    pub(super) fn as_literal(&self) -> Option<&str> {
        match self {
            Shape::Literal(name) => Some(name),
            _ => None,
        }
    }

    /// The number of its characters, stars included; at least one.
    pub(super) fn size(&self) -> usize {
        match self {
            Shape::Literal(name) => name.len(),
            Shape::Affix { prefix, suffix } => prefix.len() + 1 + suffix.len(),
            Shape::Tokens(tokens) => tokens.len(),
        }
    }

    /// Whether it matches the name.
    fn matches(&self, name: &str) -> bool {
        match self {
            Shape::Literal(other) => name == &**other,
            Shape::Affix { prefix, suffix } => {
                name.len() >= prefix.len() + suffix.len() && begins(name, prefix) && ends(name, suffix)
            }
            Shape::Tokens(tokens) => {
                let holds = |token: &Token, letter| matches!(token, Token::One(set) if set.contains(letter));
                common_word::describes(tokens.iter(), name.chars(), is_star, holds)
            }
        }
    }

    /// The length in characters of the shortest matching name, or less.
    fn least_length(&self) -> usize {
        match self {
            Shape::Literal(name) => name.chars().count(),
            Shape::Affix { prefix, suffix } => prefix.chars().count() + suffix.chars().count(),
            Shape::Tokens(tokens) => tokens.iter().filter(|token| **token != Token::Star).count(),
        }
    }

    /// Whether a name matches both.
    fn meets(&self, other: &Shape) -> bool {
        match (self, other) {
            (Shape::Literal(name), shape) | (shape, Shape::Literal(name)) => shape.matches(name),
            (
                Shape::Affix { prefix, suffix },
                Shape::Affix { prefix: other_prefix, suffix: other_suffix },
            ) => {
                (begins(prefix, other_prefix) || begins(other_prefix, prefix))
                    && (ends(suffix, other_suffix) || ends(other_suffix, suffix))
            }
            _ => {
                let repeats = |place| matches!(place, Place::Star);
                common_word::exists(self.places(), other.places(), repeats, Place::meets)
            }
        }
    }

    /// A name that matches both. See [`shortest_common`] for the choice.
    fn common(&self, other: &Shape) -> Option<String> {
        if !self.meets(other) {
            return None;
        }
        if let (Shape::Literal(name), _) | (_, Shape::Literal(name)) = (self, other) {
            return Some(name.to_string());
        }
        let shortest = shortest_word(&self.tokens(), &other.tokens())?;
        let both = |name: &String| self.matches(name) && other.matches(name);
        if is_readable(&shortest) {
            return Some(shortest);
        }
        let filled =
            [["a", ""], ["", "a"], ["a", "a"]].map(|[before, behind]| [before, &shortest, behind].concat());
        if let Some(readable) = filled.into_iter().find(|name| is_readable(name) && both(name)) {
            return Some(readable);
        }
        if is_name(&shortest) {
            return Some(shortest);
        }
        // Two sides that match `.` or `..` have at most two places next to a star each, and every place
        // allows a dot. The last candidate always fits.
        let dotted = [".a", "a.", ".a.", "..a", "a..", "..a.."].into_iter().map(str::to_owned);
        dotted.into_iter().find(|name| both(name))
    }

    /// The shape as a sequence of places, without allocating.
    fn places(&self) -> impl DoubleEndedIterator<Item = Place<'_>> + Clone {
        let (prefix, star, suffix, tokens) = match self {
            Shape::Literal(name) => (&**name, None, "", &[][..]),
            Shape::Affix { prefix, suffix } => (&**prefix, Some(Place::Star), &**suffix, &[][..]),
            Shape::Tokens(tokens) => ("", None, "", &**tokens),
        };
        let [before, behind] = [prefix, suffix].map(|text| text.chars().map(Place::Char));
        before.chain(star).chain(behind).chain(tokens.iter().map(Place::of))
    }

    /// The shape as a sequence of tokens.
    pub(super) fn tokens(&self) -> Cow<'_, [Token]> {
        let literal = |text: &'_ str| text.chars().map(|c| Token::One(CharSet::Char(c))).collect::<Vec<_>>();
        match self {
            Shape::Literal(name) => literal(name).into(),
            Shape::Affix { prefix, suffix } => {
                [literal(prefix), vec![Token::Star], literal(suffix)].concat().into()
            }
            Shape::Tokens(tokens) => Cow::Borrowed(tokens),
        }
    }
}

/// One place of a shape in any form.
#[derive(Clone, Copy)]
enum Place<'a> {
    Char(char),
    Set(&'a CharSet),
    Star,
}

impl Place<'_> {
    fn of(token: &Token) -> Place<'_> {
        match token {
            Token::One(set) => Place::Set(set),
            Token::Star => Place::Star,
        }
    }

    /// Whether both can match the same character.
    fn meets(self, other: Place<'_>) -> bool {
        match (self, other) {
            (Place::Char(one), Place::Char(other)) => one == other,
            (Place::Char(one), Place::Set(set)) | (Place::Set(set), Place::Char(one)) => set.contains(one),
            (Place::Set(set), Place::Set(other)) => set.meets(other),
            (Place::Star, _) | (_, Place::Star) => false,
        }
    }
}

/// The shortest text that matches both sequences, whether a valid name or not.
fn shortest_word(left: &[Token], right: &[Token]) -> Option<String> {
    let meet = |a: &Token, b: &Token| match (a, b) {
        (Token::One(set), Token::One(other)) => set.meets(other).then_some(1),
        _ => None,
    };
    let steps = common_word::cheapest(left, right, is_star, |_| 1, meet)?;
    let letter = |step: Step| match step {
        Step::Both(i, j) => match (&left[i], &right[j]) {
            (Token::One(set), Token::One(other)) => set.common(other),
            _ => None,
        },
        Step::Left(i) => left[i].example(),
        Step::Right(j) => right[j].example(),
    };
    steps.into_iter().map(letter).collect()
}

/// Whether one of the shapes matches the name.
pub(super) fn any_matches(shapes: &[Shape], name: &str) -> bool {
    shapes.iter().any(|shape| shape.matches(name))
}

/// Whether a name matches one shape of each side.
pub(super) fn meet(left: &[Shape], right: &[Shape]) -> bool {
    left.iter().any(|shape| right.iter().any(|other| shape.meets(other)))
}

/// A name that matches one shape of each side: a name that both spell out, or else one of the shortest. Where
/// such a name would begin or end with punctuation, uses a letter if both sides allow it.
pub(super) fn shortest_common(left: &[Shape], right: &[Shape]) -> Option<String> {
    let mut best: Option<((bool, usize), String)> = None;
    for shape in left {
        for other in right {
            let spelled_out = matches!((shape, other), (Shape::Literal(_), Shape::Literal(_)));
            let least = (!spelled_out, shape.least_length().max(other.least_length()));
            if best.as_ref().is_some_and(|(rank, _)| *rank <= least) {
                continue;
            }
            let Some(name) = shape.common(other) else { continue };
            let rank = (!spelled_out, name.chars().count());
            if best.as_ref().is_none_or(|(least, _)| rank < *least) {
                best = Some((rank, name));
            }
        }
    }
    best.map(|(_, name)| name)
}

/// A short name that matches one of the shapes.
pub(super) fn example(shapes: &[Shape]) -> Option<String> {
    shortest_common(shapes, &[Shape::Affix { prefix: "".into(), suffix: "".into() }])
}

/// The common prefix of all names that match the shapes.
pub(super) fn shared_prefix(shapes: &[Shape]) -> String {
    let prefix = |shape: &Shape| match shape {
        Shape::Literal(text) | Shape::Affix { prefix: text, .. } => text.to_string(),
        Shape::Tokens(tokens) => {
            text_of(tokens.split(|token| !is_char(token)).next().unwrap_or_default()).unwrap_or_default()
        }
    };
    shapes.iter().map(prefix).reduce(shared_start).unwrap_or_default()
}

/// The common suffix of all names that match the shapes, reversed; followed by `/` if it is the whole name.
pub(super) fn shared_suffix_backwards(shapes: &[Shape]) -> String {
    let suffix = |shape: &Shape| -> String {
        match shape {
            Shape::Literal(text) => text.chars().rev().chain(['/']).collect(),
            Shape::Affix { suffix, .. } => suffix.chars().rev().collect(),
            Shape::Tokens(tokens) => {
                let characters = tokens.iter().rev().map_while(|token| match token {
                    Token::One(CharSet::Char(c)) => Some(*c),
                    _ => None,
                });
                characters.collect()
            }
        }
    };
    shapes.iter().map(suffix).reduce(shared_start).unwrap_or_default()
}

/// The common prefix of both texts.
fn shared_start(left: String, right: String) -> String {
    left.chars().zip(right.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
}

/// Whether the text begins with `beginning`. That is often empty, and comparing zero bytes is slow on some
/// processors.
fn begins(text: &str, beginning: &str) -> bool {
    beginning.is_empty() || text.starts_with(beginning)
}

/// Whether the text ends with `ending`; see [`begins`].
fn ends(text: &str, ending: &str) -> bool {
    ending.is_empty() || text.ends_with(ending)
}

fn is_star(token: &Token) -> bool {
    *token == Token::Star
}

fn is_char(token: &Token) -> bool {
    matches!(token, Token::One(CharSet::Char(_)))
}

/// Whether a path can contain this name.
pub(super) fn is_name(text: &str) -> bool {
    !matches!(text, "" | "." | "..")
}

/// Whether the name looks like a file name to a person, judged by its ends.
fn is_readable(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric)
}

/// The text, if every place matches just one character.
fn text_of(tokens: &[Token]) -> Option<String> {
    let only = |token: &Token| match token {
        Token::One(CharSet::Char(c)) => Some(*c),
        _ => None,
    };
    tokens.iter().map(only).collect()
}
