//! Sharing a plan as a link: the link, where it works, and a QR code.

use qrcodegen::{QrCode, QrCodeEcc};

use super::act::Act;
use super::markup::{Markup, button, icon, markup};
use super::test_name as test;
use crate::events::Digest;
use crate::plan::Plan;
use crate::rules;
use crate::share::{Contents, contained, link_for_review};

/// Places that cut links, with the longest link that works there, in characters; shortest first. Based on
/// experience, not on what the places promise.
const PLACES: [(&str, usize); 7] = [
    ("Outlook", 1_000),
    ("Discord", 2_000),
    ("Slack", 4_000),
    ("Teams and e-mail", 8_000),
    ("Address bar", 32_000),
    ("GitHub comment", 64_000),
    ("Any browser", 1_000_000),
];

/// Longer links are useless to most people, and a file is better.
const LONGEST_LINK: usize = 32_000;

/// For longer links, the code is too fine to scan, in characters.
const LONGEST_CODE: usize = 1_200;

/// The space around the code that scanners need, in squares.
const QUIET: i32 = 4;

/// The link of a plan for the page at this address, with or without instructions, and the revision that
/// verdicts will refer to.
pub fn share(plan: &Plan, contents: Contents, revision: Option<Digest>, page: &str) -> Vec<Markup> {
    let link = |contents| link_for_review(plan, contents, revision);
    let links = [Contents::Full, Contents::StructureOnly].map(link);
    let lengths = links.each_ref().map(|link| link.as_ref().map_or(0, |link| link.at(page).len()));
    let chosen = usize::from(contents == Contents::StructureOnly);
    let choices = markup("div", "choices")
        .set("role", "radiogroup")
        .set("aria-label", "What goes into the link")
        .children(vec![
            choice("With instructions", &Act::ShareFull, lengths[0], chosen == 0),
            choice("Structure only", &Act::ShareStructure, lengths[1], chosen == 1),
        ]);
    match &links[chosen] {
        Ok(link) => {
            let link = link.at(page);
            let code = if link.len() <= LONGEST_CODE { code(&link) } else { None };
            let about = "Anyone with this link can read the plan. The plan is in the link itself and is sent \
                to no server, but chats and browsers keep links in their history.";
            let mut text = markup("div", "share-text").children(secrets(plan, contents));
            text = text.child(places(link.len()));
            if link.len() > LONGEST_LINK {
                text = text.child(markup("p", "is-warning").text(TOO_LONG));
            }
            text = text.child(markup("p", "aside").text(about));
            let mut found = markup("div", "share-found").child(text);
            found = found.children(code.into_iter().collect());
            vec![choices, address(&link), found, acts(plan, &link)]
        }
        Err(unwritten) => {
            let why = markup("p", "is-warning").text(&unwritten.to_string());
            vec![choices, why, markup("div", "export-acts").child(markup("span", "said")).child(file())]
        }
    }
}

/// A warning for each secret that the link would carry, before anybody sends it.
fn secrets(plan: &Plan, contents: Contents) -> Vec<Markup> {
    let found = rules::secrets(&contained(plan, contents));
    found.iter().map(|found| markup("p", "is-warning").sentence(&found.sentences())).collect()
}

/// The message about such a link.
const TOO_LONG: &str = "Few apps accept a link this long. Send the plan as a file, or its structure only.";

/// Button for the plan as a file.
fn file() -> Markup {
    button("button")
        .act(&Act::DownloadPlan)
        .set("data-test", test::SHARE_FILE)
        .child(icon("download"))
        .text("Download file")
}

/// A field to paste a link into. `problem` is the reason why the last pasted text was not opened.
pub fn open_box(problem: &str) -> Vec<Markup> {
    let area = markup("textarea", "field mono")
        .set("rows", "6")
        .set("aria-label", "A link, or a message with a link")
        .set("placeholder", "The link, or the message it came in")
        .set("autofocus", "")
        .set("data-test", test::LINK_BOX);
    let open = button("button primary").act(&Act::OpenPastedLink).set("data-test", test::OPEN_PASTED_LINK);
    let about = "Paste the link, or the whole message it came in, even if a mail program wrapped or quoted \
        it. The plan is shown and replaces nothing.";
    let section = markup("section", "ways").child(markup("p", "about").text(about)).child(area);
    vec![
        markup("p", "shelf-fault").set("role", "alert").set("data-test", test::LINK_PROBLEM).text(problem),
        section.child(open.text("Open")),
    ]
}

/// The page of a link that can't be opened: what arrived, and the ways on.
pub fn broken(link: &str, problem: &str) -> Vec<Markup> {
    let start: String = link.chars().take(MOST_LETTERS).collect();
    // How much of it arrived is in the problem.
    let more = if link.len() > start.len() { "…" } else { "" };
    let arrived = ["What arrived: `", &start, more, "`"].concat();
    let act =
        |class: &str, act: &Act, words: &str| button(class).act(act).set("data-test", act.name()).text(words);
    let ways = markup("div", "row")
        .child(act("button primary", &Act::ChooseLink, "Paste the message"))
        .child(act("button", &Act::ListDocuments, "My plans"));
    let ask = markup("textarea", "field")
        .set("readonly", "")
        .set("rows", "4")
        .set("aria-label", "A message to the sender")
        .set("data-test", test::ASK_FOR_FILE)
        .set("value", ASK_FOR_FILE);
    vec![
        markup("section", "broken-link")
            .set("data-test", test::BROKEN_LINK)
            .child(markup("p", "why").sentence(problem))
            .child(markup("p", "about").sentence(&arrived))
            .child(markup("p", "about").text(
                "Nothing was opened, and your own plans are as you left them. Some apps cut links: pasting the \
                 whole message often helps.",
            ))
            .child(ways)
            .child(markup("h3", "").text("Ask for the plan as a file"))
            .child(ask)
            .child(
                markup("div", "row")
                    .child(act("button", &Act::Copy { copy: ASK_FOR_FILE.to_owned() }, "Copy the message")),
            ),
    ]
}

