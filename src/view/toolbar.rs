//! Buttons at the corner of the drawing.

use super::markup::{Markup, button, markup};
use super::test_name as test;

/// Zoom, and which lines and cards are emphasised.
pub fn toolbar(zoom: i32, all_lines: bool, focus_mode: bool) -> Vec<Markup> {
    let pressed = |is_so: bool| if is_so { "true" } else { "false" };
    let percent = format!("{zoom} %");
    let emphasis = group("Emphasis")
        .child(
            button("")
                .set("data-act", "all-lines")
                .set("data-test", test::ALL_LINES)
                .set("title", "Show every line of order and every conflict")
                .set("aria-pressed", pressed(all_lines))
                .text("All lines"),
        )
        .child(
            button("")
                .set("data-act", "focus-mode")
                .set("data-test", test::FOCUS_MODE)
                .set("title", "Fade what has nothing to do with the selected task (F)")
                .set("aria-pressed", pressed(focus_mode))
                .text("Focus"),
        );
    let zoom = group("Zoom")
        .child(
            button("")
                .set("data-act", "smaller")
                .set("aria-label", "Zoom out")
                .set("title", "Zoom out (−)")
                .text("−"),
        )
        .child(
            button("percent")
                .set("data-act", "full-size")
                .set("data-test", test::ZOOM)
                .set("title", "Back to 100 %")
                .text(&percent),
        )
        .child(
            button("")
                .set("data-act", "larger")
                .set("aria-label", "Zoom in")
                .set("title", "Zoom in (+)")
                .text("+"),
        )
        .child(button("").set("data-act", "fit").set("title", "Show everything (0)").text("Fit"));
    vec![emphasis, zoom]
}

fn group(label: &str) -> Markup {
    markup("div", "stage-buttons").set("role", "group").set("aria-label", label)
}
