//! `phaseplan scan` in made-up repositories, and the commands that use what it writes.
#![cfg(not(target_arch = "wasm32"))]

use std::path::PathBuf;
use std::process::Command;

use phaseplan::evidence::{Evidence, NAME};

/// A folder for one test, removed at the end.
struct Repository(PathBuf);

impl Drop for Repository {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Repository {
    fn new(test: &str, files: &[(&str, &str)]) -> Repository {
        let folder = std::env::temp_dir().join(format!("phaseplan-scan-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let repository = Repository(folder);
        std::fs::create_dir_all(&repository.0).unwrap();
        files.iter().for_each(|(path, text)| repository.write(path, text));
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.arg("-C")
            .arg(&self.0)
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(arguments);
        let output = git.output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, files: &[&str], round: usize) {
        for file in files {
            self.write(file, &format!("round {round}\n"));
        }
        self.git(&["add", "-A"]);
        self.git(&["commit", "-qm", "Change"]);
    }

    /// Status, standard output and standard error of a call in the folder.
    fn call(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_phaseplan"))
            .args(arguments)
            .current_dir(&self.0)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    }

    fn scan(&self) -> (Evidence, String) {
        let (status, out, err) = self.call(&["scan"]);
        assert_eq!((status, err.as_str()), (0, ""), "{out}");
        // Lines are broken where the terminal ends.
        let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
        (Evidence::read(&std::fs::read_to_string(self.0.join(NAME)).unwrap()).unwrap(), out)
    }
}

fn files(evidence: &Evidence) -> Vec<&str> {
    evidence.files().iter().map(|path| &**path).collect()
}

#[test]
fn names_are_listed_without_what_is_ignored_and_without_links() {
    let repository = Repository::new(
        "names",
        &[
            (".gitignore", "target/\n*.log\n!keep.log\n"),
            ("src/main.rs", "mod cart;\n"),
            ("src/cart.rs", ""),
            ("target/debug/x", ""),
            ("a.log", ""),
            ("keep.log", ""),
            ("node_modules/x/index.js", ""),
            ("app/[slug]/(group)/a b'\"$(x).tsx", ""),
        ],
    );
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        std::os::unix::fs::symlink("/", repository.0.join("root")).unwrap();
        std::os::unix::fs::symlink("src/main.rs", repository.0.join("link.rs")).unwrap();
        std::fs::write(repository.0.join(std::ffi::OsStr::from_bytes(b"\xff.rs")), "").unwrap();
        std::fs::write(repository.0.join("new\nline.rs"), "").unwrap();
    }
    let (evidence, out) = repository.scan();
    let expected =
        [".gitignore", "app/[slug]/(group)/a b'\"$(x).tsx", "keep.log", "src/cart.rs", "src/main.rs"];
    assert_eq!(files(&evidence), expected);
    assert_eq!(evidence.imports(), [(4, 3)]);
    assert!(
        out.starts_with("Which files change together is not known: git knows no history of this folder."),
        "{out}"
    );
    #[cfg(unix)]
    assert!(
        out.contains("Left out: 2 files have names that are no text or hold control characters."),
        "{out}"
    );
}

#[test]
fn the_same_repository_gives_the_same_bytes() {
    let repository =
        Repository::new("twice", &[("src/a.rs", "use crate::b;\n"), ("src/b.rs", ""), ("x.pb.go", "")]);
    repository.scan();
    let first = std::fs::read(repository.0.join(NAME)).unwrap();
    let (status, out, _) = repository.call(&["scan", ".", "--json"]);
    assert_eq!((status, out.as_bytes()), (0, &*first));
    repository.scan();
    assert_eq!(std::fs::read(repository.0.join(NAME)).unwrap(), first);
}

#[test]
fn commits_say_what_changed_together() {
    let repository = Repository::new("git", &[("web/other.rs", "")]);
    repository.git(&["init", "-q"]);
    for round in 0..5 {
        repository.commit(&["web/cart.rs", "web/checkout.rs"], round);
    }
    repository.commit(&["web/cart.rs", "docs/a.md"], 9);
    let (evidence, out) = repository.scan();
    let history = evidence.history().unwrap();
    assert_eq!((history.commits, history.pairs.len()), (6, 1));
    let pair = history.pairs[0];
    assert_eq!((evidence.path(pair.a), evidence.path(pair.b)), ("web/cart.rs", "web/checkout.rs"));
    assert_eq!((pair.both, pair.of_a, pair.of_b), (5, 6, 5));
    assert!(out.contains("1 pair that changed together in 6 commits since 20"), "{out}");
    // Of a folder inside, names are relative to it.
    let (_, out, _) = repository.call(&["scan", "web", "--json"]);
    let inner = Evidence::read(&out).unwrap();
    assert_eq!(files(&inner), ["cart.rs", "checkout.rs", "other.rs"]);
    assert_eq!(inner.history().unwrap().pairs.len(), 1);
}

#[test]
fn the_configuration_of_a_foreign_repository_runs_nothing() {
    let repository = Repository::new("foreign", &[]);
    repository.git(&["init", "-q"]);
    repository.commit(&["a.rs"], 1);
    let mark = repository.0.join("ran");
    let touch = format!("touch {}", mark.display());
    for setting in
        ["core.fsmonitor", "core.pager", "pager.log", "diff.external", "gpg.program", "core.sshCommand"]
    {
        repository.git(&["config", setting, &touch]);
    }
    repository.git(&["config", "log.showSignature", "true"]);
    repository.scan();
    assert!(!mark.exists());
}

#[test]
fn only_evidence_is_replaced_without_being_told() {
    let repository = Repository::new("over", &[("src/a.rs", ""), ("mine.json", "{}")]);
    let (status, _, err) = repository.call(&["scan", "--out", "mine.json"]);
    assert_eq!(status, 2);
    assert!(err.contains("`mine.json` exists already"), "{err}");
    assert_eq!(std::fs::read_to_string(repository.0.join("mine.json")).unwrap(), "{}");
    assert_eq!(repository.call(&["scan", "--out", "mine.json", "--force"]).0, 0);
    repository.write("src/b.rs", "");
    assert_eq!(repository.call(&["scan", "--out", "mine.json"]).0, 0);
    let (status, _, err) = repository.call(&["scan", "nowhere"]);
    assert_eq!(
        (status, err.as_str()),
        (2, "There is no folder `nowhere`. Name the folder of the repository.\n")
    );
}

const PLAN: &str =
    "# Shop\n- T1 Cart @owns(src/cart)\n- T2 Sweep @owns(**/*.rs)\n- T3 Gone @owns(web/**) @after(T2)\n";

#[test]
fn evidence_beside_the_plan_is_used_and_said() {
    let repository =
        Repository::new("beside", &[("src/cart/a.rs", ""), ("src/b.rs", ""), ("plans/plan.md", PLAN)]);
    let (_, out, _) = repository.call(&["check", "plans/plan.md"]);
    assert!(!out.contains("Knows") && !out.contains("PP32") && !out.contains("PP101"), "{out}");
    repository.scan();
    for call in [&["check", "plans/plan.md"][..], &["plan", "plans/plan.md"]] {
        let (_, out, _) = repository.call(call);
        assert!(out.contains("Knows 3 files, from `phaseplan scan`."), "{out}");
        assert!(
            out.contains("(PP321, line 2)") && out.contains("(PP320, line 4)") && out.contains("(PP101"),
            "{out}"
        );
    }
    let (_, out, _) = repository.call(&["plan", "plans/plan.md", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["evidence"]["files"], 3);
    let of_sweep = &report["tasks"][1]["matches"][0];
    assert_eq!((of_sweep["pattern"].as_str(), of_sweep["files"].as_u64()), (Some("**/*.rs"), Some(2)));
    let (_, out, _) = repository.call(&["check", "plans/plan.md", "--no-evidence"]);
    assert!(!out.contains("Knows") && !out.contains("PP32"), "{out}");
    let (_, _, err) = repository.call(&["export", "plans/plan.md", "--to", "text"]);
    assert!(err.contains("Knows 3 files"), "{err}");
}

#[test]
fn all_commands_decide_with_the_same_evidence() {
    let other = "# Other\n- T9 Prices @owns(**/price.rs)\n";
    let running = PLAN.replace("- T1", "- [~] T1");
    let repository = Repository::new(
        "same",
        &[("src/cart/a.rs", ""), ("src/b.rs", ""), ("plan.md", &running), ("other.md", other)],
    );
    let calls: [&[&str]; 4] = [
        &["owns", "plan.md", "--task", "T1", "--changed", "changed.txt"],
        &["now", "plan.md", "T2"],
        &["next", "plan.md"],
        &["check", "plan.md", "other.md"],
    ];
    repository.write("changed.txt", "src/cart/a.rs\n");
    let told = |more: &[&str]| calls.map(|call| repository.call(&[call, more].concat()));
    let without = told(&[]);
    repository.scan();
    let with = told(&[]);
    // `src/cart` of T1 is a folder: T1 may change what is in it, and neither T2 nor the other plan beside it.
    assert_eq!([without[0].0, with[0].0], [1, 0], "{} {}", without[0].1, with[0].1);
    assert_eq!([without[1].0, with[1].0], [0, 1], "{} {}", without[1].1, with[1].1);
    assert!(with[1].1.contains("T1") && with[1].1.contains("src/cart"), "{}", with[1].1);
    assert!(without[2].1.contains("T2") && without[2].1 != with[2].1, "{}", with[2].1);
    assert!(with[3].1.contains("Knows 5 files, from `phaseplan scan`."), "{}", with[3].1);
    let crossing = "T1 of `plan` and T9 of `other` can both change `src/cart/price.rs`.";
    assert!(!without[3].1.contains(crossing) && with[3].1.contains(crossing), "{}", with[3].1);
    // A named list counts as much, and none is used if the call says so.
    repository.write("list.txt", "src/cart/a.rs\nsrc/b.rs\nREADME.md\n");
    let named = told(&["--evidence", "list.txt"]);
    assert_eq!(named.iter().map(|call| call.0).collect::<Vec<_>>(), with.map(|call| call.0));
    assert_eq!(told(&["--no-evidence"]).map(|call| call.1), without.map(|call| call.1));
}

#[test]
fn a_guard_lets_a_task_write_into_a_folder_that_evidence_knows() {
    let repository = Repository::new("guard", &[("src/cart/a.rs", ""), ("plan.md", PLAN)]);
    let guarded = |more: &[&str]| {
        let (status, _, err) =
            repository.call(&[&["guard", "plan.md", "--out", ".", "--force"], more].concat());
        assert_eq!(status, 0, "{err}");
        std::fs::read_to_string(repository.0.join(".phaseplan/guard/hook.mjs")).unwrap()
    };
    repository.scan();
    assert_ne!(guarded(&["--no-evidence"]), guarded(&[]));
}

#[test]
fn a_named_list_of_files_is_evidence_and_a_broken_file_is_told() {
    let repository =
        Repository::new("named", &[("plan.md", PLAN), ("list.txt", "src/cart/a.rs\nsrc/b.rs\nREADME.md\n")]);
    let (_, out, _) = repository.call(&["check", "plan.md", "--evidence", "list.txt"]);
    assert!(out.contains("Knows 3 files, from `git ls-files`."), "{out}");
    let (status, _, err) = repository.call(&["check", "plan.md", "--evidence", "plan.md"]);
    assert_eq!(status, 2);
    assert!(err.contains("`plan.md`: This is not an evidence file."), "{err}");
    repository.write(NAME, "{\"format\": \"phaseplan-evidence/1\", \"folders\": [");
    let (status, out, err) = repository.call(&["check", "plan.md"]);
    assert_eq!(status, 0, "{out}");
    assert!(
        err.starts_with("Not used: `./phaseplan.evidence.json`")
            || err.starts_with("Not used: `phaseplan.evidence.json`"),
        "{err}"
    );
}
