//! Several plans side by side: conflicts and the order of landing, compared with checking every pair.

use phaseplan::analysis::Ownership;
use phaseplan::beside::{self, Reason, Together, Work};
use phaseplan::changed_files;
use phaseplan::evidence::Evidence;
use phaseplan::plan::{Plan, Status};
use phaseplan::text;
use proptest::prelude::*;

/// Plans between lines `= NAME`; `= NAME branch` has a list of changed files.
fn works(text: &str) -> Vec<Work> {
    let part = |part: &str| {
        let (head, body) = part.split_once('\n').expect("a line with the name");
        match head.trim().strip_suffix(" branch") {
            Some(name) => Work::branch(name, &changed_files::read(body.as_bytes())),
            None => Work::plan(head.trim(), text::parse(body).plan),
        }
    };
    text.split("= ").filter(|part| !part.trim().is_empty()).map(part).collect()
}

/// Compares what is said: what is not known, the conflicts, and the order of landing.
#[track_caller]
fn check(text: &str, expected: &str) {
    let works = works(text);
    let together = Together::of(&works, &Evidence::default());
    let mut lines = beside::not_known(&works, &together);
    lines.extend(together.crossings.iter().map(|one| beside::conflict(&works, one)));
    lines.extend(
        together
            .landing
            .iter()
            .map(|one| format!("{}: {}", works[one.work].name, beside::landing(&works, one))),
    );
    assert_eq!(lines.join("\n"), expected.trim(), "{text}");
    assert_eq!(together.count, together.crossings.len());
}

#[test]
fn an_entry_that_evidence_knows_as_a_folder_takes_in_what_is_below() {
    let works = works("= api\n- T1 Cart @owns(src/cart)\n= ui\n- T1 Sweep @owns(**/*.rs)\n");
    let known = Evidence::of_files("a list", ["src/cart/a.rs", "src/b.rs"]);
    assert_eq!(Together::of(&works, &Evidence::default()).count, 0);
    let together = Together::of(&works, &known);
    let said: Vec<String> = together.crossings.iter().map(|one| beside::conflict(&works, one)).collect();
    assert_eq!(together.count, 1);
    assert!(said[0].starts_with("T1 of `api` and T1 of `ui` can both change `src/cart/"), "{said:?}");
}

#[test]
fn plans_without_a_common_file_land_first() {
    check(
        "= a\n- T1 @owns(src/a/**)\n= b\n- T1 @owns(src/b/**)\n- T2 @owns(x)\n= c\n- T1 @owns(src/a/x.rs)\n",
        "
T1 of `a` and T1 of `c` can both change `src/a/x.rs`.
b: shares no file with the others
a: the largest of those that are left: 1 entry of files it may change
c: what is left",
    );
}

#[test]
fn who_reads_what_another_changes_lands_after_it() {
    check(
        "= ui\n- T1 @owns(ui/**, app.ts, x, y) @reads(api/types.ts)\n= api\n- T7 @owns(api/**)\n",
        "
T1 of `ui` reads `api/types.ts`, which T7 of `api` can change.
api: `ui` needs what it changes
ui: needs what `api` changes",
    );
    check(
        "= a\n- T1 @owns(a) @reads(b)\n= b\n- T1 @owns(b, c) @reads(a)\n",
        "
T1 of `b` reads `a`, which T1 of `a` can change.
b: it and `a` need what the other changes, so that no order is right; it is the largest: 2 entries of \
         files it may change
a: needs what `b` changes",
    );
}

#[test]
fn a_branch_is_work_that_runs_anyway() {
    check(
        "= a\n- T1 @owns(src/*.rs)\n- T2 @owns(docs/**) @after(T1)\n\
         = login branch\nM\tsrc/x.rs\nM\tapp/[ch].ts\n",
        "
T1 of `a` and branch `login` can both change `src/x.rs`.
a: the largest of those that are left: 2 entries of files it may change
login: what is left",
    );
}

#[test]
fn what_is_not_known_is_said_first() {
    check(
        "= a\n- T1 One\n- T2 @owns(a)\n- [x] T3 Done\n= b branch\n",
        "
1 task of `a` lists no files, or some that can't be read (T1): whether it collides with another plan is not \
         known.
`b` lists no file that can be compared, so what it collides with is not known.
a: shares no file that is known with the others
b: shares no file that is known with the others",
    );
}

#[test]
fn resources_and_migrations_meet_between_plans_and_done_work_does_not() {
    check(
        "= a\n> capacity: db 3\n- T1 @owns(db/migrate/1_a.rb) @uses(db 2)\n- [x] T2 @owns(x)\n\
         = b\n> capacity: db 2\n- T1 @owns(db/migrate/2_b.rb) @uses(db)\n- T2 @owns(x)\n- T3 @owns(x)\n",
        "
T1 of `a` and T1 of `b` together use 3 of `db`, of which there are 2.
T1 of `a` and T1 of `b` both add to the migrations in `db/migrate`.
b: the largest of those that are left: 2 entries of files it may change
a: what is left",
    );
}

#[test]
fn a_path_is_a_folder_if_another_plan_goes_below_it() {
    check(
        "= a\n- T1 @owns(src/auth)\n= b\n- T1 @owns(src/auth/login.rs)\n",
        "
T1 of `a` and T1 of `b` can both change `src/auth/login.rs`.
a: the largest of those that are left: 1 entry of files it may change
b: what is left",
    );
}

