//! What follows from evidence about a repository: a plan as text and a list of files in, sentences out.

use std::sync::Arc;

use phaseplan::analysis::{analyse, analyse_with};
use phaseplan::audit::needless_order;
use phaseplan::evidence::{Evidence, EvidenceFile, Folder, Generated, History};
use phaseplan::plan::Task;
use phaseplan::schedule::Budget;
use phaseplan::{Plan, Report, text};
use proptest::prelude::*;

/// Evidence of a small shop, with what the text says more.
fn evidence(files: &[&str], more: impl FnOnce(&mut EvidenceFile)) -> Arc<Evidence> {
    let folders =
        vec![Folder { path: String::new(), files: files.iter().map(|file| (*file).to_owned()).collect() }];
    let mut file = EvidenceFile { source: "`phaseplan scan`".to_owned(), folders, ..EvidenceFile::default() };
    more(&mut file);
    Arc::new(Evidence::from(file))
}

fn report(plan: &str, evidence: &Arc<Evidence>) -> Report {
    let parsed = text::parse(plan);
    assert_eq!(parsed.problems, [], "of {plan}");
    Report::new((parsed.plan, evidence), &Budget { steps: 200, ..Budget::default() })
}

/// Code and title of everything that evidence adds.
#[track_caller]
fn check(plan: &str, evidence: &Arc<Evidence>, expected: &[&str]) {
    let found = report(plan, evidence).diagnostics;
    let found = found.iter().filter(|found| ("PP320".."PP340").contains(&found.code));
    let found: Vec<String> = found.map(|found| format!("{} {}", found.code, found.title)).collect();
    assert_eq!(found, expected, "{plan}");
}

const FILES: [&str; 6] = [
    "src/auth/login.rs",
    "src/auth/token.rs",
    "src/cart.rs",
    "src/router.rs",
    "Cargo.lock",
    "api/client.gen.ts",
];

#[test]
fn a_plain_path_that_is_a_folder_takes_in_what_is_below() {
    let known = evidence(&FILES, |_| {});
    let plan = "- T1 Sessions @owns(src/auth)\n- T2 Login @owns(src/auth/login.rs)\n";
    // Here the plan itself shows that it is a folder.
    check(plan, &known, &[]);
    let plan = "- T1 Sessions @owns(src/auth)\n- T2 Rust @owns(**/*.rs)\n";
    assert_eq!(report(plan, &Arc::default()).analysis.conflict_count, 0);
    assert_eq!(report(plan, &known).analysis.conflict_count, 1);
    check(plan, &known, &["PP321 `src/auth` of T1 is a folder of the repository"]);
}

#[test]
fn an_import_between_two_tasks_is_a_reason_for_their_order() {
    let plan = "- T1 Sessions @owns(src/auth/**) ~40m\n- T2 Routes @owns(src/router.rs) @after(T1) ~40m\n";
    let questions = |known: &Arc<Evidence>| needless_order(&report(plan, known), &Budget::default()).len();
    assert_eq!(questions(&evidence(&FILES, |_| {})), 1);
    // The files by path: `src/auth/login.rs` is the first of `FILES`, `src/router.rs` the fourth.
    assert_eq!(
        questions(&evidence(&FILES, |file| file.imports = vec![vec![3, 0]])),
        0,
        "T2 imports a file of T1"
    );
    assert_eq!(questions(&evidence(&FILES, |file| file.imports = vec![vec![0, 3]])), 0, "and the other way");
    assert_eq!(
        questions(&evidence(&FILES, |file| file.imports = vec![vec![2, 3]])),
        1,
        "nobody owns the importer"
    );
}

#[test]
fn what_an_entry_excludes_is_not_widened() {
    let known = evidence(&FILES, |_| {});
    let plan = "- T1 All @owns(src/**, !src/auth)\n- T2 Login @owns(src/auth/l*)\n";
    let conflicts = |known| report(plan, known).analysis.conflict_count;
    assert_eq!(conflicts(&known), conflicts(&Arc::default()));
}

