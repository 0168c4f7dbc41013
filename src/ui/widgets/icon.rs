//! Icons are symbols that `index.html` carries, so that they cost the program nothing.

use crate::ui::element::{El, button, svg};

/// The symbol with this id, as decoration: the words beside it or the label of its button say what it means.
pub fn icon(name: &str) -> El {
    let symbol = svg("use").attr("href", &["#", name].concat());
    svg("svg").class("icon").attr("aria-hidden", "true").child(symbol)
}

/// A square button that shows only an icon.
pub fn icon_button(symbol: &str, label: &str, press: impl Fn() + 'static) -> El {
    button("button quiet square", press).attr("aria-label", label).attr("title", label).child(icon(symbol))
}
