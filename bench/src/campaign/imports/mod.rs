//! Imports: sound inputs of every format are damaged and read as a paste, as files of a folder and as an
//! archive, in their format and in the surest one. What is read must be a plan in normal form that can be
//! printed, and whatever is not read must be said.

mod damage;
mod seeds;

use std::collections::HashSet;
use std::time::Duration;

use phaseplan::diagnostic::Diagnostic;
use phaseplan::import::decode::decode;
use phaseplan::import::plan_json::from_json;
use phaseplan::import::{FORMATS, Format, ImportError, Imported};
use phaseplan::incoming::{Content, Incoming, Input};
use phaseplan::plan::TaskId;
use phaseplan::text::parse;
use phaseplan::zip;

use self::damage::{Files, damaged};
use self::seeds::{SEEDS, Seed};
use super::Tally;
use super::chance::Chance;
use super::text::fixed;
use crate::rim::processor_time;

/// The formats whose files hold one task, or one part of a task, behind each box.
const WITH_BOXES: [&str; 7] =
    ["spec-kitty-tasks", "spec-kit", "kiro", "openspec", "superpowers", "markdown", "text"];

/// A round of the campaign for this format, or for all in turn.
///
/// # Errors
///
/// If there is no such format, or no input of it to damage.
pub fn of(
    format: Option<&str>,
) -> Result<impl Fn(&mut Chance, &mut Tally) -> Result<(), String> + use<>, String> {
    let seeds: Vec<(&'static Format, &'static Seed)> = FORMATS
        .iter()
        .filter(|known| format.is_none_or(|id| known.id == id))
        .flat_map(|known| SEEDS.iter().filter(|seed| seed.format == known.id).map(|seed| (*known, seed)))
        .collect();
    for known in FORMATS {
        if !SEEDS.iter().any(|seed| seed.format == known.id) {
            return Err(format!("No input of the format {} is there to be damaged.", known.id));
        }
    }
    if seeds.is_empty() {
        let known: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        return Err(format!("There is no such format. Formats: {}.", known.join(", ")));
    }
    Ok(move |chance: &mut Chance, tally: &mut Tally| {
        let (format, seed) = *chance.pick(&seeds);
        let other = chance.pick(SEEDS);
        let files = damaged(chance, seed.files, other.files);
        round(format, &files, chance, tally)
    })
}

fn round(
    format: &'static Format,
    files: &Files,
    chance: &mut Chance,
    tally: &mut Tally,
) -> Result<(), String> {
    let given = as_given(files, chance);
    let told = |error: String| format!("{error}\nread as {} from {}", format.id, shown(&given));
    let size: usize = given.iter().map(|(_, content)| content.len()).sum();
    let begin = processor_time();
    let input = Input::files(given.clone());
    let named = tally.timed(|| input.read_as(format));
    let read = input.read();
    let time = processor_time().saturating_sub(begin);
    if time > allowed(size) {
        return Err(told(format!("reading {size} bytes took {time:?}")));
    }
    sound(&named, &given, Some(format)).map_err(told)?;
    let again = Input::files(given.clone());
    if again.read_as(format) != named || again.read() != read {
        return Err(told("the same was read otherwise at another time".to_owned()));
    }
    tally.count(if named.is_ok() {
        "inputs were read in the format they had"
    } else {
        "inputs were refused in the format they had"
    });
    match read {
        Ok(Incoming::Plan(imported)) => {
            let surest = match input.claim().map(|claim| &claim.content) {
                Ok(Content::Plan(surest)) => Some(*surest),
                _ => None,
            };
            let is_same = surest.is_some_and(|surest| surest.id == format.id);
            sound(&Ok(imported), &given, surest).map_err(told)?;
            tally.count(if is_same {
                "inputs were recognised"
            } else {
                "inputs were taken for another format"
            });
        }
        Ok(_) => tally.count("inputs were taken for links or archives"),
        Err(error) => {
            is_sentence(&error.message).map_err(told)?;
            tally.count("inputs were refused");
        }
    }
    Ok(())
}

/// A paste, one file or a folder, or an archive of them.
fn as_given(files: &Files, chance: &mut Chance) -> Files {
    match chance.below(4) {
        0 if files.len() == 1 => vec![(String::new(), files[0].1.clone())],
        1 => {
            let texts: Option<Vec<(&str, &str)>> = files
                .iter()
                .map(|(path, content)| Some((path.as_str(), std::str::from_utf8(content).ok()?)))
                .collect();
            match texts {
                Some(texts) => vec![("plan.zip".to_owned(), zip::write(texts))],
                None => files.clone(),
            }
        }
        _ => files.clone(),
    }
}

/// The processor time that reading so many bytes may take. Small inputs get as much as the machine may waste.
fn allowed(bytes: usize) -> Duration {
    Duration::from_millis(500) + Duration::from_micros(bytes as u64 / 2)
}

