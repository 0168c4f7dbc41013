//! Plans and what is advised about them. For each method there is one where it is advised, and one where it is not.

use super::*;
use crate::text;

fn advice(plan: &str, circumstances: &Circumstances) -> (Report, Advice) {
    let report = Report::new(text::parse(plan).plan, &Budget::default());
    let advice = advise(&report, circumstances);
    (report, advice)
}

/// The best method and the answer.
fn check(plan: &str, expected: &str) {
    let (_, advice) = advice(plan, &Circumstances::default());
    assert_eq!(format!("{}: {}", advice.best.name(), advice.answer), expected, "{plan}");
}

/// Whether a method is possible, or why not.
fn check_method(plan: &str, id: MethodId, expected: &str) {
    let (_, advice) = advice(plan, &Circumstances::default());
    let found = advice.methods.into_iter().find(|method| method.id == id);
    let said = found.map(|method| if method.figures.is_some() { "possible".to_owned() } else { method.why });
    assert_eq!(said.as_deref(), Some(expected), "{plan}");
}

fn repeated(count: usize, task: &str) -> String {
    (1..=count).map(|number| format!("- T{number} {}\n", task.replace('#', &number.to_string()))).collect()
}

const READERS: &str = "Sum up letter # @reads(letters/#.txt) @kind(research) ~5m";
const MOVES: &str = "Move stall # @owns(stalls/#/**) ~20m";

#[test]
fn one_conversation_where_agents_do_not_pay() {
    check(
        "- T1 Rename a constant @owns(a.rs) ~1m\n- T2 Fix a typo @owns(README.md) ~1m\n",
        "direct: In one conversation, without agents: about 2 m. Agents would take about 3 m, 2 m of it for launching \
         and checking. They pay from about 4 m a task.",
    );
    check(
        "- T1 Grammar @owns(a/**) ~20m\n- T2 Parser @owns(b/**) @after(T1) ~30m\n",
        "direct: In one conversation, without agents: about 50 m. Agents would take about 54 m, 4 m of it for launching \
         and checking, and no two tasks can run side by side.",
    );
    check("- T1 Alone @owns(a/**) ~20m\n", "direct: In one conversation, without agents: about 20 m.");
    check("- [x] T1 Done @owns(a/**) ~20m\n", "direct: Nothing is left to do.");
    check("", "direct: Nothing is left to do.");
}

#[test]
fn agents_where_one_conversation_would_cost_far_more() {
    let chain: String = (1..=15)
        .map(|number| {
            let after = if number > 1 { format!("@after(T{})", number - 1) } else { String::new() };
            format!("- T{number} Step {number} @owns(steps/{number}/**) {after} ~20m\n")
        })
        .collect();
    check(
        &chain,
        "agents: Agents, one after another: about 5 h 30 m, for $14. One conversation would take about 5 h and cost $55, \
         since each turn reads all that was there before.",
    );
}

#[test]
fn agents_where_long_tasks_can_run_side_by_side() {
    check(&repeated(3, MOVES), "agents: Agents in phases: about 22 m, instead of 1 h in one conversation.");
    check_method(&repeated(3, MOVES), MethodId::Agents, "possible");
    let alone = "- T1 Move @owns(a/**)\n- T2 Approve @kind(gate) @after(T1)\n";
    let why = "There is only one task for an agent, so there is nothing to share out.";
    check_method(alone, MethodId::Agents, why);
    check_method("- T1 Approve @kind(gate)\n", MethodId::Agents, "None of what is left is for an agent.");
}

#[test]
fn the_plan_s_own_overhead_takes_the_place_of_the_assumed_one() {
    let plan = format!("> overhead ~10m\n{}", repeated(3, MOVES));
    check(&plan, "agents: Agents in phases: about 30 m, instead of 1 h in one conversation.");
}

#[test]
fn a_pool_for_many_like_tasks_without_order() {
    let unequal: String = (1..=20)
        .map(|number| {
            format!("- T{number} Move stall {number} @owns(stalls/{number}/**) ~{}m\n", 10 + 7 * number % 13)
        })
        .collect();
    let (_, advice) = advice(&unequal, &Circumstances::default());
    assert_eq!(advice.best, MethodId::Pool, "{}", advice.answer);
    check_method(&repeated(9, MOVES), MethodId::Pool, "9 tasks are too few: a pool pays from ten on.");
    let waiting = repeated(10, MOVES) + "- T11 Join @owns(join/**) @after(T1)\n";
    check_method(
        &waiting,
        MethodId::Pool,
        "T11 waits for others, so a free agent would have little to choose from.",
    );
    let unlike = repeated(10, MOVES) + "- T11 Rebuild @owns(all/**) ~5h\n";
    check_method(&unlike, MethodId::Pool, "The tasks are not alike: they take from 20 m to 5 h.");
}

#[test]
fn tool_calls_for_short_commands_and_reads() {
    let calls = repeated(12, "Look at # @kind(verify) ~1m");
    check(&calls, "calls: As tool calls in 2 messages: about 2 m. No agents are needed.");
    // What waits goes into a later message.
    check(
        "- T1 Look @kind(verify) ~1m\n- T2 Look again @kind(verify) @after(T1) ~1m\n- T3 Look on @kind(verify) ~1m\n",
        "calls: As tool calls in 2 messages: about 2 m. No agents are needed.",
    );
    for (plan, why) in [
        (repeated(2, MOVES), "All 2 tasks change files, and that takes more than a tool call."),
        (repeated(2, READERS), "The tasks take up to 5 m, and a tool call takes less than a minute."),
        (
            "- T1 Look @kind(verify) ~1m\n- T2 Which way? @kind(gate) ~1m\n".to_owned(),
            "T2 is a decision, and can't be made as a tool call.",
        ),
        (
            "- T1 Look @kind(verify) ~1m\n- T2 Think @kind(research) ~1m\n".to_owned(),
            "T2 names neither a command nor a file to read.",
        ),
    ] {
        check_method(&plan, MethodId::Calls, why);
    }
}

