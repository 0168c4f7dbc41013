//! A task that changes things and does not say which files.

use super::{Context, Finding, Findings, Fix, Rule, Severity};
use crate::glob::Pattern;
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Settings};

pub(super) static RULE: Rule = Rule {
    code: "PP104",
    name: "unknown-ownership",
    title: "A task lists no files",
    severity: Severity::Unknown,
    help: "\
The task changes something, going by its kind, but its `owns` list is empty. What it writes is not known, so it can't be
proved safe beside any other task, and nothing can stop it from writing what another one owns.

List the files or folders it may change. If it changes nothing, say so with the kind `research` or `verify`. A setting lets
such tasks run alone.",
    example: "\
- T1 Cart schema @owns(db/**)
- T2 Copy review
",
    mended: "\
- T1 Cart schema @owns(db/**)
- T2 Copy review @kind(research)
",
    check,
};

/// From how many tasks on one sentence stands for all, if none lists any files.
const MANY: usize = 3;

fn check(context: &Context<'_>, findings: &mut Findings) {
    if context.plan.settings.unknown_runs_alone {
        return;
    }
    let writers: Vec<usize> = (0..context.plan.tasks.len())
        .filter(|&task| context.is_open(task) && context.task(task).changes_files())
        .collect();
    let unknown: Vec<usize> =
        writers.iter().copied().filter(|&task| context.task(task).has_unknown_ownership()).collect();
    if unknown.len() >= MANY && unknown.len() == writers.len() {
        findings.add(|| describe_all(context, &unknown));
        return;
    }
    for task in unknown {
        if tasks_beside(context, task, &writers).next().is_some() {
            findings
                .add(|| describe(context, task, &tasks_beside(context, task, &writers).collect::<Vec<_>>()));
        }
    }
}

/// The tasks that write and could run at the same time.
fn tasks_beside(context: &Context<'_>, task: usize, writers: &[usize]) -> impl Iterator<Item = usize> {
    writers.iter().copied().filter(move |&other| other != task && !context.order.are_ordered(task, other))
}

fn describe(context: &Context<'_>, at: usize, beside: &[usize]) -> Finding {
    let research = Fix {
        title: "It changes nothing (research)".to_owned(),
        edits: vec![context.change(at, TaskChange::Kind(Kind::Research))],
    };
    Finding {
        title: format!("{} lists no files", context.id(at)),
        detail: format!(
            "It can't be proved safe next to {}. List the files it may change.",
            context.list(beside)
        ),
        places: vec![context.place(at, "owns", "")],
        fixes: own_named_files(context, at).into_iter().chain([research, run_alone(context)]).collect(),
    }
}

/// Lets the task own the files that its title and instructions name, if they are few.
fn own_named_files(context: &Context<'_>, at: usize) -> Option<Fix> {
    const MOST: usize = 3;
    let task = context.task(at);
    let mut named: Vec<String> = Vec::new();
    for word in task.title.split_whitespace().chain(task.instructions.split_whitespace()) {
        match path_in(word) {
            Some(_) if named.len() > MOST => return None,
            Some(path) if !named.iter().any(|known| known == path) => named.push(path.to_owned()),
            _ => {}
        }
    }
    let title = match &named[..] {
        [] => return None,
        [first @ .., last] if !first.is_empty() => format!("Let it own {} and {last}", first.join(", ")),
        [only, ..] => format!("Let it own {only}"),
    };
    let owns = task.owns.iter().cloned().chain(named).collect();
    Some(Fix { title, edits: vec![context.change(at, TaskChange::Owns(owns))] })
}

/// The path that a word is, without the signs around it: folders and a file with an ending.
fn path_in(word: &str) -> Option<&str> {
    let path = word.trim_matches(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '/' | '*'));
    let (folders, file) = path.rsplit_once('/')?;
    let ending = file.rsplit_once('.')?.1;
    let is_plain =
        |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || "_-./*".contains(letter));
    let is_ending =
        !ending.is_empty() && ending.len() <= 6 && ending.chars().all(|c| c.is_ascii_alphanumeric());
    (is_ending && !folders.is_empty() && is_plain(path) && Pattern::parse(path).is_ok()).then_some(path)
}

fn describe_all(context: &Context<'_>, unknown: &[usize]) -> Finding {
    Finding {
        title: "No task lists any files".to_owned(),
        detail: format!(
            "Nothing can be proved safe as long as {} do not say which files they may change.",
            context.list(unknown)
        ),
        places: unknown.iter().map(|&task| context.place(task, "owns", "")).collect(),
        fixes: vec![run_alone(context)],
    }
}

fn run_alone(context: &Context<'_>) -> Fix {
    let settings = Settings { unknown_runs_alone: true, ..context.plan.settings.clone() };
    Fix {
        title: "Let tasks that list no files run alone".to_owned(),
        edits: vec![Edit::SetSettings(settings)],
    }
}

#[cfg(test)]
mod tests {
    use super::path_in;

    #[test]
    fn words_with_folders_and_an_ending_are_paths() {
        for (word, expected) in [
            ("`src/api/users.rs`,", Some("src/api/users.rs")),
            ("(docs/a.md)", Some("docs/a.md")),
            ("src/**/*.ts", Some("src/**/*.ts")),
            ("src/api/users.rs.", Some("src/api/users.rs")),
            ("https://example.org/a.html", None),
            ("/etc/passwd.d", None),
            ("and/or", None),
            ("users.rs", None),
            ("1/2.", None),
        ] {
            assert_eq!(path_in(word), expected, "{word}");
        }
    }
}
