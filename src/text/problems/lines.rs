//! Problems of whole lines and tasks.

use super::Problem;
use crate::diagnostic::{Definition, Diagnostic, Edits, Fix, Location, Replacement, Severity};
use crate::plan::TaskId;
use crate::plan::normal::{Change, MAX_TASKS};
use crate::text::line::Line;

pub(super) static SECOND_TITLE: Definition = Definition {
    code: "PP441",
    name: "second-title",
    title: "A plan has two titles",
    severity: Severity::Hint,
    help: "\
The first line that begins with one `#` is the title of the plan. Another one is read as the name of a group.

Write `##` before the name of a group.",
    example: "# Shop\n- T1 Cart @owns(src/cart/**)\n# Pages\n- T2 Page @owns(src/page/**)\n",
    repaired: "# Shop\n- T1 Cart @owns(src/cart/**)\n## Pages\n- T2 Page @owns(src/page/**)\n",
};

/// The most of a line that a sentence repeats.
const MOST_CHARACTERS: usize = 200;

pub(in crate::text) fn second_title(line: &Line, title: &str) -> Problem {
    let shown: String = title.chars().take(MOST_CHARACTERS).collect();
    let shown = if shown.len() < title.len() { shown + "…" } else { shown };
    let says = format!("A plan has one title, so “{shown}” is read as a group");
    let behind_sign = line.content..line.content;
    Problem::new(&SECOND_TITLE, 0..line.text.trim_end().len(), says, format!("Write `## {shown}`.")).fix(
        "Make it a group",
        behind_sign,
        "#",
    )
}

pub(super) static STRAY_LINE: Definition = Definition {
    code: "PP442",
    name: "stray-line",
    title: "A line belongs to no task",
    severity: Severity::Warning,
    help: "\
Behind the first task, a line is either a task, which begins with `- `, or indented, which makes it part of
the instructions of the task above. This one is neither, so it is no part of the plan. It stays in the text.

Begin it with `- `, or indent it by two spaces.",
    example: "- T1 Cart @owns(src/cart/**)\nDo not touch users.\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n  Do not touch users.\n",
};

/// `above` is the task that the line may belong to: its id, if it has one, and the indentation of its
/// instructions.
pub(in crate::text) fn stray_line(line: &Line, above: Option<(&str, usize)>) -> Problem {
    let owner = above.map(|(id, _)| id).filter(|id| !id.is_empty()).unwrap_or("the task above");
    let problem = Problem::new(
        &STRAY_LINE,
        line.content..line.text.trim_end().len(),
        "This line belongs to no task",
        format!(
            "Start it with `- ` to make it a task, or indent it by two spaces to add it to the \
             instructions of {owner}."
        ),
    );
    let problem = problem.fix("Make it a task", 0..line.content, "- ");
    match above {
        Some((_, indentation)) => problem.fix(
            format!("Add it to the instructions of {owner}"),
            0..line.content,
            " ".repeat(indentation),
        ),
        None => problem,
    }
}

pub(super) static TOO_MANY_TASKS: Definition = Definition {
    code: "PP443",
    name: "too-many-tasks",
    title: "A plan has too many tasks",
    severity: Severity::Error,
    help: "\
A plan holds at most 10000 tasks. Those below are not read.

Cut the text into several plans.",
    example: "",
    repaired: "",
};

pub(in crate::text) fn too_many_tasks(line: &Line) -> Problem {
    let title = format!("A plan holds at most {MAX_TASKS} tasks; this one and all below it are not read");
    Problem::new(&TOO_MANY_TASKS, line.content..line.text.len(), title, "")
}

pub(super) static REPEATED_ID: Definition = Definition {
    code: "PP444",
    name: "repeated-id",
    title: "An id belongs to an earlier task",
    severity: Severity::Error,
    help: "\
Tasks wait for each other by id, so each id names one task. The first task with the id has it, and the other
one is given a new id. Whoever waits for the id waits for the first task.

Give the second task an id of its own, and look at what waits for it.",
    example: "- T1 Cart @owns(src/cart/**)\n- T1 Page @owns(src/page/**)\n",
    repaired: "- T1 Cart @owns(src/cart/**)\n- T2 Page @owns(src/page/**)\n",
};

/// `location` is the location of the id.
pub(in crate::text) fn repeated_id(location: Location, repeated: &TaskId, new: &TaskId) -> Diagnostic {
    let replacement = Replacement { range: location.range.clone(), with: new.to_string() };
    Diagnostic {
        title: format!("`{repeated}` is the id of an earlier task, so this one is called {new}"),
        detail: "Give it an id of its own.".to_owned(),
        fixes: vec![Fix { title: format!("Write `{new}`"), edits: Edits::Text(vec![replacement]) }],
        location: Some(location),
        ..REPEATED_ID.says("")
    }
}

pub(super) static CHANGED_VALUE: Definition = Definition {
    code: "PP445",
    name: "changed-value",
    title: "A value was changed to fit into the plan",
    severity: Severity::Error,
    help: "\
Values have limits: a line of 4000 bytes, instructions of 200000 bytes, lists of 1000 entries, 100000
minutes. What is beyond is left out, and values that say nothing are removed.

Shorten the value, or split the task.",
    example: "",
    repaired: "",
};

pub(in crate::text) fn changed_value(location: Location, change: &Change) -> Diagnostic {
    Diagnostic { location: Some(location), ..super::of_change(change, &CHANGED_VALUE) }
}

pub(super) static MORE_PROBLEMS: Definition = Definition {
    code: "PP499",
    name: "more-problems",
    title: "There may be more problems",
    severity: Severity::Hint,
    help: "\
Only the first thousand problems of a text are listed. Most likely the text is no plan.

Repair some of them, and the others are shown.",
    example: "",
    repaired: "",
};

/// `last` is the location of the last listed problem.
pub(in crate::text) fn more_problems(last: Location) -> Diagnostic {
    let location = Location { range: last.range.start..last.range.start, ..last };
    let says = "There may be more problems; they appear once some of these are repaired.";
    Diagnostic { location: Some(location), ..MORE_PROBLEMS.says(says) }
}
