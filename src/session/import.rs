//! Plans that come from outside.

use super::{Session, shared};
use crate::document::Document;
use crate::import;
use crate::protocol::Found;
use crate::share::{self, Opened};
use crate::text;

impl Session {
    /// Reads a plan in any known format and keeps it until it is opened.
    pub(super) fn import(&mut self, bytes: &[u8], name: Option<&str>) -> Result<Found, String> {
        match if name.is_none() { shared::read(bytes) } else { None } {
            Some(Ok(opened)) => return Ok(self.take(opened)),
            Some(Err(message)) => return Err(message),
            None => {}
        }
        if let Some(found) = review_in(bytes) {
            return Ok(found);
        }
        let imported = import::import(bytes, name).map_err(|error| error.message)?;
        let own = std::str::from_utf8(bytes).ok().filter(|own| text::parse(own).plan == imported.plan);
        let is_plan_text = own.is_some();
        let tasks = imported.plan.tasks.len();
        let document = match own {
            Some(own) => Document::from_text(own.replace("\r\n", "\n").replace('\r', "\n")),
            None => Document::from_plan(imported.plan),
        };
        self.found = Some((document, None));
        let notes = imported.notes.into_iter().map(|note| match note.line {
            Some(line) => format!("Line {line}: {}", note.message),
            None => note.message,
        });
        Ok(Found {
            tasks,
            is_plan_text,
            is_shared: false,
            is_review: false,
            format: imported.format.to_owned(),
            // What is wrong with plan text stands under the problems, line by line.
            notes: if is_plan_text { Vec::new() } else { notes.collect() },
        })
    }

    /// Keeps a plan that came in a link until it is opened.
    fn take(&mut self, opened: Opened) -> Found {
        let tasks = opened.plan.tasks.len();
        let document = Document::from_plan(opened.plan.clone());
        let shared = shared::about(&opened, &document.text);
        self.found = Some((document, Some(shared)));
        let format = "a link".to_owned();
        Found { tasks, is_plan_text: false, is_shared: true, is_review: false, format, notes: Vec::new() }
    }
}

/// Says so if the bytes are no plan but replies to a review, in links or as a file of them.
pub(super) fn review_in(bytes: &[u8]) -> Option<Found> {
    let text = std::str::from_utf8(bytes).ok()?;
    let is_list = text.lines().any(|line| line.starts_with("- "));
    let has_reply = || share::replies(text).iter().any(Result::is_ok);
    let is_review = share::is_file(text) || !is_list && text.contains('#') && has_reply();
    is_review.then(|| Found {
        tasks: 0,
        is_plan_text: false,
        is_shared: false,
        is_review,
        format: "a reply to a review".to_owned(),
        notes: Vec::new(),
    })
}
