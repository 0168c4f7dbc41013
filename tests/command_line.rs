//! The command line as a user calls it.
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/shared_folder.rs"]
mod shared_folder;

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use phaseplan::protocol::{Answer as Drawing, Content, DocumentRequest, ViewRequest};
use phaseplan::session::Session;
use phaseplan::view::Markup;
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
    // A call that reads no input may have ended before it is written.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { status: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs a call, and checks its status and a part of its output: standard output for answers, standard error
/// for errors.
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
    let answer = check(
        &["plan", STOREFRONT],
        "",
        0,
        "Storefront: sign-in and saved carts\nplan text · 7 tasks\n\nSafe to run: ",
    );
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
    check(&["check", "-"], "- T1 First @owns(a.rs\n", 1, "(PP401, line 1, column 12)");
    check(&["plan", "-"], "- T1 First @owns(a.rs\n", 1, "Phase 1");
    check(&["export", "-", "--to", "prompt"], CYCLE, 1, "Repair it before you run it");
}

#[test]
fn an_audit_asks_about_needless_order_and_lists_contradicted_marks_in_a_group() {
    let question = "T2 waits for T1, but nothing is shared: could they run together and save 20 m?";
    check(&["check", "-", "--audit"], GOOD, 0, "Audit: what the author says and what the files say\n");
    assert!(!check(&["check", "-"], GOOD, 0, "").out.contains("waits for"));
    let report: Value =
        serde_json::from_str(&check(&["check", "-", "--audit", "--json"], GOOD, 0, "").out).unwrap();
    let found = report["diagnostics"].as_array().unwrap();
    let audit: Vec<&Value> = found.iter().filter(|found| found["group"] == "audit").collect();
    assert_eq!(audit.len(), 1, "{found:?}");
    assert_eq!(audit[0]["message"], question);
    assert_eq!(audit[0]["tasks"], serde_json::json!(["T2", "T1"]));
    assert_eq!(audit[0]["fixes"], serde_json::json!(["Let T2 run beside T1"]));
    let marked = CONFLICT.replace("src/a.rs)", "src/a.rs) @parallel(claimed)");
    check(&["check", "-"], &marked, 0, "T2 is marked as parallel, but writes the same file as T1");
    let calm = GOOD.replace("b.rs)", "b.rs) @reads(a.rs)");
    check(&["check", "-", "--audit"], &calm, 0, "Audit: no mark is contradicted");
    check(&["check", "-", "--audits"], GOOD, 2, "--audit");
}

#[test]
fn wrong_calls_get_a_sentence_and_a_suggestion() {
    check(&[], "", 2, "phaseplan plan FILE");
    check(&["pln", "x"], "", 2, "There is no command `pln`. Did you mean `plan`?");
    check(&["plan", "x", "--jsn"], "", 2, "`phaseplan plan` has no option `--jsn`. Did you mean `--json`?");
    check(&["plan"], "", 2, "`phaseplan plan` needs FILE.");
    check(&["plan", "x", "--steps", "many"], "", 2, "--steps takes a whole number, not `many`.");
    check(&["plan", "no such file"], "", 2, "There is no file `no such file`.");
    check(&["plan", concat!(env!("CARGO_MANIFEST_DIR"), "/style")], "", 2, "None of these");
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
    for command in [
        "plan", "check", "export", "guard", "import", "link", "open", "diff", "review", "overlap", "owns",
        "next", "now", "mark", "help",
    ] {
        assert!(overview.contains(&format!("phaseplan {command} ")), "{command}");
        let page = check(&["help", command], "", 0, &format!("  phaseplan {command}")).out;
        assert_eq!(page, check(&[command, "--help"], "", 0, "").out);
    }
    check(&["help", "export"], "", 0, "prompt");
    check(&["help", "pp402"], "", 0, "PP402 There is no such tag\nwarning unknown-tag\n");
    check(&["help", "unclosed-tag"], "", 0, "Add `)` where the list ends.");
    check(&["--version"], "", 0, concat!("phaseplan ", env!("CARGO_PKG_VERSION"), "\n"));
}

