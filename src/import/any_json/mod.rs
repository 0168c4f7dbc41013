//! Any JSON with a list of things that look like tasks, and lines of such JSON.

mod known;
mod lists;

pub use known::kind_of_file;

use serde_json::{Map, Value};

use super::fields::{Collector, meaning};
use super::outline::Outline;
use super::{Certainty, File, Format, ImportError, Imported, notes};
use lists::{List, Looks};

/// JSON of no format that is known by name.
pub static FORMAT: Format = Format {
    id: "any-json",
    name: "JSON with tasks",
    description: "Any JSON, or lines of JSON, with a list of things that have an id or a title.",
    recognise,
    read,
};

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    match (file.json(), file.json_lines()) {
        (Some(Ok(value)), _) => looks(value, "it has a list of objects"),
        (_, Some(lines)) => {
            let rows: Vec<&Map<String, Value>> = lines.objects().map(|(_, fields)| fields).collect();
            let list: Vec<List> = lists::of_rows(&rows).into_iter().collect();
            certainty(&list, "its lines are objects")
        }
        _ => Certainty::No,
    }
}

/// How sure it is that a value holds tasks. `what` starts the reason.
pub fn looks(value: &Value, what: &str) -> Certainty {
    match kind_of_file(value) {
        Some(_) => Certainty::No,
        None => certainty(&lists::of(value).0, what),
    }
}

fn certainty(lists: &[List], what: &str) -> Certainty {
    match lists.iter().map(|list| list.looks).max() {
        Some(Looks::LikeAPlan) => {
            Certainty::Likely(format!("{what} with titles and fields such as “status”"))
        }
        Some(Looks::LikeTitles) => Certainty::Possible(format!("{what} with titles")),
        None => Certainty::No,
    }
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    match (file.json(), file.json_lines()) {
        (Some(Ok(value)), _) if kind_of_file(value).is_none() => {
            read_value(value, &FORMAT).ok_or_else(|| super::refusal(files))
        }
        (_, Some(_)) => read_lines(file, files),
        _ => Err(super::refusal(files)),
    }
}

/// Reads the tasks of a value in this format; `None` if there are none.
pub fn read_value(value: &Value, format: &'static Format) -> Option<Imported> {
    let (lists, others) = lists::of(value);
    let mut collector = Collector::default();
    for List { place, values, are_steps, .. } in &lists {
        let added = collector.add_all(*values, meaning, None);
        if *are_steps && collector.names_no_waits() {
            collector.put_in_order(&added);
        }
        if lists.len() > 1 {
            for at in added.into_iter().filter(|at| collector.items[*at].group.is_empty()).collect::<Vec<_>>()
            {
                collector.items[at].group.clone_from(place);
            }
        }
    }
    if collector.items.is_empty() {
        return None;
    }
    add_edges(value, &mut collector);
    collector.notes.extend(notes::parts_not_read(&others));
    collector.put_steps_in_order();
    let text = |names: [&str; 3]| names.into_iter().find_map(|name| value.get(name)?.as_str());
    let is_list = collector.is_mere_list();
    let mut outline = collector.finish();
    outline.is_list = is_list;
    outline.title = text(["title", "name", "project"]).unwrap_or_default().to_owned();
    outline.goal = text(["goal", "description", "objective"]).unwrap_or_default().to_owned();
    Some(outline.into_imported(format))
}

/// Adds the waits that a list beside the tasks names: the end of an edge waits for its start.
fn add_edges(value: &Value, collector: &mut Collector) {
    let lists = ["edges", "links", "dependencies"].into_iter().filter_map(|name| value.get(name)?.as_array());
    for edge in lists.flatten() {
        let end = |name: &str| edge.get(name).and_then(Value::as_str);
        for (start, stop) in [("from", "to"), ("source", "target"), ("before", "after")] {
            if let Some((before, later)) = end(start).zip(end(stop)) {
                collector.add_edge(before, later);
            }
        }
    }
}

