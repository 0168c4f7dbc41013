//! GSD's plans: `phases/02-login/02-01-PLAN.md`, each with its files, its wave and what it waits for.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::json::Reader;
use super::markdown::{Block, lines};
use super::outline::{Item, Outline, Wait};
use super::task_file::{self, TaskFile, patterns, stem, task_files};
use super::{Certainty, File, Format, ImportError, Imported, notes};
use crate::import::markdown::FrontMatter;
use crate::plan::Status;

/// The format of `.planning/phases/…/*-PLAN.md`.
pub static FORMAT: Format = Format {
    id: "gsd",
    name: "GSD plans",
    description: "GSD's `*-PLAN.md` files; each plan is a task, and done if its `*-SUMMARY.md` is there.",
    recognise,
    read,
};

/// The fields that are read; others are preserved.
const KNOWN: &[&str] =
    &["phase", "plan", "depends_on", "depends-on", "files_modified", "files-modified", "must_haves"];

fn recognise(files: &[File]) -> Certainty {
    match plans(files).len() {
        0 if files.iter().any(is_bare_plan) => {
            Certainty::Likely("it has tasks in tags such as <files> and <verify>".to_owned())
        }
        0 => Certainty::No,
        1 => {
            Certainty::Sure("it has the fields “phase”, “plan” and “files_modified” of a GSD plan".to_owned())
        }
        count => Certainty::Sure(format!("{count} files have the fields of GSD plans")),
    }
}

fn plans(files: &[File]) -> Vec<TaskFile<'_>> {
    task_files(files, is_plan)
}

fn is_plan(front: &FrontMatter) -> bool {
    let own = ["wave", "files_modified", "files-modified", "autonomous", "must_haves"];
    // A summary has a phase and a plan too.
    front.has("phase")
        && front.has("plan")
        && own.iter().any(|name| front.has(name))
        && !front.has("key-files")
}

/// Whether a file without front matter has tasks as plans have them.
fn is_bare_plan(file: &File) -> bool {
    let Ok(text) = file.text() else { return false };
    file.front_matter().is_none()
        && text.contains("<task type=")
        && text.contains("</task>")
        && text.contains("<verify>")
}

fn read(files: &[File]) -> Result<Imported, ImportError> {
    let plans = plans(files);
    let is_alone = files.len() == 1;
    let bare: Vec<&File> = files.iter().filter(|file| is_bare_plan(file)).collect();
    let mut outline = Outline::default();
    let mut places: Vec<Place> = Vec::new();
    for plan in &plans {
        outline.notes.extend(plan.damage(is_alone));
        places.push(Place::of(plan));
        outline.items.push(read_plan(plan, &places[places.len() - 1], is_alone));
    }
    for file in &bare {
        let place = Place::of_name(file.name(), file.folder());
        outline.items.push(read_bare(file, &place, is_alone));
        places.push(place);
    }
    mark_done(files, &plans, &mut outline);
    find_waits(&plans, &places, &mut outline);
    put_in_waves(&places, &mut outline);
    outline.notes.extend(people(&plans, &outline));
    let summaries = files.iter().filter(|file| summary_of(file).is_some()).count();
    outline.notes.extend(task_file::note_unread(files, outline.items.len() + summaries));
    task_file::finish(outline, Reader::default(), &FORMAT)
}

/// Where a plan stands among the plans.
struct Place {
    /// `02-01`, or as its file is named.
    id: String,
    /// Folder and number of the phase.
    phase: String,
    wave: Option<u32>,
}

impl Place {
    fn of(plan: &TaskFile) -> Place {
        let from_name = Place::of_name(plan.file.name(), plan.file.folder());
        let phase = plan.text("phase");
        let id = match from_name.id.is_empty() {
            false => from_name.id,
            true => written_id(phase, plan.text("plan")),
        };
        let phase = if phase.is_empty() { from_name.phase } else { phase.to_owned() };
        Place { id, phase, wave: plan.text("wave").parse().ok() }
    }

    fn of_name(name: &str, folder: &str) -> Place {
        let id = plan_stem(name).filter(|id| !id.is_empty()).unwrap_or_default();
        let phase = folder.rsplit('/').next().unwrap_or_default();
        Place { id: id.to_owned(), phase: phase.to_owned(), wave: None }
    }
}

/// `02-01` of `02-01-PLAN.md`.
fn plan_stem(name: &str) -> Option<&str> {
    let stem = stem(name);
    let start = stem.len().checked_sub("-PLAN".len())?;
    let is_plan = stem.is_char_boundary(start) && stem[start..].eq_ignore_ascii_case("-PLAN");
    is_plan.then(|| &stem[..start])
}

