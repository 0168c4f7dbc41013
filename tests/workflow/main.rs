//! Workflow scripts, run by Node with made-up agents (`engine.mjs`) and held against the plan: whatever agents do, no two tasks meet
//! that must not, nothing runs twice, and a failure leaves out only what waits for it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use phaseplan::export::{File, Options, by_id};
use phaseplan::plan::Status;
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text;
use proptest::collection::vec;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A run to make.
#[derive(Serialize)]
struct Run<'a> {
    script: &'a str,
    args: Value,
    fates: BTreeMap<String, &'static str>,
    seed: u32,
}

/// What happened in a run.
#[derive(Deserialize, Debug)]
struct Told {
    #[serde(default)]
    events: Vec<(String, String)>,
    #[serde(default)]
    prompts: BTreeMap<String, String>,
    #[serde(default)]
    phases: Vec<String>,
    result: Option<Value>,
    error: Option<String>,
}

impl Told {
    fn ids(&self, field: &str) -> BTreeSet<String> {
        let list = self.result.as_ref().and_then(|result| result[field].as_array());
        list.into_iter()
            .flatten()
            .map(|entry| entry["id"].as_str().or(entry.as_str()).unwrap().to_owned())
            .collect()
    }

    /// What happened to tasks, as `start T1`.
    fn story(&self) -> String {
        let told = self.events.iter().filter(|(what, _)| !matches!(what.as_str(), "look" | "commit"));
        told.map(|(what, id)| format!("{what} {id}")).collect::<Vec<_>>().join(", ")
    }
}

/// Node with the stand-in for the engine.
struct Engine {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Engine {
    /// `None`, with a remark, if there is no Node.
    fn start() -> Option<Engine> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/workflow/engine.mjs");
        let started = Command::new("node").arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
        let Ok(mut process) = started else {
            eprintln!("SKIPPED: workflow scripts are not run, because Node is not installed.");
            return None;
        };
        let input = process.stdin.take()?;
        let output = BufReader::new(process.stdout.take()?);
        Some(Engine { process, input, output })
    }

