//! The export dialog: formats, a live preview, copy and download.

use crate::ui::state::State;
use phaseplan::protocol::{Answer, Format, Request};
use web_sys::HtmlTextAreaElement;

use super::super::element::{El, button, effect, el};
use super::super::keys::test;
use super::super::widgets::{dialog, icon};
use super::super::workspace::Workspace;
use super::super::{clipboard, files, worker};

/// Longer previews are cut; copy and download always give all of it. In bytes.
const LONGEST_PREVIEW: usize = 200_000;

/// The export dialog.
pub fn export_dialog(workspace: Workspace, is_open: State<bool>) -> El {
    dialog("Export", "dialog", test::EXPORT_DIALOG, is_open, move || export(workspace))
}

fn export(workspace: Workspace) -> El {
    let chosen = State::new(0usize);
    let formats = State::new(Vec::<Format>::new());
    worker::ask(&Request::Formats, move |answer| {
        if let Some(Answer::Formats(known)) = answer {
            formats.set(known);
        }
    });
    let rendered = State::new(String::new());
    effect(move || {
        workspace.planned.track();
        worker::ask(&Request::Export(chosen.get()), move |answer| {
            if let Some(Answer::Exported(text)) = answer {
                rendered.set(text);
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
        .live_value(move || rendered.with(|text| cut(text)));
    let acts = acts(workspace, formats, chosen, rendered, preview.node());
    let right = el("div")
        .class("export-right")
        .child(el("p").class("about").live_text(about))
        .child(preview)
        .child(acts);
    el("div").class("export").child(format_list(formats, chosen)).child(right)
}

fn format_list(formats: State<Vec<Format>>, chosen: State<usize>) -> El {
    let items = move || {
        let items = formats.get().into_iter().enumerate().map(|(at, format)| {
            button("format", move || chosen.set(at))
                .attr("role", "radio")
                .test(test::FORMAT)
                .attr("data-format", &format.id)
                .state("aria-checked", move || chosen.get() == at)
                .text(&format.title)
        });
        items.collect()
    };
    el("div").class("formats").attr("role", "radiogroup").attr("aria-label", "Format").live(items)
}

fn acts(
    workspace: Workspace,
    formats: State<Vec<Format>>,
    chosen: State<usize>,
    rendered: State<String>,
    preview: HtmlTextAreaElement,
) -> El {
    let said = State::new(String::new());
    let say = move |words: &str| {
        said.set(words.to_owned());
        workspace.tell(words);
    };
    effect(move || {
        chosen.track();
        said.set(String::new());
    });
    let copy = move || {
        let preview = preview.clone();
        clipboard::copy(&rendered.get_untracked(), move |went| {
            if went {
                return say("Copied.");
            }
            preview.set_value(&rendered.get_if_there().unwrap_or_default());
            let _ = preview.focus();
            preview.select();
            say("The browser does not let pages copy. Everything is selected: press Ctrl+C.");
        });
    };
    let download = move || {
        let chosen = chosen.get_untracked();
        let Some(format) = formats.with_untracked(|formats| formats.get(chosen).cloned()) else { return };
        let name =
            workspace.document.with_untracked(|document| file_name(&document.title, &format.extension));
        let went = rendered.with_untracked(|text| files::download(&name, &format.media_type, text));
        say(match went {
            true => "Downloaded.",
            false => "The browser did not take the download. Copy the text instead.",
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

/// The title in letters that every file system takes, with the format's ending.
fn file_name(title: &str, extension: &str) -> String {
    let letters = title.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(60).collect::<String>().to_ascii_lowercase();
    let name = name.trim_matches('-');
    [if name.is_empty() { "plan" } else { name }, extension].concat()
}
