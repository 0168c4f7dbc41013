//! Links: plans survive the round trip, no damaged link opens as another plan, and every refusal has a
//! message.

mod common;

use std::fmt::Write;
use std::time::{Duration, Instant};

use phaseplan::Plan;
use phaseplan::plan::Task;
use phaseplan::plan::normal::normalise;
use phaseplan::share::{self, Contents, OpenError};
use phaseplan::text::{Spelling, parse, print};
use proptest::prelude::*;

use common::plans;

const PAGE: &str = "https://plans.example/app/";

fn storefront() -> Plan {
    parse(include_str!("fixtures/plans/storefront.md")).plan
}

fn small() -> Plan {
    parse("# P\n- T1 a @owns(src/**)\n- T2 b @after(T1)\n").plan
}

fn fragment(plan: &Plan) -> String {
    share::link(plan, Contents::Full).expect("a plan of this size has a link").fragment
}

/// Checks that a plan survives the round trip through its link.
#[track_caller]
fn check_round_trip(mut plan: Plan) {
    normalise(&mut plan);
    let opened = share::open(&fragment(&plan)).expect("a link opens");
    assert_eq!(opened.plan, plan);
    assert_eq!(opened.notes, []);
}

#[test]
fn plans_come_out_as_they_went_in() {
    check_round_trip(storefront());
    check_round_trip(Plan::default());
    let everything = "# P ÄÖ 漢字 🦊\n> agents: a, b · at most 3 · default ~30m · overhead ~2m · unknown \
        alone\n> capacity: db 2, gpu 1\n> @id(k3) @theme({\"dark\":[true,null,1.5]})\n\nGoal\n\n\tof two \
        lines\n\n## G\n- [x] T1 a @owns(x/**, !x/y) @reads(y) @after(T2, T9, other) @uses(db 2, port) \
        ~1m..2m..3m @kind(test) @agent(a) @model(m) @check(c) @accept(T2: why) @risk(high)\n  Do.\n\n  And \
        more.\n- [-] odd-007 b ~5m\n- [!] odd-008 c @after(T1)\n## H\n- T4000000000 d\n- T2 e\n";
    let plan = parse(everything).plan;
    assert_eq!(plan.tasks.len(), 5);
    check_round_trip(plan);
}

#[test]
fn the_same_plan_gives_the_same_link() {
    // Changing this line means that other versions can't open the links: that requires a new format.
    assert_eq!(fragment(&small()), "1.p.k.3lc4wz.Ab8D8kI-3Eo2VrZPCgVxe");
    let links: Vec<String> = (0..20).map(|_| fragment(&storefront())).collect();
    assert!(links.iter().all(|link| *link == links[0]));
}

/// A link written when `returns` was an unknown field.
const BEFORE_RETURNS: &str =
    "1.p.2g.20pzkl.AcMrjzO0uvPU20GaWCLZQbC0HaZmB3NRNgUYTpBzGxc6s1hr-A3fBCryL7PygUM4yzPg3zzhVOtJuAIbL4U0S27be";

#[test]
fn a_field_later_than_the_format_travels_among_the_unknown_ones() {
    let plan = parse(
        "# Later fields\n- T1 Find the callers @returns(findings)\n- T2 Change them @after(T1) @risk(high) \
         @returns({\"items\":[\"a) @b(\",null,1.5],\"type\":\"object\"})\n",
    )
    .plan;
    assert_eq!(plan.tasks[0].returns, "findings");
    assert_eq!(plan.tasks[1].unknown.keys().collect::<Vec<_>>(), ["risk"]);
    assert_eq!(share::open(BEFORE_RETURNS).map(|opened| opened.plan), Ok(plan.clone()));
    // The link is unchanged, so programs from that time preserve the field.
    assert_eq!(fragment(&plan), BEFORE_RETURNS);
}

#[test]
fn instructions_can_be_left_out() {
    let plan = storefront();
    let link = share::link(&plan, Contents::StructureOnly).unwrap();
    let opened = share::open(&link.at(PAGE)).unwrap();
    assert_eq!(opened.contents, Contents::StructureOnly);
    assert!(opened.plan.tasks.iter().all(|task| task.instructions.is_empty()));
    assert_eq!(opened.plan.tasks.len(), plan.tasks.len());
    assert!(link.fragment.len() < fragment(&plan).len());
}

#[test]
fn a_link_leads_to_a_task() {
    let link = share::link(&small(), Contents::Full).unwrap();
    for id in ["T2", "T 2/é&", "x%20y"] {
        let url = link.at_task(PAGE, &id.into());
        assert_eq!(share::open(&url).unwrap().task, Some(id.into()), "{url}");
    }
    assert_eq!(share::open(&link.at("https://plans.example/#old")).unwrap().task, None);
}

