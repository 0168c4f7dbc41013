//! CCPM's epics: a folder with `epic.md` and a file for each task, which gets the number of its issue later.

use std::collections::{HashMap, HashSet};

use super::json::Reader;
use super::outline::{Item, Outline, Wait};
use super::task_file::{self, Scopes, TaskFile, task_files};
use super::{Certainty, File, Format, ImportError, Imported, notes};
use crate::import::markdown::FrontMatter;
use crate::plan::{Estimate, Status};

/// The format of `.claude/epics/…/*.md`.
pub static FORMAT: Format = Format {
    id: "ccpm",
    name: "CCPM epic",
    description: "A folder of CCPM with `epic.md` and task files such as `001.md`, before and after the sync.",
    recognise,
    read,
};

/// The fields that are read or say nothing about the work; others are preserved.
const KNOWN: &[&str] =
    &["name", "status", "created", "updated", "depends_on", "parallel", "conflicts_with", "github"];

fn recognise(files: &[File]) -> Certainty {
    match task_files(files, is_task).len() {
        0 => Certainty::No,
        1 => Certainty::Sure("it has the fields “name”, “status” and “depends_on” of a CCPM task".to_owned()),
        count => Certainty::Sure(format!("{count} files have the fields of CCPM tasks")),
    }
}

/// Whether a file is a task; epics and analyses lack these fields.
fn is_task(front: &FrontMatter) -> bool {
    let own = ["depends_on", "parallel", "conflicts_with"].iter().filter(|name| front.has(name)).count();
    front.has("name") && front.has("status") && own >= 2
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let tasks = task_files(files, is_task);
    let is_alone = files.len() == 1;
    let scopes = Scopes::of(tasks.iter().map(|task| task.file.folder()));
    let copies = copies(&tasks);
    let mut outline = epic(files, &scopes);
    for (index, task) in tasks.iter().enumerate() {
        if let Some(copy) = copies.get(&index) {
            let message = format!(
                "{} is an earlier copy of {}, so only the latter was read.",
                task.file.path, tasks[*copy].file.path
            );
            outline.notes.push(notes::REPEATED_TASK.says(&message));
            continue;
        }
        outline.notes.extend(task.damage(is_alone));
        outline.items.push(read_task(task, &scopes, is_alone));
    }
    let kept: Vec<&TaskFile> = tasks
        .iter()
        .enumerate()
        .filter(|(index, _)| !copies.contains_key(index))
        .map(|(_, task)| task)
        .collect();
    for (copy, of) in sorted(&copies) {
        if let Some(at) = kept.iter().position(|task| std::ptr::eq(task.file, tasks[of].file)) {
            outline.items[at].names.push(scopes.full(tasks[copy].file.folder(), tasks[copy].stem()));
        }
    }
    find_waits(&kept, &scopes, &mut outline);
    let epics = files.iter().filter(|file| file.name() == "epic.md").count();
    outline.notes.extend(task_file::note_unread(files, tasks.len() + epics));
    task_file::finish(outline, Reader::default(), &FORMAT)
}

fn sorted(copies: &HashMap<usize, usize>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = copies.iter().map(|(copy, of)| (*copy, *of)).collect();
    pairs.sort_unstable();
    pairs
}

/// Name and purpose of the plan, from the file of the epic if there is one only.
fn epic(files: &[File], scopes: &Scopes) -> Outline {
    let epics: Vec<&File> = files.iter().filter(|file| file.name() == "epic.md").collect();
    let ([epic], false) = (&epics[..], scopes.are_several()) else { return Outline::default() };
    let field = |name: &str| epic.front_matter().map_or("", |front| front.fields.text_of(name));
    let title =
        [field("name"), field("title")].into_iter().find(|title| !title.is_empty()).unwrap_or_default();
    Outline {
        title: title.to_owned(),
        goal: field("description").split_whitespace().collect::<Vec<_>>().join(" "),
        ..Outline::default()
    }
}

