//! Conflicts between tasks, from small plans with one task per line, and compared with checking every pair.

use phaseplan::analysis::conflict::{self, Conflicts, MAX_LISTED};
use phaseplan::analysis::{ConflictKind, Order};
use phaseplan::plan::{Acceptance, Plan, Resource, ResourceUse, Status, Task};
use proptest::prelude::*;

/// A plan with one task per line, `ID owns PATTERN… reads PATTERN… after ID… uses NAME=AMOUNT… accepts ID…
/// dropped`; a line `capacity NAME=AMOUNT…` sets capacities.
fn plan(text: &str) -> Plan {
    let mut plan = Plan::default();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut words = line.split_whitespace();
        let id = words.next().unwrap_or_default();
        let amount = |word: &str| {
            let (name, amount) = word.split_once('=').expect("NAME=AMOUNT");
            (name.to_owned(), amount.parse::<u32>().expect("an amount"))
        };
        if id == "capacity" {
            plan.resources.extend(words.map(amount).map(|(name, capacity)| Resource { name, capacity }));
            continue;
        }
        let mut task = Task { id: id.into(), ..Task::default() };
        let mut field = "";
        for word in words {
            match (word, field) {
                ("owns" | "reads" | "after" | "uses" | "accepts", _) => field = word,
                ("dropped", _) => task.status = Status::Dropped,
                (_, "owns") => task.owns.push(word.to_owned()),
                (_, "reads") => task.reads.push(word.to_owned()),
                (_, "after") => task.after.push(word.into()),
                (_, "uses") => {
                    let (resource, amount) = amount(word);
                    task.uses.push(ResourceUse { resource, amount });
                }
                (_, "accepts") => {
                    task.accepts.push(Acceptance { task: word.into(), reason: format!("{id} said so") });
                }
                _ => panic!("{line}: {word}"),
            }
        }
        plan.tasks.push(task);
    }
    plan
}

fn find(plan: &Plan) -> Conflicts {
    conflict::find(plan, &Order::of(plan))
}

/// The conflicts, one per line.
fn written(plan: &Plan, found: &Conflicts) -> String {
    let id = |task: usize| plan.tasks[task].id.as_str();
    let mut lines: Vec<String> = Vec::new();
    for conflict in &found.listed {
        let what = match &conflict.kind {
            ConflictKind::WriteWrite(overlap) => overlap.witness.clone(),
            ConflictKind::ReadWrite { reader, overlap } => format!("{} by {}", overlap.witness, id(*reader)),
            ConflictKind::Resource { resource, demand, capacity } => {
                format!("{resource} {demand}/{capacity}")
            }
            ConflictKind::Migrations { chain } => chain.clone(),
            ConflictKind::Creation { creator, path } => format!("{path} by {}", id(*creator)),
        };
        let accepted = conflict.accepted.as_ref().map_or(String::new(), |reason| format!(" ({reason})"));
        lines.push(format!(
            "{} {} {} {what}{accepted}",
            id(conflict.a),
            id(conflict.b),
            conflict.kind.code()
        ));
        assert_eq!(found.apart.contains(conflict.a, conflict.b), conflict.accepted.is_none(), "{lines:?}");
    }
    for overlap in &found.ordered_overlaps {
        lines.push(format!("{} before {} {}", id(overlap.first), id(overlap.second), overlap.witness));
    }
    for reading in &found.ownership.folders {
        let (folder, below) = (&reading.written, &reading.below);
        lines.push(format!(
            "{} {} {} is a folder: {}",
            id(folder.task),
            folder.field.name(),
            folder.text,
            below.text
        ));
    }
    for one in &found.ownership.unreadable {
        lines.push(format!(
            "{} {} {} column {}",
            id(one.written.task),
            one.written.field.name(),
            one.written.text,
            one.error.column
        ));
    }
    for clash in found.ownership.case_clashes(plan) {
        lines.push(format!("{} and {}", clash.path, clash.other_path));
    }
    lines.join("\n")
}

fn check(text: &str, expected: &str) {
    let plan = plan(text);
    let found = find(&plan);
    assert_eq!(found.count, found.listed.len());
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    assert_eq!(written(&plan, &found), expected.join("\n"), "{text}");
}

