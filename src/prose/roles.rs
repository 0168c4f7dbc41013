//! The role of a path in its sentence, from the words around it: changed, only used, or only described.

use super::paths::Shape;
use super::sentence::Sentence;
use super::words::{Token, is_one_of};

/// The role of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The task writes it.
    Changed,
    /// The task reads it.
    Used,
    /// It only describes something else: "with `package.json`", "add `build/` to `.gitignore`".
    Described,
    /// The words give no role.
    Unsaid,
}

/// The role of a mention.
#[derive(Debug, Clone, Copy)]
pub struct Said {
    /// Its role.
    pub role: Role,
    /// The mention before it in the same list.
    pub listed_after: Option<usize>,
}

const CHANGING: &str = "across add adds at audit configure create creates define delete edit extend fix \
    generate implement in inside into migrate modify move refactor remove rename scaffold to under update \
    updates within write";
const USING: &str = "against based calling consume consumes consuming covering extending follow following \
    follows from import importing imports like load loading match matching mirror mirroring pattern \
    patterns per read reading reads reference references referencing scanning see touching use uses using \
    via wiring wrapping validate validating verify verifying";
const DESCRIBING: &str = "e.g i.e with";
/// After these words, "from" names a changed file: code is moved out of it, or a call is added to it.
const TAKING_FROM: &str = "call delete extract invoke launch migrate move relocate remove rename split";

/// Words before "in" or "at" that say what is there already, or comes there when something runs.
const BEING: &str = "detected found located saved";
/// Words that make "files" the label of a list of files that are changed.
const FILES_TO_CHANGE: &str = "affected change changed changes create created delete edit edited modified \
    modify touched update updated";
/// Programs whose calls stand in sentences without backticks.
const PROGRAMS: &str = "bun cargo deno dotnet go npm pnpm yarn";

/// The most tokens between a path and the word that gives its role.
const REACH: usize = 8;

/// The role of each mention, from the words before it.
pub fn said(sentence: &Sentence) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::with_capacity(sentence.mentions.len());
    for mention in &sentence.mentions {
        let is_of_command = sentence.is_command(mention.at) || is_argument(sentence, mention.at);
        said.push(match before(sentence, mention.at) {
            _ if is_of_command => Said { role: Role::Used, listed_after: None },
            Before::Listed(earlier) => Said { listed_after: Some(earlier), ..said[earlier] },
            Before::Word(at, word) => {
                Said { role: role_said_by(word, sentence, at, mention.at), listed_after: None }
            }
            Before::Being => Said { role: Role::Used, listed_after: None },
            Before::Label => Said { role: Role::Changed, listed_after: None },
            Before::Nothing => Said { role: Role::Unsaid, listed_after: None },
        });
    }
    said
}

/// The thing before a path that gives its role.
enum Before<'a> {
    /// Another path in the same list, by its index.
    Listed(usize),
    /// A word that gives a role, and its token.
    Word(usize, &'a str),
    /// "is located at:".
    Being,
    /// A label of a list of files, such as "Files to update:".
    Label,
    Nothing,
}

/// Searches backwards from a path, within its clause, up to another path and at most [`REACH`] tokens.
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
            Token::Break if is_listed && is_label_of_files(&sentence.tokens[..at]) => return Before::Label,
            Token::Break if is_listed && at > 1 && is_being(&sentence.tokens[..at]) => return Before::Being,
            Token::Break => break,
            Token::Word(_) if is_listed && is_being(&sentence.tokens[..=at]) => return Before::Being,
            Token::Word(word) if said_by(word).is_some() => return Before::Word(at, word),
            Token::Open | Token::Word(_) | Token::Code(_) => is_listed = false,
        }
    }
    Before::Nothing
}

/// The role that a word gives a path, considering the rest of the clause.
fn role_said_by(word: &str, sentence: &Sentence, at: usize, path: usize) -> Role {
    if is_one_of(word, "from") && clause_has(&sentence.tokens[..at], TAKING_FROM) {
        Role::Changed
    } else if is_one_of(word, "add adds") && is_added_to_a_file(sentence, path) {
        Role::Described
    } else if is_being(&sentence.tokens[..=at]) {
        Role::Used
    } else {
        said_by(word).unwrap_or(Role::Unsaid)
    }
}

/// The role that a word alone gives a path.
fn said_by(word: &str) -> Option<Role> {
    if is_report(word) {
        return Some(Role::Changed);
    }
    let lists = [(CHANGING, Role::Changed), (USING, Role::Used), (DESCRIBING, Role::Described)];
    lists.iter().find(|(list, _)| is_one_of(word, list)).map(|(_, role)| *role)
}

/// "is located at", "was found in", "a version of" at the end of the tokens.
fn is_being(tokens: &[Token]) -> bool {
    match tokens {
        [.., being, place] => {
            is_in(*being, BEING) && is_in(*place, "at in to")
                || is_in(*being, "copy version") && is_in(*place, "of")
        }
        _ => false,
    }
}

fn is_in(token: Token, list: &str) -> bool {
    matches!(token, Token::Word(word) if is_one_of(word, list))
}

/// "Files to update", "Key files affected" at the end of the tokens, but not "Related files".
fn is_label_of_files(tokens: &[Token]) -> bool {
    let label = tokens.rsplit(|token| *token == Token::Break).next().unwrap_or_default();
    let start = label.len().saturating_sub(4);
    label[start..].iter().any(|token| is_in(*token, "files"))
        && label[start..].iter().any(|token| is_in(*token, FILES_TO_CHANGE))
}

/// Whether the clause before a path begins with a program that runs or tests what it is given.
fn is_argument(sentence: &Sentence, path: usize) -> bool {
    let tokens = &sentence.tokens[..path];
    let clause = tokens.rsplit(|token| *token == Token::Break).next().unwrap_or_default();
    match clause {
        [Token::Word(program), Token::Word(verb), ..] => {
            is_one_of(program, PROGRAMS)
                && program.starts_with(|letter: char| letter.is_ascii_lowercase())
                && is_one_of(verb, "build check exec lint run test vet")
        }
        _ => false,
    }
}

/// Whether one of the words is in the clause at the end of the tokens.
fn clause_has(tokens: &[Token], list: &str) -> bool {
    let mut clause = tokens.iter().rev().take_while(|token| **token != Token::Break);
    clause.any(|token| matches!(token, Token::Word(word) if is_one_of(word, list)))
}

/// Whether "to" and a file follow in the same clause. Then the task adds a line to that file.
fn is_added_to_a_file(sentence: &Sentence, path: usize) -> bool {
    let is_file = |at: usize| {
        let mention = sentence.mention_at(at).map(|mention| sentence.mentions[mention].shape);
        matches!(mention, Some(Shape::File | Shape::Name))
    };
    let mut clause =
        sentence.tokens.iter().enumerate().skip(path + 1).take_while(|(_, token)| **token != Token::Break);
    clause.any(|(at, token)| *token == Token::Word("to") && is_file(at + 1))
}

/// Whether the word begins a sentence about what was done: "Created src/a.rs".
pub fn is_report(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_ascii_uppercase())
        && is_one_of(word, "added created enhanced extended modified refactored rewrote updated wrote")
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
