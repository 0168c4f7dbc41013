//! Exports for engines: Make and the script with worktrees are really run, with a stand-in for the agent.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use phaseplan::export::{Options, by_id};
use phaseplan::plan::{Plan, Task, TaskId};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text;

/// Notes when it begins and ends, writes a file of its task, and fails if it is told to.
const AGENT: &str = r#"#!/bin/sh
id=$PHASEPLAN_TASK
cat >"$LOG.prompt.$id"
echo "start $id" >>"$LOG"
sleep 0.1
[ "$id" = "$FAILS" ] && { echo "fail $id" >>"$LOG"; exit 1; }
mkdir -p "$id" && echo "by $id" >>"$id/work" && ls >"$LOG.sees.$id"
echo "end $id" >>"$LOG"
echo "found by $id"
"#;

/// The formats whose engine is installed; says so if one is not.
fn run_here() -> Vec<&'static str> {
    let has_make = Command::new("make").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_make {
        eprintln!("SKIPPED: the Makefile is not run, because Make is not installed.");
    }
    ["make", "worktrees"].into_iter().filter(|format| has_make || *format != "make").collect()
}

const SHOP: &str = "# Shop\n> at most 3\n- T1 Look @kind(research)\n- T2 Cart @owns(T2/**, shared) @after(T1) ~20m\n\
    - T3 Tax @owns(T3/**, shared)\n- T4 Docs @owns(T4/**) @after(T2)\n- [x] T5 Old @owns(T5/**)\n";

/// A scratch repository with an export in it.
struct Bench {
    root: PathBuf,
    log: PathBuf,
    file: String,
}

impl Bench {
    fn new(name: &str, format: &str, plan: &str) -> Bench {
        Bench::of(name, format, text::parse(plan).plan)
    }

    fn of(name: &str, format: &str, plan: Plan) -> Bench {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{format}"));
        let _ = fs::remove_dir_all(&folder);
        let root = folder.join("repository");
        fs::create_dir_all(&root).unwrap();
        let report = Report::new(plan, &Budget::default());
        let output = (by_id(format).unwrap().render)(&report, &Options::default());
        let files = output.into_files("plan").unwrap();
        for file in &files {
            let path = root.join(&file.path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &file.text).unwrap();
        }
        let agent = folder.join("agent");
        fs::write(&agent, AGENT).unwrap();
        let bench = Bench { root, log: folder.join("log"), file: files[0].path.clone() };
        bench.call("chmod", &["+x", agent.to_str().unwrap()], "");
        for arguments in [
            &["init", "-q"][..],
            &["config", "user.name", "test"],
            &["config", "user.email", "test@localhost"],
            &["add", "-A"],
            &["commit", "-q", "-m", "start"],
        ] {
            assert!(bench.call("git", arguments, "").status.success());
        }
        bench
    }