/// The most letters shown of a link that can't be opened.
const MOST_LETTERS: usize = 120;

/// The text that asks the sender for a file.
const ASK_FOR_FILE: &str = "The link to your plan did not arrive whole, so I can't open it. Could you send me the \
    plan as a file? In phaseplan, press Share, then “Download file”, and attach the file it saves.";

fn choice(title: &str, act: &Act, length: usize, is_chosen: bool) -> Markup {
    button("choice")
        .set("role", "radio")
        .act(act)
        .set("aria-checked", if is_chosen { "true" } else { "false" })
        .child(markup("b", "").text(title))
        .child(markup("small", "").text(&format!("{} characters", grouped(length))))
}

fn address(link: &str) -> Markup {
    markup("input", "field mono")
        .set("readonly", "")
        .set("aria-label", "Link")
        .set("data-test", test::SHARE_LINK)
        .set("value", link)
}

/// The places where a link of this length works.
fn places(length: usize) -> Markup {
    let place = |&(name, most): &(&str, usize)| {
        let (class, sign, words) = match length <= most {
            true => ("fits", "✓", "fits"),
            false => ("is-cut", "✕", "is cut off"),
        };
        markup("li", class)
            .set("title", &format!("Up to {} characters", grouped(most)))
            .child(markup("span", "").set("aria-hidden", "true").text(sign))
            .text(name)
            .child(markup("span", "spoken").text(": ").text(words))
    };
    markup("ul", "places")
        .set("aria-label", "Where the link survives")
        .children(PLACES.iter().map(place).collect())
}

fn acts(plan: &Plan, link: &str) -> Markup {
    let title = if plan.title.trim().is_empty() { "Plan" } else { &plan.title };
    let title: String = title.chars().filter(|letter| !matches!(letter, '[' | ']' | '\\' | '`')).collect();
    markup("div", "export-acts")
        .child(markup("span", "said"))
        .child(file())
        .child(
            button("button")
                .act(&Act::CopyLink { copy: format!("[{title}]({link})") })
                .child(icon("copy"))
                .text("Copy as Markdown"),
        )
        .child(
            button("button primary")
                .act(&Act::CopyLink { copy: link.to_owned() })
                .set("data-test", test::COPY_LINK)
                .child(icon("copy"))
                .text("Copy link"),
        )
}

/// A QR code; `None` if the link does not fit into one.
fn code(link: &str) -> Option<Markup> {
    let code = QrCode::encode_text(link, QrCodeEcc::Low).ok()?;
    let size = code.size();
    let mut squares = String::new();
    for (x, y) in (0..size * size).map(|at| (at % size, at / size)).filter(|&(x, y)| code.get_module(x, y)) {
        squares.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
    }
    let whole = size + 2 * QUIET;
    let drawing = markup("svg", "code")
        .set("viewBox", &format!("0 0 {whole} {whole}"))
        .set("role", "img")
        .set("aria-label", "The link as a code to scan")
        .child(markup("path", "").set("d", &squares));
    Some(drawing)
}

/// Digits in groups of three: `12 345`.
fn grouped(number: usize) -> String {
    match (number / 1_000, number % 1_000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{} {rest:03}", grouped(thousands)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::link;
    use crate::text;

    fn drawn(plan: &str, contents: Contents) -> String {
        format!("{:?}", share(&text::parse(plan).plan, contents, None, "https://example.org/app/#old"))
    }

    #[test]
    fn the_link_is_the_one_of_the_plan() {
        let plan = text::parse("- T1 One @owns(a)\n  Do it.").plan;
        let expected = link(&plan, Contents::Full).expect("it is small").at("https://example.org/app/");
        let drawing = drawn("- T1 One @owns(a)\n  Do it.", Contents::Full);
        assert!(drawing.contains(&format!("{expected:?}")), "{drawing}");
        assert!(drawing.contains("A code to scan") || drawing.contains("as a code to scan"), "{drawing}");
        let shorter =
            link(&plan, Contents::StructureOnly).expect("it is small").at("https://example.org/app/");
        assert!(
            drawn("- T1 One @owns(a)\n  Do it.", Contents::StructureOnly).contains(&format!("{shorter:?}"))
        );
    }

    #[test]
    fn a_secret_is_told_before_it_is_sent() {
        let plan = "- T1 One @owns(a)\n  Log in with password=hunter2.";
        let warning = "T1 holds what looks like a password";
        assert!(drawn(plan, Contents::Full).contains(warning));
        assert!(!drawn(plan, Contents::StructureOnly).contains(warning), "the instructions are left out");
    }

    #[test]
    fn long_links_are_cut_where_people_say_so() {
        let fits = |length: usize| {
            places(length).children.iter().filter(|place| place.attributes[0].1 == "fits").count()
        };
        assert_eq!([1_000, 1_001, 4_000, 2_000_000].map(fits), [7, 6, 5, 0]);
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([7, 1_000, 1_234_005].map(grouped), ["7", "1 000", "1 234 005"]);
    }
}
