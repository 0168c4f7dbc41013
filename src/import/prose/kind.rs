//! Guesses the kind of a task from its first word and its files.

use crate::plan::Kind;
use crate::prose::roles::is_report;
use crate::prose::sentence::Sentence;
use crate::prose::words::{Token, is_one_of};

const CHECKING: &str = "check confirm ensure execute final grep run validate verify";
const CHANGING: &str = "add address apply configure correct create delete document extend fix generate \
    implement improve install migrate refactor remove rename replace resolve update wire write";

/// Whether the task only inspects, runs or measures something.
pub fn only_checks(sentence: &Sentence) -> bool {
    let tokens = &sentence.tokens;
    let is_in = |token: &Token, list| matches!(token, Token::Word(word) if is_one_of(word, list));
    // "verify the fix" does not ask for a change.
    let is_noun =
        |before: &Token| matches!(before, Token::Word("a" | "an" | "each" | "that" | "the" | "this"));
    let asks_for_change = |pair: &[Token]| is_in(&pair[1], CHANGING) && !is_noun(&pair[0]);
    let reports_change = |token: &Token| matches!(token, Token::Word(word) if is_report(word));
    let says_none = tokens.windows(4).any(|four| {
        is_in(&four[0], "no")
            && is_in(&four[1], "code")
            && is_in(&four[2], "change changes")
            && is_in(&four[3], "is are necessary needed required")
    });
    let is_check = tokens.first().is_some_and(|first| is_in(first, CHECKING))
        && !tokens.windows(2).any(asks_for_change)
        && !tokens.iter().any(reports_change);
    is_check || says_none
}

/// The kind of a task with these files.
pub fn of(text: &str, owns: &[String], only_checks: bool) -> Kind {
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if only_checks {
        Kind::Verify
    } else if first.eq_ignore_ascii_case("research") && owns.is_empty() {
        Kind::Research
    } else if !owns.is_empty() && owns.iter().all(|path| is_test(path)) {
        Kind::Test
    } else if !owns.is_empty() && owns.iter().all(|path| path.ends_with(".md") || path.starts_with("docs/")) {
        Kind::Docs
    } else {
        Kind::Change
    }
}

fn is_test(path: &str) -> bool {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let is_test_folder = |folder| matches!(folder, "test" | "tests" | "__tests__" | "spec" | "e2e");
    folders.split('/').any(is_test_folder)
        || [".test.", ".spec.", "_test.", "_spec."].iter().any(|part| file.contains(part))
        || file.starts_with("test_")
}
