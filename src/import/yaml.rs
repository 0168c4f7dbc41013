//! Reads YAML into values with lines. Every scalar is text, since authors mean `011` and `no` as they are written.
//!
//! Depth, size and the copies that aliases make are limited, so that no input takes long or much memory.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// The most lists and maps inside each other.
const MAX_DEPTH: usize = 64;
/// The most values, counting those that aliases copy.
const MAX_VALUES: usize = 300_000;
/// The most bytes of a text.
const MAX_BYTES: usize = 8 << 20;
/// The most bytes of scalars, counting those that aliases copy.
const MAX_SCALAR_BYTES: usize = 4 * MAX_BYTES;

/// What is wrong with more than [`MAX_DEPTH`].
const TOO_DEEP: &str = "its lists and maps are nested too deeply";

/// A value and the line it starts on; for an entry of a map, the line of its key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Node {
    /// Counted from 1; 0 if it is nowhere.
    pub line: usize,
    /// The value.
    pub content: Content,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Content {
    /// Nothing, `~` or `null`.
    #[default]
    Null,
    /// Any other scalar, as written.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in file order. A key may be there twice.
    Map(Vec<(String, Node)>),
}

/// Why a text can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Counted from 1.
    pub line: usize,
    /// A sentence without a place.
    pub message: String,
    /// Whether it is sound as far as it was read, and too deep or too much.
    pub is_limit: bool,
}

impl Node {
    /// The value of a key; the last one if it is there twice.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.fields().iter().rev().find(|(name, _)| name == key).map(|(_, node)| node)
    }

    /// The entries of a map; none for anything else.
    pub fn fields(&self) -> &[(String, Node)] {
        match &self.content {
            Content::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The text of a scalar; empty for anything else.
    pub fn text(&self) -> &str {
        match &self.content {
            Content::Text(text) => text,
            _ => "",
        }
    }

    /// The text of the scalar under a key; empty if there is none.
    pub fn text_of(&self, key: &str) -> &str {
        self.get(key).map_or("", Node::text)
    }

    /// The scalars of a list, or the one scalar.
    pub fn texts(&self) -> Vec<&str> {
        match &self.content {
            Content::List(nodes) => nodes.iter().map(Node::text).filter(|text| !text.is_empty()).collect(),
            _ => Some(self.text()).filter(|text| !text.is_empty()).into_iter().collect(),
        }
    }

    /// The same as JSON, without lines.
    pub fn value(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::Text(text) => Value::String(text.clone()),
            Content::List(nodes) => Value::Array(nodes.iter().map(Node::value).collect()),
            Content::Map(fields) => {
                let fields = fields.iter().map(|(name, node)| (name.clone(), node.value()));
                Value::Object(fields.collect::<Map<String, Value>>())
            }
        }
    }
}

/// Reads the first document of a text.
///
/// # Errors
///
/// If the text is no YAML, or larger or deeper than is read.
pub fn read(text: &str) -> Result<Node, Damage> {
    if text.len() > MAX_BYTES {
        return Err(damage(1, "it is larger than is read"));
    }
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| match error.info() {
            // The reader of the crate has a limit of its own.
            "recursion limit exceeded" => limit(error.marker().line(), TOO_DEEP),
            what => damage(error.marker().line(), what),
        })?;
        if builder.take(event, span.start.line())? {
            break;
        }
    }
    Ok(builder.root.unwrap_or_default())
}

/// The line on which a second document with content begins, counted from 1.
pub fn second_document(text: &str) -> Option<usize> {
    let mut documents = 0;
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        documents += usize::from(matches!(event, Event::DocumentStart(_)));
        if documents > 1
            && matches!(event, Event::Scalar(..) | Event::SequenceStart(..) | Event::MappingStart(..))
        {
            return Some(span.start.line());
        }
    }
    None
}

fn damage(line: usize, message: &str) -> Damage {
    Damage { line: line.max(1), message: message.to_owned(), is_limit: false }
}

fn limit(line: usize, message: &str) -> Damage {
    Damage { is_limit: true, ..damage(line, message) }
}

/// A list or map that is not closed yet.
struct Open {
    anchor: usize,
    node: Node,
    /// The key that waits for its value, and its line.
    key: Option<(String, usize)>,
    /// Whether the entries of another map were added.
    is_merged: bool,
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    /// The value of each anchor, and how deep it is.
    anchors: HashMap<usize, (Node, usize)>,
    values: usize,
    bytes: usize,
}

