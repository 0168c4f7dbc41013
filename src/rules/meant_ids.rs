//! The ids that an entry of `after` means: a range, several ids, or an id with words around it.

use std::ops::RangeInclusive;

use super::Context;
use crate::plan::TaskId;

/// The most bytes of an entry that is looked into.
const MAX_LENGTH: usize = 120;

/// The ids that the entry means, in the order it says them; empty if it names no task. Ids that no task has
/// stay in the list, so that they are reported.
pub(super) fn meant_ids(context: &Context<'_>, waiting: usize, entry: &TaskId) -> Vec<TaskId> {
    let mut ids = Vec::new();
    for found in read(context, entry.as_str()) {
        if found != *context.id(waiting) && !ids.contains(&found) {
            ids.push(found);
        }
    }
    ids
}

fn read(context: &Context<'_>, entry: &str) -> Vec<TaskId> {
    let text = entry.trim();
    if text.len() > MAX_LENGTH {
        return Vec::new();
    }
    if let Some(task) = by_title(context, text).or_else(|| task_of(context, text)) {
        return vec![context.id(task).clone()];
    }
    if let Some(range) = range(context, text) {
        return range;
    }
    let mut ids = Vec::new();
    let mut names_a_task = false;
    for part in
        text.split(|c: char| c.is_whitespace() || ",;&+/|()[]".contains(c)).filter(|part| !part.is_empty())
    {
        if let Some(task) = task_of(context, part) {
            ids.push(context.id(task).clone());
            names_a_task = true;
        } else if let Some(range) = range(context, part) {
            ids.extend(range);
            names_a_task = true;
        } else if looks_like_id(context, part) {
            ids.push(part.into());
        }
    }
    if names_a_task { ids } else { Vec::new() }
}

/// Signs and words between the ends of a range.
const BETWEEN: [&str; 12] =
    ["...", "..", " - ", " – ", " to ", " through ", " thru ", " until ", " bis ", "…", "–", "—"];

/// The tasks from one end to the other: by their numbers if both ids have the same letters, otherwise in the
/// order of the plan.
fn range(context: &Context<'_>, text: &str) -> Option<Vec<TaskId>> {
    let ends = |at: usize, length: usize| {
        let (from, to) = (text[..at].trim(), text[at + length..].trim());
        from_to(context, from, to)
    };
    let spelled = BETWEEN.iter().filter_map(|sign| Some((text.find(sign)?, sign.len())));
    // A hyphen may be part of an id.
    let hyphens = text.match_indices('-').map(|(at, sign)| (at, sign.len()));
    spelled.chain(hyphens).find_map(|(at, length)| ends(at, length))
}

fn from_to(context: &Context<'_>, from: &str, to: &str) -> Option<Vec<TaskId>> {
    let (from, to) = (without_words(from), without_words(to));
    if let Some((stem, low)) = number_of(from)
        && let Some((_, high)) = number_of(to).filter(|(other, _)| other.is_empty() || same_stem(other, stem))
    {
        let ids = numbered(context, stem, low.min(high)..=low.max(high));
        return (!ids.is_empty()).then_some(ids);
    }
    let (first, last) = (task_of(context, from)?, task_of(context, to)?);
    Some((first.min(last)..=first.max(last)).map(|at| context.id(at).clone()).collect())
}

/// The ids with these letters and a number of the range, by number. Without letters they are those of a `T`.
fn numbered(context: &Context<'_>, stem: &str, range: RangeInclusive<u32>) -> Vec<TaskId> {
    let stem = if stem.is_empty() { "T" } else { stem };
    let number =
        |id: &TaskId| number_of(id.as_str()).filter(|(other, _)| same_stem(other, stem)).map(|(_, n)| n);
    let ids = context.tasks().map(|(_, task)| &task.id);
    let mut found: Vec<(u32, &TaskId)> = ids.filter_map(|id| Some((number(id)?, id))).collect();
    found.retain(|(number, _)| range.contains(number));
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, id)| id.clone()).collect()
}

/// An id without `task` or `#` before it.
fn without_words(text: &str) -> &str {
    text.rsplit(char::is_whitespace).next().unwrap_or(text).trim_matches(['#', '.', ',', ':', '(', ')'])
}

