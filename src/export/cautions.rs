//! What is wrong with running a plan, before it is handed to agents: each point with what can be done.

use super::agents::doer::{Doer, unfit_type, why_unfit};
use super::agents::phases::is_to_do;
use super::agents::prompt::goal;
use crate::agents::{MODELS, Model};
use crate::analysis::{Conflict, ConflictKind};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::explain::{counted, listed};
use crate::plan::{Edit, Plan, Task};
use crate::report::Report;
use crate::rules;
use crate::text::problems::is_about_hidden;

/// Something to know before the plan is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in sentences; paths and names are in backticks.
    pub sentence: String,
    /// What can be done about it, best first.
    pub remedies: Vec<Remedy>,
}

/// Something that can be done about a caution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Apply a fix.
    Repair {
        /// Position of the diagnostic in the report.
        problem: usize,
        /// Position of the fix in the diagnostic.
        fix: usize,
    },
    /// Look at a diagnostic, by its position in the report.
    Problem(usize),
    /// Look at a task, by its position in the plan.
    Task(usize),
}

/// The most cautions of one kind that are listed each by itself.
const MOST: usize = 3;

/// Everything to know before the plan is run, worst first. Empty if all is well, or nothing is left to do.
pub fn cautions(report: &Report) -> Vec<Caution> {
    let mut cautions = Vec::new();
    cautions.extend(errors(report));
    cautions.extend(hidden(report));
    cautions.extend(conflicts(report));
    cautions.extend(without_files(report));
    cautions.extend(guessed_files(report));
    cautions.extend(not_launched(report));
    cautions.extend(unfit_types(report));
    cautions.extend(models(report));
    cautions.extend(long_goal(report));
    cautions
}

/// A goal that is too long to be told to each of so many agents.
fn long_goal(report: &Report) -> Option<Caution> {
    let first = tasks(&report.plan, |task| is_to_do(&report.plan, task)).first().copied()?;
    goal::is_shortened(&report.plan).then(|| Caution {
        severity: Severity::Warning,
        sentence: format!(
            "The goal has {} bytes, too many to tell it to each agent: they are told only the first {}.",
            report.plan.goal.trim_end().len(),
            goal::most(&report.plan)
        ),
        remedies: vec![Remedy::Task(first)],
    })
}

/// Files that were guessed, so that conflicts may be missing.
fn guessed_files(report: &Report) -> Option<Caution> {
    let guessed = &report.safety.guessed;
    let first = *guessed.first()?;
    let found = |diagnostic: &Diagnostic| diagnostic.code == "PP107";
    let remedy = report.diagnostics.iter().position(found).map_or(Remedy::Task(first), Remedy::Problem);
    Some(Caution {
        severity: Severity::Warning,
        sentence: format!(
            "The files of {} are guessed from words, so conflicts may be missing. Look at them first.",
            counted(guessed.len(), "task")
        ),
        remedies: vec![remedy],
    })
}

fn errors(report: &Report) -> Option<Caution> {
    let first = report.diagnostics.iter().position(|found| found.severity == Severity::Error)?;
    Some(Caution {
        severity: Severity::Error,
        sentence: format!(
            "The plan has {}: {}. Repair it before you run it.",
            counted(report.errors().count(), "error"),
            report.diagnostics[first].title
        ),
        remedies: vec![Remedy::Problem(first)],
    })
}

/// Invisible characters, which were left out. Those in names are errors.
fn hidden(report: &Report) -> Option<Caution> {
    let is_hint = |found: &Diagnostic| found.severity != Severity::Error && is_about_hidden(found);
    let first = report.diagnostics.iter().position(is_hint)?;
    let found = &report.diagnostics[first];
    Some(Caution {
        severity: found.severity,
        sentence: format!("{}. They are left out here. Ask whoever wrote the plan.", found.title),
        remedies: vec![Remedy::Problem(first)],
    })
}

