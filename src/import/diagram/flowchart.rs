//! Flowcharts of Mermaid: `A[Store] --> B & C`.

use super::graph::{Frame, Graph};

/// Words at the start of a line that is no part of the graph.
const OTHER_LINES: &[&str] = &[
    "classDef",
    "class",
    "style",
    "linkStyle",
    "click",
    "direction",
    "accTitle",
    "accDescr",
    "accTitle:",
    "accDescr:",
];

/// What a connection between nodes says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    Arrow,
    Undirected,
    Invisible,
}

/// Reads a flowchart. `first` is the number of its first line, which is the header.
pub fn read(text: &str, first: usize) -> Graph {
    let header = text.find(['\n', ';']).unwrap_or(text.len());
    let mut reader =
        Reader { text, at: header, line: first, line_end: 0, graph: Graph::default(), frame: None };
    while reader.at < text.len() {
        reader.statement();
    }
    reader.graph
}

struct Reader<'a> {
    text: &'a str,
    /// Position in bytes.
    at: usize,
    line: usize,
    /// Where a line ends that was looked at; see [`Reader::line_ahead`].
    line_end: usize,
    graph: Graph,
    frame: Option<usize>,
}

/// The longest text between two signs, in bytes; nobody draws more into a diagram.
const MOST_BYTES: usize = 20_000;

/// The part of a text in which the other one of two signs is looked for.
fn within(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST_BYTES)]
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Moves on by some bytes.
    fn advance(&mut self, bytes: usize) {
        let passed = &self.text[self.at..self.at + bytes];
        self.line += passed.matches('\n').count();
        self.at += bytes;
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// The rest of the line, which is passed.
    fn rest_of_line(&mut self) -> &'a str {
        let rest = self.rest();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        self.at += line.len();
        line
    }

    fn statement(&mut self) {
        let rest = self.rest();
        let space = rest.len() - rest.trim_start_matches([' ', '\t', '\n', ';']).len();
        self.advance(space);
        let rest = self.rest();
        let word = rest.split([' ', '\t', '\n', ';']).next().unwrap_or_default();
        if rest.is_empty() {
        } else if rest.starts_with("%%") || OTHER_LINES.contains(&word) {
            self.rest_of_line();
        } else if word == "subgraph" {
            self.at += word.len();
            let title = self.rest_of_line();
            self.open_frame(title);
        } else if word == "end" {
            self.at += word.len();
            self.frame = self.frame.and_then(|frame| self.graph.frames[frame].around);
        } else if self.chain().is_none() {
            self.graph.skip(self.line);
            let rest = self.rest();
            // Always moves on.
            self.advance(rest.find('\n').map_or(rest.len(), |end| end + 1));
        }
    }

    fn open_frame(&mut self, written: &str) {
        let written = written.trim().trim_end_matches(';');
        let (id, title) = match written.split_once('[') {
            Some((id, title)) => (id.trim(), title.trim_end().trim_end_matches(']')),
            None => (written, written),
        };
        let plain = |text: &str| text.trim().trim_matches(['"', '`']).trim().to_owned();
        let id = if id.starts_with('"') { String::new() } else { plain(id) };
        let frame = Frame { id, title: plain(title), line: self.line, around: self.frame };
        self.frame = Some(self.graph.frames.len());
        self.graph.frames.push(frame);
    }

    /// Nodes with connections between them, up to the end of the statement. `None` if it is not understood.
    fn chain(&mut self) -> Option<()> {
        let mut before = self.nodes()?;
        loop {
            self.skip_spaces();
            let rest = self.rest();
            if rest.is_empty() || rest.starts_with(['\n', ';']) {
                return Some(());
            }
            if rest.starts_with("%%") {
                self.rest_of_line();
                return Some(());
            }
            let link = self.link()?;
            // The other end may stand on the next line.
            let rest = self.rest();
            self.advance(rest.len() - rest.trim_start().len());
            let line = self.line;
            let after = self.nodes()?;
            match link {
                Link::Arrow => self.graph.connect(&before, &after),
                Link::Undirected => self.graph.count_undirected(line),
                Link::Invisible => {}
            }
            before = after;
        }
    }

    /// `A & B[Label]`.
    fn nodes(&mut self) -> Option<Vec<usize>> {
        let mut nodes = vec![self.node()?];
        loop {
            let start = self.at;
            self.skip_spaces();
            if !self.rest().starts_with('&') {
                self.at = start;
                return Some(nodes);
            }
            self.at += 1;
            let rest = self.rest();
            self.advance(rest.len() - rest.trim_start().len());
            nodes.push(self.node()?);
        }
    }

    fn node(&mut self) -> Option<usize> {
        let rest = self.rest();
        let id = &rest[..end_of_id(rest)];
        if id.is_empty() {
            return None;
        }
        let node = self.graph.node(id, self.line, self.frame);
        self.at += id.len();
        loop {
            let rest = self.rest();
            if let Some(class) = rest.strip_prefix(":::") {
                let is_of_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-');
                self.at += 3 + class.find(|letter| !is_of_name(letter)).unwrap_or(class.len());
            } else if rest.starts_with("@{") {
                let end = within(rest).find('}')?;
                if let Some((_, label)) = rest[..end].split_once("label:") {
                    let label = label.trim_start();
                    let quote = label.chars().next().filter(|first| matches!(first, '"' | '\''));
                    let label = match quote {
                        Some(quote) => label[1..].split(quote).next(),
                        None => label.split(',').next(),
                    };
                    self.graph.nodes[node].label = label.unwrap_or_default().trim().to_owned();
                }
                self.advance(end + 1);
            } else if rest.starts_with(['[', '(', '{', '>']) {
                let (label, end) = label(rest)?;
                if self.graph.nodes[node].label.is_empty() {
                    self.graph.nodes[node].label = label;
                }
                self.advance(end);
            } else {
                return Some(node);
            }
        }
    }

    /// Passes a connection, with the text on it.
    fn link(&mut self) -> Option<Link> {
        let rest = self.rest();
        // An id of its own: `e1@-->`.
        let after = rest.trim_start_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
        let id = rest.len() - after.len();
        if id > 0 && after.strip_prefix('@').is_some_and(is_link) {
            self.at += id + 1;
        }
        let (link, length) = read_link(self.line_ahead())?;
        self.at += length;
        self.skip_spaces();
        if let Some(text) = within(self.rest()).strip_prefix('|') {
            self.advance(2 + text.find('|')?);
        }
        Some(link)
    }

    /// The rest of the line. Its end is looked for once for each line.
    fn line_ahead(&mut self) -> &'a str {
        if self.line_end <= self.at {
            self.line_end = self.at + self.rest().find('\n').unwrap_or(self.rest().len());
        }
        &self.text[self.at..self.line_end]
    }
}

