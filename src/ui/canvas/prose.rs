//! Sentences with paths between back-ticks, as text and code elements.

use leptos::prelude::*;

/// The sentence; what stands between back-ticks becomes a path.
pub fn prose(sentence: &str) -> impl IntoView + use<> {
    let parts = sentence.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts
        .map(|(at, part)| {
            let part = part.to_owned();
            if at % 2 == 1 { view! { <code class="path">{part}</code> }.into_any() } else { part.into_any() }
        })
        .collect_view()
}
