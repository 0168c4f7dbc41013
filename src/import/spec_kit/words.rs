//! The text of a task as words, code and punctuation, and the places in it that name files.

use super::paths::{self, Shape};

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A word without the punctuation around it.
    Word(&'a str),
    /// What stood between back-ticks.
    Code(&'a str),
    /// `,`, or a word that joins as a comma does.
    Joint,
    /// `(`
    Open,
    /// `)`
    Close,
    /// The end of a clause: `.`, `;`, `:` or a dash.
    Break,
}

/// A word that names a file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// As it would be written in a plan.
    pub path: String,
    /// What it looks like.
    pub shape: Shape,
    /// Position of its token.
    pub at: usize,
}

/// Whether a word is in a list of words with spaces between them, in whatever case.
pub fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known.eq_ignore_ascii_case(word))
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for (index, chunk) in text.split('`').enumerate() {
        if index % 2 == 1 {
            tokens.push(Token::Code(chunk.trim()));
        } else {
            chunk.split_whitespace().for_each(|word| push_word(&mut tokens, word));
        }
    }
    tokens
}

fn push_word<'a>(tokens: &mut Vec<Token<'a>>, word: &'a str) {
    // The target of a Markdown link says nothing that its text does not.
    let link = word.split_once("](").and_then(|(text, target)| Some((text, target.split_once(')')?.1)));
    let (word, after_link) = link.unwrap_or((word, ""));
    let mut rest = word.trim_start_matches(is_quote);
    while let Some(after) = rest.strip_prefix('(').filter(|after| !closes_again(after)) {
        tokens.push(Token::Open);
        rest = after.trim_start_matches(is_quote);
    }
    rest = rest.strip_prefix('[').filter(|after| !after.contains(']')).unwrap_or(rest);
    let core = &rest[..core_length(rest)];
    match core.to_ascii_lowercase().as_str() {
        "" => {}
        "and" | "or" | "/" | "&" | "+" | "plus" => tokens.push(Token::Joint),
        "-" => tokens.push(Token::Break),
        _ => tokens.push(Token::Word(core)),
    }
    for sign in rest[core.len()..].chars().chain(after_link.chars()) {
        match sign {
            ',' => tokens.push(Token::Joint),
            ')' => tokens.push(Token::Close),
            '.' | ';' | ':' | '!' | '—' | '–' => tokens.push(Token::Break),
            _ => {}
        }
    }
}

/// Length of a word without the punctuation after it; a bracket that the word opened itself belongs to it.
fn core_length(word: &str) -> usize {
    let count = |sign| word.matches(sign).count();
    let mut unopened = [count(')').saturating_sub(count('(')), count(']').saturating_sub(count('['))];
    let mut length = word.len();
    for last in word.chars().rev() {
        let is_outer = match last {
            ')' | ']' => {
                let left = &mut unopened[usize::from(last == ']')];
                *left > 0 && std::mem::replace(left, *left - 1) > 0
            }
            '.' | ',' | ';' | ':' | '!' | '…' | '—' | '–' => true,
            _ => is_quote(last),
        };
        if !is_outer {
            break;
        }
        length -= last.len_utf8();
    }
    length
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '*' | '<' | '>')
}

/// Whether the bracket that was just opened is closed inside the word, as in `(tabs)/index.tsx`.
fn closes_again(after: &str) -> bool {
    after.split_once(')').is_some_and(|(_, rest)| rest.starts_with('/'))
}

/// A text, taken apart.
#[derive(Debug)]
pub struct Sentence<'a> {
    /// Its pieces.
    pub tokens: Vec<Token<'a>>,
    /// Every file and folder that is named, in order; texts that the feature is planned with are not among them.
    pub mentions: Vec<Mention>,
}

/// How many bytes of a text, and how many paths in it, are looked at; no task that a person wrote has more.
const MOST_BYTES: usize = 20_000;
const MOST_MENTIONS: usize = 500;

impl<'a> Sentence<'a> {
    /// Takes a line apart. A command between back-ticks names at most the program it starts.
    pub fn read(text: &'a str) -> Sentence<'a> {
        let tokens = tokens(&text[..text.floor_char_boundary(MOST_BYTES)]);
        let named = |(at, token): (usize, &Token)| {
            let (path, shape) = match token {
                Token::Word(word) => paths::recognise(word, false)?,
                Token::Code(code) => match code.split_once(' ') {
                    Some((program, _)) => {
                        paths::recognise(program, false).filter(|(_, shape)| *shape == Shape::File)?
                    }
                    None => paths::recognise(code, true)?,
                },
                _ => return None,
            };
            (!paths::is_design_document(&path)).then_some(Mention { path, shape, at })
        };
        let mentions = tokens.iter().enumerate().filter_map(named).take(MOST_MENTIONS).collect();
        Sentence { tokens, mentions }
    }

    /// The mention at a token, by number.
    pub fn mention_at(&self, token: usize) -> Option<usize> {
        self.mentions.binary_search_by_key(&token, |mention| mention.at).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_code_and_punctuation() {
        use Token::*;
        assert_eq!(
            tokens("Add `a b` (see [x.md](./x.md)), in src/(tabs)/[id]/a.ts: \"b\" and c/d."),
            [
                Word("Add"),
                Code("a b"),
                Open,
                Word("see"),
                Word("x.md"),
                Close,
                Joint,
                Word("in"),
                Word("src/(tabs)/[id]/a.ts"),
                Break,
                Word("b"),
                Joint,
                Word("c/d"),
                Break,
            ]
        );
        assert_eq!(tokens("`a`/`b` — c"), [Code("a"), Joint, Code("b"), Break, Word("c")]);
    }

    #[test]
    fn commands_name_their_program_only() {
        let named =
            |text| Sentence::read(text).mentions.into_iter().map(|mention| mention.path).collect::<Vec<_>>();
        assert_eq!(named("Run `tool/gen.sh http://a/b.json` and `npm test -- tests/a.ts`"), ["tool/gen.sh"]);
        assert_eq!(named("Run `flutter pub get` in lib/ (see src/a.ts)"), ["lib/", "src/a.ts"]);
    }
}