fn sound(
    read: &Result<Imported, ImportError>,
    given: &Files,
    format: Option<&'static Format>,
) -> Result<(), String> {
    let imported = match read {
        Ok(imported) => imported,
        Err(error) => return is_sentence(&error.message),
    };
    let plan = &imported.plan;
    fixed(plan, "the input")?;
    let ids: HashSet<&TaskId> = plan.tasks.iter().map(|task| &task.id).collect();
    if ids.len() < plan.tasks.len() {
        return Err("two tasks have one id".to_owned());
    }
    if imported.counts.items < plan.tasks.len() {
        return Err(format!("{} items became {} tasks", imported.counts.items, plan.tasks.len()));
    }
    let dangling: HashSet<&str> = imported.counts.waits.dangling.iter().map(String::as_str).collect();
    let mut waits = plan.tasks.iter().flat_map(|task| &task.after);
    if let Some(lost) = waits.find(|id| !ids.contains(id) && !dangling.contains(id.as_str())) {
        return Err(format!("a task waits for {lost}, which is no task, and nothing says so"));
    }
    if !imported.task_lines.is_empty() && imported.task_lines.len() != plan.tasks.len() {
        return Err(format!("{} lines for {} tasks", imported.task_lines.len(), plan.tasks.len()));
    }
    let value = serde_json::to_value(plan).map_err(|error| error.to_string())?;
    if from_json(&value).map(|(plan, _)| plan).as_ref() != Ok(plan) {
        return Err("the plan does not come back from JSON".to_owned());
    }
    if let Some(text) = &imported.text
        && parse(text).plan != *plan
    {
        return Err("the text that was kept says another plan".to_owned());
    }
    notes(imported).try_for_each(|note| is_sentence(&note.sentences()))?;
    match (format, given.as_slice()) {
        (Some(format), [(_, content)]) if WITH_BOXES.contains(&format.id) => {
            let text = decode(content).unwrap_or_default();
            boxes_are_told(&text, imported, &value.to_string())
        }
        _ => Ok(()),
    }
}

fn notes(imported: &Imported) -> impl Iterator<Item = &Diagnostic> {
    imported.problems.iter().chain(&imported.notes)
}

/// Every line with a box is in the plan, or counted by a note.
fn boxes_are_told(text: &str, imported: &Imported, plan: &str) -> Result<(), String> {
    let said: String = notes(imported).map(|note| note.sentences() + "\n").collect();
    let noted: HashSet<usize> = notes(imported).filter_map(Diagnostic::line).collect();
    let counted: usize = notes(imported).filter(|note| tells_of_boxes(note)).map(largest_number).sum();
    let mut lost = Vec::new();
    for (number, line) in outside_of_blocks(text) {
        let Some(words) = behind_box(line) else { continue };
        let longest =
            words.split(|letter: char| !letter.is_ascii_alphanumeric()).max_by_key(|word| word.len());
        let longest = longest.unwrap_or_default();
        let is_told =
            longest.len() < 5 || plan.contains(longest) || noted.contains(&number) || said.contains(longest);
        if !is_told {
            lost.push((number, line));
        }
    }
    match lost.first() {
        Some((number, line)) if lost.len() > counted => Err(format!(
            "{} lines with a box are neither in the plan nor in a note; the first is {number}, {line:?}",
            lost.len()
        )),
        _ => Ok(()),
    }
}

/// Whether a note tells how many lines with a box, or tasks, were left out.
fn tells_of_boxes(note: &Diagnostic) -> bool {
    const WORDS: [&str; 4] = ["with a box", "have a box", "has a box", "were read. Split"];
    let sentences = note.sentences();
    WORDS.iter().any(|words| sentences.contains(words))
}

/// The largest number in a note, at least 1.
fn largest_number(note: &Diagnostic) -> usize {
    let sentences = note.sentences();
    let (before, _) = sentences.split_once(" left out: ").unwrap_or((&sentences, ""));
    let numbers = before.split(|letter: char| !letter.is_ascii_digit());
    numbers.filter_map(|digits| digits.parse().ok()).max().unwrap_or(1).max(1)
}

/// The numbered lines outside of code blocks and comments that have an end; those are samples.
fn outside_of_blocks(text: &str) -> Vec<(usize, &str)> {
    let mut outside = Vec::new();
    let mut inside: Option<(String, Vec<(usize, &str)>)> = None;
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        match &mut inside {
            Some((end, lines)) => {
                let is_fence = !end.starts_with('-');
                let ends = if is_fence {
                    trimmed.starts_with(end.as_str())
                        && trimmed.trim_start_matches(|letter| end.starts_with(letter)).is_empty()
                } else {
                    trimmed.contains(end.as_str())
                };
                lines.push((index + 1, line));
                if ends {
                    inside = None;
                }
            }
            None => match opened(trimmed) {
                Some(end) => inside = Some((end, Vec::new())),
                None => outside.push((index + 1, line)),
            },
        }
    }
    outside.extend(inside.into_iter().flat_map(|(_, lines)| lines));
    outside
}

/// The end of the block that a line opens.
fn opened(trimmed: &str) -> Option<String> {
    if trimmed.starts_with("<!--") {
        return (!trimmed.contains("-->")).then(|| "-->".to_owned());
    }
    let sign = trimmed.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = trimmed.trim_start_matches(sign);
    let fence = &trimmed[..trimmed.len() - rest.len()];
    (fence.len() >= 3 && !rest.contains('`')).then(|| fence.to_owned())
}

/// What stands behind the box of a line.
fn behind_box(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix(['-', '*', '+'])?;
    let rest = rest.starts_with([' ', '\t']).then(|| rest.trim_start())?.strip_prefix('[')?;
    let mark = rest.chars().next().filter(|mark| *mark != ']')?;
    rest[mark.len_utf8()..].strip_prefix("] ")
}

/// Whether a message is a sentence that can be shown.
fn is_sentence(message: &str) -> Result<(), String> {
    let end = message.trim_end_matches(['”', ')', '`', '"']);
    match end.ends_with(['.', '?', '!', '…', ':', ';']) && message.len() < 4_000 {
        true => Ok(()),
        false => Err(format!("no sentence: {message:?}")),
    }
}

/// The files as they are needed to repeat a failed round by hand.
fn shown(given: &Files) -> String {
    let files = given.iter().map(|(path, content)| {
        let text = String::from_utf8_lossy(content);
        let begin = &text[..text.floor_char_boundary(3_000)];
        format!("{path:?} {begin:?}{}\n", if begin.len() < text.len() { " …" } else { "" })
    });
    files.collect()
}