/// The length of the id that a text starts with.
fn end_of_id(text: &str) -> usize {
    let end = text.char_indices().find(|(at, letter)| {
        letter.is_whitespace()
            || matches!(letter, '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>' | ';' | '&' | '|' | '"' | '%')
            || text[*at..].starts_with(":::")
            || text[*at..].starts_with("@{")
            || (matches!(letter, '-' | '=' | '~') && is_link(&text[*at..]))
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// Whether a connection starts here.
fn is_link(text: &str) -> bool {
    ["--", "==", "-.", "~~~", "<--", "<==", "<-."].iter().any(|start| text.starts_with(start))
}

/// The words of a node in brackets of any shape, and the length with the brackets.
fn label(text: &str) -> Option<(String, usize)> {
    let mut depth = 0_usize;
    let mut is_quoted = false;
    for (at, letter) in within(text).char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '\n' => return None,
            '[' | '(' | '{' => depth += 1,
            '>' if at == 0 => depth += 1,
            ']' | ')' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let end = at + 1;
                    return Some((inner(&text[..end]), end));
                }
            }
            _ => {}
        }
    }
    None
}

/// What stands inside of the brackets of a shape.
fn inner(shape: &str) -> String {
    if let Some((_, quoted)) = shape.split_once('"') {
        return quoted.rsplit_once('"').map_or(quoted, |(inside, _)| inside).trim_matches('`').to_owned();
    }
    let mut inside = shape;
    for _ in 0..3 {
        let pairs = [
            ('[', ']'),
            ('(', ')'),
            ('{', '}'),
            ('>', ']'),
            ('/', '/'),
            ('\\', '\\'),
            ('/', '\\'),
            ('\\', '/'),
        ];
        let next = pairs.iter().find_map(|(open, close)| inside.strip_prefix(*open)?.strip_suffix(*close));
        let Some(next) = next else { break };
        inside = next;
    }
    inside.trim().to_owned()
}

/// The connection that a line starts with, and its length.
fn read_link(line: &str) -> Option<(Link, usize)> {
    if line.starts_with("~~~") {
        return Some((Link::Invisible, line.len() - line.trim_start_matches('~').len()));
    }
    let is_marked = line.starts_with('<') || (line.starts_with(['x', 'o']) && is_link(&line[1..]));
    let body = &line[usize::from(is_marked)..];
    let stroke = match () {
        () if body.starts_with("-.") => '.',
        () if body.starts_with("--") => '-',
        () if body.starts_with("==") => '=',
        () => return None,
    };
    let run = run_of(body, stroke);
    let after = &body[run..];
    let is_complete = match stroke {
        '.' => run > 2,
        _ => run > 2 || after.starts_with(['>', 'x', 'o']),
    };
    let (has_end, length) = match is_complete {
        true => (after.starts_with(['>', 'x', 'o']), run),
        false => {
            // `-- text -->`: the stroke goes on behind the text.
            let again = match stroke {
                '.' => after.find(".-"),
                '=' => after.find("=="),
                _ => after.find("--"),
            }?;
            let second = &after[again..];
            let second_run = run_of(second, stroke);
            (second[second_run..].starts_with(['>', 'x', 'o']), run + again + second_run)
        }
    };
    let length = usize::from(is_marked) + length + usize::from(has_end);
    let link = if has_end && !line.starts_with('<') { Link::Arrow } else { Link::Undirected };
    Some((link, length))
}

