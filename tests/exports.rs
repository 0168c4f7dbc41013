//! Every format, written and read back.

use phaseplan::export::{EXPORTERS, exporter};
use phaseplan::import::import;
use phaseplan::plan::{Plan, Task};
use phaseplan::report::Report;
use phaseplan::schedule::Budget;
use phaseplan::text;
use proptest::prelude::*;

fn report(text: &str) -> Report {
    Report::new(text::parse(text).plan, &Budget::default())
}

fn render(id: &str, report: &Report) -> String {
    exporter(id).unwrap_or_else(|| panic!("there is no format {id}")).render(report)
}

const STOREFRONT: &str = include_str!("fixtures/plans/storefront.md");

#[test]
fn formats_can_be_told_apart() {
    for exporter in EXPORTERS {
        assert!(!exporter.title().is_empty() && exporter.description().ends_with('.'), "{}", exporter.id());
        assert!(
            exporter.extension().starts_with('.') && exporter.media_type().contains('/'),
            "{}",
            exporter.id()
        );
        let same =
            EXPORTERS.iter().filter(|other| other.id() == exporter.id() || other.title() == exporter.title());
        assert_eq!(same.count(), 1, "{}", exporter.id());
    }
}

/// Small plans: one of everything, one with mistakes, one that tries to break out.
const SAMPLES: &[(&str, &str)] = &[
    ("release", include_str!("fixtures/exports/release.md")),
    ("broken", include_str!("fixtures/exports/broken.md")),
    ("hostile", include_str!("fixtures/exports/hostile.md")),
];

#[test]
fn samples_look_as_recorded() {
    for (name, sample) in SAMPLES {
        let report = report(sample);
        for exporter in EXPORTERS {
            insta::assert_snapshot!(
                format!("{name}-{}", exporter.id()),
                without_sentences(&report, &exporter.render(&report))
            );
        }
    }
}

#[test]
fn a_plan_without_open_tasks_is_no_prompt_to_run_agents() {
    let prompt = render("prompt", &report("# Shop\n\n- [x] T1 Cart @owns(a)\n- [-] T2 Docs @owns(b)\n"));
    assert_eq!(
        prompt,
        "# Nothing to run\n\nPlan: \"Shop\"\n\nNo task of this plan is left to do. One task is done.\n"
    );
    assert!(render("prompt", &report("")).starts_with("# Nothing to run"));
}

/// The text with `…` for what the analysis says in sentences, which has tests of its own.
fn without_sentences(report: &Report, text: &str) -> String {
    let limit = phaseplan::explain::limit(report);
    let limit = limit.split('`').next().unwrap_or_default();
    let starts = ["- Why here: ", "- error ", "- warning ", "- unknown ", "\"message\": ", "\"detail\": "];
    let shown = |line: &str| {
        if !limit.is_empty() && line.starts_with(limit) {
            return "…".to_owned();
        }
        let start = starts.iter().find(|start| line.trim_start().starts_with(**start) && line.contains(' '));
        start.map_or(line.to_owned(), |start| format!("{start}…"))
    };
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn plans_come_back_as_they_were() {
    let report = report(STOREFRONT);
    for format in ["json", "text"] {
        let written = render(format, &report);
        let imported =
            import(written.as_bytes(), None).unwrap_or_else(|error| panic!("{format}: {}", error.message));
        assert_eq!(imported.plan, report.plan, "{format}");
        assert_eq!(imported.notes, [], "{format}");
    }
}

#[test]
fn every_format_is_the_same_each_time() {
    for exporter in EXPORTERS {
        assert_eq!(
            exporter.render(&report(STOREFRONT)),
            exporter.render(&report(STOREFRONT)),
            "{}",
            exporter.id()
        );
    }
}

#[test]
fn an_empty_plan_can_be_written() {
    for exporter in EXPORTERS {
        assert!(
            !exporter.render(&Report::new(Plan::default(), &Budget::default())).is_empty()
                || exporter.id() == "text"
        );
    }
}

/// Texts that try to get out of where they stand.
fn hostile() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "`",
        "```",
        "~~~",
        "\n",
        "\n\n",
        "\"",
        "'",
        "|",
        "<script>",
        "-->",
        "@me",
        "#",
        "# ",
        "- ",
        "END TEXT",
        "END PROMPT",
        "BEGIN PROMPT",
        "]",
        "](",
        "\\",
        "\u{202e}",
        "%%",
        "end",
        "ä",
        "a b",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES), 0..8).prop_map(|parts| parts.concat())
}

