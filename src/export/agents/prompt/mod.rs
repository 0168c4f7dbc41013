//! The prompt for an orchestrator of Claude Code that runs all phases with its `Agent` tool.
//!
//! Names and rules follow the documentation of Claude Code for the version [`crate::agents::VERIFIED_FOR`]:
//! several agents run at once if one message contains several `Agent` calls; a call with `name` may start a
//! teammate whose result does not come back; results arrive as completion notifications in a later turn.
//!
//! The head holds the rules, and is as short for a large plan as for a small one. Then come the phases, with
//! the numbers of the schedule. Every prompt of an agent begins with the files that the agent owns. Text from
//! the plan is quoted line by line between boundary lines that it can't contain (see [`super::boundary`]).
//!
//! A large plan is better written as files: the orchestrator then repeats one line for each agent, not its prompt, and can
//! read a phase again.

mod agent;
pub mod alone;
pub mod folder;
pub mod goal;
mod head;
mod phase;
mod question;
mod reports;
pub mod size;
mod tools;

use std::borrow::Cow;
use std::fmt::Write;

use fixedbitset::FixedBitSet;

use super::super::{Export, File, Group, Output, Part};
use super::batches;
use super::behind::{self, Waiting};
use super::boundary;
use super::doer::Doer;
use super::files::Files;
use super::phases::{OpenPhase, open_phases_of};
use crate::escape::{markdown_code, one_line, quoted_lines, short_line};
use crate::plan::{Field, Kind, Minutes, Plan, Status, Task};
use crate::report::Report;

/// A prompt for an orchestrator.
pub static EXPORT: Export = Export {
    id: "prompt",
    group: Group::Agents,
    title: "Prompt for Claude Code",
    description: "One prompt that runs all phases with the Agent tool and checks what the agents changed.",
    extension: ".prompt.md",
    media_type: "text/markdown",
    options: &[],
    render: |report, options| Output::Text(text(report, &options.part).0),
};

/// The prompt as files.
pub static FILES: Export = Export {
    id: "prompt-files",
    group: Group::Agents,
    title: "Prompt as files",
    description: "The same as files below .phaseplan/run, for large plans: each agent reads its own file.",
    extension: ".md",
    media_type: "text/markdown",
    options: &[],
    render: |report, options| Output::Files(files(report, &options.part).0),
};

/// What the parts of a prompt are written from.
struct Source<'a> {
    report: &'a Report,
    plan: &'a Plan,
    /// The part of the plan to run.
    part: &'a Part,
    /// For each task the name of its file; `None` if everything stands in one text.
    file_names: Option<Vec<String>>,
    /// The key of the boundary lines.
    key: String,
    phases: Vec<OpenPhase>,
    /// The tasks that end [`behind::unseen`].
    unseen: FixedBitSet,
    /// The tasks whose reports somebody receives.
    needed: FixedBitSet,
    /// The goal, as each agent is told it.
    goal: String,
    /// Whether reports have a place in prompts.
    hands_on_reports: bool,
}

