//! Report JSON: the tasks of the plan and all results, for programs. It can't be opened as a plan.
//!
//! The field names are a contract, described in `docs/command-line.md`. The types of the core are not
//! serialized directly, so a change there does not change the file.

use std::borrow::Cow;

use serde::Serialize;

use super::known_files::{WrittenEvidence, WrittenMatch, written_evidence, written_matches};
use super::{Export, Group, Output};
use crate::advice::{self, Advice, Circumstances};
use crate::analysis::ConflictKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::glob::as_read;
use crate::plan::{Kind, Minutes, Status, TaskId};
use crate::repairs::{self, Improvement};
use crate::report::{Report, Source};
use crate::rules;
use crate::schedule::{BoundArgument, Budget, LowerBound, Outcome, Shared, Why, WhyThen};
use crate::what_if::{self, AgentCount};

/// Report JSON.
pub static EXPORT: Export = Export {
    id: "report",
    group: Group::Programs,
    title: "Report (JSON)",
    description: "Phases, conflicts, bounds and findings, for scripts and checks.",
    extension: ".report.json",
    media_type: "application/json",
    options: &[],
    render: |report, _| Output::Text(to_json(report, true)),
};

/// The report as JSON, with the curve of agents and the improvements if asked for: they take a schedule each.
pub fn to_json(report: &Report, with_figures: bool) -> String {
    let mut written = written(report);
    let circumstances = Circumstances::default();
    let advice: Option<Advice> = with_figures.then(|| advice::advise(report, &circumstances));
    written.advice = advice.as_ref().map(|advice| advice::json::written(report, advice, &circumstances));
    if with_figures {
        written.agents = Some(what_if::curve_of(report).iter().map(written_point).collect());
        let improvements = repairs::improvements(report, &Budget::default());
        written.improvements = Some(improvements.iter().map(written_improvement).collect());
    }
    let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<WrittenImport<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<WrittenEvidence<'a>>,
    safety: WrittenSafety,
    done: Vec<&'a str>,
    running: Vec<&'a str>,
    failed: Vec<&'a str>,
    blocked: Vec<&'a str>,
    dropped: Vec<&'a str>,
    makespan: Makespan,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    gap: f64,
    speed_up: f64,
    busy: f64,
    lower_bound: Bound<'a>,
    critical_path: Vec<&'a str>,
    rolling: WrittenRolling<'a>,
    phases: Vec<WrittenPhase<'a>>,
    tasks: Vec<WrittenTask<'a>>,
    conflict_count: usize,
    conflicts: Vec<WrittenConflict<'a>>,
    ordered_overlaps: Vec<OrderedPair<'a>>,
    unknown_ownership: Vec<&'a str>,
    diagnostics: Vec<WrittenDiagnostic<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agents: Option<Vec<WrittenPoint>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    improvements: Option<Vec<WrittenImprovement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<advice::json::Written<'a>>,
}

/// Numbers of open tasks.
#[derive(Serialize)]
struct WrittenSafety {
    state: &'static str,
    safe: usize,
    claimed: usize,
    unknown: usize,
    colliding: usize,
}

#[derive(Serialize)]
struct WrittenPoint {
    agents: u32,
    minutes: Minutes,
    rolling: Minutes,
}

#[derive(Serialize)]
struct WrittenImprovement {
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    condition: String,
    minutes: i64,
    phases: usize,
}

#[derive(Serialize)]
struct WrittenImport<'a> {
    format: &'a str,
    notes: Vec<WrittenNote>,
}

#[derive(Serialize)]
struct WrittenNote {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    message: String,
    is_error: bool,
}

#[derive(Serialize)]
struct Makespan {
    left: Minutes,
    serial: Minutes,
    phased: Minutes,
    rolling: Minutes,
    lower_bound: Minutes,
    rolling_lower_bound: Minutes,
}

#[derive(Serialize)]
struct Bound<'a> {
    minutes: Minutes,
    argument: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Minutes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Minutes>,
}

#[derive(Serialize)]
struct WrittenRolling<'a> {
    outcome: &'static str,
    gap: f64,
    lower_bound: Bound<'a>,
    critical_path: Vec<&'a str>,
}

#[derive(Serialize)]
struct WrittenPhase<'a> {
    tasks: Vec<&'a str>,
    minutes: Minutes,
}

