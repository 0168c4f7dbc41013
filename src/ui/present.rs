//! A presentation of the plan, step by step, for people who share a screen. The worker draws the steps: see
//! [`phaseplan::view::present`].

use std::cell::Cell;

use leptos::prelude::window;
use phaseplan::protocol::ViewRequest;
use web_sys::{Element, KeyboardEvent};

use super::drawn::keep_drawn;
use super::element::{El, el, on};
use super::keys::test;
use super::widgets::dialog;
use super::workspace::Workspace;

/// The full-screen dialog of the presentation.
pub fn presentation(workspace: Workspace) -> El {
    let is_open = workspace.is_presenting;
    dialog("Presentation", "dialog present", test::PRESENTATION, is_open, move || steps(workspace))
}

fn steps(workspace: Workspace) -> El {
    let step = workspace.views.step;
    step.put(0);
    let [map, body, foot] =
        ["present-top", "present-body", "present-foot"].map(|class| el("div").class(class));
    // Arrow keys scroll the focused element.
    let body = body.attr("tabindex", "0").attr("autofocus", "");
    let last = Cell::new(0usize);
    let shown = body.node::<Element>();
    let wanted = move || {
        workspace.planned.track();
        Some(ViewRequest::Presentation { step: step.get() })
    };
    keep_drawn(workspace, vec![map.node(), body.node(), foot.node()], wanted, move |_| {
        // There may be fewer steps than requested.
        let number = shown.first_element_child().and_then(|drawn| drawn.get_attribute("data-number"));
        if let Some(number) = number.and_then(|number| number.parse().ok()) {
            step.put(number);
            if last.replace(number) != number {
                shown.set_scroll_top(0);
            }
        }
    });
    let go = move |key: &str| {
        let at = step.get_untracked();
        step.set(match key {
            "ArrowRight" | "PageDown" => at + 1,
            "ArrowLeft" | "PageUp" => at.saturating_sub(1),
            "Home" => 0,
            "End" => u32::MAX as usize,
            _ => return false,
        });
        true
    };
    on(&window(), "keydown", move |event: KeyboardEvent| {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if is_plain && go(&event.key()) {
            event.prevent_default();
        }
    });
    el("div").class("present-all").child(map).child(body).child(foot)
}