/// Opens a text and checks the reason of the refusal.
#[track_caller]
fn check_refused(text: &str, expected: OpenError) {
    let refused = share::open(text).map(|opened| print(&opened.plan, Spelling::Typing));
    assert_eq!(refused, Err(expected), "{text}");
    let sentence = expected.to_string();
    assert!(sentence.ends_with('.') && sentence.len() > 40, "{sentence}");
}

#[test]
fn a_link_cut_anywhere_says_how_much_arrived() {
    let link = fragment(&storefront());
    let url = format!("{PAGE}#{link}");
    let payload = link.rfind('.').unwrap() + 1;
    let expected = link.len() - payload - 1;
    for end in 0..link.len() {
        let cut = &url[..PAGE.len() + 1 + end];
        match share::open(cut).expect_err("a cut link does not open") {
            OpenError::Cut { received, expected: of } => {
                assert!(end >= payload, "{cut}");
                assert_eq!(
                    (received, of),
                    (end - payload, if received == expected { expected + 1 } else { expected })
                );
            }
            OpenError::CutAtStart | OpenError::NoLink => assert!(end < payload, "{cut}"),
            other => panic!("{other:?} for {cut}"),
        }
    }
    assert_eq!(
        share::open(&url[..url.len() - 11]).unwrap_err().to_string(),
        format!(
            "The link is cut off: {} of {expected} characters arrived. Ask for it again, or for the plan as \
             a file.",
            expected - 10
        )
    );
    // Words after a cut link are not read as its rest.
    let cut = &url[..url.len() - 20];
    check_refused(
        &format!("{cut}\nHave a look at this please"),
        OpenError::Cut { received: expected - 19, expected },
    );
}

#[test]
fn a_changed_link_never_opens_as_another_plan() {
    let plan = small();
    let link = fragment(&plan);
    let letters = "AZaz09-_.eE1p";
    let mut changed = Vec::new();
    for at in 0..link.len() {
        let (before, after) = link.split_at(at);
        changed.extend(letters.chars().map(|letter| format!("{before}{letter}{}", &after[1..])));
        changed.extend(letters.chars().map(|letter| format!("{before}{letter}{after}")));
        changed.push(format!("{before}{}", &after[1..]));
        if at > 0 {
            changed.push(format!("{}{}{}{}", &link[..at - 1], &after[..1], &before[at - 1..], &after[1..]));
        }
    }
    for text in changed {
        if let Ok(opened) = share::open(&format!("{PAGE}#{text}")) {
            assert_eq!(opened.plan, plan, "{text}");
        }
    }
}

#[test]
fn other_links_are_told_apart() {
    check_refused("", OpenError::NoLink);
    check_refused("https://plans.example/", OpenError::NoLink);
    check_refused("Version 1.2.3 of the program, see 1.p.m. tomorrow", OpenError::NoLink);
    check_refused("https://plans.example/#2.p.4.1afc9rz.Zm9ve", OpenError::NewerVersion(2));
    check_refused("https://plans.example/#17.x.zz9.somethinglong.Zm9ve", OpenError::NewerVersion(17));
    check_refused("https://plans.example/#1.p.", OpenError::CutAtStart);
    assert_eq!(
        OpenError::NewerVersion(2).to_string(),
        "This link was made by a newer version of phaseplan (format 2, this one reads 1). Reload or update, \
         and open it again."
    );
}

/// Breaks a text into lines of this many characters.
fn wrapped(text: &str, width: usize, between: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(width).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join(between)
}

fn percent(text: &str, which: &str) -> String {
    text.chars()
        .map(|c| if which.contains(c) { format!("%{:02X}", c as u32) } else { c.to_string() })
        .collect()
}

fn quoted_printable(text: &str) -> String {
    wrapped(&text.replace('=', "=3D"), 75, "=\r\n")
}

