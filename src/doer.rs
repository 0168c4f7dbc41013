//! Who does a task: an agent that the orchestrator launches, or somebody whom it has to ask for.

use crate::agents::{Agent, Model, Other, READER, WRITER};
use crate::plan::{Kind, Task};

/// Who does a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer<'a> {
    /// An agent of this type, launched by the orchestrator.
    Subagent(&'a str),
    /// The orchestrator itself, by a call of a tool.
    Orchestrator,
    /// The user, by an answer.
    Decision,
    /// A person.
    Person,
    /// Somebody with this name, whom the orchestrator can't launch.
    Elsewhere(&'a str),
}

impl<'a> Doer<'a> {
    /// Who does this task. Nobody but Claude Code's own agents is ever replaced by one of them.
    pub fn of(task: &'a Task) -> Doer<'a> {
        let name = task.agent.trim();
        match Agent::of(name) {
            _ if task.kind == Kind::Gate => Doer::Decision,
            _ if task.kind == Kind::Call => Doer::Orchestrator,
            Agent::Any => Doer::Subagent(fitting(task)),
            Agent::Subagent(kind) if kind.writes || !task.changes_files() => Doer::Subagent(kind.name),
            Agent::Subagent(_) | Agent::Other(Other::Reserved) => Doer::Subagent(fitting(task)),
            Agent::Person => Doer::Person,
            Agent::Other(Other::Model) if alias(name).is_some() => Doer::Subagent(fitting(task)),
            Agent::Other(Other::Unknown) if is_type_name(name) => Doer::Subagent(name),
            Agent::Other(_) => Doer::Elsewhere(name),
        }
    }

    /// Whether the orchestrator launches it.
    pub fn is_launched(self) -> bool {
        matches!(self, Doer::Subagent(_))
    }

    /// Whether the orchestrator sees when it ends.
    pub fn is_seen(self) -> bool {
        matches!(self, Doer::Subagent(_) | Doer::Orchestrator)
    }

    /// Whether somebody changes or reads files for this task, so that others have company.
    pub fn is_company(self) -> bool {
        self != Doer::Decision
    }
}

/// Whether the agent type is one that this project must define itself.
pub fn is_own_type(name: &str) -> bool {
    Agent::of(name) == Agent::Other(Other::Unknown)
}

/// Whether the agent gets no CLAUDE.md from Claude Code.
pub fn knows_no_conventions(name: &str) -> bool {
    matches!(Agent::of(name), Agent::Subagent(kind) if !kind.writes)
}

/// The agent type that the plan names for a task and that can't do it, so that another takes its place.
pub fn unfit_type(task: &Task) -> Option<&str> {
    let is_unfit = match Agent::of(&task.agent) {
        Agent::Subagent(kind) => !kind.writes && task.changes_files(),
        agent => agent == Agent::Other(Other::Reserved),
    };
    (is_unfit && !matches!(task.kind, Kind::Gate | Kind::Call)).then(|| task.agent.trim())
}

/// Why an agent type can't do a task, as the rest of a sentence about it.
pub fn why_unfit(name: &str) -> &'static str {
    match Agent::of(name) {
        Agent::Subagent(_) => "can't change files",
        _ => "has a purpose of its own",
    }
}

/// The model that the call of a task names, if the plan names one that a call takes.
pub fn model(task: &Task) -> Option<&'static str> {
    alias(&task.model).or_else(|| alias(&task.agent).filter(|_| task.model.trim().is_empty()))
}

/// The model that the plan names for a task and that no call takes.
pub fn unusable_model(task: &Task) -> Option<&str> {
    matches!(Model::of(&task.model), Model::OtherMaker | Model::Unknown).then(|| task.model.trim())
}

fn alias(name: &str) -> Option<&'static str> {
    match Model::of(name) {
        Model::Alias(alias) | Model::Full(alias) => Some(alias),
        Model::Inherited | Model::OtherMaker | Model::Unknown => None,
    }
}

fn fitting(task: &Task) -> &'static str {
    if task.kind == Kind::Research { READER } else { WRITER }
}

/// Whether an agent type can have this name; those of plug-ins contain a colon.
fn is_type_name(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_agents_of_claude_code_are_launched() {
        for (agent, kind, expected) in [
            ("", Kind::Change, Doer::Subagent("general-purpose")),
            ("", Kind::Research, Doer::Subagent("Explore")),
            ("explore", Kind::Verify, Doer::Subagent("Explore")),
            ("Explore", Kind::Docs, Doer::Subagent("general-purpose")),
            ("fork", Kind::Change, Doer::Subagent("general-purpose")),
            ("opus", Kind::Change, Doer::Subagent("general-purpose")),
            ("team:translator", Kind::Change, Doer::Subagent("team:translator")),
            ("Person", Kind::Change, Doer::Person),
            ("Codex", Kind::Change, Doer::Elsewhere("Codex")),
            ("gpt-5", Kind::Change, Doer::Elsewhere("gpt-5")),
            ("Ann Lee", Kind::Change, Doer::Elsewhere("Ann Lee")),
            ("codex", Kind::Gate, Doer::Decision),
            ("codex", Kind::Call, Doer::Orchestrator),
        ] {
            let task = Task { agent: agent.into(), kind, ..Task::default() };
            assert_eq!(Doer::of(&task), expected, "{agent} {kind:?}");
        }
    }

    #[test]
    fn a_call_names_only_models_that_it_takes() {
        for (agent, model_name, expected) in [
            ("", "", None),
            ("", "Opus", Some("opus")),
            ("", "claude-opus-4-8", Some("opus")),
            ("sonnet", "", Some("sonnet")),
            ("sonnet", "gpt-5", None),
            ("", "turbo", None),
        ] {
            let task = Task { agent: agent.into(), model: model_name.into(), ..Task::default() };
            assert_eq!(model(&task), expected, "{agent} {model_name}");
        }
    }
}