impl<'a> Source<'a> {
    fn new(report: &'a Report, part: &'a Part, file_names: Option<Vec<String>>) -> Source<'a> {
        let plan = &report.plan;
        Source {
            report,
            plan,
            part,
            file_names,
            key: boundary::key(plan),
            phases: open_phases_of(report, part),
            unseen: behind::unseen(report),
            needed: reports::needed(report),
            goal: goal::told(plan),
            hands_on_reports: true,
        }
    }

    fn task(&self, position: usize) -> &Task {
        &self.plan.tasks[position]
    }

    /// The tasks that the orchestrator launches agents for.
    fn calls(&self) -> impl Iterator<Item = &Task> {
        self.phases.iter().flat_map(|phase| &phase.calls).map(|task| self.task(*task))
    }

    /// The tasks that are calls of other tools.
    fn tools(&self) -> impl Iterator<Item = &Task> {
        self.phases.iter().flat_map(|phase| &phase.tools).map(|task| self.task(*task))
    }

    /// The tasks that are still to do, whoever does them, by position.
    fn positions(&self) -> impl Iterator<Item = usize> {
        let to_do = |phase: &'_ OpenPhase| [&phase.calls[..], &phase.tools, &phase.questions].concat();
        self.phases.iter().flat_map(to_do)
    }

    /// The tasks that are still to do, whoever does them.
    fn to_do(&self) -> impl Iterator<Item = &Task> {
        self.positions().map(|task| self.task(task))
    }

    /// Whether anything that is to do may change files.
    fn changes_files(&self) -> bool {
        self.to_do().any(Task::changes_files)
    }

    /// Whether somebody is at work on a task already.
    fn has_running(&self) -> bool {
        self.phases.iter().any(|phase| !phase.running.is_empty())
    }

    /// Whether anything is asked.
    fn has_questions(&self) -> bool {
        self.phases.iter().any(|phase| !phase.questions.is_empty())
    }

    /// Whether somebody changes files whom the orchestrator does not launch.
    fn has_company(&self) -> bool {
        let others = self.phases.iter().flat_map(|phase| phase.running.iter().chain(&phase.questions));
        others.map(|task| self.task(*task)).any(Task::changes_files)
    }

    /// How long a phase takes: as the schedule says, or longer if not all agents can run side by side.
    fn minutes(&self, phase: &OpenPhase) -> Minutes {
        let of_calls = batches::minutes(self.plan, &phase.calls);
        match self.part {
            Part::Whole | Part::Phase(_) => {
                of_calls.max(self.report.schedule.phases[phase.number - 1].minutes)
            }
            Part::Task(_) | Part::Now => of_calls,
        }
    }

    /// The file with a phase, if prompts are files.
    fn phase_file(&self, phase: &OpenPhase) -> String {
        match self.part {
            Part::Now => folder::file("now"),
            _ => folder::file(&format!("phase-{}", phase.number)),
        }
    }

    /// The file with the lists of a phase, if prompts are files.
    fn lists_file(&self, phase: &OpenPhase) -> Option<String> {
        self.file_names.as_ref().map(|_| folder::lists(phase.number))
    }
}

/// Part of a prompt that the orchestrator writes again to launch agents, in characters.
type Repeated = usize;

/// The prompt as one text.
fn text(report: &Report, part: &Part) -> (String, Repeated) {
    let source = Source::new(report, part, None);
    let mut page = String::new();
    if source.phases.is_empty() {
        write_nothing_left(&mut page, &source);
        return (page, 0);
    }
    head::write(&mut page, &source);
    let mut repeated = 0;
    for phase in &source.phases {
        repeated += phase::write(&mut page, &source, phase, &Files::of(report, &whole(&source, phase)));
    }
    write_end(&mut page, &source);
    (page, repeated)
}

/// The prompt as files: rules, phases, and the prompt of each agent.
fn files(report: &Report, part: &Part) -> (Vec<File>, Repeated) {
    let source = Source::new(report, part, Some(folder::names(&report.plan)));
    let mut run = String::new();
    if source.phases.is_empty() {
        write_nothing_left(&mut run, &source);
        return (vec![File { path: folder::file("run"), text: run }], 0);
    }
    head::write(&mut run, &source);
    head::write_contents(&mut run, &source);
    write_end(&mut run, &source);
    let mut files = vec![File { path: folder::file("run"), text: run }];
    let (mut of_tasks, mut repeated) = (Vec::new(), 0);
    for phase in &source.phases {
        let owned = Files::of(report, &whole(&source, phase));
        let mut page = format!("Follow the rules in `{}`.\n", folder::file("run"));
        repeated += phase::write(&mut page, &source, phase, &owned);
        files.push(File { path: source.phase_file(phase), text: page });
        let lists = phase::lists(&source, phase, &owned);
        if !lists.is_empty() {
            files.push(File { path: folder::lists(phase.number), text: lists });
        }
        let has_prompt =
            |task: &&usize| !matches!(Doer::of(source.task(**task)), Doer::Decision | Doer::Person);
        for &task in phase.calls.iter().chain(&phase.questions).filter(has_prompt) {
            let mut text = String::new();
            agent::write(&mut text, &source, &owned, task);
            of_tasks.push(File { path: file_of(&source, task).unwrap_or_default(), text });
        }
    }
    files.extend(of_tasks);
    (files, repeated)
}