/// The id of a plan from the fields `phase: 02-login` and `plan: 01`, or `plan: 02-01`.
fn written_id(phase: &str, plan: &str) -> String {
    let number = phase.split('-').next().unwrap_or_default();
    if plan.contains('-') || !number.starts_with(|first: char| first.is_ascii_digit()) {
        return plan_stem(plan).unwrap_or(plan).to_owned();
    }
    format!("{number}-{plan}")
}

fn read_plan(plan: &TaskFile, place: &Place, is_alone: bool) -> Item {
    let (body, _) = plan.file.body();
    let mut item = plan.item(&place.id, title_of(body, &place.id), is_alone);
    let truths = plan.field("must_haves").and_then(|must| must.get("truths"));
    item.checks.splice(0..0, task_file::texts_of_list(truths));
    let written = ["files_modified", "files-modified"].map(|name| plan.texts(name)).concat();
    item.owns = patterns(written.iter().map(String::as_str));
    item.reads = context(body).into_iter().filter(|path| !item.owns.contains(path)).collect();
    item.group.clone_from(&place.phase);
    plan.keep_others(&mut item, KNOWN);
    item
}

/// A plan whose front matter is missing: its files are those of its tasks.
fn read_bare(file: &File, place: &Place, is_alone: bool) -> Item {
    let (body, _) = file.body();
    let mut item = Item::new(&place.id, title_of(body, &place.id), 1);
    item.file = if is_alone { String::new() } else { file.path.clone() };
    item.text = body.trim().to_owned();
    item.owns = patterns(elements(body, "files").iter().flat_map(|files| files.split([',', '\n'])));
    item.group.clone_from(&place.phase);
    item
}

/// The first line of the objective, else the first heading, else the id.
fn title_of(body: &str, id: &str) -> String {
    let objective = elements(body, "objective").into_iter().next().unwrap_or_default();
    let first = objective.lines().map(str::trim).find(|line| !line.is_empty());
    first.or_else(|| task_file::heading(body)).unwrap_or(id).to_owned()
}

/// The contents of the elements with this name, outside of code blocks.
fn elements(body: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let mut found: Vec<String> = Vec::new();
    let mut inside: Option<String> = None;
    for line in lines(body).filter(|line| line.block != Block::Code) {
        let mut rest = line.text;
        loop {
            match &mut inside {
                None => {
                    let Some((_, after)) = rest.split_once(open.as_str()) else { break };
                    inside = Some(String::new());
                    rest = after;
                }
                Some(content) => match rest.split_once(close.as_str()) {
                    Some((before, after)) => {
                        content.push_str(before);
                        found.extend(inside.take());
                        rest = after;
                    }
                    None => {
                        content.push_str(rest);
                        content.push('\n');
                        break;
                    }
                },
            }
        }
    }
    found
}

/// The files of the repository that a plan is told to read: `@src/a.ts` in its context.
fn context(body: &str) -> Vec<String> {
    let context = elements(body, "context").join("\n");
    let named = context
        .lines()
        .filter_map(|line| line.trim().strip_prefix('@'))
        .map(|path| path.split_whitespace().next().unwrap_or_default());
    // Its own papers change nothing, and other folders of the machine are not the repository.
    let is_outside = |path: &&str| path.starts_with(['.', '~', '/', '$']) || path.contains([':', '\\']);
    patterns(named.filter(|path| !is_outside(path)))
}

/// The stem of the plan that a summary belongs to.
fn summary_of(file: &File) -> Option<&str> {
    let stem = stem(file.name());
    let start = stem.len().checked_sub("-SUMMARY".len())?;
    let is_summary = stem.is_char_boundary(start) && stem[start..].eq_ignore_ascii_case("-SUMMARY");
    is_summary.then(|| &stem[..start])
}

fn mark_done(files: &[File], plans: &[TaskFile], outline: &mut Outline) {
    let done: HashSet<(&str, &str)> =
        files.iter().filter_map(|file| Some((file.folder(), summary_of(file)?))).collect();
    for (plan, item) in plans.iter().zip(&mut outline.items) {
        let stem = plan_stem(plan.file.name()).unwrap_or_default();
        if done.contains(&(plan.file.folder(), stem)) {
            item.status = Status::Done;
        }
    }
}

/// Phase and number of a plan without leading zeros: `2-1` of `02-01`, `02-01-PLAN.md` or `02-01-login`.
fn short(name: &str) -> Option<String> {
    let name = name.rsplit('/').next().unwrap_or_default();
    let mut parts = name.split('-').map(str::trim);
    let (phase, plan) = (parts.next()?, parts.next()?);
    let is_number = |part: &str| part.starts_with(|first: char| first.is_ascii_digit());
    let plan = plan.strip_suffix(".md").unwrap_or(plan);
    (is_number(phase) && is_number(plan)).then(|| format!("{}-{}", bare(phase), bare(plan)))
}

