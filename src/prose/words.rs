//! Splits the text of a task into words, code and punctuation.

/// A piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A word without the punctuation around it.
    Word(&'a str),
    /// The text between backticks.
    Code(&'a str),
    /// `,`, or a word that joins like a comma.
    Joint,
    /// `(`
    Open,
    /// `)`
    Close,
    /// The end of a clause: `.`, `;`, `:` or a dash.
    Break,
}

/// Whether a word is in a list of words separated by spaces, in any case.
pub fn is_one_of(word: &str, list: &str) -> bool {
    list.split(' ').any(|known| known.eq_ignore_ascii_case(word))
}

/// Splits a text into tokens.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
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
    // The target of a Markdown link adds nothing to its text, except the folder of the file that it names.
    let link = word.split_once("](").and_then(|(text, rest)| Some((text, rest.split_once(')')?)));
    let (word, after_link) = match link {
        Some((text, (target, after))) => {
            if let ("", Some(Token::Code(code))) = (text, tokens.last_mut())
                && is_file_called(target, code)
            {
                *code = target;
            }
            let name = text.rsplit('[').next().unwrap_or(text);
            (if is_file_called(target, name) { target } else { text }, after)
        }
        None => (word, ""),
    };
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
            ',' | '、' | '，' => tokens.push(Token::Joint),
            ')' | '）' => tokens.push(Token::Close),
            '.' | ';' | ':' | '!' | '—' | '–' | '。' | '；' | '：' => tokens.push(Token::Break),
            _ => {}
        }
    }
}

/// Whether the target of a link is a file of the repository with this name.
fn is_file_called(target: &str, name: &str) -> bool {
    let folder = target.strip_suffix(name).filter(|_| !name.is_empty() && !target.contains(':'));
    folder.is_some_and(|folder| folder.ends_with('/') && !folder.starts_with(['.', '/']))
}

/// The length of a word without the punctuation after it. A bracket that the word itself opens is part of it.
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
            '.' | ',' | ';' | ':' | '!' | '…' | '—' | '–' | '、' | '，' | '。' | '；' | '：' | '）' => {
                true
            }
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

/// Whether the bracket just opened is closed within the word, as in `(tabs)/index.tsx`.
fn closes_again(after: &str) -> bool {
    after.split_once(')').is_some_and(|(_, rest)| rest.starts_with('/'))
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
        assert_eq!(tokens("`a`、`b`。c"), [Code("a"), Joint, Code("b"), Word("。c")]);
    }

    #[test]
    fn links_to_the_file_that_they_name_are_its_path() {
        use Token::*;
        assert_eq!(tokens("[a.ts](src/a.ts): x"), [Word("src/a.ts"), Break, Word("x")]);
        assert_eq!(tokens("[`a.ts`](src/a.ts)"), [Code("src/a.ts")]);
        for link in ["[a.ts](https://x.org/a.ts)", "[a.ts](./a.ts)", "[a.ts](src/b.ts)"] {
            assert_eq!(tokens(link), [Word("a.ts")], "{link}");
        }
    }
}