/// All that runs beside the tasks of a phase: of a single task, its whole phase.
fn whole<'a>(source: &Source<'_>, phase: &'a OpenPhase) -> Cow<'a, OpenPhase> {
    match source.part {
        Part::Task(_) => Cow::Owned(OpenPhase::of(source.report, phase.number - 1)),
        _ => Cow::Borrowed(phase),
    }
}

/// The path of the file with the prompt of a task, if prompts are files.
fn file_of(source: &Source<'_>, task: usize) -> Option<String> {
    source.file_names.as_ref().map(|names| folder::file(&names[task]))
}

/// Writes the page for a plan with no open task, or a part without one. Rules for agents would only mislead there.
fn write_nothing_left(page: &mut String, source: &Source<'_>) {
    let done = done(source.plan, "");
    let title = quoted(&short_line(&source.plan.title, 100));
    let nothing = match source.part {
        Part::Whole => "No task of this plan is left to do.".to_owned(),
        Part::Phase(number) => format!("No task of phase {number} is left to do."),
        Part::Task(id) => format!("{} is not left to do.", markdown_code(id.as_str())),
        Part::Now => "Nothing can start now.".to_owned(),
    };
    let _ = writeln!(page, "# Nothing to run\n\nPlan: {title}\n\n{nothing}{done}");
}

fn write_end(page: &mut String, source: &Source<'_>) {
    page.push_str("\n## At the end\n\n");
    if source.changes_files() && !source.to_do().any(|task| task.kind == Kind::Verify) {
        page.push_str("Run the checks of the project: build, tests and lints. Then write a summary: ");
    } else {
        page.push_str("Write a summary: ");
    }
    page.push_str(
        "for every task whether it is done and how that was checked; which files were changed; what was left \
         out, and why; paths outside the lists; and what is left for me.\n",
    );
}

/// The title, instructions, acceptance criteria and goal, as the author wrote them.
fn task_text(source: &Source<'_>, task: &Task) -> String {
    let mut text = format!("{}\n", one_line(&task.title));
    if !task.instructions.is_empty() {
        let _ = write!(text, "\n{}\n", task.instructions.trim_end());
    }
    if !task.checks.is_empty() {
        text.push_str("\nIt is done when:\n");
        task.checks.iter().for_each(|check| text.push_str(&format!("- {}\n", one_line(check))));
    }
    if !task.returns.is_null() {
        let _ = write!(text, "\nIt hands on:\n{}\n", Field::Returns.show_json(&task.returns).trim_end());
    }
    if !source.goal.is_empty() {
        let _ = write!(text, "\nThe goal of the whole plan:\n{}\n", source.goal);
    }
    text
}

/// Writes text from the plan between boundary lines, each line of it behind `> `.
fn write_foreign(page: &mut String, key: &str, text: &str) {
    let _ = writeln!(page, "BEGIN TEXT {key}\n{}END TEXT {key}", quoted_lines(text));
}

/// The id as a single word.
fn name(task: &Task) -> String {
    markdown_code(task.id.as_str())
}

/// Ids as a list for a sentence: `T1`, `T2` and `T3`.
fn names(source: &Source<'_>, tasks: &[usize]) -> String {
    let names: Vec<String> = tasks.iter().map(|task| name(source.task(*task))).collect();
    match &names[..] {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        names => names.concat(),
    }
}

/// Tasks that are left out together, as a list.
fn left_out(source: &Source<'_>, waiting: &Waiting) -> String {
    let more = if waiting.has_more { ", and what waits for these" } else { "" };
    [&names(source, &waiting.tasks), more].concat()
}

/// A JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The number of finished tasks as a sentence that ends with `rest`; empty if there are none.
fn done(plan: &Plan, rest: &str) -> String {
    match plan.tasks.iter().filter(|task| task.status == Status::Done).count() {
        0 => String::new(),
        1 => format!(" One task is done{rest}."),
        count => format!(" {count} tasks are done{rest}."),
    }
}
