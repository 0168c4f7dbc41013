//! Files that keep agents to the lists of their tasks while they run: a hook where the agent's tool has one, rules where it has
//! those, and a hook of git for what neither sees.
//!
//! One hook decides (`hook.mjs`), with the patterns as data, just as [`crate::glob`] does. It knows a task by the name of its
//! agent, since nothing else of a plan reaches a hook.

mod claude;
mod codex;
mod copilot;
mod cursor;
mod git;
mod opencode;
mod yaml;

use std::fmt::Write;

use serde_json::{Value, json};

use super::agents::doer::{Doer, model};
use super::agents::files::Files;
use super::agents::prompt::alone::Prompts;
use super::output::{File, hyphenated};
use super::{Choice, Export, Group, Output};
use crate::escape::{json_in_code, short_line};
use crate::glob::FileSet;
use crate::plan::{Kind, Task};
use crate::report::Report;

pub use claude::{SETTINGS, settings_with_hook};
pub use opencode::decides as opencode_decides;

/// Where the hook stands, below the root of the repository.
pub const HOOK: &str = ".phaseplan/guard/hook.mjs";

const HOOK_PROGRAM: &str = include_str!("hook.mjs");
const OWNED_PATHS: &str = include_str!("../agents/owned_paths.js");

/// Something that a list of files can be enforced with, or at least told to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// Claude Code: a hook before each write.
    Claude,
    /// GitHub Copilot: the same hook.
    Copilot,
    /// opencode: rules of its own.
    Opencode,
    /// Codex: agents that are told their files.
    Codex,
    /// Cursor: agents that are told their files.
    Cursor,
    /// git: a hook before each commit.
    Git,
}

impl Layer {
    /// All of them, with their names in the command line.
    pub const ALL: [(&str, Layer); 6] = [
        ("claude", Layer::Claude),
        ("copilot", Layer::Copilot),
        ("opencode", Layer::Opencode),
        ("codex", Layer::Codex),
        ("cursor", Layer::Cursor),
        ("git", Layer::Git),
    ];

    /// What it does not hold, as a sentence.
    pub fn limit(self) -> &'static str {
        match self {
            Layer::Claude => {
                "Files that a command writes (Bash) are not seen; `phaseplan owns` finds them after the phase."
            }
            Layer::Copilot => {
                "Holds only agents whose name Copilot tells the hook. Files that a command writes are not seen."
            }
            Layer::Opencode => {
                "A pattern that its rules can't express without giving more is left out; the agent has to ask there."
            }
            Layer::Codex => {
                "Codex has no rules for paths: agents are told their files, and nothing stops them."
            }
            Layer::Cursor => {
                "Cursor has no rules for paths: agents are told their files, and nothing stops them."
            }
            Layer::Git => {
                "Sees only what is committed; `PHASEPLAN_TASK=T1 git commit` compares with the list of one task."
            }
        }
    }
}

const FOR: Choice = Choice {
    id: "for",
    title: "For",
    values: &[
        ("claude", "Claude Code"),
        ("copilot", "Copilot"),
        ("opencode", "opencode"),
        ("codex", "Codex"),
        ("cursor", "Cursor"),
        ("git", "git"),
    ],
};

/// The files of a guard.
pub static EXPORT: Export = Export {
    id: "guard",
    group: Group::Agents,
    title: "Guard for owned files",
    description: "Agents and a hook for the root of the repository that deny an agent any file of another task.",
    extension: ".guard.zip",
    media_type: "application/zip",
    options: &[FOR],
    render: |report, options| {
        let chosen = options.value(&FOR);
        let layers = Layer::ALL.iter().filter(|(name, _)| *name == chosen).map(|(_, layer)| *layer);
        Output::Files(files(report, &layers.collect::<Vec<_>>()))
    },
};

/// A task that an agent of its own does.
pub struct Guarded<'a> {
    /// The task.
    pub task: &'a Task,
    /// The name of its agent.
    pub name: String,
    /// What it owns.
    pub owned: &'a FileSet,
    /// What its agent is told.
    pub told: String,
}

