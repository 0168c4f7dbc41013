//! Analysis first: everything waits for one task, whose result the others read.

use super::{Recogniser, Seen, open};
use crate::explain::listed;
use crate::plan::{Kind, Task};
use crate::report::Report;

pub const RECOGNISER: Recogniser = Recogniser {
    id: "analysis-first",
    benefit: "What is found out once is not found out by each agent again, and all begin with the same idea.",
    see,
};

fn see(report: &Report) -> Option<Seen> {
    let (plan, order) = (&report.plan, &report.analysis.order);
    let open = open(report);
    let mut sources = open.iter().copied().filter(|&task| order.predecessors[task].is_empty());
    let (first, None) = (sources.next()?, sources.next()) else { return None };
    let all_wait = open.iter().all(|&task| task == first || order.ancestors[task].contains(first));
    let users: Vec<usize> =
        open.iter().copied().filter(|&task| task != first && uses(report, task, first)).collect();
    if !all_wait || users.len() < 2 || !hands_on_words(&plan.tasks[first]) {
        return None;
    }
    Some(Seen {
        evidence: format!(
            "Everything waits for {}, and {} use its result.",
            plan.tasks[first].id,
            listed(plan, &users)
        ),
        tasks: [&[first], &users[..]].concat(),
    })
}

/// Whether the result of a task is a text and not code: it only looks, or writes documents.
fn hands_on_words(task: &Task) -> bool {
    let is_document = |path: &str| {
        let is_text =
            [".md", ".txt", ".adoc", ".rst", ".json", ".yaml", ".yml"].iter().any(|end| path.ends_with(end));
        is_text || path.starts_with("docs/") || path.starts_with("doc/")
    };
    let owned = task.owned_files();
    let are_documents = !owned.is_empty() && owned.iter().all(|path| is_document(path));
    matches!(task.kind, Kind::Research | Kind::Docs) || are_documents
}

/// Whether a task reads what the first writes, or receives its report.
fn uses(report: &Report, task: usize, first: usize) -> bool {
    let ownership = &report.analysis.ownership;
    let receives = report.analysis.received.get(task).is_some_and(|from| from.contains(&first));
    receives || ownership.reads[task].overlap(&ownership.owns[first]).is_some()
}
