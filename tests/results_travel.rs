//! The findings of one agent reach the next, and a prompt can be files, or about a part of the plan.

use std::collections::BTreeMap;

use phaseplan::export::agents::prompt::size;
use phaseplan::export::{Options, Output, Part, by_id, troubles};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text;

fn report(plan: &str) -> Report {
    Report::new(text::parse(plan).plan, &Budget::default())
}

fn prompt(plan: &str, part: Part) -> String {
    let export = by_id("prompt").expect("it is a format");
    (export.render)(&report(plan), &Options::of_part(part)).preview()
}

/// The files of a prompt by name, without their folder.
fn files(plan: &str, part: Part) -> BTreeMap<String, String> {
    let export = by_id("prompt-files").expect("it is a format");
    let Output::Files(files) = (export.render)(&report(plan), &Options::of_part(part)) else {
        panic!("it is one text")
    };
    let name = |path: &str| path.strip_prefix(".phaseplan/run/").expect("it is in its folder").to_owned();
    files.into_iter().map(|file| (name(&file.path), file.text)).collect()
}

/// What an agent is told.
fn told<'a>(prompt: &'a str, id: &str) -> &'a str {
    let call = prompt.split(&format!("\n### `{id}`\n")).nth(1).unwrap_or_else(|| panic!("no call for {id}"));
    let body = call.split("BEGIN PROMPT").nth(1).expect("a prompt");
    body.split("END PROMPT").next().expect("it ends")
}

/// The tasks for whose reports a text has places.
fn places(text: &str) -> Vec<&str> {
    let ids = text.split("REPORT OF `").skip(1);
    ids.map(|rest| rest.split('`').next().unwrap_or_default()).collect()
}

const READ_HEAVY: &str = include_str!("../src/examples/read_heavy.md");

#[test]
fn the_example_with_many_readers_hands_its_findings_on() {
    let prompt = prompt(READ_HEAVY, Part::Whole);
    assert_eq!(places(told(&prompt, "T6")), ["T1", "T2", "T3", "T4", "T5"]);
    let decision = prompt.split("### Decision: `T7`").nth(1).and_then(|rest| rest.split("BEGIN TEXT").next());
    assert_eq!(places(decision.expect("a question")), ["T6"]);
    assert_eq!(places(told(&prompt, "T8")), ["T6", "T7"]);
    assert!(places(told(&prompt, "T1")).is_empty());
    let rule = "Below each of its lines `REPORT OF`, put the report of that task, word for word";
    assert!(prompt.split("## Phase 1").next().is_some_and(|head| head.contains(rule)));
}

#[test]
fn a_plan_without_findings_has_no_rule_about_them() {
    let prompt = prompt("- T1 Cart @owns(a)\n- T2 Page @owns(b) @after(T1)\n", Part::Whole);
    assert!(!prompt.contains("REPORT OF"), "{prompt}");
}

#[test]
fn what_a_task_returns_stands_in_its_text_and_in_the_form_of_its_report() {
    let plan = "- T1 Look @kind(research) @returns({\"bugs\": [{\"file\": \"\", \"line\": 0}]})\n\
        - T2 Choose @owns(a) @returns(the choice)\n- T3 Do @owns(b) @after(T1, T2)\n";
    let prompt = prompt(plan, Part::Whole);
    assert!(told(&prompt, "T1").contains("> It hands on:\n> {\"bugs\":[{\"file\":\"\",\"line\":0}]}\n"));
    assert!(told(&prompt, "T1").contains("End it with JSON of the shape that your task hands on."));
    assert!(told(&prompt, "T2").contains("> It hands on:\n> the choice\n"));
    assert!(told(&prompt, "T2").contains("Begin it with what your task hands on."));
    assert_eq!(places(told(&prompt, "T3")), ["T1", "T2"]);
}

#[test]
fn reports_that_nobody_in_this_run_writes_are_asked_for() {
    let plan = "- [x] T1 Look @kind(research)\n- T2 Do @owns(a) @after(T1)\n";
    let prompt = prompt(plan, Part::Whole);
    assert_eq!(places(told(&prompt, "T2")), ["T1"]);
    assert!(prompt.contains("need the reports of `T1`, which you did not see. Ask me for them"), "{prompt}");
}

