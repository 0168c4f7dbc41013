//! Bad input on the command line: each ends in a sentence, soon, and writes nothing.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use phaseplan::zip;

/// The longest time for one call: a program without optimisation on a busy machine.
const LIMIT: Duration = Duration::from_secs(40);

/// A folder that is deleted when this is dropped.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Folder {
    fn new(test: &str) -> Folder {
        let folder = std::env::temp_dir().join(format!("phaseplan-bad-{test}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the temporary folder can be written");
        Folder(folder)
    }

    fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("it is below the folder")).expect("it can be made");
        fs::write(path, content).expect("it can be written");
    }

    /// The names of everything in the folder itself.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).expect("the folder is there");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(|entry| name(entry.expect("it can be read"))).collect();
        names.sort();
        names
    }

    /// Exit status, output and errors of a call in this folder, which writes nothing.
    #[track_caller]
    fn call(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let (before, begin) = (self.names(), Instant::now());
        let mut command = Command::new(env!("CARGO_BIN_EXE_phaseplan"));
        let output = command.args(arguments).current_dir(&self.0).output().expect("it starts");
        assert!(begin.elapsed() < LIMIT, "{arguments:?} took {:?}", begin.elapsed());
        assert_eq!(self.names(), before, "{arguments:?} wrote something");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// Checks that every command that reads a plan refuses an input in a sentence.
    #[track_caller]
    fn refuses(&self, operand: &str, part: &str) {
        for command in ["import", "check"] {
            let (status, out, err) = self.call(&[command, operand]);
            assert_eq!((status, out.as_str()), (Some(2), ""), "{command} {operand}: {err}");
            assert!(err.contains(part) && err.trim_end().ends_with(['.', '?']), "{command} {operand}: {err}");
            assert!(err.len() < 600, "{command} {operand} repeats its input: {} bytes", err.len());
        }
    }
}

#[test]
fn a_folder_of_ten_thousand_files_is_refused() {
    let folder = Folder::new("many");
    for at in 0..10_000 {
        folder.write(&format!("repository/part{}/{at}.md", at % 50), "- [ ] T1 A\n");
    }
    folder.refuses("repository", "is a folder with more than 2000 files or 32 MB");
}

#[test]
fn a_file_of_50_megabytes_is_refused_whatever_it_holds() {
    let folder = Folder::new("large");
    folder.write("plan.md", "- [ ] T1 A\n".repeat(50 << 20 >> 3 >> 1));
    folder.write("plan.json", vec![b'['; 50 << 20]);
    for name in ["plan.md", "plan.json"] {
        folder.refuses(name, "has more than 32 MB");
    }
}

#[test]
fn archives_in_archives_and_with_many_entries_are_refused() {
    let folder = Folder::new("archives");
    let many: Vec<String> = (0..5_000).map(|at| format!("{at}.md")).collect();
    folder.write("many.zip", zip::write(many.iter().map(|name| (name.as_str(), ""))));
    folder.refuses("many.zip", "holds more than 2000 files");
    let list = "- [ ] T1 A\n".repeat(3 << 20);
    folder.write("large.zip", zip::write([("plan.md", list.as_str())]));
    folder.refuses("large.zip", "has more than 32 MB");
    for number in 0..3 {
        let some = many[..900].iter().map(|name| (name.as_str(), ""));
        folder.write(&format!("several/{number}.zip"), zip::write(some));
    }
    folder.refuses("several", "These zip archives unpack to more than 2000 files or 32 MB in all.");
}

#[cfg(unix)]
#[test]
fn links_in_a_folder_lead_nowhere() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new("links");
    folder.write("outside/secret.md", "- [ ] T9 Secret @owns(secret)\n");
    folder.write("plans/plan.md", "- [ ] T1 Cart @owns(cart)\n");
    let link =
        |to: &str, name: &str| symlink(Path::new(to), folder.0.join("plans").join(name)).expect("it is new");
    link(".", "loop");
    link("b", "a");
    link("a", "b");
    link("/", "root");
    link("../outside", "folder");
    link("../outside/secret.md", "file.md");
    let (status, out, err) = folder.call(&["import", "plans"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("T1 Cart") && !out.contains("Secret"), "{out}");
    fs::remove_file(folder.0.join("plans/plan.md")).expect("it is there");
    folder.refuses("plans", "There is no file in it.");
}

#[test]
fn nested_json_and_exploding_yaml_are_refused() {
    let folder = Folder::new("deep");
    for (name, unit) in [("lists.json", "["), ("objects.json", "{\"tasks\":"), ("tasks.json", "{\"tasks\":[")]
    {
        folder.write(name, unit.repeat(100_000));
        folder.refuses(name, "nested too deeply");
    }
    let mut yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for at in 1..40 {
        yaml += &format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(","));
    }
    folder.write("anchors.yaml", yaml);
    folder.refuses("anchors.yaml", "This YAML is too much to read");
}

#[test]
fn mixed_encodings_are_refused_and_whole_ones_are_read() {
    let folder = Folder::new("encodings");
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let plan = "- [ ] T1 Grün @owns(a)\n- [ ] T2 Blau @owns(b) @after(T1)\n";
    folder.write("whole.md", [&[0xff, 0xfe][..], &utf_16(plan)].concat());
    let (status, out, err) = folder.call(&["import", "whole.md"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(out.contains("Grün"), "{out}");
    folder.write("mixed.md", [plan.as_bytes(), &utf_16(plan)].concat());
    folder.refuses("mixed.md", "not a text file");
    let latin: Vec<u8> = plan.chars().map(|letter| u32::from(letter) as u8).collect();
    folder.write("latin.md", [plan.as_bytes(), &latin].concat());
    folder.refuses("latin.md", "has a character that is not UTF-8");
}

#[test]
fn tasks_in_a_second_format_are_told() {
    let folder = Folder::new("second");
    let list = "# Tasks: Shop\n\n## Phase 1\n\n- [ ] T001 Create src/a.rs\n- [ ] T002 Create src/b.rs\n";
    let json = "{\"tasks\": [{\"id\": 9, \"title\": \"Nine\", \"status\": \"pending\"}]}\n";
    folder.write("tasks.md", format!("{list}\n{json}"));
    let (status, _, err) = folder.call(&["import", "tasks.md"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(err.contains("Line 8 begins JSON with tasks of its own, which were not read."), "{err}");
    folder.write("both.md", format!("{json}\n{list}"));
    let (status, _, err) = folder.call(&["import", "both.md"]);
    assert_eq!(status, Some(0), "{err}");
    assert!(err.contains("Line 1 begins JSON with tasks of its own"), "{err}");
}