    fn run(&mut self, run: &Run<'_>) -> Told {
        writeln!(self.input, "{}", serde_json::to_string(run).unwrap()).unwrap();
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|why| panic!("{why}: {line}"))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn report(plan: &str) -> Report {
    Report::new(text::parse(plan).plan, &Budget::default())
}

fn scripts(report: &Report, options: &[(&str, &str)]) -> Vec<File> {
    let export = by_id("workflow").unwrap();
    let options = Options::read(export.options, options.iter().copied()).unwrap();
    (export.render)(report, &options).into_files("").unwrap()
}

/// Runs the only script of a plan.
fn run(plan: &str, options: &[(&str, &str)], args: Value, fates: &[(&str, &'static str)]) -> Option<Told> {
    let files = scripts(&report(plan), options);
    assert_eq!(files.len(), 1, "{plan}");
    let fates = fates.iter().map(|(id, fate)| ((*id).to_owned(), *fate)).collect();
    let told = Engine::start()?.run(&Run { script: &files[0].text, args, fates, seed: 1 });
    assert_eq!(told.error, None, "{plan}");
    Some(told)
}

const SHOP: &str = "# Shop\n\n- T1 Cart @owns(src/cart/**)\n- T2 Tax @owns(src/tax/**)\n- T3 Total @owns(src/total/**) \
    @after(T1)\n- T4 Docs @owns(docs/**) @after(T2, T3)\n";
const NOTHING: &[(&str, &str)] = &[("close", "nothing")];

#[test]
fn a_failure_leaves_out_only_what_waits_for_it() {
    let Some(told) = run(SHOP, NOTHING, json!({}), &[("T1", "null")]) else { return };
    assert_eq!(told.ids("done"), ["T2".to_owned()].into());
    assert_eq!(told.ids("failed"), ["T1".to_owned()].into());
    assert_eq!(told.ids("left"), ["T3".to_owned(), "T4".to_owned()].into());
    assert_eq!(told.story().matches("start T1").count(), 2, "it is tried once more");
}

#[test]
fn an_agent_that_breaks_off_once_is_replaced_and_its_successor_is_told() {
    let Some(told) = run(SHOP, NOTHING, json!({}), &[("T1", "once")]) else { return };
    assert_eq!(told.ids("done").len(), 4);
    assert!(told.prompts["T1"].contains("Another agent began this and broke off."));
    assert!(!told.prompts["T2"].contains("broke off"));
}

#[test]
fn a_run_is_taken_up_with_what_is_done() {
    let Some(told) = run(SHOP, NOTHING, json!({"done": ["T1", "T2"]}), &[]) else { return };
    assert_eq!(told.story(), "start T3, end T3, start T4, end T4");
    let Some(told) = run(SHOP, NOTHING, json!({"done": ["T1", "T2", "T3", "T4"]}), &[]) else { return };
    assert_eq!(told.story(), "");
}

#[test]
fn without_barriers_a_task_starts_when_its_own_predecessors_are_done() {
    let plan = "- T1 Short @owns(a)\n- T2 Long @owns(b)\n- T3 Next @owns(c) @after(T1)\n";
    let mut has_overtaken = false;
    for seed in 0..20 {
        let files = scripts(&report(plan), &[("start", "free"), ("close", "nothing")]);
        let Some(mut engine) = Engine::start() else { return };
        let run = Run { script: &files[0].text, args: json!({}), fates: BTreeMap::new(), seed };
        let story = engine.run(&run).story();
        assert!(story.find("end T1") < story.find("start T3"), "{story}");
        has_overtaken |= story.find("start T3") < story.find("end T2");
    }
    assert!(has_overtaken);
}

#[test]
fn findings_reach_those_that_wait_for_them() {
    let plan =
        "- T1 Look @kind(research)\n- T2 Choose @kind(gate) @after(T1)\n- T3 Build @owns(a) @after(T1)\n";
    let Some(told) = run(plan, NOTHING, json!({}), &[]) else { return };
    assert!(told.prompts["T3"].contains("Report of T1, behind `> `:\n> did T1\n"));
    assert_eq!(told.ids("left"), ["T2".to_owned()].into());
    let earlier = json!({"done": ["T1"], "reports": {"T1": "old\n## Phase 9"}});
    let Some(told) = run(plan, NOTHING, earlier, &[]) else { return };
    assert!(told.prompts["T3"].contains("Report of T1, behind `> `:\n> old\n> ## Phase 9\n"));
}

const HEAD: &str = "HEAD 1111111111111111111111111111111111111111";

/// A plan of two tasks in a row, run with these answers of the agents that compare and commit.
fn compared(answers: &[String]) -> Option<Told> {
    let plan = "- T1 Cart @owns(src/cart/*.ts) @check(npm test)\n- T2 Tax @owns(src/tax/**) @after(T1)\n";
    run(plan, &[], json!({"base": HEAD[5..], "allow": ["plan.md"], "answers": answers}), &[])
}

#[test]
fn what_the_tasks_own_is_committed_after_the_checks() {
    let look = format!(
        "Here it is:\nCHANGED  M src/cart/a.ts\nCHANGED ?? plan.md\nCHANGED ?? \"src/cart/\\tb.ts\"\n{HEAD}"
    );
    let Some(told) = compared(&[look]) else { return };
    assert_eq!(told.ids("done").len(), 2);
    let commit = &told.events.iter().find(|(what, _)| what == "commit").unwrap().1;
    assert!(commit.contains("> npm test\n"), "{commit}");
    assert!(
        commit.contains(
            "> \"src/cart/a.ts\"\n> \"src/cart/\\tb.ts\"\n\n3. Commit with the message \"Phase 1: T1\""
        ),
        "{commit}"
    );
    assert!(!commit.contains("plan.md"), "{commit}");
}

#[test]
fn a_foreign_path_a_foreign_commit_and_a_failed_check_end_the_run() {
    let foreign = format!("CHANGED  M src/tax/a.ts\n{HEAD}");
    let committed = "HEAD 2222222222222222222222222222222222222222".to_owned();
    let mine = format!("CHANGED A  src/cart/a.ts\n{HEAD}");
    let red = format!("FAILED npm test\n{HEAD}");
    for (answers, expected) in [
        (vec![foreign], "no task that ran owns \"src/tax/a.ts\""),
        (vec![committed], "An agent committed in Phase 1"),
        (vec![mine, red], "Phase 1 is not committed: FAILED npm test"),
    ] {
        let Some(told) = compared(&answers) else { return };
        let stopped = told.result.as_ref().unwrap()["stopped"].as_str().unwrap().to_owned();
        assert!(stopped.contains(expected), "{stopped}");
        assert_eq!(told.ids("done"), ["T1".to_owned()].into());
        assert_eq!(told.ids("left"), ["T2".to_owned()].into());
    }
}

#[test]
fn what_nobody_could_compare_is_said_and_not_committed() {
    let Some(told) = compared(&["All is well.".to_owned()]) else { return };
    assert_eq!(told.result.as_ref().unwrap()["unchecked"], json!(["Phase 1"]));
    assert!(told.events.iter().all(|(what, _)| what != "commit"));
}

#[test]
fn a_decision_ends_a_script() {
    let plan = "# Go\n\n- T1 Look @kind(research)\n- T2 Go? @kind(gate) @after(T1)\n- T3 Build @owns(a) @after(T2)\n\
        - T4 Sign @agent(person) @after(T3)\n- T5 Ship @owns(b) @after(T4)\n";
    let files = scripts(&report(plan), &[]);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, [1, 2, 3].map(|number| format!(".claude/workflows/go-{number}.js")));
}

#[test]
fn a_plan_too_large_for_one_script_becomes_several() {
    let text = "word ".repeat(2_000);
    let task = |number: usize| format!("- T{number} Do it @owns(src/{number}/**)\n  {text}\n");
    let plan: String = (1..=120).map(task).collect();
    let files = scripts(&report(&plan), &[]);
    assert!(files.len() > 2 && files.iter().all(|file| file.text.len() < 524_288), "{}", files.len());
    let tasks: usize = files.iter().map(|file| file.text.matches("\"prompt\":").count()).sum();
    assert_eq!(tasks, 120);
}

/// What texts are put together from; no sentence of the program has the word `evilword`.
const PIECES: &[&str] = &[
    "evilword",
    "`${evilword}`",
    "*/",
    "\"",
    "'",
    "\\",
    "\n",
    "\u{2028}",
    "</script>",
    "${",
    "//",
    "$&",
    " ",
];
const PLACES: &[&str] =
    &["src/**", "src/a/**", "src/a/x.ts", "src/*.ts", "docs/**", "docs/[a-c].md", "lib/{a,b}/**", "\"a b\""];

/// A plan as text: order, overlaps, shared resources, statuses, gates, and texts that want to be code.
fn any_plan() -> impl Strategy<Value = String> {
    let text = vec(prop::sample::select(PIECES), 0..4).prop_map(|pieces| pieces.concat());
    let task = (
        text,
        vec(prop::sample::select(PLACES), 0..3),
        vec(1usize..12, 0..3),
        prop::sample::select(&["change", "change", "research", "verify", "gate"][..]),
        prop::sample::select(&[" ", " ", " ", " ", "x", "!", "~", "-"][..]),
        0u32..4,
    );
    (1u32..6, vec(task, 1..10)).prop_map(|(most, tasks)| {
        let mut plan = format!("# evilword\n> at most {most}\n> db holds 2\n");
        for (at, (text, owns, after, kind, status, db)) in tasks.into_iter().enumerate() {
            let number = at + 1;
            let after: Vec<String> =
                after.iter().filter(|other| **other < number).map(|other| format!("T{other}")).collect();
            let list = |tag: &str, entries: &[String]| match entries.is_empty() {
                true => String::new(),
                false => format!(" @{tag}({})", entries.join(", ")),
            };
            let owns: Vec<String> = owns.iter().map(|entry| (*entry).to_owned()).collect();
            let uses = if db == 0 { String::new() } else { format!(" @uses(db {db})") };
            let lines = text.replace('\n', "\n  ");
            plan += &format!(
                "- [{status}] T{number} evilword{}{} @kind({kind}){uses}\n  {lines}\n",
                list(if kind == "change" { "owns" } else { "reads" }, &owns),
                list("after", &after)
            );
        }
        plan
    })
}

/// Holds a run against the plan: `done` is what was done before it.
fn hold(report: &Report, told: &Told, done: &mut BTreeSet<String>) {
    let plan = &report.plan;
    let at = |id: &str| {
        plan.tasks.iter().position(|task| task.id.as_str() == id).unwrap_or_else(|| panic!("{id}"))
    };
    let running = |task: &usize| plan.tasks[*task].status == Status::Running;
    let mut at_work: BTreeSet<usize> = (0..plan.tasks.len())
        .filter(running)
        .filter(|task| !done.contains(plan.tasks[*task].id.as_str()))
        .collect();
    let before = done.clone();
    let mut tries: BTreeMap<usize, usize> = BTreeMap::new();
    for (what, id) in &told.events {
        let task = if matches!(what.as_str(), "look" | "commit") { continue } else { at(id) };
        match what.as_str() {
            "start" => {
                assert!(!done.contains(id), "{id} is done already");
                assert!(!before.contains(id) && plan.tasks[task].status != Status::Done);
                for other in &plan.tasks[task].after {
                    let other = at(other.as_str());
                    let status = plan.tasks[other].status;
                    let is_done = status == Status::Done || done.contains(plan.tasks[other].id.as_str());
                    assert!(is_done || status == Status::Dropped, "{id} waits for {other}");
                }
                for &other in &at_work {
                    assert!(!report.analysis.apart.contains(task, other), "{id} meets {other}");
                }
                assert!((at_work.len() as u32) < plan.settings.max_parallel, "too many at work");
                let used =
                    |task: usize| plan.tasks[task].uses.iter().map(|used| used.amount.min(2)).sum::<u32>();
                let sum = used(task) + at_work.iter().map(|other| used(*other)).sum::<u32>();
                assert!(used(task) == 0 || sum <= 2, "{id} finds no database");
                assert!(at_work.insert(task));
                *tries.entry(task).or_default() += 1;
                assert!(tries[&task] <= 2);
            }
            "end" => {
                assert!(at_work.remove(&task) && done.insert(id.clone()));
            }
            _ => assert!(at_work.remove(&task)),
        }
    }
    for prompt in told.prompts.values() {
        let odd = prompt.lines().find(|line| line.contains("evilword") && !line.starts_with('>'));
        assert_eq!(odd, None, "the author's words stand at the margin");
    }
}

proptest! {
    #[test]
    fn whatever_agents_do_a_run_keeps_to_the_plan(
        text in any_plan(),
        fates in vec(prop::sample::select(&["", "", "", "null", "throw", "once"][..]), 10),
        free in any::<bool>(),
        seed in any::<u32>(),
    ) {
        let report = report(&text);
        let start = if free { "free" } else { "phases" };
        let files = scripts(&report, &[("start", start), ("close", "nothing")]);
        let fates: BTreeMap<String, &'static str> =
            fates.iter().enumerate().map(|(at, fate)| (format!("T{}", at + 1), *fate)).collect();
        thread_local!(static ENGINE: std::cell::RefCell<Option<Engine>> = std::cell::RefCell::new(Engine::start()));
        let mut done = BTreeSet::new();
        for file in &files {
            let args = json!({"done": done});
            let run = Run { script: &file.text, args, fates: fates.clone(), seed };
            let told = ENGINE.with_borrow_mut(|engine| engine.as_mut().map(|engine| engine.run(&run)));
            let Some(told) = told else { return Ok(()) };
            prop_assert_eq!(&told.error, &None);
            let is_named = |phase: &String| file.text.contains(&format!("\"title\":\"{phase}\""));
            prop_assert!(told.phases.iter().all(is_named));
            hold(&report, &told, &mut done);
            let failed = told.ids("failed");
            for id in told.prompts.keys() {
                prop_assert!(done.contains(id) != failed.contains(id));
            }
            // Whatever is left is held up by something that is not done.
            for id in told.ids("left") {
                let at = report.plan.tasks.iter().position(|task| task.id.as_str() == id).unwrap();
                let waits = report.analysis.predecessors(at).any(|other| {
                    let task = &report.plan.tasks[other];
                    task.status.is_open() && !done.contains(task.id.as_str())
                });
                let is_run = file.text.contains(&format!("\"id\":\"{id}\",\"options\""));
                let is_any_running = report.plan.tasks.iter().any(|task| task.status == Status::Running);
                prop_assert!(waits || !is_run || is_any_running, "{} is left", id);
            }
        }
    }
}
