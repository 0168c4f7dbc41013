//! What an import has to say besides the plan: what it guessed is a hint, what it lost a warning.
//!
//! None of these is an error: an import that can't be trusted at all fails instead, see [`super::ImportError`].

use crate::diagnostic::{Definition, Diagnostic, Severity};
use crate::plan::normal::Change;
use crate::text::problems;

/// Every kind of note, by code.
pub static DEFINITIONS: &[&Definition] = &[
    &SECOND_FORMAT,
    &ORDER_GUESSED,
    &OWNED_FILES_GUESSED,
    &READ_FILES_GUESSED,
    &NO_FILES_FOUND,
    &FILE_WITHOUT_FOLDER,
    &MISSING_TASK,
    &MANY_WAITS,
    &UNKNOWN_BOX,
    &REPEATED_TASK,
    &ITEM_WITHOUT_ID,
    &SECTION_NOT_READ,
    &VALUE_CHANGED,
    &TASKS_CUT,
    &OTHER_FILES,
    &DAMAGED_ENTRY,
    &OTHER_CHECKOUT,
    &UNKNOWN_STATUS,
    &PARTS_NOT_READ,
    &LINES_SKIPPED,
    &WAIT_INSIDE_WAVE,
    &WAIT_NOT_READ,
    &DAMAGED_FIELDS,
    &PERSON_NEEDED,
    &DIAGRAM_CHOSEN,
    &NO_DIRECTION,
    &BOXES_LEFT_OUT,
    &OPEN_BLOCK,
    &DECIDED_WHILE_RUNNING,
];

const TWO_TASKS: &str = "\
- [ ] T001 Create the model in src/models/user.rs
- [ ] T002 Serve users in src/api/users.rs
";
const TWO_TASKS_WRITTEN_OUT: &str = "\
- T1 Create the model @owns(src/models/user.rs)
- T2 Serve users @owns(src/api/users.rs) @after(T1)
";

pub(super) static ORDER_GUESSED: Definition = Definition {
    code: "PP501",
    name: "order-guessed",
    title: "The order was guessed",
    severity: Severity::Hint,
    help: "\
The format has no field for what a task waits for. Waits were taken from sentences, from the sequence of
sections and from marks such as `[P]`.

Look at the waits before you rely on the phases.",
    example: TWO_TASKS,
    repaired: TWO_TASKS_WRITTEN_OUT,
};

pub(super) static OWNED_FILES_GUESSED: Definition = Definition {
    code: "PP502",
    name: "owned-files-guessed",
    title: "The owned files were guessed",
    severity: Severity::Hint,
    help: "\
The format has no field for the files a task changes. They were taken from its sentences.

Look at them before you rely on the conflicts.",
    example: TWO_TASKS,
    repaired: TWO_TASKS_WRITTEN_OUT,
};

pub(super) static READ_FILES_GUESSED: Definition = Definition {
    code: "PP503",
    name: "read-files-guessed",
    title: "The read files were guessed",
    severity: Severity::Hint,
    help: "\
Some files that the sentences of a task name seem to be read and not changed.

If a task changes one of them, move it from `reads` to `owns`.",
    example: "",
    repaired: "",
};

pub(super) static NO_FILES_FOUND: Definition = Definition {
    code: "PP504",
    name: "no-files-found",
    title: "No files were found",
    severity: Severity::Hint,
    help: "\
The sentences of a task name no file that it could change, so nothing proves that it is safe beside others.

Write down which files it changes.",
    example: "- [ ] T001 Think about the layout of pages\n",
    repaired: "- T1 Think about the layout of pages @owns(docs/layout.md)\n",
};

pub(super) static FILE_WITHOUT_FOLDER: Definition = Definition {
    code: "PP505",
    name: "file-without-folder",
    title: "A file is named without its folder",
    severity: Severity::Hint,
    help: "\
A name alone may be one of many files, so it was not taken as a file of the task.

Write down the whole path.",
    example: "",
    repaired: "",
};

