//! What stands above an export for agents: which part it is about, how large it is, and what is wrong with running the plan.

use super::act::Act;
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::escape::short_line;
use crate::export::agents::prompt::size;
use crate::export::troubles::TROUBLES;
use crate::export::{Caution, Export, Group, Part, Remedy, cautions};
use crate::report::Report;

/// The most phases, and the most tasks, that can be chosen.
const MOST_CHOICES: usize = 200;

/// The choice of a part, the size, and the cautions about the plan, each with what can be done. Empty for a format that
/// nobody runs.
pub fn export(report: &Report, export: Option<&Export>, part: &str) -> Vec<Markup> {
    let Some(export) = export.filter(|export| export.group == Group::Agents) else { return Vec::new() };
    let part = export.part_or_whole(part, report);
    let mut drawn = Vec::new();
    if export.has_parts() {
        drawn.push(choice_of_part(report, &part));
    }
    if let Some(size) = size::about(export, report, &part) {
        drawn.push(markup("p", "about").set("data-test", test::EXPORT_SIZE).text(&size));
    }
    let entries: Vec<Markup> = cautions(report).iter().map(|found| entry(report, found)).collect();
    if !entries.is_empty() {
        drawn.push(markup("ul", "problems").children(entries));
    }
    if export.has_parts() {
        drawn.push(help());
    }
    drawn
}

/// What to do when a run goes wrong.
fn help() -> Markup {
    let entries = TROUBLES.iter().flat_map(|trouble| {
        let below = markup("dd", "").sentence(&format!("{} {}", trouble.cause, trouble.remedy));
        [markup("dt", "").sentence(trouble.symptom), below]
    });
    markup("details", "export-help")
        .set("data-test", test::EXPORT_HELP)
        .child(markup("summary", "").text("Something went wrong?"))
        .child(markup("dl", "").children(entries.collect()))
}

/// A list of the whole plan, its phases, and its open tasks.
fn choice_of_part(report: &Report, chosen: &Part) -> Markup {
    let option = |part: Part, title: &str| markup("option", "").set("value", &part.spelled()).text(title);
    let phases = (1..=report.schedule.phases.len()).take(MOST_CHOICES);
    let open = report.plan.tasks.iter().filter(|task| task.status.is_open()).take(MOST_CHOICES);
    let options =
        [option(Part::Whole, "The whole plan"), option(Part::Now, "What can start now")].into_iter();
    let options = options.chain(phases.map(|number| option(Part::Phase(number), &format!("Phase {number}"))));
    let options = options.chain(open.map(|task| {
        option(Part::Task(task.id.clone()), &short_line(&format!("{} {}", task.id, task.title), 60))
    }));
    let list = markup("select", "field").set("data-test", test::EXPORT_PART).children(options.collect());
    let list = list.set("value", &chosen.spelled());
    markup("label", "export-part").child(markup("span", "").text("Part: ")).child(list)
}

fn entry(report: &Report, caution: &Caution) -> Markup {
    let title = markup("span", "problem-title")
        .child(markup("i", "dot").set("aria-hidden", "true"))
        .child(markup("span", "spoken").text(caution.severity.name()).text(": "))
        .child(markup("span", "").sentence(&caution.sentence));
    let remedies = caution.remedies.iter().map(|remedy| choice(report, *remedy)).collect();
    markup("li", &["problem is-", caution.severity.name()].concat())
        .set("data-test", test::CAUTION)
        .child(markup("div", "problem-text").child(title))
        .child(markup("div", "fixes").children(remedies))
}

fn choice(report: &Report, remedy: Remedy) -> Markup {
    let (act, label) = match remedy {
        Remedy::Repair { problem, fix } => {
            let title = report.diagnostics[problem].fixes[fix].title.clone();
            (Act::Repair { number: Some(problem), fix }, title)
        }
        Remedy::Problem(number) => (Act::ShowProblem { number }, "Show the problem".to_owned()),
        Remedy::Task(task) => {
            let task = report.plan.tasks[task].id.clone();
            let label = format!("Open {task}");
            (Act::Select { task }, label)
        }
    };
    button("fix").act(&act).child(markup("span", "").text(&label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::by_id;
    use crate::schedule::Budget;
    use crate::text;

    fn drawn(plan: &str, format: &str) -> String {
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        format!("{:?}", export(&report, by_id(format), ""))
    }

    #[test]
    fn a_caution_stands_above_what_agents_run_with_what_can_be_done() {
        let plan = "- T1 Copy @agent(person) @owns(a)\n- T2 Tidy\n- T3 Cart @owns(b)\n";
        let above = drawn(plan, "prompt");
        for part in ["T1 is for a person", "Open T1", "T2 lists no files", "\"fix\""] {
            assert!(above.contains(part), "{part} is missing in {above}");
        }
        assert_eq!(drawn(plan, "json"), "[]");
        assert!(!drawn("- T1 Cart @owns(b)\n", "prompt").contains("problem-title"));
    }

    #[test]
    fn a_prompt_can_be_about_a_part_that_is_there() {
        let report = Report::new(text::parse("- T1 Cart @owns(a)\n").plan, &Budget::default());
        let chosen = |part: &str| format!("{:?}", export(&report, by_id("prompt"), part));
        let is_chosen = |drawn: &str, part: &str| drawn.contains(&format!("(\"value\", {part:?})"));
        assert!(is_chosen(&chosen("phase 1"), "phase 1"), "{}", chosen("phase 1"));
        assert_eq!(chosen("phase 2"), chosen("whole"));
        assert_ne!(chosen("task T1"), chosen("whole"));
    }
}
