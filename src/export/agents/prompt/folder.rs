//! Where the files of a prompt stand in the repository.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::plan::Plan;

/// The folder of all files, which git is never told of.
pub const FOLDER: &str = ".phaseplan/run";

/// The most characters of an id in the name of its file.
const LONGEST: usize = 60;
/// Names that stand for a device on Windows, whatever their extension.
const DEVICES: &str = "con prn aux nul com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9";

/// The file with this name.
pub fn file(name: &str) -> String {
    format!("{FOLDER}/{name}.md")
}

/// The file with the lists of files of a phase. Nobody needs to read it before the phase has ended.
pub fn lists(phase: usize) -> String {
    format!("{FOLDER}/files-{phase}.txt")
}

/// The file for the report of a task with this file name.
pub fn report(name: &str) -> String {
    format!("{FOLDER}/reports/{name}.md")
}

/// For each task the name of its file: the id, reduced to what every file system takes. No two are the same, in whatever
/// case, and none is that of a file with rules or a phase.
pub fn names(plan: &Plan) -> Vec<String> {
    let mut taken = FxHashSet::from_iter(["run", "now"].map(str::to_owned));
    // How often a name was asked for: tasks with one id must not try all numbers again.
    let mut asked: FxHashMap<String, u64> = FxHashMap::default();
    let mut name = |id: &str| {
        let stem = stem(id);
        let times = asked.entry(stem.to_lowercase()).or_default();
        loop {
            *times += 1;
            let name = if *times == 1 { stem.clone() } else { format!("{stem}-{times}") };
            if taken.insert(name.to_lowercase()) {
                return name;
            }
        }
    };
    plan.tasks.iter().map(|task| name(task.id.as_str())).collect()
}

/// An id as the beginning of a file name: letters, digits and a few signs.
fn stem(id: &str) -> String {
    let is_kept = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let letters = id.chars().take(LONGEST).map(|letter| if is_kept(letter) { letter } else { '-' });
    let stem = letters.collect::<String>();
    let stem = stem.trim_matches(['.', '-']);
    let starts_with = |word: &str| stem.to_ascii_lowercase().starts_with(word);
    let first = stem.split('.').next().unwrap_or_default();
    let is_device = DEVICES.split(' ').any(|device| first.eq_ignore_ascii_case(device));
    match stem {
        "" => "task".to_owned(),
        _ if is_device || starts_with("phase-") => format!("task-{stem}"),
        _ => stem.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Task;

    fn check(ids: &[&str], expected: &[&str]) {
        let task = |id: &&str| Task { id: (*id).into(), ..Task::default() };
        assert_eq!(names(&Plan { tasks: ids.iter().map(task).collect(), ..Plan::default() }), expected);
    }

    #[test]
    fn a_file_is_called_like_its_task() {
        check(&["T1", "auth.2", "Größe_3"], &["T1", "auth.2", "Größe_3"]);
        check(&["", "../x", "a/b", "…"], &["task", "x", "a-b", "task-2"]);
    }

    #[test]
    fn no_two_tasks_have_one_file_and_none_has_that_of_a_phase() {
        check(&["t1", "T1", "T1-2", "T1"], &["t1", "T1-2", "T1-2-2", "T1-3"]);
        check(
            &["run", "Phase-1", "now", "NUL", "con.x"],
            &["run-2", "task-Phase-1", "now-2", "task-NUL", "task-con.x"],
        );
    }
}