pub(super) static MISSING_TASK: Definition = Definition {
    code: "PP511",
    name: "missing-task",
    title: "A task waits for one that is not in the file",
    severity: Severity::Warning,
    help: "\
A sentence says that a task waits for another one, whose id is nowhere in the file.

Correct the id, or remove the wait.",
    example: "- [ ] T001 Create the model in src/models/user.rs (depends on T009)\n",
    repaired: "- [ ] T001 Create the model in src/models/user.rs\n",
};

pub(super) static MANY_WAITS: Definition = Definition {
    code: "PP512",
    name: "many-waits",
    title: "The file implies too many waits",
    severity: Severity::Warning,
    help: "\
The sections of the file imply more waits than a plan holds. The rest were left out, so tasks may run too
early.

Cut the file into several plans.",
    example: "",
    repaired: "",
};

pub(super) static UNKNOWN_BOX: Definition = Definition {
    code: "PP513",
    name: "unknown-box",
    title: "A box holds an unknown sign",
    severity: Severity::Hint,
    help: "\
The box of a task holds something else than a space, `x` or `-`. The task is read as not done.

If it is done, write `[x]`.",
    example: "",
    repaired: "",
};

pub(super) static REPEATED_TASK: Definition = Definition {
    code: "PP514",
    name: "repeated-task",
    title: "A task got another id, because its own is taken",
    severity: Severity::Warning,
    help: "\
Two items have one id. The first one keeps it, and the other one gets an id made of it. Whoever waits for the id
waits for the item of the same section, else for the first.

Look at what waits for the two.",
    example: "\
- [ ] T001 Create the model in src/models/user.rs
- [ ] T001 Serve users in src/api/users.rs
",
    repaired: "\
- T001 Create the model @owns(src/models/user.rs)
- T001-2 Serve users @owns(src/api/users.rs)
",
};

pub(super) static ITEM_WITHOUT_ID: Definition = Definition {
    code: "PP515",
    name: "item-without-id",
    title: "An item was skipped because it has no id",
    severity: Severity::Warning,
    help: "\
An item has a box as tasks have, but no id such as `T001`, so it is not part of the plan.

If it is a task, give it an id, and import the file again.",
    example: "- [ ] T001 Create the model in src/models/user.rs\n- [ ] Serve users in src/api/users.rs\n",
    repaired: TWO_TASKS,
};

pub(super) static SECTION_NOT_READ: Definition = Definition {
    code: "PP516",
    name: "section-not-read",
    title: "A section was not read",
    severity: Severity::Hint,
    help: "\
A section describes the order in prose, which is not read.

Check the waits against it.",
    example: "\
- [ ] T001 Create the model in src/models/user.rs

## Dependencies

The model comes first.
",
    repaired: "- [ ] T001 Create the model in src/models/user.rs\n",
};

/// The note about a change that brought a plan into normal form; also of plans in JSON and in links.
pub fn of_change(change: &Change) -> Diagnostic {
    problems::of_change(change, &VALUE_CHANGED)
}

pub(super) static VALUE_CHANGED: Definition = Definition {
    code: "PP521",
    name: "value-changed",
    title: "A value was changed or left out",
    severity: Severity::Warning,
    help: "\
A value is not what its field takes, or is longer than a plan holds. It was brought into a form that a plan
can hold, or left out.

Look at the field, and correct the value where the plan came from.",
    example: r#"{"format": "phaseplan/1", "tasks": [{"id": "T1", "title": "Cart", "minutes": "soon"}]}
"#,
    repaired: r#"{"format": "phaseplan/1", "tasks": [{"id": "T1", "title": "Cart", "minutes": 20}]}
"#,
};

