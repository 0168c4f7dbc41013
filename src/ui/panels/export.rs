//! The export dialog: formats, a live preview, copy and download.

use crate::ui::state::State;
use leptos::prelude::event_target_value;
use phaseplan::export::file_name;
use phaseplan::protocol::{Answer, DocumentRequest, Exported, Format, ViewRequest};
use web_sys::{Event, HtmlTextAreaElement};

use super::super::drawn::keep_drawn;
use super::super::element::{El, button, effect, el};
use super::super::keys::test;
use super::super::widgets::{dialog, icon};
use super::super::workspace::Workspace;
use super::super::{clipboard, files, page, worker};

/// The longest preview, in bytes; copy and download always include everything.
const LONGEST_PREVIEW: usize = 200_000;

/// The export dialog.
pub fn export_dialog(workspace: Workspace, is_open: State<bool>) -> El {
    dialog("Export", "dialog", test::EXPORT_DIALOG, is_open, move || export(workspace, is_open))
}

fn export(workspace: Workspace, is_open: State<bool>) -> El {
    let chosen = State::new(0usize);
    let part = State::new(String::new());
    let formats = State::new(Vec::<Format>::new());
    worker::ask(DocumentRequest::Formats, move |answer| {
        if let Some(Answer::Formats(known)) = answer {
            formats.set(known);
        }
    });
    let exported = State::new(Exported { text: String::new(), archive: None });
    effect(move || {
        workspace.planned.track();
        if workspace.is_starting.get() {
            return;
        }
        worker::ask(DocumentRequest::Export { format: chosen.get(), part: part.get() }, move |answer| {
            if let Some(Answer::Exported(answer)) = answer {
                exported.set(answer);
            }
        });
    });
    let about = move || {
        formats.with(|formats| {
            formats.get(chosen.get()).map(|format| format.description.clone()).unwrap_or_default()
        })
    };
    let preview = el("textarea")
        .class("field mono preview")
        .attr("readonly", "")
        .attr("aria-label", "Preview")
        .attr("spellcheck", "false")
        .test(test::PREVIEW)
        .live_value(move || exported.with(|exported| cut(&exported.text)));
    // Only a repair leaves the dialog open: everything else is shown behind it.
    let cautions = el("div").class("cautions").on("click", move |event: Event| {
        if page::closest(&event, "[data-act]:not([data-act=fix])").is_some() {
            is_open.set(false);
        }
    });
    let cautions = cautions.on("change", move |event: Event| part.set(event_target_value(&event)));
    let wanted = move || {
        workspace.planned.track();
        if workspace.is_starting.get() {
            return None;
        }
        Some(ViewRequest::Export { format: chosen.get(), part: part.get() })
    };
    keep_drawn(workspace, vec![cautions.node()], wanted, |_| ());
    let acts = acts(workspace, formats, chosen, exported, preview.node());
    let right = el("div")
        .class("export-right")
        .child(el("p").class("about").live_text(about))
        .child(cautions)
        .child(preview)
        .child(acts);
    el("div").class("export").child(format_list(formats, chosen)).child(right)
}

fn format_list(formats: State<Vec<Format>>, chosen: State<usize>) -> El {
    let items = move || {
        let mut items = Vec::new();
        let mut group = String::new();
        for (at, format) in formats.get().into_iter().enumerate() {
            if group != format.group {
                let heading = el("span").class("format-group").attr("role", "presentation");
                items.push(heading.text(&format.group));
                group = format.group;
            }
            items.push(
                button("format", move || chosen.set(at))
                    .attr("role", "radio")
                    .test(test::FORMAT)
                    .attr("data-format", &format.id)
                    .state("aria-checked", move || chosen.get() == at)
                    .text(&format.title),
            );
        }
        items
    };
    el("div").class("formats").attr("role", "radiogroup").attr("aria-label", "Format").live(items)
}

fn acts(
    workspace: Workspace,
    formats: State<Vec<Format>>,
    chosen: State<usize>,
    exported: State<Exported>,
    preview: HtmlTextAreaElement,
) -> El {
    let said = State::new(String::new());
    let say = move |words: &str| {
        said.set(words.to_owned());
        workspace.announce(words);
    };
    effect(move || {
        chosen.track();
        said.set(String::new());
    });
    let copy = move || {
        let preview = preview.clone();
        clipboard::copy(&exported.with_untracked(|exported| exported.text.clone()), move |went| {
            if went {
                return say("Copied.");
            }
            preview.set_value(&exported.get_if_there().map(|exported| exported.text).unwrap_or_default());
            let _ = preview.focus();
            preview.select();
            say("This browser doesn't let pages copy. Everything is selected: press Ctrl+C.");
        });
    };
    let download = move || {
        let chosen = chosen.get_untracked();
        let Some(format) = formats.with_untracked(|formats| formats.get(chosen).cloned()) else { return };
        let named = |end: &str| workspace.document.with_untracked(|document| file_name(&document.title, end));
        let went = exported.with_untracked(|exported| match &exported.archive {
            Some(archive) => files::download_bytes(&named(".zip"), "application/zip", archive),
            None => files::download(&named(&format.extension), &format.media_type, &exported.text),
        });
        say(match went {
            true => "Downloaded.",
            false => "The browser refused the download. Copy the text instead.",
        });
    };
    el("div")
        .class("export-acts")
        .child(el("span").class("said").attr("aria-hidden", "true").live_text(move || said.get()))
        .child(button("button", download).test(test::DOWNLOAD).child(icon("download")).text("Download"))
        .child(button("button primary", copy).test(test::COPY).child(icon("copy")).text("Copy"))
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