#[test]
fn two_writers_of_one_file() {
    check(
        "a owns src/auth/**\nb owns src/auth/login.ts\nc owns src/authz/**",
        "a b write/write src/auth/login.ts",
    );
    check("a owns src/** src/x.ts\nb owns src/**", "a b write/write src/x.ts");
    check("a owns src/* !src/b*\nb owns src/* !src/a*", "a b write/write src/c");
    check("a owns src/** !src/gen/**\nb owns src/gen/*.ts", "");
    check("a owns src/x.ts\nb owns ./src//x.ts", "a b write/write src/x.ts");
    check(
        "a owns {src,lib/a}/x.ts\nb owns lib/**\nc owns src/*.ts",
        "
        a b write/write lib/a/x.ts
        a c write/write src/x.ts",
    );
    check(
        "a owns **/*.md\nb owns docs/**\nc owns README.md",
        "
        a b write/write docs/a.md
        a c write/write README.md",
    );
}

#[test]
fn a_reader_and_a_writer() {
    check("a reads db/schema.sql\nb owns db/**", "a b read/write db/schema.sql by a");
    check("a owns db/**\nb reads db/schema.sql", "a b read/write db/schema.sql by b");
    check("a reads db/**\nb reads db/**", "");
    check("a owns x reads x\nb owns y", "");
    check("a owns x reads y\nb owns y reads x", "a b read/write x by b");
    check(
        "a owns x reads x\nb owns x",
        "
        a b write/write x
        a b read/write x by a",
    );
}

#[test]
fn more_of_a_resource_than_there_is() {
    check("a uses db=1\nb uses db=1\nc uses port=1", "a b resource db 2/1");
    check("capacity quota=5\na uses quota=3\nb uses quota=2\nc uses quota=3", "a c resource quota 6/5");
    check("capacity quota=5\na uses quota=6\nb uses quota=1", "");
    check("capacity quota=5\na uses quota=2 quota=2\nb uses quota=2", "a b resource quota 6/5");
    check("capacity db=0\na uses db=1\nb uses db=1", "");
    check("a uses db=0\nb uses db=1", "");
    check(
        "a owns x uses db=1\nb owns x uses db=1\nc after a uses db=1",
        "
        a b write/write x
        a b resource db 2/1
        b c resource db 2/1",
    );
}

#[test]
fn ordered_tasks_do_not_conflict() {
    check(
        "a owns src/**\nb owns src/x after a\nc reads src/y after b",
        "
        a before b src/x
        a before c src/y",
    );
    check("b owns src/x after a\na owns src/**", "a before b src/x");
}

#[test]
fn dropped_tasks_take_no_part() {
    check("a owns src/**\nb owns src/x dropped\nc uses db=1 dropped\nd uses db=1", "");
    check("a owns src/x\nb owns src/x/y dropped", "");
}

#[test]
fn an_accepted_conflict_is_listed_and_not_kept_apart() {
    check("a owns x\nb owns x accepts a", "a b write/write x (b said so)");
    check(
        "a owns x accepts b\nb owns x\nc owns x",
        "
        a b write/write x (a said so)
        a c write/write x
        b c write/write x",
    );
    check("a owns x accepts nobody a\nb owns x", "a b write/write x");
}

