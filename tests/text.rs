//! Plan text: what is read, what is printed, and that one is the other's inverse.

use std::fmt::Write;

use phaseplan::Plan;
use phaseplan::plan::restore::normalise;
use phaseplan::plan::{Acceptance, Estimate, Kind, Resource, ResourceUse, Settings, Status, Task, TaskId};
use phaseplan::text::{Spelling, parse, print};
use proptest::collection::vec;
use proptest::prelude::*;

/// A plan as compact lines: what is set, in a fixed order, strings as Rust writes them where they are odd.
fn compact(plan: &Plan) -> String {
    let mut out = String::new();
    let Settings { max_parallel, default_minutes, phase_overhead, unknown_runs_alone, agents } =
        &plan.settings;
    for (name, value) in [("plan", &plan.id), ("title", &plan.title), ("goal", &plan.goal)] {
        if !value.is_empty() {
            writeln!(out, "{name} {value:?}").unwrap();
        }
    }
    if plan.settings != Settings::default() {
        writeln!(
            out,
            "settings max={max_parallel} default={default_minutes} overhead={phase_overhead} \
             alone={unknown_runs_alone} agents={agents:?}"
        )
        .unwrap();
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
    for accepted in &task.accepts {
        write!(out, " accepts={}:{:?}", accepted.task, accepted.reason).unwrap();
    }
    for (name, value) in &task.unknown {
        write!(out, " {name}?={value}").unwrap();
    }
}

/// Reads a text and compares the plan and the problems (`line:column! message` for errors, `?` for hints, cut at the
/// first sentence) with what is expected.
#[track_caller]
fn check_parse(text: &str, expected: &str) {
    let parsed = parse(text);
    let mut actual = compact(&parsed.plan);
    for problem in &parsed.problems {
        let sign = if problem.is_error { '!' } else { '?' };
        let sentence = problem.message.split_inclusive(". ").next().unwrap_or_default().trim();
        writeln!(actual, "{}:{}{sign} {sentence}", problem.line, problem.column).unwrap();
    }
    let unindented = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let (actual, expected) = (unindented(&actual), unindented(expected));
    assert!(actual == expected, "\n--- text\n{text}\n--- read as\n{actual}\n--- expected\n{expected}\n");
    assert_eq!(parsed.task_lines.len(), parsed.plan.tasks.len());
}

/// Reads a text and compares what is printed from it.
#[track_caller]
fn check_print(text: &str, spelling: Spelling, expected: &str) {
    let printed = print(&parse(text).plan, spelling);
    assert!(printed == expected, "\n--- text\n{text}\n--- printed\n{printed}\n--- expected\n{expected}\n");
}

const CHECKOUT: &str = "\
# Checkout rewrite
> agents: claude, codex · at most 3 · default ~30m · overhead ~2m · unknown alone
> capacity: db 1, api-quota 3

Carts must survive a restart.

## Backend
- T1 Cart schema @owns(db/**, migrations/0042_*.sql) ~20m
  Create tables for carts. Do not touch users.
- T2 API endpoints @owns(src/api/**) @reads(db/schema.sql) @after(T1) @uses(db, port:3000, api-quota 2) ~45m @agent(codex)

## Shop
- [x] T5 Docs @owns(docs/**) ~10m..15m..1h30m @kind(docs) @check(cargo test) @accept(T4: only adds a file)
- [~] Login page @id(login) @owns(\"docs/a, b/*.md\", src/{a,b}/f(1).rs) @after(T1, T2)
";

#[test]
fn a_whole_plan_is_read() {
    check_parse(
        CHECKOUT,
        r#"
        title "Checkout rewrite"
        goal "Carts must survive a restart."
        settings max=3 default=30 overhead=2 alone=true agents=["claude", "codex"]
        resource "db" 1
        resource "api-quota" 3
        T1 "Cart schema" owns=["db/**", "migrations/0042_*.sql"] minutes=20/20/20 group="Backend" text="Create tables for carts. Do not touch users."
        T2 "API endpoints" owns=["src/api/**"] reads=["db/schema.sql"] after=T1 uses=db*1 uses=port:3000*1 uses=api-quota*2 minutes=45/45/45 agent="codex" group="Backend"
        T5 "Docs" owns=["docs/**"] checks=["cargo test"] minutes=10/15/90 kind=docs status=done group="Shop" accepts=T4:"only adds a file"
        login "Login page" owns=["docs/a, b/*.md", "src/{a,b}/f(1).rs"] after=T1,T2 status=running group="Shop"
        "#,
    );
}

#[test]
fn printing_a_canonical_text_gives_it_back() {
    check_print(CHECKOUT, Spelling::Typing, CHECKOUT);
}

#[test]
fn a_document_has_its_tags_in_code_spans() {
    check_print(
        CHECKOUT,
        Spelling::Document,
        "\
# Checkout rewrite
> `agents: claude, codex · at most 3 · default ~30m · overhead ~2m · unknown alone`
> capacity: db 1, api-quota 3

Carts must survive a restart.

## Backend
- [ ] T1 Cart schema `@owns(db/**, migrations/0042_*.sql) ~20m`
  Create tables for carts. Do not touch users.
- [ ] T2 API endpoints `@owns(src/api/**) @reads(db/schema.sql) @after(T1) @uses(db, port:3000, api-quota 2) ~45m @agent(codex)`

## Shop
- [x] T5 Docs `@owns(docs/**) ~10m..15m..1h30m @kind(docs) @check(cargo test) @accept(T4: only adds a file)`
- [ ] Login page `@id(login) @owns(\"docs/a, b/*.md\", src/{a,b}/f(1).rs) @after(T1, T2) @status(running)`
",
    );
}

/// Words that a grammar trips over, joined to strings.
fn nasty() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "@owns(a)", "@owns(", "@after", "@bob", "@x(y)", "~20m", "~1h30", "~", "T1", "T12345", "[x]", "[ ]", "- ", "* ", "1. ",
            "#", "##", "# ", ">", "> at most 3", "`", "``", "```", "`@owns(a)`", "`code`", "\"", "\\", "\\\\", "\\@", "\\`", "(", ")",
            "{", "}", "[", "]", ",", ":", ";", "·", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "<!-- c -->", "-->", "---", "*", "**", "_",
            "a_b", "&amp;", "<b>", "|", "\u{202e}", "\u{200b}", "e\u{301}\u{301}", "\u{1f469}\u{200d}\u{1f4bb}", "\u{feff}", "\u{a0}", "\u{2028}",
            "\0", "\u{85}", "src/**", "{a,b}", "!x", "null", "3", "\"q\"", "\\u0041", "](x)", "@json({})", "T1: why",
        ]).prop_map(str::to_owned),
        2 => "[a-z]{1,5}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(word, 0..6).prop_map(|words| words.concat())
}

fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        nasty().prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Into::into),
            vec((nasty(), inner), 0..3)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn unknown() -> impl Strategy<Value = phaseplan::plan::UnknownFields> {
    let name =
        prop_oneof![Just("risk".to_owned()), Just("owns".to_owned()), Just("json".to_owned()), nasty()];
    prop_oneof![
        3 => Just(Default::default()),
        1 => vec((name, json()), 0..3).prop_map(|fields| fields.into_iter().collect()),
    ]
}

prop_compose! {
    fn any_task()(
        id in prop_oneof![3 => "T[1-9][0-9]?", 1 => nasty()],
        title in nasty(),
        instructions in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        owns in vec(nasty(), 0..3),
        reads in vec(nasty(), 0..2),
        after in vec(prop_oneof!["T[1-9]", nasty()], 0..3),
        uses in vec((nasty(), 0..3u32), 0..2),
        minutes in proptest::option::of((any::<u32>(), 0..200u32, 0..200u32)),
    )(
        agent in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        model in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        group in prop_oneof![3 => Just(String::new()), 3 => Just("G".to_owned()), 1 => nasty()],
        kind in prop::sample::select(&Kind::ALL[..]),
        status in prop::sample::select(&Status::ALL[..]),
        checks in vec(nasty(), 0..2),
        accepts in vec((nasty(), nasty()), 0..2),
        unknown in unknown(),
        (id, title, instructions, owns, reads, after, uses, minutes) in
            Just((id, title, instructions, owns, reads, after, uses, minutes)),
    ) -> Task {
        Task {
            id: TaskId(id),
            title,
            instructions,
            owns,
            reads,
            after: after.into_iter().map(TaskId).collect(),
            uses: uses.into_iter().map(|(resource, amount)| ResourceUse { resource, amount }).collect(),
            minutes: minutes.map(|(low, likely, high)| Estimate { low, likely, high }),
            agent,
            model,
            kind,
            group,
            status,
            checks,
            accepts: accepts
                .into_iter()
                .map(|(task, reason)| Acceptance { task: TaskId(task), reason })
                .collect(),
            unknown,
        }
    }
}

prop_compose! {
    fn any_plan()(
        id in prop_oneof![2 => Just(String::new()), 1 => nasty()],
        title in nasty(),
        goal in prop_oneof![1 => Just(String::new()), 1 => nasty()],
        (max_parallel, default_minutes, phase_overhead, unknown_runs_alone) in
            (any::<u32>(), any::<u32>(), 0..100u32, any::<bool>()),
        agents in vec(nasty(), 0..3),
        resources in vec((nasty(), any::<u32>()), 0..3),
        tasks in vec(any_task(), 0..4),
        unknown in unknown(),
        usual in any::<bool>(),
    ) -> Plan {
        let settings = Settings { max_parallel, default_minutes, phase_overhead, unknown_runs_alone, agents };
        Plan {
            id,
            title,
            goal,
            settings: if usual { Settings::default() } else { settings },
            resources: resources.into_iter().map(|(name, capacity)| Resource { name, capacity }).collect(),
            tasks,
            unknown,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(mut plan in any_plan()) {
        normalise(&mut plan);
        for spelling in [Spelling::Typing, Spelling::Document] {
            let text = print(&plan, spelling);
            let read = parse(&text).plan;
            prop_assert!(read == plan, "\n{text}\n--- read\n{}\n--- meant\n{}", compact(&read), compact(&plan));
            prop_assert_eq!(print(&read, spelling), text);
        }
    }

    #[test]
    fn normal_form_is_kept(mut plan in any_plan()) {
        normalise(&mut plan);
        let before = plan.clone();
        prop_assert_eq!(normalise(&mut plan), Vec::<String>::new());
        prop_assert_eq!(plan, before);
    }

    #[test]
    fn any_text_is_read_as_a_plan_in_normal_form(lines in vec(nasty(), 0..12), text in ".{0,40}") {
        for text in [lines.join("\n"), lines.concat(), text] {
            let mut plan = parse(&text).plan;
            let before = plan.clone();
            prop_assert_eq!(normalise(&mut plan), Vec::<String>::new());
            prop_assert_eq!(plan, before);
        }
    }
}
