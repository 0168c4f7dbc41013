//! Sentences in which paths stand between back-ticks.

use leptos::prelude::*;

use crate::ui::element::{El, el};

impl El {
    /// Adds a sentence with its paths set as code. User text only ever becomes text nodes.
    pub fn sentence(self, text: &str) -> El {
        text.split('`').enumerate().fold(self, |element, (at, part)| match at % 2 {
            1 => element.child(el("code").class("path").child(el("bdi").text(part))),
            _ => element.text(part),
        })
    }
}

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
