//! Beads' `issues.jsonl`: one issue on each line, with links between them.

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::fields::{Collector, Found, Meaning, meaning, read_object};
use super::outline::Wait;
use super::{Certainty, File, Format, ImportError, Imported, notes};
use crate::plan::{Kind, Status};

/// The format of `.beads/issues.jsonl` and of `bd list --json`.
pub static FORMAT: Format = Format {
    id: "beads",
    name: "beads issues.jsonl",
    description: "Issues of beads, one JSON object on each line; parents become the group of their parts.",
    recognise,
    read,
};

/// Links that say what waits for what.
const ORDER: [&str; 7] =
    ["blocks", "blocked-by", "blocks-on", "conditional-blocks", "waits-for", "depends-on", "depends_on"];
/// Links that say what is a part of what.
const PARTS: [&str; 3] = ["parent-child", "parent", "child-of"];
/// Types of issues that nobody works on.
const NO_WORK: [&str; 7] = ["event", "message", "agent", "role", "rig", "molecule", "merge-request"];

type Fields = Map<String, Value>;

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    let issues = file.objects().unwrap_or_default();
    let has_links = |fields: &Fields| links(fields).any(|link| link.get("depends_on_id").is_some());
    let is_issue = |fields: &Fields| fields.contains_key("issue_type") || has_links(fields);
    match issues.iter().any(|(_, fields)| text(fields, "id").is_some() && is_issue(fields)) {
        true => {
            Certainty::Sure("its objects have fields such as “issue_type” and “depends_on_id”".to_owned())
        }
        false => Certainty::No,
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let Some(rows) = file.objects() else { return Err(super::refusal(files)) };
    let mut collector = Collector::default();
    let mut skipped = file.json_lines().map_or_else(Vec::new, |lines| lines.skipped.clone());
    let (mut deleted, mut idle) = (Vec::new(), 0);
    let mut elsewhere = Vec::new();
    for (line, fields) in rows {
        match (text(fields, "id"), text(fields, "title"), text(fields, "status")) {
            (_, _, Some("tombstone")) => deleted.push(line),
            (Some(id), Some(_), _) => {
                let found = read_issue(id, line, fields, &mut collector, &mut elsewhere);
                idle += usize::from(is_idle(fields) && found.item.status == Status::Dropped);
                collector.add(found, None);
            }
            _ => skipped.push(line),
        }
    }
    if collector.items.is_empty() {
        return Err(ImportError::new("This looks like the issues of beads, but none of them is a task."));
    }
    skipped.sort_unstable();
    let lines = [
        notes::skipped_lines(&skipped, "they hold no issue with an id and a title"),
        notes::skipped_lines(&deleted, "these issues were deleted"),
    ];
    collector.notes.extend(lines.into_iter().flatten());
    if idle > 0 {
        collector.notes.push(notes::PARTS_NOT_READ.says(&format!(
            "{idle} open issues are messages, events or agents and no work; they are read as dropped."
        )));
    }
    put_where_they_belong(&mut collector, elsewhere);
    Ok(collector.finish().into_imported(&FORMAT))
}

/// Reads an issue. Links of other issues go to `elsewhere`: who waits, and for what.
fn read_issue<'a>(
    id: &str,
    line: usize,
    fields: &'a Fields,
    collector: &mut Collector,
    elsewhere: &mut Vec<(String, String)>,
) -> Found<'a> {
    collector.reader.place = format!("Issue {id}");
    let mut found = read_object(fields, of_issue, &mut collector.reader);
    found.item.line = line;
    found.item.kind = match text(fields, "issue_type") {
        Some("gate" | "decision") => Some(Kind::Gate),
        Some("spike") => Some(Kind::Research),
        _ => None,
    };
    if is_idle(fields) && found.item.status != Status::Done {
        found.item.status = Status::Dropped;
    }
    let mut others = Vec::new();
    for link in fields.get("dependencies").and_then(Value::as_array).into_iter().flatten() {
        let Some((who, kind, other)) = read_link(link) else {
            others.push(link.clone());
            continue;
        };
        if ORDER.contains(&kind) && who.is_none_or(|who| who == id) {
            found.item.waits.push(Wait::Named(other.to_owned()));
        } else if ORDER.contains(&kind) {
            elsewhere.extend(who.map(|who| (who.to_owned(), other.to_owned())));
        } else if PARTS.contains(&kind) {
            found.parent.get_or_insert_with(|| other.to_owned());
        } else {
            others.push(link.clone());
        }
    }
    if !others.is_empty() {
        found.item.unknown.insert("links".to_owned(), Value::Array(others));
    }
    found
}

