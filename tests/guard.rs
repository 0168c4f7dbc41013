//! The guard: its hook decides as the core does, whatever the patterns, and nothing that it can't read is let through.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use phaseplan::glob::FileSet;
use serde_json::{Value, json};

/// Runs Node, or remarks that there is none.
fn node(arguments: &[&str], folder: &Path, input: &str) -> Option<Output> {
    let mut command = Command::new("node");
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let Ok(mut running) = command.spawn() else {
        eprintln!("SKIPPED: the hook is not run, because Node is not installed.");
        return None;
    };
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Some(running.wait_with_output().unwrap())
}

const OWNED_PATHS: &str = include_str!("../src/export/agents/owned_paths.js");

/// Patterns of every kind, put together from parts.
fn patterns() -> Vec<String> {
    let names = [
        "src",
        "*",
        "**",
        "*.ts",
        "a?c",
        "[a-c]x",
        "[!a]*",
        "{a,b}",
        "[id]",
        "{a,b/c}.md",
        "x*y*z",
        "Größe",
        "[ä-ü]*",
    ];
    let mut patterns: Vec<String> = names.map(str::to_owned).to_vec();
    for first in names {
        patterns.push(format!("{first}/"));
        for second in names {
            patterns.push(format!("{first}/{second}"));
            patterns.push(format!("{first}/{second}/**"));
            patterns.push(format!("**/{first}/**/{second}"));
        }
    }
    patterns
}

fn paths() -> Vec<String> {
    let names = [
        "src", "a.ts", ".ts", "abc", "bx", "b", "[id]", "a.md", "c.md", "xyz", "xaybz", "xayb", "Größe", "ö",
        "😀", "a b",
    ];
    let mut paths: Vec<String> = names.map(str::to_owned).to_vec();
    for first in names {
        for second in names {
            paths.push(format!("{first}/{second}"));
            paths.push(format!("b/{first}/{second}"));
        }
    }
    paths
}

#[test]
fn patterns_as_data_decide_as_the_core_does() {
    let readable: Vec<(String, FileSet)> = patterns()
        .into_iter()
        .flat_map(|pattern| [vec![pattern.clone()], vec!["**".to_owned(), format!("!{pattern}")]])
        .map(|entries| (entries.join(", "), FileSet::parse(&entries)))
        .filter(|(_, (_, errors))| errors.is_empty())
        .map(|(name, (files, _))| (name, files))
        .collect();
    assert!(readable.len() > 900, "{}", readable.len());
    let paths = paths();
    let given =
        json!({"sets": readable.iter().map(|(_, files)| files.data()).collect::<Vec<_>>(), "paths": paths});
    let program = format!(
        "{OWNED_PATHS}\nconst {{ sets, paths }} = JSON.parse(require('fs').readFileSync(0, 'utf8'));\n\
         console.log(JSON.stringify(sets.map(set => paths.map(path => holds(set, path) ? 1 : 0).join(''))));"
    );
    let Some(output) = node(&["-e", &program], Path::new("."), &given.to_string()) else { return };
    let told: Vec<String> = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    for ((name, files), told) in readable.iter().zip(told) {
        for (path, told) in paths.iter().zip(told.chars()) {
            assert_eq!(told == '1', files.matches(path), "{name} and {path}");
        }
    }
}

/// A pattern that a careless matcher takes years for.
#[test]
fn a_hostile_pattern_is_decided_at_once() {
    let files = FileSet::parse(&[["**/".repeat(60), "*a".repeat(100)].concat()]).0;
    let path = [vec!["a"; 60].join("/"), format!("/{}b", "a".repeat(200))].concat();
    let program = format!("{OWNED_PATHS}\nconsole.log(holds({}, {}));", files.data(), json!(path));
    let Some(output) = node(&["-e", &program], Path::new("."), "") else { return };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "false\n");
}

const PLAN: &str = "# Shop\n\n- T1 Cart @owns(src/cart/**, !src/cart/vendor/**)\n- T2 Tax @owns(src/tax/**)\n\
    - T3 Look @kind(research)\n- T4 Unknown\n";

/// A scratch repository with a guard in it.
struct Guarded {
    root: PathBuf,
}

impl Guarded {
    fn new(name: &str, arguments: &[&str]) -> Guarded {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("src/tax")).unwrap();
        fs::create_dir_all(root.join(".git")).unwrap();
        let guarded = Guarded { root };
        let output = guarded.call(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        guarded
    }

    fn call(&self, arguments: &[&str]) -> Output {
        let plan = self.root.join("plan.md");
        fs::write(&plan, PLAN).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_phaseplan"));
        command.arg("guard").arg(&plan).arg("--out").arg(&self.root).args(arguments);
        command.output().unwrap()
    }

