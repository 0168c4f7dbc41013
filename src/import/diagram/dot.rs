//! DOT, the language of Graphviz: `digraph { a -> {b c} }`.

use super::graph::{Frame, Graph};
use crate::import::json::Reader;
use crate::import::{Certainty, File, Format, ImportError, Imported, only_text, task_file};

/// The format of `*.dot` and `*.gv`.
pub static FORMAT: Format = Format {
    id: "dot",
    name: "DOT graph",
    description: "A directed graph in DOT, the language of Graphviz; an arrow is a wait.",
    recognise,
    read,
};

/// The most graphs inside each other.
const MAX_DEPTH: usize = 64;

fn recognise(files: &[File]) -> Certainty {
    let Some((_, text)) = only_text(files) else { return Certainty::No };
    match header(text) {
        Some(_) => Certainty::Sure("it starts like a graph in DOT".to_owned()),
        None => Certainty::No,
    }
}

/// The tokens behind `digraph name {`, if the text starts so.
fn header(text: &str) -> Option<Tokens<'_>> {
    let mut tokens = Tokens { text, at: 0, line: 1 };
    let word = |tokens: &mut Tokens| match tokens.next() {
        Some(Token::Id(id, Spelling::Bare)) => Some(id.to_lowercase()),
        _ => None,
    };
    let mut first = word(&mut tokens)?;
    if first == "strict" {
        first = word(&mut tokens)?;
    }
    if first != "digraph" && first != "graph" {
        return None;
    }
    match tokens.next()? {
        Token::Sign('{') => Some(tokens),
        Token::Id(..) => (tokens.next()? == Token::Sign('{')).then_some(tokens),
        _ => None,
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let Some((_, text)) = only_text(files) else { return Err(crate::import::refusal(files)) };
    let Some(tokens) = header(text) else {
        return Err(ImportError::new("This does not start like a graph in DOT: `digraph {`."));
    };
    let mut reader = GraphReader { tokens, graph: Graph::default(), scopes: vec![Scope::default()] };
    reader.read()?;
    task_file::finish(reader.graph.into_outline(), Reader::default(), &FORMAT)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Bare,
    Quoted,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Id(String, Spelling),
    /// `->`.
    Arrow,
    /// `--`.
    Line,
    Sign(char),
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Tokens<'_> {
    fn advance(&mut self, bytes: usize) {
        self.line += self.text[self.at..self.at + bytes].matches('\n').count();
        self.at += bytes;
    }

    /// Passes spaces and remarks.
    fn skip(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let space = rest.len() - rest.trim_start().len();
            let after = &rest[space..];
            let is_line_start = self.at + space == 0 || self.text[..self.at + space].ends_with('\n');
            let remark = match () {
                () if after.starts_with("//") => after.find('\n').unwrap_or(after.len()),
                () if after.starts_with('#') && is_line_start => after.find('\n').unwrap_or(after.len()),
                () if after.starts_with("/*") => after.find("*/").map_or(after.len(), |end| end + 2),
                () => 0,
            };
            self.advance(space + remark);
            if remark == 0 {
                return;
            }
        }
    }

    fn next(&mut self) -> Option<Token> {
        self.skip();
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let (token, length) = match first {
            '"' => {
                let (id, length) = quoted(rest);
                (Token::Id(id, Spelling::Quoted), length)
            }
            '<' => {
                let length = end_of_html(rest);
                (Token::Id(without_html(&rest[..length]), Spelling::Quoted), length)
            }
            '-' if rest.starts_with("->") => (Token::Arrow, 2),
            '-' if rest.starts_with("--") => (Token::Line, 2),
            letter if is_of_id(letter) || matches!(letter, '-' | '.') => {
                let length = 1.max(first.len_utf8());
                let more = rest[length..].find(|letter: char| !is_of_id(letter) && letter != '.');
                let length = length + more.unwrap_or(rest.len() - length);
                (Token::Id(rest[..length].to_owned(), Spelling::Bare), length)
            }
            sign => (Token::Sign(sign), sign.len_utf8()),
        };
        self.advance(length);
        Some(token)
    }

    /// The next token, which stays the next one.
    fn peek(&mut self) -> Option<Token> {
        let (at, line) = (self.at, self.line);
        let token = self.next();
        (self.at, self.line) = (at, line);
        token
    }
}