pub(super) static TASKS_CUT: Definition = Definition {
    code: "PP522",
    name: "tasks-cut",
    title: "A file has too many tasks",
    severity: Severity::Warning,
    help: "\
A plan holds at most 10000 tasks. Those beyond are not read.

Cut the file into several plans.",
    example: "",
    repaired: "",
};

/// Of files that were given together with the one that was read.
pub static OTHER_FILES: Definition = Definition {
    code: "PP523",
    name: "other-files",
    title: "Other files were not read",
    severity: Severity::Hint,
    help: "\
Several files were given, and one plan was read from them.

If another file is the one you meant, open it by itself.",
    example: "",
    repaired: "",
};

pub(super) static OTHER_CHECKOUT: Definition = Definition {
    code: "PP525",
    name: "other-checkout",
    title: "A file may be in another checkout",
    severity: Severity::Hint,
    help: "\
A label such as `[server]` stands in front of a path. Where a list is about several checkouts, the same path in
another one is another file, and doesn't collide with the one here.

If so, remove the path from `owns`, or write down the folder of the checkout in front of it.",
    example: "",
    repaired: "",
};

/// Of a file with several plans of this program.
pub static DAMAGED_ENTRY: Definition = Definition {
    code: "PP524",
    name: "damaged-entry",
    title: "A plan in a file of several is damaged",
    severity: Severity::Warning,
    help: "\
The file holds several plans, and one of them can't be read. The others are not touched by that.

Look for an older file with that plan.",
    example: "",
    repaired: "",
};

pub(super) static WAIT_NOT_READ: Definition = Definition {
    code: "PP541",
    name: "wait-not-read",
    title: "A line about waits names no task",
    severity: Severity::Hint,
    help: "\
A line says what a task waits for, but in words that name no task of the file.

If it means a task, write its id.",
    example: "\
### Task 1: Add the cart
Files: src/cart.ts
Depends on: the design
",
    repaired: "\
### Task 1: Add the cart
Files: src/cart.ts
Depends on: none
",
};

pub(super) static UNKNOWN_STATUS: Definition = Definition {
    code: "PP530",
    name: "unknown-status",
    title: "A word for progress is not known",
    severity: Severity::Hint,
    help: "\
The file says how far a task is with a word that is not known. The task is read as not started.

If it is done, say so in the plan.",
    example: r#"[{"id": "A1", "title": "Cart", "status": "purple"}]
"#,
    repaired: r#"[{"id": "A1", "title": "Cart", "status": "done"}]
"#,
};

pub(super) static PARTS_NOT_READ: Definition = Definition {
    code: "PP531",
    name: "parts-not-read",
    title: "Parts of the file were not read",
    severity: Severity::Hint,
    help: "\
The file holds more than its list of tasks. What is named here is no part of the plan.

If tasks are in it, add them to the list of tasks and import the file again.",
    example: r#"{"userStories": [{"id": "US-1", "title": "Cart", "passes": false}], "risks": ["late"]}
"#,
    repaired: r#"{"userStories": [{"id": "US-1", "title": "Cart", "passes": false}]}
"#,
};

