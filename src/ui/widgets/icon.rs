//! Icons, as symbols from `index.html`, so they add nothing to the program.

use crate::ui::element::{El, button, svg};

/// The symbol with this id, as decoration: the words next to it or the label of its button have the meaning.
pub fn icon(name: &str) -> El {
    let symbol = svg("use").attr("href", &["#", name].concat());
    svg("svg").class("icon").attr("aria-hidden", "true").child(symbol)
}

/// A square button with only an icon. The title is its name, too.
pub fn icon_button(symbol: &str, label: &str, press: impl Fn() + 'static) -> El {
    button("button quiet square", press).attr("title", label).child(icon(symbol))
}
