//! The command line, called as a person calls it.
#![cfg(not(target_arch = "wasm32"))]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

const STOREFRONT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/plans/storefront.md");
const SPEC_KIT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/imports/newsletter-tasks.md");

struct Answer {
    status: Option<i32>,
    out: String,
    err: String,
}

fn phaseplan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_phaseplan"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn call(arguments: &[&str], input: &str) -> Answer {
    let mut child = phaseplan(arguments).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Calls, and checks the status and a part of what is said; answers go to standard output, complaints to standard error.
#[track_caller]
fn check(arguments: &[&str], input: &str, status: i32, part: &str) -> Answer {
    let answer = call(arguments, input);
    let said = if status == 2 { &answer.err } else { &answer.out };
    assert!(said.contains(part), "{arguments:?} should say {part:?}:\n{}\n{}", answer.out, answer.err);
    assert_eq!(answer.status, Some(status), "{arguments:?}\n{}\n{}", answer.out, answer.err);
    assert!(
        !answer.out.contains('\u{1b}') && !answer.err.contains('\u{1b}'),
        "colours in a pipe: {arguments:?}"
    );
    answer
}

const GOOD: &str = "# Small\n- T1 First @owns(a.rs)\n- T2 Second @owns(b.rs) @after(T1)\n";
const CYCLE: &str = "- T1 First @owns(a.rs) @after(T2)\n- T2 Second @owns(b.rs) @after(T1)\n";
const CONFLICT: &str = "# Two\n- T1 First @owns(src/**)\n- T2 Second @owns(src/a.rs)\n";

#[test]
fn a_plan_is_shown_with_totals_and_phases() {
    let answer =
        check(&["plan", STOREFRONT], "", 0, "Storefront: sign-in and saved carts\nplan text · 7 tasks · ");
    for part in ["one after another   6 h 10 m", "\nPhase 1 · ", "T4  Saved carts"] {
        assert!(answer.out.contains(part), "{part:?} is missing in\n{}", answer.out);
    }
}

#[test]
fn the_exit_status_says_how_it_ended() {
    check(&["plan", "-"], GOOD, 0, "Phase 2");
    check(&["plan", "-"], CYCLE, 1, "Phase 2");
    check(&["plan", "-", "--json"], CYCLE, 1, "\"severity\": \"error\"");
    check(&["check", "-"], GOOD, 0, "");
    check(&["check", "-"], CYCLE, 1, "error");
    check(&["check", "-"], CONFLICT, 0, "");
    check(&["check", "-", "--strict"], CONFLICT, 1, "");
    check(&["check", "-"], "- T1 First @owns(a.rs\n", 1, "error      Line 1: ");
    check(&["plan", "-"], "- T1 First @owns(a.rs\n", 1, "Phase 1");
    check(&["export", "-", "--to", "prompt"], CYCLE, 1, "Repair it before you run it");
}

#[test]
fn wrong_calls_get_a_sentence_and_a_suggestion() {
    check(&[], "", 2, "phaseplan plan FILE");
    check(&["pln", "x"], "", 2, "There is no command `pln`. Did you mean `plan`?");
    check(&["plan", "x", "--jsn"], "", 2, "`phaseplan plan` has no option `--jsn`. Did you mean `--json`?");
    check(&["plan"], "", 2, "`phaseplan plan` needs FILE.");
    check(&["plan", "x", "--steps", "many"], "", 2, "--steps takes a whole number, not `many`.");
    check(&["plan", "no such file"], "", 2, "There is no file `no such file`.");
    check(&["plan", env!("CARGO_MANIFEST_DIR")], "", 2, "is a folder");
    check(&["plan", "-"], "", 2, "This file is empty.");
    check(&["export", STOREFRONT], "", 2, "Say which format you want");
    check(
        &["export", STOREFRONT, "--to", "promt"],
        "",
        2,
        "There is no format `promt`. Did you mean `prompt`?",
    );
    check(&["export", STOREFRONT, "--to", "json", "--output", "no/such/folder"], "", 2, "can't be written");
    check(&["help", "plann"], "", 2, "Did you mean `plan`?");
}

