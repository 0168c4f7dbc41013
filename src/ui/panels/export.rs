//! The export dialog: formats, a live preview, copy and download.

use leptos::html::{Dialog, Textarea};
use leptos::prelude::*;
use phaseplan::export::{EXPORTERS, Exporter};

use super::super::keys::test;
use super::super::widgets::icon;
use super::super::widgets::icon::icon_button;
use super::super::workspace::Workspace;
use super::super::{clipboard, files};

/// Longer previews are cut; copy and download always give all of it. In bytes.
const LONGEST_PREVIEW: usize = 200_000;

/// The export dialog.
#[component]
pub fn ExportDialog(is_open: RwSignal<bool>) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if is_open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !is_open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="export-title" data-test=test::EXPORT_DIALOG on:close=move |_| is_open.set(false)>
            {move || is_open.get().then(|| view! { <Export is_open/> })}
        </dialog>
    }
    .into_any()
}

#[component]
fn Export(is_open: RwSignal<bool>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let chosen = RwSignal::new(0usize);
    let rendered = Memo::new(move |_| {
        let exporter = EXPORTERS.get(chosen.get());
        exporter.map_or(String::new(), |exporter| workspace.report.with(|report| exporter.render(report)))
    });
    let preview = NodeRef::<Textarea>::new();
    let about = move || EXPORTERS.get(chosen.get()).map(|exporter| exporter.description());
    view! {
        <div class="dialog-head">
            <h2 id="export-title">"Export"</h2>
            {icon_button("close", "Close", test::CLOSE_DIALOG, move || is_open.set(false))}
        </div>
        <div class="export">
            <div class="formats" role="radiogroup" aria-label="Format">{formats(chosen)}</div>
            <div class="export-right">
                <p class="about">{about}</p>
                <textarea class="field mono preview" readonly aria-label="Preview" spellcheck="false" data-test=test::PREVIEW
                    node_ref=preview prop:value=move || rendered.with(|text| cut(text))></textarea>
                <ExportActs chosen rendered preview/>
            </div>
        </div>
    }
    .into_any()
}

fn formats(chosen: RwSignal<usize>) -> AnyView {
    let items = EXPORTERS.iter().enumerate().map(|(at, exporter)| {
        let is_chosen = Memo::new(move |_| chosen.get() == at);
        view! {
            <button class="format" type="button" role="radio" data-test=test::FORMAT data-format=exporter.id()
                aria-checked=move || is_chosen.get().to_string() on:click=move |_| chosen.set(at)>
                {exporter.title()}
            </button>
        }
    });
    items.collect_view().into_any()
}

#[component]
fn ExportActs(chosen: RwSignal<usize>, rendered: Memo<String>, preview: NodeRef<Textarea>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let said = RwSignal::new("");
    let say = move |words: &'static str| {
        said.set(words);
        workspace.tell(words);
    };
    Effect::new(move |_| {
        chosen.track();
        said.set("");
    });
    let copy = move |_| {
        rendered.with_untracked(|text| {
            clipboard::copy(text, move |went| {
                if went {
                    say("Copied.");
                } else if let Some(preview) = preview.get_untracked() {
                    preview.set_value(&rendered.get_untracked());
                    let _ = preview.focus();
                    preview.select();
                    say("The browser does not let pages copy. Everything is selected: press Ctrl+C.");
                }
            });
        });
    };
    let download = move |_| {
        let Some(exporter) = EXPORTERS.get(chosen.get_untracked()) else { return };
        let name = file_name(&workspace.document_untracked().plan().title, *exporter);
        let went = rendered.with_untracked(|text| files::download(&name, exporter.media_type(), text));
        say(if went {
            "Downloaded."
        } else {
            "The browser did not take the download. Copy the text instead."
        });
    };
    view! {
        <div class="export-acts">
            <span class="said" aria-hidden="true">{move || said.get()}</span>
            <button class="button" type="button" data-test=test::DOWNLOAD on:click=download>{icon("download")}"Download"</button>
            <button class="button primary" type="button" data-test=test::COPY on:click=copy>{icon("copy")}"Copy"</button>
        </div>
    }
    .into_any()
}

/// The start of the text, at most [`LONGEST_PREVIEW`] bytes.
fn cut(text: &str) -> String {
    let mut end = text.len().min(LONGEST_PREVIEW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let rest = if end < text.len() { "\n… and more: copy or download to get all of it." } else { "" };
    [&text[..end], rest].concat()
}

/// The title in letters that every file system takes, with the format's ending.
fn file_name(title: &str, exporter: &dyn Exporter) -> String {
    let letters = title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(60).collect::<String>().to_lowercase();
    let name = name.trim_matches('-');
    [if name.is_empty() { "plan" } else { name }, exporter.extension()].concat()
}
