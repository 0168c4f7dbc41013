//! What is told to the person: short notices with at most one action, and sentences for screen readers.

use std::time::Duration;

use leptos::prelude::*;

use super::keys::test;
use super::widgets::icon::icon_button;
use super::widgets::sentence;
use super::workspace::Workspace;

/// A notice at the edge of the screen.
#[derive(Clone)]
pub struct Notice {
    /// What happened, and what to do.
    pub message: String,
    /// More sentences, one per line, such as what an import guessed.
    pub details: Vec<String>,
    /// A button, such as Undo.
    pub action: Option<(String, Callback<()>)>,
    /// Whether something went wrong; such a notice stays until it is closed.
    pub is_problem: bool,
}

impl Notice {
    /// A sentence that goes away by itself.
    pub fn plain(message: impl Into<String>) -> Notice {
        Notice { message: message.into(), details: Vec::new(), action: None, is_problem: false }
    }

    /// A sentence that stays until it is closed.
    pub fn problem(message: impl Into<String>) -> Notice {
        Notice { is_problem: true, ..Notice::plain(message) }
    }

    /// With a button.
    pub fn with_action(self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Notice {
        Notice { action: Some((label.into(), Callback::new(move |()| run()))), ..self }
    }

    /// With more sentences.
    pub fn with_details(self, details: Vec<String>) -> Notice {
        Notice { details, ..self }
    }
}

/// The notice on the screen and the sentence in the live region.
#[derive(Clone, Copy)]
pub struct Notices {
    /// Shown at the edge of the screen; a newer one takes its place.
    pub shown: RwSignal<Option<Notice>>,
    /// Read out by screen readers.
    pub spoken: RwSignal<String>,
}

impl Notices {
    /// Nothing to tell.
    pub fn new() -> Notices {
        Notices { shown: RwSignal::new(None), spoken: RwSignal::new(String::new()) }
    }

    /// Shows a notice and reads it out.
    pub fn show(self, notice: Notice) {
        self.tell(notice.message.clone());
        self.shown.set(Some(notice));
    }

    /// Reads a sentence out without showing it.
    pub fn tell(self, message: String) {
        self.spoken.set(message);
    }
}

/// How long a notice stays that tells of nothing wrong.
const STAY: Duration = Duration::from_secs(9);

/// Where notices appear, and the live region.
#[component]
pub fn NoticeArea() -> impl IntoView {
    let notices = expect_context::<Workspace>().notices;
    let timer = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        if let Some(handle) = timer.get_value() {
            handle.clear();
        }
        let stays = notices.shown.with(|shown| {
            shown.as_ref().is_none_or(|notice| notice.is_problem || !notice.details.is_empty())
        });
        if !stays {
            timer.set_value(set_timeout_with_handle(move || notices.shown.set(None), STAY).ok());
        }
    });
    view! {
        {move || notices.shown.get().map(|notice| notice_view(notices, notice))}
        <p class="spoken" role="status" aria-live="polite" data-test=test::SPOKEN>{move || notices.spoken.get()}</p>
    }
    .into_any()
}

fn notice_view(notices: Notices, notice: Notice) -> AnyView {
    let Notice { message, details, action, is_problem } = notice;
    let close = move || notices.shown.set(None);
    let details = details.into_iter().map(|line| view! { <li>{sentence(&line)}</li> }).collect_view();
    let action = action.map(|(label, run)| {
        let press = move |_| {
            close();
            run.run(());
        };
        view! { <button class="button" type="button" data-test=test::NOTICE_ACTION on:click=press>{label}</button> }
    });
    view! {
        <div class="notice" class:problem=is_problem data-test=test::NOTICE>
            <div class="notice-text"><p>{sentence(&message)}</p><ul>{details}</ul></div>
            {action}
            {icon_button("close", "Close", test::NOTICE_CLOSE, close)}
        </div>
    }
    .into_any()
}