#[derive(Serialize)]
struct WrittenTask<'a> {
    id: &'a str,
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    group: &'a str,
    kind: Kind,
    status: Status,
    minutes: Minutes,
    phase: Option<usize>,
    start: Option<Minutes>,
    worker: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<WrittenWhy<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why_start: Option<WrittenWhyThen<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    after: Vec<&'a str>,
    owns: Vec<Cow<'a, str>>,
    /// Entries of `owns` that are guesses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guessed: Vec<Cow<'a, str>>,
    reads: Vec<Cow<'a, str>>,
    /// The tasks whose reports it is given.
    receives: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matches: Option<Vec<WrittenMatch<'a>>>,
}

#[derive(Serialize)]
struct WrittenWhy<'a> {
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
}

#[derive(Serialize)]
struct WrittenWhyThen<'a> {
    reason: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tasks: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a str>,
}

#[derive(Serialize)]
struct WrittenConflict<'a> {
    a: &'a str,
    b: &'a str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patterns: Option<[Cow<'a, str>; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reader: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resource: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chain: Option<&'a str>,
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct OrderedPair<'a> {
    first: &'a str,
    second: &'a str,
    witness: &'a str,
}

#[derive(Serialize)]
struct WrittenDiagnostic<'a> {
    code: &'static str,
    /// `audit` for what the author says of the order compared with the files, else `plan`.
    group: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    task: Option<&'a str>,
    tasks: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    fixes: Vec<&'a str>,
}

fn written(report: &Report) -> Written<'_> {
    let Report { plan, analysis, schedule, diagnostics, source, .. } = report;
    let id = |task: usize| plan.tasks[task].id.as_str();
    let ids = |tasks: &[usize]| tasks.iter().map(|task| id(*task)).collect::<Vec<_>>();
    let (safety, progress) = (&report.safety, &analysis.progress);
    Written {
        format: "phaseplan-report/1",
        title: &plan.title,
        import: source.as_ref().map(|source| written_import(report, source)),
        evidence: written_evidence(report),
        safety: WrittenSafety {
            state: safety.state().name(),
            safe: safety.safe.len(),
            claimed: safety.claimed.len(),
            unknown: safety.unknown.len(),
            colliding: safety.colliding.len(),
        },
        done: ids(&progress.done),
        running: ids(&progress.running),
        failed: ids(&progress.failed),
        blocked: ids(&progress.blocked),
        dropped: ids(&progress.dropped),
        makespan: Makespan {
            left: schedule.phased,
            serial: schedule.serial,
            phased: schedule.phased,
            rolling: schedule.rolling.minutes,
            lower_bound: schedule.lower_bound.minutes,
            rolling_lower_bound: schedule.rolling.lower_bound.minutes,
        },
        outcome: schedule.outcome.name(),
        reason: match &schedule.outcome {
            Outcome::Infeasible { reason } => Some(reason),
            _ => None,
        },
        gap: rounded(schedule.gap()),
        speed_up: rounded(schedule.speed_up()),
        busy: rounded(schedule.busy()),
        lower_bound: bound(report, &schedule.lower_bound),
        critical_path: ids(&schedule.critical_path),
        rolling: WrittenRolling {
            outcome: schedule.rolling_outcome().name(),
            gap: rounded(schedule.rolling.gap()),
            lower_bound: bound(report, &schedule.rolling.lower_bound),
            critical_path: ids(&schedule.rolling.critical_path),
        },
        phases: schedule
            .phases
            .iter()
            .map(|phase| WrittenPhase { tasks: ids(&phase.tasks), minutes: phase.minutes })
            .collect(),
        tasks: written_tasks(report),
        conflict_count: analysis.conflict_count,
        conflicts: (0..analysis.conflicts.len()).map(|at| written_conflict(report, at)).collect(),
        ordered_overlaps: analysis
            .ordered_overlaps
            .iter()
            .map(|pair| OrderedPair {
                first: id(pair.first),
                second: id(pair.second),
                witness: &pair.witness,
            })
            .collect(),
        unknown_ownership: ids(&analysis.unknown_ownership),
        diagnostics: diagnostics.iter().map(|diagnostic| written_diagnostic(report, diagnostic)).collect(),
        agents: None,
        improvements: None,
        advice: None,
    }
}

