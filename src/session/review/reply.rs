//! Draws the review, prepares replies and saves it as a file.

use super::Review;
use crate::protocol::SavedFile;
use crate::review::receive::contents;
use crate::review::{State, markdown};
use crate::session::Session;
use crate::share;
use crate::view::review::{Reply, ReviewContext};

/// Where the command line looks for the log of the runs of `plan.phaseplan.md`.
const RUN_FILE: &str = "plan.phaseplan.run.jsonl";
/// A review with more comments is only offered as a file.
const MOST_COPIED: usize = 300;

impl Session {
    /// The context for drawing a review.
    pub(in crate::session) fn review_context<'a>(&'a self, state: &'a State) -> ReviewContext<'a> {
        ReviewContext {
            plan: self.document.plan(),
            state,
            name: &self.review.name,
            now: self.ambient.now,
            is_own: !self.is_only_shown(),
        }
    }

    /// The review panel.
    pub(in crate::session) fn draw_review(&self, page: &str, rows: usize) -> Vec<crate::view::Markup> {
        let state = self.state();
        let Review { arrived, other_plans, fault, .. } = &self.review;
        let (reply, ignored) = (self.reply(page), self.ignored());
        let is_short = state.threads.iter().map(|thread| thread.comments.len()).sum::<usize>() <= MOST_COPIED;
        let written = is_short.then(|| markdown(&state, self.document.plan()));
        let panel = crate::view::review::Panel {
            reply: reply.as_ref(),
            arrived: arrived.as_ref(),
            other_plans,
            markdown: written.as_deref(),
            ignored: &ignored,
            fault: fault.as_deref(),
            is_without_id: self.shared.is_some() && self.document.plan().id.is_empty(),
            rows,
        };
        crate::view::review::panel(&self.review_context(&state), &panel)
    }

    /// The reply to send: unsent statements made here, or else all statements of the user.
    pub(super) fn reply(&self, page: &str) -> Option<Reply> {
        let log = &self.review.log;
        let unsent = log.unsent();
        let is_again = unsent.is_empty();
        let events = if is_again { log.said_by(&self.review.name) } else { unsent };
        let clock = events.iter().map(|event| event.statement.clock).max()?;
        let words = contents(events.iter().copied());
        let link = share::reply(log.with_ancestors(&events)).map(|link| link.at(page));
        Some(Reply { words, link: link.map_err(|why| why.to_string()), clock, is_again })
    }

    /// Whether there is a reply to send.
    pub(in crate::session) fn has_reply(&self) -> bool {
        let Review { log, name, .. } = &self.review;
        !log.unsent().is_empty() || !log.said_by(name).is_empty()
    }

    /// The review as a file. Events come with those of the run, which is a file of its own.
    pub(in crate::session) fn review_files(&self, is_markdown: bool) -> Vec<SavedFile> {
        let review = self.review_file(is_markdown);
        let log = self.run.log();
        if is_markdown || log.is_empty() {
            return vec![review];
        }
        let (name, media_type) = (RUN_FILE.to_owned(), review.media_type.clone());
        let run = SavedFile { name, media_type, content: log.to_lines() };
        if review.content.is_empty() { vec![run] } else { vec![run, review] }
    }

    /// The review as a file.
    pub fn review_file(&self, is_markdown: bool) -> SavedFile {
        let plan = self.document.plan();
        let (name, media_type, content) = match is_markdown {
            true => ("review.md", "text/markdown", markdown(&self.state(), plan)),
            false => ("reviews.jsonl", "application/jsonl", self.review.log.log().to_lines()),
        };
        SavedFile { name: name.to_owned(), media_type: media_type.to_owned(), content }
    }
}
