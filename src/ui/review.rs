//! Actions in the review, and the drafts of its forms. The worker draws the forms; see
//! [`phaseplan::view::review`].

use phaseplan::TaskId;
use phaseplan::protocol::{Change, Form};
use phaseplan::view::ReviewAct;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::keys::storage as key;
use super::notices::Notice;
use super::page::{closest, closest_value};
use super::workspace::{Pane, Side, Workspace};
use super::{clipboard, storage};

/// Shows the review.
pub fn show(workspace: Workspace) {
    workspace.side.set(Side::Review);
    workspace.pane.set(Pane::Review);
    workspace.sheet.set(false);
}

/// Takes in replies to a review, and shows what came of them.
pub fn receive(workspace: Workspace) {
    show(workspace);
    send(workspace, Form { act: ReviewAct::ReceiveFound, ..Form::default() }, |_| ());
}

/// Submits a form; `then` gets whether it was accepted.
pub fn send(workspace: Workspace, form: Form, then: impl FnOnce(bool) + 'static) {
    workspace.apply_then(Change::Review(form), move |outcome| {
        let refused = outcome.err();
        then(refused.is_none());
        if let Some(message) = refused {
            workspace.notices.show(Notice::problem(message));
        }
    });
}

/// Records that the plan is shared in its current state.
pub fn publish(workspace: Workspace) {
    send(workspace, Form { act: ReviewAct::Publish, ..Form::default() }, |_| ());
}

/// Copies the reply, up to this clock, and records that it was sent.
pub fn copy_reply(workspace: Workspace, link: &str, clock: u32) {
    clipboard::copy(link, move |went| {
        announce_copied(workspace, went);
        if went {
            let form = Form { act: ReviewAct::MarkSent, about: clock.to_string(), ..Form::default() };
            send(workspace, form, |_| ());
        }
    });
}

/// Announces whether a text was copied.
pub fn announce_copied(workspace: Workspace, went: bool) {
    workspace.notices.show(match went {
        true => Notice::plain("Copied."),
        false => Notice::problem(NOT_COPIED),
    });
}

const NOT_COPIED: &str = "This browser doesn't let pages copy. Allow it, then try again.";

/// Submits the form that contains the pressed button, or performs its action on the enclosing thread or
/// comment.
pub fn press(workspace: Workspace, act: ReviewAct, button: &Element) {
    let (form, element) = gather(button);
    send(workspace, Form { act, ..form }, move |went| {
        if let (true, Some(element)) = (went, element) {
            clear(workspace, &element);
        }
    });
}

/// Notes something about a run: the form that contains the pressed button, or what stands around it.
pub fn note(workspace: Workspace, act: String, button: &Element) {
    let (form, element) = gather(button);
    note_form(workspace, act, form, element);
}

/// Notes something about a run, and shows what with a way to undo it.
pub fn note_form(workspace: Workspace, act: String, form: Form, element: Option<Element>) {
    workspace.apply_then(Change::Run { act, form }, move |outcome| {
        if let (Ok(_), Some(element)) = (&outcome, element) {
            clear(workspace, &element);
        }
        workspace.show_outcome(outcome);
    });
}

/// What the form around a button holds, and what stands around it.
fn gather(button: &Element) -> (Form, Option<Element>) {
    let around = |selector: &str| button.closest(selector).ok().flatten();
    let given = |attribute: &str| around(&["[", attribute, "]"].concat())?.get_attribute(attribute);
    let form = around("[data-form]");
    let [text, suggested, name] = ["[data-part=text]", "[data-part=value]", "[data-part=name]"]
        .map(|part| form.as_ref().and_then(|form| form.query_selector(part).ok()?).map(|part| value(&part)));
    let sent = Form {
        act: ReviewAct::default(),
        about: given("data-about").unwrap_or_default(),
        task: given("data-task").map(TaskId),
        field: given("data-on").unwrap_or_default(),
        text: text.unwrap_or_default(),
        value: given("data-value").or(suggested).unwrap_or_default(),
        name: name.unwrap_or_default(),
    };
    (sent, form)
}

/// Saves the text in a form as its draft.
pub fn save_draft(workspace: Workspace, event: &Event) {
    if let Some(name) = closest_value(event, "data-draft") {
        let text = closest(event, "[data-draft]").map(|element| value(&element)).unwrap_or_default();
        let _ = storage::set(&stored_name(workspace, &name), &text);
    }
}

/// Submits a form with its first button on Ctrl+Enter.
pub fn press_key(event: &KeyboardEvent) {
    let main = || closest(event, "[data-form]")?.query_selector("[data-say]").ok().flatten();
    if (event.ctrl_key() || event.meta_key())
        && event.key() == "Enter"
        && let Some(button) = main()
    {
        button.unchecked_into::<HtmlElement>().click();
    }
}

/// Clears a submitted form, closes it, and focuses the label that opens it.
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

/// Restores the drafts of the forms.
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

/// The key of a form's draft in storage. Plans without an id are distinguished by their document.
fn stored_name(workspace: Workspace, name: &str) -> String {
    [key::DRAFT, &workspace.key.get_untracked(), "/", name].concat()
}

/// The value of a form control; each has a `value`, whatever its type.
fn value(element: &Element) -> String {
    element.unchecked_ref::<HtmlInputElement>().value()
}