/// The documentation has the usage lines exactly as the program prints them.
#[test]
fn the_documentation_shows_every_call() {
    let documentation = include_str!("../docs/command-line.md");
    for command in [
        "plan", "check", "export", "guard", "import", "link", "open", "diff", "review", "overlap", "owns",
        "next", "now", "mark", "help",
    ] {
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
                // Its names are ids of tasks.
                if name != "critical" {
                    fields(value, found);
                }
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
fn an_import_says_what_the_input_was_taken_for_and_can_be_overruled() {
    let answer = |arguments: &[&str]| -> Value { serde_json::from_str(&call(arguments, GOOD).out).unwrap() };
    let spec_kit = answer(&["import", SPEC_KIT, "--json"]);
    assert_eq!((&spec_kit["format"], &spec_kit["certainty"]), (&"spec-kit".into(), &"sure".into()));
    assert_eq!(spec_kit["why"], "19 items have a box and an id such as T001");
    assert_eq!(spec_kit["tasks"], spec_kit["plan"]["tasks"].as_array().unwrap().len());
    let text = answer(&["import", SPEC_KIT, "--from", "text", "--json"]);
    assert_eq!((&text["format"], &text["certainty"]), (&"text".into(), &"chosen".into()));
    assert_eq!(text["read_as"], "plan text");
    check(&["import", "-", "--from", "spec-kit"], GOOD, 2, "No item of this file has a box and an id");
    check(
        &["import", "-", "--from", "speckit"],
        GOOD,
        2,
        "There is no format `speckit`. Did you mean `spec-kit`?",
    );
    check(&["help", "import"], "", 0, "\n  spec-kit ");
}

/// A folder that is deleted when this is dropped.
struct Folder(std::path::PathBuf);

impl Folder {
    fn with(test: &str, files: &[(&str, &[u8])]) -> Folder {
        let folder = std::env::temp_dir().join(format!("phaseplan-{test}-{}", std::process::id()));
        for (path, content) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        Folder(folder)
    }

    fn path(&self, below: &str) -> String {
        self.0.join(below).to_string_lossy().into_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_command_opens_files_folders_archives_and_links() {
    let link = call(&["link", "-"], GOOD).out;
    let archive = phaseplan::zip::write([("small/README.md", "# Small\n"), ("small/plan.md", GOOD)]);
    let folder = Folder::with(
        "open",
        &[
            ("app/README.md", b"# App\n\n- fast\n"),
            ("app/specs/plan.md", GOOD.as_bytes()),
            ("app/node_modules/a/tasks.md", include_bytes!("fixtures/imports/newsletter-tasks.md")),
            ("app.zip", &archive),
        ],
    );
    for operand in
        [folder.path("app"), folder.path("app.zip"), folder.path("app/specs/plan.md"), link.trim().to_owned()]
    {
        let operand = operand.as_str();
        check(&["plan", operand], "", 0, "T2");
        check(&["check", operand], "", 0, "");
        check(&["export", operand, "--to", "text"], "", 0, "- [ ] T2 Second");
        check(&["import", operand], "", 0, "- [ ] T2 Second");
        check(&["link", operand], "", 0, link.trim());
        check(&["diff", operand, "-"], GOOD, 0, "");
        check(&["review", operand, "--reviews", &folder.path("none")], "", 0, "Revision ");
    }
    check(&["plan", &folder.path("none")], "", 2, "There is no file");
}

#[test]
fn a_set_of_files_needs_a_folder_and_a_text_may_have_one() {
    let folder = Folder::with("out", &[("plan.md", GOOD.as_bytes())]);
    let out = folder.path("made/here");
    let listing = check(
        &["export", &folder.path("plan.md"), "--to", "text", "--out", &out],
        "",
        0,
        "small.phaseplan.md",
    );
    assert!(std::fs::read_to_string(listing.out.trim()).unwrap().contains("- [ ] T2 Second"));
    check(&["export", "-", "--to", "json", "--option", "size=large"], GOOD, 2, "There is no option `size`.");
    check(&["export", "-", "--to", "json", "--option", "size"], GOOD, 2, "takes NAME=VALUE");
    check(
        &["export", "-", "--to", "json", "--out", &out, "--output", "x"],
        GOOD,
        2,
        "either --out or --output",
    );
}

#[test]
fn what_is_imported_can_be_planned() {
    let imported = call(&["import", SPEC_KIT], "");
    assert_eq!(imported.status, Some(0));
    assert!(imported.err.starts_with("Read as spec-kit tasks.md.\n"), "{}", imported.err);
    assert!(
        imported.err.contains("line 34: T007 is already the id of an earlier task; this one is now T007-2."),
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
fn an_export_for_agents_says_beside_it_what_is_wrong_with_running_it() {
    let plan = "- T1 Copy @agent(person) @owns(a)\n- T2 Tidy\n- T3 Cart @owns(b)\n";
    let answer = check(&["export", "-", "--to", "prompt"], plan, 0, "# Run a plan: 2 agents");
    assert!(answer.err.starts_with("Before you run it:\n- T2 lists no files: "), "{}", answer.err);
    assert!(answer.err.contains("- T1 is for a person: "), "{}", answer.err);
    assert_eq!(check(&["export", "-", "--to", "json"], plan, 0, "phaseplan/1").err, "");
    let answer = check(&["export", "-", "--to", "prompt"], GOOD, 0, "# Run a plan");
    assert!(!answer.err.contains("Before you run it"), "{}", answer.err);
    assert!(answer.err.contains(" characters. To launch the agents, about "), "{}", answer.err);
}

#[test]
fn an_export_for_agents_can_be_about_a_part_of_the_plan() {
    let plan = "- T1 Copy @owns(a)\n- T2 Tidy @owns(b) @after(T1)\n";
    let export = |more: &[&str], status, part: &str| {
        check(&[&["export", "-", "--to", "prompt"], more].concat(), plan, status, part)
    };
    export(&["--phase", "2"], 0, "# Run phase 2 of a plan: 1 agent");
    export(&["--task", "T2"], 0, "# Run `T2` of a plan: 1 agent");
    export(&["--now"], 0, "# Run what can start now: 1 agent");
    export(&["--phase", "3"], 2, "There is no phase 3. The plan has phases 1 to 2.");
    export(&["--phase", "two"], 2, "`--phase` takes the number of a phase, not `two`.");
    export(&["--task", "T9"], 2, "There is no task `T9` in this plan.");
    export(&["--task", "T1", "--now"], 2, "Give only one of `--phase`, `--task` and `--now`.");
    let json = ["export", "-", "--to", "json", "--now"];
    check(&json, plan, 2, "`json` is about the whole plan only: leave out the part.");
    check(&["help", "running"], "", 0, "When a run goes wrong");
}

#[test]
fn a_prompt_as_files_is_written_below_the_folder() {
    let folder = Folder::with("prompt", &[("plan.md", GOOD.as_bytes())]);
    let answer = check(
        &["export", &folder.path("plan.md"), "--to", "prompt-files", "--out", &folder.path("")],
        "",
        0,
        "",
    );
    assert!(answer.out.contains(".phaseplan/run/run.md"), "{}", answer.out);
    assert!(std::fs::read_to_string(folder.path(".phaseplan/run/run.md")).is_ok());
    check(&["export", "-", "--to", "prompt-files"], GOOD, 2, "writes several files. Say where: `--out DIR`");
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
fn an_output_replaces_neither_its_input_nor_another_file_unless_forced() {
    let folder = Folder::with("force", &[("plan.md", GOOD.as_bytes()), ("mine.md", b"mine")]);
    let [plan, mine, link, new] = ["plan.md", "mine.md", "link.md", "new.md"].map(|name| folder.path(name));
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    let export = |to: &str, more: &[&str], status, part| {
        let arguments = [&["export", &plan, "--to", "prompt", "--output", to], more].concat();
        check(&arguments, "", status, part);
    };
    export(&plan, &[], 2, "plan.md` is the plan itself, so nothing was written.");
    export(&folder.path("./plan.md"), &[], 2, "is the plan itself");
    export(
        &mine,
        &[],
        2,
        "mine.md` exists already, so nothing was written. Name another file, or add --force",
    );
    assert_eq!((read(&plan).as_str(), read(&mine).as_str()), (GOOD, "mine"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&plan, &link).unwrap();
        export(&link, &[], 2, "is the plan itself");
    }
    export(&new, &[], 0, "");
    export(&new, &[], 0, "");
    export(&mine, &["--force"], 0, "");
    assert_eq!(read(&mine), read(&new));
    export(folder.0.to_str().unwrap(), &[], 2, "exists already");
}

#[test]
fn next_says_what_to_launch_and_what_holds_up_the_rest() {
    let plan = "> at most 2\n- [x] T1 Tables @owns(db/**)\n- [~] T2 Export @owns(src/export/**) @uses(db)\n\
                - T3 Import @owns(src/import/**) @after(T1) ~20m\n- T4 Table @owns(src/export/table.rs)\n\
                - [!] T5 Icons @owns(icons/**) ~5m\n- T6 Web @owns(web/**) @after(T5) ~5m\n- T7 Year? @kind(gate)\n";
    let answer = check(&["next", "-"], plan, 0, "1 of 7 done · 1 running · 1 failed · 1 blocked · ").out;
    for part in [
        "Launch this one:\n  T3     Import",
        "20 m, and nothing waits for it",
        "Ask for a decision:\n  T7     Year?",
        "At work, with what they hold:\n  T2     Export",
        "src/export/** · db\n",
        "T4 can't run beside T2, which is running: both can write `src/export/table.rs`.",
        "T5 waits for a free place: at most 2 may be at work at once.",
        "waits for T5, which failed",
    ] {
        assert!(answer.contains(part), "{part}\n{answer}");
    }
    let told: Value = serde_json::from_str(&check(&["next", "-", "--json"], plan, 0, "").out).unwrap();
    assert_eq!(told["launch"], serde_json::json!(["T3"]));
    assert_eq!(told["blocked"], serde_json::json!([{"id": "T6", "by": ["T5"]}]));
    assert_eq!((&told["done"], &told["total"]), (&1.into(), &7.into()));
    let report: Value = serde_json::from_str(&check(&["plan", "-", "--json"], plan, 0, "").out).unwrap();
    assert_eq!(told["left"], report["makespan"]["left"]);

    let prompt = check(&["next", "-", "--prompt"], plan, 0, "description: \"T3 Import\"").out;
    assert!(!prompt.contains("T6") && !prompt.contains("T4 "), "{prompt}");
    check(&["next", "-"], CYCLE, 1, "Launch this one:");
    check(&["next", "-"], "- [x] T1 One @owns(a)\n", 0, "1 of 1 done · nothing is left\n");
}

#[test]
fn now_says_whether_picked_tasks_can_all_start() {
    let plan = "- T1 One @owns(a/**)\n- T2 Two @owns(b)\n- T3 Three @owns(a/b)\n";
    check(&["now", "-", "T1", "T2"], plan, 0, "Yes, these can all start now.");
    check(&["now", "-", "T1", "T3"], plan, 1, "T1 can't run beside T3: both can write `a/b`.");
    check(&["now", "-", "T1", "T3", "--json"], plan, 1, "\"can\": false");
    check(&["now", "-", "T1", "T4"], plan, 2, "The plan has no task `T4`. Did you mean `T");
    check(&["now", "-"], plan, 2, "`phaseplan now` needs ID. Write: phaseplan now FILE ID…");
}

#[test]
fn advise_answers_first_and_takes_the_hour_and_the_quota() {
    let plan =
        "- T1 One @owns(a/**) ~30m\n- T2 Two @owns(b/**) ~30m\n- T3 Three @owns(c/**) ~20m..30m..60m\n";
    let answer = check(&["advise", "-"], plan, 0, "Agents in phases: about 32 m, instead of 1 h 30 m in one");
    assert!(answer.out.contains("\n→ agents in phases"), "{}", answer.out);
    check(&["advise", "-", "--markdown"], plan, 0, "**Agents in phases: about 32 m");
    check(&["advise", "-", "--by", "1d"], plan, 0, "Within 24 h");
    check(&["advise", "-", "--quota", "$0.50"], plan, 0, "It does not fit into the $0.50 that are left.");
    check(&["advise", "-", "--by", "soon"], plan, 2, "--by takes a duration such as 2h or 24h, not `soon`.");
    check(&["advise", "-", "--quota", "-1"], plan, 2, "--quota takes dollars such as 5 or 2.50, not `-1`.");
    check(&["plan", "-"], plan, 0, "By which method: Agents in phases: about 32 m");
    let json = |arguments: &[&str]| serde_json::from_str::<Value>(&call(arguments, plan).out).unwrap();
    let advice = json(&["advise", "-", "--json"]);
    assert_eq!(advice["method"]["best"], "agents");
    assert_eq!(json(&["plan", "-", "--json"])["advice"], advice, "the report says the same");
    let other = json(&["advise", "-", "--json", "--seed", "2"]);
    assert_ne!(other["risk"]["p90"], advice["risk"]["p90"]);
}

#[test]
fn mark_changes_only_the_status_and_nothing_if_the_call_is_wrong() {
    let text =
        "# Lists\r\n- T1 One @owns(a)\r\n* [~] T2  Two `@owns(b)`\n  [ ] a line of T2\n- T3 Three @owns(c)";
    let folder = Folder::with("mark", &[("plan.md", text.as_bytes()), ("sub/x", b"")]);
    let plan = &folder.path("plan.md");
    let read = || std::fs::read_to_string(plan).unwrap();
    for (wrong, part) in [
        (&["T9=done"][..], "The plan has no task `T9`. Did you mean"),
        (&["T1=finished"], "There is no status `finished`. Statuses: todo, running, done, failed, dropped."),
        (&["T1=doen"], "Did you mean `done`?"),
        (&["T1=done", "T9=done"], "The plan has no task `T9`."),
        (&["T1=done", "T1=failed"], "T1 is to be marked in two ways. Nothing was written."),
        (&["T1"], "`T1` is not ID=STATUS, such as T1=done."),
        (&["=done"], "`=done` is not ID=STATUS"),
        (&[], "`phaseplan mark` needs ID=STATUS."),
    ] {
        check(&[&["mark", plan], wrong].concat(), "", 2, part);
        assert_eq!(read(), text, "{wrong:?}");
    }
    check(&["mark", "-", "T1=done"], text, 2, "takes neither standard input nor a folder or a link");
    check(&["mark", folder.0.to_str().unwrap(), "T1=done"], "", 2, "neither standard input nor a folder");
    check(&["mark", &folder.path("no"), "T1=done"], "", 2, "There is no file");

    let told = check(&["mark", plan, "T1=done", "T2=running", "T3=failed"], "", 0, "").out;
    assert_eq!(told, "T1 todo → done\nT2 is running already\nT3 todo → failed\n");
    assert_eq!(read(), text.replace("- T1", "- [x] T1").replace("- T3", "- [!] T3"));
    let told = check(&["mark", plan, "T1=todo", "--json"], "", 0, "\"from\": \"done\"").out;
    assert!(told.contains("\"to\": \"todo\""), "{told}");
}

#[test]
fn marks_at_the_same_time_all_count() {
    let lines: String = (1..=12).map(|number| format!("- T{number} Task @owns(f{number})\n")).collect();
    let folder = Folder::with("marks", &[("plan.md", lines.as_bytes())]);
    let calls: Vec<_> = (1..=12)
        .map(|number| {
            phaseplan(&["mark", &folder.path("plan.md"), &format!("T{number}=done")]).spawn().unwrap()
        })
        .collect();
    for call in calls {
        assert!(call.wait_with_output().unwrap().status.success());
    }
    let marked = std::fs::read_to_string(folder.path("plan.md")).unwrap();
    assert_eq!(marked, lines.replace("- T", "- [x] T"));
}

#[test]
fn a_run_is_logged_once_it_was_asked_for() {
    let folder = Folder::with("log", &[("plan.md", GOOD.as_bytes())]);
    let (plan, log) = (&folder.path("plan.md"), folder.path("plan.run.jsonl"));
    check(
        &["log", plan],
        "",
        0,
        "Nothing is logged yet. `phaseplan mark FILE ID=running --log` begins the log.",
    );
    check(&["mark", plan, "T1=running"], "", 0, "");
    assert!(!std::path::Path::new(&log).exists(), "nobody asked for a log");
    check(&["mark", plan, "T1=failed", "--log", "--author", "Ada"], "", 0, "");
    check(&["mark", plan, "T1=running"], "", 0, "T1 failed → running");
    check(
        &["log", plan, "--task", "T1", "--report", "All is well.", "--denied", "src/x.rs"],
        "",
        0,
        "was refused src/x.rs",
    );
    check(&["log", plan, "--task", "T1", "--changed", "-"], "a.rs\nb c.rs\n", 0, "changed 2");
    check(&["mark", plan, "T1=done"], "", 0, "T1 running → done");
    check(&["next", plan], "", 0, "m left: it ends after ");
    check(&["log", plan, "--report", "x"], "", 2, "Say which task --report is about: `--task ID`.");
    check(&["log", plan, "--task", "T1", "--answer", "yes"], "", 2, "T1 is no gate, so it has no answer.");
    check(&["log", plan, "--task", "T9", "--report", "x"], "", 2, "The plan has no task `T9`.");

    let events = std::fs::read_to_string(&log).unwrap();
    let kinds: Vec<&str> = ["failed", "retried", "reported", "denied", "changed", "done"]
        .into_iter()
        .filter(|kind| events.contains(&format!("\"{kind}\":{{\"task\":\"T1\"")))
        .collect();
    assert_eq!((kinds.len(), events.lines().count()), (6, 6), "{events}");
    assert!(events.contains("\"author\":\"Ada\""));
    let told: Value = serde_json::from_str(&check(&["log", plan, "--json"], "", 0, "").out).unwrap();
    assert_eq!(
        (&told["record"][0]["status"], &told["record"][0]["files"][1]),
        (&"done".into(), &"b c.rs".into())
    );
    assert_eq!(told["outlook"]["left"], 20);
    assert!(
        check(&["log", plan, "--csv"], "", 0, "id,title,kind,status,")
            .out
            .contains("\nT1,First,change,done,20,1,")
    );
    let exported = check(&["export", plan, "--to", "record-csv"], "", 0, "");
    assert!(exported.out.contains("\nT1,First,change,done,20,1,"), "the export reads the log, too");

    std::fs::write(&log, format!("{events}nonsense\n")).unwrap();
    check(&["log", plan], "", 1, "T1");
    assert_eq!(std::fs::read_to_string(&log).unwrap(), format!("{events}nonsense\n"));
}

#[test]
fn json_is_answered_also_in_failure() {
    let cases: [(&[&str], i32, &str); 9] = [
        (&["open", "nonsense", "--json"], 1, ""),
        (&["plan", "no such file", "--json"], 2, "There is no file `no such file`."),
        (&["check", "--json", "no such file"], 2, "There is no file"),
        (&["import", "-", "--json"], 2, "This file is empty."),
        (&["diff", "no such file", "-", "--json"], 2, "no such file"),
        (&["link", "-", "--json"], 2, "This file is empty."),
        (&["review", "no such file", "--json"], 2, "no such file"),
        (&["overlap", "a[", "b", "--json"], 2, ""),
        (&["plan", "--json"], 2, "`phaseplan plan` needs FILE."),
    ];
    for (arguments, status, part) in cases {
        let answer = call(arguments, "");
        let json: Value =
            serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{arguments:?}\n{}", answer.out));
        let error = json["error"].as_str().unwrap_or_else(|| panic!("{arguments:?}: {json}"));
        assert!(error.contains(part) && !error.is_empty(), "{arguments:?}: {error}");
        assert!(!answer.err.is_empty(), "{arguments:?}");
        assert_eq!(answer.status, Some(status), "{arguments:?}");
    }
    assert_eq!(call(&["plan", "no such file"], "").out, "");
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf8_are_read_and_written_back() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::with("bytes", &[("unused", b"")]);
    let name = |bytes: &[u8]| folder.0.join(OsStr::from_bytes(bytes)).into_os_string();
    let (plan, made, out) = (name(b"a\xff.md"), name(b"b\xfe.md"), name(b"c\xfd"));
    std::fs::write(&plan, GOOD).unwrap();
    let run = |arguments: &[&OsStr]| {
        let output = Command::new(env!("CARGO_BIN_EXE_phaseplan")).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{said}");
    };
    let word = OsStr::new;
    run(&[word("plan"), &plan]);
    run(&[word("export"), &plan, word("--to"), word("text"), word("--output"), &made]);
    run(&[word("diff"), &plan, &made]);
    run(&[word("export"), &plan, word("--to"), word("text"), word("--out"), &out]);
    run(&[word("review"), &plan, word("--author"), word("Ada"), word("--comment"), word("Fine.")]);
    for written in [made, name(b"c\xfd/small.phaseplan.md"), name(b"a\xff.reviews.jsonl")] {
        assert!(std::fs::metadata(&written).is_ok(), "{}", written.display());
    }
}

#[test]
fn a_link_says_which_page_it_opens_unless_one_is_named() {
    let answer = check(&["link", "-"], GOOD, 0, "http://127.0.0.1:8080/#1.p.");
    assert!(answer.err.contains("name the page that they use: --page URL"), "{}", answer.err);
    let named = check(
        &["link", "-", "--page", "https://example.org/plans/"],
        GOOD,
        0,
        "https://example.org/plans/#1.p.",
    );
    assert_eq!(named.err, "");
}

#[test]
fn a_link_is_printed_with_a_word_about_each_secret_that_it_holds() {
    let secret = "- T1 Copy it @owns(a)\n  Log in with password=hunter2.\n";
    let answer = check(&["link", "-", "--page", "https://example.org/"], secret, 0, "#1.p.");
    assert!(answer.err.contains("T1 holds what looks like a password"), "{}", answer.err);
    assert!(!answer.err.contains("hunter2"), "{}", answer.err);
    let without =
        check(&["link", "-", "--page", "https://example.org/", "--structure-only"], secret, 0, "#1.p.");
    assert_eq!(without.err, "");
}

#[test]
fn a_batch_is_written_with_a_line_for_each_task_that_is_left_out() {
    let plan = "- T1 Sum up @reads(a.txt) @kind(research)\n- T2 Mend it @owns(b.txt)\n";
    let folder = Folder::with("batch", &[("plan.md", plan.as_bytes())]);
    let export = ["export", &folder.path("plan.md"), "--to", "batch", "--out", &folder.path("sent")];
    let answer = check(&export, "", 0, "requests.jsonl");
    assert!(answer.err.contains("T2: changes files, and a batch only answers."), "{}", answer.err);
    let none = ["export", "-", "--to", "batch", "--out", &folder.path("none")];
    let answer = check(&none, "- T2 Mend it @owns(b.txt)\n", 1, "plan.batch.txt");
    assert!(answer.err.contains("No task can go into a batch"), "{}", answer.err);
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

/// A real plan of 57 tasks, of which 23 are done: the fewest possible phases for the rest, no two
/// writers of one file in a phase, and the false claim of parallelism is reported.
#[test]
fn a_real_spec_kit_file_gets_safe_phases() {
    let Some(file) = shared_folder::find("corpus/speckit/SK4/tasks.md") else { return };
    let answer = call(&["plan", file.to_str().unwrap(), "--json"], "");
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    assert_eq!(report["phases"].as_array().unwrap().len(), 12);
    let phase = |id: &str| {
        let tasks = report["tasks"].as_array().unwrap();
        tasks.iter().find(|task| task["id"] == *id).unwrap()["phase"].as_u64()
    };
    assert_eq!(report["tasks"].as_array().unwrap().len(), 57);
    let conflicts = report["conflicts"].as_array().unwrap();
    for conflict in conflicts {
        let [a, b] = ["a", "b"].map(|side| phase(conflict[side].as_str().unwrap()));
        assert!(a.is_some() && a != b, "{conflict}");
    }
    assert!(conflicts.iter().any(|conflict| conflict["a"] == "T026" && conflict["b"] == "T035"));
    let routers = ["T022", "T032", "T042", "T053"].map(phase);
    for (at, first) in routers.iter().enumerate() {
        assert!(first.is_none() || !routers[at + 1..].contains(first), "{routers:?}");
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
    assert!(reply.err.starts_with("Reply: 1 comment, approval\nThis link opens only on"), "{}", reply.err);
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

#[test]
fn what_an_import_guessed_is_among_the_problems() {
    let report: Value = serde_json::from_str(&check(&["check", SPEC_KIT, "--json"], "", 1, "").out).unwrap();
    let found = report["diagnostics"].as_array().unwrap();
    let notes = report["import"]["notes"].as_array().unwrap();
    let of_import = found.iter().filter(|found| found["code"].as_str().unwrap().starts_with("PP5"));
    assert_eq!(of_import.count(), notes.len());
    assert!(notes.iter().all(|note| note["is_error"] == false), "{notes:?}");
    check(&["check", SPEC_KIT], "", 1, "(PP502)");
}

/// The codes of the problem cards that the page shows for a text.
fn codes_on_the_page(text: &str) -> Vec<String> {
    fn collect(markup: &Markup, codes: &mut Vec<String>) {
        let code = markup.attributes.iter().find(|(name, _)| *name == "data-code");
        codes.extend(code.map(|(_, code)| code.clone()));
        markup.children.iter().for_each(|child| collect(child, codes));
    }
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(text.to_owned()) });
    session.answer(DocumentRequest::Plan);
    let mut codes = Vec::new();
    match session.answer(DocumentRequest::Draw(ViewRequest::Problems { current: None })) {
        Drawing::Drawn { groups, .. } => groups.iter().flatten().for_each(|drawn| collect(drawn, &mut codes)),
        other => panic!("{other:?}"),
    }
    codes
}

#[test]
fn the_page_and_the_command_line_say_the_same_in_one_order() {
    let slips = "> max 5 · default ~30m\n- T1 A @own(a/**) ~20\n- T1 B @owns(b/** @after(T1)\n- T3 C \
        @owns(b/x) @after(T9)\nA note.\n";
    for text in [slips, GOOD, CYCLE, CONFLICT] {
        let report: Value = serde_json::from_str(&call(&["check", "-", "--json"], text).out).unwrap();
        let found = report["diagnostics"].as_array().unwrap();
        let codes: Vec<&str> = found.iter().map(|found| found["code"].as_str().unwrap()).collect();
        assert_eq!(codes, codes_on_the_page(text), "{text}");
        let listed = call(&["check", "-"], text).out;
        let places: Vec<_> = codes.iter().map(|code| listed.find(&format!("({code}"))).collect();
        assert!(places.is_sorted() && places.iter().all(Option::is_some), "{codes:?} in {listed}");
    }
    let report: Value = serde_json::from_str(&call(&["check", "-", "--json"], slips).out).unwrap();
    let first = &report["diagnostics"][0];
    assert_eq!((&first["line"], &first["column"]), (&1.into(), &3.into()), "{first}");
    assert_eq!(first["fixes"], serde_json::json!(["Write `at most 5`"]));
}

#[test]
fn every_command_that_reads_a_plan_tells_what_it_hides() {
    let folder = std::env::temp_dir().join(format!("phaseplan-hidden-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("plan.json").to_string_lossy().into_owned();
    let plan = r#"{"format": "phaseplan/1", "tasks": [{"id": "T1", "title": "A\u200bb", "owns": ["a"]}]}"#;
    std::fs::write(&path, plan).expect("a file");
    for arguments in [
        &["plan", &path][..],
        &["check", &path],
        &["export", &path, "--to", "prompt"],
        &["export", &path, "--to", "markdown"],
        &["import", &path],
        &["diff", &path, &path],
        &["link", &path],
        &["review", &path],
    ] {
        let Answer { out, err, .. } = call(arguments, "");
        assert!([out, err].concat().contains("U+200B"), "{arguments:?}");
    }
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn several_plans_are_checked_beside_each_other() {
    let folder = Folder::with(
        "several",
        &[
            ("api/plan.md", b"- T1 Handlers @owns(src/api/**)\n".as_slice()),
            ("ui/plan.md", b"- T1 Page @owns(src/ui/**) @reads(src/api/types.ts)\n"),
            ("docs.md", b"- T1 Docs @owns(docs/**)\n"),
            ("login.txt", b"src/ui/login.ts\nREADME.md\n"),
        ],
    );
    let paths = ["ui/plan.md", "api/plan.md", "docs.md", "login.txt"].map(|name| folder.path(name));
    let [ui, api, docs, login] = paths.each_ref().map(String::as_str);
    let answer = check(&["check", ui, api, docs, login, "--json"], "", 1, "");
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    let across: Vec<String> = report["across"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {} {}", one["plans"], one["tasks"], one["code"], one["witness"]))
        .collect();
    assert_eq!(
        across,
        [
            r#"["ui/plan","api/plan"] ["T1","T1"] "read/write" "src/api/types.ts""#,
            r#"["ui/plan","login"] ["T1",null] "write/write" "src/ui/login.ts""#,
        ]
    );
    let landing: Vec<&str> =
        report["landing"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(landing, ["docs", "login", "api/plan", "ui/plan"]);
    check(&["check", docs, api], "", 0, "No conflicts between them");
    check(
        &["check", api, "--branch", "x=-"],
        "src/api/a.rs\n",
        1,
        "branch `x` can both change `src/api/a.rs`",
    );
    check(&["check", docs, "-"], "- T1 Something\n", 0, "No conflicts between the files that are known");
    check(&["check", docs, "-"], CYCLE, 1, "No conflicts between them");
    check(&["check", login, login], "", 2, "Name a plan beside them.");
    check(&["check", docs, "--branch", "x"], "", 2, "takes `NAME=LIST`");
    check(&["check", "-", "-"], "", 2, "only once");
}

#[test]
fn changed_files_are_compared_with_their_owners() {
    let folder = Folder::with("owns", &[("plan.md", PLAN_OF_OWNERS.as_bytes())]);
    let plan = folder.path("plan.md");
    let owns = |more: &[&str], changed: &str, status: i32, part: &str| {
        let arguments = [&["owns", plan.as_str(), "--changed", "-"], more].concat();
        check(&arguments, changed, status, part)
    };
    owns(&["--task", "T1"], "a.rs\n.phaseplan/run.md\n", 0, "2 changed files: 2 fine, 0 foreign, 0 nobody's");
    owns(&["--task", "T1"], "", 0, "Nothing changed");
    owns(
        &["--task", "T1"],
        " M b.rs\0",
        1,
        "of T2 (to do, phase 2): b.rs\n         Undo: git checkout HEAD -- :/b.rs",
    );
    owns(&["--phase", "2"], "?? c\0", 1, "Undo: git clean -f -- :/c");
    owns(&["--task", "T3"], "c.rs\n", 1, "T3 lists no files, so what may be changed there is not known.");
    owns(&["--task", "T9"], "", 2, "no task `T9`");
    owns(&["--phase", "9"], "", 2, "There is no phase 9");
    owns(&["--phase", "1", "--task", "T1"], "", 2, "not both");
    let answer = owns(&["--json"], "b.rs\na.rs\n", 1, "");
    let report: Value = serde_json::from_str(&answer.out).unwrap();
    let told: Vec<String> = report["paths"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {} {}", one["path"], one["verdict"], one["owner"], one["phase"]))
        .collect();
    assert_eq!(told, [r#""b.rs" "foreign" "T2" 2"#, r#""a.rs" "fine" "T1" 1"#]);
}

const PLAN_OF_OWNERS: &str =
    "- T1 First @owns(a.rs)\n- T2 Second @owns(b.rs) @after(T1)\n- T3 Third @after(T2)\n";
