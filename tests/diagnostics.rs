//! Diagnostics of a plan: text in, sentences out.

use std::fmt::Write as _;
use std::sync::Arc;

use phaseplan::audit::{audited, needless_order};
use phaseplan::diagnostic::{Definition, Diagnostic, Fix, Severity};
use phaseplan::evidence::Evidence;
use phaseplan::import::import;
use phaseplan::plan::edit::TaskChange;
use phaseplan::plan::{Edit, Estimate, Task};
use phaseplan::rules::{self, MAX_DESCRIBED, NEEDLESS_ORDER, definitions};
use phaseplan::schedule::{Budget, Schedule};
use phaseplan::{Plan, Report, analyse, text};
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

/// The report on a plan, with a quick search.
fn report(plan: &Plan) -> Report {
    Report::new(plan.clone(), &Budget { steps: 1_000, ..Budget::default() })
}

/// The code and title of each diagnostic, one per line.
fn titles(diagnostics: &[Diagnostic]) -> String {
    let line = |diagnostic: &Diagnostic| format!("{} {}\n", diagnostic.code, diagnostic.title);
    diagnostics.iter().map(line).collect()
}

/// Compares codes and titles of all diagnostics of a plan, worst first.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(titles(&report(&read(text)).diagnostics), expected);
}

/// Applies the fix with this title, wherever it is offered, and returns the plan.
#[track_caller]
fn repaired(text: &str, repair: &str) -> Plan {
    let mut plan = read(text);
    let diagnostics = report(&plan).diagnostics;
    let mut fixes = diagnostics.iter().flat_map(|diagnostic| &diagnostic.fixes);
    let Some(fix) = fixes.find(|fix| fix.title == repair) else {
        let offered = diagnostics.iter().flat_map(|diagnostic| &diagnostic.fixes).map(|fix| &fix.title);
        panic!("no repair “{repair}”, only {:?}", offered.collect::<Vec<_>>());
    };
    apply(fix, &mut plan);
    plan
}

/// Applies a fix and returns the edits that undo it, in the order to apply them.
fn apply(fix: &Fix, plan: &mut Plan) -> Vec<Edit> {
    let mut undo: Vec<Edit> = Vec::new();
    for edit in fix.edits.of_plan() {
        undo.push(edit.clone().apply(plan).expect("an edit of a repair reaches its task"));
    }
    undo.reverse();
    undo
}

/// Compares `owns` and `after` of all tasks.
#[track_caller]
fn check_tasks(plan: &Plan, expected: &[&str]) {
    let line = |task: &Task| {
        let after: Vec<&str> = task.after.iter().map(phaseplan::TaskId::as_str).collect();
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
PP002 T1 waits for T9, but there is no T9
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
        "PP001 T1 → T2 → T3 → T4 → (4 more) → T9 → T10 → T11 → T12 → T1 wait for each other\nPP304 Nothing \
         checks the result\n",
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
    let detail = &report(&read(text)).diagnostics[0].detail;
    assert_eq!(
        detail,
        "All of them match `src/router.ts`, and nothing says in which order they go. It is a route table, \
         where the work of many tasks meets."
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
        &repaired(text, "Add a task at the end that writes all.rs"),
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
    let report = report(&read("- T1 Code @owns(lib/**)\n- T2 Words @owns(lib/l10n/**)\n"));
    assert_eq!(report.diagnostics[0].fixes[0].title, "Give lib/l10n/** to T2 only");
}

#[test]
fn no_repair_leaves_a_task_without_files() {
    let report = report(&read("- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs)\n"));
    let offered: Vec<&str> = report.diagnostics[0].fixes.iter().map(|fix| fix.title.as_str()).collect();
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
        "PP302 T2 allows a conflict with T1 that does not exist\n",
    );
    check("- [x] T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs) @accept(T1: other lines)\n", "");
}

#[test]
fn finished_tasks_are_in_nobodys_way() {
    check("- [x] T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs)\n- [x] T3 Words @after(T9)\n", "");
}

#[test]
fn if_no_task_lists_files_that_is_said_once() {
    check("- T1 Cart\n- T2 Tax\n- T3 Users\n", "PP104 No task lists any files\n");
    check("- T1 Cart @owns(a)\n- T2 Tax\n- T3 Users\n", "PP104 T2 lists no files\nPP104 T3 lists no files\n");
    check("- T1 Cart @owns(a)\n- T2 Tax @after(T1)\n", "PP104 T2 lists no files\n");
    check("> unknown beside\n- T1 Cart @owns(a)\n- T2 Tax\n", "PP104 T2 lists no files\n");
    check("- T1 Cart @owns(a)\n- T2 Tax @parallel(claimed)\n", "");
}

#[test]
fn what_waits_for_a_dropped_task_is_told() {
    check(
        "- [-] T1 Cart @owns(a)\n- T2 Tax @owns(b) @after(T1)\n- [x] T3 Users @after(T1)\n",
        "PP214 T2 waits for T1, which was dropped\n",
    );
}

#[test]
fn every_task_knows_its_worst() {
    let report = report(&read(
        "- T1 Cart @owns(src/a.rs)\n- T2 Tax @owns(src/a.rs)\n- T3 Words\n- T4 Docs @owns(docs/**) \
         @reads(src/*)\n",
    ));
    let worst = [Severity::Conflict, Severity::Conflict, Severity::Unknown, Severity::Warning].map(Some);
    assert_eq!([0, 1, 2, 3].map(|task| report.worst_of(task)), worst);
    assert_eq!(report.analysis.conflicts_of.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 0, 2]);
    assert_eq!(report.diagnostics_of(2).count(), 1);
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
    let conflict = report(&twice).diagnostics.into_iter().find(|found| found.code == "PP101").unwrap();
    assert_eq!(conflict.fixes, []);
}