fn hostile_plan() -> impl Strategy<Value = Plan> {
    let task =
        (hostile(), hostile(), hostile(), hostile()).prop_map(|(title, instructions, pattern, agent)| Task {
            title,
            instructions,
            owns: vec![pattern],
            agent,
            ..Task::default()
        });
    (hostile(), hostile(), proptest::collection::vec(task, 1..4)).prop_map(|(title, goal, mut tasks)| {
        for (number, task) in tasks.iter_mut().enumerate() {
            task.id = format!("T{number}").as_str().into();
        }
        Plan { title, goal, tasks, ..Plan::default() }
    })
}

/// The key of a prompt: the last word of its first line `BEGIN PROMPT …`.
fn key(prompt: &str) -> &str {
    let line = prompt.lines().find(|line| line.starts_with("Lines with the key `")).unwrap();
    line.split('`').nth(1).unwrap()
}

/// Headings outside code blocks. A block is closed by a fence that is at least as long as the one that opened it.
fn headings(page: &str) -> Result<Vec<String>, TestCaseError> {
    let mut fence: Option<usize> = None;
    let mut headings = Vec::new();
    for line in page.lines() {
        let run = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(length) if run >= length && run == line.trim_end().len() => fence = None,
            Some(_) => {}
            None if run >= 3 => fence = Some(run),
            None if line.starts_with('#') => headings.push(line.to_owned()),
            None => {}
        }
    }
    prop_assert_eq!(fence, None);
    Ok(headings)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_text_ends_its_own_prompt(plan in hostile_plan()) {
        let tasks = plan.tasks.len();
        let report = Report::new(plan, &Budget { steps: 0, seed: 1 });
        let prompt = render("prompt", &report);
        let key = key(&prompt);
        for mark in ["BEGIN PROMPT", "BEGIN TEXT", "END TEXT", "END PROMPT"] {
            let line = format!("{mark} {key}");
            prop_assert_eq!(prompt.lines().filter(|found| *found == line).count(), tasks, "{}", line);
        }
        let mut inside = Vec::new();
        for line in prompt.lines().filter(|line| line.ends_with(key)) {
            match line.split(' ').next() {
                Some("BEGIN") => inside.push(line.replace("BEGIN", "END")),
                Some("END") => prop_assert_eq!(inside.pop(), Some(line.to_owned())),
                _ => {}
            }
        }
    }

    #[test]
    fn a_page_keeps_its_shape(plan in hostile_plan()) {
        let page = render("markdown", &Report::new(plan.clone(), &Budget { steps: 0, seed: 1 }));
        let headings = headings(&page)?;
        let tasks = headings.iter().filter(|heading| heading.starts_with("### T"));
        prop_assert_eq!(tasks.count(), plan.tasks.len());
        let expected = ["# ", "## Phase ", "### T", "## Kept apart", "## Problems"];
        for heading in &headings {
            prop_assert!(expected.iter().any(|start| heading.starts_with(start)), "{}", heading);
            prop_assert!(!heading.contains("<script") && !heading.contains("@me"), "{}", heading);
        }
        prop_assert_eq!(headings.iter().filter(|heading| heading.starts_with("# ")).count(), 1);
    }

    #[test]
    fn reports_are_json(plan in hostile_plan()) {
        let report = Report::new(plan.clone(), &Budget { steps: 0, seed: 1 });
        let read: serde_json::Value = serde_json::from_str(&render("report", &report)).unwrap();
        prop_assert_eq!(read["tasks"].as_array().unwrap().len(), plan.tasks.len());
        prop_assert_eq!(read["tasks"][0]["title"].as_str(), Some(plan.tasks[0].title.as_str()));
    }
}

/// The published schema is the one that follows from the types. `UPDATE=1` writes it anew.
#[cfg(feature = "schema")]
#[test]
fn the_published_schema_is_up_to_date() {
    let schema = schemars::schema_for!(phaseplan::export::json::PlanFile);
    let derived = format!("{:#}\n", schema.to_value());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/phaseplan.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &derived).unwrap();
    }
    let published = std::fs::read_to_string(path).unwrap_or_default();
    assert!(published == derived, "docs/phaseplan.schema.json differs; write it anew with UPDATE=1");
}