fn is_of_id(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || !letter.is_ascii() && !letter.is_whitespace()
}

/// A text in quotes, and its length with them.
fn quoted(text: &str) -> (String, usize) {
    let mut id = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (id, at + 1),
            '\\' => match letters.next() {
                Some((_, '"')) => id.push('"'),
                // A line may be continued.
                Some((_, '\n')) => {}
                Some((_, other)) => id.extend(['\\', other]),
                None => {}
            },
            _ => id.push(letter),
        }
    }
    (id, text.len())
}

fn end_of_html(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// The words of a label in HTML.
fn without_html(text: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    let inside = text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text);
    for letter in inside.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => {
                is_tag = false;
                words.push(' ');
            }
            _ if is_tag => {}
            _ => words.push(letter),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A graph that is open.
#[derive(Default)]
struct Scope {
    frame: Option<usize>,
    /// All nodes that are named in it.
    nodes: Vec<usize>,
    /// The nodes that the statement ended with so far.
    operand: Vec<usize>,
    /// The sign that waits for nodes.
    sign: Option<Token>,
    /// Whether the statement is a single node, to which attributes belong.
    is_node: bool,
}

struct GraphReader<'a> {
    tokens: Tokens<'a>,
    graph: Graph,
    scopes: Vec<Scope>,
}

impl GraphReader<'_> {
    fn read(&mut self) -> Result<(), ImportError> {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Sign('{') => self.open("")?,
                Token::Sign('}') => {
                    if self.close() {
                        return Ok(());
                    }
                }
                Token::Sign('[') => self.attributes(),
                Token::Sign(';' | ',') => self.end_statement(),
                Token::Sign(_) => self.graph.skip(self.tokens.line),
                sign @ (Token::Arrow | Token::Line) => self.scope().sign = Some(sign),
                Token::Id(id, spelling) => self.id(id, spelling)?,
            }
        }
        Ok(())
    }

    /// The innermost graph; there always is one.
    fn scope(&mut self) -> &mut Scope {
        if self.scopes.is_empty() {
            self.scopes.push(Scope::default());
        }
        let last = self.scopes.len() - 1;
        &mut self.scopes[last]
    }

    fn open(&mut self, name: &str) -> Result<(), ImportError> {
        if self.scopes.len() >= MAX_DEPTH {
            return Err(ImportError::new("The graphs in this DOT file are nested too deeply to be read."));
        }
        let around = self.scope().frame;
        let frame = match name {
            "" => around,
            _ => {
                let line = self.tokens.line;
                self.graph.frames.push(Frame { line, around, ..Frame::default() });
                Some(self.graph.frames.len() - 1)
            }
        };
        self.scopes.push(Scope { frame, ..Scope::default() });
        Ok(())
    }

    /// Closes a graph, and returns whether it was the outermost one.
    fn close(&mut self) -> bool {
        let Some(closed) = self.scopes.pop() else { return true };
        if self.scopes.is_empty() {
            return true;
        }
        let mut nodes = closed.nodes;
        nodes.sort_unstable();
        nodes.dedup();
        self.operand(nodes, false);
        false
    }

    fn end_statement(&mut self) {
        let scope = self.scope();
        scope.operand.clear();
        scope.sign = None;
        scope.is_node = false;
    }

    /// Takes nodes: the other end of an arrow, or the start of a statement.
    fn operand(&mut self, nodes: Vec<usize>, is_node: bool) {
        let line = self.tokens.line;
        let scope = self.scope();
        scope.nodes.extend(&nodes);
        let sign = scope.sign.take();
        let before = std::mem::replace(&mut scope.operand, nodes.clone());
        scope.is_node = is_node && sign.is_none();
        match sign {
            Some(Token::Arrow) => self.graph.connect(&before, &nodes),
            Some(_) => self.graph.count_undirected(line),
            None => {}
        }
    }

    fn id(&mut self, id: String, spelling: Spelling) -> Result<(), ImportError> {
        let next = self.tokens.peek();
        let keyword = if spelling == Spelling::Bare { id.to_lowercase() } else { String::new() };
        if next == Some(Token::Sign('=')) {
            self.tokens.next();
            let value = self.tokens.next();
            self.set(&id, value);
        } else if keyword == "subgraph" {
            let name = match next {
                Some(Token::Id(name, _)) => {
                    self.tokens.next();
                    name
                }
                _ => String::new(),
            };
            if self.tokens.peek() == Some(Token::Sign('{')) {
                self.tokens.next();
                self.open(&name)?;
            }
        } else if matches!(keyword.as_str(), "node" | "edge" | "graph") && next == Some(Token::Sign('[')) {
            self.end_statement();
        } else {
            let (line, frame) = (self.tokens.line, self.scope().frame);
            let node = self.graph.node(&joined(id, &mut self.tokens), line, frame);
            self.port();
            self.operand(vec![node], true);
        }
        Ok(())
    }

    /// Passes `:port:n`.
    fn port(&mut self) {
        while self.tokens.peek() == Some(Token::Sign(':')) {
            self.tokens.next();
            self.tokens.next();
        }
    }

    /// A value of the graph itself.
    fn set(&mut self, name: &str, value: Option<Token>) {
        let Some(Token::Id(value, _)) = value else { return };
        if name.eq_ignore_ascii_case("label") {
            match self.scope().frame {
                Some(frame) => self.graph.frames[frame].title = value.replace("\\n", " "),
                None => self.graph.title = value.replace("\\n", " "),
            }
        }
    }

    /// Reads `[label="…", …]`, which belongs to the node of the statement.
    fn attributes(&mut self) {
        let node =
            Some(self.scope()).filter(|scope| scope.is_node).and_then(|scope| scope.operand.first().copied());
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Sign(']') => return,
                Token::Id(name, _) if self.tokens.peek() == Some(Token::Sign('=')) => {
                    self.tokens.next();
                    let Some(Token::Id(value, _)) = self.tokens.next() else { continue };
                    let value = joined(value, &mut self.tokens);
                    if let Some(node) = node.filter(|_| name.eq_ignore_ascii_case("label")) {
                        // `\N` stands for the id.
                        self.graph.nodes[node].label = value.replace("\\N", &self.graph.nodes[node].id);
                    }
                }
                _ => {}
            }
        }
    }
}