fn written_point(point: &AgentCount) -> WrittenPoint {
    WrittenPoint { agents: point.agents, minutes: point.phased, rolling: point.rolling }
}

fn written_improvement(improvement: &Improvement) -> WrittenImprovement {
    WrittenImprovement {
        title: improvement.title.clone(),
        condition: improvement.condition.clone(),
        minutes: improvement.gain.minutes,
        phases: improvement.gain.phases,
    }
}

/// Rounds to four decimals: the file stays short and is the same on every machine.
fn rounded(value: f64) -> f64 {
    (value * 10_000.0).round() / 10_000.0
}

fn written_import<'a>(report: &'a Report, source: &'a Source) -> WrittenImport<'a> {
    let notes = report.reading.iter().map(|problem| WrittenNote {
        line: problem.location.as_ref().map(|location| location.line),
        message: problem.sentences(),
        is_error: problem.severity == Severity::Error,
    });
    WrittenImport { format: source.format, notes: notes.collect() }
}

fn bound<'a>(report: &'a Report, bound: &'a LowerBound) -> Bound<'a> {
    let minutes = bound.minutes;
    let mut written =
        Bound { minutes, argument: "", tasks: Vec::new(), resource: None, before: None, after: None };
    let (argument, tasks) = match &bound.argument {
        BoundArgument::Nothing => ("nothing", [].as_slice()),
        BoundArgument::Chain(tasks) => ("chain", tasks.as_slice()),
        BoundArgument::Load => ("load", [].as_slice()),
        BoundArgument::Incompatible(tasks) => ("incompatible", tasks.as_slice()),
        BoundArgument::Resource(name) => {
            written.resource = Some(name);
            ("resource", [].as_slice())
        }
        BoundArgument::Prices => ("prices", [].as_slice()),
        BoundArgument::Search => ("search", [].as_slice()),
        BoundArgument::Window { tasks, shared, before, after } => {
            (written.before, written.after) = (Some(*before), Some(*after));
            let argument = match shared {
                Shared::Workers => "load",
                Shared::Turns => "incompatible",
                Shared::Resource(name) => {
                    written.resource = Some(name);
                    "resource"
                }
            };
            (argument, tasks.as_slice())
        }
        BoundArgument::Refuted => ("refuted", [].as_slice()),
    };
    written.argument = argument;
    written.tasks = tasks.iter().map(|task| report.plan.tasks[*task].id.as_str()).collect();
    written
}

fn written_tasks(report: &Report) -> Vec<WrittenTask<'_>> {
    let mut matches = written_matches(report).into_iter();
    let tasks = (0..report.plan.tasks.len()).map(|task| written_task(report, task));
    tasks.map(|task| WrittenTask { matches: matches.next(), ..task }).collect()
}

fn written_task(report: &Report, position: usize) -> WrittenTask<'_> {
    let Report { plan, schedule, .. } = report;
    let task = &plan.tasks[position];
    let slot = schedule.rolling.slots.get(position).copied().flatten();
    let received = report.analysis.received.get(position).map_or(&[][..], Vec::as_slice);
    WrittenTask {
        id: task.id.as_str(),
        title: &task.title,
        group: &task.group,
        kind: task.kind,
        status: task.status,
        minutes: plan.minutes_of(task),
        phase: schedule.phase_of.get(position).copied().flatten().map(|phase| phase + 1),
        start: slot.map(|slot| slot.start),
        worker: slot.map(|slot| slot.worker + 1),
        why: schedule.why.get(position).and_then(Option::as_ref).map(|why| written_why(report, why)),
        why_start: schedule
            .rolling
            .why
            .get(position)
            .and_then(Option::as_ref)
            .map(|why| written_why_then(report, why)),
        line: report.line_of(position),
        after: task.after.iter().map(TaskId::as_str).collect(),
        owns: task.owned_files(),
        guessed: if task.is_guessed() { task.owned_files() } else { Vec::new() },
        reads: task.read_files(),
        receives: received.iter().map(|&from| report.plan.tasks[from].id.as_str()).collect(),
        matches: None,
    }
}