#[test]
fn help_explains_every_command() {
    let overview = check(&["--help"], "", 0, "Exit status").out;
    for command in ["plan", "check", "export", "import", "link", "open", "diff", "review", "overlap", "help"]
    {
        assert!(overview.contains(&format!("phaseplan {command} ")), "{command}");
        let page = check(&["help", command], "", 0, &format!("  phaseplan {command}")).out;
        assert_eq!(page, check(&[command, "--help"], "", 0, "").out);
    }
    check(&["help", "export"], "", 0, "prompt");
    check(&["--version"], "", 0, concat!("phaseplan ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// Usage lines stand in the documentation as the program prints them.
#[test]
fn the_documentation_shows_every_call() {
    let documentation = include_str!("../docs/command-line.md");
    for command in ["plan", "check", "export", "import", "link", "open", "diff", "review", "overlap", "help"]
    {
        let page = call(&["help", command], "").out;
        let usage = page.lines().find_map(|line| line.strip_prefix("  phaseplan ")).unwrap();
        assert!(documentation.contains(&format!("phaseplan {usage}\n")), "{usage}");
    }
}

#[test]
fn a_report_holds_everything_derived() {
    let report: Value = serde_json::from_str(&call(&["plan", STOREFRONT, "--json"], "").out).unwrap();
    assert_eq!(report["format"], "phaseplan-report/1");
    assert_eq!(report["import"]["format"], "plan text");
    assert_eq!(report["makespan"]["serial"], 370);
    assert_eq!(report["tasks"][1]["id"], "T2");
    assert_eq!(report["tasks"][1]["line"], 6);
    assert_eq!(report["tasks"][1]["minutes"], 90);
    assert_eq!(report["tasks"][1]["why"]["reason"], "conflict");
    for (number, phase) in report["phases"].as_array().unwrap().iter().enumerate() {
        for id in phase["tasks"].as_array().unwrap() {
            let task = report["tasks"].as_array().unwrap().iter().find(|task| task["id"] == *id).unwrap();
            assert_eq!(task["phase"], number + 1, "{id}");
        }
    }
    let phase_of = |id: &Value| {
        report["tasks"].as_array().unwrap().iter().find(|task| task["id"] == *id).unwrap()["phase"].clone()
    };
    for conflict in report["conflicts"].as_array().unwrap() {
        assert_ne!(phase_of(&conflict["a"]), phase_of(&conflict["b"]), "{conflict}");
    }
    let conflict = &report["conflicts"][0];
    assert_eq!(
        (&conflict["a"], &conflict["b"], &conflict["code"]),
        (&"T2".into(), &"T4".into(), &"write/write".into())
    );
    assert_eq!(
        (&conflict["witness"], &conflict["patterns"][0]),
        (&"server/main.rs".into(), &"server/main.rs".into())
    );
}

#[test]
fn the_documentation_names_every_field_of_a_report() {
    fn fields<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(name, value)| {
                found.push(name);
                fields(value, found);
            }),
            Value::Array(items) => items.iter().for_each(|item| fields(item, found)),
            _ => {}
        }
    }
    let documentation = include_str!("../docs/command-line.md");
    for file in [STOREFRONT, SPEC_KIT] {
        let report: Value =
            serde_json::from_str(&call(&["plan", file, "--json", "--steps", "0"], "").out).unwrap();
        let mut found = Vec::new();
        fields(&report, &mut found);
        for name in found {
            assert!(documentation.contains(&format!("`{name}`")), "{name}");
        }
    }
}

