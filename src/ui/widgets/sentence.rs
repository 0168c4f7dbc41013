//! Sentences in which paths stand between back-ticks.

use leptos::prelude::*;

/// The sentence with its paths set as code. User text only ever becomes text nodes.
pub fn sentence(text: &str) -> AnyView {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(at, part)| {
            let part = part.to_owned();
            if at % 2 == 1 {
                view! { <code class="path"><bdi>{part}</bdi></code> }.into_any()
            } else {
                part.into_any()
            }
        })
        .collect_view()
        .into_any()
}
