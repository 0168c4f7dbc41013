//! Buttons in the corner of the drawing.

use super::act::{Act, ViewOption};
use super::markup::{Markup, button, markup};
use super::test_name as test;
use crate::layout::zoom;

/// Zoom, and which lines and cards are emphasised.
pub fn toolbar(zoom: i32, all_lines: bool, focus_mode: bool) -> Vec<Markup> {
    let pressed = |is_so: bool| if is_so { "true" } else { "false" };
    let name = zoom::name(zoom);
    let emphasis = group("Emphasis")
        .child(
            button("")
                .toggles(ViewOption::AllLines)
                .set("data-test", test::ALL_LINES)
                .set("title", "Show every line of order and every conflict")
                .set("aria-pressed", pressed(all_lines))
                .text("All lines"),
        )
        .child(
            button("")
                .toggles(ViewOption::Focus)
                .set("data-test", test::FOCUS_MODE)
                .set("title", "Focus on the selected task (F)")
                .set("aria-pressed", pressed(focus_mode))
                .text("Focus"),
        );
    let steps = group("Zoom")
        .child(
            button("")
                .plain_act(&Act::ZoomOut)
                .set("aria-label", "Zoom out")
                .set("title", "Zoom out (−)")
                .text("−"),
        )
        .child(
            button("percent")
                .plain_act(&Act::FullSize)
                .set("data-test", test::ZOOM)
                .set("title", "Cards, 100 %")
                .text(&name),
        )
        .child(
            button("")
                .plain_act(&Act::ZoomIn)
                .set("aria-label", "Zoom in")
                .set("title", "Zoom in (+)")
                .text("+"),
        )
        .child(button("").plain_act(&Act::Fit).set("title", "Show everything (0)").text("Fit"));
    vec![emphasis, steps]
}

fn group(label: &str) -> Markup {
    markup("div", "stage-buttons").set("role", "group").set("aria-label", label)
}