impl Guarded<'_> {
    /// Its id and title on one line.
    fn description(&self) -> String {
        short_line(&format!("{} {}", self.task.id, self.task.title), 200)
    }

    fn model(&self) -> Option<&'static str> {
        model(self.task)
    }
}

/// The open tasks that an agent does, in the order of the phases.
pub fn guarded(report: &Report) -> Vec<Guarded<'_>> {
    let prompts = Prompts::of(report, false);
    let mut all: Vec<Guarded<'_>> = Vec::new();
    for phase in prompts.phases() {
        let files = Files::of(report, phase);
        for at in phase.tasks() {
            let task = &report.plan.tasks[at];
            if task.kind == Kind::Gate || Doer::of(task) == Doer::Person {
                continue;
            }
            let name = name(task, |name| all.iter().any(|other| other.name == name));
            let told = prompts.told(&files, at);
            all.push(Guarded { task, name, owned: &report.analysis.ownership.owns[at], told });
        }
    }
    all
}

/// The name of a task's agent: `plan-` and the id in small letters; letters that no name may have become `-`.
fn name(task: &Task, is_taken: impl Fn(&str) -> bool) -> String {
    let id = hyphenated(&task.id.as_str().to_lowercase());
    let name = format!("plan-{}", if id.is_empty() { "task" } else { &id });
    let numbered = (2..).map(|number| format!("{name}-n{number}"));
    [name.clone()].into_iter().chain(numbered).find(|name| !is_taken(name)).unwrap_or(name)
}

/// The files of a guard for these layers, relative to the root of the repository. The settings of Claude Code are among
/// them as a new file; see [`settings_with_hook`] for one that is there already.
pub fn files(report: &Report, layers: &[Layer]) -> Vec<File> {
    let tasks = guarded(report);
    let mut files = Vec::new();
    if layers.iter().any(|layer| matches!(layer, Layer::Claude | Layer::Copilot | Layer::Git)) {
        files.push(File { path: HOOK.to_owned(), text: hook(&tasks) });
        files
            .push(File { path: ".phaseplan/guard/.gitignore".to_owned(), text: "denied.jsonl\n".to_owned() });
    }
    for layer in layers {
        match layer {
            Layer::Claude => files.extend(claude::files(&tasks)),
            Layer::Copilot => files.extend(copilot::files(&tasks)),
            Layer::Opencode => files.extend(opencode::files(&tasks)),
            Layer::Codex => files.extend(codex::files(report, &tasks)),
            Layer::Cursor => files.extend(cursor::files(&tasks)),
            Layer::Git => files.extend(git::files()),
        }
    }
    files
}

/// The hook with what it knows.
fn hook(tasks: &[Guarded<'_>]) -> String {
    let mut agents = String::new();
    for guarded in tasks {
        let agent: Value =
            json!({"name": guarded.name, "id": guarded.task.id.as_str(), "files": guarded.owned.data()});
        let _ = writeln!(agents, "  {},", json_in_code(&agent.to_string()));
    }
    let data = format!(
        "/** The agents of the plan, and what each owns. */\nconst AGENTS = [\n{agents}];\n\n{OWNED_PATHS}\n"
    );
    let start = "const HERE = ";
    HOOK_PROGRAM.replacen(start, &[data.as_str(), start].concat(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Plan, TaskId};
    use crate::schedule::Budget;

    #[test]
    fn agents_are_named_after_ids_and_never_alike() {
        let task =
            |id: &str| Task { id: TaskId(id.to_owned()), owns: vec![id.to_owned()], ..Task::default() };
        let tasks = ["T1", "t.1", "T-1", "Größe"].map(task).to_vec();
        let gate = Task { kind: Kind::Gate, ..task("Ask") };
        let plan = Plan { tasks: [tasks, vec![gate]].concat(), ..Plan::default() };
        let report = Report::new(plan, &Budget::default());
        let mut names: Vec<String> = guarded(&report).into_iter().map(|task| task.name).collect();
        names.sort();
        assert_eq!(names, ["plan-gr-e", "plan-t-1", "plan-t-1-n2", "plan-t1"]);
    }
}
