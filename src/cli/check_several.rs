//! `phaseplan check FILE FILE…`: each plan, what collides between them, and the order to land them.

use std::ffi::OsStr;
use std::fmt::Write;
use std::process::ExitCode;
use std::sync::Arc;

use phaseplan::analysis::ConflictKind;
use phaseplan::audit;
use phaseplan::beside::{self, Crossing, Place, Reason, Together, Work};
use phaseplan::changed_files;
use phaseplan::evidence::Evidence;
use phaseplan::explain::counted;
use phaseplan::export;
use phaseplan::glob::as_read;
use phaseplan::incoming::Input;
use phaseplan::plan::Task;
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use serde_json::{Map, Value, json};

use super::arguments::{Arguments, CallError, JSON, Switch};
use super::terminal::{Paint, Style, WIDTH, printable, wrapped};
use super::{FAILED, evidence, failure, files, plan, problems, terminal};

/// An open branch beside the plans.
pub const BRANCH: Switch = Switch {
    name: "--branch",
    value: Some("NAME=LIST"),
    help: "An open branch that is worked on at the same time: a file with the output of `git diff --name-only \
        main...NAME`, or - for standard input.",
    is_needed: false,
};

/// Whether the call is about more than one plan.
pub fn is_asked_for(arguments: &Arguments) -> bool {
    arguments.operands.len() > 1 || arguments.has(BRANCH)
}

/// A plan or a branch, as it was given.
struct Given {
    file: String,
    work: Work,
    /// `None` for a branch.
    report: Option<Report>,
}

/// Checks all plans and branches of a call.
pub fn run(arguments: &Arguments) -> Result<ExitCode, CallError> {
    let evidence = evidence::find(arguments)?;
    let mut given = read(arguments, &evidence)?;
    if arguments.has(failure::AUDIT) {
        for one in &mut given {
            one.report = one.report.take().map(|report| audit::audited(report, &Budget::default()));
        }
    }
    let works: Vec<Work> = given.iter().map(|one| one.work.clone()).collect();
    let together = Together::of(&works, &evidence);
    let is_strict = arguments.has(failure::STRICT);
    let has_failed = |report: &Report| failure::has_failed(report, is_strict);
    let has_failed = together.count > 0 || given.iter().filter_map(|one| one.report.as_ref()).any(has_failed);
    let text = if arguments.has(JSON) {
        format!("{:#}\n", as_value(&given, &works, &together))
    } else {
        page(&given, &works, &together, Paint::for_output())
    };
    let written = terminal::print(&text);
    Ok(if has_failed { ExitCode::from(FAILED) } else { written })
}

/// Reads plans and branches, and names them.
fn read(arguments: &Arguments, evidence: &Arc<Evidence>) -> Result<Vec<Given>, CallError> {
    let branches = arguments.values(BRANCH).map(named_branch).collect::<Result<Vec<_>, _>>()?;
    let operands = arguments.operands.iter().map(|operand| &**operand);
    let from_input = operands.chain(branches.iter().map(|(_, list)| OsStr::new(*list)));
    if from_input.filter(|operand| *operand == "-").count() > 1 {
        return Err(CallError::new("Standard input can be read only once. Name a file in place of one `-`."));
    }
    let mut given = Vec::new();
    let mut paths = Vec::new();
    for operand in &arguments.operands {
        let (path, one) = read_operand(operand, evidence)?;
        paths.push(path);
        given.push(one);
    }
    for (one, name) in given.iter_mut().zip(beside::names_of(&paths)) {
        one.work.name = name;
    }
    for (name, list) in branches {
        if given.iter().any(|one| one.work.name == name) {
            return Err(CallError::new(format!("`{name}` is named twice. Give the branch another name.")));
        }
        let files = changed_files::read(&files::read_bytes(OsStr::new(list))?);
        given.push(Given { file: list.to_owned(), work: Work::branch(name, &files), report: None });
    }
    if given.iter().all(|one| one.work.is_branch) {
        return Err(CallError::new("These are only lists of changed files. Name a plan beside them."));
    }
    Ok(given)
}

