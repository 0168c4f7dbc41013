//! Menus of the header: opening plans, and examples. They are popovers, which the browser opens, closes and focuses.

use leptos::prelude::*;
use phaseplan::document::Document;
use wasm_bindgen::JsCast;

use super::examples::EXAMPLES;
use super::keys::test;
use super::notices::Notice;
use super::persist::{self, Recent};
use super::widgets::icon;
use super::workspace::Workspace;
use super::{files, popover};

/// How many recent plans the menu shows.
const SHOWN_RECENT: usize = 30;

/// New plan, open a file, and the plans on this device.
#[component]
pub fn OpenMenu() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let recent = RwSignal::new(Vec::<Recent>::new());
    let new_plan = move |_| {
        popover::hide("open-menu");
        files::open_document(workspace, Document::default());
    };
    let choose_file = move |_| {
        popover::hide("open-menu");
        choose_file();
    };
    view! {
        <button class="button quiet hide-phone" type="button" popovertarget="open-menu" data-test=test::OPEN>"Open"</button>
        <div class="menu open-menu" id="open-menu" popover="auto" on:toggle=move |_| recent.set(persist::recent())>
            <button class="menu-item" type="button" data-test=test::NEW_PLAN on:click=new_plan>
                {icon("plus")}<span class="what">"New plan"</span>
            </button>
            <button class="menu-item" type="button" data-test=test::OPEN_FILE on:click=choose_file>
                {icon("file")}<span class="what"><span>"Open a file…"</span><small>"Plan text, JSON, spec-kit and others"</small></span>
            </button>
            {move || (!recent.with(Vec::is_empty)).then(|| view! { <hr/><p class="menu-head">"On this device"</p> })}
            {move || recent.get().into_iter().take(SHOWN_RECENT).map(|line| recent_item(workspace, recent, line)).collect_view()}
        </div>
    }
    .into_any()
}

fn recent_item(workspace: Workspace, recent: RwSignal<Vec<Recent>>, line: Recent) -> AnyView {
    let Recent { key, name, tasks, .. } = line;
    let is_open = workspace.key.get_untracked() == key;
    let remove_label = format!("Remove {name} from this device");
    let count = format!("{tasks} task{}", if tasks == 1 { "" } else { "s" });
    let open = {
        let key = key.clone();
        move |_| {
            popover::hide("open-menu");
            files::open_stored(workspace, &key);
        }
    };
    let remove = move |_| {
        let Some((line, record)) = persist::remove(&key) else { return };
        recent.set(persist::recent());
        let message = format!("Removed {} from this device.", line.name);
        let put_back = move || persist::put_back(line.clone(), &record);
        workspace.notices.show(Notice::plain(message).with_action("Undo", put_back));
    };
    view! {
        <div class="menu-row">
            <button class="menu-item" type="button" data-test=test::RECENT aria-current=is_open.then_some("true") on:click=open>
                <span class="what"><bdi>{name}</bdi><small>{count}</small></span>
            </button>
            {(!is_open).then(|| view! {
                <button class="button quiet square" type="button" data-test=test::REMOVE_RECENT
                    aria-label=remove_label.clone() title=remove_label on:click=remove>{icon("trash")}</button>
            })}
        </div>
    }
    .into_any()
}

/// Plans to start from.
#[component]
pub fn ExamplesMenu() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let items = EXAMPLES.iter().map(|example| {
        let open = move |_| {
            popover::hide("examples-menu");
            open_example(workspace, example.text);
        };
        view! {
            <button class="menu-item" type="button" data-test=test::EXAMPLE on:click=open>
                <span class="what"><span>{example.title}</span><small>{example.about}</small></span>
            </button>
        }
    });
    view! {
        <button class="button quiet hide-phone" type="button" popovertarget="examples-menu" data-test=test::EXAMPLES>"Examples"</button>
        <div class="menu examples-menu" id="examples-menu" popover="auto">{items.collect_view()}</div>
    }
    .into_any()
}

/// Opens an example as a document of its own.
pub fn open_example(workspace: Workspace, text: &str) {
    files::open_document(workspace, Document::from_text(text.to_owned()));
}

/// Lets the person choose a file; see [`FileInput`].
pub fn choose_file() {
    let input = document().query_selector("#file-input").ok().flatten();
    if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
        input.click();
    }
}

/// The file input behind every button that opens a file, and the whole window as a place to drop files on.
#[component]
pub fn FileInput() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let chosen = move |event: web_sys::Event| {
        let input = event_target::<web_sys::HtmlInputElement>(&event);
        let file = input.files().and_then(|files| files.item(0));
        // Choosing the same file again must be an event too.
        input.set_value("");
        if let Some(file) = file {
            files::open(workspace, file);
        }
    };
    let over = window_event_listener(leptos::ev::dragover, |event| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        if !has_files(&event) {
            return;
        }
        event.prevent_default();
        if let Some(file) =
            event.data_transfer().and_then(|data| data.files()).and_then(|files| files.item(0))
        {
            files::open(workspace, file);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
    });
    view! { <input type="file" id="file-input" hidden data-test=test::FILE_INPUT on:change=chosen/> }
        .into_any()
}

fn has_files(event: &web_sys::DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}
