//! Tabs: one of a few views of the same thing.

use crate::ui::state::State;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::ui::element::{El, button, el};

/// The properties of a tab.
pub struct Tab<T: 'static> {
    /// Its label.
    pub label: &'static str,
    /// Its `data-test`.
    pub test: &'static str,
    /// The chosen value, shared by all tabs of the list.
    pub chosen: State<T>,
    /// The value that this tab chooses.
    pub value: T,
}

/// A list of tabs.
pub fn tab_list(label: &str, tabs: impl IntoIterator<Item = El>) -> El {
    el("div").class("tab-list").attr("role", "tablist").attr("aria-label", label).children(tabs)
}

/// A tab. The arrow keys move to its neighbours.
pub fn tab<T>(tab: Tab<T>) -> El
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let Tab { label, test, chosen, value } = tab;
    tab_button(label, test, Box::new(move || chosen.get() == value), Box::new(move || chosen.set(value)))
}

fn tab_button(label: &str, test: &str, is_chosen: Box<dyn Fn() -> bool>, choose: Box<dyn Fn()>) -> El {
    let tab =
        button("tab", choose).attr("role", "tab").test(test).text(label).on("keydown", walk_with_arrows);
    let node = tab.node::<Element>();
    crate::ui::element::effect(move || {
        let (selected, index) = if is_chosen() { ("true", "0") } else { ("false", "-1") };
        let _ = node.set_attribute("aria-selected", selected);
        let _ = node.set_attribute("tabindex", index);
    });
    tab
}

/// Left and right move to the neighbouring tab and choose it, following the ARIA pattern for tabs.
fn walk_with_arrows(event: KeyboardEvent) {
    let Some(here) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return;
    };
    let beside = match event.key().as_str() {
        "ArrowLeft" => here.previous_element_sibling(),
        "ArrowRight" => here.next_element_sibling(),
        _ => return,
    };
    if let Some(beside) =
        beside.filter(|element| element.matches("[role=tab]:not([hidden])").unwrap_or(false))
        && let Ok(beside) = beside.dyn_into::<HtmlElement>()
    {
        let _ = beside.focus();
        beside.click();
    }
}
