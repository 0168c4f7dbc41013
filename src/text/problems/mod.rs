//! Problems in a plan text: definitions, messages and fixes, with one file for each part of the language.
//!
//! Every message names the problem and what to do. If the intended text is likely, there is a fix.

mod entries;
mod lines;
mod minutes;
mod names;
mod patterns;
mod settings;
mod tags;

use std::ops::Range;

use super::line::Line;
use crate::diagnostic::{Definition, Diagnostic, Edits, Fix, Location, Replacement, Severity};

pub(super) use entries::{acceptance_without_task, empty_entry, open_quote, unknown_name};
pub(super) use lines::{changed_value, more_problems, repeated_id, second_title, stray_line, too_many_tasks};
pub(super) use minutes::{minutes_out_of_order, minutes_twice, minutes_without_unit, unreadable_minutes};
pub(super) use names::hidden_characters;
pub use names::{is_about_hidden, of_change};
pub(super) use patterns::{folder_or_lost_asterisks, lost_asterisks, many_patterns};
pub(super) use settings::{
    unknown_setting, unreadable_duration, unreadable_efficiency, unreadable_number, unreadable_price,
};
pub(super) use tags::{bare_tag, empty_tag, unclosed_tag, unknown_tag};

/// Every kind of problem, by code.
pub static DEFINITIONS: &[&Definition] = &[
    &tags::UNCLOSED_TAG,
    &tags::UNKNOWN_TAG,
    &tags::BARE_TAG,
    &tags::EMPTY_TAG,
    &entries::EMPTY_ENTRY,
    &entries::OPEN_QUOTE,
    &entries::UNKNOWN_NAME,
    &entries::ACCEPTANCE_WITHOUT_TASK,
    &minutes::UNREADABLE_MINUTES,
    &minutes::MINUTES_WITHOUT_UNIT,
    &minutes::MINUTES_OUT_OF_ORDER,
    &minutes::MINUTES_TWICE,
    &patterns::LOST_ASTERISKS,
    &patterns::FOLDER_OR_LOST_ASTERISKS,
    &patterns::MANY_PATTERNS,
    &lines::SECOND_TITLE,
    &lines::STRAY_LINE,
    &lines::TOO_MANY_TASKS,
    &lines::REPEATED_ID,
    &lines::CHANGED_VALUE,
    &names::HIDDEN_CHARACTERS,
    &names::NO_NAME,
    &settings::UNKNOWN_SETTING,
    &settings::UNREADABLE_NUMBER,
    &settings::UNREADABLE_DURATION,
    &lines::MORE_PROBLEMS,
    &settings::UNREADABLE_EFFICIENCY,
];

/// A problem with part of a line. All ranges are bytes of that line.
#[derive(Debug)]
pub(super) struct Problem {
    definition: &'static Definition,
    severity: Severity,
    /// The part at fault.
    pub range: Range<usize>,
    title: String,
    detail: String,
    fixes: Vec<(String, Range<usize>, String)>,
}

impl Problem {
    fn new(
        definition: &'static Definition,
        range: Range<usize>,
        title: impl Into<String>,
        detail: impl Into<String>,
    ) -> Problem {
        let (title, detail) = (brief(&title.into()), brief(&detail.into()));
        Problem { definition, severity: definition.severity, range, title, detail, fixes: Vec::new() }
    }

    /// Adds a fix that replaces or removes a range of the line.
    fn fix(mut self, title: impl Into<String>, range: Range<usize>, with: impl Into<String>) -> Problem {
        self.fixes.push((brief(&title.into()), range, with.into()));
        self
    }

    /// Adds a fix that writes the intended text, if it is known.
    fn meant(self, range: Range<usize>, meant: Option<String>) -> Problem {
        match meant {
            Some(meant) => self.fix(format!("Write `{meant}`"), range, meant),
            None => self,
        }
    }

    /// Overrides the severity of the definition.
    fn with_severity(mut self, severity: Severity) -> Problem {
        self.severity = severity;
        self
    }