fn bare(number: &str) -> String {
    let rest = number.trim_start_matches('0');
    if rest.starts_with(|first: char| first.is_ascii_digit()) { rest.to_owned() } else { format!("0{rest}") }
}

/// Waits name a plan by its file, by `02-01`, or by its number within the phase.
fn find_waits(plans: &[TaskFile], places: &[Place], outline: &mut Outline) {
    let mut by_short: HashMap<String, &str> = HashMap::new();
    for place in places {
        if let Some(short) = short(&place.id) {
            by_short.entry(short).or_insert(&place.id);
        }
    }
    let ids: HashSet<&str> = places.iter().map(|place| place.id.as_str()).collect();
    for ((plan, place), item) in plans.iter().zip(places).zip(&mut outline.items) {
        let written = ["depends_on", "depends-on"].map(|name| plan.texts(name)).concat();
        let number = place.phase.split('-').next().unwrap_or_default();
        let found = written.iter().map(|name| {
            let last = name.rsplit('/').next().unwrap_or_default();
            let stem = plan_stem(last).unwrap_or(stem(last));
            let spelled = [last.to_owned(), format!("{number}-{last}")];
            let known = spelled.iter().find_map(|name| by_short.get(&short(name)?).copied());
            Wait::Named(if ids.contains(stem) { stem } else { known.unwrap_or(name) }.to_owned())
        });
        item.waits = found.collect();
    }
}

/// Phases follow each other. In a phase, a plan of a later wave that names nothing waits for the wave before.
fn put_in_waves(places: &[Place], outline: &mut Outline) {
    let mut phases: BTreeMap<(u32, String), Vec<usize>> = BTreeMap::new();
    for (index, place) in places.iter().enumerate() {
        let number = place.phase.split(['-', '.']).next().and_then(|number| number.parse().ok());
        phases.entry((number.unwrap_or(u32::MAX), place.phase.clone())).or_default().push(index);
    }
    let phases: Vec<Vec<usize>> = phases.into_values().collect();
    for phase in &phases {
        mark_waves(phase, places, outline);
    }
    if !has_backward_wait(&phases, places, outline) {
        for pair in phases.windows(2) {
            outline.put_after(&pair[1], &pair[0]);
        }
    }
}

/// Whether a plan names one of a later phase; then the phases are not meant in order.
fn has_backward_wait(phases: &[Vec<usize>], places: &[Place], outline: &Outline) -> bool {
    let phase_of: HashMap<&str, usize> = (phases.iter().enumerate())
        .flat_map(|(phase, plans)| plans.iter().map(move |plan| (places[*plan].id.as_str(), phase)))
        .collect();
    let names_later = |(phase, plan): (usize, &usize)| {
        outline.items[*plan].waits.iter().any(|wait| match wait {
            Wait::Named(id) => phase_of.get(id.as_str()).is_some_and(|other| *other > phase),
            Wait::Implied(_) | Wait::Meant(_) => false,
        })
    };
    phases.iter().enumerate().any(|(phase, plans)| plans.iter().any(|plan| names_later((phase, plan))))
}

fn mark_waves(phase: &[usize], places: &[Place], outline: &mut Outline) {
    let mut waves: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for plan in phase {
        if let Some(wave) = places[*plan].wave {
            waves.entry(wave).or_default().push(*plan);
        }
    }
    let mut before: Vec<usize> = Vec::new();
    for (wave, plans) in waves {
        note_waits_inside(wave, &plans, outline);
        for plan in plans.iter().filter(|_| plans.len() > 1) {
            outline.items[*plan].claim = Some(format!("wave {wave}"));
        }
        let without: Vec<usize> =
            plans.iter().copied().filter(|plan| outline.items[*plan].waits.is_empty()).collect();
        outline.put_after(&without, &before);
        before = plans;
    }
}

/// Notes the plans that wait for one of their own wave, which is said to run beside them.
fn note_waits_inside(wave: u32, plans: &[usize], outline: &mut Outline) {
    let in_wave: HashMap<String, usize> =
        plans.iter().map(|at| (outline.items[*at].id.clone(), *at)).collect();
    for &plan in plans {
        let item = &outline.items[plan];
        let named = item.waits.iter().filter_map(|wait| match wait {
            Wait::Named(id) if in_wave.get(id).is_some_and(|other| *other != plan) => Some(id.as_str()),
            _ => None,
        });
        let named: Vec<&str> = named.collect();
        if !named.is_empty() {
            let names = notes::listed(&named);
            let message = format!(
                "{} is in wave {wave} with {names}, but waits for it. The dependency counts, not the wave.",
                item.called()
            );
            outline.notes.push(item.says(&notes::WAIT_INSIDE_WAVE, &message));
        }
    }
}

