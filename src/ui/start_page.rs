//! What the middle shows while nothing is written: what to do, and three ways in.

use phaseplan::protocol::Content;

use super::element::{El, button, el};
use super::keys::test;
use super::notices::Notice;
use super::widgets::icon;
use super::workspace::Workspace;
use super::{clipboard, incoming, menus, page};

/// The tags, with what they say.
const GRAMMAR: [(&str, &str); 5] = [
    ("@owns(src/api/**)", "files the task may change"),
    ("@reads(db/schema.sql)", "files it needs in a settled state"),
    ("@after(T1)", "what must be finished before it starts"),
    ("~45m", "how long it takes"),
    ("  indented lines", "what the agent is told"),
];

/// The page of an empty plan.
pub fn start_page(workspace: Workspace) -> El {
    let example = button("way", move || workspace.open("", Content::Example(0)));
    let ways = [
        way(example, "book", "Try an example", "Eight tasks, and one conflict to repair")
            .test(test::START_EXAMPLE),
        way(
            button("way", move || paste(workspace)),
            "paste",
            "Paste tasks",
            "A list, spec-kit tasks.md, or JSON",
        )
        .test(test::START_PASTE),
        way(button("way", || menus::choose_file(false)), "open", "Open a file", "It stays on this device")
            .test(test::START_OPEN),
    ];
    let grammar = GRAMMAR.iter().flat_map(|(tag, meaning)| [el("dt").text(tag), el("dd").text(meaning)]);
    let about = "Say which files each task owns. phaseplan finds every pair of tasks that would collide, and puts the \
        rest side by side.";
    let content = el("div")
        .child(el("h1").text("Write one task per line"))
        .child(el("p").text(about))
        .child(el("div").class("ways").children(ways))
        .child(el("dl").class("grammar").children(grammar));
    el("div").class("start").test(test::START).child(content)
}

fn way(button: El, symbol: &str, title: &str, about: &str) -> El {
    let words = el("span").child(el("b").text(title)).child(el("small").text(about));
    button.child(icon(symbol)).child(words)
}

fn paste(workspace: Workspace) {
    clipboard::paste(move |text| match text {
        Some(text) if !text.trim().is_empty() => incoming::take(workspace, text),
        Some(_) => {
            workspace.notices.show(Notice::plain("The clipboard holds no text. Copy the tasks first."))
        }
        None => {
            page::focus(".editor-text");
            workspace.notices.show(Notice::plain(
                "The browser does not let pages read the clipboard. Press Ctrl+V in the text box.",
            ));
        }
    });
}
