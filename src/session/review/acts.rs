//! The actions of the forms and buttons in a review; see [`crate::view::review`].

use std::collections::BTreeMap;

use crate::events::{Digest, MAX_NAME, Subject, names};
use crate::plan::{Edit, Plan};
use crate::protocol::{DocumentState, Form};
use crate::review::{Anchor, Body, Event, Field};
use crate::session::Session;
use crate::share::{self, Brought};
use crate::view::ReviewAct;
use crate::view::review::Arrived;

/// Longer fields, in bytes, are not quoted in full, to keep reply links short.
const LONGEST_QUOTE: usize = 400;
/// The author of a sent plan who has not given a name.
const NAMELESS: &str = "Author";
const GONE: &str = "This comment is about something that is gone.";

impl Session {
    /// Performs the action of a form.
    pub(in crate::session) fn review(&mut self, form: &Form) -> Result<Box<DocumentState>, String> {
        if !form.name.trim().is_empty() {
            self.call(&form.name)?;
        }
        let step = self.step;
        let done = match form.act {
            ReviewAct::Name if form.name.trim().is_empty() => return Err("Write a name.".to_owned()),
            ReviewAct::Name => format!("You write as {}.", self.review.name),
            ReviewAct::Publish => self.publish()?,
            ReviewAct::Receive => self.receive(share::events_in(&form.text)),
            ReviewAct::ReceiveFound => {
                let brought = self.take_reply();
                self.receive(brought.ok_or("There is no reply to add any more. Open it again.")?)
            }
            ReviewAct::MarkSent => {
                self.review.log.mark_sent(form.about.parse().unwrap_or(0));
                "Copied. Send the link to whoever should read it.".to_owned()
            }
            ReviewAct::Ignore => self.switch_ignored(Subject::Event(about(form)?)),
            ReviewAct::IgnoreAuthor => {
                let event = self.review.log.log().event(about(form)?).ok_or(GONE)?;
                self.switch_ignored(Subject::Author(event.statement.author.clone()))
            }
            ReviewAct::Accept => self.accept(form)?,
            ReviewAct::Comment => {
                let body = Body::Comment { on: self.place(form)?, text: written(form)? };
                self.say_so(body, "Comment added.")?
            }
            ReviewAct::Suggest => {
                let on = self.place(form)?;
                let body = Body::Suggest { on, value: self.suggested(form)?, text: remark(form) };
                self.say_so(body, "Suggestion added.")?
            }
            ReviewAct::Reply => {
                self.say_so(Body::Reply { thread: about(form)?, text: written(form)? }, "Answer added.")?
            }
            ReviewAct::Rewrite => {
                self.say_so(Body::Rewrite { comment: about(form)?, text: written(form)? }, "Done.")?
            }
            ReviewAct::Withdraw => self.say_so(Body::Withdraw { comment: about(form)? }, "Withdrawn.")?,
            ReviewAct::Resolve => self.say_so(Body::Resolve { thread: about(form)? }, "Resolved.")?,
            ReviewAct::Reopen => self.say_so(Body::Reopen { thread: about(form)? }, "Opened again.")?,
            ReviewAct::Decline => self.say_so(Body::Decline { suggestion: about(form)? }, "Done.")?,
            ReviewAct::Approve => self.say_so(Body::Approve { text: remark(form) }, "Approved.")?,
            ReviewAct::RequestChanges => {
                self.say_so(Body::RequestChanges { text: remark(form) }, "Changes requested.")?
            }
        };
        self.count_threads();
        let is_same_plan = form.act != ReviewAct::Accept && self.step == step;
        Ok(Box::new(DocumentState { done, is_same_plan, ..self.changed(!is_same_plan) }))
    }

    /// Sets the name of the user.
    fn call(&mut self, name: &str) -> Result<(), String> {
        let name = names::normal(&name.split_whitespace().collect::<Vec<_>>().join(" "));
        if names::hidden(&name) || name.chars().count() > MAX_NAME {
            return Err("A name has at most 80 visible characters. Write another one.".to_owned());
        }
        if name != self.review.name {
            (self.review.name, self.review.is_name_new) = (name, true);
        }
        Ok(())
    }

    /// The place that a form refers to. Short fields are quoted, so later readers see the original value.
    fn place(&self, form: &Form) -> Result<Anchor, String> {
        let plan = self.document.plan();
        let field = Field::from_name(&form.field);
        let anchor = Anchor::at(plan, form.task.as_ref(), field, "");
        let anchor = anchor.ok_or("The task is no longer in the plan.")?;
        let text = field.and_then(|_| crate::review::anchor::text_at(plan, form.task.as_ref(), field));
        let quote = text.filter(|text| text.len() <= LONGEST_QUOTE).unwrap_or_default();
        Ok(Anchor { quote, ..anchor })
    }

