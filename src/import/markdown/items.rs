//! Items of lists, and the numbers and ids they begin with.

use crate::plan::Status;

/// An item of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListItem<'a> {
    /// Columns of white space before it.
    pub indent: usize,
    /// The number of a numbered list: `3` of `3. Add a`; else empty.
    pub number: &'a str,
    /// The character in the box, if it has one.
    pub mark: Option<char>,
    /// Whether an asterisk follows the box, as in `- [ ]* Write tests`.
    pub is_optional: bool,
    /// The text after all that.
    pub text: &'a str,
}

/// The item on a line; `None` if it begins none.
pub fn list_item(line: &str) -> Option<ListItem<'_>> {
    let trimmed = line.trim_start();
    let blank = &line[..line.len() - trimmed.len()];
    let indent = blank.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
    let (number, rest) = bullet(trimmed)?;
    let (mark, is_optional, text) = boxed(rest).unwrap_or((None, false, rest));
    Some(ListItem { indent, number, mark, is_optional, text: text.trim() })
}

/// The number and the text after a bullet or a number.
fn bullet(trimmed: &str) -> Option<(&str, &str)> {
    if let Some(rest) = trimmed.strip_prefix(['-', '*', '+', '•']) {
        return rest.starts_with([' ', '\t']).then_some(("", rest.trim_start()));
    }
    let rest = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &trimmed[..trimmed.len() - rest.len()];
    let text = rest.strip_prefix(['.', ')'])?;
    let is_number = (1..=4).contains(&number.len()) && text.starts_with([' ', '\t']);
    is_number.then(|| (number, text.trim_start()))
}

fn boxed(text: &str) -> Option<(Option<char>, bool, &str)> {
    let inside = text.strip_prefix('[')?;
    let (mark, after) = match inside.strip_prefix(']') {
        Some(after) => (' ', after),
        None => {
            let mark = inside.chars().next()?;
            (mark, inside[mark.len_utf8()..].strip_prefix(']')?)
        }
    };
    let rest = after.strip_prefix('*').unwrap_or(after);
    let is_box = rest.is_empty() || rest.starts_with([' ', '\t']);
    is_box.then_some((Some(mark), rest.len() < after.len(), rest))
}

/// The progress that a box shows; `None` if its sign is unknown.
pub fn status_of(mark: char) -> Option<Status> {
    match mark {
        ' ' | '\u{a0}' => Some(Status::Todo),
        'x' | 'X' | '✓' | '✔' | '✅' => Some(Status::Done),
        '/' | '>' => Some(Status::Running),
        '-' => Some(Status::Dropped),
        _ => None,
    }
}

/// `1.2` and the text of `1.2 Add a`, `1.2. Add a`, `**1.2** Add a`, `3. Add a` and `3) Add a`.
pub fn leading_number(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['*', '_', ' ']);
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = text[..text.len() - rest.len()].trim_end_matches('.');
    let is_number =
        number.starts_with(|c: char| c.is_ascii_digit()) && number.len() <= 20 && !number.contains("..");
    if !is_number {
        return None;
    }
    let after = &text[number.len()..];
    let after = match number.contains('.') {
        true => after.strip_prefix(|c: char| c.is_ascii_lowercase()).unwrap_or(after),
        false => after,
    };
    let number = &text[..text.len() - after.len()];
    let is_apart = match number.contains('.') {
        true => after.starts_with(['.', ')', ':', ' ', '*', '\t']),
        false => {
            after.starts_with(['.', ')', ':', '*']) || after.starts_with(" - ") || after.starts_with(" – ")
        }
    };
    let rest = after.trim_start_matches(['.', ')', ':', '*', ' ', '\t', '-', '–', '—']);
    (is_apart && !rest.is_empty()).then_some((number, rest))
}

/// `#12`, `ABC-12`, `WP01` or `T3` at the start of a text, and the text after it.
pub fn leading_id(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['*', '_', ' ', '[', '`']);
    let end = text.find(|c: char| !is_of_id(c)).unwrap_or(text.len());
    let id = text[..end].trim_end_matches(['.', '-', '_']);
    let after = &text[id.len()..];
    let begins_as_id = id.starts_with('#') || id.starts_with(|c: char| c.is_ascii_uppercase());
    let rest = after.trim_start_matches([']', '`', '*', '_', ':', '.', ' ', '-', '–', '—', '\t']);
    let is_apart =
        after.starts_with([']', '`', '*', ':', '.']) || after.starts_with(" - ") || id.starts_with('#');
    let is_known = || is_one_of_prefixes(id) && after.starts_with(' ');
    (begins_as_id && is_id(id) && (is_apart || is_known()) && !rest.is_empty()).then_some((id, rest))
}

fn is_one_of_prefixes(id: &str) -> bool {
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-'));
    matches!(prefix, "T" | "TASK" | "WP" | "US" | "TP" | "STEP" | "S")
}

fn is_of_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '#' | '-' | '_' | '.')
}

/// Whether a word is made like an id: letters, then digits with dots, then perhaps one letter.
pub fn is_id(word: &str) -> bool {
    let bare = word.strip_prefix('#').unwrap_or(word);
    let Some(start) = bare.find(|c: char| c.is_ascii_digit()) else { return false };
    let (prefix, digits) = bare.split_at(start);
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let digits = &digits[..digits.len() - rest.len()];
    let is_prefix = prefix.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'))
        && !prefix.starts_with(['-', '_'])
        && prefix != "v";
    let is_end = rest.is_empty() || (rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_lowercase()));
    word.len() <= 24 && is_prefix && is_end && !digits.ends_with('.') && !digits.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_in_the_spellings_that_occur() {
        for (line, indent, number, mark, is_optional, text) in [
            ("- Add a", 0, "", None, false, "Add a"),
            ("  * [x] Add a", 2, "", Some('x'), false, "Add a"),
            ("\t- [ ]* 1.2 Add a", 4, "", Some(' '), true, "1.2 Add a"),
            ("12. [] Add a", 0, "12", Some(' '), false, "Add a"),
            ("3) Add a", 0, "3", None, false, "Add a"),
            ("- [a](b) c", 0, "", None, false, "[a](b) c"),
        ] {
            let expected = ListItem { indent, number, mark, is_optional, text };
            assert_eq!(list_item(line), Some(expected), "{line}");
        }
        for line in ["Add a", "-Add", "**Add** a", "1.2 Add", "2024 was good", ""] {
            assert_eq!(list_item(line), None, "{line}");
        }
    }

    #[test]
    fn numbers_and_ids_begin_a_title() {
        for (text, expected) in [
            ("1.2 Add a", Some(("1.2", "Add a"))),
            ("1.2. Add a", Some(("1.2", "Add a"))),
            ("**1.2** Add a", Some(("1.2", "Add a"))),
            ("3. Add a", Some(("3", "Add a"))),
            ("2.1b Add a", Some(("2.1b", "Add a"))),
            ("3 files", None),
            ("Add 3.", None),
            ("4.", None),
        ] {
            assert_eq!(leading_number(text), expected, "{text}");
        }
        for (text, expected) in [
            ("#12 Store carts", Some(("#12", "Store carts"))),
            ("SHOP-7: Add a", Some(("SHOP-7", "Add a"))),
            ("**WP01** Add a", Some(("WP01", "Add a"))),
            ("T3 Add a", Some(("T3", "Add a"))),
            ("UTF-8 names", None),
            ("Add a", None),
        ] {
            assert_eq!(leading_id(text), expected, "{text}");
        }
    }
}