    /// Why a write is denied; empty if it is not.
    fn reason(&self, agent: Option<&str>, path: &str) -> Option<String> {
        let mut call = json!({"tool_name": "Write", "cwd": self.root, "tool_input": {"file_path": path}});
        if let Some(agent) = agent {
            call["agent_type"] = json!(agent);
        }
        self.answer(&call.to_string())
    }

    fn answer(&self, input: &str) -> Option<String> {
        let output = node(&[".phaseplan/guard/hook.mjs"], &self.root, input)?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        if output.stdout.is_empty() {
            return Some(String::new());
        }
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let decision = &answer["hookSpecificOutput"];
        assert_eq!(
            (&decision["hookEventName"], &decision["permissionDecision"]),
            (&json!("PreToolUse"), &json!("deny"))
        );
        decision["permissionDecisionReason"].as_str().map(str::to_owned)
    }
}

#[test]
fn an_agent_writes_its_own_files_and_no_others() {
    let guarded = Guarded::new("guard-decides", &[]);
    for (agent, path, expected) in [
        (Some("plan-t1"), "src/cart/a.ts", ""),
        (Some("plan-t1"), "src/tax/../cart/a.ts", ""),
        (Some("plan-t1"), "src/tax/a.ts", "`src/tax/a.ts` is not on the list of T1. It belongs to T2."),
        (Some("plan-t1"), "src/cart/vendor/a.ts", "No task of the plan owns it."),
        (Some("plan-t1"), "/etc/hosts", "outside the repository"),
        (Some("plan-t1"), "../other", "outside the repository"),
        (Some("plan-t3"), "notes.md", "not on the list of T3"),
        (Some("plan-t4"), "src/cart/a.ts", "not on the list of T4"),
        (Some("general-purpose"), "src/cart/a.ts", ""),
        (None, "src/cart/a.ts", ""),
    ] {
        let Some(reason) = guarded.reason(agent, path) else { return };
        assert!(
            reason.contains(expected) && reason.is_empty() == expected.is_empty(),
            "{agent:?} {path}: {reason}"
        );
    }
    let log = fs::read_to_string(guarded.root.join(".phaseplan/guard/denied.jsonl")).unwrap();
    assert_eq!(log.lines().count(), 6);
    let first: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!((&first["task"], &first["path"]), (&json!("T1"), &json!("src/tax/a.ts")));
}

#[test]
fn what_cannot_be_read_is_denied() {
    let guarded = Guarded::new("guard-unreadable", &[]);
    for input in
        ["", "{", "[]", "null", r#"{"agent_type":"plan-t1"}"#, r#"{"agent_type":"plan-t1","tool_input":{}}"#]
    {
        let Some(reason) = guarded.answer(input) else { return };
        assert_eq!(reason.is_empty(), input == "[]", "{input}: {reason}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_before_anything_is_decided() {
    let guarded = Guarded::new("guard-link", &[]);
    fs::create_dir_all(guarded.root.join("src/cart")).unwrap();
    std::os::unix::fs::symlink("../tax", guarded.root.join("src/cart/there")).unwrap();
    let Some(reason) = guarded.reason(Some("plan-t1"), "src/cart/there/new.ts") else { return };
    assert!(reason.contains("`src/tax/new.ts` is not on the list of T1"), "{reason}");
}

#[test]
fn each_layer_has_its_files_and_a_test_of_its_own() {
    let layers = "claude,copilot,opencode,codex,cursor,git";
    let guarded = Guarded::new("guard-layers", &["--for", layers]);
    for path in [
        ".claude/agents/plan-t1.md",
        ".claude/settings.json",
        ".github/hooks/phaseplan.json",
        ".github/agents/plan-t1.agent.md",
        ".opencode/agents/plan-t1.md",
        ".codex/agents/plan-t1.toml",
        ".cursor/agents/plan-t1.md",
        ".git/hooks/pre-commit",
    ] {
        assert!(guarded.root.join(path).is_file(), "{path}");
    }
    if node(&["--version"], &guarded.root, "").is_none() {
        return;
    }
    let output = guarded.call(&["--for", layers, "--self-test"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for layer in ["claude", "copilot", "git"] {
        assert!(
            told.contains(&format!("{layer}: T1 is denied `src/tax/a` and allowed `src/cart/a`")),
            "{told}"
        );
    }
    assert!(told.contains("opencode: T1 is denied") && told.contains("codex: nothing to test"), "{told}");
}

#[test]
fn a_file_that_is_there_stays_unless_it_is_forced() {
    let guarded = Guarded::new("guard-force", &[]);
    let agent = guarded.root.join(".claude/agents/plan-t1.md");
    fs::write(&agent, "mine").unwrap();
    assert_eq!(guarded.call(&[]).status.code(), Some(2));
    assert_eq!(fs::read_to_string(&agent).unwrap(), "mine");
    assert!(guarded.call(&["--force"]).status.success());
    assert!(fs::read_to_string(&agent).unwrap().contains("plan-t1"));
}