fn conflicts(report: &Report) -> Vec<Caution> {
    let plan = &report.plan;
    let open: Vec<&Conflict> =
        report.analysis.conflicts.iter().filter(|conflict| conflict.is_collision()).collect();
    let remedies = |found: &Conflict| vec![problem_of(report, found).unwrap_or(Remedy::Task(found.a))];
    let shown = open.iter().take(MOST).map(|found| Caution {
        severity: rules::severity_of(&found.kind),
        sentence: format!(
            "{} collide over {}. Only the phases keep them apart, so start neither early.",
            listed(plan, &[found.a, found.b]),
            object(&found.kind)
        ),
        remedies: remedies(found),
    });
    let more = open.get(MOST).map(|found| Caution {
        severity: rules::severity_of(&found.kind),
        sentence: format!("{} open, too.", are_counted(open.len() - MOST, "more conflict")),
        remedies: remedies(found),
    });
    shown.chain(more).collect()
}

/// What two tasks collide over.
fn object(kind: &ConflictKind) -> String {
    match kind {
        ConflictKind::Migrations { chain } => format!("the migrations in `{chain}`"),
        ConflictKind::Resource { resource: name, .. } => format!("`{name}`"),
        ConflictKind::WriteWrite(overlap) | ConflictKind::ReadWrite { overlap, .. } => {
            format!("`{}`", overlap.witness)
        }
        ConflictKind::Creation { path, .. } => format!("`{path}`"),
    }
}

/// The diagnostic about a conflict.
fn problem_of(report: &Report, conflict: &Conflict) -> Option<Remedy> {
    let is_about = |found: &Diagnostic, task: usize| found.places.iter().any(|place| place.task == task);
    let both = |found: &Diagnostic| is_about(found, conflict.a) && is_about(found, conflict.b);
    let severity = rules::severity_of(&conflict.kind);
    report.diagnostics.iter().position(|found| found.severity == severity && both(found)).map(Remedy::Problem)
}

/// "1 task is", "2 tasks are".
fn are_counted(count: usize, one: &str) -> String {
    format!("{} {}", counted(count, one), if count == 1 { "is" } else { "are" })
}

fn without_files(report: &Report) -> Vec<Caution> {
    let plan = &report.plan;
    let is_unknown = |task: usize| plan.tasks[task].is_unknown();
    let claimed = tasks(plan, |task| plan.tasks[task].has_unknown_ownership() && !is_unknown(task));
    let unknown = tasks(plan, is_unknown);
    let is_alone = |task: &usize| {
        let phase = report.schedule.phase_of[*task];
        phase.is_none_or(|phase| report.schedule.phases[phase].tasks.len() == 1)
    };
    let of_unknown = match (unknown.len(), unknown.iter().all(is_alone)) {
        (1, true) => "lists no files: it runs alone, and what its report names counts as its own.",
        (1, false) => "lists no files: nothing proves that it keeps away from the files of those beside it.",
        (_, true) => "list no files: each runs alone, and what its report names counts as its own.",
        (_, false) => {
            "list no files: nothing proves that they keep away from the files of those beside them."
        }
    };
    let of_claimed = match claimed.len() {
        1 => "lists no files: only the author's word says that it keeps away from those of others.",
        _ => "list no files: only the author's word says that they keep away from those of others.",
    };
    let caution = |tasks: &[usize], what_follows: &str, alone: Option<Remedy>| {
        let task = *tasks.first()?;
        Some(Caution {
            severity: Severity::Unknown,
            sentence: format!("{} {what_follows}", listed(plan, tasks)),
            remedies: alone.into_iter().chain([Remedy::Task(task)]).collect(),
        })
    };
    let of_unknown = caution(&unknown, of_unknown, run_alone(report));
    of_unknown.into_iter().chain(caution(&claimed, of_claimed, None)).collect()
}

/// The fix that lets tasks without files run alone, if they don't.
fn run_alone(report: &Report) -> Option<Remedy> {
    let runs_alone = |edit: &Edit| matches!(edit, Edit::SetSettings(settings) if !settings.unknown_beside);
    let is_it = |fix: &Fix| matches!(fix.edits.of_plan(), [edit] if runs_alone(edit));
    if !report.plan.settings.unknown_beside {
        return None;
    }
    let mut problems = report.diagnostics.iter().enumerate();
    problems.find_map(|(problem, found)| {
        Some(Remedy::Repair { problem, fix: found.fixes.iter().position(is_it)? })
    })
}

