//! An agent or a model that Claude Code can't start, or can't give the task to.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::agents::{Agent, MODELS, Model, Other, SUBAGENTS};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP313",
    name: "unknown-agent",
    title: "An agent or a model can't be started",
    severity: Severity::Hint,
    help: "\
The exports for Claude Code start an agent for each task, by its type: `general-purpose`, `Explore`, `Plan` or `claude`,
with a model by its alias: `opus`, `sonnet`, `haiku` or `fable`. They can't start another program such as Codex, a person,
or a model of another maker; a call does not take the full name of a model; and `Explore` and `Plan` can't change files.
An agent type of your own works where your project defines it.

Name an agent and a model that can be started, or leave them out: then any agent does the task. If another program or a
person is to do it, ignore the hint and see to it yourself when the turn of the task comes.",
    example: "\
- T1 Cart schema @owns(db/**) @agent(codex)
",
    repaired: "\
- T1 Cart schema @owns(db/**) @agent(general-purpose) @model(opus)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let (mut by_agent, mut by_model) =
        (IndexMap::<&str, Vec<usize>>::new(), IndexMap::<&str, Vec<usize>>::new());
    for (at, task) in context.tasks().filter(|&(at, _)| context.is_open(at)) {
        if needs_word(context, at) {
            by_agent.entry(task.agent.trim()).or_default().push(at);
        }
        if !matches!(Model::of(&task.model), Model::Inherited | Model::Alias(_)) {
            by_model.entry(task.model.trim()).or_default().push(at);
        }
    }
    for (name, tasks) in &by_agent {
        findings.add(|| describe_agent(context, name, tasks));
    }
    for (name, tasks) in &by_model {
        findings.add(|| describe_model(context, name, tasks));
    }
}

fn needs_word(context: &Context<'_>, at: usize) -> bool {
    let task = context.task(at);
    match Agent::of(&task.agent) {
        Agent::Any => false,
        Agent::Subagent(subagent) => !subagent.writes && !task.owns.is_empty(),
        // Who decides at a gate is a person anyway.
        Agent::Person => task.kind != Kind::Gate,
        Agent::Other(_) => true,
    }
}

fn describe_agent(context: &Context<'_>, name: &str, tasks: &[usize]) -> Finding {
    let list = context.list(tasks);
    let named = format!("{list} {} the agent {name}", if tasks.len() == 1 { "names" } else { "name" });
    let owns = if tasks.len() == 1 { "the task owns" } else { "the tasks own" };
    let (title, detail) = match Agent::of(name) {
        Agent::Subagent(_) => (
            format!("{named}, which can't write"),
            format!("`{name}` only reads, but {owns} files. Name an agent that can change files."),
        ),
        Agent::Person => (
            format!("{list} {} for a person", if tasks.len() == 1 { "is" } else { "are" }),
            "No agent can be started for that. You have to do it, and say when it is done.".to_owned(),
        ),
        Agent::Other(Other::Make) => (
            format!("{named}, another program"),
            format!(
                "Claude Code can't start `{name}`. Start it yourself, or let an agent of Claude Code do it."
            ),
        ),
        Agent::Other(Other::Model) => {
            (format!("{named}, a model"), format!("`{name}` is no type of agent. Name the model as a model."))
        }
        Agent::Other(Other::Reserved) => (
            format!("{named}, which takes no tasks"),
            format!("`{name}` is built into Claude Code for a purpose of its own. {}", known_agents()),
        ),
        Agent::Any | Agent::Other(Other::Unknown) => (
            format!("{named}, which is not built in"),
            format!("`{name}` can only be started where your project defines it. {}", known_agents()),
        ),
    };
    Finding {
        title,
        detail,
        places: tasks.iter().map(|&task| context.place(task, "agent", name)).collect(),
        fixes: agent_fixes(context, name, tasks),
    }
}

fn known_agents() -> String {
    let names: Vec<&str> = SUBAGENTS.iter().map(|subagent| subagent.name).collect();
    format!("Built in are {}.", names.join(", "))
}

fn agent_fixes(context: &Context<'_>, name: &str, tasks: &[usize]) -> Vec<Fix> {
    let as_model = match Model::of(name) {
        Model::Alias(alias) | Model::Full(alias) => Some(Fix {
            title: format!("Name {alias} as the model"),
            edits: tasks
                .iter()
                .flat_map(|&task| {
                    [
                        context.change(task, TaskChange::Agent(String::new())),
                        context.change(task, TaskChange::Model(alias.to_owned())),
                    ]
                })
                .collect(),
        }),
        _ => None,
    };
    let any = Fix { title: "Let any agent do it".to_owned(), edits: set_agent(context, tasks, "").collect() };
    as_model.into_iter().chain([any]).collect()
}

fn set_agent<'c>(context: &'c Context<'_>, tasks: &'c [usize], name: &'c str) -> impl Iterator<Item = Edit> {
    tasks.iter().map(move |&task| context.change(task, TaskChange::Agent(name.to_owned())))
}

fn describe_model(context: &Context<'_>, name: &str, tasks: &[usize]) -> Finding {
    let set = |to: &str| -> Vec<Edit> {
        tasks.iter().map(|&task| context.change(task, TaskChange::Model(to.to_owned()))).collect()
    };
    let known = MODELS.join(", ");
    let (why, detail) = match Model::of(name) {
        Model::Full(alias) => (
            "the full name of a model",
            format!("An agent is started with an alias: `{alias}`, not `{name}`."),
        ),
        Model::OtherMaker => {
            ("a model of another maker", format!("Claude Code can't start `{name}`. It knows {known}."))
        }
        _ => ("which is not known", format!("Claude Code can't start `{name}`. It knows {known}.")),
    };
    let alias = match Model::of(name) {
        Model::Full(alias) => Some(Fix { title: format!("Use the alias {alias}"), edits: set(alias).into() }),
        _ => None,
    };
    let none = Fix { title: "Leave the model open".to_owned(), edits: set("").into() };
    Finding {
        title: format!(
            "{} {} the model {name}, {why}",
            context.list(tasks),
            if tasks.len() == 1 { "names" } else { "name" }
        ),
        detail,
        places: tasks.iter().map(|&task| context.place(task, "model", name)).collect(),
        fixes: alias.into_iter().chain([none]).collect(),
    }
}
