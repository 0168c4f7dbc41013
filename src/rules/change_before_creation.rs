//! A task that changes a file which another one creates, with no order between them.

use indexmap::IndexMap;

use super::{Context, Definition, Finding, Findings, Rule, Severity, repair};
use crate::analysis::ConflictKind;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP106",
    name: "change-before-creation",
    title: "A task changes what another one creates",
    severity: Severity::Warning,
    help: "\
The text of one task says that it creates a file, and the text of another that it changes this file, but nothing says which
goes first. Nobody can change what is not there yet, so the phases let the task that creates the file go first.

Write the order down: have the task that changes the file wait. If the file is there already, or the words mean something
else, allow the two to run side by side.",
    example: "\
- T1 Add a button to web/list.html @owns(web/buttons/**)
- T2 Create web/list.html with all entries @owns(web/list.html)
",
    repaired: "\
- T1 Add a button to web/list.html @owns(web/buttons/**) @reads(web/list.html) @after(T2)
- T2 Create web/list.html with all entries @owns(web/list.html)
",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut by_file: IndexMap<(usize, &str), Vec<(usize, usize)>> = IndexMap::new();
    for conflict in context.open_conflicts() {
        if let ConflictKind::Creation { creator, path } = &conflict.kind {
            by_file.entry((*creator, path)).or_default().push((conflict.a, conflict.b));
        }
    }
    for ((creator, path), pairs) in &by_file {
        findings.add(|| describe(context, *creator, path, pairs));
    }
}

fn describe(context: &Context<'_>, creator: usize, path: &str, pairs: &[(usize, usize)]) -> Finding {
    let changers: Vec<usize> = pairs.iter().map(|&(a, b)| a + b - creator).collect();
    let (list, id) = (context.list(&changers), context.id(creator));
    let goes_first = changers.iter().all(|&changer| context.analysis.directed.contains(&(creator, changer)));
    let consequence = match goes_first {
        true => format!("So {id} goes first, as long as nothing else is said."),
        false => "They are kept apart.".to_owned(),
    };
    Finding {
        title: format!("{list} {} what {id} creates", if changers.len() == 1 { "changes" } else { "change" }),
        detail: format!("{id} creates `{path}`, and nothing says that it goes first. {consequence}"),
        places: changers.iter().chain([&creator]).map(|&task| context.place(task, "", "")).collect(),
        fixes: repair::all_wait(context, &changers, creator)
            .into_iter()
            .chain(
                repair::merge(context, &[&changers[..], &[creator]].concat()).filter(|_| changers.len() == 1),
            )
            .chain(repair::in_list_order(context))
            .chain(repair::accept(context, pairs))
            .collect(),
    }
}