pub(super) static SECOND_FORMAT: Definition = Definition {
    code: "PP327",
    name: "second-format",
    title: "Tasks in another format were not read",
    severity: Severity::Warning,
    help: "\
The file holds tasks in two formats, or a second YAML document. It was read in one format, so the tasks of the other are not
in the plan.

Put each into a file of its own, and import the folder or one file after the other.",
    example: "\
- [ ] T001 Create the model in src/models/user.rs
- [ ] T002 Serve users in src/api/users.rs

{\"tasks\": [{\"id\": 3, \"title\": \"Show users\", \"status\": \"pending\", \"dependencies\": [2]}]}
",
    repaired: "\
- [ ] T001 Create the model in src/models/user.rs
- [ ] T002 Serve users in src/api/users.rs
",
};

pub(super) static LINES_SKIPPED: Definition = Definition {
    code: "PP532",
    name: "lines-skipped",
    title: "Lines were skipped because they hold no task",
    severity: Severity::Hint,
    help: "\
Each line of the file is a task of its own. Some are none: they are damaged, empty, deleted, or about something
else.

Look at the lines if a task is missing.",
    example: r#"{"id": "b-1", "title": "Cart", "issue_type": "task"}
{"key": "version", "value": 3}
"#,
    repaired: r#"{"id": "b-1", "title": "Cart", "issue_type": "task"}
"#,
};

pub(super) static WAIT_INSIDE_WAVE: Definition = Definition {
    code: "PP533",
    name: "wait-inside-wave",
    title: "A task waits for one of its own wave",
    severity: Severity::Hint,
    help: "\
The file puts two tasks into one wave, so that they run beside each other, and says that one waits for the other. It can't be
both. The dependency counts.

If the two can run beside each other, remove the dependency; if not, correct the wave where the plan came from.",
    example: "",
    repaired: "",
};

/// A note about skipped lines, with the reason; `None` if there are none.
pub(super) fn skipped_lines(lines: &[usize], why: &str) -> Option<Diagnostic> {
    let first = *lines.first()?;
    let numbers: Vec<String> = lines.iter().take(MOST_NAMES + 1).map(usize::to_string).collect();
    let names: Vec<&str> = numbers.iter().take(MOST_NAMES).map(String::as_str).collect();
    let more = if lines.len() > names.len() {
        format!(" and {} more", lines.len() - names.len())
    } else {
        String::new()
    };
    let (line, was) = if lines.len() == 1 { ("Line", "was") } else { ("Lines", "were") };
    let message = format!("{line} {}{more} {was} skipped: {why}.", names.join(", "));
    Some(LINES_SKIPPED.says(&message).at_line(first))
}

/// A note that names parts of the file that were not read; `None` if there are none.
pub(super) fn parts_not_read(names: &[&str]) -> Option<Diagnostic> {
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    (!names.is_empty())
        .then(|| PARTS_NOT_READ.says(&format!("These parts of the file were not read: {}.", listed(&quoted))))
}

pub(super) static DAMAGED_FIELDS: Definition = Definition {
    code: "PP550",
    name: "damaged-fields",
    title: "The fields at the start of a file are damaged",
    severity: Severity::Warning,
    help: "\
The lines between two `---` at the start of a file are not valid YAML, often because a text with a colon has no
quotes. Each field was read by itself, and what could not be read was taken as text.

Put the text in quotes, and import the file again.",
    example: "",
    repaired: "",
};

pub(super) static PERSON_NEEDED: Definition = Definition {
    code: "PP551",
    name: "person-needed",
    title: "A person is needed during a task",
    severity: Severity::Hint,
    help: "\
The file says that a task does not run by itself: somebody has to decide or to look at something before it is done.

Be there when it runs, or make a task of the kind `gate` of that step.",
    example: "",
    repaired: "",
};

pub(super) static DIAGRAM_CHOSEN: Definition = Definition {
    code: "PP552",
    name: "diagram-chosen",
    title: "One diagram of several was read",
    severity: Severity::Hint,
    help: "\
A file has several diagrams. The largest one that shows an order was read.

To read another one, paste it by itself.",
    example: "",
    repaired: "",
};

pub(super) static NO_DIRECTION: Definition = Definition {
    code: "PP553",
    name: "no-direction",
    title: "A line of a diagram has no direction",
    severity: Severity::Hint,
    help: "\
A line without an arrow, or with one at both ends, does not say which task comes first, so no task waits for the other.

Draw an arrow from the task that comes first.",
    example: "",
    repaired: "",
};

pub(super) static BOXES_LEFT_OUT: Definition = Definition {
    code: "PP570",
    name: "boxes-left-out",
    title: "Lines with a box are in no task",
    severity: Severity::Warning,
    help: "\
A line has a box like a task or a step, but stands where the format has none: above the first task, below a group, or
under a heading that is not that of a task. It is no part of the plan.

Look at the lines. If one is a task, write it as the others are written, and import the file again.",
    example: "\
# Shop
- [ ] Look around

### Task 1: Store carts
**Files:**
- Create: `src/store.ts`
",
    repaired: "\
# Shop

### Task 1: Store carts
**Files:**
- Create: `src/store.ts`
- [ ] Look around
",
};

/// A note about lines with a box that are in no task; `None` if there are none.
pub(super) fn left_out_boxes(lines: &[usize]) -> Option<Diagnostic> {
    let first = *lines.first()?;
    let numbers: Vec<String> = lines.iter().take(MOST_NAMES).map(usize::to_string).collect();
    let more = match lines.len().saturating_sub(MOST_NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let (with, were, line) = match lines.len() {
        1 => ("line with a box is", "was", "line"),
        _ => ("lines with a box are", "were", "lines"),
    };
    let message = format!(
        "{} {with} in no task and {were} left out: {line} {}{more}.",
        lines.len(),
        numbers.join(", ")
    );
    Some(BOXES_LEFT_OUT.says(&message).at_line(first))
}

pub(super) static OPEN_BLOCK: Definition = Definition {
    code: "PP571",
    name: "open-block",
    title: "A code block or a comment has no end",
    severity: Severity::Warning,
    help: "\
A code block begins with three backticks or tildes and ends with as many, and a comment ends with `-->`.
Without that, all that follows belongs to it, and no task of it is read.

Write the end where it belongs, and import the file again.",
    example: "- [ ] T001 Add a in `src/a.ts`\n\n```sh\nmake\n\n- [ ] T002 Add b in `src/b.ts`\n",
    repaired: "- [ ] T001 Add a in `src/a.ts`\n\n```sh\nmake\n```\n\n- [ ] T002 Add b in `src/b.ts`\n",
};

pub(super) static DECIDED_WHILE_RUNNING: Definition = Definition {
    code: "PP572",
    name: "decided-while-running",
    title: "A script decides something while it runs",
    severity: Severity::Hint,
    help: "\
The script was read and not run. How often an agent in a loop runs, whether one under a condition runs, and
what is filled into a text are only known when it runs.

Look at the tasks named here, and write down what you know of them.",
    example: "const names = [1, 2];\nfor (const name of names) {\n  await agent('Fix src/a.ts');\n}\n",
    repaired: "const names = [1, 2];\nawait agent('Fix src/a.ts');\n",
};

/// A note about a file of several: with its path instead of a line.
pub(super) fn in_file(path: &str, note: Diagnostic) -> Diagnostic {
    Diagnostic { title: format!("{path}: {}", note.title), location: None, ..note }
}

/// The most names listed in one sentence.
const MOST_NAMES: usize = 12;

/// Names for a sentence; of many, only the first.
pub(super) fn listed(names: &[&str]) -> String {
    let shown = names[..names.len().min(MOST_NAMES)].join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;

    /// The codes of the notes of an import, each once.
    fn codes(text: &str) -> Vec<&'static str> {
        let mut codes: Vec<_> =
            import(text.as_bytes(), None).expect("a plan").notes.iter().map(|note| note.code).collect();
        codes.dedup();
        codes
    }

    #[test]
    fn codes_are_unique_and_in_order_and_no_note_is_an_error() {
        assert!(DEFINITIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(DEFINITIONS.iter().all(|definition| definition.severity != Severity::Error));
    }

    #[test]
    fn every_example_has_its_note_and_the_mended_one_does_not() {
        for Definition { code, example, repaired, .. } in
            DEFINITIONS.iter().filter(|known| !known.example.is_empty())
        {
            assert!(codes(example).contains(code), "{code} of {example}: {:?}", codes(example));
            assert!(!codes(repaired).contains(code), "{code} of {repaired}");
        }
    }
}