#[test]
fn entries_that_match_nothing_are_told_with_the_nearest() {
    let known = evidence(&FILES, |_| {});
    check(
        "- T1 A @owns(src/auht/**)\n- T2 B @owns(src/new.rs)\n- T3 C @owns(src/rooter.rs) @reads(src/new.rs, src/gone.rs)\n",
        &known,
        &[
            "PP320 `src/auht/**` of T1 matches none of the 6 known files",
            "PP320 `src/rooter.rs` of T3 matches none of the 6 known files",
            "PP320 `src/gone.rs` of T3 matches none of the 6 known files",
        ],
    );
    let report = report("- T1 A @owns(src/auht/**)\n", &known);
    let found = report.diagnostics.iter().find(|found| found.code == "PP320").expect("it is told");
    assert_eq!(found.fixes[0].title, "Write src/auth/**");
    assert!(found.detail.starts_with(
        "They are from `phaseplan scan`, which may be older than the repository. There is `src/auth`."
    ));
}

#[test]
fn a_done_task_may_have_created_what_another_reads() {
    let known = evidence(&FILES, |_| {});
    check("- [x] T1 A @owns(src/made.rs)\n- T2 B @owns(src/cart.rs) @reads(src/made.rs)\n", &known, &[]);
}

#[test]
fn words_and_files_are_compared() {
    let known = evidence(&FILES, |_| {});
    check(
        "- T1 Cart @owns(src/cart.rs)\n  Create `src/cart.rs` with the prices.\n- T2 Tax @owns(src/tax/**)\n  Extend `src/tax/rates.rs` by a column.\n",
        &known,
        &[
            "PP323 T1 creates `src/cart.rs`, which is there already",
            "PP320 `src/tax/**` of T2 matches none of the 6 known files",
            "PP323 T2 changes `src/tax/rates.rs`, which is not there",
        ],
    );
}

#[test]
fn imports_between_tasks_are_told_until_they_are_ordered() {
    let known = evidence(&FILES, |file| file.imports = vec![vec![0, 2], vec![3, 2]]);
    let told = ["PP324 T2 and T3 build on files that T1 changes at the same time"];
    check(
        "- T1 A @owns(src/cart.rs)\n- T2 B @owns(src/auth/**)\n- T3 C @owns(src/router.rs)\n",
        &known,
        &told,
    );
    for ordered in [
        "- T1 A @owns(src/cart.rs)\n- T2 B @owns(src/auth/**) @after(T1)\n",
        "- T1 A @owns(src/cart.rs) @after(T2)\n- T2 B @owns(src/auth/**)\n",
        "- T1 A @owns(src/cart.rs)\n- T2 B @owns(src/auth/**) @reads(src/cart.rs)\n",
        "- [x] T1 A @owns(src/cart.rs)\n- T2 B @owns(src/auth/**)\n",
    ] {
        check(ordered, &known, &[]);
    }
}

#[test]
fn what_changed_together_is_told_from_three_commits_on() {
    let known = |both, of_a| {
        evidence(&FILES, |file| {
            let pairs = vec![[2, 3, both, of_a, 20]];
            file.history = Some(History { commits: 50, since: "2024-03-01".into(), pairs });
        })
    };
    let plan = "- T1 A @owns(src/router.rs)\n- T2 B @owns(src/cart.rs)\n";
    check(plan, &known(5, 10), &["PP325 Files of T1 and T2 changed together before"]);
    check(plan, &known(4, 10), &[]);
    check(plan, &known(2, 2), &[]);
    let report = report(plan, &known(5, 10));
    let found = report.diagnostics.iter().find(|found| found.code == "PP325").expect("it is told");
    assert_eq!(
        found.detail,
        "`src/router.rs` and `src/cart.rs` changed together in 5 of the 10 commits that changed `src/cart.rs`, since \
         2024-03-01, says `phaseplan scan`. Whether one needs the other is not known."
    );
}

#[test]
fn generated_files_of_two_tasks_are_told_once() {
    let known = evidence(&FILES, |file| {
        file.generated = Generated { header: vec![5], lockfile: vec![4], ..Generated::default() };
    });
    check(
        "- T1 A @owns(Cargo.lock, api/**)\n- T2 B @owns(*.lock, api/*) @after(T1)\n",
        &known,
        &["PP326 T1 and T2 own 2 generated files"],
    );
}

