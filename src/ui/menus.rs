//! Menus of the header: opening plans, and examples. They are popovers, which the browser opens, closes and focuses.

use std::cell::Cell;

use crate::ui::state::State;
use leptos::prelude::*;
use phaseplan::examples::EXAMPLES;
use phaseplan::protocol::{Compare, Content, Shelf, Wanted};
use web_sys::{DragEvent, Event, HtmlElement, HtmlInputElement};

use super::drawn::keep_drawn;
use super::element::{El, button, el, on};
use super::keys::test;
use super::widgets::icon;
use super::workspace::Workspace;
use super::{compare, documents, files, page};

/// New plan, open a file, and the plans on this device: the button and its menu.
pub fn open_menu(workspace: Workspace) -> [El; 2] {
    let opened = State::new(0u32);
    let new_plan = button("menu-item", move || {
        page::hide("open-menu");
        workspace.open("", Content::Text(String::new()));
    });
    let open_file = button("menu-item", || {
        page::hide("open-menu");
        choose_file(false);
    });
    let all_plans = button("menu-item", move || documents::show(workspace, Shelf::All));
    let list = documents::hear(el("div"), workspace);
    let wanted = move || {
        opened.track();
        Some(Wanted::Shelf(Shelf::Recent))
    };
    keep_drawn(workspace, vec![list.node()], wanted, |_| ());
    let menu = el("div")
        .class("menu open-menu")
        .attr("id", "open-menu")
        .attr("popover", "auto")
        .on("toggle", move |_: Event| opened.update(|count| *count += 1))
        .child(new_plan.test(test::NEW_PLAN).child(icon("plus")).child(what("New plan", "")))
        .child(
            open_file
                .test(test::OPEN_FILE)
                .child(icon("file"))
                .child(what("Open a file…", "Plan text, JSON, spec-kit and others")),
        )
        .child(
            all_plans
                .test(test::ALL_PLANS)
                .child(icon("copy"))
                .child(what("All plans…", "With copies, versions and the bin")),
        )
        .child(list);
    [opener("open-menu", "Open").test(test::OPEN), menu]
}

/// The words of a menu item.
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

/// Plans to start from: the button and its menu.
pub fn examples_menu(workspace: Workspace) -> [El; 2] {
    let items = EXAMPLES.iter().enumerate().map(|(example, (title, about))| {
        let open = move || {
            page::hide("examples-menu");
            workspace.open("", Content::Example(example));
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

thread_local! {
    static IS_COMPARED: Cell<bool> = const { Cell::new(false) };
}

/// Lets the person choose a file to be opened, or to compare the open plan with; see [`file_input`].
pub fn choose_file(is_compared: bool) {
    IS_COMPARED.set(is_compared);
    if let Some(input) = page::find::<HtmlElement>("#file-input") {
        input.click();
    }
}

/// The file input behind every button that opens a file. Also makes the whole window a place to drop files on.
pub fn file_input(workspace: Workspace) -> El {
    let chosen = move |event: Event| {
        let input = event_target::<HtmlInputElement>(&event);
        let file = input.files().and_then(|files| files.item(0));
        // Choosing the same file again must be an event too.
        input.set_value("");
        match file {
            Some(file) if IS_COMPARED.get() => files::read_all(workspace, file, move |name, bytes| {
                compare::compare(workspace, Compare::Given { bytes, name: Some(name) });
            }),
            Some(file) => files::open(workspace, file),
            None => {}
        }
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
        if let Some(file) = event.data_transfer().and_then(|data| data.files()?.item(0)) {
            files::open(workspace, file);
        }
    });
    el("input")
        .attr("type", "file")
        .attr("id", "file-input")
        .attr("hidden", "")
        .attr("aria-label", "Open a file")
        .test(test::FILE_INPUT)
        .on("change", chosen)
}

fn has_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
