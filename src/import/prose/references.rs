//! Finds the order that a text states: "depends on T007, T008", "(needs T008–T020b)", "blocks T012", "T001 → T002".

/// Words before the ids of predecessors. Longer ones come before those they begin with.
const AFTER: &[&str] = &[
    "depends on",
    "depend on",
    "depends",
    "dependencies",
    "deps",
    "blocked by",
    "requires",
    "needs",
    "waits for",
    "waits on",
    "wait for",
    "after",
    "once",
    "依赖于",
    "依赖",
    "前置",
];

/// Words before the ids of successors.
const BEFORE: &[&str] = &["unblocks", "blocks", "required by", "needed by", "before"];

/// Words behind the ids of predecessors, in languages that put them there.
const AFTER_THEM: &[&str] =
    &["完成后", "之后", "以后", "に依存", "の後", "完了後", "の完了後", "에 의존", "이후", "완료 후"];

/// Words before a cue that turn it around.
const NOT: &[&str] = &["not ", "n't ", "never ", "no longer ", "without ", "不", "no "];

/// One id, or a range of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference<'a> {
    /// The task with this id.
    One(&'a str),
    /// All tasks from the first id to the last.
    Range(&'a str, &'a str),
}

/// What a text states about its task.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stated<'a> {
    /// It waits for these.
    pub after: Vec<Reference<'a>>,
    /// These wait for it.
    pub before: Vec<Reference<'a>>,
}

/// Returns the id at the start of a text, in the spelling of a format; `None` if there is none.
pub type LeadingId = fn(&str) -> Option<&str>;

/// The sort key of an id: its number, its letter, and the number of its part. `T020b` comes after `T020` and before
/// `T021`, `T020.10` after `T020.9`.
pub fn order(id: &str) -> (u64, &str, u64) {
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let after = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = digits[..digits.len() - after.len()].parse().unwrap_or(u64::MAX);
    let letter_end = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
    let part = after[letter_end..].parse().unwrap_or_default();
    (number, &after[..letter_end], part)
}

/// Every dependency in the text, which is one line. Linear time for each cue, as long as an id is found in
/// constant time.
pub fn stated(text: &str, leading_id: LeadingId) -> Stated<'_> {
    let lower = text.to_ascii_lowercase();
    let mut stated = Stated::default();
    let cues = |list: &'static [&'static str], is_after: bool| list.iter().map(move |cue| (*cue, is_after));
    let mut at = 0;
    while at < text.len() {
        if !begins_word(text, at) {
            at += step(&text[at..]);
            continue;
        }
        let mut all = cues(BEFORE, false).chain(cues(AFTER, true));
        let first = lower.as_bytes()[at];
        let found = all.find(|(cue, _)| cue.as_bytes()[0] == first && lower[at..].starts_with(cue));
        if let Some((cue, is_after)) = found {
            let (references, end) = list(text, at + cue.len(), leading_id);
            let is_denied = NOT.iter().any(|not| lower[..at].ends_with(not));
            match is_after {
                _ if is_denied => {}
                true => stated.after.extend(references),
                false => stated.before.extend(references),
            }
            at = end;
            continue;
        }
        let (references, end) = list(text, at, leading_id);
        if !references.is_empty() {
            let follows = text[end..].trim_start();
            if AFTER_THEM.iter().any(|cue| follows.starts_with(cue)) {
                stated.after.extend(references);
            }
            at = end;
        } else {
            at += step(&text[at..]);
        }
    }
    stated
}

/// What may stand before the ids of a list.
const BEFORE_IDS: [char; 7] = [' ', ':', '*', '`', '[', '(', '：'];

/// How far to the next place where an id or a cue may begin, after none was found here. Signs before a list are gone
/// through once, however many there are.
fn step(text: &str) -> usize {
    let signs = text.len() - text.trim_start_matches(BEFORE_IDS).len();
    if signs > 0 { signs } else { text.chars().next().map_or(1, char::len_utf8) }
}

/// The two sides of each arrow in a line, the earlier one first: of `A → B` and of `A <- B`, B waits for A.
/// Remarks in brackets don't count.
pub fn arrows(line: &str, leading_id: LeadingId) -> Vec<(Vec<Reference<'_>>, Vec<Reference<'_>>)> {
    const ARROWS: [&str; 8] = ["-->", "->", "=>", "→", "⟶", "<--", "<-", "←"];
    let mut sides = Vec::new();
    let mut rest = line;
    loop {
        let next = ARROWS.iter().filter_map(|arrow| Some((rest.find(arrow)?, arrow.len())));
        // Of arrows at one place the longest.
        let next = next.min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)));
        let side = &rest[..next.map_or(rest.len(), |(at, _)| at)];
        sides.push(ids_in(side, leading_id));
        let Some((at, length)) = next else { break };
        rest = &rest[at + length..];
    }
    let pairs = sides.windows(2).filter(|pair| pair.iter().all(|side| !side.is_empty()));
    pairs.map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