/// The name and the file in `NAME=LIST`.
fn named_branch(value: &str) -> Result<(&str, &str), CallError> {
    let parts = value.split_once('=').filter(|(name, list)| !name.is_empty() && !list.is_empty());
    parts.ok_or_else(|| {
        CallError::new(format!(
            "{} takes `{}`, not `{value}`.",
            BRANCH.name,
            BRANCH.value.unwrap_or_default()
        ))
    })
}

/// Reads a plan, or a list of changed files. Also returns the path that it is named after.
fn read_operand(operand: &OsStr, evidence: &Arc<Evidence>) -> Result<(String, Given), CallError> {
    let input = files::input(operand)?;
    let file = operand.to_string_lossy().into_owned();
    if let [(_, content)] = input.given()
        && changed_files::is_list(content)
    {
        let files = changed_files::read(content);
        let path = if file == "-" { "branch".to_owned() } else { file.clone() };
        return Ok((path.clone(), Given { file, work: Work::branch(path, &files), report: None }));
    }
    let report = report(&input, evidence)?;
    let is_path = std::path::Path::new(operand).exists();
    let path = if is_path { file.clone() } else { report.plan.title.replace(['/', '.'], " ") };
    let work = Work::plan("", report.plan.clone());
    Ok((path, Given { file: if is_path { file } else { printable_file(&file) }, work, report: Some(report) }))
}

/// A link is as long as its plan, so only its beginning is shown.
fn printable_file(file: &str) -> String {
    terminal::shortened(file, 60)
}

fn report(input: &Input, evidence: &Arc<Evidence>) -> Result<Report, CallError> {
    let incoming = input.read().map_err(|error| CallError::new(error.message))?;
    let imported = files::into_plan(incoming).map_err(CallError::new)?;
    let budget = plan::budget(None, imported.plan.tasks.len());
    Ok(Report::of_import_with(imported, evidence, &budget))
}

/// The most conflicts on the page.
const MOST_SHOWN: usize = 50;

