//! The references of one file: modules it declares, names it imports, paths it uses.

use super::tokens::{Token, tokens};

/// One file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Modules in files of their own.
    pub modules: Vec<String>,
    /// Every name that a `use` imports.
    pub imports: Vec<Import>,
    /// Every path outside a `use`.
    pub paths: Vec<Path>,
}

/// One name that a `use` imports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its name in the file; `*` for everything.
    pub name: String,
    /// The path it comes from.
    pub path: Path,
}

/// A path as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// Its names, such as `super`, `review`, `State`.
    pub names: Vec<String>,
    /// The number of inline modules around it in the file.
    pub inside: usize,
    /// Its line number.
    pub line: usize,
}

impl Source {
    /// Parses a file.
    pub fn read(text: &str) -> Source {
        let mut reader = Reader { tokens: &tokens(text), at: 0, depth: 0, modules: Vec::new() };
        let mut source = Source::default();
        while let Some(token) = reader.peek(0) {
            match token.text {
                "{" => reader.depth += 1,
                "}" => reader.leave(),
                "mod" => reader.module(&mut source),
                "use" => {
                    reader.at += 1;
                    reader.use_tree(Vec::new(), &mut source.imports);
                    continue;
                }
                _ if token.is_word() && reader.text(1) == "::" => {
                    source.paths.push(reader.path());
                    continue;
                }
                _ => {}
            }
            reader.at += 1;
        }
        source
    }
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
    /// The number of open braces.
    depth: usize,
    /// The depth before each open module.
    modules: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(self.at + ahead)
    }

    fn text(&self, ahead: usize) -> &'a str {
        self.peek(ahead).map_or("", |token| token.text)
    }

    fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.modules.last() == Some(&self.depth) {
            self.modules.pop();
        }
    }

    fn module(&mut self, source: &mut Source) {
        match self.text(2) {
            ";" => source.modules.push(self.text(1).to_owned()),
            "{" => self.modules.push(self.depth),
            _ => {}
        }
    }

    /// Names separated by `::`.
    fn path(&mut self) -> Path {
        let line = self.peek(0).map_or(0, |token| token.line);
        let mut names = vec![self.text(0).to_owned()];
        self.at += 1;
        while self.text(0) == "::" && self.peek(1).is_some_and(Token::is_word) {
            names.push(self.text(1).to_owned());
            self.at += 2;
        }
        Path { names, inside: self.modules.len(), line }
    }

    /// The rest of a `use` after these names: `a::b`, `a::{b, c::d}`, `a::*`, `a as b`.
    fn use_tree(&mut self, mut names: Vec<String>, imports: &mut Vec<Import>) {
        let line = self.peek(0).map_or(0, |token| token.line);
        loop {
            match self.text(0) {
                "::" => self.at += 1,
                "{" => {
                    self.at += 1;
                    while !matches!(self.text(0), "}" | "") {
                        self.use_tree(names.clone(), imports);
                        if self.text(0) != "}" {
                            self.at += 1;
                        }
                    }
                    self.at += 1;
                    return;
                }
                "*" => {
                    self.at += 1;
                    return self.import("*", names, line, imports);
                }
                word if self.peek(0).is_some_and(Token::is_word) && word != "as" => {
                    // `a::{self}` is `a`.
                    if word != "self" || names.is_empty() {
                        names.push(word.to_owned());
                    }
                    self.at += 1;
                }
                "as" => {
                    let name = self.text(1);
                    self.at += 2;
                    return self.import(name, names, line, imports);
                }
                _ => {
                    let name = names.last().cloned().unwrap_or_default();
                    return self.import(&name, names, line, imports);
                }
            }
        }
    }

    fn import(&self, name: &str, names: Vec<String>, line: usize, imports: &mut Vec<Import>) {
        let path = Path { names, inside: self.modules.len(), line };
        imports.push(Import { name: name.to_owned(), path });
    }
}
