//! Seconds, calls, groups in order and commands that slow each other down: from text to phases and prompts.

use phaseplan::export::{self, Options, Output};
use phaseplan::plan::Plan;
use phaseplan::schedule::{Budget, verify};
use phaseplan::share::{self, Contents};
use phaseplan::text::{self, Spelling};
use phaseplan::{Report, explain};

/// The phases of a plan with their lengths, and how long all takes one after another, in phases and without.
#[track_caller]
fn check(text: &str, expected: &str) {
    let report = Report::new(text::parse(text).plan, &Budget::default());
    let (plan, schedule) = (&report.plan, &report.schedule);
    verify::of_plan(plan, &report.analysis, schedule).expect("a valid schedule");
    let mut told = String::new();
    for phase in &schedule.phases {
        let ids: Vec<&str> = phase.tasks.iter().map(|task| plan.tasks[*task].id.as_str()).collect();
        told += &format!("{}: {}\n", ids.join(" "), explain::duration(phase.minutes));
    }
    let figures = [schedule.serial, schedule.phased, schedule.rolling.minutes].map(explain::duration);
    told += &figures.join(" · ");
    assert_eq!(told, expected.trim(), "\n{text}");
}

#[test]
fn seconds_are_scheduled_as_seconds() {
    check("- T1 @kind(research) ~5s\n- T2 @kind(research) ~40s\n", "T1 T2: 40 s\n45 s · 40 s · 40 s");
    check(
        "- T1 @kind(research) ~5s\n- T2 @kind(research) @after(T1) ~1h\n",
        "T1: 5 s\nT2: 1 h\n1 h · 1 h · 1 h",
    );
    check(
        "> overhead ~30s\n- T1 @kind(research) ~1m\n- T2 @kind(research) ~1m\n",
        "T1 T2: 1 m\n3 m · 90 s · 90 s",
    );
}

/// A task of days beside one of seconds: the unit is a few seconds then, and nothing is shorter than it takes.
#[test]
fn days_beside_seconds_are_rounded_up() {
    let plan = text::parse("- T1 @kind(research) ~7s\n- T2 @kind(research) @after(T1) ~10d\n").plan;
    let report = Report::new(plan, &Budget::default());
    let exact = report.plan.tasks.iter().map(|task| report.plan.minutes_of(task)).sum();
    assert!(report.schedule.phased >= exact);
    assert!(report.schedule.phased.longer_than(exact) < 1);
}

#[test]
fn groups_wait_for_each_other_if_the_plan_says_so() {
    let groups = "## A\n- T1 @owns(a)\n- T2 @owns(b) @after(T1)\n## B\n- T3 @owns(c)\n## C\n- T4 @owns(d)\n";
    check(groups, "T1 T3 T4: 20 m\nT2: 20 m\n1 h 20 m · 40 m · 40 m");
    let in_order = format!("> groups in order\n{groups}");
    check(&in_order, "T1: 20 m\nT2: 20 m\nT3: 20 m\nT4: 20 m\n1 h 20 m · 1 h 20 m · 1 h 20 m");
    // What is done or dropped holds nobody up, and order passes through it.
    let done = in_order.replace("- T3", "- [x] T3");
    check(&done, "T1: 20 m\nT2: 20 m\nT4: 20 m\n1 h · 1 h · 1 h");
    let dropped = in_order.replace("- T3 @owns(c)", "- T3 @owns(c) @status(dropped)");
    check(&dropped, "T1: 20 m\nT2: 20 m\nT4: 20 m\n1 h · 1 h · 1 h");
}

#[test]
fn waits_between_groups_are_called_redundant_by_nobody() {
    let plan =
        text::parse("> groups in order\n## A\n- T1 @owns(a)\n## B\n- T2 @owns(b)\n## C\n- T3 @owns(c)\n")
            .plan;
    let report = Report::new(plan, &Budget::default());
    let told: Vec<&str> = report.diagnostics.iter().map(|one| one.code).collect();
    assert!(!told.iter().any(|code| code.starts_with("PP2")), "{told:?}");
}

#[test]
fn commands_that_write_one_thing_take_turns() {
    check(
        "- T1 @kind(call) @run(git add docs) ~2s\n- T2 @kind(call) @run(git commit -m \"a, b\") ~2s\n\
         - T3 @kind(call) @run(git status) ~2s\n- T4 @kind(call) @run(npm install) ~2s\n",
        "T1 T3 T4: 2 s\nT2: 2 s\n8 s · 4 s · 4 s",
    );
}

#[test]
fn calls_are_not_launched() {
    check("> overhead ~2m\n- T1 @kind(call) @run(git status) ~5s\n", "T1: 5 s\n5 s · 5 s · 5 s");
}

#[test]
fn commands_that_compute_slow_each_other_down() {
    let suites = "- T1 @kind(call) @run(pytest a) ~10s\n- T2 @kind(call) @run(pytest b) ~10s\n";
    check(suites, "T1 T2: 13 s\n20 s · 13 s · 13 s");
    check(&format!("> efficiency 0.5\n{suites}"), "T1 T2: 20 s\n20 s · 20 s · 20 s");
    check(&format!("> efficiency 1\n{suites}"), "T1 T2: 10 s\n20 s · 10 s · 10 s");
    let ordered = suites.replace("b) ~10s", "b) ~10s @after(T1)");
    check(&ordered, "T1: 10 s\nT2: 10 s\n20 s · 20 s · 20 s");
}

#[test]
fn the_prompt_has_the_commands_word_for_word() {
    let commands = ["git log -20 --oneline", "grep -rn \"a, b\" src | head", "echo `date`"];
    let mut text = String::new();
    for command in commands {
        text += &format!("- Look @kind(call) @run({command}) ~5s\n");
    }
    text += "- Read it @kind(call) @reads(src/a.rs) ~2s\n";
    let report = Report::new(text::parse(&text).plan, &Budget::default());
    let prompt = export::by_id("prompt").expect("a format");
    let Output::Text(page) = (prompt.render)(&report, &Options::default()) else { panic!("files") };
    for command in commands {
        assert!(page.contains(command), "{command}\n{page}");
    }
    assert!(page.contains("4 tool calls yourself, **in one message**"), "{page}");
    assert!(!page.contains("subagent_type"), "{page}");
}

#[test]
fn all_of_it_survives_text_json_and_links() {
    let text = "# P\n> default ~90s · overhead ~5s · groups in order · efficiency 0.5\n\n\
                - T1 Look @kind(call) @run(grep -c \"x, (y\" a.txt) ~5s\n- T2 Range ~5s..10s..1m\n- T3 Whole ~20m\n";
    let plan = text::parse(text).plan;
    assert_eq!(text::parse(&text::print(&plan, Spelling::Typing)).plan, plan);
    let json = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&json).unwrap(), plan);
    let link = share::link(&plan, Contents::Full).expect("a link").fragment;
    assert_eq!(share::open(&link).map(|opened| opened.plan), Ok(plan));
}