#[test]
fn what_is_imported_can_be_planned() {
    let imported = call(&["import", SPEC_KIT], "");
    assert_eq!(imported.status, Some(0));
    assert!(imported.err.starts_with("Read as spec-kit tasks.md.\n"), "{}", imported.err);
    assert!(
        imported.err.contains("line 34: T007 is there already; this line was skipped."),
        "{}",
        imported.err
    );
    let tasks = |input: &str| -> Value {
        let report: Value =
            serde_json::from_str(&call(&["plan", "-", "--json", "--steps", "100"], input).out).unwrap();
        let plain = |task: &Value| {
            serde_json::json!([task["id"], task["title"], task["after"], task["owns"], task["phase"]])
        };
        report["tasks"].as_array().unwrap().iter().map(plain).collect()
    };
    assert_eq!(tasks(&imported.out), tasks(include_str!("fixtures/imports/newsletter-tasks.md")));

    let answer: Value = serde_json::from_str(&call(&["import", SPEC_KIT, "--json"], "").out).unwrap();
    assert_eq!(answer["read_as"], "spec-kit tasks.md");
    assert_eq!(answer["plan"]["tasks"][0]["id"], "T001");
}

#[test]
fn an_export_can_go_to_a_file() {
    let path = std::env::temp_dir().join(format!("phaseplan-{}.json", std::process::id()));
    let name = path.to_str().unwrap();
    let answer = check(&["export", STOREFRONT, "--to", "json", "--output", name], "", 0, "");
    assert_eq!(answer.out, "");
    let written = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!(written, call(&["export", STOREFRONT, "--to", "json"], "").out);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let many: String = (1..2000).map(|number| format!("- T{number} Task @owns(src/{number}.rs)\n")).collect();
    let mut child = phaseplan(&["import", "-", "--json"]).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    child.stdin.take().unwrap().write_all(many.as_bytes()).unwrap();
    let mut start = [0; 10];
    stdout.read_exact(&mut start).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// A real plan of 57 tasks, in the steps of an answer to a keystroke: the fewest phases there can be, no two writers of one
/// file in one of them, and a false claim of parallelism is named.
#[test]
fn a_real_spec_kit_file_gets_safe_phases() {
    let folder = std::env::var_os("PHASEPLAN_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let file = folder.join("corpus/speckit/SK4/tasks.md");
    if !file.exists() {
        println!("skipped: there is no shared folder with corpus/speckit/SK4/tasks.md");
        return;
    }
    let answer = call(&["plan", file.to_str().unwrap(), "--json", "--steps", "40000"], "");
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(report["phases"].as_array().unwrap().len(), 23);
    let phase = |id: &str| {
        let tasks = report["tasks"].as_array().unwrap();
        tasks.iter().find(|task| task["id"] == *id).unwrap()["phase"].as_u64().unwrap()
    };
    assert_eq!(report["tasks"].as_array().unwrap().len(), 57);
    let conflicts = report["conflicts"].as_array().unwrap();
    for conflict in conflicts {
        let [a, b] = ["a", "b"].map(|side| phase(conflict[side].as_str().unwrap()));
        assert_ne!(a, b, "{conflict}");
    }
    assert!(conflicts.iter().any(|conflict| conflict["a"] == "T026" && conflict["b"] == "T035"));
    let routers = ["T022", "T032", "T042", "T053"].map(phase);
    for (at, first) in routers.iter().enumerate() {
        assert!(!routers[at + 1..].contains(first), "{routers:?}");
    }
}

#[test]
fn a_link_opens_as_the_plan() {
    let link =
        check(&["link", "-", "--page", "https://plans.example/"], GOOD, 0, "https://plans.example/#1.p.").out;
    let link = link.trim();
    check(&["open", link], "", 0, "T1");
    let json: Value = serde_json::from_str(&check(&["open", "-", "--json"], link, 0, "").out).unwrap();
    assert_eq!(json["format"], "phaseplan/1");
    let shorter = check(&["link", "-", "--structure-only", "--json"], GOOD, 0, "characters").out;
    assert!(shorter.contains("#1.p."));
    let refused = |text: &str| check(&["open", text], "", 1, "").err;
    assert!(refused(&link[..link.len() - 5]).starts_with("The link is cut off"));
    assert!(refused("https://plans.example/").starts_with("There is no plan in this text"));
}

#[test]
fn plans_are_compared() {
    let folder = std::env::temp_dir().join(format!("phaseplan-diff-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let [before, after] =
        ["before.md", "after.md"].map(|name| folder.join(name).to_string_lossy().into_owned());
    std::fs::write(&before, GOOD).unwrap();
    std::fs::write(&after, GOOD.replace("b.rs", "a.rs")).unwrap();
    let link = check(&["link", &after], "", 0, "#1.p.").out;
    let expected = "~ T2 Second\n  owns: + a.rs - b.rs\n";
    check(&["diff", &before, &after], "", 0, expected);
    check(&["diff", &before, link.trim()], "", 0, expected);
    let json: Value =
        serde_json::from_str(&check(&["diff", &before, &after, "--json"], "", 0, "").out).unwrap();
    assert_eq!(json["changed"][0]["fields"][0]["came"][0], "a.rs");
    check(&["diff", &before, "https://plans.example/#1.p.4.0.Zm9"], "", 2, "The link is cut off");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_plan_is_reviewed_by_three() {
    let folder = std::env::temp_dir().join(format!("phaseplan-review-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let plan = path("small.phaseplan.md");
    std::fs::write(&plan, GOOD).unwrap();
    check(&["review", &plan, "--author", "Ada", "--publish"], "", 0, "Revision ");
    let (ben, cid) = (path("ben.jsonl"), path("cid.jsonl"));
    check(
        &["review", &plan, "--reviews", &ben, "--author", "Ben", "--on", "T2.owns", "--comment", "Too much?"],
        "",
        0,
        "T2, owns (live)",
    );
    check(&["review", &plan, "--reviews", &ben, "--author", "Ben", "--approve"], "", 0, "Ben approves");
    check(
        &["review", &plan, "--reviews", &cid, "--author", "Cid", "--request-changes", "Split T1"],
        "",
        0,
        "Cid asks for changes",
    );
    let reply = check(&["review", &plan, "--reviews", &ben, "--author", "Ben", "--reply"], "", 0, "#1.r.");
    assert_eq!(reply.err, "Reply: 1 comment, approval\n");
    let received = check(
        &["review", &plan, "--receive", "-"],
        &format!("Hi Ada,\n{}\nBen", reply.out),
        0,
        "2 new, 0 already here",
    );
    assert!(received.out.contains("Ben") && received.out.contains("approves"));
    let cids = std::fs::read_to_string(&cid).unwrap();
    check(&["review", &plan, "--receive", "-"], &cids, 0, "1 new, 0 already here");
    check(&["review", &plan, "--receive", "-"], &cids, 0, "0 new, 1 already here");
    std::fs::write(&plan, GOOD.replace("First", "Other")).unwrap();
    let json: Value = serde_json::from_str(&check(&["review", &plan, "--json"], "", 0, "").out).unwrap();
    assert_eq!(
        (&json["verdicts"][0]["age"], &json["threads"][0]["standing"]),
        (&"stale".into(), &"live".into())
    );
    assert_eq!(std::fs::read_to_string(path("small.reviews.jsonl")).unwrap().lines().count(), 4);
    check(&["review", &plan, "--markdown"], "", 0, "| `Ben` | approved |");
    assert!(
        check(&["review", &plan, "--receive", "-"], "no link", 1, "")
            .err
            .starts_with("There is no plan in this text")
    );
    check(&["review", &plan, "--comment", "x"], "", 2, "--author NAME");
    check(&["review", &plan, "--author", "x", "--on", "T9", "--comment", "x"], "", 2, "no place `T9`");
    std::fs::remove_dir_all(folder).unwrap();
}
