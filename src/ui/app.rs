//! The whole screen.

use leptos::prelude::*;

use super::canvas::Canvas;
use super::editor::Editor;
use super::header::Header;
use super::keys::test;
use super::menus::FileInput;
use super::notices::NoticeArea;
use super::panels::{SidePanel, problem_count};
use super::splitter::{Edge, Splitter, as_style, stored_widths};
use super::start::StaticPage;
use super::start_page::StartPage;
use super::status_bar::StatusBar;
use super::widgets::{Tab, icon, tab};
use super::workspace::{Pane, View, Workspace};
use super::{popover, shortcuts, tasks};

/// Draws the app in place of the static page.
pub fn mount() {
    let page = StaticPage::read();
    let handed = StoredValue::new_local(Some(page));
    leptos::mount::mount_to_body(move || {
        let workspace = Workspace::new();
        provide_context(workspace);
        handed.with_value(|page| page.iter().for_each(|page| page.open(workspace)));
        shortcuts::listen(workspace);
        view! { <App/> }
    });
    // After the first effects, which put the text into the box.
    request_animation_frame(move || {
        if let Some(page) = handed.try_update_value(Option::take).flatten() {
            page.hand_over();
        }
    });
}

/// Header, three panes and status bar; on a phone, one pane at a time.
#[component]
fn App() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let (left, right) = stored_widths();
    let (left, right) = (RwSignal::new(left), RwSignal::new(right));
    let pane = move || match workspace.pane.get() {
        Pane::Tasks => "tasks",
        Pane::Phases => "phases",
        Pane::Problems => "problems",
    };
    view! {
        <div class="app" data-pane=pane class:blank=move || workspace.is_blank.get() class:sheet=move || workspace.sheet.get()
            style=("--left", move || as_style(left.get())) style=("--right", move || as_style(right.get()))>
            <Header/>
            <PhoneTabs/>
            <main class="panes">
                <section class="pane pane-left" aria-label="Tasks"><Editor/></section>
                <Splitter edge=Edge::Left width=left widths=(left, right)/>
                <section class="pane pane-middle" aria-label="Schedule"><Middle/></section>
                <Splitter edge=Edge::Right width=right widths=(left, right)/>
                <section class="pane pane-right" aria-label="Details"><SidePanel/></section>
            </main>
            <StatusBar/>
            <PhoneBar/>
            <NoticeArea/>
            <FileInput/>
        </div>
    }
    .into_any()
}

#[component]
fn Middle() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let chosen = workspace.view;
    let tabs = [
        ("Phases", test::TAB_PHASES, View::Phases),
        ("Timeline", test::TAB_TIMELINE, View::Timeline),
        ("Outline", test::TAB_OUTLINE, View::Outline),
    ]
    .map(|(label, test, value)| tab(Tab { label, test, chosen, value }, ().into_any()));
    view! {
        <div class="tabs"><div class="tab-list" role="tablist" aria-label="Show the schedule as">{tabs.collect_view()}</div></div>
        {move || if workspace.is_blank.get() {
            view! { <StartPage/> }.into_any()
        } else {
            view! { <div class="schedule" data-test=test::SCHEDULE><Canvas/></div> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn PhoneTabs() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let chosen = workspace.pane;
    let none = || ().into_any();
    view! {
        <nav class="phone-tabs tabs" role="tablist" aria-label="Show">
            {tab(Tab { label: "Tasks", test: test::PANE_TASKS, chosen, value: Pane::Tasks }, none())}
            {tab(Tab { label: "Phases", test: test::PANE_PHASES, chosen, value: Pane::Phases }, none())}
            {tab(Tab { label: "Problems", test: test::PANE_PROBLEMS, chosen, value: Pane::Problems }, problem_count(workspace))}
        </nav>
    }
    .into_any()
}

/// What a thumb reaches: add a task, and the two menus of the header.
#[component]
fn PhoneBar() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let add = move |_| {
        popover::hide("open-menu");
        tasks::add(workspace);
    };
    view! {
        <div class="phone-bar">
            <button class="button" type="button" data-test=test::ADD_TASK on:click=add>{icon("plus")}"Add"</button>
            <button class="button" type="button" popovertarget="open-menu" data-test=test::OPEN>{icon("open")}"Open"</button>
            <button class="button" type="button" popovertarget="examples-menu" data-test=test::EXAMPLES>{icon("book")}"Examples"</button>
        </div>
    }
    .into_any()
}
