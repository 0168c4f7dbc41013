//! The header: the open plan, whether it is saved, and the commands for the whole plan.

use crate::ui::state::State;
use leptos::prelude::*;
use phaseplan::protocol::Change;
use web_sys::Event;

use super::element::{El, button, el, on};
use super::keys::test;
use super::theme::Theme;
use super::widgets::icon;
use super::workspace::{SaveStatus, Workspace};
use super::{files, menus, saving};

/// The header.
pub fn header(workspace: Workspace, share_is_open: State<bool>, export_is_open: State<bool>) -> El {
    let export = button("button primary", move || export_is_open.set(true)).test(test::EXPORT).text("Export");
    el("header")
        .class("top")
        .child(el("span").class("mark").child(icon("mark")))
        .child(title(workspace))
        .child(saved_line(workspace))
        .child(el("span").class("spring"))
        .child(theme_button())
        .children(menus::open_menu(workspace))
        .children(menus::examples_menu(workspace))
        .child(button("button", move || share_is_open.set(true)).test(test::SHARE).text("Share"))
        .child(export)
}

fn title(workspace: Workspace) -> El {
    let title = move || workspace.document.with(|document| document.title.clone());
    let rename = move |event: Event| {
        let written = event_target_value(&event).split_whitespace().collect::<Vec<_>>().join(" ");
        if workspace.document.with_untracked(|document| document.title != written) {
            workspace.apply(Change::Title(written));
        }
    };
    el("input")
        .class("plan-title")
        .test(test::TITLE)
        .attr("placeholder", "Untitled plan")
        .attr("aria-label", "Plan title")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("maxlength", "200")
        .live_value(title)
        .on("change", rename)
}

/// Shows whether the document is saved, and offers a way out if saving failed.
fn saved_line(workspace: Workspace) -> El {
    let saved = workspace.saved;
    let words = move || match saved.get() {
        SaveStatus::Nothing => String::new(),
        SaveStatus::Pending => "Saving…".to_owned(),
        SaveStatus::At(time) => ["Saved on this device ", &time].concat(),
        SaveStatus::Failed(why) => ["Not saved: ", &why, ". In this tab only."].concat(),
        SaveStatus::Elsewhere => "Changed in another tab".to_owned(),
    };
    let has_failed =
        move || saved.with(|saved| matches!(saved, SaveStatus::Failed(_) | SaveStatus::Elsewhere));
    let download = move || files::download_text(workspace);
    for event in ["pagehide", "visibilitychange"] {
        on(&window(), event, move |_: Event| saving::leave(workspace));
    }
    el("p")
        .class("saved")
        .test(test::SAVED)
        .class_when("failed", has_failed)
        .child(el("span").live_text(words))
        .child(button("", download).text("Download").attr_when("hidden", move || !has_failed()))
}

fn theme_button() -> El {
    let theme = State::new(Theme::stored());
    let turn = move || {
        let next = theme.get_untracked().next();
        next.choose();
        theme.set(next);
    };
    let button = button("button quiet square hide-phone", turn).test(test::THEME);
    button
        .live_attr("title", move || Some(theme.get().label().to_owned()))
        .live(move || vec![icon(theme.get().name())])
}