/// A text with all that is added to it by `+`.
fn joined(mut text: String, tokens: &mut Tokens) -> String {
    while tokens.peek() == Some(Token::Sign('+')) {
        tokens.next();
        if let Some(Token::Id(more, _)) = tokens.next() {
            text.push_str(&more);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::lines_with_groups;

    fn shown(text: &str) -> Vec<String> {
        lines_with_groups(&FORMAT, text)
    }

    #[test]
    fn nodes_are_tasks_and_arrows_are_waits() {
        let text = "// remark\nstrict digraph \"My plan\" {\n rankdir = \"LR\"; node [shape=box]\n 0 [label=\"Store\\ncarts\"]\n \
                    1 [label=<<b>Cart</b> page>, color=red];\n 0 -> 1 -> {2 3} [label=x]\n \"do it all\" /* why */ -> 0:port:n\n}\n";
        assert_eq!(
            shown(text),
            [
                "0 Store carts <T1> []",
                "1 Cart page <0> []",
                "2 2 <1> []",
                "3 3 <1> []",
                "T1 do it all <> []",
                "PP504"
            ]
        );
    }

    #[test]
    fn frames_are_groups_and_lines_have_no_direction() {
        let text = "digraph{subgraph cluster_a{label=\"Back end\";a b}\n# note\nsubgraph{c}->d; a -> a2;}";
        assert_eq!(shown(text)[..4], ["a a <> [Back end]", "b b <> [Back end]", "c c <> []", "d d <c> []"]);
        assert!(shown("graph { a -- b }").contains(&"PP553".to_owned()));
    }

    #[test]
    fn look_alikes_are_no_graphs_and_hostile_ones_end() {
        for text in ["graph TD\nA --> B", "digraphs { }", "{\"graph\": 1}", "graph theory is fun", ""] {
            assert_eq!(recognise(&[File::new("a.dot", text)]), Certainty::No, "{text}");
        }
        assert!(shown("digraph {}")[0].contains("no tasks"));
        assert!(shown(&format!("digraph {}", "{".repeat(100_000)))[0].contains("too deeply"));
        for text in [
            "digraph { a -> ",
            "digraph { \"a",
            "digraph { a [label=",
            "digraph { a [label=<x",
            "digraph { a } }",
            "digraph { ]=, -> -> a",
        ] {
            shown(text);
        }
    }
}
