//! Tabs: one of a few views of the same thing.

use leptos::prelude::*;

/// What a tab needs to know.
pub struct Tab<T: 'static> {
    /// Words on it.
    pub label: &'static str,
    /// Its `data-test`.
    pub test: &'static str,
    /// What is chosen, among all its siblings.
    pub chosen: RwSignal<T>,
    /// What it stands for.
    pub value: T,
}

/// One tab; `more` stands after the words, such as a count. The arrow keys go to its neighbours.
pub fn tab<T>(tab: Tab<T>, more: AnyView) -> AnyView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let Tab { label, test, chosen, value } = tab;
    let is_chosen = Memo::new(move |_| chosen.get() == value);
    tab_button(label, test, is_chosen, more, Callback::new(move |()| chosen.set(value)))
}

fn tab_button(
    label: &'static str,
    test: &'static str,
    is_chosen: Memo<bool>,
    more: AnyView,
    choose: Callback<()>,
) -> AnyView {
    view! {
        <button
            class="tab"
            type="button"
            role="tab"
            data-test=test
            aria-selected=move || is_chosen.get().to_string()
            tabindex=move || if is_chosen.get() { "0" } else { "-1" }
            on:click=move |_| choose.run(())
            on:keydown=walk_with_arrows
        >
            {label}
            {more}
        </button>
    }
    .into_any()
}

/// Left and right go to the tab beside and choose it, as the pattern for tabs asks.
fn walk_with_arrows(event: web_sys::KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let here = event_target::<web_sys::Element>(&event);
    let beside = match event.key().as_str() {
        "ArrowLeft" => here.previous_element_sibling(),
        "ArrowRight" => here.next_element_sibling(),
        _ => return,
    };
    if let Some(beside) = beside.filter(|element| element.get_attribute("role").as_deref() == Some("tab"))
        && let Ok(beside) = beside.dyn_into::<web_sys::HtmlElement>()
    {
        let _ = beside.focus();
        beside.click();
    }
}
