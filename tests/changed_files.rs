//! Whose a changed file is, compared with a matcher by others.

use globset::GlobBuilder;
use phaseplan::changed_files::{self, Asked, Change, ChangedFile, Judged, Judgement, Verdict};
use phaseplan::plan::{Plan, Status, Task};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text;
use proptest::prelude::*;

fn report(plan: Plan) -> Report {
    Report::new(plan, &Budget { steps: 0, ..Budget::default() })
}

/// Judges names, one a line, for a task, or for what is to be done now if `task` is empty. One line each: the
/// verdict, the owner with the pattern, and what giving it away costs.
#[track_caller]
fn check(plan: &str, task: &str, names: &str, expected: &[&str]) {
    let report = report(text::parse(plan).plan);
    let asked = match task {
        "" => Asked::now(&report),
        task => Asked::task(&report, &task.into()).expect("a task of the plan"),
    };
    let own = ["plans/a.md".to_owned()];
    let judgement = Judgement::of(&report, asked, &own, changed_files::read(names.as_bytes()));
    let givings = judgement.givings(&report, &Budget::default());
    let id = |task: usize| report.plan.tasks[task].id.as_str();
    let line = |(judged, giving): (&Judged, &Option<changed_files::Giving>)| {
        let owned =
            |owner: &changed_files::Owner| format!("{} {}", owner.task.map_or("plan", id), owner.pattern);
        let verdict = match &judged.verdict {
            Verdict::Fine(owner) => format!("fine {}", owned(owner)),
            Verdict::Foreign(owner) => format!("foreign {}", owned(owner)),
            Verdict::Nobody { is_folder: true, .. } => "folder".to_owned(),
            Verdict::Nobody { left_out: Some(owner), .. } => format!("nobody, left out by {}", owned(owner)),
            Verdict::Nobody { .. } => "nobody".to_owned(),
        };
        let cost = giving.as_ref().map(|giving| {
            let others: Vec<&str> = giving.collides_with.iter().map(|&task| id(task)).collect();
            format!(" | {} m, collides with [{}]", giving.gain.minutes, others.join(" "))
        });
        format!("{}: {verdict}{}", judged.file.path, cost.unwrap_or_default())
    };
    let lines: Vec<String> = judgement.files.iter().zip(&givings).map(line).collect();
    assert_eq!(lines, expected, "{plan}");
}

