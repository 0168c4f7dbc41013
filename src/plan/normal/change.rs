//! What was changed to bring a plan into normal form.

/// A change that brought a plan into normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What was wrong.
    pub kind: ChangeKind,
    /// What was changed.
    pub sentence: String,
}

/// What was wrong with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A value had not the form that its field takes.
    Value,
    /// A text had characters that hide something.
    HiddenInText,
    /// A name had characters that hide something.
    HiddenInName,
    /// A name had spaces that only look like one, or was a sentence.
    NoName,
}

impl Change {
    /// The change of a value that had not the form that its field takes.
    pub fn value(sentence: impl Into<String>) -> Change {
        Change { kind: ChangeKind::Value, sentence: sentence.into() }
    }

    /// The same change, said of a task.
    pub(super) fn of_task(self, task: &str) -> Change {
        Change { sentence: format!("{task}: {}", self.sentence), ..self }
    }
}

/// Receives changes.
pub(super) type Report<'a> = &'a mut dyn FnMut(Change);
