//! Splits JavaScript into the tokens that tell where a script calls what, with literal texts. Tolerant: what it does
//! not know is a sign.

/// A token with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token<'a> {
    /// Counted from 1.
    pub line: usize,
    /// What it is.
    pub kind: Kind<'a>,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// A name, a keyword or a number.
    Word(&'a str),
    /// A string, or a template without anything to fill in.
    Text(String),
    /// A template in which something is filled in, shown as `${…}`.
    Template(String),
    /// A regular expression.
    Pattern,
    /// A sign. `=>` is `⇒`.
    Sign(char),
}

impl Kind<'_> {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        *self == Kind::Sign(sign)
    }
}

/// The tokens of a text, in linear time.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut reader = Reader { text, at: 0, line: 1, tokens: Vec::new() };
    while reader.at < text.len() {
        reader.take();
    }
    reader.tokens
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    tokens: Vec<Token<'a>>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.text.len());
        self.line += self.text[self.at..end].matches('\n').count();
        self.at = end;
    }

    fn push(&mut self, kind: Kind<'a>, bytes: usize) {
        self.tokens.push(Token { line: self.line, kind });
        self.skip(bytes);
    }

    fn take(&mut self) {
        let rest = self.rest();
        let Some(letter) = rest.chars().next() else { return };
        let word = rest.len() - rest.trim_start_matches(is_of_word).len();
        match letter {
            _ if letter.is_whitespace() => self.skip(letter.len_utf8()),
            '/' if rest.starts_with("//") => self.skip(rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => self.skip(rest.find("*/").map_or(rest.len(), |end| end + 2)),
            '/' if self.may_be_pattern() => match pattern_length(rest) {
                Some(length) => self.push(Kind::Pattern, length),
                None => self.push(Kind::Sign('/'), 1),
            },
            '"' | '\'' => {
                let (text, length) = string(rest, letter);
                self.push(Kind::Text(text), length);
            }
            '`' => {
                let (text, is_whole, length) = template(rest);
                self.push(if is_whole { Kind::Text(text) } else { Kind::Template(text) }, length);
            }
            '=' if rest.starts_with("=>") => self.push(Kind::Sign('⇒'), 2),
            _ if word > 0 => self.push(Kind::Word(&rest[..word]), word),
            _ => self.push(Kind::Sign(letter), letter.len_utf8()),
        }
    }

    /// Whether a slash here begins a regular expression, since a division needs something before it.
    fn may_be_pattern(&self) -> bool {
        match self.tokens.last().map(|token| &token.kind) {
            None => true,
            Some(Kind::Sign(sign)) => !matches!(sign, ')' | ']' | '}'),
            Some(Kind::Word(word)) => matches!(*word, "return" | "typeof" | "case" | "in" | "of" | "await"),
            Some(_) => false,
        }
    }
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '$')
}

/// The length of the regular expression at the start, with its flags.
fn pattern_length(text: &str) -> Option<usize> {
    let (mut is_escaped, mut is_in_class) = (false, false);
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            '\n' => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '/' if !is_in_class => {
                let flags = text[at + 1..].trim_start_matches(|letter: char| letter.is_ascii_lowercase());
                return Some(text.len() - flags.len());
            }
            _ => {}
        }
    }
    None
}

/// The string at the start, and its length with the quotes. Without an end, it ends with the line.
fn string(text: &str, quote: char) -> (String, usize) {
    let mut found = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => {
                if let Some((_, letter)) = letters.next() {
                    push_escaped(&mut found, letter);
                }
            }
            '\n' => return (found, at),
            _ if letter == quote => return (found, at + 1),
            _ => found.push(letter),
        }
    }
    (found, text.len())
}

fn push_escaped(text: &mut String, letter: char) {
    match letter {
        'n' => text.push('\n'),
        't' => text.push('\t'),
        'r' | '\n' => {}
        _ => text.push(letter),
    }
}

/// The template at the start, whether nothing is filled in, and its length.
fn template(text: &str) -> (String, bool, usize) {
    let mut found = String::new();
    let mut is_whole = true;
    // What is open besides the template itself: braces of what is filled in, and templates in there.
    let mut open: Vec<char> = Vec::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        let is_text = open.last().is_none_or(|last| *last == '`');
        match letter {
            '\\' => {
                let escaped = letters.next();
                if let (true, Some((_, letter))) = (open.is_empty(), escaped) {
                    push_escaped(&mut found, letter);
                }
            }
            '`' if open.is_empty() => return (found, is_whole, at + 1),
            '`' if is_text => {
                open.pop();
            }
            '`' => open.push('`'),
            '$' if is_text && letters.peek().is_some_and(|(_, next)| *next == '{') => {
                letters.next();
                if open.is_empty() {
                    is_whole = false;
                    found.push_str("${…}");
                }
                open.push('{');
            }
            '{' if !is_text => open.push('{'),
            '}' if !is_text => {
                open.pop();
            }
            _ if open.is_empty() => found.push(letter),
            _ => {}
        }
    }
    (found, is_whole, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let one = |token: &Token| match &token.kind {
            Kind::Word(word) => (*word).to_owned(),
            Kind::Text(text) => format!("{text:?}"),
            Kind::Template(text) => format!("~{text:?}"),
            Kind::Pattern => "/…/".to_owned(),
            Kind::Sign(sign) => sign.to_string(),
        };
        tokens(text).iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn texts_remarks_and_patterns_are_told_apart() {
        assert_eq!(shown("a('x\\'y') // agent('no')\n/* agent() */ b = /[/'](/g"), "a ( \"x'y\" ) b = /…/");
        assert_eq!(shown("c / d / e => `f\\n`"), "c / d / e ⇒ \"f\\n\"");
        assert_eq!(shown("`a ${b({c: `d ${e}`})} f`.g"), "~\"a ${…} f\" . g");
        assert_eq!(shown("'no end\n\"x\" `no end"), "\"no end\" \"x\" \"no end\"");
    }

    #[test]
    fn lines_are_counted() {
        let lines: Vec<usize> = tokens("a\n`b\nc`\nd").iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 4]);
    }
}
