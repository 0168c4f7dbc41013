//! What the names of labels mean, in all formats that are Markdown.

/// What a label says about a task.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Files it changes.
    Owns,
    /// Files it reads.
    Reads,
    /// Tasks it waits for.
    After,
    /// Tasks that wait for it.
    Before,
    /// Sentences about what it needs from other tasks.
    Needs,
    /// Whether it may run beside others, or which ones.
    Beside,
    /// How long it takes.
    Minutes,
    /// What must hold when it is done.
    Checks,
    /// Its progress.
    Status,
    /// Who does it.
    Agent,
    /// The model.
    Model,
    /// Anything else.
    #[default]
    Other,
}

/// The names of each field, in small letters.
const NAMES: &[(Field, &[&str])] = &[
    (
        Field::Owns,
        &[
            "file",
            "files",
            "files changed",
            "changed files",
            "files to change",
            "files to modify",
            "files to create",
            "files to edit",
            "files modified",
            "files created",
            "files affected",
            "affected files",
            "file scope",
            "owns",
            "owned files",
            "modify",
            "modifies",
            "create",
            "creates",
            "edit",
            "edits",
            "delete",
            "write set",
            "writes",
            "touches",
            "key files",
            "target files",
            "target file",
            "create/modify",
            "文件",
        ],
    ),
    (
        Field::Reads,
        &[
            "reads",
            "read",
            "read first",
            "context to read first",
            "leverage",
            "read set",
            "read only",
            "reference files",
        ],
    ),
    (
        Field::After,
        &[
            "depends on",
            "depends",
            "depend on",
            "dependencies",
            "dependency",
            "deps",
            "blocked by",
            "requires",
            "prerequisites",
            "prerequisite",
            "after",
            "waits for",
            "wait for",
            "depends_on",
            "dependson",
            "依赖",
        ],
    ),
    (Field::Before, &["blocks", "unblocks"]),
    (
        Field::Beside,
        &[
            "parallel with",
            "parallel safe",
            "parallel_safe",
            "parallelizable",
            "can run in parallel",
            "can run in parallel with",
            "runs in parallel with",
        ],
    ),
    (Field::Needs, &["consumes", "needs", "parallelization", "parallel"]),
    (
        Field::Minutes,
        &[
            "estimate",
            "estimates",
            "estimated time",
            "time estimate",
            "time",
            "estimated effort",
            "effort",
            "duration",
            "estimated duration",
        ],
    ),
    (
        Field::Checks,
        &[
            "acceptance criteria",
            "acceptance",
            "done when",
            "success criteria",
            "definition of done",
            "test strategy",
        ],
    ),
    (Field::Status, &["status", "state"]),
    (Field::Agent, &["agent", "assignee", "assigned to"]),
    (Field::Model, &["model"]),
];

/// The field that a name means.
pub fn field_of(name: &str) -> Field {
    let name = name.split_once('(').map_or(name, |(before, _)| before);
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let name = words.join(" ");
    let known = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    known.map_or(Field::Other, |(field, _)| *field)
}

/// The field of a label in a list of this field: below `Files`, `Test` names files too.
pub fn field_within(outer: Field, name: &str) -> Field {
    let lower = name.to_lowercase();
    match (outer, field_of(name)) {
        (Field::Owns, Field::Other) if !lower.contains("not") => Field::Owns,
        (Field::Reads, Field::Other) => Field::Reads,
        (Field::After, Field::Other) if matches!(lower.as_str(), "task" | "tasks" | "internal" | "wp") => {
            Field::After
        }
        (_, field) => field,
    }
}
