//! Whose each changed file is: of the tasks that are asked about, of another task, or nobody's.

use crate::accents::composed;
use crate::analysis::Ownership;
use crate::glob::{FileSet, Member, Pattern, Reading, intersects};
use crate::plan::{Status, TaskId};
use crate::report::Report;

use super::ChangedFile;

/// The tasks whose files are fine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Positions in the plan, ascending.
    pub tasks: Vec<usize>,
}

impl Asked {
    /// One task. `None` if there is no such task.
    pub fn task(report: &Report, id: &TaskId) -> Option<Asked> {
        Some(Asked { tasks: vec![report.plan.position(id)?] })
    }

    /// The tasks of a phase, counted from 1. `None` if there is no such phase.
    pub fn phase(report: &Report, number: u64) -> Option<Asked> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        let mut tasks = report.schedule.phases.get(at)?.tasks.clone();
        tasks.sort_unstable();
        Some(Asked { tasks })
    }

    /// The tasks that are at work or would be launched first.
    pub fn now(report: &Report) -> Asked {
        let is_now = |&task: &usize| {
            let is_first = report.schedule.phase_of.get(task).copied().flatten() == Some(0);
            is_first || report.plan.tasks[task].status == Status::Running
        };
        Asked { tasks: (0..report.plan.tasks.len()).filter(is_now).collect() }
    }
}

/// What is right about a changed file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Who changed it may do so. Files of the plan itself have no owner.
    Fine(Owner),
    /// It is another task's.
    Foreign(Owner),
    /// No task owns it.
    Nobody {
        /// The task that is asked about and leaves it out of its files, with the entry that says so.
        left_out: Option<Owner>,
        /// Whether the list names only its folder, so that nobody knows which files changed.
        is_folder: bool,
    },
}

/// Whose a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The task; `None` for files of the plan itself.
    pub task: Option<usize>,
    /// The pattern that matches the file, without `!`.
    pub pattern: String,
}

/// A changed file with its verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The file.
    pub file: ChangedFile,
    /// What is right about it.
    pub verdict: Verdict,
}

/// The verdicts on all changed files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The tasks that were asked about.
    pub asked: Asked,
    /// One entry for each file, in the order of the list.
    pub files: Vec<Judged>,
}

/// Folder of what the program writes beside a plan.
const OWN_FOLDER: &str = ".phaseplan/**";

impl Judgement {
    /// Judges changed files. `own` are patterns of the plan's own files. Done tasks still own theirs. A path
    /// is never read as a folder, unless the evidence of the report knows it as one. Takes time in
    /// proportion to files times entries, most of which differ in their first letters.
    pub fn of(report: &Report, asked: Asked, own: &[String], files: Vec<ChangedFile>) -> Judgement {
        let own: Vec<String> = own.iter().cloned().chain([OWN_FOLDER.to_owned()]).collect();
        let owners = Owners {
            own: FileSet::parse(&own).0,
            owns: Ownership::known_including_done(&report.plan, &report.evidence).owns,
            others: by_nearness(report, &asked),
            asked: &asked,
        };
        let judge = |file: ChangedFile| Judged { verdict: owners.verdict(&file), file };
        let files = files.into_iter().map(judge).collect();
        Judgement { asked, files }
    }

    /// Whether every change is fine.
    pub fn is_fine(&self) -> bool {
        self.files.iter().all(|judged| matches!(judged.verdict, Verdict::Fine(_)))
    }
}

/// All tasks that are not asked about, those first that most likely changed a file: tasks at work, then by
/// phase, then done ones.
fn by_nearness(report: &Report, asked: &Asked) -> Vec<usize> {
    let mut others: Vec<usize> =
        (0..report.plan.tasks.len()).filter(|task| asked.tasks.binary_search(task).is_err()).collect();
    others.sort_by_key(|&task| {
        let phase = report.schedule.phase_of.get(task).copied().flatten();
        let status = report.plan.tasks[task].status;
        (status != Status::Running, status == Status::Done, phase.unwrap_or(usize::MAX), task)
    });
    others
}

/// Everybody who may own a file.
struct Owners<'a> {
    own: FileSet,
    owns: Vec<FileSet>,
    others: Vec<usize>,
    asked: &'a Asked,
}

impl Owners<'_> {
    fn verdict(&self, file: &ChangedFile) -> Verdict {
        if file.path.ends_with('/') {
            return Verdict::Nobody { left_out: None, is_folder: true };
        }
        let path = Path::of(&file.path);
        if let Some(pattern) = path.pattern_in(&self.own) {
            return Verdict::Fine(Owner { task: None, pattern });
        }
        let find = |tasks: &[usize]| {
            tasks.iter().find_map(|&task| {
                path.pattern_in(&self.owns[task]).map(|pattern| Owner { task: Some(task), pattern })
            })
        };
        if let Some(owner) = find(&self.asked.tasks) {
            return Verdict::Fine(owner);
        }
        if let Some(owner) = find(&self.others) {
            return Verdict::Foreign(owner);
        }
        let left_out = self.asked.tasks.iter().find_map(|&task| {
            let set = &self.owns[task];
            path.first_of(set.includes())?;
            let pattern = path.spelled(path.first_of(set.excludes())?);
            Some(Owner { task: Some(task), pattern })
        });
        Verdict::Nobody { left_out, is_folder: false }
    }
}

/// A path in the form that patterns are compared with.
struct Path(Pattern);

impl Path {
    /// A backslash in a name is a character like others: git separates names by `/` on every system. Patterns
    /// have no way to write one, so another character that no pattern names stands for it.
    fn of(path: &str) -> Path {
        Path(Pattern::literal(&composed(path).replace('\\', "\u{f05c}")))
    }

    /// The pattern of the set that matches the path, if the path is in the set.
    fn pattern_in(&self, set: &FileSet) -> Option<String> {
        let member = self.first_of(set.includes())?;
        self.first_of(set.excludes()).is_none().then(|| self.spelled(member))
    }

    fn first_of<'m>(&self, members: &'m [Member]) -> Option<&'m Member> {
        members.iter().find(|member| {
            self.0.lead().starts_with(member.pattern.lead()) && intersects(&member.pattern, &self.0)
        })
    }

    /// The pattern as it matches the path to the letter: a path that is read as a folder with `/**`.
    fn spelled(&self, member: &Member) -> String {
        let text = member.pattern.as_str();
        let matches = |text: &str| {
            Pattern::parse_as(text, Reading::Strict).is_ok_and(|pattern| intersects(&pattern, &self.0))
        };
        let folder = format!("{}/**", text.trim_end_matches('/'));
        if !matches(text) && matches(&folder) { folder } else { text.to_owned() }
    }
}