#[test]
fn of_very_many_findings_the_rest_is_counted() {
    let tasks: String =
        (1..=300).map(|task| format!("- T{task} Step @owns(s/{task}) @after(X{task})\n")).collect();
    let report = report(&read(&tasks));
    let unknown: Vec<&Diagnostic> = report.diagnostics.iter().filter(|found| found.code == "PP002").collect();
    assert_eq!(unknown.len(), MAX_DESCRIBED + 1);
    assert_eq!(unknown[MAX_DESCRIBED].title, "A task waits for a task that does not exist: 100 more");
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
    // Ten thousand phases take the scheduler a minute, and the rules need none for this.
    let found = rules::check(&plan, &analyse(&plan), &Schedule::default());
    assert_eq!(
        titles(&found),
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
        let before = report(&plan);
        prop_assert_eq!(&before.diagnostics, &report(&plan).diagnostics);
        // A task that is taken up again can need more than there is.
        let faults = |report: &Report| report.diagnostics.iter().filter(|found| found.code <= "PP004").count();
        // Its dependencies count again, and with them their faults.
        let takes_up = |edit: &Edit| matches!(edit, Edit::ChangeTask { change: TaskChange::Status(_), .. });
        for diagnostic in &before.diagnostics {
            for fix in &diagnostic.fixes {
                let mut repaired = plan.clone();
                let undo = apply(fix, &mut repaired);
                let after = report(&repaired);
                let fields = |found: &Diagnostic| -> Vec<_> {
                    found.places.iter().map(|place| (place.id.clone(), place.field)).collect()
                };
                let is_same = |left: &&Diagnostic| {
                    (left.code, &left.title, &left.detail) == (diagnostic.code, &diagnostic.title, &diagnostic.detail)
                        && fields(left) == fields(diagnostic)
                };
                let left = after.diagnostics.iter().find(is_same);
                prop_assert!(left.is_none(), "“{}” leaves {:?} in {:#?}", fix.title, left, repaired.tasks);
                prop_assert!(fix.edits.of_plan().iter().any(takes_up) || faults(&after) <= faults(&before), "“{}” adds faults: {}", fix.title, titles(&after.diagnostics));
                for edit in undo {
                    prop_assert!(edit.apply(&mut repaired).is_some());
                }
                prop_assert_eq!(&repaired, &plan);
            }
        }
    }
}

