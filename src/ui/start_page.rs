//! What the middle shows while nothing is written: what to do, and three ways in.

use leptos::prelude::*;

use super::examples::EXAMPLES;
use super::keys::test;
use super::notices::Notice;
use super::widgets::icon;
use super::workspace::Workspace;
use super::{clipboard, incoming, menus, popover, shortcuts};

/// The tags, with what they say.
const GRAMMAR: [(&str, &str); 5] = [
    ("@owns(src/api/**)", "files the task may change"),
    ("@reads(db/schema.sql)", "files it needs in a settled state"),
    ("@after(T1)", "what must be finished before it starts"),
    ("~45m", "how long it takes"),
    ("  indented lines", "what the agent is told"),
];

/// The page of an empty plan.
#[component]
pub fn StartPage() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let example = move || menus::open_example(workspace, EXAMPLES[0].text);
    let grammar = GRAMMAR.map(|(tag, meaning)| view! { <dt>{tag}</dt><dd>{meaning}</dd> }).collect_view();
    view! {
        <div class="start" data-test=test::START>
            <div>
                <h1>"Write one task per line"</h1>
                <p>"Say which files each task owns. phaseplan finds every pair of tasks that would collide, and puts the rest side by side."</p>
                <div class="ways">
                    {way("book", "Try an example", "Eight tasks, and one conflict to repair", test::START_EXAMPLE, example)}
                    {way("paste", "Paste tasks", "A list, spec-kit tasks.md, or JSON", test::START_PASTE, move || paste(workspace))}
                    {way("open", "Open a file", "It stays on this device", test::START_OPEN, menus::choose_file)}
                </div>
                <dl class="grammar">{grammar}</dl>
            </div>
        </div>
    }
    .into_any()
}

fn way(
    symbol: &'static str,
    title: &'static str,
    about: &'static str,
    test: &'static str,
    go: impl Fn() + 'static,
) -> AnyView {
    view! {
        <button class="way" type="button" data-test=test on:click=move |_| go()>
            {icon(symbol)}<span><b>{title}</b><small>{about}</small></span>
        </button>
    }
    .into_any()
}

fn paste(workspace: Workspace) {
    popover::hide("open-menu");
    clipboard::paste(move |text| match text {
        Some(text) if !text.trim().is_empty() => {
            if !incoming::take(workspace, &text) {
                incoming::put(workspace, text);
            }
        }
        Some(_) => {
            workspace.notices.show(Notice::plain("The clipboard holds no text. Copy the tasks first."))
        }
        None => {
            shortcuts::focus_text();
            workspace.notices.show(Notice::plain(
                "The browser does not let pages read the clipboard. Press Ctrl+V in the text box.",
            ));
        }
    });
}
