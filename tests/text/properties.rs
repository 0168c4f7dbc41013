//! Properties of all plans and texts.

use phaseplan::Plan;
use phaseplan::plan::Task;
use phaseplan::plan::normal::normalise;
use phaseplan::text::{Spelling, highlight, parse, parse_onto, print, rewrite};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::plans;
use crate::compact;

/// Words that are difficult for the grammar, joined to strings.
fn nasty() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => prop::sample::select(vec![
            "@owns(a)", "@owns(", "@after", "@bob", "@x(y)", "~20m", "~1h30", "~", "T1", "T12345", "[x]", "[ \
                ]", "- ", "* ", "1. ",
            "#", "##", "# ", ">", "> at most 3", "`", "``", "```", "`@owns(a)`", "`code`", "\"", "\\", "\\\\", "\\@", "\\`", "(", ")",
            "{", "}", "[", "]", ",", ":", ";", "·", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "<!-- c -->", "-->", "---", "*", "**", "_",
            "a_b", "&amp;", "<b>", "|", "\u{202e}", "\u{200b}", "e\u{301}\u{301}", "\u{1f469}\u{200d}\u{1f4bb}", "\u{feff}", "\u{a0}", "\u{2028}",
            "\0", "\u{85}", "src/**", "{a,b}", "!x", "null", "3", "\"q\"", "\\u0041", "](x)", "[a](b)", "[a]: \
                b", "[a][b]", "@title(x)", "@json({})", "T1: \
                why",
        ]).prop_map(str::to_owned),
        2 => "[a-z]{1,5}",
        1 => any::<char>().prop_map(String::from),
    ];
    vec(word, 0..6).prop_map(|words| words.concat())
}

fn unknown() -> impl Strategy<Value = phaseplan::plan::UnknownFields> {
    let name =
        prop_oneof![Just("risk".to_owned()), Just("owns".to_owned()), Just("json".to_owned()), nasty()];
    prop_oneof![
        3 => Just(Default::default()),
        1 => vec((name, plans::any_json(&nasty().boxed())), 0..3).prop_map(|fields| fields.into_iter().collect()),
    ]
}

fn parts() -> plans::Parts {
    plans::Parts {
        text: nasty().boxed(),
        id: prop_oneof![3 => "T[1-9][0-9]?", 1 => nasty()].boxed(),
        unknown: unknown().boxed(),
        tasks: 3,
    }
}

fn any_task() -> impl Strategy<Value = Task> {
    plans::any_task(&parts())
}

fn any_plan() -> impl Strategy<Value = Plan> {
    plans::any_plan(&parts())
}

/// The visible text of each list item in rendered Markdown: without emphasis marks.
fn visible_items(markdown: &str) -> Vec<String> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let mut items: Vec<String> = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_STRIKETHROUGH) {
        match (event, items.last_mut()) {
            (Event::Start(Tag::Item), _) => items.push(String::new()),
            (Event::Text(words) | Event::Code(words), Some(item)) => item.push_str(&words),
            _ => {}
        }
    }
    items
}

/// Patterns as people write them: whole folders, files at any depth, files by extension or by the start of
/// their name.
fn usual_pattern() -> impl Strategy<Value = String> {
    let folder = prop::sample::select(&["src", "docs/api", "packages/web", "a"][..]);
    let ending =
        prop::sample::select(&["rs", "tsx", "py", "png", "json", "yml", "svelte", "proto", "lock"][..]);
    let name = prop::sample::select(&["schema", "Button", "0042"][..]);
    (folder, ending, name, 0..7u8).prop_map(|(folder, ending, name, form)| match form {
        0 => format!("{folder}/**"),
        1 => format!("{folder}/**/{name}.{ending}"),
        2 => format!("{folder}/*.{ending}"),
        3 => format!("{folder}/**/*.{ending}"),
        4 => format!("**/*.{ending}"),
        5 => format!("{folder}/{name}_*.{ending}"),
        _ => format!("{folder}/{name}.{ending}"),
    })
}