#[test]
fn a_conflict_names_the_known_files() {
    let known = evidence(&FILES, |_| {});
    let detail = |plan: &str| report(plan, &known).diagnostics[0].detail.clone();
    assert!(
        detail("- T1 A @owns(src/auth/*.rs)\n- T2 B @owns(src/auth/t*)\n")
            .ends_with("Of the 6 known files both own `src/auth/token.rs`.")
    );
    assert!(
        detail("- T1 A @owns(web/**/x*)\n- T2 B @owns(web/**/*y)\n")
            .ends_with("None of the 6 known files is one that both own; they may be created.")
    );
}

/// Patterns and files of few names, so that they often meet.
const PATTERNS: [&str; 14] = [
    "a", "a/b", "a/**", "a/b/c.rs", "**/*.rs", "{a,d}/b", "!a/b", "!a", "d", "d/[bc]", "*/b", "a/", "d/b/*",
    "a/b.rs",
];

fn any_plan() -> impl Strategy<Value = Plan> {
    let entries = || proptest::collection::vec(proptest::sample::select(&PATTERNS[..]), 0..3);
    let task = (entries(), entries(), 0..6usize).prop_map(|(owns, reads, after)| Task {
        title: "Step".to_owned(),
        owns: owns.into_iter().map(str::to_owned).collect(),
        reads: reads.into_iter().map(str::to_owned).collect(),
        after: vec![format!("T{after}").as_str().into()],
        ..Task::default()
    });
    proptest::collection::vec(task, 2..5).prop_map(|tasks| {
        let named = |(at, task): (usize, Task)| Task { id: format!("T{}", at + 1).as_str().into(), ..task };
        Plan { tasks: tasks.into_iter().enumerate().map(named).collect(), ..Plan::default() }
    })
}

fn any_files() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[ad](/[bc](\\.rs)?){0,2}", 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evidence_clears_no_conflict(plan in any_plan(), files in any_files()) {
        let known = Evidence::of_files("a list", files);
        let (without, with) = (analyse(&plan), analyse_with(&plan, &known));
        for a in 0..plan.tasks.len() {
            for b in 0..plan.tasks.len() {
                prop_assert!(!without.apart.contains(a, b) || with.apart.contains(a, b), "T{} T{}", a + 1, b + 1);
            }
        }
        prop_assert!(with.conflict_count >= without.conflict_count);
    }

    #[test]
    fn no_more_tasks_are_safe_with_evidence(plan in any_plan(), files in any_files()) {
        let safe = |evidence: &Arc<Evidence>| {
            let budget = Budget { steps: 50, ..Budget::default() };
            Report::new((plan.clone(), evidence), &budget).safety.safe.len()
        };
        prop_assert!(safe(&Arc::new(Evidence::of_files("a list", files))) <= safe(&Arc::default()));
    }

    #[test]
    fn any_numbers_are_read(
        files in any_files(),
        imports in proptest::collection::vec(proptest::collection::vec(0..12u32, 0..4), 0..6),
        pairs in proptest::collection::vec(proptest::array::uniform5(0..12u32), 0..6),
        generated in proptest::collection::vec(0..12u32, 0..4),
        plan in any_plan(),
    ) {
        let known = evidence(&files.iter().map(String::as_str).collect::<Vec<_>>(), |file| {
            file.imports = imports;
            file.history = Some(History { commits: 12, since: "2024".into(), pairs });
            file.generated = Generated { name: generated, ..Generated::default() };
        });
        let report = Report::new((plan, &known), &Budget { steps: 50, ..Budget::default() });
        prop_assert!(report.diagnostics.len() < 1_000);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}", cut in 0..2_000usize) {
        let _ = Evidence::read(&text);
        let whole = EvidenceFile { folders: vec![Folder { path: "a".into(), files: vec!["b".into()] }], ..EvidenceFile::default() }.to_json();
        if cut < whole.trim_end().len() {
            prop_assert!(Evidence::read(&whole[..cut]).is_err());
        }
    }
}
