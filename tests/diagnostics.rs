//! What the analysis says of a plan: text in, sentences out.

use std::fmt::Write as _;

use phaseplan::analysis::rules::{MAX_DESCRIBED, RULES, Rule};
use phaseplan::analysis::{Diagnostic, Fix, Severity};
use phaseplan::plan::{Edit, Estimate, Task};
use phaseplan::{Analysis, Plan, analyse, text};
use proptest::prelude::*;

/// Reads plan text, or JSON where an example needs it.
fn read(text: &str) -> Plan {
    if text.starts_with('{') {
        return serde_json::from_str(text).expect("an example is a plan");
    }
    let parsed = text::parse(text);
    assert_eq!(parsed.problems, [], "of {text}");
    parsed.plan
}

/// One line for each diagnostic: its code and its title.
fn titles(analysis: &Analysis) -> String {
    let line = |diagnostic: &Diagnostic| format!("{} {}\n", diagnostic.code, diagnostic.title);
    analysis.diagnostics.iter().map(line).collect()
}

/// Compares codes and titles of all diagnostics of a plan, worst first.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(titles(&analyse(&read(text))), expected);
}

/// Applies the repair with this title, wherever it is offered, and gives the plan back.
#[track_caller]
fn repaired(text: &str, repair: &str) -> Plan {
    let mut plan = read(text);
    let diagnostics = analyse(&plan).diagnostics;
    let mut fixes = diagnostics.iter().flat_map(|diagnostic| &diagnostic.fixes);
    let Some(fix) = fixes.find(|fix| fix.title == repair) else {
        let offered = diagnostics.iter().flat_map(|diagnostic| &diagnostic.fixes).map(|fix| &fix.title);
        panic!("no repair “{repair}”, only {:?}", offered.collect::<Vec<_>>());
    };
    apply(fix, &mut plan);
    plan
}

/// Applies a repair and returns the edits that take it back, in the order to apply them.
fn apply(fix: &Fix, plan: &mut Plan) -> Vec<Edit> {
    let mut undo: Vec<Edit> = Vec::new();
    for edit in &fix.edits {
        undo.push(edit.clone().apply(plan).expect("an edit of a repair reaches its task"));
    }
    undo.reverse();
    undo
}

/// Compares `owns` and `after` of all tasks.
#[track_caller]
fn check_tasks(plan: &Plan, expected: &[&str]) {
    let line = |task: &Task| {
        let after: Vec<&str> = task.after.iter().map(|id| id.as_str()).collect();
        format!("{} owns {} after {}", task.id, task.owns.join(" "), after.join(" "))
    };
    assert_eq!(plan.tasks.iter().map(line).collect::<Vec<_>>(), expected);
}

