//! GitHub Copilot: the same hook, and an agent file for each task.

use serde_json::json;

use super::super::output::File;
use super::{Guarded, yaml};

pub fn files(tasks: &[Guarded<'_>]) -> Vec<File> {
    let command = "node .phaseplan/guard/hook.mjs copilot";
    let hook = json!({"type": "command", "bash": command, "powershell": command, "timeoutSec": 10});
    let hooks = json!({"version": 1, "hooks": {"preToolUse": [hook]}});
    let hooks = File { path: ".github/hooks/phaseplan.json".to_owned(), text: format!("{hooks:#}\n") };
    let agent = |guarded: &Guarded<'_>| {
        let fields = [("name", json!(guarded.name)), ("description", json!(guarded.description()))];
        let path = format!(".github/agents/{}.agent.md", guarded.name);
        File { path, text: yaml::with_fields(&fields, &guarded.told) }
    };
    [hooks].into_iter().chain(tasks.iter().map(agent)).collect()
}
