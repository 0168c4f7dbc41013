//! Claude Code: a hook in the project's settings, which also runs inside subagents, and an agent file for each task.

use serde_json::{Map, Value, json};

use super::super::output::File;
use super::{Guarded, yaml};

/// Where the project's settings stand.
pub const SETTINGS: &str = ".claude/settings.json";
/// What is run before a write.
const COMMAND: &str = "node \"$CLAUDE_PROJECT_DIR/.phaseplan/guard/hook.mjs\"";

pub fn files(tasks: &[Guarded<'_>]) -> Vec<File> {
    let settings = File { path: SETTINGS.to_owned(), text: printed(&with_hook(Map::new())) };
    let agent = |guarded: &Guarded<'_>| {
        let mut fields = vec![
            ("name", json!(guarded.name)),
            ("description", json!(guarded.description())),
            ("disallowedTools", json!("Agent")),
        ];
        fields.extend(guarded.model().map(|model| ("model", json!(model))));
        let path = format!(".claude/agents/{}.md", guarded.name);
        File { path, text: yaml::with_fields(&fields, &guarded.told) }
    };
    [settings].into_iter().chain(tasks.iter().map(agent)).collect()
}

/// The settings with the hook beside all that is in them.
///
/// # Errors
///
/// If they are no JSON object, or hold hooks in a form that can't be added to; the sentence says which.
pub fn settings_with_hook(settings: &str) -> Result<String, String> {
    let read = serde_json::from_str(settings);
    let Ok(Value::Object(settings)) = read else {
        return Err(format!(
            "The settings in `{SETTINGS}` are not a JSON object. Mend or move them, and call guard again."
        ));
    };
    let hooks = settings.get("hooks");
    let calls = hooks.and_then(|hooks| hooks.get("PreToolUse"));
    if hooks.is_some_and(|hooks| !hooks.is_object()) || calls.is_some_and(|calls| !calls.is_array()) {
        return Err(format!(
            "The settings in `{SETTINGS}` hold hooks in an unknown form. Mend or move them, and call guard again."
        ));
    }
    Ok(printed(&with_hook(settings)))
}

fn with_hook(mut settings: Map<String, Value>) -> Map<String, Value> {
    let entry = json!({
        "matcher": "Edit|Write|NotebookEdit",
        "hooks": [{"type": "command", "command": COMMAND, "timeout": 10}],
    });
    let hooks = settings.entry("hooks").or_insert_with(|| json!({}));
    if let Some(calls) =
        hooks.as_object_mut().map(|hooks| hooks.entry("PreToolUse").or_insert_with(|| json!([])))
        && let Some(calls) = calls.as_array_mut()
        && !calls.contains(&entry)
    {
        calls.push(entry);
    }
    settings
}

fn printed(settings: &Map<String, Value>) -> String {
    format!("{:#}\n", Value::Object(settings.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_keep_all_that_is_in_them_and_get_the_hook_once() {
        let before = r#"{"env":{"CI":"1"},"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[]}],"Stop":[]}}"#;
        let once = settings_with_hook(before).expect("it can be read");
        assert!(once.contains("\"CI\": \"1\"") && once.contains("\"Bash\"") && once.contains("\"Stop\""));
        assert_eq!(once.matches("hook.mjs").count(), 1);
        assert_eq!(settings_with_hook(&once), Ok(once));
    }

    #[test]
    fn settings_that_cannot_be_added_to_are_refused() {
        for settings in ["[]", "{", r#"{"hooks":[]}"#, r#"{"hooks":{"PreToolUse":{}}}"#] {
            assert!(settings_with_hook(settings).is_err(), "{settings}");
        }
    }
}
