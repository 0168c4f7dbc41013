//! One file per diagnostic: its code, when it fires, its sentences, its repairs and its tests.

/// What is known of a diagnostic besides its findings.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable code, such as `PP101`.
    pub code: &'static str,
    /// Short name, such as `write-write`.
    pub name: &'static str,
    /// The help page: what it is, why it is bad, an example, how to mend it. Markdown.
    pub help: &'static str,
}

/// Every rule, by code.
pub static RULES: &[Rule] = &[];
