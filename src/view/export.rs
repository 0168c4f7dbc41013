//! What is wrong with running the plan, above an export for agents.

use super::act::Act;
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::export::{Caution, Export, Group, Remedy, cautions};
use crate::report::Report;

/// The cautions about the plan, each with what can be done. Empty for a format that nobody runs.
pub fn export(report: &Report, export: Option<&Export>) -> Vec<Markup> {
    let cautions = match export {
        Some(export) if export.group == Group::Agents => cautions(report),
        _ => Vec::new(),
    };
    let entries: Vec<Markup> = cautions.iter().map(|found| entry(report, found)).collect();
    if entries.is_empty() { entries } else { vec![markup("ul", "problems").children(entries)] }
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
        format!("{:?}", export(&report, by_id(format)))
    }

    #[test]
    fn a_caution_stands_above_what_agents_run_with_what_can_be_done() {
        let plan = "- T1 Copy @agent(person) @owns(a)\n- T2 Tidy\n- T3 Cart @owns(b)\n";
        let above = drawn(plan, "prompt");
        for part in ["T1 is for a person", "Open T1", "T2 lists no files", "\"fix\""] {
            assert!(above.contains(part), "{part} is missing in {above}");
        }
        assert_eq!(drawn(plan, "json"), "[]");
        assert_eq!(drawn("- T1 Cart @owns(b)\n", "prompt"), "[]");
    }
}