impl Builder {
    /// Takes an event, and returns whether the document is complete.
    fn take(&mut self, event: Event, line: usize) -> Result<bool, Damage> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let is_null = style == ScalarStyle::Plain && matches!(&*text, "" | "~" | "null");
                let content = if is_null { Content::Null } else { Content::Text(text.into_owned()) };
                let node = Node { line, content };
                self.count(&node)?;
                self.finish(anchor, node)?;
            }
            Event::SequenceStart(anchor, _) => {
                self.open(anchor, Node { line, content: Content::List(Vec::new()) })?;
            }
            Event::MappingStart(anchor, _) => {
                self.open(anchor, Node { line, content: Content::Map(Vec::new()) })?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.finish(open.anchor, open.node)?;
                }
            }
            Event::Alias(anchor) => {
                // An alias inside of its own anchor means nothing.
                let (node, depth) = self.anchors.get(&anchor).cloned().unwrap_or_default();
                self.check_depth(depth, line)?;
                self.count(&node)?;
                self.finish(0, Node { line, ..node })?;
            }
            Event::DocumentEnd => return Ok(true),
            _ => {}
        }
        Ok(false)
    }

    fn open(&mut self, anchor: usize, node: Node) -> Result<(), Damage> {
        self.check_depth(1, node.line)?;
        self.count(&node)?;
        self.open.push(Open { anchor, node, key: None, is_merged: false });
        Ok(())
    }

    fn check_depth(&self, more: usize, line: usize) -> Result<(), Damage> {
        match self.open.len() + more > MAX_DEPTH {
            true => Err(limit(line, TOO_DEEP)),
            false => Ok(()),
        }
    }

    /// Puts a complete value where it belongs.
    fn finish(&mut self, anchor: usize, node: Node) -> Result<(), Damage> {
        if anchor > 0 {
            let depth = self.count(&node)?;
            self.anchors.insert(anchor, (node.clone(), depth));
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return Ok(());
        };
        match (&mut open.node.content, open.key.take()) {
            (Content::List(nodes), _) => nodes.push(node),
            (Content::Map(fields), Some((key, line))) => match node.content {
                // The last of two equal keys counts, so those of the map itself come later.
                Content::Map(merged) if key == "<<" && !open.is_merged => {
                    open.is_merged = true;
                    fields.splice(0..0, merged);
                }
                content => fields.push((key, Node { line, content })),
            },
            _ => open.key = Some((node.text().to_owned(), node.line)),
        }
        Ok(())
    }

    /// Counts a value with all its parts, and returns how deep it is.
    fn count(&mut self, node: &Node) -> Result<usize, Damage> {
        let mut waiting = vec![(node, 0)];
        let mut deepest = 0;
        while let Some((next, depth)) = waiting.pop() {
            self.values += 1;
            match &next.content {
                Content::Null => {}
                Content::Text(text) => self.bytes += text.len(),
                Content::List(nodes) => {
                    deepest = deepest.max(depth + 1);
                    waiting.extend(nodes.iter().map(|node| (node, depth + 1)));
                }
                Content::Map(fields) => {
                    deepest = deepest.max(depth + 1);
                    self.bytes += fields.iter().map(|(name, _)| name.len()).sum::<usize>();
                    waiting.extend(fields.iter().map(|(_, node)| (node, depth + 1)));
                }
            }
            if self.values > MAX_VALUES || self.bytes > MAX_SCALAR_BYTES {
                return Err(limit(next.line, "its values, with the copies that aliases make, are too many"));
            }
        }
        Ok(deepest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> String {
        read(text).map_or_else(
            |damage| format!("{}: {}", damage.line, damage.message),
            |node| node.value().to_string(),
        )
    }

    #[test]
    fn scalars_are_text_as_they_are_written() {
        let text = "a: 011\nb: [no, 1.10, 'null']\nc: ~\nd:\ne: >\n  two\n  lines\nf: {g: 2026-01-02}\n";
        let expected = r#"{"a":"011","b":["no","1.10","null"],"c":null,"d":null,"e":"two lines\n","f":{"g":"2026-01-02"}}"#;
        assert_eq!(json(text), expected);
    }

    #[test]
    fn values_know_their_lines_and_keys_their_order() {
        let node = read("b: 1\n\na:\n  - x\n  - y\nb: 2\n").expect("YAML");
        let fields: Vec<(&str, usize)> =
            node.fields().iter().map(|(name, node)| (name.as_str(), node.line)).collect();
        assert_eq!(fields, [("b", 1), ("a", 3), ("b", 6)]);
        assert_eq!((node.text_of("b"), node.get("a").map(Node::texts)), ("2", Some(vec!["x", "y"])));
    }

    #[test]
    fn aliases_and_merges_copy() {
        assert_eq!(
            json("a: &x {b: 1, c: 2}\nd: *x\ne:\n  c: 3\n  <<: *x\n"),
            r#"{"a":{"b":"1","c":"2"},"d":{"b":"1","c":"2"},"e":{"b":"1","c":"3"}}"#
        );
        assert_eq!(json("a: &x [*x]"), r#"{"a":[null]}"#);
    }

    #[test]
    fn hostile_input_ends_in_a_sentence() {
        let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
            format!("{text}a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1)
        });
        assert!(json(&bomb).contains("are too many"), "{}", json(&bomb));
        let stairs =
            (1..100).fold("a0: &a0 [x]\n".to_owned(), |text, n| format!("{text}a{n}: &a{n} [*a{}]\n", n - 1));
        assert!(json(&stairs).contains("nested too deeply"), "{}", json(&stairs));
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&"- ".repeat(100_000)).is_err());
        for text in ["a: 'open", "a: [1, 2", "\t- a", "a: b: c", "{a", "? ", "&a", "*a", "%", "--- ---"] {
            json(text);
        }
    }
}
