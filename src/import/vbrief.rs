//! vBRIEF: plans of items with sub-items and edges.

use serde_json::{Map, Value};

use super::fields::{Collector, Found, Meaning, checks_of, meaning, read_object};
use super::json::Reader;
use super::{Certainty, File, Format, ImportError, Imported, notes};

/// The format of `*.vbrief.json`.
pub static FORMAT: Format = Format {
    id: "vbrief",
    name: "vBRIEF plan",
    description: "A vBRIEF document: items, with sub-items as their parts, and edges that block.",
    recognise,
    read,
};

type Fields = Map<String, Value>;

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    match file.json() {
        Some(Ok(Value::Object(fields)))
            if fields.contains_key("vBRIEFInfo") || fields.contains_key("xBRIEFInfo") =>
        {
            Certainty::Sure("it has a “vBRIEFInfo”".to_owned())
        }
        _ => Certainty::No,
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Err(super::refusal(files)) };
    let holder = ["plan", "todoList"].into_iter().find_map(|name| fields.get(name)?.as_object());
    let Some(plan) = holder else { return Err(empty()) };
    let mut collector = Collector::default();
    add_items(plan.get("items").and_then(Value::as_array).map_or(&[], Vec::as_slice), &mut collector);
    if collector.items.is_empty() {
        return Err(empty());
    }
    add_edges(plan.get("edges").and_then(Value::as_array).map_or(&[], Vec::as_slice), &mut collector);
    let mut outline = collector.finish();
    outline.title = plan.get("title").and_then(Value::as_str).unwrap_or_default().to_owned();
    let proposal = plan.get("narratives").and_then(|told| told.get("Proposal").or(told.get("Problem")));
    outline.goal = proposal.and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(outline.into_imported(&FORMAT))
}

fn empty() -> ImportError {
    ImportError::new("This looks like a vBRIEF document, but its plan has no items.")
}

/// Adds items and their sub-items, without recursion. Sub-items that are criteria become checks.
fn add_items(items: &[Value], collector: &mut Collector) {
    let mut waiting: Vec<(&Value, Option<usize>)> = items.iter().rev().map(|item| (item, None)).collect();
    while let Some((item, holder)) = waiting.pop() {
        let Some(fields) = item.as_object() else { continue };
        let parts = fields.get("subItems").or(fields.get("items")).and_then(Value::as_array);
        let (criteria, parts): (Vec<&Value>, Vec<&Value>) =
            parts.into_iter().flatten().partition(|part| is_criterion(part));
        let mut found = read_item(fields, &mut collector.reader);
        found.item.checks.extend(criteria.into_iter().flat_map(checks_of));
        let at = collector.add(found, holder);
        waiting.extend(parts.into_iter().rev().map(|part| (part, Some(at))));
    }
}

fn is_criterion(item: &Value) -> bool {
    let kind = item.get("metadata").and_then(|metadata| metadata.get("kind")?.as_str());
    kind.is_some_and(|kind| kind.starts_with("accept") || kind == "criterion")
}

/// Reads an item. Its files and its duration, which the core of the format lacks, stand in its metadata.
fn read_item<'a>(fields: &'a Fields, reader: &mut Reader) -> Found<'a> {
    let mut found = read_object(fields, of_item, reader);
    if let Some(Value::Object(metadata)) = fields.get("metadata") {
        let more = read_object(metadata, of_metadata, reader).item;
        found.item.owns.extend(more.owns);
        found.item.reads.extend(more.reads);
        found.item.waits.extend(more.waits);
        found.item.minutes = found.item.minutes.or(more.minutes);
        if !more.unknown.is_empty() {
            let rest: Fields = more.unknown.into_iter().collect();
            found.item.unknown.insert("metadata".to_owned(), Value::Object(rest));
        }
    }
    found
}

fn of_item(name: &str) -> Meaning {
    match name {
        "subItems" | "items" | "metadata" => Meaning::Handled,
        "type" | "uid" => Meaning::Unknown,
        _ => meaning(name),
    }
}

fn of_metadata(name: &str) -> Meaning {
    match meaning(name) {
        known @ (Meaning::Owns | Meaning::Reads | Meaning::Files | Meaning::Waits | Meaning::Duration(_)) => {
            known
        }
        _ => Meaning::Unknown,
    }
}

/// Edges that block are waits; the others only inform.
fn add_edges(edges: &[Value], collector: &mut Collector) {
    let mut others = 0;
    for edge in edges {
        let get = |name: &str| edge.get(name).and_then(Value::as_str);
        match (get("from"), get("to"), get("type").unwrap_or("blocks")) {
            (Some(from), Some(to), "blocks") => collector.add_edge(from, to),
            _ => others += 1,
        }
    }
    if others > 0 {
        let message = format!("{others} edges only inform, and make nothing wait; they were left out.");
        collector.notes.push(notes::PARTS_NOT_READ.says(&message));
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn items_edges_and_criteria_are_read() {
        let text = r#"{"vBRIEFInfo": {"version": "0.6"}, "plan": {"title": "Shop", "status": "approved",
            "items": [
                {"id": "a", "title": "Store", "status": "completed", "completed": "2026-01-01",
                 "metadata": {"files": ["src/a.rs"], "kind": "requirement"}},
                {"id": "b", "title": "Page", "status": "pending", "subItems": [
                    {"id": "b.1", "title": "Show", "status": "running", "subItems": [
                        {"id": "b.1.ac", "title": "it shows", "metadata": {"kind": "acceptance_criterion"}}]}]}],
            "edges": [{"from": "a", "to": "b", "type": "blocks"}, {"from": "b", "to": "a", "type": "informs"}]}}"#;
        let shown = shown(text);
        let tasks = "a done Store = src/a.rs\nb.1 running Show < a ! it shows (Page)\n";
        assert!(shown.starts_with(&format!("vBRIEF plan\n{tasks}")), "{shown}");
        assert!(shown.contains("1 edges only inform"), "{shown}");
    }

    #[test]
    fn what_an_edge_names_may_be_missing() {
        let text = r#"{"vBRIEFInfo": {}, "plan": {"items": [{"id": "a", "title": "A"}, 4],
            "edges": [{"from": "x", "to": "a"}, {"from": "a", "to": "y"}, 3]}}"#;
        let shown = shown(text);
        assert!(shown.contains("a todo A < x\n"), "{shown}");
    }

    #[test]
    fn a_document_without_items_is_refused() {
        let expected = "This looks like a vBRIEF document, but its plan has no items.";
        assert_eq!(refusal(r#"{"vBRIEFInfo": {"version": "0.5"}, "plan": {"items": []}}"#), expected);
        assert_eq!(refusal(r#"{"vBRIEFInfo": {"version": "0.5"}}"#), expected);
    }
}