/// For each file from before the sync, such as `001.md`, the file of the same task after it, such as `47.md`.
fn copies(tasks: &[TaskFile]) -> HashMap<usize, usize> {
    let is_early = |task: &TaskFile| task.stem().starts_with('0');
    let mut late: HashMap<(&str, &str), usize> = HashMap::new();
    for (index, task) in tasks.iter().enumerate().filter(|(_, task)| !is_early(task)) {
        if !task.text("name").is_empty() {
            late.entry((task.file.folder(), task.text("name"))).or_insert(index);
        }
    }
    let early = tasks.iter().enumerate().filter(|(_, task)| is_early(task));
    early
        .filter_map(|(index, task)| Some((index, *late.get(&(task.file.folder(), task.text("name")))?)))
        .collect()
}

fn read_task(task: &TaskFile, scopes: &Scopes, is_alone: bool) -> Item {
    let folder = task.file.folder();
    let id = scopes.full(folder, &id_of(task));
    let mut item = task.item(id, task.text("name"), is_alone);
    item.status = match task.text("status").to_lowercase().as_str() {
        "closed" | "completed" | "complete" | "done" => Status::Done,
        "in-progress" | "in_progress" => Status::Running,
        "cancelled" | "dropped" => Status::Dropped,
        _ => Status::Todo,
    };
    item.minutes = hours(&item.text);
    item.claim = task.text("parallel").eq_ignore_ascii_case("true").then(|| "parallel: true".to_owned());
    if scopes.are_several() {
        item.group = folder.rsplit('/').next().unwrap_or_default().to_owned();
    }
    task.keep_others(&mut item, KNOWN);
    item
}

/// The name of the file, or the number of the issue of a paste.
fn id_of(task: &TaskFile) -> String {
    if !task.stem().is_empty() {
        return task.stem().to_owned();
    }
    let issue = task.text("github").rsplit('/').next().unwrap_or_default();
    let is_number = !issue.is_empty() && issue.chars().all(|letter| letter.is_ascii_digit());
    if is_number { issue.to_owned() } else { String::new() }
}

/// `- Hours: 8` or `- Hours: 4-6`.
fn hours(text: &str) -> Option<Estimate> {
    let line = text.lines().find_map(|line| {
        let line = line.trim_start_matches(['-', '*', ' ']);
        line.strip_prefix("Hours").or_else(|| line.strip_prefix("**Hours**"))
    })?;
    let numbers: Vec<f64> = (line.split(|letter: char| !letter.is_ascii_digit() && letter != '.'))
        .filter_map(|number| number.parse().ok())
        .filter(|hours| (0.0..=1000.0).contains(hours))
        .collect();
    let minutes = |hours: f64| (hours * 60.0).round() as u32;
    match numbers[..] {
        [low, high, ..] => Some(Estimate::between(minutes(low), minutes((low + high) / 2.0), minutes(high))),
        [hours] => Some(Estimate::exactly(minutes(hours))),
        [] => None,
    }
}

/// A number without the zeros in front means the file with them, if there is no other.
fn find_waits(tasks: &[&TaskFile], scopes: &Scopes, outline: &mut Outline) {
    let known: HashSet<String> =
        outline.items.iter().flat_map(|item| item.names.iter().chain([&item.id])).cloned().collect();
    let mut by_number: HashMap<(&str, &str), String> = HashMap::new();
    for (task, item) in tasks.iter().zip(&outline.items) {
        let key = (task.file.folder(), task.stem().trim_start_matches('0'));
        by_number.entry(key).or_insert_with(|| item.id.clone());
    }
    for (task, item) in tasks.iter().zip(&mut outline.items) {
        let folder = task.file.folder();
        let find = |name: &String| {
            let last = name.rsplit('/').next().unwrap_or_default().trim_start_matches(['#', ' ']);
            let name = task_file::stem(last.rsplit(' ').next().unwrap_or_default());
            let full = scopes.full(folder, name);
            if known.contains(&full) {
                return full;
            }
            by_number.get(&(folder, name.trim_start_matches('0'))).cloned().unwrap_or(full)
        };
        item.waits = task.texts("depends_on").iter().map(|name| Wait::Named(find(name))).collect();
        let own = item.id.clone();
        let conflicts = task.texts("conflicts_with");
        item.uses = conflicts
            .iter()
            .map(find)
            .filter(|other| *other != own)
            .map(|other| pair(&own, &other))
            .collect();
    }
    keep_shared(outline);
}

