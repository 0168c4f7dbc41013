//! What is told to the person: short notices with at most one action, and sentences for screen readers.

use std::sync::Arc;
use std::time::Duration;

use crate::ui::state::State;

use super::element::{El, button, effect, el};
use super::keys::test;
use super::page;
use super::timer::Timer;
use super::widgets::icon_button;
use super::workspace::Workspace;

/// A notice at the edge of the screen.
#[derive(Clone)]
pub struct Notice {
    /// What happened, and what to do.
    pub message: String,
    /// What an import guessed and skipped, in sentences.
    pub details: Vec<String>,
    /// A button, such as Undo. It outlives what showed the notice, such as the card of a problem that is gone.
    pub action: Option<(String, Arc<dyn Fn() + Send + Sync>)>,
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
        Notice { action: Some((label.into(), Arc::new(run))), ..self }
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
    pub shown: State<Option<Notice>>,
    /// Read out by screen readers.
    pub spoken: State<String>,
}

impl Notices {
    /// Nothing to tell.
    pub fn new() -> Notices {
        Notices { shown: State::new(None), spoken: State::new(String::new()) }
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
pub fn notice_area(workspace: Workspace) -> El {
    let notices = workspace.notices;
    let timer = Timer::new();
    effect(move || {
        timer.stop();
        let stays = notices.shown.with(|shown| {
            shown.as_ref().is_none_or(|notice| notice.is_problem || !notice.details.is_empty())
        });
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

/// Makes the notices a part of the dialog that is open: whatever stands outside it can't be pressed, lies in the shade, and is
/// not read out.
pub fn stay_in_front() {
    let Some(area) = page::find_element("#notices") else { return };
    let dialog = page::find_element("dialog[open]");
    if area.closest("dialog").ok().flatten() != dialog
        && let Some(front) = dialog.or_else(|| page::find_element(".app"))
    {
        let _ = front.append_child(&area);
    }
}

fn notice_view(notices: Notices, notice: Notice) -> El {
    let Notice { message, details, action, is_problem } = notice;
    let close = move || notices.shown.set(None);
    let text = el("div").class("notice-text").child(el("p").sentence(&message)).children(folded(&details));
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

/// More sentences behind one line, so that a notice covers little of the plan it is about.
fn folded(details: &[String]) -> Option<El> {
    let summary = ["What was guessed or skipped (", &details.len().to_string(), ")"].concat();
    let list = el("ul").children(details.iter().map(|line| el("li").sentence(line)));
    (!details.is_empty()).then(|| el("details").child(el("summary").text(&summary)).child(list))
}
