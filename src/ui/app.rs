//! The whole screen.

use leptos::prelude::*;

use super::canvas::Canvas;
use super::workspace::{Change, Workspace};

/// The whole screen: header, three panes, status bar.
#[component]
pub fn App() -> impl IntoView {
    let workspace = Workspace::new();
    provide_context(workspace);
    let typed = move |event| workspace.apply(Change::Text(event_target_value(&event)));
    view! {
        <main class="panes">
            <textarea data-test="text" prop:value=move || workspace.document().text.clone() on:input=typed></textarea>
            <Canvas/>
        </main>
    }
}