/// The ids in one side of an arrow.
fn ids_in(side: &str, leading_id: LeadingId) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    let (mut position, mut depth) = (0, 0_u32);
    while position < side.len() {
        let letter = side[position..].chars().next().unwrap_or(' ');
        // Signs before a list were gone through with the first of them.
        let is_inside =
            position > 0 && BEFORE_IDS.contains(&letter) && side[..position].ends_with(BEFORE_IDS);
        if depth == 0 && !is_inside && begins_word(side, position) {
            let (references, end) = list(side, position, leading_id);
            if !references.is_empty() {
                found.extend(references);
                position = end;
                continue;
            }
        }
        depth = match letter {
            '(' => depth + 1,
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        position += letter.len_utf8();
    }
    found
}

fn begins_word(text: &str, at: usize) -> bool {
    let is_ascii_start = text[at..].starts_with(|c: char| c.is_ascii());
    !is_ascii_start || !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// The list of ids from a position on, and its end.
fn list(text: &str, start: usize, leading_id: LeadingId) -> (Vec<Reference<'_>>, usize) {
    let mut references = Vec::new();
    let mut rest = text[start..].trim_start_matches(BEFORE_IDS);
    let mut end = start;
    while let Some(first) = leading_id(rest) {
        rest = &rest[first.len()..];
        let reference = match range_end(rest, leading_id) {
            Some((last, after)) => {
                rest = after;
                Reference::Range(first, last)
            }
            None => Reference::One(first),
        };
        references.push(reference);
        end = text.len() - rest.len();
        rest = after_separator(rest);
    }
    (references, end)
}

fn range_end(rest: &str, leading_id: LeadingId) -> Option<(&str, &str)> {
    let rest = rest.trim_start_matches(['`', ' ']);
    let signs = ["–", "—", "-", "..", "…", "to ", "through ", "~", "至", "から"];
    let after = signs.iter().find_map(|sign| rest.strip_prefix(sign))?.trim_start_matches([' ', '`', '.']);
    leading_id(after).map(|last| (last, &after[last.len()..]))
}

fn after_separator(rest: &str) -> &str {
    let blank = |c: char| matches!(c, ' ' | '`' | ']' | '[' | '*');
    let rest = rest.trim_start_matches(blank);
    let rest =
        rest.strip_prefix([',', '&', '+', '/', ';', '、', '，']).unwrap_or(rest).trim_start_matches(blank);
    rest.strip_prefix("and ").unwrap_or(rest).trim_start_matches(blank)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Such as `T007` or `T020b`.
    fn leading_id(text: &str) -> Option<&str> {
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        let digits = text[..end].strip_prefix('T')?;
        digits.starts_with(|c: char| c.is_ascii_digit()).then_some(&text[..end])
    }

    fn shown(references: &[Reference]) -> String {
        let one = |reference: &Reference| match reference {
            Reference::One(id) => (*id).to_owned(),
            Reference::Range(first, last) => format!("{first}..{last}"),
        };
        references.iter().map(one).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let Stated { after, before } = stated(text, leading_id);
        let before = if before.is_empty() { String::new() } else { format!(" | {}", shown(&before)) };
        assert_eq!(shown(&after) + before.as_str(), expected, "{text}");
    }

    #[test]
    fn dependencies_are_found_where_they_are_named() {
        check("Add a (depends on T007, T008)", "T007 T008");
        check("Add a — Depends on: T010 and T006; then T999", "T010 T006");
        check("field types (T012); depends on T007, T008 for field types, see T009", "T007 T008");
        check("b, depends on T008–T020b, T030", "T008..T020b T030");
        check("b (depends on `T001`-`T004`)", "T001..T004");
        check("b (depends on T001 through T004 & T006)", "T001..T004 T006");
        check("c blocked by T001, after T002", "T001 T002");
        check("(contracts/a.md \"Users\"; depends on T005, T006, T016).", "T005 T006 T016");
        check("äöü depends on T005", "T005");
        check("d (needs T001), once T002 is done", "T001 T002");
        check("依赖 T001、T002", "T001 T002");
        check("在T003完成后开始", "T003");
        check("T004 이후에 한다", "T004");
    }

    #[test]
    fn what_waits_for_a_task_is_found_too() {
        check("a (blocks T005)", " | T005");
        check("a (must run before T005, T006)", " | T005 T006");
        check("a, required by T001-T003", " | T001..T003");
    }

    #[test]
    fn other_ids_are_no_dependencies() {
        check("consumed by the service (T017) and the state (T012)", "");
        check("extends T026's file", "");
        check("depends on Phase 2, T005", "");
        check("the day after. T005 is next", "");
        check("independents T005", "");
        check("a (does not depend on T001)", "");
        check("a (doesn't depend on T001)", "");
        check("a (no longer blocked by T001)", "");
    }

    #[test]
    fn arrows_put_the_left_side_first() {
        let found = |line| {
            let pairs = arrows(line, leading_id);
            pairs.iter().map(|(a, b)| format!("{} < {}", shown(a), shown(b))).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(found("T004, T005 (discovery) <- T019-T020 (US2)"), "T004 T005 < T019..T020");
        assert_eq!(found("T001 → T002 -> T003 (after T009)"), "T001 < T002; T002 < T003");
        assert_eq!(found("Setup -> T002"), "");
    }

    #[test]
    fn ids_go_by_number_and_letter() {
        let ids = ["T007", "T008", "T020", "T020.1", "T020.2", "T020.10", "T020b", "T020c", "T021", "T100"];
        assert!(ids.is_sorted_by_key(|id| order(id)));
    }
}
