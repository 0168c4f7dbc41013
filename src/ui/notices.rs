//! What is told to the person: short notices with at most one action, and sentences for screen readers.

use leptos::prelude::*;

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
