//! Cursor: an agent file for each task.

use serde_json::json;

use super::super::output::File;
use super::{Guarded, yaml};

pub fn files(tasks: &[Guarded<'_>]) -> Vec<File> {
    let agent = |guarded: &Guarded<'_>| {
        let fields = [
            ("name", json!(guarded.name)),
            ("description", json!(guarded.description())),
            ("readonly", json!(!guarded.task.changes_files())),
            ("is_background", json!(true)),
        ];
        let path = format!(".cursor/agents/{}.md", guarded.name);
        File { path, text: yaml::with_fields(&fields, &guarded.told) }
    };
    tasks.iter().map(agent).collect()
}
