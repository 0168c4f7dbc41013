//! The methods, and what each takes.

/// A method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodId {
    /// One conversation does all tasks, one after another.
    Direct,
    /// One conversation makes each task as a tool call, many in one message.
    Calls,
    /// Agents, phase by phase.
    Agents,
    /// Agents, each of which gets the next task as soon as it is free.
    Pool,
    /// Requests that the service answers when it has time, at a lower price.
    Batch,
}

impl MethodId {
    /// All methods, in the order in which they are shown.
    pub const ALL: [MethodId; 5] =
        [MethodId::Direct, MethodId::Calls, MethodId::Agents, MethodId::Pool, MethodId::Batch];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            MethodId::Direct => "direct",
            MethodId::Calls => "calls",
            MethodId::Agents => "agents",
            MethodId::Pool => "pool",
            MethodId::Batch => "batch",
        }
    }
}

/// What a method takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Minutes from start to end.
    pub minutes: f64,
    /// US dollars; `None` if a price is not known.
    pub cost: Option<f64>,
    /// Tokens of the main conversation at the end.
    pub context: f64,
}

/// A method, for a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// Which.
    pub id: MethodId,
    /// What it takes; `None` if it can't do the work.
    pub figures: Option<Figures>,
    /// Why it can't, or what its minutes consist of, in one sentence.
    pub why: String,
}

/// The figures of a method.
pub fn figures_of(methods: &[Method], id: MethodId) -> Option<Figures> {
    methods.iter().find(|method| method.id == id)?.figures
}