/// A way to damage a link, with its name.
type Mangler = (&'static str, fn(&str) -> String);

/// Damage that mail, chat and people do to links.
fn manglers() -> Vec<Mangler> {
    vec![
        ("as it is", |url| url.to_owned()),
        ("only the fragment", |url| url[url.find('#').unwrap() + 1..].to_owned()),
        ("in a sentence", |url| format!("Have a look at {url}, please.")),
        ("at the end of a sentence", |url| format!("See {url}.")),
        ("in brackets", |url| format!("(see {url})")),
        ("in angle brackets", |url| format!("<{url}>")),
        ("in quotes", |url| format!("\"{url}\"")),
        ("in typographic quotes", |url| format!("“{url}”")),
        ("as a Markdown link", |url| format!("[Release]({url}) is ready")),
        ("as a Slack link", |url| format!("<{url}|Release plan>")),
        ("as HTML", |url| format!("<a href=\"{url}\">plan</a>")),
        ("as HTML with entities", |url| {
            format!("<a href='{}'>plan</a>", url.replace('#', "&#35;").replace('&', "&amp;"))
        }),
        ("in back-ticks", |url| format!("`{url}`")),
        ("with stars", |url| format!("**{url}**")),
        ("in a table", |url| format!("| plan | {url} |")),
        ("wrapped at 76", |url| wrapped(url, 76, "\n")),
        ("wrapped at 60 with carriage returns", |url| wrapped(url, 60, "\r\n")),
        ("wrapped and indented", |url| wrapped(url, 70, "\n    ")),
        ("quoted", |url| format!("> {}", wrapped(url, 72, "\n> "))),
        ("quoted twice", |url| format!(">> {}", wrapped(url, 72, "\n>> "))),
        ("quoted with bars", |url| format!("| {}", wrapped(url, 72, "\n| "))),
        ("with spaces", |url| wrapped(url, 40, " ")),
        ("with tabs", |url| wrapped(url, 40, "\t")),
        ("with invisible spaces", |url| wrapped(url, 40, "\u{200b}")),
        ("with soft hyphens", |url| wrapped(url, 40, "\u{ad}")),
        ("with word joiners", |url| wrapped(url, 40, "\u{2060}")),
        ("with backslashes at line ends", |url| wrapped(url, 60, "\\\n")),
        ("with a byte order mark", |url| format!("\u{feff}{url}")),
        ("percent-encoded hash", |url| percent(url, "#")),
        ("percent-encoded", |url| percent(url, ":/#&=")),
        ("percent-encoded twice", |url| percent(&percent(url, ":/#&="), "%")),
        ("percent-encoded dots", |url| percent(url, ":/#.-_")),
        ("Safe Links", |url| {
            format!(
                "https://eur02.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C&sdata=x%3D&reserved=0",
                percent(url, ":/#&=?")
            )
        }),
        ("Safe Links, quoted", |url| {
            quoted_printable(&format!(
                "https://nam.safelinks.protection.outlook.com/?url={}&data=05%7C",
                percent(url, ":/#&=?")
            ))
        }),
        ("Proofpoint 2", |url| {
            let written = url
                .replace('-', "-2D")
                .replace('_', "-5F")
                .replace('#', "-23")
                .replace(':', "-3A")
                .replace('/', "_");
            format!("https://urldefense.proofpoint.com/v2/url?u={written}&d=DwMF&c=x")
        }),
        ("Proofpoint 3", |url| format!("https://urldefense.com/v3/__{}__;Iw!!Ab", url.replace('#', "*"))),
        ("Google redirect", |url| format!("https://www.google.com/url?q={}&sa=D", percent(url, ":/#&=?"))),
        ("quoted-printable", quoted_printable),
        ("in a whole message", |url| {
            format!(
                "From: Ada\r\nSubject: plan 1.2.3\r\n\r\nHi,\r\n\r\nhere it is, version \
                 1.2:\r\n\r\n{url}\r\n\r\nBye\r\nAda 1.p.x"
            )
        }),
        ("in a reply", |url| {
            format!("On Monday, Ada wrote:\n> Hi,\n> {}\n> Bye\n\nThanks!", wrapped(url, 74, "\n> "))
        }),
    ]
}

#[test]
fn mangled_links_open() {
    let plan = storefront();
    let url = format!("{PAGE}#{}", fragment(&plan));
    assert_eq!(manglers().len(), 40);
    for (name, mangle) in manglers() {
        let opened = share::open(&mangle(&url)).map(|opened| opened.plan);
        assert_eq!(opened.as_ref(), Ok(&plan), "{name}: {}", mangle(&url));
    }
}

#[test]
fn a_huge_paste_is_refused_at_once() {
    let start = Instant::now();
    check_refused(&"1.p.".repeat(3 << 20), OpenError::TooLarge);
    check_refused(&"1.p.zzzz.0.".repeat(1000), OpenError::Cut { received: 1, expected: 1_679_615 });
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn a_plan_beyond_any_link_is_refused() {
    let task = Task { instructions: "x".repeat(200_000), ..Task::default() };
    let plan = Plan { tasks: vec![task; 6], ..Plan::default() };
    let sentence = share::link(&plan, Contents::Full).unwrap_err().to_string();
    assert_eq!(
        sentence,
        "There is more than 1 MB of text, which no link can hold. Send it as a file, or without instructions."
    );
    assert!(share::link(&plan, Contents::StructureOnly).is_ok());
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z ,.]{0,30}",
        "\\PC{0,12}",
        Just("__proto__".to_owned()),
        Just("constructor\u{202e}\u{200b}".to_owned()),
        Just("a\nb\n\n  c".to_owned()),
    ]
}