#[test]
fn a_batch_for_many_reads_that_nobody_waits_for() {
    let plan = repeated(40, READERS);
    for (by, is_interactive, expected) in [
        (None, false, false),
        (Some(120.0), false, false),
        (Some(1_440.0), true, false),
        (Some(1_440.0), false, true),
        (Some(2_880.0), false, true),
    ] {
        let circumstances = Circumstances { by, is_interactive, ..Circumstances::default() };
        let (_, advice) = advice(&plan, &circumstances);
        assert_eq!(advice.best == MethodId::Batch, expected, "{by:?} {is_interactive}: {}", advice.answer);
    }
    for (plan, why) in [
        (repeated(2, MOVES), "All 2 tasks change files, which a batch can't do."),
        (
            format!("{}- T3 Compare @kind(research) @reads(a) @after(T1)\n", repeated(2, READERS)),
            "T3 waits for others, and requests of a batch know no results of each other.",
        ),
        (
            format!("{}- T3 Search @kind(research) @reads(src/**)\n", repeated(2, READERS)),
            "T3 reads a whole folder: a request holds single files, since searching takes tools.",
        ),
        (
            format!("{}- T3 Think @kind(research)\n", repeated(2, READERS)),
            "T3 names no file to read, and a request can't look for any.",
        ),
        (
            format!("{}- T3 Test @kind(verify)\n", repeated(2, READERS)),
            "T3 runs a command, and a request has no tools.",
        ),
    ] {
        check_method(&plan, MethodId::Batch, why);
    }
}

#[test]
fn like_tasks_inside_a_plan_are_advised_on_their_own() {
    let plan = repeated(20, READERS) + "- T21 Write the summary @owns(summary.md) @after(T1, T20)\n";
    let circumstances = Circumstances { by: Some(1_440.0), ..Circumstances::default() };
    let (_, found) = advice(&plan, &circumstances);
    assert_eq!(found.groups.len(), 1);
    assert_eq!((found.groups[0].tasks.len(), found.groups[0].best), (20, MethodId::Batch));
    assert!(
        found.reasons.iter().any(|reason| reason.starts_with("20 tasks are alike (T1, T2,")),
        "{found:?}"
    );
    let (_, whole) = advice(&repeated(20, READERS), &circumstances);
    assert!(whole.groups.is_empty(), "the group is the whole plan");
}

#[test]
fn what_is_not_known_comes_first() {
    let plan = "- T1 Move @owns(a/**) @model(gpt-9) ~20m\n- T2 Tidy up ~20m\n- T3 Other @owns(c) ~20m\n";
    let (_, found) = advice(plan, &Circumstances::default());
    assert_eq!(
        found.reasons[..2],
        [
            "Safe to run: 2 of 3, 1 lists no files. Tasks without files run alone, so agents gain little until their files are \
             known.",
            "What it costs is not known: there is no price for `gpt-9` (T1). Write it into the plan, as `> price: gpt-9 \
             3/15`.",
        ]
    );
    let agents =
        figures::figures_of(&found.methods, MethodId::Agents).expect("three tasks can be shared out");
    assert_eq!(agents.cost, None);
}

#[test]
fn the_hour_and_the_quota_are_answered() {
    let circumstances =
        Circumstances { by: Some(10.0), quota: Some(1.0), is_interactive: true, ..Circumstances::default() };
    let (_, found) = advice(&repeated(3, MOVES), &circumstances);
    let has = |part: &str| found.reasons.iter().any(|reason| reason.contains(part));
    assert!(has("It is not done within 10 m: no method takes less than about 22 m."), "{:?}", found.reasons);
    assert!(has("It does not fit into the $1 that are left."), "{:?}", found.reasons);
    assert!(has("You can steer between the phases"), "{:?}", found.reasons);
    assert_eq!(found.cost.fits, Some(false));
}

#[test]
fn more_agents_never_take_longer_and_cost_the_same() {
    let (_, found) = advice(&repeated(12, MOVES), &Circumstances::default());
    let rows = &found.cost.by_agents;
    assert_eq!(rows.iter().map(|row| row.agents).collect::<Vec<_>>(), [2, 3, 4, 5, 10]);
    assert!(rows.windows(2).all(|pair| pair[0].minutes >= pair[1].minutes && pair[0].cost == pair[1].cost));
    assert!(rows[0].minutes > rows[4].minutes);
}

#[test]
fn ranges_of_estimates_give_a_range_of_the_price() {
    let (_, found) =
        advice("- T1 a @owns(a) ~10m..20m..60m\n- T2 b @owns(b) ~20m\n", &Circumstances::default());
    let best = figures::figures_of(&found.methods, found.best).and_then(|figures| figures.cost);
    let (low, high) = found.cost.range.expect("one estimate has a range");
    assert!(best.is_some_and(|best| low < best && best < high), "{low} {best:?} {high}");
}
