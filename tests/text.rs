//! Plan text: what is read, what is printed, and that one is the other's inverse.

use std::fmt::Write;

use phaseplan::Plan;
use phaseplan::plan::restore::normalise;
use phaseplan::plan::{Acceptance, Estimate, Kind, Resource, ResourceUse, Settings, Status, Task, TaskId};
use phaseplan::text::{Spelling, parse, parse_onto, print, rewrite, write_ids};
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

/// Reads a text, changes the plan, rewrites the text and compares it.
#[track_caller]
fn check_rewrite(text: &str, change: impl FnOnce(&mut Plan), expected: &str) {
    let mut plan = parse(text).plan;
    change(&mut plan);
    let rewritten = rewrite(text, &plan);
    assert!(
        rewritten == expected,
        "\n--- text\n{text}\n--- rewritten\n{rewritten}\n--- expected\n{expected}\n"
    );
    assert_eq!(compact(&parse(&rewritten).plan), compact(&plan));
}

const LOOSE: &str = "\
# Loose plan

Some goal.

<!-- keep me -->
*  T1   First   ~20m  @owns( a/** )
   @agent(codex)

   Say   it.

     Twice.
- [ ] T2 Second `@after(T1) @owns(b)`

a note

## G

1. T3 Third
";

#[test]
fn a_plan_that_did_not_change_leaves_the_text_alone() {
    check_rewrite(LOOSE, |_| {}, LOOSE);
}

#[test]
fn only_the_changed_line_is_written_anew() {
    check_rewrite(
        LOOSE,
        |plan| plan.tasks[1].owns.push("c".into()),
        &LOOSE.replace("`@after(T1) @owns(b)`", "`@owns(b, c) @after(T1)`"),
    );
    check_rewrite(
        LOOSE,
        |plan| plan.tasks[0].agent.clear(),
        &LOOSE.replace(
            "*  T1   First   ~20m  @owns( a/** )\n   @agent(codex)\n",
            "*  T1 First @owns(a/**) ~20m\n",
        ),
    );
    check_rewrite(
        LOOSE,
        |plan| plan.tasks[0].instructions = "Once.".into(),
        &LOOSE.replace("\n   Say   it.\n\n     Twice.\n", "  Once.\n"),
    );
    check_rewrite(LOOSE, |plan| plan.title = "New".into(), &LOOSE.replace("Loose plan", "New"));
    check_rewrite(LOOSE, |plan| plan.goal = "Other.".into(), &LOOSE.replace("Some goal.", "Other."));
    check_rewrite(
        LOOSE,
        |plan| plan.settings.max_parallel = 2,
        &LOOSE.replace("# Loose plan\n", "# Loose plan\n> at most 2\n"),
    );
}

#[test]
fn tasks_go_where_the_plan_has_them() {
    let new = |id: &str, group: &str| Task {
        id: id.into(),
        title: "New".into(),
        group: group.into(),
        ..Task::default()
    };
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.insert(1, new("T9", "")),
        &LOOSE.replace("     Twice.\n", "     Twice.\n*  T9 New\n"),
    );
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.insert(0, new("T9", "")),
        &LOOSE
            .replace("*  T1 ", "*  T9 New\n*  T1 ")
            .replace("<!-- keep me -->\n*  T9 New\n", "*  T9 New\n<!-- keep me -->\n"),
    );
    check_rewrite(LOOSE, |plan| plan.tasks.push(new("T9", "G")), &format!("{LOOSE}*  T9 New\n"));
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.insert(2, new("T9", "G")),
        &LOOSE.replace("1. T3", "*  T9 New\n1. T3"),
    );
    check_rewrite(LOOSE, |plan| plan.tasks.push(new("T9", "H")), &format!("{LOOSE}\n## H\n*  T9 New\n"));
    check_rewrite(LOOSE, |plan| plan.tasks[2].group = "H".into(), &LOOSE.replace("## G", "## H"));
    check_rewrite(
        LOOSE,
        |plan| drop(plan.tasks.remove(1)),
        &LOOSE.replace("- [ ] T2 Second `@after(T1) @owns(b)`\n", ""),
    );
    let second = "- [ ] T2 Second `@after(T1) @owns(b)`\n";
    check_rewrite(
        LOOSE,
        |plan| plan.tasks.swap(0, 1),
        &LOOSE.replace(second, "").replace("*  T1 ", &format!("{second}*  T1 ")),
    );
}

#[test]
fn tasks_without_bullets_get_bullets_when_one_of_them_changes() {
    check_rewrite(
        "Fix login ~20m\nWrite docs\n",
        |plan| plan.tasks[0].agent = "codex".into(),
        "- T1 Fix login ~20m @agent(codex)\n- T2 Write docs\n",
    );
    check_rewrite("", |plan| plan.tasks.push(Task { id: "T1".into(), ..Task::default() }), "- T1\n");
}

#[test]
fn ids_are_written_down_and_nothing_else_changes() {
    let text = "- Fix   login ~20m\n- [x]  Docs\n* T7 Old\n1. [y] @owns(a)\n- Named @id(n)\n- T7 twice\n";
    assert_eq!(
        write_ids(text, &parse(text)),
        "- T8 Fix   login ~20m\n- [x] T9 Docs\n* T7 Old\n1. T10 [y] @owns(a)\n- Named @id(n)\n- T11 twice\n"
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

    #[test]
    fn a_rewritten_text_reads_as_the_plan(from in any_plan(), mut to in any_plan(), keep in any::<u8>(), loose in any::<bool>()) {
        let mut from = from;
        normalise(&mut from);
        // Let some tasks of one plan be in the other, so that there is something to keep.
        for (place, task) in from.tasks.iter().enumerate() {
            if keep >> place & 1 == 1 {
                to.tasks.insert(usize::from(keep >> 4) % (to.tasks.len() + 1), task.clone());
            }
        }
        normalise(&mut to);
        let spelling = if loose { Spelling::Typing } else { Spelling::Document };
        let text = print(&from, spelling);
        let text = if loose { text.replace(") @", ")   @").replace("- T", "-  T") } else { text };
        let before = parse(&text).plan;
        let rewritten = rewrite(&text, &to);
        prop_assert_eq!(&parse_onto(&to, &rewritten).plan, &to, "\n{}\n--- rewritten\n{}", text, rewritten);
        if before.id.is_empty() {
            to.id.clear();
        }
        prop_assert_eq!(&parse(&rewritten).plan, &to, "\n{}\n--- rewritten\n{}", text, rewritten);
    }

    #[test]
    fn lines_of_untouched_tasks_stay(
        mut from in any_plan(), task in any_task(), at in 0..5usize, how in 0..4u8, spaces in " {1,3}"
    ) {
        normalise(&mut from);
        let text = print(&from, Spelling::Typing).replace(") @", &format!("){spaces}@"));
        let read = parse(&text);
        let mut to = read.plan.clone();
        let place = at % (to.tasks.len() + 1);
        match how {
            0 => to.tasks.insert(place, task),
            1 if place < to.tasks.len() => drop(to.tasks.remove(place)),
            2 if place < to.tasks.len() => to.tasks.rotate_left(place),
            _ if place < to.tasks.len() => to.tasks[place].owns = task.owns,
            _ => to.goal = task.instructions,
        }
        normalise(&mut to);
        let rewritten = rewrite(&text, &to);
        let reread = parse(&rewritten);
        let lines = |text: &str, range: std::ops::Range<usize>| -> Vec<String> {
            text.lines().skip(range.start).take(range.len()).map(str::to_owned).collect()
        };
        for (task, range) in read.plan.tasks.iter().zip(&read.task_lines) {
            let Some(place) = reread.plan.tasks.iter().position(|new| new == task) else { continue };
            prop_assert_eq!(
                lines(&text, range.clone()),
                lines(&rewritten, reread.task_lines[place].clone()),
                "\n{}\n--- rewritten\n{}", text, rewritten
            );
        }
    }
}
