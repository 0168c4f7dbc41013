//! Short notices with at most one action, and announcements for screen readers.

use std::sync::Arc;
use std::time::Duration;

use crate::ui::state::State;

use super::element::{El, button, effect, el};
use super::keys::test;
use super::page::stay_in_front;
use super::timer::Timer;
use super::widgets::icon_button;

/// A notice at the edge of the screen.
#[derive(Clone)]
pub struct Notice {
    /// What happened, and what to do.
    pub message: String,
    /// A button, such as Undo. It outlives the element that showed the notice, such as the card of a solved
    /// problem.
    pub action: Option<(String, Arc<dyn Fn() + Send + Sync>)>,
    /// The step that the button undoes, if it undoes one.
    pub step: Option<u32>,
    /// Whether something went wrong. If so, the notice stays until it is closed.
    pub is_problem: bool,
}

impl Notice {
    /// A notice that disappears automatically.
    pub fn plain(message: impl Into<String>) -> Notice {
        Notice { message: message.into(), action: None, step: None, is_problem: false }
    }

    /// A notice that stays until it is closed.
    pub fn problem(message: impl Into<String>) -> Notice {
        Notice { is_problem: true, ..Notice::plain(message) }
    }

    /// Adds a button.
    pub fn with_action(self, label: impl Into<String>, run: impl Fn() + Send + Sync + 'static) -> Notice {
        Notice { action: Some((label.into(), Arc::new(run))), ..self }
    }
}

/// The visible notice and the sentence in the live region.
#[derive(Clone, Copy)]
pub struct Notices {
    /// The visible notice; a newer one replaces it.
    pub shown: State<Option<Notice>>,
    /// The sentence for screen readers.
    pub spoken: State<String>,
}

impl Notices {
    /// No notice.
    pub fn new() -> Notices {
        Notices { shown: State::new(None), spoken: State::new(String::new()) }
    }

    /// Shows and announces a notice.
    pub fn show(self, notice: Notice) {
        self.announce(notice.message.clone());
        self.shown.set(Some(notice));
    }

    /// Announces a sentence to screen readers without showing it. Paths are no longer marked in it.
    pub fn announce(self, message: String) {
        self.spoken.set(message.replace('`', ""));
    }

    /// Takes away the offer to undo a step that is not the last one.
    pub fn keep_step(self, last: u32) {
        let is_over = |notice: &Notice| notice.step.is_some_and(|step| step != last);
        if self.shown.with_untracked(|shown| shown.as_ref().is_some_and(is_over)) {
            self.shown.set(None);
        }
    }
}

/// The time before a notice disappears, if nothing went wrong.
const STAY: Duration = Duration::from_secs(9);

/// The area for notices, and the live region.
pub fn notice_area(notices: Notices) -> El {
    let timer = Timer::new();
    effect(move || {
        timer.stop();
        let stays = notices.shown.with(|shown| shown.as_ref().is_none_or(|notice| notice.is_problem));
        if !stays {
            timer.start(STAY, move || notices.shown.set(None));
        }
    });
    let area = el("div")
        .attr("id", "notices")
        .live_option(move || notices.shown.get().map(|notice| notice_view(notices, notice)));
    let spoken = el("p")
        .class("spoken")
        .attr("role", "status")
        .attr("aria-live", "polite")
        .test(test::SPOKEN)
        .live_text(move || notices.spoken.get());
    effect(move || {
        notices.spoken.track();
        stay_in_front();
    });
    area.child(spoken)
}

fn notice_view(notices: Notices, notice: Notice) -> El {
    let Notice { message, action, is_problem, .. } = notice;
    let close = move || notices.shown.set(None);
    let text = el("div").class("notice-text").child(el("p").sentence(&message));
    let action = action.map(|(label, run)| {
        let press = move || {
            close();
            run();
        };
        button("button", press).test(test::NOTICE_ACTION).text(&label)
    });
    el("div")
        .class(if is_problem { "notice problem" } else { "notice" })
        .test(test::NOTICE)
        .child(text)
        .children(action)
        .child(icon_button("close", "Close", close).test(test::NOTICE_CLOSE))
}
