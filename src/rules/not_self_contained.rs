//! A text that an agent can't understand, because it sees only its own task.

use std::borrow::Cow;

use super::{Context, Definition, Finding, Findings, Rule, Severity};
use crate::doer::Doer;
use crate::plan::{Kind, Task};
use crate::prose::paragraphs::prose;

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP312",
    name: "not-self-contained",
    title: "A task can't be understood on its own",
    severity: Severity::Hint,
    help: "\
An agent sees the text of its own task, and nothing of the others: words such as “the same as above” or “as in the other task”
point to something it does not have. A title such as “Tidy up” alone does not say what is to be done either.

Repeat what is meant, or name the file that shows it. “Above” behind the first sentence counts as a place in the same text, and
so does “above all”.",
    example: "\
- T1 Check the address form @owns(web/address/**)
  Refuse a post code that is not five digits; show the message beside the field.
- T2 Check the payment form @owns(web/payment/**)
  Do the same as above for the card number.
",
    repaired: "\
- T1 Check the address form @owns(web/address/**)
  Refuse a post code that is not five digits; show the message beside the field.
- T2 Check the payment form @owns(web/payment/**)
  Refuse a card number that is not sixteen digits; show the message beside the field.
",
    },
    check,
};

/// Phrases that point to a text before this one, where nothing stands before them.
const BACKWARDS: [&str; 12] = [
    "as above",
    "see above",
    "like above",
    "described above",
    "mentioned above",
    "listed above",
    "the above task",
    "the above tasks",
    "do the same as before",
    "do the same for",
    "do the same thing",
    "do the same here",
];

/// Beginnings of a text that continues another one.
const CONTINUING: [&str; 7] =
    ["the same for ", "same for ", "same as ", "the same as ", "likewise", "ditto", "as before"];

/// Phrases that point to another task wherever they stand.
const OTHER_TASK: [&str; 7] = [
    "as in the other task",
    "as in the previous task",
    "as in the last task",
    "like the other task",
    "like the previous task",
    "see the other task",
    "see the previous task",
];

/// Words behind “above” with which it points to nothing: “above all”, “above 10 %”.
const NO_PLACE: [&str; 4] = ["all", "everything", "average", "zero"];

/// Words that don't say what is to be done, alone or together.
const VAGUE: &str = "all and any bug bugfix bugfixes bugs change changes clean cleanup cleanups code do everything final finish \
    fix fixes fixing general improve improvement improvements make minor misc miscellaneous other polish polishing refactor \
    refactoring remaining rest small some stuff task things tidy tidying todo todos tweak tweaks up update updates various work";

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (at, task) in
        context.tasks().filter(|&(at, task)| context.is_open(at) && Doer::of(task).is_launched())
    {
        let receives = context.analysis.received.get(at).is_some_and(|received| !received.is_empty());
        if let Some(words) = reference(task, receives) {
            findings.add(|| Finding {
                title: format!("{} says “{words}”, which its agent can't see", task.id),
                detail: format!(
                    "The agent of {} sees the text of its own task only. Repeat what is meant, or name the file that \
                     shows it.",
                    task.id
                ),
                places: vec![context.place(at, "instructions", "")],
                ..Finding::default()
            });
        } else if is_bare(task) {
            findings.add(|| Finding {
                title: format!("{} says only “{}”", task.id, task.title.trim()),
                detail: format!(
                    "That does not say what is to be done, and its agent sees nothing else of the plan. Say in the text \
                     of {} what has to be different when it is done.",
                    task.id
                ),
                places: vec![context.place(at, "title", "")],
                ..Finding::default()
            });
        }
    }
}

/// The words with which a task points to the text of another one. With reports of earlier tasks, another task can be
/// what they speak of.
fn reference(task: &Task, has_reports: bool) -> Option<String> {
    let paragraphs: Vec<String> = prose(&task.instructions).map(Cow::into_owned).collect();
    let first = paragraphs.first().map_or("", |paragraph| first_sentence(paragraph));
    let begins = |text: &str| {
        let small = text.trim_start_matches(['-', '*', ' ']).to_lowercase();
        let length =
            CONTINUING.iter().find(|words| small.starts_with(**words)).map(|words| words.trim().len());
        length.map(|length| small[..length].to_owned())
    };
    let backwards = [task.title.as_str(), first]
        .into_iter()
        .find_map(|text| BACKWARDS.iter().find_map(|words| find(text, words)).or_else(|| begins(text)));
    let other = || {
        let texts = std::iter::once(task.title.as_str()).chain(paragraphs.iter().map(String::as_str));
        texts.into_iter().find_map(|text| OTHER_TASK.iter().find_map(|words| find(text, words)))
    };
    backwards.or_else(|| if has_reports { None } else { other() })
}

/// The words as they stand in the text, between whole words, unless what follows makes “above” no place.
fn find(text: &str, words: &str) -> Option<String> {
    let small = text.to_lowercase();
    small.match_indices(words).find_map(|(at, _)| {
        let (before, after) = (&small[..at], &small[at + words.len()..]);
        let next =
            after.trim_start().split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let is_whole = !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        let is_place = !words.ends_with("above")
            || !NO_PLACE.contains(&next) && !next.starts_with(|letter: char| letter.is_ascii_digit());
        (is_whole && is_place).then(|| words.to_owned())
    })
}

fn first_sentence(paragraph: &str) -> &str {
    paragraph.find(". ").map_or(paragraph, |end| &paragraph[..end])
}

/// Whether the title is all that the task says, and does not say what is to be done.
fn is_bare(task: &Task) -> bool {
    let mut words =
        task.title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_vague = |word: &str| {
        is_article(word) || VAGUE.split_ascii_whitespace().any(|vague| vague.eq_ignore_ascii_case(word))
    };
    task.instructions.trim().is_empty()
        && matches!(task.kind, Kind::Change | Kind::Docs | Kind::Config | Kind::Test | Kind::Research)
        && words.clone().any(|word| !is_article(word))
        && words.all(is_vague)
}

fn is_article(word: &str) -> bool {
    ["a", "an", "it", "the"].iter().any(|article| article.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    /// The words of a text that point to another task.
    fn pointing(instructions: &str) -> Option<String> {
        let plan = text::parse(&format!("- T1 Check the form @owns(a)\n  {instructions}\n")).plan;
        reference(&plan.tasks[0], false)
    }

    #[test]
    fn words_that_point_out_of_the_text_are_found() {
        for (text, expected) in [
            ("Do it as above.", "as above"),
            ("Do the same for the card number.", "do the same for"),
            ("Likewise.", "likewise"),
            ("The same for the card.", "the same for"),
            ("Refuse blanks. Show them as in the other task.", "as in the other task"),
        ] {
            assert_eq!(pointing(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_that_stay_inside_the_text_are_no_reference() {
        for text in [
            "Refuse a wrong check digit, above all a short one.",
            "Refuse amounts as above 10 000.",
            "Refuse blanks. Then sort the fields listed above.",
            "Users sign in as before.",
            "Show the same message for each field.",
            "Same-origin requests pass. The header above the table stays.",
        ] {
            assert_eq!(pointing(text), None, "{text}");
        }
    }

    #[test]
    fn a_title_is_bare_if_no_word_of_it_says_anything() {
        for (title, expected) in [
            ("Tidy up", true),
            ("Fix bugs", true),
            ("Final polish", true),
            ("Tidy up the loader", false),
            ("Cart", false),
            ("A", false),
            ("", false),
        ] {
            let task = Task { title: title.to_owned(), ..Task::default() };
            assert_eq!(is_bare(&task), expected, "{title}");
        }
    }
}
