//! The header: what is open, whether it is saved, and the few commands for the whole plan.

use leptos::prelude::*;
use phaseplan::plan::Edit;

use super::keys::test;
use super::menus::{ExamplesMenu, OpenMenu};
use super::panels::export::ExportDialog;
use super::persist::Saved;
use super::theme::Theme;
use super::widgets::icon;
use super::workspace::Workspace;
use super::{files, persist};

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let export_is_open = RwSignal::new(false);
    view! {
        <header class="top">
            <span class="mark">{icon("mark")}</span>
            <Title/>
            <SavedLine/>
            <span class="spring"></span>
            <ThemeButton/>
            <OpenMenu/>
            <ExamplesMenu/>
            <button class="button primary" type="button" data-test=test::EXPORT on:click=move |_| export_is_open.set(true)>
                "Export"
            </button>
        </header>
        <ExportDialog is_open=export_is_open/>
    }
    .into_any()
}

#[component]
fn Title() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let title = Memo::new(move |_| workspace.with_plan(|plan| plan.title.clone()));
    let rename = move |event: web_sys::Event| {
        let written = event_target_value(&event);
        let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
        if written != title.get_untracked() {
            workspace.edit(Edit::SetTitle(written), "rename the plan");
        }
    };
    view! {
        <input class="plan-title" placeholder="Untitled plan" aria-label="Plan title" autocomplete="off" spellcheck="false"
            maxlength="200" data-test=test::TITLE prop:value=move || title.get() on:change=rename/>
    }
    .into_any()
}

/// Says the truth about saving, and offers a way out when it failed.
#[component]
fn SavedLine() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let saved = workspace.saved;
    let words = move || match saved.get() {
        Saved::Nothing => String::new(),
        Saved::Pending => "Saving…".to_owned(),
        Saved::At(time) => ["Saved on this device ", &time].concat(),
        Saved::Failed(why) => ["Not saved: ", why, ". Kept in this tab only."].concat(),
    };
    let has_failed = Memo::new(move |_| matches!(saved.get(), Saved::Failed(_)));
    let download = move |_| {
        let document = workspace.document_untracked();
        files::download("plan.phaseplan.md", "text/markdown", &document.text);
    };
    Effect::new(move |_| {
        let before_leaving = move |_: web_sys::Event| persist::save_now(workspace);
        for name in ["pagehide", "visibilitychange"] {
            let handle = window_event_listener_untyped(name, before_leaving);
            on_cleanup(move || handle.remove());
        }
    });
    view! {
        <p class="saved hide-narrow" class:failed=move || has_failed.get() data-test=test::SAVED>
            <span>{words}</span>
            {move || has_failed.get().then(|| view! { <button type="button" on:click=download>"Download"</button> })}
        </p>
    }
    .into_any()
}

#[component]
fn ThemeButton() -> impl IntoView {
    let theme = RwSignal::new(Theme::stored());
    let turn = move |_| {
        let next = theme.get_untracked().next();
        next.choose();
        theme.set(next);
    };
    view! {
        <button class="button quiet square hide-phone" type="button" data-test=test::THEME on:click=turn
            aria-label=move || theme.get().label() title=move || theme.get().label()>
            {move || icon(theme.get().name())}
        </button>
    }
    .into_any()
}