#[test]
fn files_hold_what_the_text_says_and_a_call_repeats_one_line() {
    let files = files(READ_HEAVY, Part::Whole);
    let text = prompt(READ_HEAVY, Part::Whole);
    let names: Vec<&str> = files.keys().map(String::as_str).filter(|name| name.ends_with(".md")).collect();
    assert_eq!(
        names,
        [
            "T1.md",
            "T2.md",
            "T3.md",
            "T4.md",
            "T5.md",
            "T6.md",
            "T8.md",
            "T9.md",
            "phase-1.md",
            "phase-2.md",
            "phase-3.md",
            "phase-4.md",
            "phase-5.md",
            "run.md"
        ]
    );
    assert!(files["phase-1.md"].contains("- prompt: \"Read .phaseplan/run/T1.md and do what it says.\"\n"));
    // An agent without reports is told the same either way.
    assert!(told(&text, "T1").ends_with(&files["T1.md"]), "{}", files["T1.md"]);
    assert!(files["phase-1.md"].contains("Reports to save: `T1` in `.phaseplan/run/reports/T1.md`, "));
    assert!(files["T6.md"].contains("- REPORT OF `T5`: `.phaseplan/run/reports/T5.md`\n"));
    assert!(files["files-4.txt"].contains("- `T8`: `src/**`\n"));
    assert!(!files["phase-4.md"].contains("`src/**`"));
    assert!(!files["phase-5.md"].contains("Reports to save"));
    for file in files.values() {
        assert!(!file.contains("BEGIN PROMPT"), "{file}");
    }
}

const STATES: &str = "- [x] T1 A @owns(a)\n- [~] T2 B @owns(b)\n- T3 C @owns(c)\n- T4 D @owns(d) @after(T3)\n- T5 E @owns(e) @after(T2)\n";

/// The tasks that a prompt launches.
fn launched(prompt: &str) -> Vec<&str> {
    let calls = prompt.split("\n- description: \"").skip(1);
    calls.map(|call| call.split(' ').next().unwrap_or_default()).collect()
}

#[test]
fn a_part_launches_its_own_tasks_and_says_what_it_waits_for() {
    assert_eq!(launched(&prompt(STATES, Part::Whole)), ["T3", "T4", "T5"]);
    assert_eq!(launched(&prompt(STATES, Part::Phase(1))), ["T3"]);
    let second = prompt(STATES, Part::Phase(2));
    assert!(second.starts_with("# Run phase 2 of a plan: 2 agents, about 20 m\n"), "{second}");
    assert!(second.contains("What follows waits for `T3`, `T2`. If one of these is not done, ask me first."));
    let one = prompt(STATES, Part::Task("T5".into()));
    assert_eq!(launched(&one), ["T5"]);
    assert!(one.contains("What follows waits for `T2`. If one"), "{one}");
    // Others of its phase may be at work beside it.
    assert!(told(&one, "T5").contains("Others work in the same folder."));
}

#[test]
fn what_can_start_now_waits_for_nobody() {
    let now = prompt(STATES, Part::Now);
    assert_eq!(launched(&now), ["T3"]);
    assert!(now.contains("## What can start now") && now.contains("Already at work: `T2`"), "{now}");
    let nothing = prompt("- [~] T1 A @owns(a)\n- T2 B @owns(b) @after(T1)\n", Part::Now);
    assert!(launched(&nothing).is_empty());
    let done = prompt("- [x] T1 A @owns(a)\n", Part::Now);
    assert!(done.contains("Nothing can start now."), "{done}");
    assert_eq!(
        files(STATES, Part::Now).keys().map(String::as_str).collect::<Vec<_>>(),
        ["T3.md", "files-1.txt", "now.md", "run.md"]
    );
}

#[test]
fn files_are_better_for_a_large_plan_and_a_text_for_a_small_one() {
    let plan =
        |tasks: usize| (0..tasks).map(|at| format!("- T{at} Page @owns(p{at}/**)\n")).collect::<String>();
    let sentence = |tasks: usize, id: &str| {
        size::about(by_id(id).expect("a format"), &report(&plan(tasks)), &Part::Whole)
            .expect("a prompt has a size")
    };
    assert!(
        sentence(100, "prompt").contains("from 5,000 tokens on, files are better"),
        "{}",
        sentence(100, "prompt")
    );
    assert!(!sentence(3, "prompt").contains("better"));
    assert!(sentence(3, "prompt-files").contains("a text is simpler"));
    // What the orchestrator repeats of files grows by 60 tokens for each task at most.
    let [_, few] = size::sizes(&report(&plan(10)), &Part::Whole);
    let [_, many] = size::sizes(&report(&plan(110)), &Part::Whole);
    assert!(many.repeated - few.repeated <= 100 * 60, "{few:?} {many:?}");
    assert_eq!(size::about(by_id("json").expect("a format"), &report(&plan(3)), &Part::Whole), None);
}

/// `UPDATE_DOCS=1 cargo test --test results_travel` writes the page again.
#[test]
fn the_page_about_runs_that_go_wrong_lists_what_the_program_knows() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/running.md");
    let page = troubles::page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).expect("the page can be written");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the page is there"), page);
    for trouble in troubles::TROUBLES {
        assert!(
            !trouble.symptom.ends_with('.') && trouble.cause.ends_with('.') && trouble.remedy.ends_with('.')
        );
    }
}
