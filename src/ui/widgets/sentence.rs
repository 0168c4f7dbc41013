//! Sentences with paths between backticks.

use crate::ui::element::{El, el};

impl El {
    /// Adds a sentence with its paths as code. User text only ever becomes text nodes.
    pub fn sentence(self, text: &str) -> El {
        text.split('`').enumerate().fold(self, |element, (at, part)| match at % 2 {
            1 => element.child(el("code").class("path").child(el("bdi").text(part))),
            _ => element.text(part),
        })
    }
}
