//! Makes events about a plan.

use super::body::{Body, LocalLog, Log};
use super::revision::Revision;
use crate::events::Digest;
use crate::plan::Plan;

impl Log {
    /// Adds a statement about the current revision of a plan, at this time in seconds since 1970. Returns the
    /// id of the event.
    ///
    /// # Errors
    /// A sentence that says why the event is refused.
    pub fn say(&mut self, plan: &Plan, author: &str, time: u64, body: Body) -> Result<Digest, String> {
        let revision = Revision::of(plan, self).id;
        self.say_about(revision, author, time, body)
    }

    /// Like [`Log::say`], about a revision with a known id.
    ///
    /// # Errors
    /// A sentence that says why the event is refused.
    pub fn say_about(
        &mut self,
        revision: Digest,
        author: &str,
        time: u64,
        body: Body,
    ) -> Result<Digest, String> {
        self.record(revision, author, time, body).map_err(sentence)
    }
}

impl LocalLog {
    /// Adds a statement made on this device; see [`Log::say_about`].
    ///
    /// # Errors
    /// A sentence that says why the event is refused.
    pub fn say(&mut self, revision: Digest, author: &str, time: u64, body: Body) -> Result<Digest, String> {
        self.record(revision, author, time, body).map_err(sentence)
    }
}

fn sentence(why: String) -> String {
    format!("This can't be said: the event {why}.")
}
