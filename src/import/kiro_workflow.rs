//! Kiro's `*.workflow.json`: a tree of steps that run in order, side by side, or again and again.

use serde_json::{Map, Value};

use super::fields::{Collector, Meaning, meaning, read_object};
use super::outline::Wait;
use super::{Certainty, File, Format, ImportError, Imported, notes};

/// The format of `.kiro/workflows/*.workflow.json`.
pub static FORMAT: Format = Format {
    id: "kiro-workflow",
    name: "Kiro workflow",
    description: "A `.workflow.json` of Kiro: steps of agents, in sequences, parallel branches and loops.",
    recognise,
    read,
};

type Fields = Map<String, Value>;

/// The kinds of nodes that hold others, with the names of their lists.
const HOLDERS: [(&str, &str); 3] = [("sequence", "steps"), ("repeat", "steps"), ("parallel", "branches")];

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Certainty::No };
    let steps = fields.get("steps").and_then(Value::as_array);
    let is_node = |node: &Value| {
        let is_step = node.get("agent").is_some() && node.get("prompt").is_some();
        match kind(node) {
            "step" => is_step,
            "watch" => node.get("handler").is_some(),
            kind => HOLDERS.iter().any(|(holder, list)| *holder == kind && node.get(list).is_some()),
        }
    };
    match steps.is_some_and(|steps| steps.iter().any(is_node)) {
        true => Certainty::Sure("its steps are nodes such as “step” with an agent and a prompt".to_owned()),
        false => Certainty::No,
    }
}

fn kind(node: &Value) -> &str {
    node.get("type").and_then(Value::as_str).unwrap_or_default()
}

fn children(node: &Value) -> Option<&Vec<Value>> {
    let (_, list) = HOLDERS.iter().find(|(holder, _)| *holder == kind(node))?;
    node.get(*list).and_then(Value::as_array)
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let Some(Ok(Value::Object(fields))) = file.json() else { return Err(super::refusal(files)) };
    let mut collector = Collector::default();
    let steps = fields.get("steps").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let loops = add_nodes(steps, &mut collector);
    if collector.items.is_empty() {
        return Err(ImportError::new("This looks like a workflow of Kiro, but it has no steps."));
    }
    if !loops.is_empty() {
        let message = format!("These loops are read as if they ran once: {}.", notes::listed(&loops));
        collector.notes.push(notes::PARTS_NOT_READ.says(&message));
    }
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut outline = collector.finish();
    (outline.title, outline.goal) = (text("name"), text("description"));
    Ok(outline.into_imported(&FORMAT))
}

/// Adds the nodes of the tree, without recursion; returns the ids of loops.
fn add_nodes<'a>(steps: &'a [Value], collector: &mut Collector) -> Vec<&'a str> {
    let mut loops = Vec::new();
    // Lists of nodes, with what holds them and whether they run in order.
    let mut lists: Vec<(&[Value], Option<usize>, bool)> = vec![(steps, None, true)];
    while let Some((nodes, holder, is_in_order)) = lists.pop() {
        let mut before: Option<usize> = None;
        for node in nodes {
            let Some(fields) = node.as_object() else { continue };
            if children(node).is_some_and(Vec::is_empty) {
                continue;
            }
            let at = add_node(fields, holder, collector);
            if let Some(children) = children(node) {
                lists.push((children, Some(at), kind(node) != "parallel"));
            }
            if kind(node) == "repeat" {
                loops.extend(fields.get("id").and_then(Value::as_str));
            }
            if let Some(before) = before.replace(at).filter(|_| is_in_order) {
                collector.items[at].waits.push(Wait::Implied(before));
            }
            if holder.is_some() && !is_in_order {
                collector.items[at].claim = Some("as a parallel branch".to_owned());
            }
        }
    }
    loops
}

/// Adds a node. A step is called by its id; its prompt is what the agent is told.
fn add_node(fields: &Fields, holder: Option<usize>, collector: &mut Collector) -> usize {
    let mut found = read_object(fields, of_node);
    let item = &mut found.item;
    if item.title == item.id {
        item.title = item.id.split(['-', '_']).collect::<Vec<_>>().join(" ");
    }
    let prompt = fields.get("prompt").and_then(Value::as_str).unwrap_or_default();
    item.text = [item.text.as_str(), prompt]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    collector.add(found, holder)
}

fn of_node(name: &str) -> Meaning {
    match name {
        "type" | "steps" | "branches" | "prompt" => Meaning::Handled,
        "modelId" => Meaning::Model,
        "artifacts" | "input" => Meaning::Unknown,
        _ => meaning(name),
    }
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn sequences_branches_and_loops_become_an_order() {
        let text = r#"{"name": "ship", "steps": [
            {"type": "step", "id": "plan", "agent": "wf-planner", "prompt": "Plan the cart in docs/plan.md"},
            {"type": "parallel", "id": "build", "joinPolicy": "all", "branches": [
                {"type": "step", "id": "api", "agent": "coder", "prompt": "Write src/api.rs"},
                {"type": "sequence", "id": "web", "steps": [
                    {"type": "step", "id": "page", "agent": "coder", "prompt": "Write src/page.rs"},
                    {"type": "step", "id": "style", "agent": "coder", "prompt": "Write src/style.css"}]}]},
            {"type": "repeat", "id": "polish", "maxIterations": 3, "onMaxIterations": "abort", "steps": [
                {"type": "step", "id": "review", "agent": "reviewer", "prompt": "Review it"}]}]}"#;
        let shown = shown(text);
        for line in ["plan todo plan", "api todo api = src/api.rs < plan", "page todo page", "These loops"] {
            assert!(shown.contains(line), "{line}: {shown}");
        }
        assert!(shown.contains("review todo review < api style (polish)\n"), "{shown}");
        assert!(shown.contains("style todo style = src/style.css < page (web)\n"), "{shown}");
    }

    #[test]
    fn broken_nodes_are_left_out() {
        let text = r#"{"name": "x", "steps": [7, {"type": "parallel", "id": "p", "branches": []},
            {"type": "step", "id": "a", "agent": "b", "prompt": "Do it"}]}"#;
        assert!(shown(text).starts_with("Kiro workflow\na todo a\n"), "{}", shown(text));
    }

    #[test]
    fn other_workflows_are_not_taken_for_it() {
        let n8n = refusal(r#"{"name": "x", "nodes": [{"name": "a"}], "connections": {}}"#);
        assert!(n8n.contains("n8n"), "{n8n}");
        let empty = r#"{"steps": [{"type": "parallel", "branches": []}]}"#;
        assert!(refusal(empty).contains("but it has no steps"), "{}", refusal(empty));
    }
}