fn of_issue(name: &str) -> Meaning {
    match name {
        "dependencies" => Meaning::Handled,
        "issue_type" | "type" | "number" => Meaning::Unknown,
        _ => meaning(name),
    }
}

fn is_idle(fields: &Fields) -> bool {
    text(fields, "issue_type").is_some_and(|kind| NO_WORK.contains(&kind))
}

/// The issue that has the link, the kind of the link, and the issue it leads to. Some writers put the kind before
/// the id, as in `child-of:bd-1`.
fn read_link(link: &Value) -> Option<(Option<&str>, &str, &str)> {
    let fields = match link {
        Value::String(id) => return Some((None, "blocks", id)),
        _ => link.as_object()?,
    };
    let other = ["depends_on_id", "id", "target"].into_iter().find_map(|name| text(fields, name))?;
    let kind = text(fields, "type").or(text(fields, "dependency_type")).unwrap_or("blocks");
    let (kind, other) = match other.split_once(':') {
        Some((kind, rest)) if ORDER.contains(&kind) || PARTS.contains(&kind) => (kind, rest),
        _ => (kind, other),
    };
    Some((text(fields, "issue_id"), kind, other))
}

/// Gives links that stand at another issue to the issue that waits.
fn put_where_they_belong(collector: &mut Collector, links: Vec<(String, String)>) {
    let mut ids: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, item) in collector.items.iter().enumerate() {
        ids.entry(&item.id).or_insert(at);
    }
    let found: Vec<(usize, String)> =
        links.into_iter().filter_map(|(who, other)| Some((*ids.get(who.as_str())?, other))).collect();
    for (at, other) in found {
        collector.items[at].waits.push(Wait::Named(other));
    }
}

fn links(fields: &Fields) -> impl Iterator<Item = &Value> {
    fields.get("dependencies").and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn issues_wait_for_what_blocks_them_and_belong_to_their_parents() {
        let text = r##"{"id":"s-2","title":"Page","status":"open","issue_type":"task","dependencies":[{"issue_id":"s-2","depends_on_id":"s-1","type":"blocks"},{"issue_id":"s-2","depends_on_id":"s-9","type":"parent-child"}]}
{"id":"s-1","title":"Store","status":"closed","issue_type":"task","estimated_minutes":30}
{"id":"s-9","title":"Shop","status":"open","issue_type":"epic"}
"##;
        assert_eq!(
            shown(text),
            "beads issues.jsonl\ns-2 todo Page < s-1 (Shop)\ns-1 done Store ~30\nnote: Nothing says which files these \
             change: s-2, s-1.\n"
        );
    }

    #[test]
    fn what_is_no_issue_is_skipped_and_said() {
        let text = r#"{"_type":"memory","key":"a","value":1}
{"id":"s-1","title":"Store carts in src/cart.rs","status":"in_progress","issue_type":"task","dependencies":[{"issue_id":"s-3","depends_on_id":"s-1","type":"blocks"}]}
{"id":"s-2","title":"Gone","status":"tombstone","issue_type":"task"}
{"id":"s-3","title":"Ping in src/ping.rs","status":"open","issue_type":"message","dependencies":[{"issue_id":"s-3","depends_on_id":"child-of:s-2","type":"blocks"}]}
broken
"#;
        let shown = shown(text);
        assert!(shown.contains("s-1 running Store carts in src/cart.rs = src/cart.rs\n"), "{shown}");
        assert!(shown.contains("s-3 dropped Ping in src/ping.rs = src/ping.rs < s-1 (s-2)\n"), "{shown}");
        assert!(shown.contains("note: Lines 1, 5 were skipped: they hold no issue"), "{shown}");
        assert!(shown.contains("note: Line 3 was skipped: these issues were deleted.\n"), "{shown}");
        assert!(shown.contains("1 open issues are messages"), "{shown}");
    }

    #[test]
    fn other_lines_of_json_are_not_taken_for_issues() {
        let other =
            "{\"id\":\"a\",\"title\":\"A\",\"deps\":[]}\n{\"id\":\"b\",\"title\":\"B\",\"deps\":[\"a\"]}\n";
        assert!(shown(other).starts_with("JSON"), "{}", shown(other));
        assert!(
            refusal("{\"id\":\"s\",\"issue_type\":\"task\"}\n{\"a\":1}\n")
                .starts_with("This looks like the issues")
        );
    }
}
