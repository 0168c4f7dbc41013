//! Finds dependencies that a task states: "depends on T007, T008", "(depends on T008–T020b)", "after T012".

/// Words before the ids of predecessors.
const CUES: &[&str] = &[
    "depends on",
    "depend on",
    "depends",
    "deps",
    "dependencies",
    "blocked by",
    "requires",
    "waits for",
    "after",
];

/// One id, or a range of ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference<'a> {
    /// The task with this id.
    One(&'a str),
    /// All tasks from the first id to the last.
    Range(&'a str, &'a str),
}

/// Returns the id at the start of a text, in the spelling of a format; `None` if there is none.
pub type LeadingId = fn(&str) -> Option<&str>;

/// The sort key of an id: its number, then its letter. `T020b` comes after `T020` and before `T021`.
pub fn order(id: &str) -> (u64, &str) {
    let digits = id.trim_start_matches(|c: char| !c.is_ascii_digit());
    let letter = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    (digits[..digits.len() - letter.len()].parse().unwrap_or(u64::MAX), letter)
}

/// Every dependency in the text, which is one line.
pub fn named(text: &str, leading_id: LeadingId) -> Vec<Reference<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let cue = CUES.iter().find(|cue| lower[at..].starts_with(**cue) && begins_word(text, at));
        match cue {
            Some(cue) => {
                let (references, end) = list(text, at + cue.len(), leading_id);
                found.extend(references);
                at = end;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

fn begins_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric())
}

/// The list of ids from a position on, and its end.
fn list(text: &str, start: usize, leading_id: LeadingId) -> (Vec<Reference<'_>>, usize) {
    let mut references = Vec::new();
    let mut rest = text[start..].trim_start_matches([' ', ':', '*', '`', '[', '(']);
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
    let signs = ["–", "—", "-", "..", "…", "to ", "through "];
    let after = signs.iter().find_map(|sign| rest.strip_prefix(sign))?.trim_start_matches([' ', '`', '.']);
    leading_id(after).map(|last| (last, &after[last.len()..]))
}

fn after_separator(rest: &str) -> &str {
    let blank = |c: char| matches!(c, ' ' | '`' | ']' | '[');
    let rest = rest.trim_start_matches(blank);
    let rest = rest.strip_prefix([',', '&', '+', '/', ';']).unwrap_or(rest).trim_start_matches(blank);
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

    fn check(text: &str, expected: &str) {
        let found: Vec<String> = named(text, leading_id)
            .iter()
            .map(|reference| match reference {
                Reference::One(id) => (*id).to_owned(),
                Reference::Range(first, last) => format!("{first}..{last}"),
            })
            .collect();
        assert_eq!(found.join(" "), expected, "{text}");
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
    }

    #[test]
    fn other_ids_are_no_dependencies() {
        check("consumed by the service (T017) and the state (T012)", "");
        check("extends T026's file", "");
        check("depends on Phase 2, T005", "");
        check("the day after. T005 is next", "");
        check("independents T005", "");
    }

    #[test]
    fn ids_go_by_number_and_letter() {
        let ids = ["T007", "T008", "T020", "T020b", "T020c", "T021", "T100"];
        assert!(ids.is_sorted_by_key(|id| order(id)));
    }
}
