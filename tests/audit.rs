//! The audit of a plan: files of other tools or plan text in, marks and dependencies in doubt out.

use std::fmt::Write as _;

use phaseplan::audit::{audited, questioned};
use phaseplan::diagnostic::Diagnostic;
use phaseplan::import::{File, Imported, surest};
use phaseplan::rules::is_of_audit;
use phaseplan::schedule::Budget;
use phaseplan::text::{self, Spelling};
use phaseplan::{Plan, Report};
use proptest::prelude::*;

fn read(files: &[(&str, &str)]) -> Imported {
    let files: Vec<File> = files.iter().map(|(path, text)| File::new(*path, *text)).collect();
    let (format, _) = surest(&files).expect("a format");
    (format.read)(&files).unwrap_or_else(|error| panic!("{}", error.message))
}

/// What the audit finds, with its repairs, and what is said of an order that nobody wrote down.
fn findings(plan: &Plan) -> Vec<Diagnostic> {
    let report = audited(Report::new(plan.clone(), &Budget::default()), &Budget::default());
    let mut found = report.diagnostics;
    found.retain(|found| is_of_audit(found.code) || found.code == "PP318");
    found
}

fn shown(plan: &Plan) -> String {
    let mut shown = String::new();
    for found in findings(plan) {
        let fixes: Vec<&str> = found.fixes.iter().map(|fix| fix.title.as_str()).collect();
        let _ = writeln!(shown, "{} {} [{}]", found.code, found.title, fixes.join("; "));
    }
    shown
}

/// Compares the findings about files, and about the plan text that is made of them.
#[track_caller]
fn check(files: &[(&str, &str)], expected: &str) {
    let plan = read(files).plan;
    assert_eq!(shown(&plan), expected);
    let written = text::parse(&text::print(&plan, Spelling::Document)).plan;
    assert_eq!(shown(&written), expected, "after it was written as text");
}

/// The plan after the repair with this title.
fn repaired(plan: &Plan, title: &str) -> Plan {
    let found = findings(plan);
    let fix = found.iter().flat_map(|found| &found.fixes).find(|fix| fix.title == title).expect(title);
    let mut plan = plan.clone();
    for edit in fix.edits.of_plan() {
        edit.clone().apply(&mut plan).expect("an edit of a repair reaches its task");
    }
    plan
}

const BOTH: &str = "\
PP108 b is marked as parallel, but writes the same file as a [Let b wait for a; Drop the mark of b]
PP317 c waits for a, but nothing is shared: could they run together and save 20 m? [Let c run beside a]
PP317 c waits for b, but nothing is shared: could they run together and save 20 m? [Let c run beside b]
";

#[test]
fn marks_of_spec_kit_are_compared_with_the_files() {
    let text = "\
# Tasks: Shop
## Phase 1: Core
- [ ] T001 [P] Create the model in src/models/user.ts
- [ ] T002 [P] Change the names in src/models/user.ts
## Phase 2: Pages
- [ ] T003 Show help in src/help.ts (depends on T001)
";
    check(
        &[("tasks.md", text)],
        "\
PP108 T002 is marked as parallel, but changes what T001 creates [Let T002 wait for T001; Drop the mark of T002]
PP317 T003 waits for T002, but nothing is shared: could they run together and save 20 m? [Let T003 run beside T002]
",
    );
}

#[test]
fn marks_of_kiro_are_compared_with_the_files() {
    let text = "\
# Implementation Plan: Shop
- [ ] 1. Carts
  - [ ] 1.1 (P) Change carts in `src/cart.ts`
  - [ ] 1.2 (P) Change prices in `src/cart.ts`
- [ ] 2. Help
  - [ ] 2.1 Write `docs/help.md`
";
    check(
        &[("tasks.md", text)],
        "\
PP108 1.2 is marked as parallel, but writes the same file as 1.1 [Let 1.2 wait for 1.1; Drop the mark of 1.2]
PP317 2.1 waits for 1.1, but nothing is shared: could they run together and save 20 m? [Let 2.1 run beside 1.1]
PP317 2.1 waits for 1.2, but nothing is shared: could they run together and save 20 m? [Let 2.1 run beside 1.2]
",
    );
}

