//! What the words around a path say about it: changed, only used, or only described.

use super::paths::Shape;
use super::words::{Sentence, Token, is_one_of};

/// What the words before a path say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The task writes it.
    Changed,
    /// The task reads it.
    Used,
    /// Only describes something else: "with `package.json`", "add `build/` to `.gitignore`".
    Described,
    /// Nothing is said.
    Unsaid,
}

/// What is known of a mention from the words around it.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// What is done with it.
    pub role: Role,
    /// The mention it is listed after.
    pub listed_after: Option<usize>,
}

const CHANGING: &str = "across add adds at audit configure create creates define delete edit extend fix generate implement \
    in inside into migrate modify move refactor remove rename scaffold to under update updates within \
    write";
const USING: &str = "against calling consume consumes consuming covering extending following from import importing \
    imports like load loading match matching mirror mirroring per read reading reads reference \
    references referencing scanning see touching use uses using via wiring wrapping";
const DESCRIBING: &str = "e.g i.e with";
/// After these, "from" names what is changed: code is taken out of it, or a call is put into it.
const TAKING_FROM: &str = "call delete extract invoke launch migrate move relocate remove rename split";

/// How far back a word still says something about a path.
const REACH: usize = 8;

/// What the words before each mention say.
pub fn said(sentence: &Sentence) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::with_capacity(sentence.mentions.len());
    for mention in &sentence.mentions {
        let is_command = matches!(sentence.tokens[mention.at], Token::Code(code) if code.contains(' '));
        said.push(match before(sentence, mention.at) {
            _ if is_command => Said { role: Role::Used, listed_after: None },
            Before::Listed(earlier) => Said { listed_after: Some(earlier), ..said[earlier] },
            Before::Word(at, word) => {
                Said { role: role_said_by(word, sentence, at, mention.at), listed_after: None }
            }
            Before::Nothing => Said { role: Role::Unsaid, listed_after: None },
        });
    }
    said
}

/// What stands before a path and says something about it.
enum Before<'a> {
    /// Another path, in the same list; its number.
    Listed(usize),
    /// A telling word, at this token.
    Word(usize, &'a str),
    Nothing,
}

/// Goes back from a path, but not beyond the clause, another path, or [`REACH`] tokens.
fn before<'a>(sentence: &Sentence<'a>, path: usize) -> Before<'a> {
    let mut is_listed = true;
    let mut at = path;
    for _ in 0..REACH {
        let Some(previous) = at.checked_sub(1) else { break };
        at = previous;
        if let Some(earlier) = sentence.mention_at(at) {
            return if is_listed { Before::Listed(earlier) } else { Before::Nothing };
        }
        match sentence.tokens[at] {
            Token::Joint => {}
            Token::Close => at = opening_bracket(&sentence.tokens, at),
            Token::Break => break,
            Token::Word(word) if said_by(word).is_some() => return Before::Word(at, word),
            Token::Open | Token::Word(_) | Token::Code(_) => is_listed = false,
        }
    }
    Before::Nothing
}

/// What a word says about a path, by the rest of the clause.
fn role_said_by(word: &str, sentence: &Sentence, at: usize, path: usize) -> Role {
    if is_one_of(word, "from") && clause_has(&sentence.tokens[..at], TAKING_FROM) {
        Role::Changed
    } else if is_one_of(word, "add adds") && is_added_to_a_file(sentence, path) {
        Role::Described
    } else {
        said_by(word).unwrap_or(Role::Unsaid)
    }
}

/// What a word says about a path by itself.
fn said_by(word: &str) -> Option<Role> {
    let lists = [(CHANGING, Role::Changed), (USING, Role::Used), (DESCRIBING, Role::Described)];
    lists.iter().find(|(list, _)| is_one_of(word, list)).map(|(_, role)| *role)
}

/// Whether one of the words stands in the clause that the tokens end with.
fn clause_has(tokens: &[Token], list: &str) -> bool {
    let mut clause = tokens.iter().rev().take_while(|token| **token != Token::Break);
    clause.any(|token| matches!(token, Token::Word(word) if is_one_of(word, list)))
}

/// Whether "to" and a file follow in the same clause: what is added is a line in there.
fn is_added_to_a_file(sentence: &Sentence, path: usize) -> bool {
    let is_file = |at: usize| {
        let mention = sentence.mention_at(at).map(|mention| sentence.mentions[mention].shape);
        matches!(mention, Some(Shape::File | Shape::Name))
    };
    let mut clause =
        sentence.tokens.iter().enumerate().skip(path + 1).take_while(|(_, token)| **token != Token::Break);
    clause.any(|(at, token)| *token == Token::Word("to") && is_file(at + 1))
}

fn opening_bracket(tokens: &[Token], closing: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().take(closing + 1).rev() {
        match token {
            Token::Close => depth += 1,
            Token::Open => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    closing
}
