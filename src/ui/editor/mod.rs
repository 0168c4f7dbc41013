//! The left pane: the plan as text or as a table, and undo.

mod overlay;
mod table;
mod text_box;
mod underlined;

use phaseplan::protocol::Change;

use super::element::{El, el};
use super::keys::test;
use super::widgets::{Tab, icon_button, tab, tab_list};
use super::workspace::{Workspace, Writing};

/// The left pane.
pub fn editor(workspace: Workspace) -> El {
    let chosen = workspace.writing;
    let tabs = [("Text", test::TAB_TEXT, Writing::Text), ("Table", test::TAB_TABLE, Writing::Table)];
    let tabs = tabs.map(|(label, test, value)| tab(Tab { label, test, chosen, value }));
    let undo = icon_button("undo", "Undo", move || workspace.apply(Change::Undo)).test(test::UNDO);
    let redo = icon_button("redo", "Redo", move || workspace.apply(Change::Redo)).test(test::REDO);
    let bar = el("div")
        .class("tabs")
        .child(tab_list("Write the plan as", tabs))
        .child(el("div").class("tabs-end").child(undo).child(redo));
    el("section")
        .class("pane pane-left")
        .attr("aria-label", "Tasks")
        .child(bar)
        .children(text_box::text_box(workspace))
        .live_option(move || (chosen.get() == Writing::Table).then(|| table::table(workspace)))
}
