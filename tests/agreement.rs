//! Whatever speaks of a plan as a whole says the same: the headline, the problems, the status bar, screen readers, the
//! report and the exports.

#[path = "common/shared_folder.rs"]
mod shared_folder;

use std::path::{Path, PathBuf};

use phaseplan::diagnostic::Severity;
use phaseplan::plan::Status;
use phaseplan::protocol::{Answer, Content, DocumentRequest, PlanState, ViewRequest};
use phaseplan::schedule::Budget;
use phaseplan::session::Session;
use phaseplan::view::Markup;
use phaseplan::{Report, examples, explain, export, import};
use serde_json::Value;

/// All text of a view, and the classes of its elements.
fn text_and_classes(drawing: &[Markup]) -> (String, String) {
    let (mut text, mut classes) = (String::new(), String::new());
    for element in drawing {
        text.push_str(&element.text);
        text.push(' ');
        for (name, value) in &element.attributes {
            if *name == "class" {
                classes.push_str(value);
                classes.push(' ');
            }
        }
        let (inner, more) = text_and_classes(&element.children);
        text.push_str(&inner);
        classes.push_str(&more);
    }
    (text, classes)
}

/// What the page shows of a plan text.
struct Page {
    state: PlanState,
    totals: (String, String),
    problems: (String, String),
}

fn page(text: &str) -> Page {
    let mut session = Session::default();
    session.answer(DocumentRequest::Open { opening: 1, content: Content::Text(text.to_owned()) });
    let Answer::Planned(state) = session.answer(DocumentRequest::Plan) else { panic!("it plans anything") };
    let mut draw = |wanted| match session.answer(DocumentRequest::Draw(wanted)) {
        Answer::Drawn { groups, .. } => text_and_classes(&groups.concat()),
        other => panic!("{other:?}"),
    };
    Page {
        totals: draw(ViewRequest::Totals { is_limit_open: true }),
        problems: draw(ViewRequest::Problems { current: None }),
        state: *state,
    }
}

/// A line as screen readers hear it.
fn in_speech(line: &str) -> String {
    line.replace(" · ", ", ")
}

/// Checks every statement about a plan against the others.
fn check(name: &str, report: &Report) {
    let safety = explain::safety(report);
    let counts =
        [&report.safety.safe, &report.safety.claimed, &report.safety.unknown, &report.safety.colliding];
    let open = report.plan.tasks.iter().filter(|task| task.status.is_open()).count();
    assert_eq!(counts.map(Vec::len).iter().sum::<usize>(), open, "{name}: each open task is counted once");

    let is_safe = explain::is_safe(report);
    let is_bad = |found: &&phaseplan::diagnostic::Diagnostic| {
        matches!(found.severity, Severity::Error | Severity::Conflict | Severity::Unknown)
    };
    let bad = report.diagnostics.iter().find(is_bad);
    assert!(!is_safe || bad.is_none(), "{name}: called safe, in spite of {bad:?}");

    let json: Value = serde_json::from_str(&export::report::to_json(report, false)).expect("it is JSON");
    assert_eq!(json["safety"]["safe"], report.safety.safe.len(), "{name}");
    assert_eq!(json["makespan"]["left"], json["makespan"]["phased"], "{name}");
    for status in [Status::Done, Status::Running, Status::Failed, Status::Dropped] {
        let ids = |task: &&phaseplan::plan::Task| task.status == status;
        let count = report.plan.tasks.iter().filter(ids).count();
        assert_eq!(json[status.name()].as_array().map(Vec::len), Some(count), "{name}: {}", status.name());
    }
    let is_scheduled = |task: usize| report.schedule.phase_of[task].is_some();
    for (at, task) in report.plan.tasks.iter().enumerate() {
        assert_eq!(task.status.is_open(), is_scheduled(at), "{name}: {} and its phase", task.id);
    }
    let is_shortest = explain::outcome(&report.schedule) == "shortest possible";
    assert_eq!(is_shortest, json["gap"] == 0.0 && json["outcome"] == "optimal", "{name}");

    if report.plan.tasks.is_empty() {
        return;
    }
    let spoken = explain::result(report);
    assert!(spoken.contains(&in_speech(&safety)), "{name}: {spoken}");
    let markdown = export::by_id("markdown").expect("it is listed");
    let export::Output::Text(markdown) = (markdown.render)(report, &export::Options::default()) else {
        panic!("it is a text")
    };
    assert!(markdown.contains(&safety), "{name}: {markdown}");
}

/// Checks the page of a plan text against its report.
fn check_page(name: &str, text: &str) {
    let parsed = phaseplan::text::parse(text);
    let report = Report::new(parsed.plan, &Budget::default()).with_reading(parsed.problems);
    check(name, &report);
    let Page { state, totals, problems } = page(text);
    if report.plan.tasks.is_empty() {
        return;
    }
    let safety = explain::safety(&report);
    assert!(state.summary.starts_with(&safety), "{name}: {} and {safety}", state.summary);
    assert!(totals.0.contains(&safety), "{name}: {} and {safety}", totals.0);
    assert!(state.announcement.contains(&in_speech(&safety)), "{name}: {}", state.announcement);
    let is_safe = explain::is_safe(&report);
    assert_eq!(
        totals.1.contains("is-ok"),
        is_safe,
        "{name}: the headline is green exactly if the plan is safe"
    );
    assert!(is_safe || !problems.0.contains("No problems"), "{name}: {safety}");
    let left = explain::duration(report.schedule.phased);
    assert!(
        report.safety.open() == 0 || totals.0.contains(&left),
        "{name}: {left} is missing in {}",
        totals.0
    );
}

#[test]
fn examples_say_one_thing_everywhere() {
    for (number, (name, _)) in examples::EXAMPLES.iter().enumerate() {
        check_page(name, examples::text(number));
    }
}

#[test]
fn plans_in_every_state_say_one_thing_everywhere() {
    for text in [
        "- T1 One\n- T2 Two\n",
        "- T1 One @owns(a)\n- T2 Two @owns(a)\n",
        "- T1 One @owns(a)\n- T2 Two @owns(a) @accept(T1: adds)\n",
        "- T1 One @own(a)\n- T1 Two @owns(b/** @after(T9)\n",
        "- T1 One @parallel(claimed)\n- T2 Two @owns(b)\n",
        "- T1 One @owns(a) @after(T2)\n- T2 Two @owns(b) @after(T1)\n",
        "- [x] T1 One\n- [-] T2 Two\n",
        "- [x] T1 One @owns(a)\n- [~] T2 Two @owns(b)\n- [!] T3 Three @owns(c)\n- T4 Four @owns(d) @after(T3)\n",
        "> unknown beside\n- T1 One\n- T2 Two @owns(a)\n",
        "- T1 One @owns(a) @uses(db)\n- T2 Two @owns(b) @uses(db)\n",
    ] {
        check_page(text, text);
    }
}

/// The files in a folder, and in its folders.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

#[test]
fn real_plans_say_one_thing_everywhere() {
    for folder in ["corpus", "realworld", "design/running-plans"] {
        let Some(folder) = shared_folder::find(folder) else { continue };
        let mut found = Vec::new();
        files(&folder, &mut found);
        for file in found {
            let name = file.display().to_string();
            let Ok(bytes) = std::fs::read(&file) else { continue };
            if let Ok(imported) = import::import(&bytes, file.file_name().and_then(|name| name.to_str())) {
                check(&name, &Report::of_import(imported, &Budget { steps: 200, seed: 1 }));
            }
        }
    }
}