#[test]
fn waves_of_gsd_are_compared_with_the_files() {
    let plan = |number: &str, wave: u8, after: &str, file: &str| {
        format!(
            "---\nphase: 01-shop\nplan: {number}\ntype: execute\nwave: {wave}\ndepends_on: [{after}]\n\
             files_modified: [{file}]\nautonomous: true\n---\n<objective>Carts</objective>\n"
        )
    };
    let texts = [
        plan("01", 1, "", "src/cart.ts"),
        plan("02", 1, "", "src/cart.ts"),
        plan("03", 2, "01-01, 01-02", "src/help.ts"),
    ];
    let paths = [1, 2, 3].map(|number| format!(".planning/phases/01-shop/01-0{number}-PLAN.md"));
    let files: Vec<(&str, &str)> = paths.iter().zip(&texts).map(|(path, text)| (&**path, &**text)).collect();
    check(
        &files,
        "\
PP108 01-02 is marked as parallel, but writes the same file as 01-01 [Let 01-02 wait for 01-01; Drop the mark of 01-02]
PP317 01-03 waits for 01-01, but nothing is shared: could they run together and save 20 m? [Let 01-03 run beside 01-01]
PP317 01-03 waits for 01-02, but nothing is shared: could they run together and save 20 m? [Let 01-03 run beside 01-02]
",
    );
}

#[test]
fn marks_of_ccpm_are_compared_with_the_files() {
    let task = |name: &str, after: &str, parallel: bool, file: &str| {
        format!(
            "---\nname: {name}\nstatus: open\ndepends_on: [{after}]\nparallel: {parallel}\nconflicts_with: []\n---\n\
             Change `{file}`.\n"
        )
    };
    let files = [
        ("epics/shop/a.md", task("Carts", "", true, "src/cart.ts")),
        ("epics/shop/b.md", task("Prices", "", true, "src/cart.ts")),
        ("epics/shop/c.md", task("Help", "a, b", false, "src/help.ts")),
    ];
    check(&files.each_ref().map(|(path, text)| (*path, text.as_str())), BOTH);
}

#[test]
fn parallel_phases_of_auto_claude_are_compared_with_the_files() {
    let text = r#"{"feature": "Shop", "workflow_type": "feature", "phases": [
        {"id": "p1", "name": "Carts", "depends_on": [], "parallel_safe": true, "subtasks": [
            {"id": "a", "description": "Carts", "files_to_modify": ["src/cart.ts"]},
            {"id": "b", "description": "Prices", "files_to_modify": ["src/cart.ts"]}]},
        {"id": "p2", "name": "Help", "depends_on": ["p1"], "subtasks": [
            {"id": "c", "description": "Help", "files_to_modify": ["src/help.ts"]}]}]}"#;
    check(&[("implementation_plan.json", text)], BOTH);
}

#[test]
fn parallel_levels_of_zerg_are_compared_with_the_files() {
    let text = r#"{"feature": "Shop", "version": "2.0", "tasks": [
        {"id": "a", "title": "Carts", "level": 1, "dependencies": [], "files": {"modify": ["src/cart.ts"]}},
        {"id": "b", "title": "Prices", "level": 1, "dependencies": [], "files": {"modify": ["src/cart.ts"]}},
        {"id": "c", "title": "Help", "level": 2, "dependencies": ["a", "b"], "files": {"modify": ["src/help.ts"]}}],
        "levels": {"1": {"name": "core", "tasks": ["a", "b"], "parallel": true}, "2": {"tasks": ["c"]}}}"#;
    check(&[("task-graph.json", text)], BOTH);
}

#[test]
fn fields_of_any_json_and_tables_are_compared_with_the_files() {
    let text = r#"{"tasks": [
        {"id": "a", "title": "Carts", "files": ["src/cart.ts"], "parallel_safe": true},
        {"id": "b", "title": "Prices", "files": ["src/cart.ts"], "can_run_in_parallel": "yes"},
        {"id": "c", "title": "Help", "files": ["src/help.ts"], "deps": ["a", "b"], "parallel": false}]}"#;
    check(&[("plan.json", text)], BOTH);
    let table = "id,title,files,depends on,parallel\na,Carts,src/cart.ts,,yes\nb,Prices,src/cart.ts,,yes\n\
        c,Help,src/help.ts,a; b,no\n";
    check(&[("plan.csv", table)], BOTH);
}

#[test]
fn what_markdown_says_about_parallel_tasks_is_compared_with_the_files() {
    let text = "\
# Plan: shop

### Task 1: Carts
Files: src/cart.ts
Can run in parallel with: Task 2
Depends on: none

### Task 2: Prices
Files: src/cart.ts
**Parallelization**: Can run in parallel: YES, with Task 1
Depends on: none

### Task 3: Help
Files: src/help.ts
Parallelization: Can run in parallel: NO. Blocked by: Task 1, Task 2
";
    check(
        &[("plan.md", text)],
        "\
PP108 2 is marked as parallel, but writes the same file as 1 [Let 2 wait for 1; Drop the mark of 2]
PP317 3 waits for 1, but nothing is shared: could they run together and save 20 m? [Let 3 run beside 1]
PP317 3 waits for 2, but nothing is shared: could they run together and save 20 m? [Let 3 run beside 2]
",
    );
}