    /// The problem in terms of the whole text, without its task.
    pub fn at(self, line: &Line) -> Diagnostic {
        let in_text = |range: &Range<usize>| line.start + range.start..line.start + range.end;
        let fix = |(title, range, with): (String, Range<usize>, String)| {
            let replacement = Replacement { range: in_text(&range), with };
            Fix { title, edits: Edits::Text(vec![replacement]) }
        };
        Diagnostic {
            code: self.definition.code,
            severity: self.severity,
            title: self.title,
            detail: self.detail,
            places: Vec::new(),
            location: Some(Location {
                line: line.index + 1,
                column: Some(line.text[..self.range.start].chars().count() + 1),
                range: in_text(&self.range),
            }),
            fixes: self.fixes.into_iter().map(fix).collect(),
        }
    }
}

/// The most characters that a sentence repeats of what somebody wrote.
const MOST_REPEATED: usize = 200;

/// A sentence in which each quoted part has a bounded length: a line may be as long as a file.
fn brief(sentence: &str) -> String {
    if sentence.len() <= MOST_REPEATED {
        return sentence.to_owned();
    }
    let parts = sentence.split('`').map(|part| match part.char_indices().nth(MOST_REPEATED) {
        Some((end, _)) => format!("{}…", &part[..end]),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// A range extended by the white space before it, for a removal without leftovers.
fn with_space_before(line: &str, range: Range<usize>) -> Range<usize> {
    line[..range.start].trim_end().len()..range.end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_repeats_a_long_line() {
        let long = "x".repeat(50_000);
        for text in [
            format!("> agents: {long}"),
            format!("> {long}"),
            format!("- T1 A @{long}(b)"),
            format!("- T1 A ~{long}"),
            format!("- T1 A @kind({long})"),
            format!("- T1 A @owns(\"{long}\" b)"),
            "- T1 A @owns(a".to_owned(),
            format!("- T1 A @after({long}"),
        ] {
            for problem in parse(&text).problems {
                let titles = problem.fixes.iter().map(|fix| fix.title.len());
                let longest = titles.chain([problem.title.len(), problem.detail.len()]).max();
                assert!(longest < Some(2_000), "{}", problem.code);
                assert!(problem.title.len() < 700, "{}", problem.title);
            }
        }
    }
    use crate::diagnostic::replaced;
    use crate::text::parse;

    fn codes(text: &str) -> Vec<&'static str> {
        parse(text).problems.iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn codes_and_names_are_unique_and_in_order() {
        assert!(DEFINITIONS.windows(2).all(|pair| pair[0].code < pair[1].code));
        for (at, definition) in DEFINITIONS.iter().enumerate() {
            assert!(
                DEFINITIONS[..at].iter().all(|other| other.name != definition.name),
                "{}",
                definition.name
            );
        }
    }

    #[test]
    fn every_example_has_its_problem_and_the_mended_one_has_none() {
        for definition in DEFINITIONS.iter().filter(|definition| !definition.example.is_empty()) {
            assert_eq!(codes(definition.example), [definition.code]);
            assert_eq!(codes(definition.repaired), [""; 0], "{}", definition.code);
        }
    }

    #[test]
    fn every_repair_makes_its_problem_go_away() {
        for definition in DEFINITIONS {
            for problem in parse(definition.example).problems {
                for fix in &problem.fixes {
                    let Edits::Text(replacements) = &fix.edits else {
                        panic!("{} is no repair of text", fix.title)
                    };
                    let text = replaced(definition.example, replacements).expect("it fits the text");
                    assert!(!codes(&text).contains(&definition.code), "“{}” leaves {text}", fix.title);
                }
            }
        }
    }

    /// The texts that result from the fixes of the first problem.
    #[track_caller]
    fn check(text: &str, repaired: &[&str]) {
        let problems = parse(text).problems;
        let texts: Vec<String> = problems[0]
            .fixes
            .iter()
            .map(|fix| match &fix.edits {
                Edits::Text(replacements) => replaced(text, replacements).expect("it fits the text"),
                Edits::Plan(_) => panic!("“{}” is no repair of text", fix.title),
            })
            .collect();
        assert_eq!(texts, repaired, "of {}", problems[0].title);
    }

    #[test]
    fn a_tag_that_is_not_known_becomes_the_one_that_was_meant() {
        check("- A @own(a/**)", &["- A @owns(a/**)"]);
        check("- A @Reads(a/**)", &["- A @reads(a/**)"]);
        check("- A @depends_on(T2)", &["- A @after(T2)"]);
        check("- A @minutes(3)", &["- A ~3m"]);
        check("- A @duration(1h30)", &["- A ~1h30m"]);
        check("- A @risk(high)", &[]);
    }

    #[test]
    fn an_open_parenthesis_is_closed_before_what_follows() {
        check("- A @owns(src/a @after(T1)", &["- A @owns(src/a) @after(T1)"]);
        check("- A @owns(src/a ~20m", &["- A @owns(src/a) ~20m"]);
        check("- é @owns(src/a, b", &["- é @owns(src/a, b)"]);
    }

    #[test]
    fn a_tag_without_parentheses_gets_them_around_its_values() {
        check("- A @owns src/a, src/b ~5m", &["- A @owns(src/a, src/b) ~5m"]);
        check("- A @after T1", &["- A @after(T1)"]);
        check("- A @owns the whole module", &[]);
    }

    #[test]
    fn seconds_days_and_decimals_are_minutes() {
        for (written, minutes) in [
            ("~30s", "30s"),
            ("~90s", "90s"),
            ("~0s", "0m"),
            ("~2d", "16h"),
            ("~1.5h", "1h30m"),
            ("~1h30m", "1h30m"),
            ("~30s..1.5h..1d", "30s..1h30m..8h"),
        ] {
            let parsed = parse(&format!("> default {written}\n- T1 Cut {written} the time"));
            assert!(written.contains("..") || parsed.problems.is_empty(), "{written}");
            assert_eq!(parsed.plan.tasks[0].title, "Cut the time", "{written}");
            let printed = crate::text::print(&parsed.plan, crate::text::Spelling::Typing);
            assert!(printed.contains(&format!("- T1 Cut the time ~{minutes}\n")), "{printed}");
        }
    }

    #[test]
    fn minutes_become_what_was_meant() {
        check("- A ~20", &["- A ~20m", "- A ~20h"]);
        check("- A ~20 @owns(a)", &["- A ~20m @owns(a)", "- A ~20h @owns(a)"]);
        for (written, meant) in [
            ("~90min", "~1h30m"),
            ("~1.5hours", "~1h30m"),
            ("~2days", "~16h"),
            ("~30sec", "~30s"),
            ("~10m..20m", "~10m..15m..20m"),
            ("~1h..2hrs..3h", "~1h..2h..3h"),
            ("~20m,", "~20m"),
            ("~30m..10m..20m", "~10m..20m..30m"),
        ] {
            check(&format!("- A {written} then"), &[&format!("- A {meant} then")]);
        }
        assert_eq!(codes("- A ~5 files and ~5k lines"), [""; 0]);
    }

    #[test]
    fn lists_are_cleaned() {
        check("- A @reads(x,,y)", &["- A @reads(x,y)"]);
        check("- A @reads(x, )", &["- A @reads(x)"]);
        check("- A @after() B", &["- A B"]);
        check("- A @owns(\"a, b)", &["- A @owns(\"a\", b)"]);
        check("- A @kind(tests)", &["- A @kind(test)", "- A"]);
        check("- A @status(gone)", &["- A @status(done)", "- A"]);
        check("- A @status(magic)", &["- A"]);
    }

    #[test]
    fn a_second_task_with_an_id_gets_its_own() {
        check("- T1 A\n- T1 B", &["- T1 A\n- T2 B"]);
        check("- A @id(x)\n- B @id(x)", &["- A @id(x)\n- B @id(T1)"]);
    }

    #[test]
    fn a_line_of_no_task_becomes_one_or_belongs_to_the_task_above() {
        check("- T1 A\nMore.", &["- T1 A\n- More.", "- T1 A\n  More."]);
        check("# A\n- T1 A\n# B\n- T2 B", &["# A\n- T1 A\n## B\n- T2 B"]);
    }

    #[test]
    fn settings_become_what_was_meant() {
        for (written, meant) in [
            ("default 30", "default ~30m"),
            ("overhead ~2min", "overhead ~2m"),
            ("at most 5 agents", "at most 5"),
            ("max: 5 · at most 5", "at most 5 · at most 5"),
            ("agent: claude · at most 5", "agents: claude · at most 5"),
            ("default: ~20m · at most 5", "default ~20m · at most 5"),
        ] {
            check(&format!("> {written}\n- T1 A"), &[&format!("> {meant}\n- T1 A")]);
        }
        check("> Somebody said so\n- T1 A", &[]);
    }
}