fn any_plan() -> impl Strategy<Value = Plan> {
    let id = prop_oneof![
        "T[1-9]",
        "[a-z]{1,3}-0?[0-9]{1,3}",
        any_text(),
        Just("T18446744073709551615".to_owned()),
    ];
    let unknown = [("points".to_owned(), serde_json::json!([1, {"x": null}]))].into_iter().collect();
    plans::any_plan(&plans::Parts {
        text: any_text().boxed(),
        id: id.boxed(),
        unknown: Just(unknown).boxed(),
        tasks: 4,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_plan_comes_out_as_it_went_in(plan in any_plan()) {
        let mut plan = plan;
        normalise(&mut plan);
        let opened = share::open(&fragment(&plan)).unwrap();
        prop_assert_eq!(opened.plan, plan);
    }

    #[test]
    fn any_text_is_read_without_harm(text in "[1pr.#a-f0-9%=&;\\n e-]{0,60}") {
        if let Err(refused) = share::open(&text) {
            prop_assert!(refused.to_string().ends_with('.'));
        }
    }
}

const STORED: &str = include_str!("fixtures/links/1.tsv");

#[test]
fn stored_links_open_for_ever() {
    let mut count = 0;
    for line in STORED.lines() {
        let (link, text) = line.split_once('\t').expect("a link, and the plan that it holds");
        let plan = parse(&text.replace("\\n", "\n").replace("\\b", "\\")).plan;
        assert_eq!(share::open(link).map(|opened| opened.plan).as_ref(), Ok(&plan), "{link}");
        count += 1;
    }
    assert!(count >= 500);
}

/// Run `cargo test --test links -- --ignored write` once, when a format is final; never for a released
/// format.
#[test]
#[ignore = "writes the stored links of a format"]
fn write_stored_links() {
    let mut stored = String::new();
    for seed in 0..500 {
        let plan = stored_plan(seed);
        let text = print(&plan, Spelling::Typing).replace('\\', "\\b").replace('\n', "\\n");
        writeln!(stored, "{}\t{text}", fragment(&plan)).unwrap();
    }
    std::fs::write("tests/fixtures/links/1.tsv", stored).unwrap();
}

/// A small plan of parts chosen by the seed.
fn stored_plan(seed: usize) -> Plan {
    const VERBS: [&str; 7] = ["Add", "Move", "Test", "Describe", "Split", "Check", "Remove"];
    const THINGS: [&str; 11] = [
        "the parser",
        "sign-in",
        "invoices",
        "das Menü",
        "the `cache`",
        "search",
        "日本語",
        "rates",
        "C++ bindings",
        "the queue",
        "🦊",
    ];
    const FILES: [&str; 9] = [
        "src/**",
        "docs/*.md",
        "web/{a,b}.ts",
        "!src/generated/**",
        "Cargo.lock",
        "crates/core/src/lib.rs",
        "[a-z]?/x",
        "app/page.tsx",
        "db/*.sql",
    ];
    let pick = |list: &[&str], salt: usize| list[(seed * 31 + salt * 17 + seed / 7) % list.len()].to_owned();
    let mut text = String::new();
    if seed.is_multiple_of(3) {
        writeln!(text, "# {} {}", pick(&VERBS, 9), pick(&THINGS, 9)).unwrap();
    }
    if seed.is_multiple_of(5) {
        writeln!(text, "> at most {} · default ~{}m", 1 + seed % 9, 5 * (1 + seed % 40)).unwrap();
    }
    if seed.is_multiple_of(11) {
        writeln!(text, "> capacity: db {}\n> @id(p{seed})\n\nThe goal is number {seed}.\n", 1 + seed % 4)
            .unwrap();
    }
    for task in 0..1 + seed % 4 {
        let number = if seed.is_multiple_of(13) { task * 10 + 3 } else { task + 1 };
        write!(
            text,
            "- T{number} {} {} @owns({:?})",
            pick(&VERBS, task),
            pick(&THINGS, task),
            pick(&FILES, task)
        )
        .unwrap();
        if task > 0 && (seed + task).is_multiple_of(2) {
            write!(text, " @after(T{})", if seed.is_multiple_of(13) { task * 10 - 7 } else { task }).unwrap();
        }
        if (seed + task).is_multiple_of(3) {
            write!(text, " ~{}m", 5 * (1 + (seed * 7 + task) % 30)).unwrap();
        }
        if (seed + task).is_multiple_of(6) {
            write!(text, " @uses(db) @kind(test) @agent(agent-{task})").unwrap();
        }
        text.push('\n');
        if seed.is_multiple_of(2) {
            writeln!(
                text,
                "  {} {} and {} afterwards; {seed} of them.",
                pick(&VERBS, 3),
                pick(&THINGS, 4),
                pick(&THINGS, 5)
            )
            .unwrap();
        }
    }
    parse(&text).plan
}
