//! Workflows of GitHub Actions: jobs, and the jobs they need.

use super::json::Reader;
use super::outline::{Item, Outline};
use super::task_file;
use super::yaml::{Content, Node};
use super::{Certainty, File, Format, ImportError, Imported};

/// The format of `.github/workflows/*.yml`.
pub static FORMAT: Format = Format {
    id: "github-actions",
    name: "GitHub Actions workflow",
    description: "A workflow of GitHub Actions; each job is a task, and `needs` is what it waits for.",
    recognise,
    read,
};

/// The fields of a job that are preserved.
const KEPT: [&str; 5] = ["if", "runs-on", "strategy", "concurrency", "environment"];

fn recognise(files: &[File]) -> Certainty {
    match jobs(files) {
        Some((root, jobs)) if root.get("on").is_some() || root.get("true").is_some() => Certainty::Sure(
            format!("it has {} jobs with “runs-on” or “uses”, and says when they run", jobs.fields().len()),
        ),
        Some(_) => Certainty::Likely("it has jobs with “runs-on” or “uses”".to_owned()),
        None => Certainty::No,
    }
}

/// The root and the map of jobs.
fn jobs(files: &[File]) -> Option<(&Node, &Node)> {
    let [file] = files else { return None };
    if !file.text().ok()?.contains("jobs:") {
        return None;
    }
    let root = file.yaml()?.as_ref().ok()?;
    let jobs = root.get("jobs")?;
    let is_job = |node: &Node| ["runs-on", "uses", "steps"].iter().any(|name| node.get(name).is_some());
    jobs.fields().iter().any(|(_, node)| is_job(node)).then_some((root, jobs))
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let Some((root, jobs)) = jobs(files) else { return Err(super::refusal(files)) };
    let mut outline = Outline { title: root.text_of("name").to_owned(), ..Outline::default() };
    outline.items.extend(jobs.fields().iter().map(|(id, job)| read_job(id, job)));
    task_file::finish(outline, Reader::default(), &FORMAT)
}

fn read_job(id: &str, job: &Node) -> Item {
    // A name may be an expression, which says nothing here.
    let name = Some(job.text_of("name")).filter(|name| !name.is_empty() && !name.contains("${{"));
    let mut item = Item::new(id, name.unwrap_or(id), job.line)
        .after(job.get("needs").map(Node::texts).unwrap_or_default());
    item.text = steps(job);
    // Jobs run on machines of their own, unless one needs the other.
    item.claim = Some("a job of its own".to_owned());
    for (name, node) in job.fields().iter().filter(|(name, _)| KEPT.contains(&name.as_str())) {
        item.unknown.insert(name.clone(), node.value());
    }
    item
}

/// The names of the steps, as a list.
fn steps(job: &Node) -> String {
    let Some(Node { content: Content::List(steps), .. }) = job.get("steps") else { return String::new() };
    let name = |step: &Node| {
        let names = ["name", "uses", "run"].map(|field| step.text_of(field).to_owned());
        let first = names.into_iter().find(|name| !name.is_empty())?;
        Some(format!("- {}", first.lines().next().unwrap_or_default()))
    };
    steps.iter().filter_map(name).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let imported = read(&[File::new("", text)]).expect("a plan");
        let tasks = imported.plan.tasks.iter().zip(&imported.task_lines).map(|(task, line)| {
            let after: Vec<&str> = task.after.iter().map(crate::plan::TaskId::as_str).collect();
            format!("{line}: {} {} <{}> {}", task.id, task.title, after.join(","), task.owns.join(","))
        });
        tasks.chain(imported.notes.iter().map(|note| note.code.to_owned())).collect()
    }

    #[test]
    fn jobs_are_tasks_with_their_needs() {
        let text = "name: CI\non: [push]\njobs:\n  test:\n    runs-on: x\n    steps:\n      - run: |\n          make\n  \
                    lint:\n    name: Lint ${{ matrix.os }}\n    runs-on: x\n  ship:\n    name: Ship it\n    needs: [test, lint]\n    \
                    uses: ./a.yml\n  last:\n    needs: ship\n    runs-on: x\n";
        assert_eq!(
            shown(text),
            [
                "4: test test <> ",
                "9: lint lint <> ",
                "12: ship Ship it <test,lint> ",
                "16: last last <ship> ",
                "PP504"
            ]
        );
    }

    #[test]
    fn a_missing_job_and_an_anchor_are_no_trouble() {
        let text = "on: push\njobs:\n  a: &a\n    runs-on: x\n    needs: [gone]\n  b: *a\n  c:\n";
        let shown = shown(text);
        assert!(
            shown.contains(&"3: a a <gone> ".to_owned()) && shown.contains(&"PP511".to_owned()),
            "{shown:?}"
        );
    }

    #[test]
    fn look_alikes_are_no_workflows() {
        for text in
            ["jobs: none\n", "jobs:\n  - id: a\n    title: b\n", "on: push\njobs:\n", "# jobs:\n\nText\n"]
        {
            assert_eq!(recognise(&[File::new("ci.yml", text)]), Certainty::No, "{text}");
        }
    }
}
