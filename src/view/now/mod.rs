//! The bar of a run under way: what to launch now, what runs and what it holds, and what is blocked.

use super::act::Act;
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::TaskId;
use crate::explain::{duration, files, listed};
use crate::export::agents::prompt;
use crate::export::{Options, Part};
use crate::plan::{Plan, Task};
use crate::report::Report;
use crate::run::{Launch, Next};

/// The bar; `None` before a run has begun, and when nothing is left.
pub fn now(report: &Report) -> Option<Markup> {
    let progress = &report.analysis.progress;
    let has_begun = !(progress.running.is_empty() && progress.failed.is_empty() && progress.done.is_empty());
    if !has_begun || report.safety.open() == 0 {
        return None;
    }
    let plan = &report.plan;
    let next = Next::in_pool(plan, &report.analysis);
    let rows = [
        launch(report, &next),
        pool(plan, &next.launch),
        gates(plan, &next),
        at_work(plan, &next),
        blocked(plan, &next),
    ];
    let bar = markup("section", "finished now").set("aria-label", "Now").set("data-test", test::NOW);
    Some(bar.children(rows.into_iter().flatten().collect()))
}

/// The tasks to launch, and a button that copies the prompt that does it.
fn launch(report: &Report, next: &Next) -> Option<Markup> {
    let tasks = next.launched();
    let words = match tasks.len() {
        0 => return None,
        1 => "Launch now: ".to_owned(),
        count => format!("Launch these {count} now: "),
    };
    let plan = &report.plan;
    let prompt = (prompt::EXPORT.render)(report, &Options::of_part(Part::Now)).preview();
    let copy = button("button").act(&Act::Copy { copy: prompt }).text(if tasks.len() == 1 {
        "Copy its prompt"
    } else {
        "Copy their prompt"
    });
    Some(named(plan, &words, &tasks).child(copy.set("data-test", test::COPY_NOW)))
}

/// What a free agent takes, and why.
fn pool(plan: &Plan, launches: &[Launch]) -> Option<Markup> {
    let first = launches.first().filter(|first| first.chain.len() > 1)?;
    Some(markup("p", "").text(&format!(
        "A free agent takes {}, because it starts the longest chain that is left: {} ({}).",
        plan.tasks[first.task].id,
        listed(plan, &first.chain),
        duration(first.chain_minutes)
    )))
}

fn gates(plan: &Plan, next: &Next) -> Option<Markup> {
    (!next.gates.is_empty()).then(|| named(plan, "Ask for a decision: ", &next.gates))
}

/// What runs, each with what it holds.
fn at_work(plan: &Plan, next: &Next) -> Option<Markup> {
    let line = |&task: &usize| {
        let held = holds(&plan.tasks[task]);
        markup("p", "")
            .child(task_button(&plan.tasks[task].id))
            .text(&format!(" is running and holds {held}."))
    };
    let lines: Vec<Markup> = next.running.iter().take(MOST).map(line).collect();
    (!lines.is_empty()).then(|| markup("div", "").children(lines))
}

/// The most tasks in a list.
const MOST: usize = 20;

fn holds(task: &Task) -> String {
    let uses = task.uses.iter().map(|used| match used.amount {
        1 => used.resource.clone(),
        amount => format!("{amount} of {}", used.resource),
    });
    let files = if task.owns.is_empty() { "no files".to_owned() } else { files(task) };
    [files].into_iter().chain(uses).collect::<Vec<_>>().join(", ")
}

fn blocked(plan: &Plan, next: &Next) -> Option<Markup> {
    let line = |blocked: &crate::run::Blocked| {
        let why = format!(" is blocked by {}, which failed.", listed(plan, &blocked.by));
        markup("p", "").child(task_button(&plan.tasks[blocked.task].id)).text(&why)
    };
    let lines: Vec<Markup> = next.blocked.iter().take(MOST).map(line).collect();
    (!lines.is_empty()).then(|| markup("div", "").children(lines))
}

/// Words, and then a button for each task.
fn named(plan: &Plan, words: &str, tasks: &[usize]) -> Markup {
    let named = tasks.iter().take(MOST).fold(markup("p", "").text(words), |named, &task| {
        named.child(task_button(&plan.tasks[task].id)).text(" ")
    });
    let more = tasks.len().saturating_sub(MOST);
    if more == 0 { named } else { named.text(&format!("and {more} more ")) }
}

fn task_button(id: &TaskId) -> Markup {
    button("task-link").act(&Act::Select { task: id.clone() }).text(id.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::Budget;
    use crate::text;

    /// The text of the bar, a line for each row, and the prompt that its button copies.
    fn bar(plan: &str) -> (String, String) {
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        let Some(bar) = now(&report) else { return Default::default() };
        let mut copied = String::new();
        let rows = bar.children.iter().map(|row| {
            let mut words = String::new();
            write_words(row, &mut words, &mut copied);
            format!("{}\n", words.trim())
        });
        (rows.collect(), copied)
    }

    fn write_words(part: &Markup, words: &mut String, copied: &mut String) {
        words.push_str(&part.text);
        if part.tag == "button" {
            words.push('[');
        }
        part.children.iter().for_each(|child| write_words(child, words, copied));
        if part.tag == "button" {
            words.push(']');
        }
        copied
            .extend(part.attributes.iter().filter(|(name, _)| *name == "data-copy").map(|(_, text)| &**text));
    }

    #[test]
    fn a_run_under_way_says_what_to_launch_and_what_is_at_work() {
        let (words, copied) = bar(
            "> at most 3\n- [x] T1 Tables @owns(db/**)\n- [~] T2 Export @owns(src/export/**) @uses(db 2)\n- T3 Import \
             @owns(src/import/**) @after(T1) ~20m\n- T4 Journal @owns(src/j/**) @after(T3) ~1h\n- [!] T5 Icons \
             @owns(icons/**) ~5m\n- T6 Web @owns(web/**) @after(T5) ~5m\n- T7 Year? @kind(gate)\n",
        );
        assert_eq!(
            words,
            "Launch these 2 now: [T3] [T5] [Copy their prompt]\n\
             A free agent takes T3, because it starts the longest chain that is left: T3 and T4 (1 h 20 m).\n\
             Ask for a decision: [T7]\n\
             [T2] is running and holds src/export/**, 2 of db.\n\
             [T6] is blocked by T5, which failed.\n"
        );
        let launched = copied.lines().filter(|line| line.starts_with("- description:")).collect::<Vec<_>>();
        assert_eq!(launched, ["- description: \"T3 Import\"", "- description: \"T5 Icons\""]);
    }

    #[test]
    fn before_a_run_and_after_it_there_is_no_bar() {
        assert_eq!(bar("- T1 One @owns(a)\n").0, "");
        assert_eq!(bar("- [x] T1 One @owns(a)\n").0, "");
    }
}
