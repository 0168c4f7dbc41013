//! Recovers when the worker crashes, does not answer, or is from another build than the page.

use std::time::Duration;

use phaseplan::protocol::{Change, Content, DocumentRequest, Request};

use super::element::effect;
use super::keys::storage as key;
use super::notices::Notice;
use super::timer::Timer;
use super::workspace::{SaveStatus, Workspace};
use super::{journal, page, planner, saving, storage, worker};

/// The message when the worker does not answer for a long time.
const SILENT: &str = "Planning takes longer than usual. You can keep writing, or stop and restart it.";
/// The message when the worker is from another build.
const UPDATED: &str = "phaseplan has been updated since you opened this page, so it can't plan here any \
    more. Your text is safe; reload the page to continue.";
/// The message when planning crashes again.
const BROKE_TWICE: &str = "Planning this text stopped the program twice, so it waits until you ask for it. \
    Your text is safe, and you can keep writing.";
/// The message when planning can't even begin.
const NOT_LOADED: &str = "The planning part of the program could not be loaded. Your text is safe, and you can \
    keep writing. Check the connection, then try again.";

impl Workspace {
    /// Watches the worker. When it crashes, a new one gets the document, and the last drawing stays on the
    /// screen. If it crashes again before anything is planned, planning waits until the user requests it.
    pub fn watch_worker(self) {
        effect(move || {
            self.planned.track();
            self.losses.put(0);
        });
        let on_silence = move || {
            let stop = Notice::problem(SILENT).with_action("Stop it", worker::break_down);
            self.notices.show(stop);
        };
        // Not the planner's timer, which is stopped by requests that get no answer.
        let afterwards = Timer::new();
        let on_loss = move |was_loaded: bool| {
            self.losses.update_silently(|losses| *losses += 1);
            match self.losses.get_untracked() {
                0 | 1 => {
                    self.restore();
                    // After the callbacks of requests to the old worker.
                    afterwards.start(Duration::ZERO, move || planner::plan_soon(self));
                }
                losses => {
                    self.is_safe.set(true);
                    self.planning.set(false);
                    // After the third crash, the text itself is the cause; the journal has it.
                    if losses == 2 {
                        self.restore();
                    }
                    let again = move || {
                        self.is_safe.set(false);
                        self.losses.put(0);
                        self.restore();
                        planner::plan_soon(self);
                    };
                    let (words, button) =
                        if was_loaded { (BROKE_TWICE, "Plan again") } else { (NOT_LOADED, "Try again") };
                    let notice = Notice::problem(words).with_action(button, again);
                    // After the notices of requests to the old worker.
                    afterwards.start(Duration::ZERO, move || self.notices.show(notice));
                }
            }
        };
        worker::watch(on_loss, on_silence, move || self.meet_other_build());
    }

    /// The site was updated. A page that is still unused may be an old copy from the browser's cache, and is
    /// reloaded once; otherwise the user decides when to reload.
    fn meet_other_build(self) {
        let is_untouched = self.saved.get_untracked() == SaveStatus::Nothing;
        if is_untouched && storage::get(key::RELOADED).is_none() && storage::set(key::RELOADED, "1").is_ok() {
            return page::reload();
        }
        journal::note_change(self);
        self.planning.set(false);
        let reload = move || {
            saving::leave(self);
            page::reload();
        };
        self.notices.show(Notice::problem(UPDATED).with_action("Reload", reload));
    }

    /// Passes the document to a new worker after a crash: its stored state, with the current text. A document
    /// that is only shown remains so.
    fn restore(self) {
        let text = self.text.with_untracked(ToString::to_string);
        let key = self.key.get_untracked();
        let revision = self.revision.get_untracked();
        let is_read_only = self.document.with_untracked(|document| document.is_read_only);
        let opening = self.opening.get_untracked();
        let open = |content| DocumentRequest::Open { opening, content }.into();
        let (request, is_own) = match self.shared.get_untracked() {
            Some(about) => (open(Content::Shown { text: text.clone(), about }), false),
            None if is_read_only => (Request::OpenStored { opening, key, revision: None }, false),
            None if key.is_empty() => (open(Content::Text(text.clone())), true),
            None => (Request::OpenStored { opening, key, revision: Some(revision) }, true),
        };
        worker::ask(request, |_| ());
        if is_own {
            worker::ask(DocumentRequest::Change(Change::Type { text, joins: false }), |_| ());
        }
        self.changed_by.put(worker::last_number());
    }
}