/// The name of what two tasks must not use at the same time.
fn pair(one: &str, other: &str) -> String {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    format!("conflict-{first}-{second}")
}

/// Gives what one task of a pair must not share to the other one too; only one of them may name the conflict.
fn keep_shared(outline: &mut Outline) {
    let index: HashMap<String, usize> =
        outline.items.iter().enumerate().map(|(index, item)| (item.id.clone(), index)).collect();
    let mut pairs: Vec<(usize, String)> = Vec::new();
    for item in &outline.items {
        for name in &item.uses {
            let both = name.strip_prefix("conflict-").unwrap_or_default();
            let other =
                both.strip_prefix(&format!("{}-", item.id)).or(both.strip_suffix(&format!("-{}", item.id)));
            pairs.extend(other.and_then(|other| index.get(other)).map(|other| (*other, name.clone())));
        }
    }
    for (item, name) in pairs {
        let uses = &mut outline.items[item].uses;
        if !uses.contains(&name) {
            uses.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::{read_files, task_lines};

    fn shown(files: &[(&str, &str)]) -> Vec<String> {
        task_lines(&read_files(&FORMAT, files), |task, after| {
            let uses: Vec<&str> = task.uses.iter().map(|used| used.resource.as_str()).collect();
            format!("{} {} <{after}> {} {:?}", task.id, task.title, uses.join(","), task.status)
        })
    }

    fn task(name: &str, more: &str) -> String {
        format!("---\nname: {name}\nstatus: open\nparallel: true\n{more}\n---\n\n# Task\n")
    }

    #[test]
    fn an_epic_is_read_with_waits_and_conflicts() {
        let (one, two) =
            (task("Store", "depends_on: []"), task("Page", "depends_on: [001]\nconflicts_with: [3]"));
        let three = task("Pay", "depends_on:\n  - 1\n  - '#9'\nconflicts_with: []").replace("open", "closed");
        let files = [
            ("e/001.md", one.as_str()),
            ("e/002.md", &two),
            ("e/003.md", &three),
            ("e/epic.md", "---\nname: Carts\nstatus: open\n---\n"),
            ("e/001-analysis.md", "---\nissue: 1\ntitle: x\n---\n"),
        ];
        let shown = shown(&files);
        assert_eq!(
            shown[..3],
            [
                "001 Store <>  Todo",
                "002 Page <001> conflict-002-003 Todo",
                "003 Pay <001,9> conflict-002-003 Done"
            ]
        );
        assert!(shown.contains(&"PP523".to_owned()) && shown.contains(&"PP511".to_owned()), "{shown:?}");
    }

    #[test]
    fn of_a_task_before_and_after_the_sync_the_later_one_is_read() {
        let (one, two) = (task("Store", "depends_on: []"), task("Page", "depends_on: [001]"));
        let shown = shown(&[("e/001.md", &one), ("e/47.md", &one), ("e/48.md", &two)]);
        assert_eq!(shown[..2], ["47 Store <>  Todo", "48 Page <47>  Todo"]);
        assert!(shown.contains(&"PP514".to_owned()));
    }

    #[test]
    fn damaged_fields_cost_only_themselves_and_hours_are_read() {
        let odd = task("Store (target: 1)", "depends_on: [7]").replace("# Task", "- Hours: 2-4");
        let file = File::new("001.md", odd);
        let task = read(&[file]).expect("a plan").plan.tasks.remove(0);
        assert_eq!((task.title.as_str(), task.after[0].as_str()), ("Store (target: 1)", "7"));
        assert_eq!(task.minutes, Some(Estimate::between(120, 180, 240)));
    }

    #[test]
    fn look_alikes_are_no_tasks() {
        for text in ["---\nname: x\ndescription: y\n---\n", "---\nname: x\nstatus: open\n---\n", "- [ ] a\n"]
        {
            assert_eq!(recognise(&[File::new("001.md", text)]), Certainty::No, "{text}");
        }
    }
}
