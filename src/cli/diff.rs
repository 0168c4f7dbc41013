//! `phaseplan diff A B`: compares two plans, task by task.

use std::process::ExitCode;

use phaseplan::compare::{self, Comparison, FieldChange, Named, Piece};
use serde_json::{Value, json};

use super::arguments::{Arguments, CallError, JSON};
use super::{Command, files, plan, terminal};

pub static COMMAND: Command = Command {
    name: "diff",
    operands: &["BEFORE", "AFTER"],
    switches: &[JSON, plan::STEPS],
    summary: "Says what differs between two plans, and what that does to phases and conflicts.",
    details: "Tasks are the same if their ids are. + came, - went, ~ changed, > moved.",
    run,
};

fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let steps = arguments.number(plan::STEPS)?;
    let [before, after] = [0, 1].map(|at| files::read_plan_and_tell(&arguments.operands[at]));
    let (before, after) = (before?.plan, after?.plan);
    let budget = plan::budget(steps, before.tasks.len().max(after.tasks.len()));
    let comparison = compare::compare_plans(&before, &after, &budget);
    if arguments.has(JSON) {
        return Ok(terminal::print(&format!("{:#}\n", as_value(&comparison))));
    }
    let lines = compare::text(&comparison);
    Ok(terminal::print(&lines.lines().map(|line| terminal::printable(line) + "\n").collect::<String>()))
}

fn as_value(comparison: &Comparison) -> Value {
    let named = |task: &Named| json!({"id": task.id, "title": task.title});
    let tasks = |tasks: &[Named]| tasks.iter().map(named).collect::<Vec<_>>();
    let fields = |fields: &[FieldChange]| fields.iter().map(field_as_value).collect::<Vec<_>>();
    let changed = comparison.changed.iter().map(
        |change| json!({"id": change.task.id, "title": change.task.title, "fields": fields(&change.fields)}),
    );
    let moved = comparison.moved.iter().map(
        |one| json!({"id": one.task.id, "before": one.before, "after": one.after, "because": one.reason}),
    );
    let conflicts = |lines: &[compare::ConflictLine]| {
        let line = |line: &compare::ConflictLine| json!({"a": line.a, "b": line.b, "code": line.code, "over": line.over});
        lines.iter().map(line).collect::<Vec<_>>()
    };
    let totals = comparison
        .totals
        .iter()
        .map(|total| json!({"name": total.name, "before": total.before, "after": total.after}));
    json!({
        "plan": fields(&comparison.plan),
        "added": tasks(&comparison.added),
        "removed": tasks(&comparison.removed),
        "changed": changed.collect::<Vec<_>>(),
        "moved": moved.collect::<Vec<_>>(),
        "conflicts_gained": conflicts(&comparison.gained),
        "conflicts_lost": conflicts(&comparison.lost),
        "remarks": comparison.remarks,
        "totals": totals.collect::<Vec<_>>(),
    })
}

fn field_as_value(change: &FieldChange) -> Value {
    let words = change.words().into_iter().map(|piece| match piece {
        Piece::Same(text) => json!({"same": text}),
        Piece::Gone(text) => json!({"gone": text}),
        Piece::Came(text) => json!({"came": text}),
    });
    json!({
        "field": change.field.name(),
        "before": change.before,
        "after": change.after,
        "came": change.came,
        "gone": change.gone,
        "words": words.collect::<Vec<_>>(),
    })
}
