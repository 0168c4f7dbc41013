//! The prompt for an orchestrator of Claude Code that runs all phases with its `Agent` tool.
//!
//! Names and rules follow the documentation of Claude Code for the version [`crate::agents::VERIFIED_FOR`]:
//! several agents run at once if one message contains several `Agent` calls; a call with `name` may start a
//! teammate whose result does not come back; results arrive as completion notifications in a later turn.
//!
//! The head holds the rules, and is as short for a large plan as for a small one. Then come the phases, with
//! the numbers of the schedule. Every prompt of an agent begins with the files that the agent owns. Text from
//! the plan is quoted line by line between boundary lines that it can't contain (see [`super::boundary`]).

mod agent;
pub mod alone;
pub mod goal;
mod head;
mod phase;
mod question;

use std::fmt::Write;

use fixedbitset::FixedBitSet;

use super::super::{Export, Group, Output};
use super::batches;
use super::behind::{self, Waiting};
use super::boundary;
use super::files::Files;
use super::phases::{OpenPhase, open_phases};
use crate::escape::{markdown_code, one_line, quoted_lines, short_line};
use crate::plan::{Kind, Plan, Status, Task};
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
    render: |report, _| Output::Text(prompt(report)),
};

/// What the parts of a prompt are written from.
struct Source<'a> {
    report: &'a Report,
    plan: &'a Plan,
    /// The key of the boundary lines.
    key: String,
    phases: Vec<OpenPhase>,
    /// The tasks that end [`behind::unseen`].
    unseen: FixedBitSet,
    /// The goal, as each agent is told it.
    goal: String,
}

impl<'a> Source<'a> {
    fn of(report: &'a Report) -> Source<'a> {
        Source {
            report,
            plan: &report.plan,
            key: boundary::key(&report.plan),
            phases: open_phases(report),
            unseen: behind::unseen(report),
            goal: goal::told(&report.plan),
        }
    }

    fn task(&self, position: usize) -> &Task {
        &self.plan.tasks[position]
    }

    /// The tasks that the orchestrator launches agents for.
    fn calls(&self) -> impl Iterator<Item = &Task> {
        self.phases.iter().flat_map(|phase| &phase.calls).map(|task| self.task(*task))
    }

    /// The tasks that are still to do, whoever does them.
    fn to_do(&self) -> impl Iterator<Item = &Task> {
        let tasks = self.phases.iter().flat_map(|phase| phase.calls.iter().chain(&phase.questions));
        tasks.map(|task| self.task(*task))
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
    fn minutes(&self, phase: &OpenPhase) -> u32 {
        self.report.schedule.phases[phase.number - 1].minutes.max(batches::minutes(self.plan, &phase.calls))
    }
}

fn prompt(report: &Report) -> String {
    let plan = &report.plan;
    let source = Source::of(report);
    let mut page = String::new();
    if source.phases.is_empty() {
        write_nothing_left(&mut page, plan);
        return page;
    }
    head::write(&mut page, &source);
    for phase in &source.phases {
        phase::write(&mut page, &source, phase, &Files::of(report, phase));
    }
    write_end(&mut page, &source);
    page
}

/// Writes the page for a plan with no open task. Rules for agents would only mislead there.
fn write_nothing_left(page: &mut String, plan: &Plan) {
    let done = done(plan, "");
    let title = quoted(&short_line(&plan.title, 100));
    let _ = writeln!(page, "# Nothing to run\n\nPlan: {title}\n\nNo task of this plan is left to do.{done}");
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
