//! What is needed to send a plan as a link: the link, where it survives, and a code to scan.

use qrcodegen::{QrCode, QrCodeEcc};

use super::markup::{Markup, button, icon, markup};
use super::test_name as test;
use crate::plan::Plan;
use crate::review::Digest;
use crate::share::{Contents, link_for_review};

/// Where links are cut, with the length up to which they survive, in characters; shortest first. What people report of each
/// place, not what it promises.
const PLACES: [(&str, usize); 7] = [
    ("Outlook", 1_000),
    ("Discord", 2_000),
    ("Slack", 4_000),
    ("Teams and e-mail", 8_000),
    ("Address bar", 32_000),
    ("GitHub comment", 64_000),
    ("Any browser", 1_000_000),
];

/// Longer links are no use to most people; a file is.
const LONGEST_LINK: usize = 32_000;

/// Longer links make a code too fine to scan, in characters.
const LONGEST_CODE: usize = 1_200;

/// Space around the code that scanners need, in squares.
const QUIET: i32 = 4;

/// The link of a plan for the page at this address, with or without instructions, and the revision that verdicts will be about.
pub fn share(plan: &Plan, contents: Contents, revision: Option<Digest>, page: &str) -> Vec<Markup> {
    let link = |contents| link_for_review(plan, contents, revision);
    let links = [Contents::Full, Contents::StructureOnly].map(link);
    let lengths = links.each_ref().map(|link| link.as_ref().map_or(0, |link| link.at(page).len()));
    let chosen = usize::from(contents == Contents::StructureOnly);
    let choices = markup("div", "choices")
        .set("role", "radiogroup")
        .set("aria-label", "What goes into the link")
        .children(vec![
            choice("With instructions", "full", lengths[0], chosen == 0),
            choice("Structure only", "structure", lengths[1], chosen == 1),
        ]);
    match &links[chosen] {
        Ok(link) => {
            let link = link.at(page);
            let code = if link.len() <= LONGEST_CODE { code(&link) } else { None };
            let about = "Anyone with this link can read the plan. It is in the link itself and is sent to no server, but chats \
                and browsers keep it in their history.";
            let mut text = markup("div", "share-text").child(places(link.len()));
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

/// What is said of such a link.
const TOO_LONG: &str =
    "Hardly any program passes on a link as long as this. Send the plan as a file, or its structure only.";

/// Button for the plan as a file.
fn file() -> Markup {
    button("button")
        .set("data-act", "file")
        .set("data-test", test::SHARE_FILE)
        .child(icon("download"))
        .text("Download file")
}

/// A place to paste a link into. `problem` says why what was pasted last was not opened.
pub fn open_box(problem: &str) -> Vec<Markup> {
    let area = markup("textarea", "field mono")
        .set("rows", "6")
        .set("aria-label", "A link, or a message with a link")
        .set("placeholder", "https://…#1.p.…")
        .set("autofocus", "")
        .set("data-test", test::LINK_BOX);
    let open =
        button("button primary").set("data-act", "open-pasted-link").set("data-test", test::OPEN_PASTED_LINK);
    let about = "Paste the link, or the whole message it came in: wrapped, quoted or rewritten by a mail program, it is found all \
        the same. It is shown and replaces nothing.";
    let section = markup("section", "ways").child(markup("p", "about").text(about)).child(area);
    vec![
        markup("p", "shelf-fault").set("role", "alert").set("data-test", test::LINK_PROBLEM).text(problem),
        section.child(open.text("Open")),
    ]
}

fn choice(title: &str, act: &str, length: usize, is_chosen: bool) -> Markup {
    button("choice")
        .set("role", "radio")
        .set("data-act", act)
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

/// Where a link of this length survives.
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
                .set("data-copy", &format!("[{title}]({link})"))
                .child(icon("copy"))
                .text("Copy as Markdown"),
        )
        .child(
            button("button primary")
                .set("data-copy", link)
                .set("data-test", test::COPY_LINK)
                .child(icon("copy"))
                .text("Copy link"),
        )
}

/// A code to scan with a phone; `None` if the link does not fit into one.
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
