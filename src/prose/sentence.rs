//! The text of a task, with its mentions of files.

use super::paths::{self, Shape};
use super::words::{Token, tokens};

/// A word that names a file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The path in the spelling of a plan.
    pub path: String,
    /// Its shape.
    pub shape: Shape,
    /// Index of its token.
    pub at: usize,
}

/// A text split into tokens and mentions.
#[derive(Debug)]
pub struct Sentence<'a> {
    /// The tokens.
    pub tokens: Vec<Token<'a>>,
    /// Every mentioned file and folder in order, without documents that plan the feature.
    pub mentions: Vec<Mention>,
}

/// Limits on the bytes and paths of a text; no task that a person wrote exceeds them.
const MOST_BYTES: usize = 20_000;
const MOST_MENTIONS: usize = 500;

impl<'a> Sentence<'a> {
    /// Splits a line. A command between backticks mentions at most the program it starts.
    pub fn read(text: &'a str) -> Sentence<'a> {
        let tokens = tokens(&text[..text.floor_char_boundary(MOST_BYTES)]);
        let named = |(at, token): (usize, &Token)| {
            let (path, shape) = match token {
                Token::Word(word) => paths::recognise(word, false)?,
                Token::Code(code) => match code.split_once(' ') {
                    Some((folder, _)) if is_tree(code) => paths::recognise(folder, true)?,
                    Some(_) if is_list_in_braces(code) => paths::recognise(&code.replace(", ", ","), true)?,
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

    /// Whether a token is a command, and not the name of something.
    pub fn is_command(&self, token: usize) -> bool {
        let Some(Token::Code(code)) = self.tokens.get(token) else { return false };
        code.contains(' ') && !is_tree(code) && !is_list_in_braces(code)
    }

    /// The index of the mention at a token.
    pub fn mention_at(&self, token: usize) -> Option<usize> {
        self.mentions.binary_search_by_key(&token, |mention| mention.at).ok()
    }
}

/// Whether it is a drawing of a folder: its name, then its content behind lines.
fn is_tree(code: &str) -> bool {
    code.split_once(' ').is_some_and(|(folder, content)| {
        folder.ends_with('/') && content.trim_start().starts_with(['├', '└', '│'])
    })
}

/// Whether it is a path with a list such as `src/{a.ts, b.ts}`.
fn is_list_in_braces(code: &str) -> bool {
    let inside = code.split_once('{').and_then(|(folder, rest)| Some((folder, rest.split_once('}')?)));
    inside.is_some_and(|(folder, (list, after))| {
        !folder.contains(' ') && !after.contains(' ') && !list.replace(", ", ",").contains([' ', ':', '='])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_name_their_program_only() {
        let named =
            |text| Sentence::read(text).mentions.into_iter().map(|mention| mention.path).collect::<Vec<_>>();
        assert_eq!(named("Run `tool/gen.sh http://a/b.json` and `npm test -- tests/a.ts`"), ["tool/gen.sh"]);
        assert_eq!(named("Run `flutter pub get` in lib/ (see src/a.ts)"), ["lib/", "src/a.ts"]);
        assert_eq!(named("Add `src/{a.ts, b.ts}` and `{a: 1, b: 2}`"), ["src/{a.ts,b.ts}"]);
        assert_eq!(named("Make ``` tests/fixtures/ ├── builders/ └── index.ts ```"), ["tests/fixtures/"]);
    }
}
