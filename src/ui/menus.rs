//! Menus of the header: opening plans, and examples. They are popovers; the browser opens, closes and focuses
//! them.

use crate::ui::state::State;
use leptos::prelude::*;
use phaseplan::examples::EXAMPLES;
use phaseplan::import::IN_WORDS;
use phaseplan::protocol::{Content, DocumentList, LibraryRequest};
use web_sys::{DragEvent, Event, HtmlInputElement};

use super::drawn::keep_drawn;
use super::element::{El, button, el, on};
use super::keys::test;
use super::widgets::icon;
use super::workspace::Workspace;
use super::{documents, files, incoming, page};

/// New plan, open a file, and the plans on this device: the button and its menu.
pub fn open_menu(workspace: Workspace) -> [El; 2] {
    let opened = State::new(0u32);
    let new_plan = button("menu-item", move || {
        page::hide("open-menu");
        workspace.open(Content::Text(String::new()));
    });
    let open_file = button("menu-item", || {
        page::hide("open-menu");
        page::choose_file();
    });
    let all_plans = button("menu-item", move || documents::show(workspace, DocumentList::All));
    let list = el("div");
    let wanted = move || {
        opened.track();
        Some(LibraryRequest::Draw { list: DocumentList::Recent, rows: 0 })
    };
    keep_drawn(workspace, vec![list.node()], wanted, |_| ());
    let menu = el("div")
        .class("menu open-menu")
        .attr("id", "open-menu")
        .attr("popover", "auto")
        .on("toggle", move |_: Event| opened.update(|count| *count += 1))
        .child(new_plan.test(test::NEW_PLAN).child(icon("plus")).child(what("New plan", "")))
        .child(open_file.test(test::OPEN_FILE).child(icon("file")).child(what("Open files…", IN_WORDS)))
        .child(
            all_plans
                .test(test::ALL_PLANS)
                .child(icon("copy"))
                .child(what("All plans…", "With copies, versions and the bin")),
        )
        .child(list);
    [opener("open-menu", "Open").test(test::OPEN), menu]
}

/// The label of a menu item.
fn what(title: &str, about: &str) -> El {
    let words = el("span").class("what").child(el("bdi").text(title));
    if about.is_empty() { words } else { words.child(el("small").text(about)) }
}

/// The button of the header that opens a menu.
fn opener(menu: &str, label: &str) -> El {
    el("button")
        .class("button quiet hide-phone")
        .attr("type", "button")
        .attr("popovertarget", menu)
        .text(label)
}

/// Example plans: the button and its menu.
pub fn examples_menu(workspace: Workspace) -> [El; 2] {
    let items = EXAMPLES.iter().enumerate().map(|(example, (title, about))| {
        let open = move || {
            page::hide("examples-menu");
            workspace.open(Content::Example(example));
        };
        button("menu-item", open).test(test::EXAMPLE).child(what(title, about))
    });
    let menu = el("div")
        .class("menu examples-menu")
        .attr("id", "examples-menu")
        .attr("popover", "auto")
        .children(items);
    [opener("examples-menu", "Examples").test(test::EXAMPLES), menu]
}

/// The file input behind every button that opens a file. It also accepts files dropped anywhere on the
/// window.
pub fn file_input(workspace: Workspace) -> El {
    let chosen = move |event: Event| {
        let input = event_target::<HtmlInputElement>(&event);
        let chosen = files::listed(input.files());
        // Choosing the same file again must be an event too.
        input.set_value("");
        incoming::open_files(workspace, chosen);
    };
    on(&window(), "dragover", |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    on(&window(), "drop", move |event: DragEvent| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        if let Some(data) = event.data_transfer() {
            incoming::open_files(workspace, files::dropped(&data));
        }
    });
    el("input")
        .attr("type", "file")
        .attr("id", "file-input")
        .attr("multiple", "")
        .attr("hidden", "")
        .attr("aria-label", "Open files")
        .test(test::FILE_INPUT)
        .on("change", chosen)
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
