//! All kinds of input: how they are recognised, why, and what is read.

use phaseplan::diagnostic::Diagnostic;
use phaseplan::import::Imported;
use phaseplan::incoming::{Incoming, Input};
use phaseplan::library::archive;
use phaseplan::plan::Plan;
use phaseplan::{export, share, text, zip};

const SPEC_KIT: &str = include_str!("fixtures/imports/newsletter-tasks.md");
const PLAN: &str = "# Shop\n- T1 Cart @owns(cart/**)\n- T2 Pay @owns(pay/**) @after(T1)\n";

fn files(files: &[(&str, &str)]) -> Input {
    Input::files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

fn json() -> String {
    export::json::PlanFile::of(&text::parse(PLAN).plan).to_json()
}

fn link() -> String {
    share::link(&text::parse(PLAN).plan, share::Contents::Full).expect("it fits").at("https://example.org/")
}

/// "sure spec-kit: 19 items have …", or the reason why the input can't be read.
fn claimed(input: &Input) -> String {
    match input.claim() {
        Ok(claim) => {
            format!("{} {}: {}", claim.certainty.name(), claim.content.id(), claim.certainty.why())
        }
        Err(error) => error.message,
    }
}

#[track_caller]
fn check(input: &Input, expected: &str) {
    let found = claimed(input);
    assert!(found.contains(expected), "{found:?} should contain {expected:?}");
}

fn plan(input: &Input) -> Imported {
    match input.read() {
        Ok(Incoming::Plan(imported)) => imported,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn refused(input: &Input, expected: &str) {
    let why = input.read().err().map(|error| error.message).unwrap_or_default();
    assert!(why.contains(expected), "{why:?} should contain {expected:?}");
}

#[test]
fn each_thing_is_told_with_its_reason() {
    check(&Input::paste(SPEC_KIT), "sure spec-kit: 19 items have a box and an id such as T001");
    check(&Input::paste(PLAN), "sure text: it has tags such as @owns(…)");
    check(
        &Input::paste("- [ ] Login\n"),
        "likely text: it has items with a box or an id, such as “- [ ] Login…”",
    );
    check(&Input::paste("Login\nLogout\n"), "possible text: each line of a text can be a task");
    check(&Input::paste(json()), "sure json: it says that its format is “phaseplan/1”");
    check(&Input::paste(link()), "likely link: it holds a link whose checksum is right");
    check(&Input::paste(&link()[..60]), "likely link: it holds a link that is damaged");
    let archive = archive::write(&[("One".to_owned(), "{}".to_owned())]);
    check(&Input::paste(archive), "sure archive: it says that it holds several plans");
    check(&Input::paste("{\"plan\":\"x\",\"clock\":1}\n"), "sure review: its first line is an event");
    check(&Input::paste("{\"name\":\"app\",\"version\":\"1\"}"), "This JSON is not a plan.");
    check(&Input::paste("<p>Hello</p>"), "This is HTML or XML");
}

#[test]
fn a_message_is_read_for_its_link_and_a_plan_that_mentions_one_is_a_plan() {
    let message = Input::paste(format!("Have a look at <{}>, please.", link()));
    assert!(message.needs_coder());
    let Ok(Incoming::Shared(opened)) = message.read() else { panic!("it is a link") };
    assert_eq!(opened.plan.title, "Shop");
    // Also as a file.
    assert!(matches!(files(&[("mail.txt", &link())]).read(), Ok(Incoming::Shared(_))));

    let mut with_link = text::parse(PLAN).plan;
    with_link.tasks[0].instructions = format!("See {}", link());
    let saved = Input::paste(export::json::PlanFile::of(&with_link).to_json());
    assert!(!saved.needs_coder());
    assert_eq!(plan(&saved).plan, with_link);
}

#[test]
fn plan_text_keeps_its_own_text() {
    assert_eq!(plan(&Input::paste("- One\r\n\r\n- Two\r\n")).text.as_deref(), Some("- One\n\n- Two\n"));
    assert_eq!(plan(&Input::paste(json())).text, None);
    assert_eq!(plan(&Input::paste(SPEC_KIT)).text, None);
}

#[test]
fn of_several_files_the_surest_is_read_and_the_others_are_named() {
    let folder = files(&[
        ("specs/1/tasks.md", SPEC_KIT),
        ("specs/1/spec.md", "# Newsletter\n\nPeople subscribe.\n"),
        ("README.md", "# App\n\n- fast\n- small\n"),
    ]);
    let imported = plan(&folder);
    assert_eq!(imported.format, "spec-kit tasks.md");
    assert_eq!(imported.notes[0].sentences(), "Read from specs/1/tasks.md; 2 other files were not.");
    assert_eq!(imported.plan, plan(&Input::paste(SPEC_KIT)).plan);

    let two = plan(&files(&[("b.md", SPEC_KIT), ("a.md", PLAN)]));
    assert_eq!(two.format, "plan text");
    let last = two.notes.last().map(Diagnostic::sentences);
    assert_eq!(last.as_deref(), Some("There are plans in these files too: b.md. Open each separately."));
}

#[test]
fn no_plan_is_made_of_a_folder_without_one() {
    let none = files(&[("README.md", "# App\n\n- fast\n"), ("src/main.rs", "fn main() {}\n")]);
    refused(&none, "None of these 2 files is a plan that phaseplan knows: README.md, src/main.rs.");
    refused(&Input::files(Vec::new()), "There is no file in it.");
}

#[test]
fn a_zip_archive_is_read_like_its_folder() {
    let packed = zip::write([("app/README.md", "# App\n"), ("app/tasks.md", SPEC_KIT), (".git/a", PLAN)]);
    let imported = plan(&Input::files(vec![("app.zip".to_owned(), packed)]));
    assert_eq!(imported.format, "spec-kit tasks.md");
    assert_eq!(imported.notes[0].sentences(), "Read from app/tasks.md; 1 other file was not.");

    let mut hostile = zip::write([("xx/tasks.md", PLAN)]);
    let names: Vec<usize> =
        hostile.windows(3).enumerate().filter(|(_, part)| part == b"xx/").map(|(at, _)| at).collect();
    names.into_iter().for_each(|at| hostile[at..at + 2].copy_from_slice(b".."));
    refused(
        &Input::files(vec![("app.zip".to_owned(), hostile)]),
        "app.zip: This zip archive names a file outside itself",
    );
    let document = zip::write([("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x/>")]);
    refused(&Input::files(vec![("plan.docx".to_owned(), document)]), "plan.docx: This is an office document");
    let broken = zip::write([("tasks.json", "{")]);
    refused(&Input::files(vec![("a.zip".to_owned(), broken)]), "a.zip: tasks.json: This JSON is broken");
}

#[test]
fn too_much_at_once_is_refused() {
    let many = (0..2_001).map(|at| (format!("{at}.md"), Vec::new())).collect();
    refused(
        &Input::files(many),
        "These 2001 files have 0 MB, and up to 2000 files with 32 MB in all are read at once.",
    );
    let large = vec![("a.md".to_owned(), vec![b'a'; 33 << 20])];
    refused(&Input::files(large), "a.md has 33 MB");
    refused(&Input::files(vec![("a.md".to_owned(), vec![b'a'; 9 << 20])]), "plans of up to 8 MB can be read");
}

#[test]
fn a_format_that_a_person_names_overrules() {
    let format = |id: &str| phaseplan::import::by_id(id).expect("it is listed");
    let as_text = Input::paste(SPEC_KIT).read_as(format("text")).expect("any text is plan text");
    assert_eq!(as_text.format, "plan text");
    let chosen = files(&[("a.md", PLAN), ("b.md", SPEC_KIT)]).read_as(format("spec-kit"));
    assert_eq!(chosen.map(|imported| imported.plan), Ok(plan(&Input::paste(SPEC_KIT)).plan));
    let wrong = Input::paste(PLAN).read_as(format("spec-kit"));
    assert!(wrong.is_err_and(|error| error.message.starts_with("No item of this file has a box and an id")));
    assert!(Input::paste(PLAN).read_as(format("json")).is_err_and(|error| error.message.contains("no JSON")));
}

#[test]
fn plans_of_one_archive_come_back() {
    let records = vec![("One".to_owned(), "a".to_owned()), ("Two".to_owned(), "b".to_owned())];
    let read = Input::paste(archive::write(&records)).read();
    assert_eq!(read, Ok(Incoming::Archive(records)));
    assert_eq!(plan(&Input::paste(json())).plan, Plan { ..text::parse(PLAN).plan });
}

#[test]
fn an_input_is_called_by_its_file_its_folder_or_the_number_of_its_files() {
    let title = |paths: &[&str]| files(&paths.iter().map(|path| (*path, "")).collect::<Vec<_>>()).title();
    assert_eq!(Input::paste("- One").title(), "");
    assert_eq!(title(&["tasks.md"]), "tasks.md");
    assert_eq!(title(&["app/tasks.md"]), "app");
    assert_eq!(title(&["app/README.md", "app/specs/tasks.md"]), "app");
    assert_eq!(title(&["README.md", "tasks.md"]), "2 files");
    assert_eq!(title(&["app/README.md", "tasks.md", "lib/x.md"]), "3 files");
    assert_eq!(title(&["app/README.md", "lib/x.md"]), "2 files");
}

#[test]
fn the_text_that_notes_are_about_is_that_of_the_file_that_is_read() {
    let list = "# Tasks: Shop\n\n- [ ] T001 Cart in src/cart.ts\n- [ ] T002 Page in src/page.ts\n";
    let folder = files(&[("app/README.md", "# App\n"), ("app/tasks.md", list)]);
    let format = |id: &str| phaseplan::import::by_id(id).expect("it is listed");
    assert_eq!(folder.text_for(format("spec-kit")), Some(list));
    assert_eq!(folder.certainty(format("spec-kit")).name(), "sure");
    assert_eq!(folder.certainty(format("csv")), phaseplan::import::Certainty::No);
}
