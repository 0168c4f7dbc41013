//! Codex: an agent file for each task, in TOML, and the number of agents at once.

use super::super::output::File;
use super::Guarded;
use crate::report::Report;

pub fn files(report: &Report, tasks: &[Guarded<'_>]) -> Vec<File> {
    let most = report.plan.settings.max_parallel.max(1);
    let limits = File {
        path: ".codex/config.toml".to_owned(),
        text: format!("[agents]\nmax_concurrent_threads_per_session = {most}\n"),
    };
    let agent = |guarded: &Guarded<'_>| {
        let sandbox = if guarded.task.changes_files() { "workspace-write" } else { "read-only" };
        let text = format!(
            "name = {}\ndescription = {}\nsandbox_mode = \"{sandbox}\"\ndeveloper_instructions = {}\n",
            string(&guarded.name),
            string(&guarded.description()),
            string(&guarded.told)
        );
        File { path: format!(".codex/agents/{}.toml", guarded.name), text }
    };
    [limits].into_iter().chain(tasks.iter().map(agent)).collect()
}

/// A string of TOML: one of JSON, but that it spells out the delete character.
fn string(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}