/// The length of the stroke at the start of a text.
fn run_of(text: &str, stroke: char) -> usize {
    match stroke {
        '.' => {
            let dash = usize::from(text.starts_with('-'));
            let dots = text[dash..].len() - text[dash..].trim_start_matches('.').len();
            let rest = &text[dash + dots..];
            dash + dots + usize::from(rest.starts_with('-'))
        }
        _ => text.len() - text.trim_start_matches(stroke).len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nodes with their labels, the arrows, and how many connections have no direction.
    fn shown(text: &str) -> String {
        let graph = read(text, 1);
        let nodes = graph.nodes.iter().map(|node| match node.label.as_str() {
            "" => node.id.clone(),
            label => format!("{}={label}", node.id),
        });
        let id = |node: usize| graph.nodes[node].id.as_str();
        let arrows = graph.arrows.iter().map(|(before, after)| format!("{}>{}", id(*before), id(*after)));
        let undirected = graph.undirected.map_or(0, |(_, count)| count);
        let all: Vec<String> = nodes.chain(arrows).collect();
        format!("{} |{undirected} {:?}", all.join(" "), graph.skipped.0)
    }

    #[test]
    fn every_shape_has_a_label() {
        for (shape, label) in [
            ("A[One two]", "One two"),
            ("A(One)", "One"),
            ("A((One))", "One"),
            ("A([One])", "One"),
            ("A[[One]]", "One"),
            ("A[(One)]", "One"),
            ("A{One?}", "One?"),
            ("A{{One}}", "One"),
            ("A>One]", "One"),
            ("A[/One\\]", "One"),
            ("A[\"One (two) [3]\"]:::big", "One (two) [3]"),
            ("A@{ shape: rect, label: \"One\" }", "One"),
        ] {
            assert_eq!(
                shown(&format!("graph TD\n  {shape} --> B")),
                format!("A={label} B A>B |0 []"),
                "{shape}"
            );
        }
    }

    #[test]
    fn every_arrow_is_one() {
        for arrow in [
            "-->",
            "--->",
            "-.->",
            "-..->",
            "==>",
            "--x",
            "--o",
            "-->|yes|",
            "-- yes -->",
            "-. maybe .->",
            "== sure ==>",
            "--yes-->",
            "e1@-->",
            "x--x",
        ] {
            assert_eq!(shown(&format!("flowchart LR\nA {arrow} B")), "A B A>B |0 []", "{arrow}");
        }
        for line in ["---", "<-->", "-.-", "===", "-- text ---"] {
            assert_eq!(shown(&format!("flowchart LR\nA {line} B")), "A B |1 []", "{line}");
        }
        assert_eq!(shown("graph LR\nA ~~~ B"), "A B |0 []");
        assert_eq!(shown("graph LR;A-->B;B-->C-->D"), "A B C D A>B B>C C>D |0 []");
        assert_eq!(shown("graph LR\nA & B --> C & 9.1[x]"), "A B C 9.1=x A>C A>9.1 B>C B>9.1 |0 []");
        assert_eq!(shown("graph LR\na-b-->c_d"), "a-b c_d a-b>c_d |0 []");
    }

    #[test]
    fn what_is_no_part_of_the_graph_is_left_out() {
        let text = "graph TD\n%% note\nA:::end --> B\nclassDef end fill:#f00\nclass A,B end\nstyle A fill:#fff\n\
                    linkStyle 0 stroke:#000\nclick A \"x\"\n)(\nsubgraph s [Some title]\n  C\nend\nB --> C %% why\n";
        assert_eq!(shown(text), "A B C A>B B>C |0 [9]");
    }

    #[test]
    fn hostile_text_is_read_to_its_end() {
        for text in [
            "graph",
            "graph TD\nA[",
            "graph TD\nA -- ",
            "graph TD\nA --> ",
            "graph TD\n&",
            "graph TD\nA --|",
            "graph TD\nend\nend",
        ] {
            shown(text);
        }
        shown(&format!("graph TD\n{}", "A[".repeat(50_000)));
        shown(&format!("graph TD\n{}", "a--".repeat(50_000)));
        shown(&format!("graph TD\n{}", "A & ".repeat(50_000)));
    }
}