    fn call(&self, program: &str, arguments: &[&str], fails: &str) -> Output {
        let agent = self.log.with_file_name("agent");
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root).stdin(Stdio::null());
        command.env("AGENT", agent).env("LOG", &self.log).env("FAILS", fails).env("MAKEFLAGS", "");
        command.output().unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    /// Runs the export, and tells what the agents noted since the last run.
    fn run(&self, fails: &str) -> (bool, String, String) {
        let _ = fs::remove_file(&self.log);
        let output = match self.file.ends_with(".mk") {
            true => self.call("make", &["-f", &self.file], fails),
            false => self.call("bash", &[&self.file], fails),
        };
        let noted = fs::read_to_string(&self.log).unwrap_or_default();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), noted.replace('\n', "; "), said)
    }

    fn beside(&self, name: &str) -> String {
        let path = format!("{}.{name}", self.log.display());
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

#[track_caller]
fn check_order(noted: &str, pairs: &[(&str, &str)]) {
    let at = |what: &str| noted.find(what).unwrap_or_else(|| panic!("{what} is missing in {noted}"));
    for (first, then) in pairs {
        assert!(at(first) < at(then), "{first} before {then}: {noted}");
    }
}

#[test]
fn an_engine_keeps_order_and_conflicts_and_hands_on_reports() {
    for format in run_here() {
        let bench = Bench::new("order", format, SHOP);
        let (is_fine, noted, said) = bench.run("");
        assert!(is_fine, "{format}: {said}");
        check_order(&noted, &[("end T1", "start T2"), ("end T2", "start T4")]);
        let apart =
            noted.find("end T3") < noted.find("start T2") || noted.find("end T2") < noted.find("start T3");
        assert!(apart, "{format}: T2 and T3 write one file: {noted}");
        assert!(!noted.contains("T5"), "{noted}");
        assert!(
            bench.beside("prompt.T2").contains("Report of T1, behind `> `:\n> found by T1\n"),
            "{format}"
        );
        assert_eq!(bench.run("").1, "", "{format}: nothing is run again");
    }
}

#[test]
fn a_failure_holds_up_only_what_waits_for_it_and_is_taken_up() {
    for format in run_here() {
        let bench = Bench::new("failure", format, SHOP);
        let (is_fine, noted, said) = bench.run("T2");
        assert!(!is_fine && said.contains("T4 is left out: it waits for T2"), "{format}: {said}");
        assert!(
            noted.contains("end T3") && noted.contains("fail T2") && !noted.contains("T4"),
            "{format}: {noted}"
        );
        let (is_fine, noted, said) = bench.run("");
        assert!(is_fine, "{format}: {said}");
        check_order(&noted, &[("end T2", "start T4")]);
        assert!(!noted.contains("T1") && !noted.contains("T3"), "{format}: {noted}");
    }
}

#[test]
fn a_decision_is_entered_by_hand() {
    let plan = "- T1 Go? @kind(gate)\n- T2 Build @owns(T2/**) @after(T1)\n- T3 Docs @owns(T3/**)\n";
    for format in run_here() {
        let bench = Bench::new("decision", format, plan);
        let (is_fine, noted, said) = bench.run("");
        assert!(!is_fine && noted.contains("end T3") && !noted.contains("T2"), "{format}: {noted}");
        assert!(said.contains("T1 is not for an agent. When it is done: touch "), "{format}: {said}");
        fs::write(bench.root.join(".phaseplan/engine/T1.done"), "").unwrap();
        let (is_fine, noted, said) = bench.run("");
        assert!(is_fine && noted.contains("end T2"), "{format}: {said}");
    }
}

#[test]
fn each_phase_starts_from_the_merged_result_of_the_one_before() {
    let bench = Bench::new("merged", "worktrees", SHOP);
    assert!(bench.run("").0);
    let sees = bench.beside("sees.T4");
    assert!(sees.lines().any(|name| name == "T2") && sees.lines().any(|name| name == "T3"), "{sees}");
    let branch = bench.call("git", &["ls-tree", "-r", "--name-only", "plan/shop"], "");
    let files = String::from_utf8_lossy(&branch.stdout).into_owned();
    for file in ["T2/work", "T3/work", "T4/work"] {
        assert!(files.lines().any(|line| line == file), "{files}");
    }
    assert!(!bench.root.join("T2").exists(), "what is checked out stays as it is");
}

/// Words that a shell, Make or an engine would obey.
#[test]
fn nothing_that_an_author_writes_is_obeyed() {
    let words = "$(touch escaped) `touch escaped` '; touch escaped; ' $$(shell touch escaped) ${{ github.token }} {{workflow.name}} # %";
    for (at, id) in ["T1", "a'b", "$(touch${IFS}escaped)", "`x`", "${{github.token}}", "{{workflow.name}}"]
        .iter()
        .enumerate()
    {
        let task = Task {
            id: TaskId((*id).to_owned()),
            title: words.to_owned(),
            instructions: format!("EOF\n{words}\n"),
            owns: vec!["a/**".to_owned()],
            ..Task::default()
        };
        let plan = Plan { title: words.to_owned(), tasks: vec![task], ..Plan::default() };
        for format in run_here() {
            let bench = Bench::of(&format!("hostile{at}"), format, plan.clone());
            let (is_fine, noted, said) = bench.run("");
            assert!(is_fine && noted.contains("end "), "{format} {id}: {said} {noted}");
            let found = bench.call("find", &["..", "-name", "escaped*"], "");
            assert!(found.stdout.is_empty(), "{format} {id}: {}", String::from_utf8_lossy(&found.stdout));
        }
        for (format, expressions) in
            [("actions", &["${{ github", "${{github"][..]), ("argo", &["{{workflow", "{{github"])]
        {
            let report = Report::new(plan.clone(), &Budget::default());
            let files = (by_id(format).unwrap().render)(&report, &Options::default()).into_files("").unwrap();
            for expression in expressions {
                assert!(!files[0].text.contains(expression), "{format} {id}: {}", files[0].text);
            }
        }
    }
}
