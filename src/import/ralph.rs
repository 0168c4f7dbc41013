//! Ralph's `prd.json`: user stories that an agent takes one after the other.

use serde_json::{Map, Value};

use super::fields::{Collector, Meaning, meaning};
use super::{Certainty, File, Format, ImportError, Imported, notes};

/// The format of `prd.json`.
pub static FORMAT: Format = Format {
    id: "ralph",
    name: "Ralph prd.json",
    description: "Ralph's `prd.json`: user stories in the order of their priority.",
    recognise,
    read,
};

/// Names of the list of stories.
const LISTS: [&str; 2] = ["userStories", "user_stories"];

fn recognise(files: &[File]) -> Certainty {
    let [file] = files else { return Certainty::No };
    match file.json() {
        Some(Ok(Value::Object(fields))) if stories(fields).is_some() => {
            Certainty::Sure("it has a list of “userStories”".to_owned())
        }
        Some(Ok(Value::Array(stories))) if stories.iter().any(is_story) => {
            Certainty::Likely("its stories have fields such as “passes”".to_owned())
        }
        _ => Certainty::No,
    }
}

fn stories(fields: &Map<String, Value>) -> Option<&Vec<Value>> {
    LISTS.into_iter().find_map(|name| fields.get(name)?.as_array())
}

/// Whether an entry of a bare list is a story: nothing else says that something passes.
fn is_story(value: &Value) -> bool {
    let is_named = ["title", "description", "story"].into_iter().any(|name| value.get(name).is_some());
    is_named && value.get("passes").is_some_and(Value::is_boolean)
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let [file] = files else { return Err(super::refusal(files)) };
    let none = Map::new();
    let (fields, stories) = match file.json() {
        Some(Ok(Value::Array(stories))) => (&none, stories),
        Some(Ok(Value::Object(fields))) => match stories(fields) {
            Some(stories) => (fields, stories),
            None => return Err(super::refusal(files)),
        },
        _ => return Err(super::refusal(files)),
    };
    let mut collector = Collector::default();
    let added = collector.add_all(stories, of_story, None);
    if added.is_empty() {
        return Err(ImportError::new("This looks like Ralph's prd.json, but it has no stories."));
    }
    if collector.names_no_waits() {
        put_in_order(&mut collector, &added);
    }
    let text = |names: [&str; 2]| names.into_iter().find_map(|name| fields.get(name)?.as_str());
    let is_rest = |(name, value): &(&String, &Value)| {
        !LISTS.contains(&name.as_str()) && value.as_array().is_some_and(|list| !list.is_empty())
    };
    let rest: Vec<&str> = fields.iter().filter(is_rest).map(|(name, _)| name.as_str()).collect();
    collector.notes.extend(notes::parts_not_read(&rest));
    let mut outline = collector.finish();
    outline.title = text(["project", "name"]).unwrap_or_default().to_owned();
    outline.goal = text(["description", "goal"]).unwrap_or_default().to_owned();
    Ok(outline.into_imported(&FORMAT))
}

fn of_story(name: &str) -> Meaning {
    match name {
        "steps" => Meaning::Checks,
        _ => meaning(name),
    }
}

/// Stories are taken by priority, and as they are written if that is the same.
fn put_in_order(collector: &mut Collector, stories: &[usize]) {
    let mut sorted = stories.to_vec();
    sorted.sort_by(|a, b| {
        let [a, b] = [a, b].map(|story| priority(collector.items[*story].unknown.get("priority")));
        a.total_cmp(&b)
    });
    collector.put_in_order(&sorted);
}

/// A smaller number comes first; a story without a priority comes last.
fn priority(value: Option<&Value>) -> f64 {
    let word = |word: &str| {
        let words = ["critical", "high", "medium", "low"];
        let known = words.iter().position(|known| word.eq_ignore_ascii_case(known)).map(|at| at as f64);
        known.or_else(|| word.trim_start_matches(['P', 'p']).parse().ok())
    };
    value.and_then(|value| value.as_f64().or_else(|| word(value.as_str()?))).unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use crate::import::tests::{refusal, shown};

    #[test]
    fn stories_go_by_priority() {
        let text = r#"{"project": "Shop", "userStories": [
            {"id": "US-2", "title": "Page", "priority": 2, "passes": false, "acceptanceCriteria": ["it builds"]},
            {"id": "US-1", "title": "Store", "priority": 1, "passes": true}]}"#;
        let shown = shown(text);
        assert!(
            shown.starts_with("Ralph prd.json\nUS-2 todo Page < US-1 ! it builds\nUS-1 done Store\n"),
            "{shown}"
        );
        assert!(shown.contains("1 dependencies. 0 are named"), "{shown}");
    }

    #[test]
    fn bare_lists_named_waits_and_other_lists_are_understood() {
        let bare = r#"[{"id": "a", "title": "A", "passes": false, "priority": "high"}, 7,
            {"id": "b", "title": "B", "passes": false, "dependsOn": ["a", "x"]}]"#;
        let found = shown(bare);
        assert!(found.starts_with("Ralph prd.json\na todo A\nb todo B < a x\n"), "{found}");
        assert!(found.contains("An entry that is no object was left out."), "{found}");
        let more = shown(r#"{"userStories": [{"title": "A", "passes": false}], "knownIssues": [1]}"#);
        assert!(more.contains("These parts of the file were not read: “knownIssues”."), "{more}");
    }

    #[test]
    fn a_file_without_stories_is_refused() {
        assert_eq!(
            refusal(r#"{"userStories": []}"#),
            "This looks like Ralph's prd.json, but it has no stories."
        );
    }
}