#[test]
fn a_path_that_others_go_below_is_a_folder() {
    check(
        "a owns src/auth\nb owns src/auth/login.ts",
        "
        a b write/write src/auth/login.ts
        a owns src/auth is a folder: src/auth/login.ts",
    );
    check(
        "a owns src/auth\nb owns src/{auth,db}/*.ts",
        "
        a b write/write src/auth/a.ts
        a owns src/auth is a folder: src/{auth,db}/*.ts",
    );
    check(
        "a owns src !src/gen\nb reads src/gen/**",
        "
        a owns src is a folder: !src/gen
        a owns !src/gen is a folder: src/gen/**",
    );
    check("a owns src/auth\nb owns src/*/x", "");
    check(
        "a owns docs\nb owns docs/",
        "
        a b write/write docs/a
        a owns docs is a folder: docs/",
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    check(
        "a owns src/[ src/x\nb owns !../y TBD reads src/x",
        "
        a b read/write src/x by b
        a owns src/[ column 5
        b owns !../y column 1
        b owns TBD column 1",
    );
}

#[test]
fn paths_that_differ_in_case_only() {
    check("a owns README.md\nb owns readme.md", "README.md and readme.md");
    check(
        "a owns src/a.ts\nb owns Src/b.ts Src/c.ts\nc owns src/d/E.ts src/d/e.ts",
        "
        src and Src
        src/d/E.ts and src/d/e.ts",
    );
}

#[test]
fn ten_thousand_tasks_in_one_file_are_counted() {
    let tasks = (0..10_000).map(|i| Task {
        id: format!("t{i}").as_str().into(),
        owns: vec!["src/**".to_owned(), format!("src/x{i}.ts")],
        ..Task::default()
    });
    let plan = Plan { tasks: tasks.collect(), ..Plan::default() };
    let found = find(&plan);
    assert_eq!(found.count, 10_000 * 9_999 / 2);
    assert_eq!(found.listed.len(), MAX_LISTED);
    assert_eq!(found.apart.count(), found.count);
    assert_eq!(found.listed[0].kind.witness(), Some("src/x1.ts"));
}

/// A few patterns over few names, so that many of them overlap.
fn pattern() -> impl Strategy<Value = String> {
    let patterns = [
        "a",
        "a/b",
        "a/b/c",
        "a/*",
        "a/**",
        "**/c",
        "*",
        "**",
        "{a,b}/c",
        "{a/b,b}/c",
        "b/",
        "a/b*",
        "*/b",
        "!a/b",
        "!a/**",
        "!**/c",
        "!*",
        "b/[cd]",
        "d",
    ];
    proptest::sample::select(patterns.to_vec()).prop_map(str::to_owned)
}

fn small_plan() -> impl Strategy<Value = Plan> {
    let list = |most| proptest::collection::vec(pattern(), 0..most);
    let task = (list(4), list(3), proptest::collection::vec(0_usize..8, 0..2), 0_u32..4, 0_usize..40, 0..12);
    proptest::collection::vec(task, 1..9).prop_map(|rows| {
        let id = |i: usize| format!("t{i}").as_str().into();
        let tasks =
            rows.into_iter().enumerate().map(|(i, (owns, reads, after, amount, accepts, status))| Task {
                id: id(i),
                owns,
                reads,
                // Waits only for earlier tasks, so there is no cycle.
                after: after.into_iter().filter(|&other| other < i).map(id).collect(),
                uses: vec![ResourceUse { resource: "r".to_owned(), amount }],
                accepts: vec![Acceptance { task: id(accepts), reason: String::new() }],
                status: if status == 0 { Status::Dropped } else { Status::Todo },
                ..Task::default()
            });
        let resources = vec![Resource { name: "r".to_owned(), capacity: 3 }];
        Plan { tasks: tasks.collect(), resources, ..Plan::default() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_comparing_every_pair(plan in small_plan()) {
        let order = Order::of(&plan);
        let found = conflict::find(&plan, &order);
        let (owns, reads) = (&found.ownership.owns, &found.ownership.reads);
        let mut count = 0;
        let mut ordered = 0;
        for a in 0..plan.tasks.len() {
            prop_assert!(!found.apart.contains(a, a));
            for b in a + 1..plan.tasks.len() {
                let writes = owns[a].overlap(&owns[b]).is_some();
                let reads = reads[a].overlap(&owns[b]).is_some() || owns[a].overlap(&reads[b]).is_some();
                let (one, two) = (&plan.tasks[a], &plan.tasks[b]);
                let is_dropped = one.status == Status::Dropped || two.status == Status::Dropped;
                let is_short = !is_dropped && one.uses[0].amount.min(two.uses[0].amount) > 0
                    && one.uses[0].amount + two.uses[0].amount > 3;
                let expected = match order.are_ordered(a, b) {
                    true => {
                        ordered += usize::from(writes || reads);
                        0
                    }
                    false => usize::from(writes) + usize::from(reads) + usize::from(is_short),
                };
                count += expected;
                let listed: Vec<_> = found.listed.iter().filter(|one| (one.a, one.b) == (a, b)).collect();
                prop_assert_eq!(listed.len(), expected, "{} and {}", a, b);
                let is_accepted = one.accepts[0].task == two.id || two.accepts[0].task == one.id;
                prop_assert_eq!(found.apart.contains(a, b), expected > 0 && !is_accepted);
                prop_assert_eq!(found.apart.contains(b, a), expected > 0 && !is_accepted);
                prop_assert!(listed.iter().all(|one| one.accepted.is_some() == is_accepted));
                for conflict in listed {
                    let (left, right, overlap) = match &conflict.kind {
                        ConflictKind::WriteWrite(overlap) => (&owns[a], &owns[b], overlap),
                        ConflictKind::ReadWrite { reader, overlap } =>
                            (&found.ownership.reads[*reader], &owns[a + b - reader], overlap),
                        _ => continue,
                    };
                    prop_assert!(left.matches(&overlap.witness) && right.matches(&overlap.witness));
                }
            }
        }
        prop_assert_eq!(found.count, count);
        prop_assert_eq!(found.ordered_overlaps.len(), ordered);
    }
}
