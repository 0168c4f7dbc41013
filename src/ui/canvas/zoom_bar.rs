//! Buttons at the corner of the drawing.

use crate::ui::keys::test;
use leptos::prelude::*;

use super::drawing::Drawing;
use super::window::Window;

/// Zoom, and which lines and cards are emphasised.
#[component]
pub fn ZoomBar(stage: Window) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let all_lines = move || drawing.all_lines.get().unwrap_or(false);
    let percent = move || format!("{} %", stage.zoom.get());
    let focus_mode = move || drawing.focus_mode.get();
    view! {
        <div class="stage-bar">
            <div class="stage-buttons" role="group" aria-label="Emphasis">
                <button
                    type="button"
                    data-test=test::ALL_LINES
                    title="Show every line of order and every conflict"
                    aria-pressed=move || all_lines().to_string()
                    on:click=move |_| drawing.all_lines.set(if all_lines() { None } else { Some(true) })
                >
                    "All lines"
                </button>
                <button
                    type="button"
                    data-test=test::FOCUS_MODE
                    title="Fade what has nothing to do with the selected task (F)"
                    aria-pressed=move || focus_mode().to_string()
                    on:click=move |_| drawing.focus_mode.set(!focus_mode())
                >
                    "Focus"
                </button>
            </div>
            <div class="stage-buttons" role="group" aria-label="Zoom">
                <button type="button" aria-label="Zoom out" title="Zoom out (−)" on:click=move |_| stage.step(false, None)>"−"</button>
                <button type="button" class="percent" data-test=test::ZOOM aria-label=move || format!("Zoom is {}, back to 100 %", percent()) on:click=move |_| stage.set(100, None)>
                    {percent}
                </button>
                <button type="button" aria-label="Zoom in" title="Zoom in (+)" on:click=move |_| stage.step(true, None)>"+"</button>
                <button type="button" title="Show everything (0)" on:click=move |_| stage.fit()>"Fit"</button>
            </div>
        </div>
    }
}
