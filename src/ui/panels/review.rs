//! The review of the plan, and its forms wherever they stand. The worker draws them; see [`phaseplan::view::review`].

use leptos::prelude::window;
use phaseplan::protocol::{Change, Form, Keep, Wanted};
use phaseplan::view::review::ROWS;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::super::drawn::keep_drawn;
use super::super::element::{El, el};
use super::super::notices::Notice;
use super::super::page::{closest, closest_value};
use super::super::state::State;
use super::super::workspace::{Pane, Side, Workspace};
use super::super::{acts, clipboard, documents, storage};
use crate::ui::keys::storage as key;

/// The review of the plan.
pub fn review(workspace: Workspace) -> El {
    let rows = State::new(ROWS);
    let panel = el("div");
    let page = window().location().href().unwrap_or_default();
    let wanted = move || {
        workspace.document.track();
        Some(Wanted::Review { page: page.clone(), rows: rows.get() })
    };
    let node = panel.node::<Element>();
    keep_drawn(workspace, vec![node.clone()], wanted, move |_| fill(workspace, &node));
    hear(acts::hear(panel, workspace, move || rows.update(|rows| *rows += ROWS)), workspace)
}

/// Shows it.
pub fn show(workspace: Workspace) {
    workspace.side.set(Side::Review);
    workspace.pane.set(Pane::Review);
    workspace.sheet.set(false);
}

/// Takes in replies to a review, and shows what came of them.
pub fn receive(workspace: Workspace, text: String) {
    show(workspace);
    send(workspace, Form { act: "receive".to_owned(), text, ..Form::default() }, |_| ());
}

/// Sends a form off; `then` gets whether it was taken.
pub fn send(workspace: Workspace, form: Form, then: impl FnOnce(bool) + 'static) {
    workspace.apply_then(Change::Review(form), move |outcome| {
        let refused = outcome.err();
        then(refused.is_none());
        if let Some(message) = refused {
            workspace.notices.show(Notice::problem(message));
        }
    });
}

/// Hears what is pressed and written in the forms inside an element.
pub fn hear(panel: El, workspace: Workspace) -> El {
    panel
        .on("click", move |event: Event| {
            if let Some(link) = closest_value(&event, "data-copy") {
                clipboard::copy(&link, move |went| {
                    tell_copied(workspace, went);
                    if went {
                        press(workspace, &event);
                    }
                });
                return;
            }
            match closest_value(&event, "data-act").as_deref() {
                Some("review") => show(workspace),
                Some("review-file") => {
                    let markdown = closest_value(&event, "data-number").is_some();
                    documents::ask(workspace, Keep::Review { markdown });
                }
                _ => press(workspace, &event),
            }
        })
        .on("input", move |event: Event| {
            if let Some(name) = closest_value(&event, "data-draft") {
                let text = closest(&event, "[data-draft]").map(|element| value(&element)).unwrap_or_default();
                let _ = storage::set(&stored_name(workspace, &name), &text);
            }
        })
        .on("keydown", |event: KeyboardEvent| {
            let main = || closest(&event, "[data-form]")?.query_selector("[data-say]").ok().flatten();
            if (event.ctrl_key() || event.meta_key())
                && event.key() == "Enter"
                && let Some(button) = main()
            {
                button.unchecked_into::<HtmlElement>().click();
            }
        })
}

/// Tells whether a text could be copied.
pub fn tell_copied(workspace: Workspace, went: bool) {
    workspace.notices.show(match went {
        true => Notice::plain("Copied."),
        false => Notice::problem(NOT_COPIED),
    });
}

const NOT_COPIED: &str = "The browser does not let pages copy. Allow it, and try again.";

/// Sends off what the pressed button stands in.
fn press(workspace: Workspace, event: &Event) {
    let Some(act) = closest_value(event, "data-say") else { return };
    let form = closest(event, "[data-form]");
    let [text, suggested, name] = ["[data-part=text]", "[data-part=value]", "[data-part=name]"]
        .map(|part| form.as_ref().and_then(|form| form.query_selector(part).ok()?).map(|part| value(&part)));
    let given = |attribute: &str| closest_value(event, attribute).unwrap_or_default();
    let sent = Form {
        act,
        about: given("data-about"),
        task: acts::task_of(event),
        field: given("data-on"),
        text: text.unwrap_or_default(),
        value: closest_value(event, "data-value").or(suggested).unwrap_or_default(),
        name: name.unwrap_or_default(),
    };
    send(workspace, sent, move |went| {
        if let (true, Some(form)) = (went, form) {
            clear(workspace, &form);
        }
    });
}

/// Empties a form whose text was taken, closes it, and leaves the focus at what opens it.
fn clear(workspace: Workspace, form: &Element) {
    each(form, "[data-draft]", &|part| {
        if let Some(name) = part.get_attribute("data-draft") {
            storage::remove(&stored_name(workspace, &name));
        }
    });
    each(form, "[data-part=text]", &|part| part.unchecked_ref::<HtmlInputElement>().set_value(""));
    let _ = form.remove_attribute("open");
    if let Ok(Some(summary)) = form.query_selector("summary") {
        let _ = summary.unchecked_into::<HtmlElement>().focus();
    }
}

/// Puts back what was written and not sent off.
pub fn fill(workspace: Workspace, panel: &Element) {
    each(panel, "[data-draft]", &|part| {
        let name = part.get_attribute("data-draft").unwrap_or_default();
        let text = storage::get(&stored_name(workspace, &name)).unwrap_or_default();
        if !text.is_empty() && value(&part) != text {
            part.unchecked_ref::<HtmlInputElement>().set_value(&text);
            if let Ok(Some(form)) = part.closest("[data-form]") {
                let _ = form.set_attribute("open", "");
            }
        }
    });
}

fn each(element: &Element, selector: &str, act: &dyn Fn(Element)) {
    let Ok(found) = element.query_selector_all(selector) else { return };
    for at in 0..found.length() {
        if let Some(node) = found.item(at) {
            act(node.unchecked_into());
        }
    }
}

/// Where the draft of a form is kept. Plans without an id are told apart by their document.
fn stored_name(workspace: Workspace, name: &str) -> String {
    [key::DRAFT, &workspace.key.get_untracked(), "/", name].concat()
}

/// What a form control holds; each has a `value`, whatever its type.
fn value(element: &Element) -> String {
    element.unchecked_ref::<HtmlInputElement>().value()
}