/// The help on every diagnostic, with the program's output for each example.
fn problems_page() -> String {
    let mut page = String::from(
        "# Problems\n\nEverything the program can say about a plan: what it means, why it matters, and how \
         to repair it. `PP0` to `PP3` come from the rules, `PP4` from reading plan text, `PP5` from imports. \
         Written by `UPDATE_DOCS=1 cargo test --test diagnostics` from the definitions themselves.\n\n",
    );
    for definition in definitions() {
        let anchor = definition.code.to_lowercase();
        let _ = writeln!(page, "- [{}](#{anchor}) {}", definition.code, definition.title);
    }
    let evidence = definitions().find_map(rules::evidence_of_examples).unwrap_or_default();
    let _ = write!(
        page,
        "\n<a id=\"evidence\"></a>\n\nSome rules need evidence about the repository, as `phaseplan scan` writes it. \
         Their examples are about this one:\n\n```json\n{evidence}```\n"
    );
    for definition in definitions() {
        let anchor = definition.code.to_lowercase();
        let _ = write!(page, "\n<a id=\"{anchor}\"></a>\n\n{}", section(definition));
    }
    page
}

fn section(definition: &Definition) -> String {
    let mut section = format!(
        "## {} {}\n\n{} `{}`\n\n{}\n",
        definition.code,
        definition.title,
        capitalised(definition.severity.name()),
        definition.name,
        definition.help
    );
    if definition.example.is_empty() {
        return section;
    }
    if rules::evidence_of_examples(definition).is_some() {
        section.push_str("\nWith [this evidence](#evidence):\n");
    }
    let _ = write!(section, "\n{}\n", fenced(definition.example));
    for found in said(definition).iter().filter(|found| found.code == definition.code) {
        let _ = writeln!(section, "> **{}**\\\n> {}", found.title, found.detail);
        for fix in &found.fixes {
            let _ = writeln!(section, "> - {}", fix.title);
        }
    }
    let _ = write!(section, "\nMended:\n\n{}", fenced(definition.repaired));
    section
}

/// The diagnostics of the example of a definition.
fn said(definition: &Definition) -> Vec<Diagnostic> {
    let example = definition.example;
    if definition.code.starts_with("PP5") {
        return import(example.as_bytes(), None).expect("a plan").notes;
    }
    if example.starts_with('{') {
        return report(&read(example)).diagnostics;
    }
    let parsed = text::parse(example);
    let evidence =
        rules::evidence_of_examples(definition).map(|text| Evidence::read(text).expect("it is evidence"));
    let evidence = Arc::new(evidence.unwrap_or_default());
    let report = Report::new((parsed.plan, &evidence), &Budget { steps: 1_000, ..Budget::default() });
    audited(report.with_reading(parsed.problems), &Budget::default()).diagnostics
}

#[test]
fn a_needless_dependency_is_found_in_its_example_and_not_in_the_mended_one() {
    let asked = |text: &str| needless_order(&report(&read(text)), &Budget::default()).len();
    assert_eq!([asked(NEEDLESS_ORDER.example), asked(NEEDLESS_ORDER.repaired)], [1, 0]);
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
        "docs/problems.md differs from the definitions: run UPDATE_DOCS=1 cargo test --test diagnostics"
    );
}

