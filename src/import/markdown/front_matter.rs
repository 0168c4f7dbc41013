//! Front matter: the lines between two `---` at the start of a file.

use crate::import::yaml::{self, Content, Damage, Node};

/// The fields of a file and where the text below them starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// A map; its lines are those of the file.
    pub fields: Node,
    /// Why some fields could not be read as YAML. Their values are what stands behind the colon.
    pub damage: Option<Damage>,
    /// The number of its lines, including its marks.
    pub lines: usize,
}

impl FrontMatter {
    /// Whether there is a field with this name.
    pub fn has(&self, name: &str) -> bool {
        self.fields.get(name).is_some()
    }
}

/// The number of lines of front matter, including its marks; 0 if it is missing or not closed.
pub fn end_of_front_matter(lines: &[&str]) -> usize {
    if lines.first().is_none_or(|line| line.trim_end() != "---") {
        return 0;
    }
    lines.iter().skip(1).position(|line| line.trim_end() == "---").map_or(0, |length| length + 2)
}

/// The front matter of a text, if there is any with fields.
pub fn front_matter(text: &str) -> Option<FrontMatter> {
    if !text.starts_with("---") {
        return None;
    }
    let lines: Vec<&str> = text.lines().collect();
    let end = end_of_front_matter(&lines);
    let inside = lines.get(1..end.checked_sub(1)?)?;
    let (mut fields, damage) = match yaml::read(&inside.join("\n")) {
        Ok(node) => (node, None),
        Err(damage) => (by_parts(inside), Some(Damage { line: damage.line + 1, ..damage })),
    };
    move_down(&mut fields);
    matches!(fields.content, Content::Map(_)).then_some(FrontMatter { fields, damage, lines: end })
}

/// Reads each field by itself, so that one that is damaged costs only itself.
fn by_parts(lines: &[&str]) -> Node {
    let starts: Vec<usize> = (0..lines.len()).filter(|line| key_of(lines[*line]).is_some()).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let mut fields = Vec::new();
    for (start, end) in starts.iter().copied().zip(ends) {
        let part = &lines[start..end];
        let read = yaml::read(&part.join("\n")).ok();
        match read.map(|node| node.content) {
            Some(Content::Map(mut read)) => {
                read.iter_mut().for_each(|(_, node)| for_each(node, |node| node.line += start));
                fields.append(&mut read);
            }
            _ => fields.extend(key_of(part[0]).map(|(key, rest)| {
                let content = Content::Text(rest.trim().to_owned());
                (key.to_owned(), Node { line: start + 1, content })
            })),
        }
    }
    Node { line: 1, content: Content::Map(fields) }
}

/// The key at the start of a line, and what follows its colon.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, rest) = line.split_once(':')?;
    let is_key = key.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'));
    is_key.then_some((key, rest))
}

/// Counts lines from the start of the file, where the first `---` is.
fn move_down(fields: &mut Node) {
    for_each(fields, |node| node.line += 1);
}

fn for_each(node: &mut Node, change: impl Fn(&mut Node)) {
    let mut waiting = vec![node];
    while let Some(node) = waiting.pop() {
        change(node);
        match &mut node.content {
            Content::List(nodes) => waiting.extend(nodes),
            Content::Map(fields) => waiting.extend(fields.iter_mut().map(|(_, node)| node)),
            Content::Null | Content::Text(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Some(found) = front_matter(text) else { return "none".to_owned() };
        let damage = found.damage.map_or(0, |damage| damage.line);
        format!("{} lines, damage {damage}: {}", found.lines, found.fields.value())
    }

    #[test]
    fn fields_are_read_with_the_lines_of_the_file() {
        assert_eq!(
            shown("---\nid: 007\nwaits: [011]\n---\ntext"),
            r#"4 lines, damage 0: {"id":"007","waits":["011"]}"#
        );
        let lines =
            front_matter("---\na: 1\n\nb: 2\n---\n").map(|found| found.fields.get("b").map(|b| b.line));
        assert_eq!(lines, Some(Some(4)));
    }

    #[test]
    fn a_damaged_field_costs_only_itself() {
        let text = "---\nname: Fix it (target: none)\nwaits:\n  - 1\nodd: [\nlast: x\n---\n";
        let expected =
            r#"7 lines, damage 2: {"last":"x","name":"Fix it (target: none)","odd":"[","waits":["1"]}"#;
        assert_eq!(shown(text), expected);
    }

    #[test]
    fn other_texts_have_none() {
        for text in ["", "---", "---\n---\n", "---\nwords\n---\n", "a\n---\nb: 1\n---\n", "---\nid: 1\n"] {
            assert_eq!(shown(text), "none", "{text}");
        }
    }
}
