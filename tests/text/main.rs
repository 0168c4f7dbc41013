//! Parsing and printing plan text, and that they are inverse.

#[path = "../common/mod.rs"]
mod common;
mod highlight;
mod ids;
mod parse;
mod print;
mod properties;
mod rewrite;

use std::fmt::Write;

use phaseplan::Plan;
use phaseplan::diagnostic::Severity;
use phaseplan::plan::{Estimate, Kind, Resource, Settings, Status, Task, TaskId};
use phaseplan::text::{self, Spelling};

/// A plan as compact lines: fields with values, in a fixed order, with unusual strings in Rust notation.
fn compact(plan: &Plan) -> String {
    let mut out = String::new();
    let Settings {
        max_parallel,
        default_minutes,
        phase_overhead,
        unknown_beside,
        groups_in_order,
        efficiency,
        agents,
        prices,
    } = &plan.settings;
    for (name, value) in [("plan", &plan.id), ("title", &plan.title), ("goal", &plan.goal)] {
        if !value.is_empty() {
            writeln!(out, "{name} {value:?}").unwrap();
        }
    }
    if plan.settings != Settings::default() {
        writeln!(
            out,
            "settings max={max_parallel} default={default_minutes} overhead={phase_overhead} \
             beside={unknown_beside} agents={agents:?}"
        )
        .unwrap();
        if *groups_in_order {
            out.push_str("groups in order\n");
        }
        if !efficiency.is_usual() {
            writeln!(out, "efficiency {efficiency}").unwrap();
        }
        if !prices.is_empty() {
            writeln!(out, "prices {}", serde_json::to_string(prices).unwrap()).unwrap();
        }
    }
    for Resource { name, capacity } in &plan.resources {
        writeln!(out, "resource {name:?} {capacity}").unwrap();
    }
    for (name, value) in &plan.unknown {
        writeln!(out, "unknown {name}={value}").unwrap();
    }
    for task in &plan.tasks {
        write!(out, "{} {:?}", task.id, task.title).unwrap();
        compact_fields(&mut out, task);
        out.push('\n');
    }
    out
}

fn compact_fields(out: &mut String, task: &Task) {
    for (name, list) in [("owns", &task.owns), ("reads", &task.reads), ("checks", &task.checks)] {
        if !list.is_empty() {
            write!(out, " {name}={list:?}").unwrap();
        }
    }
    if !task.after.is_empty() {
        write!(out, " after={}", task.after.iter().map(TaskId::as_str).collect::<Vec<_>>().join(","))
            .unwrap();
    }
    for used in &task.uses {
        write!(out, " uses={}*{}", used.resource, used.amount).unwrap();
    }
    if let Some(Estimate { low, likely, high }) = task.minutes {
        write!(out, " minutes={low}/{likely}/{high}").unwrap();
    }
    if !task.run.is_empty() {
        write!(out, " run={:?}", task.run).unwrap();
    }
    if task.kind != Kind::Change {
        write!(out, " kind={}", task.kind.name()).unwrap();
    }
    if task.status != Status::Todo {
        write!(out, " status={}", task.status.name()).unwrap();
    }
    for (name, value) in
        [("agent", &task.agent), ("model", &task.model), ("group", &task.group), ("text", &task.instructions)]
    {
        if !value.is_empty() {
            write!(out, " {name}={value:?}").unwrap();
        }
    }
    if !task.returns.is_null() {
        write!(out, " returns={}", task.returns).unwrap();
    }
    for accepted in &task.accepts {
        write!(out, " accepts={}:{:?}", accepted.task, accepted.reason).unwrap();
    }
    for (name, value) in &task.unknown {
        write!(out, " {name}?={value}").unwrap();
    }
}

/// Parses a text and checks the plan and the problems (`line:column! message` for errors, `?` for hints, cut
/// at the first sentence).
#[track_caller]
fn check_parse(text: &str, expected: &str) {
    let parsed = text::parse(text);
    let mut actual = compact(&parsed.plan);
    for problem in &parsed.problems {
        let sign = if problem.severity == Severity::Error { '!' } else { '?' };
        let sentences = problem.sentences();
        let sentence = sentences.split_inclusive(". ").next().unwrap_or_default().trim();
        let location = problem.location.as_ref().expect("a problem of a text has a place in it");
        writeln!(actual, "{}:{}{sign} {sentence}", location.line, location.column.unwrap()).unwrap();
    }
    let unindented = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let (actual, expected) = (unindented(&actual), unindented(expected));
    assert!(actual == expected, "\n--- text\n{text}\n--- read as\n{actual}\n--- expected\n{expected}\n");
    assert_eq!(parsed.task_lines.len(), parsed.plan.tasks.len());
}

/// Parses a text and checks its printed form.
#[track_caller]
fn check_print(text: &str, spelling: Spelling, expected: &str) {
    let printed = text::print(&text::parse(text).plan, spelling);
    assert!(printed == expected, "\n--- text\n{text}\n--- printed\n{printed}\n--- expected\n{expected}\n");
}

const CHECKOUT: &str = "# Checkout rewrite
> agents: claude, codex · at most 3 · default ~30m · overhead ~2m \
    · unknown beside
> capacity: db 1, api-quota 3

Carts must survive a restart.

## Backend
- T1 Cart \
    schema @owns(db/**, migrations/0042_*.sql) ~20m
  Create tables for carts. Do not touch users.
- T2 API \
    endpoints @owns(src/api/**) @reads(db/schema.sql) @after(T1) @uses(db, port:3000, api-quota 2) ~45m \
    @agent(codex)

## Shop
- [x] T5 Docs @owns(docs/**) ~10m..15m..1h30m @kind(docs) @check(cargo test) \
    @accept(T4: only adds a file)
- [~] Login page @id(login) @owns(\"docs/a, b/*.md\", src/{a,b}/f(1).rs) \
    @after(T1, T2)
";
