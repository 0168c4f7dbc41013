//! Pages that stay true: what ARCHITECTURE.md, CONTRIBUTING.md and docs/coverage.md name exists, and each entry
//! of a list of the program is named in the page that describes the list.

use std::path::{Path, PathBuf};
use std::process::Command;

use phaseplan::plan::field::Field;
use phaseplan::plan::{Kind, Status};

/// Folders of the project's root that a page may name.
const FOLDERS: [&str; 10] =
    [".github", "bench", "codec", "docs", "oracle", "src", "style", "tests", "xtask", ".ci"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    let path = root().join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What stands between single back-ticks, outside of blocks of code.
fn code_spans(page: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let mut in_block = false;
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}

/// Where a span that names a file or a folder may lead: below the root, or, for a module, below `src`. Empty
/// for what is no path, such as a media type or `plan::edit`.
fn candidates(span: &str) -> Vec<PathBuf> {
    let path = span.split("::").next().unwrap_or_default().trim_end_matches('/');
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/._-".contains(letter);
    if !path.contains('/') || path.starts_with('/') || !path.chars().all(is_plain) {
        return Vec::new();
    }
    let first = path.split('/').next().unwrap_or_default();
    if FOLDERS.contains(&first) {
        return vec![root().join(path)];
    }
    let module = root().join("src").join(path);
    let is_room = root().join("src").join(first).exists();
    if is_room { vec![module.with_extension("rs"), module] } else { Vec::new() }
}

fn check_paths(name: &str) {
    let page = page(name);
    let named: Vec<&str> =
        code_spans(&page).into_iter().filter(|span| !candidates(span).is_empty()).collect();
    assert!(!named.is_empty(), "{name} names no files");
    let is_missing = |span: &&str| !candidates(span).iter().any(|path| path.exists());
    let missing: Vec<&str> = named.into_iter().filter(is_missing).collect();
    assert_eq!(missing, [""; 0], "{name} names files that are not there");
}

#[test]
fn files_that_pages_name_exist() {
    check_paths("ARCHITECTURE.md");
    check_paths("CONTRIBUTING.md");
}

#[test]
fn links_between_pages_lead_to_files() {
    let mut pages = vec!["README.md".to_owned(), "ARCHITECTURE.md".to_owned(), "CONTRIBUTING.md".to_owned()];
    for entry in std::fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.ends_with(".md") {
            pages.push(format!("docs/{name}"));
        }
    }
    pages.sort();
    for name in pages {
        let folder = root().join(&name).parent().unwrap().to_owned();
        for link in page(&name).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap_or_default();
            if !file.is_empty() && !file.contains("://") {
                assert!(folder.join(file).exists(), "{name} links to {file}");
            }
        }
    }
}

/// Whether a file of tests has one of this name.
fn has_test(file: &str, name: &str) -> bool {
    let text = std::fs::read_to_string(root().join(file)).unwrap_or_default();
    let mut is_marked = false;
    for line in text.lines().map(str::trim_start) {
        match line {
            "#[test]" => is_marked = true,
            _ if line.starts_with("#[") || line.starts_with("//") => {}
            _ if is_marked && line.starts_with(&format!("fn {name}(")) => return true,
            _ => is_marked = false,
        }
    }
    false
}

#[test]
fn tests_that_hold_what_is_covered_exist() {
    check_paths("docs/coverage.md");
    let page = page("docs/coverage.md");
    let tests = code_spans(&page).into_iter().filter_map(|span| span.split_once(".rs::"));
    let missing: Vec<String> = tests
        .filter(|(file, name)| !has_test(&format!("{file}.rs"), name))
        .map(|(file, name)| format!("{file}.rs::{name}"))
        .collect();
    assert_eq!(missing, [""; 0], "docs/coverage.md names tests that are not there");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| ")?.strip_suffix(" |"));
    for row in rows.filter(|row| *row != "topic | where | test") {
        let [_, place, test] = row.split(" | ").collect::<Vec<_>>()[..] else { panic!("{row}") };
        assert_eq!(place.starts_with("Not yet"), test == "–", "{row}");
        assert!(test == "–" || test.contains(".rs::"), "{row}");
    }
}

fn check_named(name: &str, entries: &[&str]) {
    let page = page(name);
    let spans = code_spans(&page);
    let missing: Vec<&&str> =
        entries.iter().filter(|entry| !spans.iter().any(|span| span.contains(**entry))).collect();
    assert_eq!(missing, [&""; 0], "{name} leaves out entries of a list");
}

#[test]
fn every_kind_and_status_is_described() {
    let kinds = Kind::ALL.map(Kind::name);
    let statuses = Status::ALL.map(Status::name);
    check_named("docs/plan-text.md", &kinds);
    check_named("docs/plan-json.md", &kinds);
    check_named("docs/plan-json.md", &statuses);
}

#[test]
fn every_field_is_described() {
    let names: Vec<&str> = Field::OF_TASK.iter().map(|field| field.name()).collect();
    check_named("docs/plan-json.md", &names);
}

#[test]
fn every_command_and_switch_is_described() {
    let help = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_phaseplan")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let described = page("docs/command-line.md");
    let overview = help(&["help"]);
    let commands: Vec<&str> = overview
        .lines()
        .filter_map(|line| line.strip_prefix("  phaseplan "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 5, "{overview}");
    for command in commands {
        assert!(described.contains(&format!("phaseplan {command}")), "{command}");
        let usage = help(&["help", command]);
        for switch in usage.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-') {
            if switch.starts_with("--") && switch != "--help" {
                assert!(described.contains(switch), "{command} {switch}");
            }
        }
    }
}