#[test]
fn marks_of_task_files_are_compared_with_the_files() {
    let files = [
        ("tasks/a.md", "---\ntitle: Carts\nfiles: [src/cart.ts]\nparallel: true\n---\n"),
        ("tasks/b.md", "---\ntitle: Prices\nfiles: [src/cart.ts]\nparallel: true\n---\n"),
        ("tasks/c.md", "---\ntitle: Help\nfiles: [src/help.ts]\ndepends_on: [a, b]\n---\n"),
    ];
    check(&files, BOTH);
}

#[test]
fn marks_of_plan_text_are_compared_with_the_files() {
    let text = "\
- T1 Carts @owns(src/cart.ts) @parallel(claimed)
- T2 Prices @reads(src/cart.ts) @owns(src/price.ts) @parallel(claimed)
- T3 Help @owns(src/help.ts) @after(T1, T2)
";
    check(
        &[("plan.md", text)],
        "\
PP108 T2 is marked as parallel, but reads what T1 writes [Let T2 wait for T1; Drop the mark of T2]
PP317 T3 waits for T1, but nothing is shared: could they run together and save 20 m? [Let T3 run beside T1]
PP317 T3 waits for T2, but nothing is shared: could they run together and save 20 m? [Let T3 run beside T2]
",
    );
}

#[test]
fn marks_that_hold_and_dependencies_with_a_reason_are_not_questioned() {
    let text = "\
- T1 Carts @owns(src/cart.ts) @parallel(claimed)
- T2 Prices @owns(src/price.ts) @parallel(claimed) @accept(T4: other lines)
- T3 Help @owns(src/help.ts) @reads(src/cart.ts) @after(T1)
- T4 Shop @owns(src/price.ts) @parallel(claimed)
- T5 Look @kind(research) @parallel(claimed)
- T6 Decide @kind(gate) @after(T5)
- [x] T7 Login @owns(src/cart.ts) @parallel(claimed)
";
    check(&[("plan.md", text)], "");
}

#[test]
fn only_dependencies_that_cost_time_are_questioned() {
    let text = "\
- T1 Carts @owns(src/cart.ts) ~60m
- T2 Prices @owns(src/price.ts) ~10m
- T3 Help @owns(src/help.ts) @reads(src/cart.ts) @after(T1, T2) ~10m
";
    check(&[("plan.md", text)], "");
}

