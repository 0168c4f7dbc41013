//! The left pane: the plan as text or as a table, and undo.

mod overlay;
mod table;
mod text_box;

use leptos::prelude::*;

use super::keys::test;
use super::widgets::icon::icon_button;
use super::widgets::{Tab, tab};
use super::workspace::{Change, Workspace, Writing};
use table::Table;
use text_box::TextBox;

/// The left pane.
#[component]
pub fn Editor() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let writing = workspace.writing;
    let text_tab = Tab { label: "Text", test: test::TAB_TEXT, chosen: writing, value: Writing::Text };
    let table_tab = Tab { label: "Table", test: test::TAB_TABLE, chosen: writing, value: Writing::Table };
    let none = || ().into_any();
    let is_table = Memo::new(move |_| writing.get() == Writing::Table);
    view! {
        <div class="tabs">
            <div class="tab-list" role="tablist" aria-label="Write the plan as">
                {tab(text_tab, none())}
                {tab(table_tab, none())}
            </div>
            <div class="tabs-end">
                {icon_button("undo", "Undo", test::UNDO, move || workspace.apply(Change::Undo))}
                {icon_button("redo", "Redo", test::REDO, move || workspace.apply(Change::Redo))}
            </div>
        </div>
        <TextBox/>
        {move || is_table.get().then(|| view! { <Table/> })}
    }
    .into_any()
}