const PLAN: &str = "\
- [x] T1 Tables @owns(db/**)
- T2 Handlers @owns(src/api/**, !src/api/gen/**) ~20m
- T3 Page @owns(src/ui, src/app.ts) ~30m
- T4 Tests @owns(src/ui/tests/**) @reads(src/app.ts) @after(T3) ~10m
- T5 Look @kind(research) @after(T2)
";

#[test]
fn each_path_has_its_owner() {
    check(
        PLAN,
        "T2",
        "src/api/a.rs\nsrc/api/gen/x.rs\ndb/x.sql\nsrc/ui/tests/t.ts\nsrc/ui/p.ts\nSrc/api/a.rs\nplans/a.md\n\
         .phaseplan/run/run.md\nsrc/ui/\n",
        &[
            "src/api/a.rs: fine T2 src/api/**",
            "src/api/gen/x.rs: nobody, left out by T2 src/api/gen/**",
            "db/x.sql: foreign T1 db/** | 0 m, collides with []",
            "src/ui/tests/t.ts: foreign T3 src/ui/** | 0 m, collides with [T4]",
            "src/ui/p.ts: foreign T3 src/ui/** | 0 m, collides with []",
            "Src/api/a.rs: nobody | 0 m, collides with []",
            "plans/a.md: fine plan plans/a.md",
            ".phaseplan/run/run.md: fine plan .phaseplan/**",
            "src/ui/: folder",
        ],
    );
}

#[test]
fn what_runs_or_comes_first_is_fine_without_a_task() {
    check(
        "- [~] T1 @owns(a)\n- T2 @owns(b)\n- T3 @owns(c) @after(T2)\n",
        "",
        "a\nb\nc\n",
        &["a: fine T1 a", "b: fine T2 b", "c: foreign T3 c"],
    );
}

#[test]
fn giving_a_file_away_costs_what_the_schedule_says() {
    check(
        "> overhead 0\n- T1 One @owns(a, x) ~20m\n- T2 Two @owns(b) ~20m\n\
         - T3 Three @owns(c) @reads(x, y) @after(T1) ~20m\n- T4 Four @owns(d) @reads(y) ~20m\n",
        "T2",
        "x\ny\n",
        &["x: foreign T1 x | 0 m, collides with [T3]", "y: nobody | 0 m, collides with [T3 T4]"],
    );
}

#[test]
fn a_task_that_changes_nothing_is_given_nothing() {
    check(PLAN, "T5", "db/x.sql\nz\n", &["db/x.sql: foreign T1 db/**", "z: nobody"]);
}

#[test]
fn a_backslash_in_a_name_separates_no_folders() {
    let plan = "- T1 @owns(src/api/x.rs)\n- T2 @owns(docs/*.md)\n";
    check(
        plan,
        "T2",
        "src\\api\\x.rs\ndocs/a\\b.md\n",
        &["src\\api\\x.rs: nobody", "docs/a\\b.md: fine T2 docs/*.md"],
    );
}

#[test]
fn an_accent_in_two_characters_is_the_same_name() {
    check(
        "- T1 @owns(docs/\u{e9}.md)\n",
        "T1",
        "docs/e\u{301}.md\n",
        &["docs/e\u{301}.md: fine T1 docs/\u{e9}.md"],
    );
}

/// Whether a list of entries has the path, by another program's matcher.
fn has(entries: &[String], path: &str) -> bool {
    let matches = |pattern: &str| {
        let glob = GlobBuilder::new(pattern).literal_separator(true).build().expect("a pattern");
        glob.compile_matcher().is_match(path)
    };
    let includes = |entry: &&String| !entry.starts_with('!');
    entries.iter().filter(includes).any(|entry| matches(entry))
        && !entries.iter().filter_map(|entry| entry.strip_prefix('!')).any(matches)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_another_matcher(
        lists in prop::collection::vec(
            (
                prop::collection::vec(
                    prop::sample::select(vec![
                        "a/**", "a/x.rs", "*.md", "b/*/c.ts", "**/t.rs", "!a/x.rs", "!**/t.rs",
                        "b/?.{rs,ts}", "[ab].md",
                    ]),
                    0..4,
                ),
                prop::sample::select(Status::ALL.to_vec()),
            ),
            1..6,
        ),
        paths in prop::collection::vec(
            prop::sample::select(vec![
                "a/x.rs", "a/b/t.rs", "t.rs", "a.md", "c.md", "b/q/c.ts", "b/x.ts", "b/xy.ts", "A.md",
            ]),
            0..6,
        ),
        asked in 0_usize..6,
    ) {
        let mut plan = Plan::default();
        for (at, (owns, status)) in lists.iter().enumerate() {
            plan.tasks.push(Task {
                id: format!("T{at}").as_str().into(),
                owns: owns.iter().map(|&entry| entry.to_owned()).collect(),
                status: *status,
                ..Task::default()
            });
        }
        let report = report(plan);
        let asked = asked % report.plan.tasks.len();
        let owns = |task: usize, path: &str| {
            let task = &report.plan.tasks[task];
            task.status != Status::Dropped && has(&task.owns, path)
        };
        let files: Vec<ChangedFile> =
            paths.iter().map(|&path| ChangedFile { path: path.to_owned(), change: Change::Unknown }).collect();
        let judgement = Judgement::of(&report, Asked { tasks: vec![asked] }, &[], files);
        prop_assert_eq!(judgement.files.len(), paths.len());
        for judged in &judgement.files {
            let path = judged.file.path.as_str();
            let somebody = (0..report.plan.tasks.len()).any(|task| owns(task, path));
            match &judged.verdict {
                Verdict::Fine(owner) => {
                    prop_assert_eq!(owner.task, Some(asked));
                    prop_assert!(owns(asked, path));
                    prop_assert!(has(std::slice::from_ref(&owner.pattern), path));
                }
                Verdict::Foreign(owner) => {
                    let task = owner.task.expect("an owner");
                    prop_assert!(!owns(asked, path) && owns(task, path));
                    prop_assert!(report.plan.tasks[task].owns.contains(&owner.pattern));
                    prop_assert!(has(std::slice::from_ref(&owner.pattern), path));
                }
                Verdict::Nobody { .. } => prop_assert!(!somebody),
            }
        }
    }
}