#[test]
fn a_plan_without_faults_has_none() {
    check(
        "
- T1 Cart schema @owns(db/**) ~20m
- T2 Cart service @owns(src/cart/**) @reads(db/schema.sql) @after(T1) ~45m
- T3 Theme @owns(style/**) ~15m
",
        "",
    );
}

#[test]
fn the_worst_comes_first_and_then_what_stands_first() {
    check(
        "
- T1 Schema @owns(db/**) @after(T4, T9)
- T2 Service @owns(src/**) @reads(db/x) @after(T4)
- T3 Page @owns(src/ui.rs)
- T4 Words @after(T1)
",
        "\
PP001 T1 → T4 → T1 wait for each other
PP002 T1 waits for T9, and there is no T9
PP101 T2 and T3 can write the same file
PP104 T4 lists no files
",
    );
}

#[test]
fn a_long_circle_is_shortened() {
    let mut text = String::new();
    for task in 1..=12 {
        let _ = writeln!(
            text,
            "- T{task} Step @owns(s/{task}) @after(T{})",
            if task == 1 { 12 } else { task - 1 }
        );
    }
    check(
        &text,
        "PP001 T1 → T2 → T3 → T4 → (4 more) → T9 → T10 → T11 → T12 → T1 wait for each other\nPP304 Nothing checks the result\n",
    );
}

#[test]
fn a_crowd_around_one_file_is_one_problem() {
    let text = "
- T1 Cart @owns(src/cart/**, src/router.ts)
- T2 Tax @owns(src/tax/**, src/router.ts)
- T3 Users @owns(src/users/**, src/router.ts)
- T4 Everything under source @owns(src/r*)
";
    check(text, "PP101 T1, T2, T3 and T4 can write the same file\n");
    let detail = &analyse(&read(text)).diagnostics[0].detail;
    assert_eq!(
        detail,
        "All of them match `src/router.ts`, and nothing says in which order they go. It is a table of routes, where the \
         work of many tasks meets."
    );
}

#[test]
fn tasks_of_a_crowd_that_are_ordered_already_stay_so() {
    let text = "
- T1 Cart @owns(src/cart/**, src/all.rs)
- T2 Tax @owns(src/tax/**, src/all.rs) @after(T3)
- T3 Users @owns(src/users/**, src/all.rs)
";
    check(text, "PP101 T1, T2 and T3 can write the same file\n");
    check_tasks(
        &repaired(text, "Run T1, T3 and T2 one after another"),
        &[
            "T1 owns src/cart/** src/all.rs after ",
            "T2 owns src/tax/** src/all.rs after T3",
            "T3 owns src/users/** src/all.rs after T1",
        ],
    );
    check_tasks(
        &repaired(text, "Let one task at the end write all.rs"),
        &[
            "T1 owns src/cart/** after ",
            "T2 owns src/tax/** after T3",
            "T3 owns src/users/** after ",
            "T4 owns src/all.rs after T1 T2 T3",
        ],
    );
}

#[test]
fn a_task_in_conflict_with_many_is_one_problem() {
    let text = "
- T1 Cart @owns(src/cart/**)
- T2 Tax @owns(src/tax/**)
- T3 Users @owns(src/users/**)
- T4 Login @owns(src/login/**)
- T5 Rename @owns(src/**, docs/**)
";
    check(text, "PP101 T5 can write the same files as T1, T2, T3 and T4\nPP304 Nothing checks the result\n");
    check_tasks(
        &repaired(text, "Leave their files to T1, T2, T3 and T4"),
        &[
            "T1 owns src/cart/** after ",
            "T2 owns src/tax/** after ",
            "T3 owns src/users/** after ",
            "T4 owns src/login/** after ",
            "T5 owns src/** docs/** !src/cart/** !src/tax/** !src/users/** !src/login/** after ",
        ],
    );
}

#[test]
fn a_file_can_be_given_to_either_task() {
    let text = "
- T1 Cart endpoints @owns(src/api/**)
- T2 Login page @owns(src/api/users.rs, src/ui/login/**)
";
    check_tasks(
        &repaired(text, "Give users.rs to T2 only"),
        &["T1 owns src/api/** !src/api/users.rs after ", "T2 owns src/api/users.rs src/ui/login/** after "],
    );
    check_tasks(
        &repaired(text, "Give users.rs to T1 only"),
        &["T1 owns src/api/** after ", "T2 owns src/ui/login/** after "],
    );
}

#[test]
fn a_folder_inside_a_wider_one_is_given_to_its_owner_first() {
    let analysis = analyse(&read("- T1 Code @owns(lib/**)\n- T2 Words @owns(lib/l10n/**)\n"));
    assert_eq!(analysis.diagnostics[0].fixes[0].title, "Give lib/l10n/** to T2 only");
}

#[test]
fn no_repair_leaves_a_task_without_files() {
    let analysis = analyse(&read("- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs)\n"));
    let offered: Vec<&str> = analysis.diagnostics[0].fixes.iter().map(|fix| fix.title.as_str()).collect();
    let expected =
        ["Let T2 wait for T1", "Let T1 wait for T2", "Merge T1 and T2", "Allow them to run side by side"];
    assert_eq!(offered, expected);
}

#[test]
fn merged_tasks_keep_everything_and_references_follow() {
    let plan = repaired(
        "
- T1 Base @owns(base/**)
- T2 Cart @owns(src/a.rs) @reads(docs/x) @after(T1) ~30m
  Write the cart.
- T3 Tax @owns(src/a.rs, src/tax.rs) @uses(db)
  Write the tax.
- T4 Check @after(T3, T1) @kind(verify)
",
        "Merge T2 and T3",
    );
    check_tasks(
        &plan,
        &["T1 owns base/** after ", "T2 owns src/a.rs src/tax.rs after T1", "T4 owns  after T2 T1"],
    );
    let merged = &plan.tasks[1];
    assert_eq!(merged.title, "Cart + Tax");
    assert_eq!(merged.instructions, "Cart:\nWrite the cart.\n\nTax:\nWrite the tax.");
    assert_eq!(merged.minutes, Some(Estimate::exactly(50)));
    assert_eq!((merged.reads.len(), merged.uses.len()), (1, 1));
}

#[test]
fn hazards_with_one_task_in_common_are_one_problem() {
    check(
        "
- T1 Core @owns(core/**)
- T2 Cart @owns(cart/**) @reads(core/api.rs)
- T3 Tax @owns(tax/**) @reads(core/api.rs)
- T4 Users @owns(users/**) @reads(core/**)
",
        "PP102 T2, T3 and T4 read what T1 can write\n",
    );
    check(
        "
- T1 Cart @owns(cart/**)
- T2 Tax @owns(tax/**)
- T3 Users @owns(users/**)
- T4 Manual @owns(docs/**) @reads(cart/**, tax/**, users/**)
",
        "PP102 T4 reads what T1, T2 and T3 can write\n",
    );
}

#[test]
fn reading_what_both_write_is_told_once() {
    check(
        "- T1 Cart @owns(src/a.rs, x/**)\n- T2 Tax @owns(src/a.rs, y/**) @reads(src/a.rs)\n",
        "PP101 T1 and T2 can write the same file\n",
    );
}

#[test]
fn an_accepted_conflict_is_no_problem_until_it_is_gone() {
    check("- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs) @accept(T1: other lines)\n", "");
    check(
        "- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/b.rs) @accept(T1: other lines)\n",
        "PP302 T2 allows a conflict with T1 that is not there\n",
    );
    check("- [x] T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs) @accept(T1: other lines)\n", "");
}

#[test]
fn finished_tasks_are_in_nobodys_way() {
    check("- [x] T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs)\n- T3 Words @after(T2)\n", "");
}

#[test]
fn if_no_task_lists_files_that_is_said_once() {
    check("- T1 Cart\n- T2 Tax\n- T3 Users\n", "PP104 No task lists any files\n");
    check("- T1 Cart @owns(a)\n- T2 Tax\n- T3 Users\n", "PP104 T2 lists no files\nPP104 T3 lists no files\n");
    check("- T1 Cart @owns(a)\n- T2 Tax @after(T1)\n", "");
}

#[test]
fn every_task_knows_its_worst() {
    let analysis = analyse(&read(
        "- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs)\n- T3 Words\n- T4 Docs @owns(docs/**) @reads(src/*)\n",
    ));
    let worst = [Severity::Conflict, Severity::Conflict, Severity::Unknown, Severity::Warning].map(Some);
    assert_eq!(analysis.worst_of, worst);
    assert_eq!(analysis.conflicts_of.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 0, 2]);
    assert_eq!(analysis.diagnostics_of[2].len(), 1);
}

#[test]
fn a_repair_never_reaches_the_namesake_of_a_task() {
    let plan = read("- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(b)\n");
    let twice = Plan {
        tasks: vec![
            plan.tasks[1].clone(),
            plan.tasks[0].clone(),
            Task { id: "T2".into(), ..plan.tasks[0].clone() },
        ],
        ..plan
    };
    let conflict = analyse(&twice).diagnostics.into_iter().find(|found| found.code == "PP101").unwrap();
    assert_eq!(conflict.fixes, []);
}

#[test]
fn of_very_many_findings_the_rest_is_counted() {
    let tasks: String =
        (1..=300).map(|task| format!("- T{task} Step @owns(s/{task}) @after(X{task})\n")).collect();
    let analysis = analyse(&read(&tasks));
    let unknown: Vec<&Diagnostic> =
        analysis.diagnostics.iter().filter(|found| found.code == "PP002").collect();
    assert_eq!(unknown.len(), MAX_DESCRIBED + 1);
    assert_eq!(unknown[MAX_DESCRIBED].title, "A task waits for one that is not there: 100 more");
}

#[test]
fn ten_thousand_tasks_that_write_one_file_are_one_problem() {
    let task = |at: usize| Task {
        id: format!("T{at}").as_str().into(),
        title: "Step".to_owned(),
        owns: vec!["src/lib.rs".to_owned()],
        ..Task::default()
    };
    let plan = Plan { tasks: (0..10_000).map(task).collect(), ..Plan::default() };
    let analysis = analyse(&plan);
    assert_eq!(
        titles(&analysis),
        "PP101 T0, T1, T2, T3 and 9996 more can write the same file\nPP304 Nothing checks the result\n"
    );
}

/// Patterns that overlap in many ways, and a few that don't.
const PATTERNS: [&str; 20] = [
    "src/a.rs",
    "src/b.rs",
    "src/**",
    "src/*.rs",
    "docs/**",
    "docs/x.md",
    "**",
    "!src/a.rs",
    "!docs/**",
    "src/api",
    "src/api/**",
    "src/api/u.rs",
    "src/API/u.rs",
    "SRC/a.rs",
    "db/migrations/1.sql",
    "db/migrations/2.sql",
    "Cargo.toml",
    "x/Cargo.toml",
    "src/[a",
    "/src/b.rs",
];

fn any_task(tasks: usize) -> impl Strategy<Value = Task> {
    let patterns = |most| proptest::collection::vec(proptest::sample::select(&PATTERNS[..]), 0..=most);
    let ids = proptest::collection::vec(0..tasks + 1, 0..3);
    let status = proptest::sample::select(&phaseplan::plan::Status::ALL[..]);
    (patterns(3), patterns(2), ids, status, proptest::bool::weighted(0.1)).prop_map(
        |(owns, reads, after, status, uses)| Task {
            title: "Step".to_owned(),
            owns: owns.into_iter().map(str::to_owned).collect(),
            reads: reads.into_iter().filter(|pattern| !pattern.starts_with('!')).map(str::to_owned).collect(),
            after: after.into_iter().map(|task| format!("T{task}").as_str().into()).collect(),
            uses: uses
                .then(|| phaseplan::plan::ResourceUse { resource: "db".to_owned(), amount: 2 })
                .into_iter()
                .collect(),
            status,
            ..Task::default()
        },
    )
}

fn any_plan() -> impl Strategy<Value = Plan> {
    (2..7usize).prop_flat_map(|len| proptest::collection::vec(any_task(len), len)).prop_map(|tasks| {
        let named = |(at, task): (usize, Task)| Task { id: format!("T{}", at + 1).as_str().into(), ..task };
        Plan { tasks: tasks.into_iter().enumerate().map(named).collect(), ..Plan::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_repair_of_any_plan_helps_and_can_be_taken_back(plan in any_plan()) {
        let before = analyse(&plan);
        prop_assert_eq!(&before, &analyse(&plan));
        // A task that is opened again can need more than there is; the structure must not suffer.
        let faults = |analysis: &Analysis| analysis.diagnostics.iter().filter(|found| found.code <= "PP004").count();
        for diagnostic in &before.diagnostics {
            for fix in &diagnostic.fixes {
                let mut repaired = plan.clone();
                let undo = apply(fix, &mut repaired);
                let after = analyse(&repaired);
                let fields = |found: &Diagnostic| -> Vec<_> {
                    found.places.iter().map(|place| (place.id.clone(), place.field)).collect()
                };
                let is_same = |left: &&Diagnostic| {
                    (left.code, &left.title, &left.detail) == (diagnostic.code, &diagnostic.title, &diagnostic.detail)
                        && fields(left) == fields(diagnostic)
                };
                let left = after.diagnostics.iter().find(is_same);
                prop_assert!(left.is_none(), "“{}” leaves {:?} in {:#?}", fix.title, left, repaired.tasks);
                prop_assert!(faults(&after) <= faults(&before), "“{}” adds faults: {}", fix.title, titles(&after));
                for edit in undo {
                    prop_assert!(edit.apply(&mut repaired).is_some());
                }
                prop_assert_eq!(&repaired, &plan);
            }
        }
    }
}

/// The help page of all rules, with what the program says of each example.
fn problems_page() -> String {
    let mut page = String::from(
        "# Problems\n\nWhat the analysis can say of a plan: what it means, why it matters, and how to mend it. Written by \
         `UPDATE_DOCS=1 cargo test --test diagnostics` from the rules themselves.\n\n",
    );
    for rule in RULES {
        let _ = writeln!(page, "- [{}](#{}) {}", rule.code, rule.code.to_lowercase(), rule.title);
    }
    for rule in RULES {
        let _ = write!(page, "\n<a id=\"{}\"></a>\n\n{}", rule.code.to_lowercase(), section(rule));
    }
    page
}

fn section(rule: &Rule) -> String {
    let mut section = format!(
        "## {} {}\n\n{} `{}`\n\n{}\n\n{}\n",
        rule.code,
        rule.title,
        capitalised(rule.severity.name()),
        rule.name,
        rule.help,
        fenced(rule.example)
    );
    for found in analyse(&read(rule.example)).diagnostics.iter().filter(|found| found.code == rule.code) {
        let _ = writeln!(section, "> **{}**\\\n> {}", found.title, found.detail);
        for fix in &found.fixes {
            let _ = writeln!(section, "> - {}", fix.title);
        }
    }
    let _ = write!(section, "\nMended:\n\n{}", fenced(rule.mended));
    section
}

fn fenced(example: &str) -> String {
    let language = if example.starts_with('{') { "json" } else { "markdown" };
    format!("```{language}\n{example}```\n")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[test]
fn the_page_of_problems_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/problems.md");
    let page = problems_page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, page).expect("docs/problems.md can be written");
        return;
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/problems.md differs from the rules: run UPDATE_DOCS=1 cargo test --test diagnostics"
    );
}