    /// The value that a form suggests.
    fn suggested(&self, form: &Form) -> Result<serde_json::Value, String> {
        let field = Field::from_name(&form.field).ok_or("There is no such field.")?;
        let plan = self.document.plan();
        let id = form.task.as_ref().ok_or("Choose a task first.")?;
        let task = plan.task(id).ok_or("The task is no longer in the plan.")?;
        let change = field.read(&form.value)?;
        let mut other = Plan { tasks: vec![task.clone()], ..Plan::default() };
        Edit::ChangeTask { id: id.clone(), change }.apply(&mut other);
        if other.tasks[0] == *task {
            return Err("The suggested value is the current one. Write another one.".to_owned());
        }
        other.tasks[0].field_as_json(field).ok_or("There is no such field.".to_owned())
    }

    /// Appends a statement to the log and returns the message.
    fn say_so(&mut self, body: Body, done: &str) -> Result<String, String> {
        self.say(body).map(|_| done.to_owned())
    }

    fn say(&mut self, body: Body) -> Result<Digest, String> {
        if self.review.name.is_empty() {
            return Err("Write your name first, at the top of Review. It will appear next to your comments."
                .to_owned());
        }
        self.give_id()?;
        let (revision, seconds) = (self.revision().id, self.ambient.now);
        self.review.log.say(revision, &self.review.name.clone(), seconds, body)
    }

    /// Records that the plan is sent in its current state, once per state.
    fn publish(&mut self) -> Result<String, String> {
        if self.is_only_shown() || self.document.is_blank() {
            return Ok(String::new());
        }
        self.give_id()?;
        let revision = self.revision();
        if !revision.is_published {
            let body = revision.publication(self.document.plan());
            let name = self.review.name.clone();
            let author = if name.is_empty() { NAMELESS } else { &name };
            self.review.log.say(revision.id, author, self.ambient.now, body)?;
        }
        Ok(String::new())
    }

    /// Applies a suggestion and records that. If the field has changed since it was reviewed, only `value`
    /// shows that the user still wants the suggestion.
    fn accept(&mut self, form: &Form) -> Result<String, String> {
        if self.is_only_shown() {
            return Err("You are viewing a shared plan. Its author can accept suggestions.".to_owned());
        }
        let state = self.state();
        let thread = state.threads.iter().find(|thread| thread.id.to_string() == form.about);
        let thread = thread.ok_or(GONE)?;
        let suggestion = thread.suggestion.as_ref().ok_or(GONE)?;
        let forced = || Edit::from_json(thread.on.task.as_ref(), thread.on.field?, &suggestion.value);
        let is_there = suggestion.present.is_some();
        let edit = if form.value == "anyway" { forced().filter(|_| is_there) } else { thread.edit() };
        let edit = edit.ok_or("The field has changed since this was suggested. Compare both first.")?;
        self.say(Body::Accept { suggestion: thread.id })?;
        self.edit(vec![edit], &format!("accept {}", thread.on.name()));
        Ok(format!("Accepted: {}.", thread.on.name()))
    }

    /// Ignores something on this device, or stops ignoring it.
    fn switch_ignored(&mut self, subject: Subject) -> String {
        self.review.log.switch_ignored(subject.clone());
        let is_ignored = self.review.log.ignored().subjects().any(|ignored| *ignored == subject);
        if is_ignored { "Ignored. The end of Review has the way back." } else { "Shown again." }.to_owned()
    }

    /// Takes in what reviewers sent.
    fn receive(&mut self, brought: Brought) -> String {
        let Brought { events, run, mut refused } = brought;
        let has_run = !run.is_empty();
        let (new_of_run, known_of_run, mut refused_of_run) = self.receive_run(run);
        refused.append(&mut refused_of_run);
        let own = self.reviewed_plan().to_owned();
        let is_own = |event: &Result<Event, String>| match event {
            Ok(event) => !own.is_empty() && event.statement.plan == own,
            Err(_) => true,
        };
        let (own, foreign): (Vec<_>, Vec<_>) = events.into_iter().partition(is_own);
        let mut other_plans: BTreeMap<String, usize> = BTreeMap::new();
        for event in foreign.into_iter().flatten() {
            *other_plans.entry(event.statement.plan).or_default() += 1;
        }
        let mut received = self.review.log.receive(own);
        received.refused.append(&mut refused);
        let mut summary = received.summary();
        if has_run {
            summary = format!("Log of a run: {new_of_run} new, {known_of_run} already here");
        }
        self.review.other_plans = other_plans.keys().map(|plan| (plan.clone(), None)).collect();
        let is_of_run_alone = has_run && received.receipts.is_empty() && received.refused.is_empty();
        let arrived = Arrived { received, other_plans: other_plans.into_iter().collect() };
        self.review.arrived = (!is_of_run_alone).then_some(arrived);
        summary
    }
}

/// The text of a form, which must not be empty.
fn written(form: &Form) -> Result<String, String> {
    let text = form.text.trim();
    if text.is_empty() { Err("Write something first.".to_owned()) } else { Ok(text.to_owned()) }
}

/// The text of a form, which may be empty.
fn remark(form: &Form) -> String {
    form.text.trim().to_owned()
}

/// The event that a form refers to.
fn about(form: &Form) -> Result<Digest, String> {
    Digest::try_from(form.about.clone()).map_err(|_| GONE.to_owned())
}
