//! How well the files that a task changes are found in its words, measured on real tasks that a person has read.

#[path = "common/shared_folder.rs"]
mod shared_folder;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use phaseplan::incoming::{Incoming, Input};
use phaseplan::{Plan, TaskId};

/// The least share of the files found that the task really changes.
const PRECISION: f64 = 0.97;
/// The least share of the files that a task changes that are found.
const RECALL: f64 = 0.95;

#[test]
fn the_files_of_real_tasks_are_found() {
    measure(include_str!("facts/owned_files.tsv"), PRECISION, RECALL);
}

/// Compares all tasks of a table with what is read from the corpus.
fn measure(table: &str, least_precision: f64, least_recall: f64) {
    let Some(corpus) = shared_folder::find("corpus") else { return };
    let mut plans: BTreeMap<&str, Plan> = BTreeMap::new();
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    let mut differences = String::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [entry, task, marked] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let plan = plans.entry(entry).or_insert_with(|| read(&corpus.join(entry)));
        let task = plan.task(&TaskId(task.to_owned())).unwrap_or_else(|| panic!("{entry} has no {task}"));
        let marked: BTreeSet<String> =
            marked.split(' ').filter(|path| !path.is_empty()).map(str::to_owned).collect();
        let found: BTreeSet<String> = task.owns.iter().flat_map(|path| alternatives(path)).collect();
        right += found.intersection(&marked).count();
        wrong += found.difference(&marked).count();
        missed += marked.difference(&found).count();
        if found != marked {
            differences += &format!("{entry} {}: found {found:?}, marked {marked:?}\n", task.id);
        }
    }
    let precision = f64::from(right as u32) / f64::from((right + wrong) as u32);
    let recall = f64::from(right as u32) / f64::from((right + missed) as u32);
    println!("precision {precision:.3}, recall {recall:.3}\n{differences}");
    assert!(precision >= least_precision, "precision {precision:.3}\n{differences}");
    assert!(recall >= least_recall, "recall {recall:.3}\n{differences}");
}

fn read(folder: &Path) -> Plan {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let below = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                files.push((below, std::fs::read(&path).unwrap()));
            }
        }
    }
    match Input::files(files).read().unwrap_or_else(|error| panic!("{}", error.message)) {
        Incoming::Plan(imported) => imported.plan,
        _ => panic!("{} is no plan", folder.display()),
    }
}

/// The paths that a pattern with one list in braces stands for.
fn alternatives(pattern: &str) -> Vec<String> {
    let parts = pattern.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (list, after))) => list.split(',').map(|one| format!("{before}{one}{after}")).collect(),
        None => vec![pattern.to_owned()],
    }
}
