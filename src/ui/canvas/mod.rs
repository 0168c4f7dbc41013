//! The middle of the screen: the schedule as columns, as a timeline and as an outline.

use leptos::prelude::*;

/// The schedule in the view that `Workspace::view` names, with the totals above it.
#[component]
pub fn Canvas() -> impl IntoView {
    view! { <div class="canvas" data-test="canvas"></div> }
}
