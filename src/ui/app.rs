//! The whole screen.

use crate::ui::state::State;
use leptos::prelude::*;

use super::canvas::canvas;
use super::editor::editor;
use super::element::{El, button, effect, el};
use super::header::header;
use super::keys::test;
use super::menus::file_input;
use super::notices::notice_area;
use super::panels::documents::documents_dialog;
use super::panels::export::export_dialog;
use super::panels::share::share_dialog;
use super::panels::{changes, problem_count, side_panel, thread_count};
use super::present::presentation;
use super::splitter::{Edge, Widths, splitter};
use super::start::StaticPage;
use super::start_page::start_page;
use super::status_bar::status_bar;
use super::widgets::{Tab, icon, tab, tab_list};
use super::workspace::{Pane, Side, View, Workspace};
use super::{acts, address, link, page, saving, shortcuts};

/// Replaces the static page with the app.
pub fn mount() {
    mount_to_body(|| {
        let page = StaticPage::read();
        let workspace = Workspace::new();
        let address = address::current();
        saving::listen(workspace);
        workspace.watch_worker();
        page.open(workspace, address);
        shortcuts::listen(workspace);
        if let Some(body) = document().body() {
            let _ = body.append_child(&app(workspace).node());
        }
        page.hand_over();
        link::follow_address(workspace);
    });
}

/// Header, three panes and status bar; on a phone, one pane at a time.
fn app(workspace: Workspace) -> El {
    let widths = Widths::stored();
    let (export_is_open, share_is_open) = (State::new(false), State::new(false));
    let pane = move || match workspace.pane.get() {
        Pane::Tasks => "tasks",
        Pane::Phases => "phases",
        Pane::Problems => "problems",
        Pane::Review => "review",
    };
    // On a wide screen, a separate pane of the phone is a tab of the right pane.
    effect(move || match (workspace.pane.get(), workspace.side.get_untracked()) {
        (Pane::Review, _) => workspace.side.set(Side::Review),
        (Pane::Problems, Side::Review) => workspace.side.set(Side::Problems),
        _ => {}
    });
    let panes = el("main")
        .class("panes")
        .child(editor(workspace))
        .child(splitter(Edge::Left, widths))
        .child(middle(workspace))
        .child(splitter(Edge::Right, widths))
        .child(side_panel(workspace));
    acts::listen(workspace, el("div"))
        .class("app")
        .live_attr("data-pane", move || Some(pane().to_owned()))
        .class_when("blank", move || workspace.is_blank.get())
        .class_when("with-task", move || workspace.sheet.get())
        .live_style("--left", move || widths.style(Edge::Left))
        .live_style("--right", move || widths.style(Edge::Right))
        .child(header(workspace, share_is_open, export_is_open))
        .child(link::banner(workspace).child(changes::banner(workspace)).child(saving::banner(workspace)))
        .child(phone_tabs(workspace))
        .child(panes)
        .child(status_bar(workspace))
        .child(phone_bar(workspace))
        .child(export_dialog(workspace, export_is_open))
        .child(share_dialog(workspace, share_is_open))
        .child(documents_dialog(workspace))
        .child(presentation(workspace))
        .child(notice_area(workspace.notices))
        .child(file_input(workspace))
}

fn middle(workspace: Workspace) -> El {
    let chosen = workspace.view;
    let tabs = [
        ("Phases", test::TAB_PHASES, View::Phases),
        ("Timeline", test::TAB_TIMELINE, View::Timeline),
        ("Outline", test::TAB_OUTLINE, View::Outline),
    ];
    let tabs = tabs.map(|(label, test, value)| tab(Tab { label, test, chosen, value }));
    let body = move || match workspace.is_blank.get() {
        true => vec![start_page(workspace)],
        false => {
            let name = move || workspace.document.with(|document| document.name.clone());
            let heading = el("h1").class("spoken").live_text(name);
            vec![el("div").class("schedule").test(test::SCHEDULE).child(heading).child(canvas(workspace))]
        }
    };
    el("section")
        .class("pane pane-middle")
        .attr("aria-label", "Schedule")
        .child(el("div").class("tabs").child(tab_list("Show the schedule as", tabs)))
        .live(body)
}

fn phone_tabs(workspace: Workspace) -> El {
    let chosen = workspace.pane;
    let tabs = [
        ("Tasks", test::PANE_TASKS, Pane::Tasks),
        ("Phases", test::PANE_PHASES, Pane::Phases),
        ("Problems", test::PANE_PROBLEMS, Pane::Problems),
        ("Review", test::PANE_REVIEW, Pane::Review),
    ];
    let [tasks, phases, problems, review] =
        tabs.map(|(label, test, value)| tab(Tab { label, test, chosen, value }));
    let tabs =
        [tasks, phases, problems.child(problem_count(workspace)), review.child(thread_count(workspace))];
    el("nav").class("phone-tabs tabs").child(tab_list("Show", tabs))
}

/// The bar within reach of the thumb: a button to add a task, and the two menus of the header.
fn phone_bar(workspace: Workspace) -> El {
    let add = button("button", move || {
        page::hide("open-menu");
        acts::add_task(workspace);
    });
    let opener = |menu: &str| el("button").class("button").attr("type", "button").attr("popovertarget", menu);
    el("div")
        .class("phone-bar")
        .child(add.test(test::ADD_TASK).child(icon("plus")).text("Add"))
        .child(opener("open-menu").test(test::OPEN).child(icon("open")).text("Open"))
        .child(opener("examples-menu").test(test::EXAMPLES).child(icon("book")).text("Examples"))
}
