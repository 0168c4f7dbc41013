//! Edits of a plan: each can be undone, and changes only the lines of its tasks.

use std::ops::Range;

use phaseplan::document::Document;
use phaseplan::plan::Field;
use phaseplan::plan::edit::TaskChange;
use phaseplan::plan::{Edit, Plan, Resource, Settings, TaskId};
use phaseplan::text::{Spelling, parse, parse_onto, print, write_ids};

use super::Tally;
use super::chance::Chance;
use super::text::is_normal;

/// Edits a document several times.
pub fn round(chance: &mut Chance, tally: &mut Tally) -> Result<(), String> {
    let mut document = Document::from_text(chance.plan_text());
    for _ in 0..8 {
        let edit = any(document.plan(), chance);
        taken_back(document.plan(), &edit, tally)?;
        document = written(&document, edit, tally)?;
        if chance.once_in(3) {
            document = document.typed(chance.typed(&document.text));
        }
    }
    Ok(())
}

/// A random edit, usually of an existing task, with values as forms read them.
pub fn any(plan: &Plan, chance: &mut Chance) -> Edit {
    let id = |chance: &mut Chance| -> TaskId {
        if plan.tasks.is_empty() || chance.once_in(9) {
            chance.id()
        } else {
            chance.pick(&plan.tasks).id.clone()
        }
    };
    match chance.below(12) {
        0 => Edit::SetTitle(chance.words(3)),
        1 => Edit::SetGoal(chance.words(6)),
        2 => Edit::SetSettings(Settings { max_parallel: chance.below(9) as u32, ..plan.settings.clone() }),
        3 => Edit::SetResources(vec![Resource { name: chance.words(1), capacity: chance.below(4) as u32 }]),
        4 => Edit::InsertTask { at: chance.below(8), task: Box::new(chance.task()) },
        5 => Edit::RemoveTask(id(chance)),
        6 => Edit::MoveTask { id: id(chance), to: chance.below(8) },
        _ => Edit::ChangeTask { id: id(chance), change: change(chance) },
    }
}

fn change(chance: &mut Chance) -> TaskChange {
    let field = *chance.pick(&Field::OF_TASK);
    let written = if chance.once_in(3) { chance.pieces(4) } else { chance.words(4) };
    field.read(&written).unwrap_or(TaskChange::Title(written))
}

fn taken_back(plan: &Plan, edit: &Edit, tally: &mut Tally) -> Result<(), String> {
    let mut after = plan.clone();
    match edit.clone().apply(&mut after) {
        Some(inverse) => {
            inverse.apply(&mut after);
            tally.count("edits were taken back");
        }
        None => tally.count("edits had nothing to change"),
    }
    if after == *plan { Ok(()) } else { Err(format!("{edit:?} can't be taken back")) }
}

/// The document after the edit. Checks that its text is the new plan, and the old text except for the edited
/// tasks.
fn written(before: &Document, edit: Edit, tally: &mut Tally) -> Result<Document, String> {
    let (told, concerned) = (format!("{edit:?} of {:?}", before.text), concerned(&edit));
    // A line without an id is matched by its title, so a task with the same title may take its place.
    let title = if let Edit::InsertTask { task, .. } = &edit { Some(task.title.clone()) } else { None };
    if let Edit::InsertTask { task, .. } = &edit
        && before.plan().task(&task.id).is_some()
    {
        // The existing task gets another id, so its lines become those of the new one.
        return Ok(before.edited(vec![edit]));
    }
    // A note below a task stays where it is when the task moves.
    let moves = matches!(edit, Edit::MoveTask { .. });
    let after = tally.timed(|| before.edited(vec![edit]));
    is_normal(after.plan(), &told)?;
    if parse_onto(after.plan(), &after.text).plan != *after.plan() {
        return Err(format!("{told} gives {:?}, which says something else", after.text));
    }
    let mut alone = parse(&after.text).plan;
    alone.id.clone_from(&after.plan().id);
    if alone != *after.plan() {
        return Err(format!("{told} gives {:?}, which alone says something else", after.text));
    }
    let (lines, new) = (lines_of(&before.text), lines_of(&after.text));
    let has_bullet = |range: &Range<usize>| {
        lines.get(range.start).is_some_and(|line| line.trim_start().starts_with(['-', '*', '+', '1']))
    };
    if !before.parsed.task_lines.iter().all(has_bullet) {
        // If one task gets a bullet, all need one.
        tally.count("lists without bullets were edited");
        return Ok(after);
    }
    // Ids that the text alone would not give are written where needed.
    let named = lines_of(&write_ids(&before.text, &before.parsed));
    if is_printed(&after) {
        tally.count(if is_printed(before) { "printed texts stayed so" } else { "texts became printed ones" });
        return Ok(after);
    }
    for (task, range) in before.plan().tasks.iter().zip(&before.parsed.task_lines) {
        let Some(at) = after.plan().position(&task.id).filter(|_| concerned.as_ref() != Some(&task.id))
        else {
            continue;
        };
        if moves || title.as_ref() == Some(&task.title) {
            continue;
        }
        let there = stretch(&new, &after.parsed.task_lines[at]);
        if after.plan().tasks[at] == *task
            && ![stretch(&lines, range), stretch(&named, range)].contains(&there)
        {
            return Err(format!(
                "{told} gives {:?}, where {} has other lines: {there:?}",
                after.text, task.id
            ));
        }
        tally.count("tasks kept their lines through an edit");
    }
    Ok(after)
}

fn concerned(edit: &Edit) -> Option<TaskId> {
    match edit {
        Edit::ChangeTask { id, .. } | Edit::MoveTask { id, .. } | Edit::RemoveTask(id) => Some(id.clone()),
        Edit::InsertTask { task, .. } => Some(task.id.clone()),
        _ => None,
    }
}

/// Whether the text is exactly the printed plan, without a layout of its own.
fn is_printed(document: &Document) -> bool {
    let alone = parse(&document.text).plan;
    [Spelling::Typing, Spelling::Document].iter().any(|spelling| print(&alone, *spelling) == document.text)
}

fn lines_of(text: &str) -> Vec<String> {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .lines()
        .map(str::to_owned)
        .collect()
}

/// The non-blank lines of a task, without lines in between that belong to the plan.
fn stretch<'a>(lines: &'a [String], range: &Range<usize>) -> Vec<&'a str> {
    let lines = lines.get(range.clone()).unwrap_or_default().iter().map(String::as_str);
    lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with(['>', '#'])).collect()
}