/// A note about the plans during which a person is needed.
fn people(plans: &[TaskFile], outline: &Outline) -> Option<crate::diagnostic::Diagnostic> {
    let needs = |plan: &TaskFile| plan.text("autonomous").eq_ignore_ascii_case("false");
    let ids: Vec<&str> = (plans.iter().zip(&outline.items))
        .filter(|(plan, _)| needs(plan))
        .map(|(_, item)| item.id.as_str())
        .collect();
    let message = format!("A person has to decide or look at something during: {}.", notes::listed(&ids));
    (!ids.is_empty()).then(|| notes::PERSON_NEEDED.says(&message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(files: &[(&str, &str)]) -> String {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(*path, *text)).collect();
        let imported = read(&files).expect("a plan");
        let tasks = imported.plan.tasks.iter().map(|task| {
            let after: Vec<&str> = task.after.iter().map(crate::plan::TaskId::as_str).collect();
            format!(
                "{} {:?} <{}> owns {} {:?}\n",
                task.id,
                task.title,
                after.join(","),
                task.owns.join(","),
                task.status
            )
        });
        let notes = imported.notes.iter().map(|note| format!("{}\n", note.code));
        tasks.chain(notes).collect()
    }

    const FIRST: &str = "---\nphase: 01-carts\nplan: 01\nwave: 1\ndepends_on: []\nfiles_modified:\n  - src/cart.rs\n\
                         autonomous: true\n---\n<objective>\nStore carts.\n</objective>\n<context>\n@.planning/PROJECT.md\n\
                         @src/db.rs\n</context>\n";

    #[test]
    fn plans_are_tasks_with_their_waves_and_summaries() {
        let second = "---\nphase: 01-carts\nplan: \"02\"\nwave: 2\ndepends_on: [\"01-01\"]\nfiles_modified: [src/page.rs]\n\
                      autonomous: false\n---\n<objective>Show carts</objective>\n";
        let third =
            "---\nphase: 02-pay\nplan: 01\nwave: 1\ndepends_on: []\nfiles_modified: [src/pay.rs]\n---\n";
        let files = [
            ("p/01-carts/01-01-PLAN.md", FIRST),
            ("p/01-carts/01-01-SUMMARY.md", "---\nphase: 01\nplan: 01\n---\nDone.\n"),
            ("p/01-carts/01-02-PLAN.md", second),
            ("p/02-pay/02-01-PLAN.md", third),
        ];
        let expected = "01-01 \"Store carts\" <> owns src/cart.rs Done\n\
                        01-02 \"Show carts\" <01-01> owns src/page.rs Todo\n\
                        02-01 \"02-01\" <01-01,01-02> owns src/pay.rs Todo\n\
                        PP551\nPP501\n";
        assert_eq!(shown(&files), expected);
    }

    #[test]
    fn waits_are_found_in_every_spelling() {
        for wait in ["01-01", "1-1", "01", "01-01-PLAN.md", "01-carts/01-01", "01-01-PLAN"] {
            let second = format!(
                "---\nphase: 01-carts\nplan: 02\nwave: 1\ndepends_on: {wait}\nfiles-modified: src/b.rs\n---\n"
            );
            let files = [("01-01-PLAN.md", FIRST), ("01-02-PLAN.md", second.as_str())];
            assert!(
                shown(&files).contains("01-02 \"01-02\" <01-01> owns src/b.rs"),
                "{wait}: {}",
                shown(&files)
            );
        }
    }

    #[test]
    fn a_dependency_inside_a_wave_is_told_and_counts() {
        let second =
            "---\nphase: 01-carts\nplan: 02\nwave: 1\ndepends_on: [01-01]\nfiles_modified: [src/b.rs]\n---\n";
        let shown = shown(&[("01-01-PLAN.md", FIRST), ("01-02-PLAN.md", second)]);
        assert!(shown.contains("01-02 \"01-02\" <01-01>") && shown.contains("PP533"), "{shown}");
    }

    #[test]
    fn a_plan_without_front_matter_and_a_damaged_one_are_read() {
        let bare = "# Cart\n\n<task type=\"auto\">\n<files>src/x.rs,\n src/y.rs</files>\n<verify>run</verify>\n</task>\n";
        assert!(
            shown(&[("03-01-PLAN.md", bare)]).starts_with("03-01 \"Cart\" <> owns src/x.rs,src/y.rs Todo")
        );
        let damaged = "---\nphase: 01-a: b: c\nplan: 01\nwave: 1\nfiles_modified: [a.rs]\n---\n";
        assert!(shown(&[("", damaged)]).contains("PP550"));
    }

    #[test]
    fn look_alikes_are_no_plans() {
        for text in [
            "---\nphase: 01\nplan: 01\nkey-files: []\n---\n",
            "---\nid: T1\ntitle: x\n---\n",
            "- [ ] T001 Do it\n",
        ] {
            assert_eq!(recognise(&[File::new("01-01-PLAN.md", text)]), Certainty::No, "{text}");
        }
    }
}
