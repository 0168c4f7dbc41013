//! Splits a source into words and punctuation, without comments, strings, and code that is compiled for tests
//! only.

/// One word or punctuation mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// The word, `::`, or one other character.
    pub text: &'a str,
    /// Its line number, from 1.
    pub line: usize,
}

impl Token<'_> {
    /// Whether it is a name or a keyword.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(is_in_word)
    }
}

fn is_in_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The tokens of the source, without tests.
pub fn tokens(source: &str) -> Vec<Token<'_>> {
    without_tests(&all_tokens(source))
}

fn all_tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut at, mut line) = (0, 1);
    while let Some(first) = source[at..].chars().next() {
        let rest = &source[at..];
        let (length, is_token) = match silent(rest) {
            Some(length) => (length, false),
            None if rest.starts_with("::") => (2, true),
            None if is_in_word(first) => (rest.find(|c| !is_in_word(c)).unwrap_or(rest.len()), true),
            None => (first.len_utf8(), true),
        };
        if is_token {
            tokens.push(Token { text: &rest[..length], line });
        }
        line += rest[..length].matches('\n').count();
        at += length;
    }
    tokens
}

/// The length of the space, comment, string, character or lifetime at the start of a text.
fn silent(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if first.is_whitespace() {
        return Some(first.len_utf8());
    }
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if text.starts_with("/*") {
        return Some(block_comment(text));
    }
    if first == '\'' {
        return Some(character(text));
    }
    let begins_string = |prefix: &&str| {
        let after = text.strip_prefix(*prefix)?;
        let quote = if prefix.ends_with('r') { after.trim_start_matches('#') } else { after };
        quote.starts_with('"').then_some(())
    };
    let prefix =
        ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| begins_string(prefix).is_some())?;
    Some(prefix.len() + string(&text[prefix.len()..], prefix.ends_with('r')))
}

fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        let Some(next) = text[at..].find(['/', '*']) else { return text.len() };
        at += next;
        let (step, change) = match &text.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        at += step;
        depth += change;
    }
    at
}

/// A character in quotes, or the quote of a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].char_indices();
    match inside.next() {
        Some((_, '\\')) => text.get(3..).and_then(|rest| rest.find('\'')).map_or(text.len(), |end| end + 4),
        Some((_, c)) if text[1 + c.len_utf8()..].starts_with('\'') => 2 + c.len_utf8(),
        _ => 1,
    }
}

/// A string from its quote, or from the `#` before it.
fn string(text: &str, is_raw: bool) -> usize {
    if is_raw {
        let hashes = text.find('"').unwrap_or(0);
        let end = format!("\"{}", &text[..hashes]);
        return text[hashes + 1..].find(&end).map_or(text.len(), |at| hashes + 1 + at + end.len());
    }
    let mut at = 1;
    while let Some(next) = text[at..].find(['"', '\\']) {
        at += next + 1;
        if text.as_bytes()[at - 1] == b'"' {
            return at;
        }
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    text.len()
}

/// Removes items that are compiled only for tests or for the documentation.
fn without_tests<'a>(tokens: &[Token<'a>]) -> Vec<Token<'a>> {
    let mut left = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let texts = |range: std::ops::Range<usize>| -> Vec<&str> {
            tokens[range.start..range.end.min(tokens.len())].iter().map(|token| token.text).collect()
        };
        match texts(at..at + 7).as_slice() {
            ["#", "[", "cfg", "(", "test" | "doc", ")", "]"] => at += 7 + item(&tokens[at + 7..]),
            _ => {
                left.push(tokens[at].clone());
                at += 1;
            }
        }
    }
    left
}

/// The number of tokens of an item: up to its semicolon, or to the end of its braces.
fn item(tokens: &[Token]) -> usize {
    let is_use = tokens.iter().take(4).any(|token| token.text == "use");
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        let ends = token.text == ";" || token.text == "}" && !is_use;
        // The brackets of an attribute in between don't end it; only a brace or a semicolon does.
        if depth == 0 && ends {
            return at + 1;
        }
    }
    tokens.len()
}