/// The dependencies about which everybody is asked, without wanting an audit.
fn asked(text: &str) -> Vec<String> {
    let report = questioned(Report::new(text::parse(text).plan, &Budget::default()), &Budget::default());
    let found = report.diagnostics.into_iter().filter(|found| found.code == "PP317");
    found.map(|found| found.title.split(',').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn everybody_is_asked_only_about_what_looks_like_the_order_of_a_list() {
    let chain = "\
- T1 Hedge @owns(hedge/**)
- T2 Bench @owns(bench/**) @after(T1)
- T3 Lamp @owns(lamp/**) @after(T2)
";
    assert_eq!(asked(chain), ["T2 waits for T1", "T3 waits for T2"]);
    let pages = "- T1 The service @owns(src/**)\n- T2 Its page @owns(web/**) @after(T1)\n- T3 Theme @owns(style/**)\n";
    assert_eq!(asked(pages), [""; 0], "a page may need the service");
    let alike = pages.replace("The service", "Move shop").replace("Its page", "Move bank");
    assert_eq!(asked(&alike), ["T2 waits for T1"]);
    let short = chain.replace("hedge/**)", "hedge/**) ~5m");
    assert_eq!(asked(&short), ["T3 waits for T2"], "five minutes are not worth a question");
}

#[test]
fn lists_without_an_order_say_so_once_and_offer_both() {
    let bullets = "Plan:\n- Edit `src/a.ts`\n- Add `src/b.ts` with the store\n- Edit `src/c.ts`\n";
    let none = "PP318 Nothing says which of these 3 tasks comes first, so none waits for another [In this order; \
        All at once]\n";
    check(&[("plan.md", bullets)], none);
    let plan = read(&[("plan.md", bullets)]).plan;
    let after = |plan: &Plan| {
        plan.tasks
            .iter()
            .map(|task| format!("{}<{:?}", task.id, task.after.len()))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(after(&repaired(&plan, "In this order")), "T1<0 T2<1 T3<1");
    assert_eq!(after(&repaired(&plan, "All at once")), "T1<0 T2<0 T3<0");

    let openspec = "## 1. Store\n- [ ] 1.1 Add `src/store.ts`\n- [ ] 1.2 Use it in `src/store.ts`\n## 2. Page\n\
        - [ ] 2.1 Add `src/page.ts` with `src/store.ts`\n";
    let kiro = "# Implementation Plan\n- [ ] 1. Store\n  - [ ] 1.1 Add `src/store.ts`\n  - [ ] 1.2 Use it in \
        `src/store.ts`\n- [ ] 2. Page\n  - [ ] 2.1 Add `src/page.ts`, using `src/store.ts`\n";
    let written = "PP318 Nothing says which of these 3 tasks comes first, so they run in the order in which they are \
        written [In this order; All at once]\n";
    for text in [openspec, kiro] {
        check(&[("tasks.md", text)], written);
        let plan = read(&[("tasks.md", text)]).plan;
        assert_eq!(after(&repaired(&plan, "In this order")), "1.1<0 1.2<1 2.1<1");
        assert_eq!(after(&repaired(&plan, "All at once")), "1.1<0 1.2<0 2.1<0");
    }
}

#[test]
fn tables_and_json_without_a_field_for_order_say_so_too() {
    let none = "PP318 Nothing says which of these 2 tasks comes first, so none waits for another [In this order; \
        All at once]\n";
    let json = r#"{"tasks": [{"id": "a", "title": "Carts", "files": ["a.ts"]},
        {"id": "b", "title": "Help", "files": ["b.ts"]}]}"#;
    check(&[("plan.json", json)], none);
    check(&[("plan.json", &json.replace("\"files\"", "\"deps\": [], \"files\""))], "");
    let table = "id,title,files\na,Carts,a.ts\nb,Help,b.ts\n";
    check(&[("plan.csv", table)], none);
    check(&[("plan.csv", "id,title,files,after\na,Carts,a.ts,\nb,Help,b.ts,\n")], "");
}

#[test]
fn a_list_with_a_sign_of_order_is_taken_at_its_word() {
    let kiro = "# Implementation Plan\n- [ ] 1. Store\n  - [ ] 1.1 Add `src/store.ts`\n  - [ ] 1.2 Add `src/a.ts`\n    \
        - _Dependencies: 1.1_\n";
    assert!(!shown(&read(&[("tasks.md", kiro)]).plan).contains("PP318"));
}

#[test]
fn all_at_once_leaves_checks_and_decisions_where_they_are() {
    let text = "\
- T1 Carts @owns(a) @ordering(guessed)
- T2 Help @owns(b) @after(T1) @ordering(guessed)
- T3 Test everything @kind(verify) @after(T2) @ordering(guessed)
- T4 Ship @owns(c) @after(T3) @ordering(guessed)
";
    let plan = repaired(&text::parse(text).plan, "All at once");
    let shown = text::print(&plan, Spelling::Typing);
    let expected = "\
- T1 Carts @owns(a)
- T2 Help @owns(b)
- T3 Test everything @after(T2) @kind(verify)
- T4 Ship @owns(c) @after(T3)
";
    assert_eq!(shown, expected);
}

/// A plan in which each task owns one of a few files and waits for some of those before it.
fn plan() -> impl Strategy<Value = String> {
    let task = (0..6usize, 1..4u32, proptest::collection::vec(0..12usize, 0..3), any::<bool>());
    proptest::collection::vec(task, 2..10).prop_map(|tasks| {
        let mut text = String::new();
        for (number, (file, tens, waits, is_marked)) in tasks.into_iter().enumerate() {
            let after: Vec<String> =
                waits.iter().filter(|wait| **wait < number).map(|wait| format!("T{}", wait + 1)).collect();
            let after =
                if after.is_empty() { String::new() } else { format!(" @after({})", after.join(", ")) };
            let mark = if is_marked { " @parallel(claimed)" } else { "" };
            let _ = writeln!(text, "- T{} @owns(f{file}){after}{mark} ~{tens}0m", number + 1);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_the_audit_promises_is_what_the_scheduler_finds(text in plan()) {
        let plan = text::parse(&text).plan;
        let before = Report::new(plan.clone(), &Budget::default());
        let conflicts = before.analysis.conflict_count;
        for found in findings(&plan).iter().filter(|found| found.code == "PP317") {
            let mut after = plan.clone();
            for edit in found.fixes[0].edits.of_plan() {
                edit.clone().apply(&mut after);
            }
            let report = Report::new(after, &Budget::default());
            prop_assert!(report.schedule.phased < before.schedule.phased, "{}", found.title);
            prop_assert_eq!(report.analysis.conflict_count, conflicts, "{}", &found.title);
            let [waiting, awaited] = [found.places[0].task, found.places[1].task];
            for a in 0..plan.tasks.len() {
                for b in 0..a {
                    let is_pair = (a, b) == (waiting.max(awaited), waiting.min(awaited));
                    let (was, is) = (before.analysis.order.are_ordered(a, b), report.analysis.order.are_ordered(a, b));
                    prop_assert!(if is_pair { was && !is } else { was == is }, "{} {} {}", found.title, a, b);
                }
            }
        }
    }
}
