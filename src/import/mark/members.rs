//! Statuses as members of JSON objects: `{"id": "T1", "status": "done"}`.

use std::ops::Range;

/// The text with another status in an object with this id: one text for each word and object, as a member
/// that is there or as a new one behind the id. Empty if the text is no JSON or has no such object.
pub(super) fn spellings(text: &str, id: &str, words: &[&str]) -> Vec<String> {
    if words.is_empty() {
        return Vec::new();
    }
    let objects = objects(text).unwrap_or_default();
    let named =
        |object: &&Object| object.id.as_ref().is_some_and(|range| value_of(&text[range.clone()]) == id);
    let written = objects.iter().filter(named).flat_map(|object| {
        words.iter().map(|word| match (&object.status, &object.id) {
            (Some(at), _) => [&text[..at.start], "\"", word, "\"", &text[at.end..]].concat(),
            (None, Some(id)) => [&text[..id.end], ", \"status\": \"", word, "\"", &text[id.end..]].concat(),
            (None, None) => text.to_owned(),
        })
    });
    written.collect()
}

/// A string without its quotes, or a number as written.
fn value_of(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}

/// Where two members of an object stand.
#[derive(Debug, Default, PartialEq)]
struct Object {
    id: Option<Range<usize>>,
    status: Option<Range<usize>>,
}

/// All objects of a text of one JSON value or several, in the order of their ends; `None` if it is none.
fn objects(text: &str) -> Option<Vec<Object>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut open: Vec<Object> = Vec::new();
    let mut key: Option<Range<usize>> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => {
                open.push(Object::default());
                key = None;
            }
            b'}' => found.push(open.pop()?),
            b'[' => {
                // Brackets of lists need no place of their own: what stands in them has no key.
                key = None;
            }
            b'"' => {
                let end = end_of_string(bytes, at)?;
                let is_key = text[end..].trim_start().starts_with(':') && key.is_none();
                if is_key {
                    key = Some(at..end);
                    at = end + text[end..].find(':')?;
                } else {
                    note(text, key.take(), at..end, open.last_mut());
                    at = end - 1;
                }
            }
            b',' | b':' | b']' => {}
            letter if letter.is_ascii_whitespace() => {}
            _ => {
                let rest = &text[at..];
                let end = at + rest.find([',', '}', ']', '\n', ' ', '\r', '\t']).unwrap_or(rest.len());
                note(text, key.take(), at..end, open.last_mut());
                at = end.max(at + 1) - 1;
            }
        }
        at += 1;
    }
    open.is_empty().then_some(found)
}

/// Notes the value of a member, if it is the id or the status.
fn note(text: &str, key: Option<Range<usize>>, value: Range<usize>, object: Option<&mut Object>) {
    let (Some(key), Some(object)) = (key, object) else { return };
    match &text[key] {
        "\"id\"" => object.id = Some(value),
        "\"status\"" => object.status = Some(value),
        _ => {}
    }
}

/// The position behind a string that begins here.
fn end_of_string(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}