/// Code, severity and title of the findings with this code.
#[track_caller]
fn check_code(code: &str, text: &str, expected: &str) {
    let found: String = report(&read(text))
        .diagnostics
        .iter()
        .filter(|found| found.code == code)
        .map(|found| format!("{} {}\n", found.severity.name(), found.title))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_file_that_two_texts_name_and_nobody_owns_is_told_of_both() {
    check_code(
        "PP208",
        "
- T1 Weapons @owns(src/WeaponPicker.tsx)
  Also pass the new `density` prop in
  `src/PopoverBody.tsx` so both lists look alike.
- T2 Artifacts @owns(src/ArtifactPicker.tsx)
  Add the `footer` slot to src/PopoverBody.tsx.
- T3 Manual @owns(docs/**)
",
        "warning T1 and T2 name `src/PopoverBody.tsx`, and none of them owns it\n",
    );
}

#[test]
fn a_file_that_a_text_names_and_another_task_of_the_phase_owns_is_told() {
    let text = "
- T1 Cart service @owns(src/cart/**)
  Register the route in src/router.ts and add the type to `src/types.ts`.
- T2 Router @owns(src/router.ts)
- T3 Types @owns(src/types.ts)
";
    check_code(
        "PP208",
        text,
        "\
warning T1 names `src/router.ts`, which T2 owns in the same phase
warning T1 names `src/types.ts`, which T3 owns in the same phase
",
    );
    let plan = repaired(text, "Let T1 own src/router.ts");
    check_tasks(
        &plan,
        &[
            "T1 owns src/cart/** src/router.ts after ",
            "T2 owns src/router.ts after ",
            "T3 owns src/types.ts after ",
        ],
    );
}

#[test]
fn a_name_without_its_folder_is_the_file_that_another_task_lists() {
    let text = "- T1 Polish the header in `Header.tsx` @owns(src/ui/Button.tsx)\n- T2 Header @owns(src/ui/Header.tsx)\n";
    let plan = repaired(text, "Let T1 own src/ui/Header.tsx");
    check_tasks(
        &plan,
        &["T1 owns src/ui/Button.tsx src/ui/Header.tsx after ", "T2 owns src/ui/Header.tsx after "],
    );
}

#[test]
fn a_file_of_nobody_that_a_text_changes_is_told_and_a_source_is_not() {
    check_code(
        "PP208",
        "
- T1 Cart @owns(src/cart/**)
  Extend src/router.ts. Follow the pattern of src/users/page.ts, see `docs/style.md`.
- T2 Login @owns(src/login/**)
  Leave src/legacy.ts alone; the form is in `form.ts`. Use node.js and /api/users.
",
        "warning T1 names `src/router.ts`, and does not own it\n",
    );
}

#[test]
fn a_source_that_another_task_of_the_phase_writes_is_told() {
    check_code(
        "PP208",
        "- T1 Cart @owns(src/cart/**)\n  Build it like src/users/page.ts.\n- T2 Users @owns(src/users/**)\n",
        "warning T1 names `src/users/page.ts`, which T2 owns in the same phase\n",
    );
}

#[test]
fn far_reaching_commands_of_one_phase_are_told_of_both() {
    check_code(
        "PP209",
        "
- T1 App one @owns(crates/one/**)
  When done run `cargo fmt --all` and `./gen-bindings.sh`.
- T2 App two @owns(crates/two/**)
  When done run `cargo fmt --all` and `./gen-bindings.sh`.
- T3 Label @owns(simulator/catalog.ts)
",
        "\
warning T1 and T2 format everything at the same time: `cargo fmt --all`
warning T1 and T2 run a generator at the same time: `./gen-bindings.sh`
",
    );
    let two_suites = "
- T1 Drawer @owns(ui/drawer.spec.ts) @check(npx playwright test drawer)
- T2 Context @owns(ui/context.spec.ts) @check(npx playwright test context)
- T3 Route @owns(server/model.py) @check(pytest tests/model)
";
    check_code(
        "PP209",
        two_suites,
        "hint T1 and T2 start a server at the same time: `npx playwright test drawer`, `npx playwright test context`\n",
    );
    let plan = repaired(two_suites, "Let T1 and T2 take turns (uses dev-server)");
    assert_eq!(plan.tasks[0].uses, plan.tasks[1].uses);
}

#[test]
fn a_formatter_for_everything_is_told_of_the_tasks_whose_files_it_takes() {
    check_code(
        "PP209",
        "
- T1 One @owns(crates/one/**) @check(cargo fmt --all)
- T2 Two @owns(crates/two/**)
- T3 Manual @owns(docs/a.md)
- T4 Web @owns(web/a/**) @check(npx prettier --write web/a)
- T5 Text @owns(web/b.css)
",
        "warning `cargo fmt --all` of T1 can write files of T2 and T4\n",
    );
}

#[test]
fn migrations_of_one_chain_are_kept_apart_and_those_of_two_are_not() {
    let text = "
- T1 Runs @owns(src/run.py, alembic/versions/0a1_run.py)
- T2 Seed @owns(src/seed.py, alembic/versions/0a2_seed.py)
- T3 Tax @owns(shop/migrations/0002_tax.py)
";
    check_code("PP206", text, "warning T1 and T2 add migrations to one chain\n");
    let phases = report(&read(text)).schedule.phase_of;
    assert!(phases[0] < phases[1] && phases[2] == Some(0), "{phases:?}");
}

#[test]
fn a_task_that_creates_a_file_goes_before_one_that_changes_it() {
    let text = "
- T1 Add a button to web/list.html @owns(web/button.js) ~5m
- T2 Create web/list.html @owns(web/list.html) ~50m
- T3 Other @owns(docs/**) ~5m
";
    check_code("PP106", text, "warning T1 changes what T2 creates\n");
    let Report { schedule, analysis, .. } = report(&read(text));
    assert!(schedule.phase_of[1] < schedule.phase_of[0], "{:?}", schedule.phase_of);
    assert_eq!(analysis.directed, [(1, 0)]);
    let slots = schedule.rolling.slots;
    assert!(slots[0].unwrap().start >= slots[1].unwrap().start + 50.into());
}

#[test]
fn creations_close_no_cycle() {
    let text = "
- T1 Create a/x.ts, and add a line to b/y.ts @owns(a/x.ts)
- T2 Create b/y.ts, and add a line to a/x.ts @owns(b/y.ts)
";
    let Report { analysis, schedule, .. } = report(&read(text));
    assert_eq!(analysis.directed.len(), 1);
    assert_eq!(schedule.phases.len(), 2);
}

#[test]
fn all_conflicts_can_be_settled_in_the_order_of_the_list() {
    let text = "
- T1 A @owns(a, b)
- T2 B @owns(a, c)
- T3 C @owns(b, c)
- T4 D @owns(d) @after(T3)
- T5 E @owns(d, a)
";
    let plan = repaired(text, "Keep the order of the list for all conflicts");
    let after: Vec<String> = plan
        .tasks
        .iter()
        .map(|task| task.after.iter().map(phaseplan::TaskId::as_str).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(after, ["", "T1", "T2", "T3", "T4"]);
}

#[test]
fn nothing_has_to_be_checked_where_nothing_is_changed() {
    let readers = (1..=6).map(|task| format!("- T{task} Look @kind(research) @reads(src/{task})\n"));
    check_code("PP304", &readers.collect::<String>(), "");
    let text = "
- T1 A @owns(a)
- T2 B @owns(b)
- T3 C @owns(c)
- T4 Run the suite @after(T1) @kind(verify)
";
    check_code("PP304", text, "hint T4 does not check T2 and T3\n");
    let plan = repaired(text, "Let T4 wait for T2 and T3");
    assert_eq!(plan.tasks[3].after.len(), 3);
}

#[test]
fn a_failed_task_is_not_offered_as_done() {
    let text = "- [!] T1 A @owns(a)\n- [~] T2 B @owns(b) @after(T1)\n";
    let diagnostics = report(&read(text)).diagnostics;
    let found = diagnostics.iter().find(|found| found.code == "PP204").unwrap();
    assert!(
        found.fixes.iter().all(|fix| !fix.title.contains("done")) && !found.fixes.is_empty(),
        "{found:?}"
    );
}

#[test]
fn reading_everything_is_told_and_research_is_not_sent_to_research() {
    check_code("PP305", "- T1 Look @kind(research) @reads(**)\n", "hint T1 reads everything\n");
    let detail = &report(&read("- T1 Look @kind(research) @reads(**)\n")).diagnostics[0].detail;
    assert!(!detail.contains("Have a research task"), "{detail}");
}

#[test]
fn agents_and_models_that_cannot_be_started_are_told_by_name() {
    check_code(
        "PP313",
        "
- T1 A @owns(a) @model(claude-opus-4-8) @agent(Explore)
- T2 B @owns(b) @model(gpt-5) @agent(codex)
- T3 C @owns(c) @agent(fork)
- T4 D @owns(d) @agent(person)
- T5 E @owns(e) @agent(general-purpose) @model(haiku)
- T6 F @kind(research) @reads(f) @agent(Explore)
- T7 Go on? @kind(gate) @agent(person)
",
        "\
hint T1 names the agent Explore, which can't write
hint T1 names the model claude-opus-4-8, the full name of a model
hint T2 names the agent codex, another program
hint T2 names the model gpt-5, a model of another maker
hint T3 names the agent fork, which takes no tasks
hint T4 is for a person
",
    );
}