fn not_launched(report: &Report) -> Vec<Caution> {
    let plan = &report.plan;
    let mut cautions = Vec::new();
    let people = tasks(plan, |task| is_to_do(plan, task) && Doer::of(&plan.tasks[task]) == Doer::Person);
    if let Some(&first) = people.first() {
        cautions.push(Caution {
            severity: Severity::Warning,
            sentence: format!(
                "{} for a person: no agent is launched, and you are asked in its place.",
                are(plan, &people)
            ),
            remedies: vec![Remedy::Task(first)],
        });
    }
    let elsewhere =
        tasks(plan, |task| is_to_do(plan, task) && matches!(Doer::of(&plan.tasks[task]), Doer::Elsewhere(_)));
    let shown = elsewhere.iter().take(MOST).filter_map(|&task| match Doer::of(&plan.tasks[task]) {
        Doer::Elsewhere(who) => Some(Caution {
            severity: Severity::Warning,
            sentence: format!(
                "{} is for `{who}`, which Claude Code can't launch: you are asked to hand it the task.",
                plan.tasks[task].id
            ),
            remedies: vec![Remedy::Task(task)],
        }),
        _ => None,
    });
    cautions.extend(shown);
    cautions.extend(more(plan, &elsewhere, "for somebody whom Claude Code can't launch"));
    cautions
}

fn unfit_types(report: &Report) -> Vec<Caution> {
    let plan = &report.plan;
    let unfit = tasks(plan, |task| is_to_do(plan, task) && unfit_type(&plan.tasks[task]).is_some());
    let shown = unfit.iter().take(MOST).filter_map(|&at| {
        let task = &plan.tasks[at];
        let (unfit, Doer::Subagent(instead)) = (unfit_type(task)?, Doer::of(task)) else { return None };
        let why = why_unfit(unfit);
        Some(Caution {
            severity: Severity::Warning,
            sentence: format!(
                "{} names the agent `{unfit}`, which {why}: {instead} takes its place.",
                task.id
            ),
            remedies: vec![Remedy::Task(at)],
        })
    });
    shown.chain(more(plan, &unfit, "given to another agent type than planned")).collect()
}

fn models(report: &Report) -> Vec<Caution> {
    let plan = &report.plan;
    let launched = |task: usize| is_to_do(plan, task) && Doer::of(&plan.tasks[task]).is_launched();
    let inexact = tasks(plan, |task| launched(task) && about_model(&plan.tasks[task]).is_some());
    let shown = inexact.iter().take(MOST).filter_map(|&task| {
        let sentence = about_model(&plan.tasks[task])?;
        Some(Caution { severity: Severity::Warning, sentence, remedies: vec![Remedy::Task(task)] })
    });
    shown.chain(more(plan, &inexact, "launched with another model than planned")).collect()
}

/// What becomes of the model that the plan names, unless a call takes it as it is.
fn about_model(task: &Task) -> Option<String> {
    let (id, named) = (&task.id, task.model.trim());
    match Model::of(named) {
        Model::Inherited | Model::Alias(_) => None,
        Model::Full(alias) => Some(format!(
            "{id} names the model `{named}`. A call takes only `{alias}`, which may be another version."
        )),
        Model::OtherMaker | Model::Unknown => Some(format!(
            "{id} names the model `{named}`. A call takes only {}, so it runs with the model of its agent type.",
            MODELS.join(", ")
        )),
    }
}

/// One caution for all tasks beyond the listed ones.
fn more(plan: &Plan, tasks: &[usize], what: &str) -> Option<Caution> {
    let rest = tasks.get(MOST..)?;
    let first = *rest.first()?;
    Some(Caution {
        severity: Severity::Warning,
        sentence: format!("{} {what}, too.", are(plan, rest)),
        remedies: vec![Remedy::Task(first)],
    })
}

/// "T1 is", "T1 and T2 are".
fn are(plan: &Plan, tasks: &[usize]) -> String {
    format!("{} {}", listed(plan, tasks), if tasks.len() == 1 { "is" } else { "are" })
}

fn tasks(plan: &Plan, is_meant: impl Fn(usize) -> bool) -> Vec<usize> {
    (0..plan.tasks.len()).filter(|&task| plan.tasks[task].status.is_open() && is_meant(task)).collect()
}
