//! Lines of JSON: one object on each line, or several objects one after the other.

use serde_json::{Deserializer, Map, Value};

/// The objects of a text.
#[derive(Debug, Default)]
pub struct JsonLines {
    /// Each object with the line on which it begins, counted from 1.
    rows: Vec<(usize, Map<String, Value>)>,
    /// Lines that hold no object.
    pub skipped: Vec<usize>,
}

impl JsonLines {
    /// The objects, each with its line.
    pub fn objects(&self) -> impl Iterator<Item = (usize, &Map<String, Value>)> {
        self.rows.iter().map(|(line, fields)| (*line, fields))
    }
}

/// Reads a text that is not a single JSON value. `None` if it holds no objects in either form. Takes linear time.
pub fn read(text: &str) -> Option<JsonLines> {
    let lines = by_line(text);
    if lines.rows.len() > lines.skipped.len() {
        return Some(lines);
    }
    let values = one_after_the_other(text);
    (values.rows.len() > 1).then_some(values)
}

fn by_line(text: &str) -> JsonLines {
    let mut found = JsonLines::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match line.trim_start().starts_with('{').then(|| serde_json::from_str(line)) {
            Some(Ok(Value::Object(fields))) => found.rows.push((index + 1, fields)),
            _ => found.skipped.push(index + 1),
        }
    }
    found
}

fn one_after_the_other(text: &str) -> JsonLines {
    let mut found = JsonLines::default();
    let mut stream = Deserializer::from_str(text).into_iter::<Value>();
    let (mut line, mut counted) = (1, 0);
    while let Some(value) = stream.next() {
        let start = text[counted..].len() - text[counted..].trim_start().len() + counted;
        line += text[counted..start].matches('\n').count();
        let end = stream.byte_offset().max(start);
        match value {
            Ok(Value::Object(fields)) => found.rows.push((line, fields)),
            Ok(_) => found.skipped.push(line),
            Err(_) => {
                found.skipped.push(line);
                break;
            }
        }
        line += text[start..end].matches('\n').count();
        counted = end;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, rows: &[usize], skipped: &[usize]) {
        let found = read(text).expect("lines of JSON");
        assert_eq!(found.objects().map(|(line, _)| line).collect::<Vec<_>>(), rows);
        assert_eq!(found.skipped, skipped);
    }

    #[test]
    fn objects_stand_on_lines_or_one_after_the_other() {
        check("{\"a\":1}\n\n{\"b\":2}\nnot json\n{\"c\":3}\n", &[1, 3, 5], &[4]);
        check("{\n \"a\": 1\n}\n\n{\n \"b\": 2\n}\n", &[1, 5], &[]);
        check("{\"a\":1} {\"b\":2}\n{\n\"c\":\n", &[1, 1], &[2]);
        assert!(read("{\n \"a\": [1,\n").is_none());
    }
}
