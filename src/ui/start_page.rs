//! The middle pane of an empty plan: what to do, and three ways to begin.

use phaseplan::import::IN_WORDS;
use phaseplan::protocol::{Content, DocumentList, LibraryRequest};

use super::drawn::keep_drawn;
use super::element::{El, button, el};
use super::keys::test;
use super::notices::Notice;
use super::widgets::icon;
use super::workspace::Workspace;
use super::{clipboard, incoming, page};

/// The tags, with their meanings.
const GRAMMAR: [(&str, &str); 5] = [
    ("@owns(src/api/**)", "files the task may change"),
    ("@reads(db/schema.sql)", "files it needs unchanged while it runs"),
    ("@after(T1)", "tasks that must finish first"),
    ("~45m", "how long it takes"),
    ("  indented lines", "what the agent is told"),
];

/// The page of an empty plan.
pub fn start_page(workspace: Workspace) -> El {
    let example = button("way", move || workspace.open(Content::Example(0)));
    let ways = [
        way(example, "book", "Try an example", "Eight tasks, and one conflict to repair")
            .test(test::START_EXAMPLE),
        way(button("way", move || paste(workspace)), "paste", "Paste tasks", IN_WORDS)
            .test(test::START_PASTE),
        way(button("way", page::choose_file), "open", "Open a file", "It stays on this device")
            .test(test::START_OPEN),
    ];
    let grammar = GRAMMAR.iter().flat_map(|(tag, meaning)| [el("dt").text(tag), el("dd").text(meaning)]);
    let about = "phaseplan shows which tasks would overwrite each other, and what can run in parallel.";
    // Also when the browser has forgotten which plan was open.
    let list = el("div").class("newest").test(test::NEWEST);
    let newest = || Some(LibraryRequest::Draw { list: DocumentList::Newest, rows: 0 });
    keep_drawn(workspace, vec![list.node()], newest, |_| ());
    let content = el("div")
        .child(el("h1").text("Write one task per line"))
        .child(el("p").text(about))
        .child(el("div").class("ways").children(ways))
        .child(list)
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
            workspace.notices.show(Notice::plain("The clipboard holds no text. Copy the tasks first."));
        }
        None => {
            page::focus(".editor-text");
            workspace.notices.show(Notice::plain(
                "This browser doesn't let pages read the clipboard. Press Ctrl+V in the text box.",
            ));
        }
    });
}
