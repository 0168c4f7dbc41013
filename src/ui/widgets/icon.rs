//! Icons are symbols that `index.html` carries, so that they cost the program nothing.

use leptos::prelude::*;

/// The symbol with this id, as decoration: the words beside it or the label of its button say what it means.
pub fn icon(name: &str) -> AnyView {
    let reference = ["#", name].concat();
    view! { <svg class="icon" aria-hidden="true"><use_ href=reference/></svg> }.into_any()
}

/// A square button that shows only an icon.
pub fn icon_button(
    symbol: &'static str,
    label: &'static str,
    test: &'static str,
    press: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button class="button quiet square" type="button" aria-label=label title=label data-test=test on:click=move |_| press()>
            {icon(symbol)}
        </button>
    }
    .into_any()
}