fn read_lines(file: &File, files: &[File]) -> Result<Imported, ImportError> {
    let Some(lines) = file.json_lines() else { return Err(super::refusal(files)) };
    let mut collector = Collector::default();
    let mut skipped = lines.skipped.clone();
    for (line, fields) in lines.objects() {
        let mut found = super::fields::read_object(fields, meaning);
        if found.item.id.is_empty() && found.item.title.is_empty() {
            skipped.push(line);
            continue;
        }
        found.item.line = line;
        let parts = std::mem::take(&mut found.parts);
        let at = collector.add(found, None);
        collector.add_all(parts, meaning, Some(at));
    }
    if collector.items.is_empty() {
        return Err(super::refusal(files));
    }
    skipped.sort_unstable();
    collector.notes.extend(notes::skipped_lines(&skipped, "they hold no task"));
    collector.put_steps_in_order();
    let is_list = collector.is_mere_list();
    Ok(Outline { is_list, ..collector.finish() }.into_imported(&FORMAT))
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn synonyms_are_understood_and_the_rest_is_kept() {
        let text = r#"{"name": "Shop", "tasks": [
            {"id": "a", "title": "Store", "write_set": ["src/store.rs"], "read_set": "docs/a.md", "hours": 2},
            {"key": "b", "name": "Page", "scope_paths": ["web/"], "blocked_by": ["a"], "state": "In Progress",
             "colour": "red", "acceptance": "it shows"}]}"#;
        let tasks = "a todo Store = src/store.rs ? docs/a.md ~120\nb running Page = web/ < a ! it shows\n";
        assert_eq!(shown(text), format!("JSON with tasks\n{tasks}"));
        let imported = crate::import::import(text.as_bytes(), None).unwrap();
        assert_eq!(imported.plan.tasks[1].unknown["colour"], "red");
        assert_eq!(imported.plan.title, "Shop");
    }

    #[test]
    fn lists_stand_at_the_top_below_and_in_several_places() {
        assert!(
            shown(r#"[{"title": "A", "deps": "B"}, {"title": "B"}]"#).contains("T1 todo A < T2\nT2 todo B\n")
        );
        let deep = r#"{"plan": {"phases": [{"name": "One", "tasks": [{"id": 1, "title": "A"}]},
            {"name": "Two", "tasks": [{"id": 2, "title": "B", "requires": [1]}]}]}}"#;
        assert!(shown(deep).contains("1 todo A (One)\n2 todo B < 1 (Two)\n"), "{}", shown(deep));
        let edges = r#"{"tasks": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
            "edges": [{"from": "a", "to": "b"}]}"#;
        assert!(shown(edges).contains("a todo A\nb todo B < a\n"), "{}", shown(edges));
        let two = r#"{"web": {"tasks": [{"id": "a", "title": "A"}]},
            "api": {"tasks": [{"id": "b", "title": "B"}]}}"#;
        assert!(shown(two).contains("b todo B (api)\na todo A (web)\n"), "{}", shown(two));
    }

    #[test]
    fn steps_follow_each_other_if_nothing_else_is_the_order() {
        let lists = r#"{"waves": [{"wave": 1, "tasks": [{"id": "a", "title": "A"}]},
            {"wave": 2, "tasks": [{"id": "b", "title": "B"}]}]}"#;
        assert!(shown(lists).contains("a todo A (Wave 1)\nb todo B < a (Wave 2)\n"), "{}", shown(lists));
        let numbers = r#"[{"id": "b", "title": "B", "wave": 2}, {"id": "a", "title": "A", "wave": "1"}]"#;
        assert!(shown(numbers).contains("b todo B < a (Wave 2)\na todo A (Wave 1)\n"), "{}", shown(numbers));
        let named =
            r#"[{"id": "b", "title": "B", "wave": 2}, {"id": "a", "title": "A", "wave": 1, "deps": "b"}]"#;
        assert!(shown(named).contains("b todo B (Wave 2)\na todo A < b (Wave 1)\n"), "{}", shown(named));
    }

    #[test]
    fn lines_of_json_are_read_and_broken_ones_are_said() {
        let first = "{\"id\": \"a\", \"title\": \"A\", \"deps\": [\"b\"]}\n";
        let text = format!("{first}what\n{{\"id\": \"b\", \"title\": \"B\"}}\n{{\"x\": 1}}\n");
        let shown = shown(&text);
        assert!(shown.starts_with("JSON with tasks\na todo A < b\nb todo B\n"), "{shown}");
        assert!(shown.contains("Lines 2, 4 were skipped"), "{shown}");
    }

    #[test]
    fn odd_values_are_kept_or_said() {
        let text = r#"{"tasks": [7, {"id": "a", "title": "A", "status": "purple",
            "estimate": "M", "deps": {"x": 1}}]}"#;
        let shown = shown(text);
        assert!(shown.contains("not known and were read as not started: purple."), "{shown}");
        assert!(shown.contains("1 entry of the list was left out: no object."), "{shown}");
    }

    #[test]
    fn other_json_and_other_lines_are_refused_with_what_they_are() {
        for (text, expected) in [
            (
                r#"{"name": "app", "version": "1.0.0", "scripts": {}, "dependencies": {"a": "1"}}"#,
                "package.json",
            ),
            (r#"{"lockfileVersion": 3, "packages": {}}"#, "lock file"),
            (r#"{"compilerOptions": {"strict": true}}"#, "tsconfig"),
            (
                r#"{"version": "2.0.0", "tasks": [{"label": "build", "type": "shell", "command": "make"}]}"#,
                "editor",
            ),
            (r#"{"users": [{"id": 1, "name": "Ann", "email": "a@b.example"}]}"#, "This JSON is not a plan."),
            (r#"[{"id": 1, "name": "Ann", "email": "a@b.example"}]"#, "This JSON is not a plan."),
            (
                "{\"level\": \"info\", \"msg\": \"a\"}\n{\"level\": \"info\", \"msg\": \"b\"}\n",
                "These are lines of JSON",
            ),
        ] {
            assert!(refusal(text).contains(expected), "{text}: {}", refusal(text));
        }
    }

    #[test]
    fn deep_and_wide_input_takes_bounded_time() {
        let level = r#""tasks":[{"title":"a","#;
        let found = shown(&format!("{{{}\"id\":\"x\"{}}}", level.repeat(60), "}]".repeat(60)));
        assert!(found.starts_with("JSON with tasks\nx todo a (a)\n"), "{found}");
        let task = |at: usize| format!("{{\"id\":\"t{at}\",\"title\":\"t\",\"deps\":[\"t{}\"]}}", at + 1);
        let wide: Vec<String> = (0..5_000).map(task).collect();
        assert!(shown(&format!("[{}]", wide.join(","))).contains("t4998 todo t < t4999"));
    }
}
