//! What the names of agents and models mean: which ones Claude Code can start, which ones mean a person, and
//! which ones belong to another program.
//!
//! Names are compared without regard to case.

/// The version of Claude Code for whose documentation the tables here were verified.
pub const VERIFIED_FOR: &str = "2.1.304";

/// The tool that launches an agent.
pub const LAUNCH_TOOL: &str = "Agent";
/// The tool that resumes an agent by its id.
pub const RESUME_TOOL: &str = "SendMessage";
/// The tool that loads tools which are not there from the start, such as [`RESUME_TOOL`].
pub const LOADING_TOOL: &str = "ToolSearch";
/// The values of a launch: what it is about, the agent type, what the agent is told, and the model.
pub const DESCRIPTION: &str = "description";
/// See [`DESCRIPTION`].
pub const AGENT_TYPE: &str = "subagent_type";
/// See [`DESCRIPTION`].
pub const PROMPT: &str = "prompt";
/// See [`DESCRIPTION`].
pub const MODEL: &str = "model";
/// Values of a launch that would start somebody whose result does not come back, or who does not see the work so far.
pub const HARMFUL_VALUES: [&str; 2] = ["name", "isolation"];
/// The files with the conventions of a project, which agents that only read are not shown.
pub const CONVENTIONS: [&str; 2] = ["CLAUDE.md", "AGENTS.md"];
/// The most calls of one message that run side by side.
pub const MOST_PER_MESSAGE: usize = 10;
/// The most agents at work at the same time.
pub const MOST_AT_WORK: usize = 20;

/// An agent type that every installation of Claude Code has and that a task can be given to.
#[derive(Debug, PartialEq, Eq)]
pub struct Subagent {
    /// Its name, as the call takes it.
    pub name: &'static str,
    /// Whether it can change files.
    pub writes: bool,
}

/// The built-in agent type for tasks that change something.
pub const WRITER: &str = "general-purpose";
/// The built-in agent type for tasks that only look around. It is not shown the [`CONVENTIONS`].
pub const READER: &str = "Explore";

/// The built-in agent types that tasks can be given to.
pub static SUBAGENTS: [Subagent; 4] = [
    Subagent { name: WRITER, writes: true },
    Subagent { name: "claude", writes: true },
    Subagent { name: READER, writes: false },
    Subagent { name: "Plan", writes: false },
];

/// Built-in agent types with a purpose of their own. Nothing else can be given to them.
const RESERVED: &str = "claude-code-guide fork output-style-setup statusline-setup";

/// The models that a call takes, by alias.
pub const MODELS: [&str; 4] = ["sonnet", "opus", "haiku", "fable"];

/// The model with this alias as the API of Anthropic names it; the first of [`MODELS`] if there is none. From the examples of
/// November 2026.
pub fn full_name(alias: &str) -> &'static str {
    match alias {
        "opus" => "claude-opus-5-5",
        "haiku" => "claude-haiku-5-5",
        "fable" => "claude-fable-5-1",
        _ => "claude-sonnet-5-5",
    }
}

/// Words that leave the choice of the agent open.
const ANY: &str = "agent any auto claude-code default inherit subagent";

/// Words for a person.
const PERSONS: &str = "human humans manual manually me myself people person somebody someone user";

/// Other programs with agents, and their makers.
const MAKES: &str = "aider amp antigravity augment chatgpt cline codex continue copilot \
    crush cursor cursor-agent deepseek devin droid factory gemini gemini-cli goose gpt grok jules junie kilo \
    kilo-code kilocode kimi kiro kiro-cli llama mistral ollama openai opencode openhands pi qwen qwen-code \
    replit roo roo-code windsurf zed";

/// Beginnings of the names of models by other makers.
const OTHER_MODELS: &str = "codestral command deepseek devstral gemini gemma glm gpt grok kimi llama minimax mistral o1 o3 o4 phi qwen";

/// What the name of an agent means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agent {
    /// No name, or a word that leaves the choice open: any agent will do.
    Any,
    /// A built-in agent type of Claude Code.
    Subagent(&'static Subagent),
    /// A person.
    Person,
    /// Something that not every installation of Claude Code can start.
    Other(Other),
}