#[test]
fn large_plans_are_compared_in_nearly_linear_time() {
    let plan = |name: &str, offset: usize| {
        let tasks: String =
            (0..3_000).map(|at| format!("- T{at} @owns(src/m{}/**)\n", at + offset)).collect();
        format!("= {name}\n{tasks}")
    };
    let works = works(&[plan("a", 0), plan("b", 2_990)].concat());
    let together = Together::of(&works, &Evidence::default());
    assert_eq!((together.count, together.assumed), (10, 0));
}

fn any_works() -> impl Strategy<Value = Vec<Work>> {
    let pattern =
        prop::sample::select(vec!["a", "b", "c/**", "c/x", "c/y", "*", "d/{x,y}", "d/x", "!c/x", "e/**"]);
    let list = move |most| prop::collection::vec(pattern.clone(), 0..most);
    let status = prop::sample::select(vec![Status::Todo, Status::Running, Status::Done, Status::Dropped]);
    let task = (list(3), list(3), status);
    let plan = prop::collection::vec(task, 0..4).prop_map(|tasks| {
        let mut plan = Plan::default();
        for (at, (owns, reads, status)) in tasks.into_iter().enumerate() {
            plan.tasks.push(phaseplan::Task {
                id: format!("T{at}").as_str().into(),
                owns: owns.into_iter().map(str::to_owned).collect(),
                reads: reads.into_iter().map(str::to_owned).collect(),
                status,
                ..phaseplan::Task::default()
            });
        }
        plan
    });
    prop::collection::vec(plan, 1..5).prop_map(|plans| {
        plans.into_iter().enumerate().map(|(at, plan)| Work::plan(format!("p{at}"), plan)).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_comparing_every_pair_of_tasks(works in any_works()) {
        let together = Together::of(&works, &Evidence::default());
        let files: Vec<Ownership> = works.iter().map(|work| Ownership::of(&work.plan)).collect();
        let mut expected = Vec::new();
        let mut needs = vec![vec![false; works.len()]; works.len()];
        let mut meets = vec![false; works.len()];
        let places: Vec<(usize, usize)> = works
            .iter()
            .enumerate()
            .flat_map(|(at, work)| (0..work.plan.tasks.len()).map(move |task| (at, task)))
            .collect();
        for &(a, s) in &places {
            for &(b, t) in places.iter().filter(|other| other.0 > a) {
                let (ours, theirs) = (&files[a], &files[b]);
                let both_write = ours.owns[s].overlap(&theirs.owns[t]).is_some();
                let theirs_reads = theirs.reads[t].overlap(&ours.owns[s]).is_some();
                let ours_reads = ours.reads[s].overlap(&theirs.owns[t]).is_some();
                if both_write {
                    expected.push((a, s, b, t, "write/write"));
                }
                if theirs_reads || ours_reads {
                    expected.push((a, s, b, t, "read/write"));
                }
                needs[b][a] |= theirs_reads;
                needs[a][b] |= ours_reads;
                for work in [a, b] {
                    meets[work] |= both_write || theirs_reads || ours_reads;
                }
            }
        }
        let mut found: Vec<_> = together.crossings.iter().map(|one| {
            let [first, second] = one.places;
            (first.work, first.task, second.work, second.task, one.kind.code())
        }).collect();
        found.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(found, expected);
        check_landing(&works, &together, &needs, &meets)?;
    }
}

/// Whether the order of landing is one that the rules allow; `needs[a][b]` says that `a` needs what `b` leaves.
fn check_landing(
    works: &[Work],
    together: &Together,
    needs: &[Vec<bool>],
    meets: &[bool],
) -> Result<(), TestCaseError> {
    let sequence: Vec<usize> = together.landing.iter().map(|one| one.work).collect();
    let mut sorted = sequence.clone();
    sorted.sort_unstable();
    prop_assert_eq!(sorted, (0..works.len()).collect::<Vec<_>>());
    let disjoint = meets.iter().filter(|meets| !**meets).count();
    // Whether one needs the other through any number of plans, by following every way.
    let reaches = |from: usize, to: usize| {
        let mut seen = vec![from];
        let mut at = 0;
        while at < seen.len() {
            let further: Vec<usize> =
                (0..works.len()).filter(|&next| needs[seen[at]][next] && !seen.contains(&next)).collect();
            seen.extend(further);
            at += 1;
        }
        from != to && seen.contains(&to)
    };
    for (at, landing) in together.landing.iter().enumerate() {
        let work = landing.work;
        prop_assert_eq!(landing.reason == Reason::Disjoint, at < disjoint);
        prop_assert_eq!(meets[work], at >= disjoint);
        let later = &sequence[at + 1..];
        for &other in later {
            prop_assert!(!reaches(work, other) || reaches(other, work), "{} lands before {}", work, other);
            // Whoever could have landed here instead is not larger.
            let rest = || sequence[at..].iter().copied().filter(|&third| third != other);
            let could = meets[other] == meets[work]
                && rest().all(|third| !reaches(other, third) || reaches(third, other));
            prop_assert!(
                !could || works[other].size() <= works[work].size(),
                "{} is larger than {}",
                other,
                work
            );
        }
        match &landing.reason {
            Reason::After(others) => {
                prop_assert!(
                    others.iter().all(|&other| needs[work][other] && sequence[..at].contains(&other))
                );
            }
            Reason::Before(others) => {
                prop_assert!(others.iter().all(|&other| needs[other][work] && later.contains(&other)));
            }
            Reason::Cycle(others) => {
                prop_assert!(others.iter().all(|&other| needs[work][other] && reaches(other, work)));
            }
            Reason::Disjoint | Reason::Largest | Reason::Last => {}
        }
    }
    Ok(())
}
