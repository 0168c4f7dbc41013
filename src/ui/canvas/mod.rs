//! The middle of the screen: the schedule as columns, as a timeline and as an outline, with the totals above it.
//!
//! [`drawing::Drawing`] holds what the views share; every view reads from it and tells the workspace what was picked.

mod card;
mod column;
mod drawing;
mod element;
mod face;
mod keys;
mod lines;
mod outline;
mod overview;
mod stage;
mod timeline;
mod totals;
mod window;
mod zoom_bar;

use crate::ui::keys::test;
use leptos::prelude::*;

use super::workspace::{View, Workspace};
use drawing::Drawing;
use outline::Outline;
use stage::Stage;
use timeline::Timeline;
use totals::Totals;

/// The schedule in the view that `Workspace::view` names, with the totals above it.
#[component]
pub fn Canvas() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let drawing = Drawing::new(workspace);
    provide_context(drawing);
    let is_phone = element::media_query("(width < 760px)");
    let is_empty = Memo::new(move |_| drawing.shown.with(|shown| shown.report.schedule.phases.is_empty()));
    let body = move || {
        if is_empty.get() {
            return view! { <p class="canvas-empty">"Phases appear here as soon as there is a task."</p> }
                .into_any();
        }
        match workspace.view.get() {
            View::Phases if is_phone.get() => view! { <Outline with_reasons=false/> }.into_any(),
            View::Phases => view! { <Stage/> }.into_any(),
            View::Timeline => view! { <Timeline/> }.into_any(),
            View::Outline => view! { <Outline with_reasons=true/> }.into_any(),
        }
    };
    view! {
        <div class="canvas" data-test=test::CANVAS aria-busy=move || workspace.planning.get().to_string()>
            {move || (!is_empty.get()).then(|| view! { <Totals/> })}
            {body}
        </div>
    }
}