/// What a name means that is neither a person nor a built-in agent type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Other {
    /// Another program with agents, such as Codex.
    Make,
    /// A model, not an agent.
    Model,
    /// A built-in agent type that does one thing only.
    Reserved,
    /// An unknown name: a type that the project defines itself, a colleague, or a slip.
    Unknown,
}

impl Agent {
    /// The meaning of a name.
    pub fn of(name: &str) -> Agent {
        let name = name.trim();
        let is_called = |subagent: &&Subagent| subagent.name.eq_ignore_ascii_case(name);
        if name.is_empty() || is_one_of(name, ANY) {
            Agent::Any
        } else if let Some(subagent) = SUBAGENTS.iter().find(is_called) {
            Agent::Subagent(subagent)
        } else if is_one_of(without_article(name), PERSONS) {
            Agent::Person
        } else if is_one_of(name, RESERVED) {
            Agent::Other(Other::Reserved)
        } else if is_one_of(name, MAKES) || is_one_of(without_article(name), MAKES) {
            Agent::Other(Other::Make)
        } else if Model::of(name) != Model::Unknown {
            Agent::Other(Other::Model)
        } else {
            Agent::Other(Other::Unknown)
        }
    }
}

/// What the name of a model means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// No name, or a word for the model that the agent has anyway.
    Inherited,
    /// An alias that a call takes, such as `opus`.
    Alias(&'static str),
    /// The full name of a model, such as `claude-opus-4-8`, with its alias. A call takes only the alias.
    Full(&'static str),
    /// A model by another maker.
    OtherMaker,
    /// An unknown name.
    Unknown,
}

impl Model {
    /// The meaning of a name.
    pub fn of(name: &str) -> Model {
        let name = name.trim();
        let is_called = |alias: &&&str| alias.eq_ignore_ascii_case(name);
        if name.is_empty() || is_one_of(name, "default inherit") {
            return Model::Inherited;
        }
        if let Some(alias) = MODELS.iter().find(is_called) {
            return Model::Alias(alias);
        }
        let mut words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
        if let Some(alias) =
            words.find_map(|word| MODELS.iter().find(|alias| alias.eq_ignore_ascii_case(word)))
        {
            return Model::Full(alias);
        }
        let first = name.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        let family = first.trim_end_matches(|letter: char| letter.is_ascii_digit());
        match is_one_of(first, OTHER_MODELS) || is_one_of(family, OTHER_MODELS) {
            true => Model::OtherMaker,
            false => Model::Unknown,
        }
    }
}

/// `person` of "a person".
fn without_article(name: &str) -> &str {
    name.split_once([' ', '-'])
        .filter(|(article, _)| is_one_of(article, "a an the"))
        .map_or(name, |(_, rest)| rest)
}

fn is_one_of(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agents_are_told_apart() {
        for (names, expected) in [
            ("person human Me myself", Agent::Person),
            ("fork statusline-setup", Agent::Other(Other::Reserved)),
            ("codex Copilot cursor gemini opencode kiro jules devin", Agent::Other(Other::Make)),
            ("gpt-5 claude-opus-4-8 sonnet o3", Agent::Other(Other::Model)),
            ("translator ann agent-1 personal-shopper", Agent::Other(Other::Unknown)),
        ] {
            for name in names.split(' ') {
                assert_eq!(Agent::of(name), expected, "{name}");
            }
        }
        assert_eq!(Agent::of("a person"), Agent::Person);
        for name in ["", " ", "any", "claude-code"] {
            assert_eq!(Agent::of(name), Agent::Any, "{name}");
        }
        assert!(matches!(Agent::of("explore"), Agent::Subagent(Subagent { name: "Explore", writes: false })));
    }

    #[test]
    fn models_are_told_apart() {
        for (name, expected) in [
            ("", Model::Inherited),
            ("inherit", Model::Inherited),
            ("Opus", Model::Alias("opus")),
            ("claude-opus-4-8", Model::Full("opus")),
            ("Sonnet 5", Model::Full("sonnet")),
            ("us.anthropic.claude-haiku-4-5", Model::Full("haiku")),
            ("gpt-5", Model::OtherMaker),
            ("qwen3-coder", Model::OtherMaker),
            ("turbo", Model::Unknown),
        ] {
            assert_eq!(Model::of(name), expected, "{name}");
        }
    }
}