fn same_stem(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// The letters before the number at the end of an id, and the number.
fn number_of(id: &str) -> Option<(&str, u32)> {
    let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((stem, id[stem.len()..].parse().ok()?))
}

/// The only task that the text names: by its id, without regard to case, zeros before the number, and
/// punctuation around it; a bare number is that of a `T`.
fn task_of(context: &Context<'_>, text: &str) -> Option<usize> {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    for id in [text, bare] {
        if let Some(&task) = context.positions.get(&TaskId::from(id)) {
            return Some(task);
        }
    }
    let number = number_of(bare);
    let is_it = |&(at, task): &(usize, &crate::plan::Task)| {
        let id = task.id.as_str();
        let same_number = || {
            let ((stem, number), (other, of_task)) = number.zip(number_of(id))?;
            let is_stem = same_stem(stem, other) || stem.is_empty() && matches!(other, "T" | "t");
            Some(is_stem && number == of_task)
        };
        context.is_first_with_its_id(at) && (id.eq_ignore_ascii_case(bare) || same_number() == Some(true))
    };
    let mut found = context.tasks().filter(is_it).map(|(at, _)| at);
    found.next().filter(|_| found.next().is_none())
}

/// The only task with this title.
fn by_title(context: &Context<'_>, text: &str) -> Option<usize> {
    let mut found = context.tasks().filter(|(_, task)| task.title.to_lowercase() == text.to_lowercase());
    found.next().filter(|_| found.next().is_none() && text.len() > 2).map(|(at, _)| at)
}

/// Whether the word has the form of the ids in the plan: letters that some id has, and a number.
fn looks_like_id(context: &Context<'_>, word: &str) -> bool {
    let is_like = |stem: &str| {
        context.tasks().any(|(_, task)| number_of(task.id.as_str()).is_some_and(|(known, _)| known == stem))
    };
    number_of(word).is_some_and(|(stem, _)| !stem.is_empty() && is_like(stem))
}

#[cfg(test)]
mod tests {
    use crate::report::Report;
    use crate::schedule::Budget;
    use crate::text;

    /// Waits of the last task after the first repair of its first finding.
    #[track_caller]
    fn check(after: &str, expected: &str) {
        let plan = format!(
            "- T1 Cart schema @owns(a)\n- T2 Tax @owns(b)\n- T3 Menu @owns(c)\n- Set up @owns(d) @id(setup)\n\
             - Login page @owns(e) @id(login-page)\n- T9 Last @owns(f) @after({after})"
        );
        let mut plan = text::parse(&plan).plan;
        let report = Report::new(plan.clone(), &Budget::default());
        let found = report.diagnostics.iter().find(|found| found.code == "PP002").expect(after);
        for edit in found.fixes[0].edits.of_plan() {
            edit.clone().apply(&mut plan);
        }
        let waits: Vec<&str> = plan.tasks[5].after.iter().map(crate::plan::TaskId::as_str).collect();
        assert_eq!(waits.join(" "), expected, "{after}: {}", found.fixes[0].title);
    }

    #[test]
    fn ranges_and_lists_become_the_ids_they_mean() {
        for range in [
            "T1..T3",
            "T1-T3",
            "T1–T3",
            "T1 to T3",
            "T1 through T3",
            "T1 - T3",
            "T1-3",
            "T1..3",
            "T3-T1",
            "T01-T03",
            "tasks T1-T3",
            "T1 … T3",
            "T1...T3",
            "t1-t3",
            "1-3",
            "T1-T8",
            "#1 to #3",
        ] {
            check(range, "T1 T2 T3");
        }
        check("T1 and T2", "T1 T2");
        check("T1 T2", "T1 T2");
        check("T1-T2 and T3", "T1 T2 T3");
        check("\"T1, T2\"", "T1 T2");
        check("T1 and T77", "T1 T77");
        check("setup..login-page", "setup login-page");
    }

    #[test]
    fn an_id_with_words_around_it_is_that_id() {
        for entry in
            ["T2.", "T02", "task T2", "T2 (Tax)", "T2: Tax", "#2", "2", "t2", "after T2", "T2 is done", "Tax"]
        {
            check(entry, "T2");
        }
        check("Login-Page", "login-page");
        check("T11", "T1");
    }
}