/// The visible text of each task line in rendered Markdown, and the part of it outside code spans.
fn visible_task_lines(markdown: &str) -> Vec<(String, String)> {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let options = Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for event in Parser::new_ext(markdown, options) {
        match (event, lines.last_mut()) {
            (Event::Start(Tag::Item), _) => {
                lines.push((String::new(), String::new()));
                open = true;
            }
            (Event::TaskListMarker(done), Some((seen, _))) => {
                seen.push_str(if done { "[x] " } else { "[ ] " });
            }
            (Event::Text(words), Some((seen, bare))) if open => {
                seen.push_str(&words);
                bare.push_str(&words);
            }
            (Event::Code(words), Some((seen, _))) if open => seen.push_str(&words),
            (Event::Start(Tag::Paragraph | Tag::Emphasis | Tag::Strong), _) => {}
            (Event::TaskListMarker(_) | Event::Text(_) | Event::Code(_), _) => {}
            // Anything else in a task line would be lost when it is copied.
            _ => open = false,
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(mut plan in any_plan()) {
        normalise(&mut plan);
        for spelling in [Spelling::Typing, Spelling::Document] {
            let text = print(&plan, spelling);
            let read = parse(&text).plan;
            prop_assert!(read == plan, "\n{text}\n--- read\n{}\n--- meant\n{}", compact(&read), compact(&plan));
            prop_assert_eq!(print(&read, spelling), text);
        }
    }

    #[test]
    fn a_pattern_that_a_renderer_damaged_is_told_on_its_line(
        lines in vec((vec(usual_pattern(), 1..4), vec(usual_pattern(), 0..3)), 1..4)
    ) {
        let mut text = String::new();
        for (number, (owns, reads)) in lines.iter().enumerate() {
            let reads = if reads.is_empty() { String::new() } else { format!(" @reads({})", reads.join(", ")) };
            text += &format!("- T{} Task @owns({}){reads} ~10m\n", number + 1, owns.join(", "));
        }
        let seen = visible_items(&text);
        prop_assert_eq!(seen.len(), lines.len());
        for ((owns, reads), line) in lines.iter().zip(seen) {
            let read = parse(&format!("- {line}\n"));
            let task = &read.plan.tasks[0];
            // A folder with its slash means everything below it, with or without asterisks.
            let meant = |list: &[String]| list.iter().map(|one| one.replace("/**", "/")).collect::<Vec<_>>();
            if [&task.owns, &task.reads].map(|list| meant(list)) != [owns, reads].map(|list| meant(list)) {
                // A pattern that starts with `/` is not inside the repository; the analysis reports it.
                let is_refused = task.owns.iter().chain(&task.reads).any(|pattern| pattern.starts_with('/'));
                prop_assert!(!read.problems.is_empty() || is_refused, "{line} was {owns:?} and {reads:?}");
            }
        }
    }

    #[test]
    fn normal_form_is_kept(mut plan in any_plan()) {
        normalise(&mut plan);
        let before = plan.clone();
        prop_assert_eq!(normalise(&mut plan), []);
        prop_assert_eq!(plan, before);
    }

    #[test]
    fn any_text_is_read_as_a_plan_in_normal_form(lines in vec(nasty(), 0..12), text in ".{0,40}") {
        for text in [lines.join("\n"), lines.concat(), text] {
            let mut plan = parse(&text).plan;
            let before = plan.clone();
            prop_assert_eq!(normalise(&mut plan), []);
            prop_assert_eq!(plan, before);
        }
    }

    #[test]
    fn a_rewritten_text_reads_as_the_plan(from in any_plan(), mut to in any_plan(), keep in any::<u8>(), loose in any::<bool>()) {
        let mut from = from;
        normalise(&mut from);
        // Puts some tasks of one plan into the other, so there is something to preserve.
        for (place, task) in from.tasks.iter().enumerate() {
            if keep >> place & 1 == 1 {
                to.tasks.insert(usize::from(keep >> 4) % (to.tasks.len() + 1), task.clone());
            }
        }
        normalise(&mut to);
        let spelling = if loose { Spelling::Typing } else { Spelling::Document };
        let text = print(&from, spelling);
        let text = if loose { text.replace(") @", ")   @").replace("- T", "-  T") } else { text };
        let before = parse(&text).plan;
        let rewritten = rewrite(&text, &parse(&text).plan, &to);
        prop_assert_eq!(&parse_onto(&to, &rewritten).plan, &to, "\n{}\n--- rewritten\n{}", text, rewritten);
        if before.id.is_empty() {
            to.id.clear();
        }
        prop_assert_eq!(&parse(&rewritten).plan, &to, "\n{}\n--- rewritten\n{}", text, rewritten);
    }

    #[test]
    fn lines_of_untouched_tasks_stay(
        mut from in any_plan(), task in any_task(), at in 0..5usize, how in 0..4u8, spaces in " {1,3}"
    ) {
        normalise(&mut from);
        let text = print(&from, Spelling::Typing).replace(") @", &format!("){spaces}@"));
        let read = parse(&text);
        let mut to = read.plan.clone();
        let place = at % (to.tasks.len() + 1);
        match how {
            0 => to.tasks.insert(place, task),
            1 if place < to.tasks.len() => drop(to.tasks.remove(place)),
            2 if place < to.tasks.len() => to.tasks.rotate_left(place),
            _ if place < to.tasks.len() => to.tasks[place].owns = task.owns,
            _ => to.goal = task.instructions,
        }
        normalise(&mut to);
        let rewritten = rewrite(&text, &parse(&text).plan, &to);
        let reread = parse(&rewritten);
        let lines = |text: &str, range: std::ops::Range<usize>| -> Vec<String> {
            text.lines().skip(range.start).take(range.len()).map(str::to_owned).collect()
        };
        for (task, range) in read.plan.tasks.iter().zip(&read.task_lines) {
            let Some(place) = reread.plan.tasks.iter().position(|new| new == task) else { continue };
            prop_assert_eq!(
                lines(&text, range.clone()),
                lines(&rewritten, reread.task_lines[place].clone()),
                "\n{}\n--- rewritten\n{}", text, rewritten
            );
        }
    }

    #[test]
    fn colours_are_in_order_and_do_not_overlap(lines in vec(nasty(), 0..12)) {
        for text in [lines.join("\n"), lines.concat()] {
            let mut end = 0;
            for token in highlight(&text) {
                prop_assert!(token.range.start >= end && token.range.start < token.range.end, "{token:?} in \
                    {text:?}");
                end = token.range.end;
                prop_assert!(text.get(token.range).is_some());
            }
        }
    }

    #[test]
    fn a_rendered_document_still_says_the_same_tasks(mut plan in any_plan()) {
        // The goal and instructions are the author's own Markdown; only the text around them is tested.
        plan.goal.clear();
        plan.tasks.iter_mut().for_each(|task| {
            task.instructions.clear();
            task.group.clear();
        });
        normalise(&mut plan);
        let document = print(&plan, Spelling::Document);
        let header = print(&Plan { tasks: Vec::new(), ..plan.clone() }, Spelling::Document);
        let tasks = document.strip_prefix(&header).unwrap_or(&document);
        let seen = visible_task_lines(tasks);
        prop_assert_eq!(seen.len(), plan.tasks.len(), "{}", document);
        for (task, (line, outside_code)) in plan.tasks.iter().zip(seen) {
            prop_assert_eq!(&parse(&format!("- {line}")).plan.tasks[..], std::slice::from_ref(task), "{}", document);
            prop_assert!(!outside_code.contains('@'), "{}", document);
        }
    }
}