fn page(given: &[Given], works: &[Work], together: &Together, paint: Paint) -> String {
    let mut text = String::new();
    for sentence in beside::not_known(works, together) {
        let _ = writeln!(text, "{}", wrapped(&printable(&sentence), WIDTH).join("\n"));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    if let Some(known) = given.iter().find_map(|one| plan::known(one.report.as_ref()?)) {
        let _ = writeln!(text, "{}\n", paint.paint(Style::Dim, &known));
    }
    for one in given {
        let name = paint.paint(Style::Bold, &printable(&one.work.name));
        match &one.report {
            Some(report) => {
                let tasks = counted(report.plan.tasks.len(), "task");
                let counts = problems::counts(report);
                let _ = writeln!(text, "{name} · {} · {tasks} · {counts}", printable(&one.file));
                text.push_str(&problems::list(report, paint));
            }
            None => {
                let entries: usize = one.work.plan.tasks.iter().map(|task| task.owns.len()).sum();
                let files = counted(entries + one.work.uncompared.len(), "changed file");
                let _ = writeln!(text, "{name} · {} · a branch with {files}", printable(&one.file));
            }
        }
        text.push('\n');
    }
    write_conflicts(&mut text, works, together, paint);
    let _ = writeln!(text, "\n{}", paint.paint(Style::Bold, "Order of landing"));
    for (number, landing) in together.landing.iter().enumerate() {
        let line =
            format!("{}: {}", works[landing.work].name, beside::landing(works, landing).replace('`', ""));
        let _ =
            writeln!(text, "{:>3}  {}", number + 1, wrapped(&printable(&line), WIDTH - 5).join("\n     "));
    }
    text
}

fn write_conflicts(text: &mut String, works: &[Work], together: &Together, paint: Paint) {
    let count = match together.count {
        0 if beside::not_known(works, together).is_empty() => "No conflicts between them".to_owned(),
        0 => "No conflicts between the files that are known".to_owned(),
        count => format!("{} between them", counted(count, "conflict")),
    };
    let _ = writeln!(text, "{}", paint.paint(Style::Bold, &count));
    for crossing in together.crossings.iter().take(MOST_SHOWN) {
        let sentence = printable(&beside::conflict(works, crossing));
        let _ = writeln!(text, "  - {}", wrapped(&sentence, WIDTH - 4).join("\n    "));
    }
    if together.count > MOST_SHOWN {
        let _ = writeln!(text, "  and {} more; --json lists them.", together.count - MOST_SHOWN);
    }
}

fn as_value(given: &[Given], works: &[Work], together: &Together) -> Value {
    let mut diagnostics = Vec::new();
    let mut plans = Vec::new();
    for one in given {
        let (plan, mut found) = plan_as_value(one);
        for diagnostic in &mut found {
            diagnostic["plan"] = json!(one.work.name);
            diagnostic["file"] = json!(one.file);
        }
        diagnostics.append(&mut found);
        plans.push(plan);
    }
    let landing = together.landing.iter().map(|landing| {
        let name = |&work: &usize| works[work].name.as_str();
        let (kind, others) = match &landing.reason {
            Reason::Disjoint => ("disjoint", &[][..]),
            Reason::After(others) => ("after", others.as_slice()),
            Reason::Before(others) => ("before", others.as_slice()),
            Reason::Cycle(others) => ("cycle", others.as_slice()),
            Reason::Largest => ("largest", &[][..]),
            Reason::Last => ("last", &[][..]),
        };
        let others: Vec<&str> = others.iter().map(name).collect();
        json!({
            "id": name(&landing.work),
            "reason": kind,
            "others": others,
            "why": beside::landing(works, landing),
        })
    });
    json!({
        "not_known": beside::not_known(works, together),
        "plans": plans,
        "diagnostics": diagnostics,
        "across_count": together.count,
        "across": together.crossings.iter().map(|one| crossing_as_value(works, one)).collect::<Vec<_>>(),
        "landing": landing.collect::<Vec<_>>(),
    })
}

/// The report of a plan without its diagnostics, and these. A branch has neither.
fn plan_as_value(one: &Given) -> (Value, Vec<Value>) {
    let head = json!({"id": one.work.name, "file": one.file, "is_branch": one.work.is_branch});
    let Some(report) = &one.report else {
        let files: Vec<_> = one.work.plan.tasks.iter().flat_map(Task::owned_files).collect();
        let mut branch = head;
        branch["changed"] = json!(files);
        branch["uncompared"] = json!(one.work.uncompared);
        return (branch, Vec::new());
    };
    let mut whole: Map<String, Value> =
        serde_json::from_str(&export::report::to_json(report, false)).unwrap_or_default();
    let diagnostics = match whole.remove("diagnostics") {
        Some(Value::Array(found)) => found,
        _ => Vec::new(),
    };
    let mut plan = head;
    plan["report"] = Value::Object(whole);
    (plan, diagnostics)
}

fn crossing_as_value(works: &[Work], crossing: &Crossing) -> Value {
    let task = |place: Place| &works[place.work].plan.tasks[place.task];
    let id = |place: Place| (!works[place.work].is_branch).then(|| task(place).id.as_str());
    let name = |side: usize| works[crossing.places[side].work].name.as_str();
    let entry = |entries: &[String], at: usize| {
        entries.get(at).and_then(|entry| as_read(entry)).unwrap_or_default().into_owned()
    };
    let mut value = json!({
        "plans": [name(0), name(1)],
        "tasks": crossing.places.map(id),
        "code": crossing.kind.code(),
        "message": beside::conflict(works, crossing),
        "witness": crossing.kind.witness(),
    });
    let [first, second] = crossing.places.map(task);
    match &crossing.kind {
        ConflictKind::WriteWrite(overlap) => {
            value["patterns"] = json!([entry(&first.owns, overlap.left), entry(&second.owns, overlap.right)]);
        }
        ConflictKind::ReadWrite { reader, overlap } => {
            let (reads, owns) = if *reader == 0 { (first, second) } else { (second, first) };
            let mut patterns = [entry(&reads.reads, overlap.left), entry(&owns.owns, overlap.right)];
            if *reader == 1 {
                patterns.reverse();
            }
            value["patterns"] = json!(patterns);
            value["reader"] = json!(name(*reader));
        }
        ConflictKind::Creation { creator, .. } => value["creator"] = json!(name(*creator)),
        ConflictKind::Resource { resource, demand, capacity } => {
            value["resource"] = json!(resource);
            value["demand"] = json!(demand);
            value["capacity"] = json!(capacity);
        }
        ConflictKind::Migrations { chain } => value["chain"] = json!(chain),
    }
    value
}