fn written_why<'a>(report: &'a Report, why: &'a Why) -> WrittenWhy<'a> {
    let id = |task: usize| Some(report.plan.tasks[task].id.as_str());
    let (reason, task, resource) = match why {
        Why::First => ("first", None, None),
        Why::After(task) => ("after", id(*task), None),
        Why::Conflict { task, .. } => ("conflict", id(*task), None),
        Why::Resource(name) => ("resource", None, Some(name.as_str())),
        Why::Full => ("full", None, None),
        Why::Alone => ("alone", None, None),
        Why::Longer => ("longer", None, None),
    };
    WrittenWhy { reason, task, resource }
}

fn written_why_then<'a>(report: &'a Report, why: &'a WhyThen) -> WrittenWhyThen<'a> {
    let (reason, tasks) = match why {
        WhyThen::AtOnce => ("first", [].as_slice()),
        WhyThen::After(task) => ("after", std::slice::from_ref(task)),
        WhyThen::Conflict { task, .. } => ("conflict", std::slice::from_ref(task)),
        WhyThen::Resource { tasks, .. } => ("resource", tasks.as_slice()),
        WhyThen::Busy(task) => ("busy", std::slice::from_ref(task)),
        WhyThen::Alone(task) => ("alone", std::slice::from_ref(task)),
        WhyThen::Later => ("later", [].as_slice()),
    };
    let conflict = match why {
        WhyThen::Conflict { conflict, .. } => conflict.map(|number| &report.analysis.conflicts[number].kind),
        _ => None,
    };
    let resource = match (why, conflict) {
        (WhyThen::Resource { resource, .. }, _) => Some(resource.as_str()),
        (_, Some(ConflictKind::Resource { resource, .. })) => Some(resource.as_str()),
        _ => None,
    };
    let witness = conflict.and_then(ConflictKind::witness);
    let tasks = tasks.iter().map(|task| report.plan.tasks[*task].id.as_str()).collect();
    WrittenWhyThen { reason, tasks, resource, witness }
}

fn written_conflict(report: &Report, at: usize) -> WrittenConflict<'_> {
    let conflict = &report.analysis.conflicts[at];
    let [a, b] = [&report.plan.tasks[conflict.a], &report.plan.tasks[conflict.b]];
    let mut written = WrittenConflict {
        a: a.id.as_str(),
        b: b.id.as_str(),
        code: conflict.kind.code(),
        witness: conflict.kind.witness(),
        patterns: None,
        reader: None,
        creator: None,
        resource: None,
        chain: None,
        accepted: conflict.accepted.as_deref(),
    };
    fn read(entry: &str) -> Cow<'_, str> {
        as_read(entry).unwrap_or_default()
    }
    match &conflict.kind {
        ConflictKind::WriteWrite(overlap) => {
            written.patterns = Some([&a.owns[overlap.left], &b.owns[overlap.right]].map(|entry| read(entry)));
        }
        ConflictKind::ReadWrite { reader, overlap } => {
            let reads_first = *reader == conflict.a;
            let (reader, writer) = if reads_first { (a, b) } else { (b, a) };
            let (needed, owned) = (read(&reader.reads[overlap.left]), read(&writer.owns[overlap.right]));
            written.patterns = Some(if reads_first { [needed, owned] } else { [owned, needed] });
            written.reader = Some(reader.id.as_str());
        }
        ConflictKind::Resource { resource, .. } => written.resource = Some(resource),
        ConflictKind::Migrations { chain } => written.chain = Some(chain),
        ConflictKind::Creation { creator, .. } => {
            written.creator = Some(report.plan.tasks[*creator].id.as_str());
        }
    }
    written
}

fn written_diagnostic<'a>(report: &Report, diagnostic: &'a Diagnostic) -> WrittenDiagnostic<'a> {
    let first = diagnostic.places.first();
    let mut tasks: Vec<&str> = Vec::new();
    for place in &diagnostic.places {
        if !tasks.contains(&place.id.as_str()) {
            tasks.push(place.id.as_str());
        }
    }
    WrittenDiagnostic {
        code: diagnostic.code,
        group: if rules::is_of_audit(diagnostic.code) { "audit" } else { "plan" },
        severity: diagnostic.severity.name(),
        message: &diagnostic.title,
        detail: &diagnostic.detail,
        task: first.map(|place| place.id.as_str()),
        tasks,
        line: report.line_of_diagnostic(diagnostic),
        column: diagnostic.location.as_ref().and_then(|location| location.column),
        fixes: diagnostic.fixes.iter().map(|fix| fix.title.as_str()).collect(),
    }
}
