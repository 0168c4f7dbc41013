//! A modal dialog. The browser opens, closes and focuses it.

use leptos::prelude::event_target;
use web_sys::{Event, HtmlDialogElement};

use super::icon::icon_button;
use crate::ui::element::{El, effect, el};
use crate::ui::keys::test;
use crate::ui::page::{rescue_focus, stay_in_front};
use crate::ui::state::State;

/// A dialog with a title; `body` draws its content while it is open.
pub fn dialog(
    title: &'static str,
    class: &str,
    test: &str,
    is_open: State<bool>,
    body: impl Fn() -> El + 'static,
) -> El {
    let draw = move || match is_open.get() {
        true => vec![head(title, is_open), body()],
        false => Vec::new(),
    };
    let dialog = el("dialog")
        .class(class)
        .attr("aria-label", title)
        .test(test)
        .on("close", move |event: Event| {
            // The event arrives late: the dialog may be open again.
            if !event_target::<HtmlDialogElement>(&event).open() {
                is_open.set(false);
            }
            stay_in_front();
            rescue_focus();
        })
        .live(draw);
    let node = dialog.node::<HtmlDialogElement>();
    effect(move || {
        if is_open.get() && !node.open() {
            let _ = node.show_modal();
        } else if !is_open.get() && node.open() {
            node.close();
        }
    });
    dialog
}

fn head(title: &str, is_open: State<bool>) -> El {
    el("div")
        .class("dialog-head")
        .child(el("h2").text(title))
        .child(icon_button("close", "Close", move || is_open.set(false)).test(test::CLOSE_DIALOG))
}
