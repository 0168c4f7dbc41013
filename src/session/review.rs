//! The review of the open plan: what people say about it, and what is done with that.
//!
//! The log stands beside the document and is none of its history: a statement can't be undone, only withdrawn. Only accepting
//! a suggestion changes the document. Forms come from [`crate::view::review`]; their acts are listed in [`Session::review`].

use std::collections::BTreeMap;

use super::Session;
use crate::document::Document;
use crate::document::field::TaskField;
use crate::plan::{Edit, Plan, TaskId};
use crate::protocol::{Changed, Form, SavedFile};
use crate::review::folder::Entry;
use crate::review::receive::contents;
use crate::review::revision::content_in;
#[cfg(doc)]
use crate::review::revision::content_of;
use crate::review::state::open_threads;
use crate::review::{Anchor, Body, Digest, Event, Field, Folder, Revision, State, markdown};
use crate::share::{self, Brought};
use crate::view::review::{Arrived, Reply, Talk};

/// Fields with more bytes are not quoted in whole, so that a reply link stays short.
const LONGEST_QUOTE: usize = 400;
/// A review with more comments is offered as a file only.
const MOST_COPIED: usize = 300;
/// The name under which a plan is sent out by somebody who has not given one.
const NAMELESS: &str = "Author";

/// What the core has no access to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970, by the clock of the device.
    pub seconds: u64,
    /// Chance: becomes the id of a plan that needs one.
    pub chance: [u8; 10],
}

/// The review of the open plan.
#[derive(Debug, Default)]
pub(super) struct Review {
    folder: Folder,
    /// The name that the person gave.
    name: String,
    /// Whether the name is not stored.
    is_name_new: bool,
    /// Why what is said is kept in this tab only.
    fault: Option<String>,
    /// What came in last.
    arrived: Option<Arrived>,
    /// Plans on this device that something came in for, by id; `None` for those that are not here.
    strangers: BTreeMap<String, Option<String>>,
    /// Threads that are open, by task.
    open: BTreeMap<Option<TaskId>, usize>,
    /// Counts how often `open` changed.
    pub version: u32,
}

impl Review {
    /// How many threads are open.
    pub fn open_threads(&self) -> usize {
        self.open.values().sum()
    }
}

/// What of a review is not stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unsaved {
    /// Id of the plan.
    pub plan: String,
    /// The name that the person gave, if it is another one.
    pub name: Option<String>,
    /// What was said, and what was sent.
    pub entries: Vec<Entry>,
}

impl Session {
    /// Says what time it is, and brings chance. To be called before each request.
    pub fn tell_moment(&mut self, moment: Moment) {
        self.moment = moment;
    }

    /// Id of the plan whose review is held; empty if it has none.
    pub fn reviewed_plan(&self) -> &str {
        self.review.folder.log().plan()
    }

    /// Takes in what storage has of the review of a plan, unless another one is open by now.
    pub fn take_stored_review(&mut self, plan: &str, entries: &[Entry]) {
        if self.reviewed_plan() == plan {
            self.review.folder.take_stored(entries);
            self.count_threads();
        }
    }

    /// Whether the open plan is in a state that was sent out, so that somebody may have looked at it.
    pub fn is_sent_out(&self) -> bool {
        self.revision().is_published
    }

    /// What tells a plan that was looked at, by the name of its revision: see [`content_of`]. `None` if it was never sent out.
    pub fn content_in(&self, revision: &str) -> Option<Digest> {
        content_in(self.review.folder.log(), Digest::try_from(revision.to_owned()).ok()?)
    }

    /// The name under which the person speaks, as it was stored.
    pub fn take_stored_name(&mut self, name: String) {
        if self.review.name.is_empty() {
            self.review.name = name;
        }
    }

    /// What storage does not have yet; it is handed out once.
    pub fn take_unsaved_review(&mut self) -> Unsaved {
        let review = &mut self.review;
        let name = std::mem::take(&mut review.is_name_new).then(|| review.name.clone());
        let plan = review.folder.log().plan().to_owned();
        Unsaved { plan, name, entries: review.folder.take_unsaved() }
    }

    /// Says why what is said can't be stored; `None` if it can.
    pub fn set_review_fault(&mut self, fault: Option<String>) {
        self.review.fault = fault;
    }

    /// Ids of plans that something came in for which is not about the open one.
    pub fn strangers(&self) -> Vec<String> {
        self.review.strangers.keys().cloned().collect()
    }

    /// Tells which plan on this device has this id.
    pub fn name_stranger(&mut self, plan: &str, name: String) {
        self.review.strangers.insert(plan.to_owned(), Some(name));
    }

    /// What the page must know of the review, in a message about the document.
    pub fn told_of_review(&self) -> Changed {
        Changed { is_same_plan: true, ..self.changed(false) }
    }

    /// Holds the review of the open plan. Storage is asked for it by whoever holds the session.
    pub(super) fn follow_plan(&mut self) {
        if self.document.plan().id != self.reviewed_plan() {
            self.review.folder = Folder::of(&self.document.plan().id);
            (self.review.arrived, self.review.fault) = (None, None);
            self.review.strangers.clear();
            self.count_threads();
        }
    }

    fn count_threads(&mut self) {
        let open = open_threads(self.review.folder.log());
        if open != self.review.open {
            self.drawn.open_threads =
                open.iter().filter_map(|(task, count)| Some((task.clone()?, *count))).collect();
            self.review.open = open;
            self.review.version = self.review.version.wrapping_add(1);
        }
    }

    /// The state that the plan is in; that of a plan from a link is named by the link.
    fn revision(&self) -> Revision {
        let plan = self.document.plan();
        match self.shared.as_ref().and_then(|shared| shared.revision) {
            Some(id) => Revision::named(id, plan),
            None => Revision::of(plan, self.review.folder.log()),
        }
    }

    /// The name of the revision for the link of the plan, if anybody can speak about it.
    pub(super) fn revision_in_link(&self) -> Option<Digest> {
        (!self.document.plan().id.is_empty()).then(|| self.revision().id)
    }

    pub(super) fn state(&self) -> State {
        State::in_revision(self.review.folder.log(), self.document.plan(), self.revision())
    }

    /// Does what a form says. The acts are `name`, `comment`, `suggest`, `reply`, `rewrite`, `withdraw`, `resolve`, `reopen`,
    /// `accept`, `decline`, `approve`, `request-changes`, `publish`, `sent` and `receive`.
    pub(super) fn review(&mut self, form: &Form) -> Result<Box<Changed>, String> {
        if !form.name.trim().is_empty() {
            self.call(&form.name)?;
        }
        let mut is_same_plan = true;
        let done = match form.act.as_str() {
            "name" if form.name.trim().is_empty() => return Err("Write a name.".to_owned()),
            "name" => format!("You write as {}.", self.review.name),
            "publish" => self.publish()?,
            "receive" => self.receive(&form.text),
            "sent" => {
                self.review.folder.mark_sent(form.about.parse().unwrap_or(0));
                "Copied. Send the link to whoever should read it.".to_owned()
            }
            "accept" => {
                is_same_plan = false;
                self.accept(form)?
            }
            act => {
                let body = self.body(act, form)?;
                let done = match body {
                    Body::Comment { .. } => "Comment added.",
                    Body::Suggest { .. } => "Suggestion added.",
                    Body::Reply { .. } => "Answer added.",
                    Body::Approve { .. } => "Approved.",
                    Body::RequestChanges { .. } => "Changes requested.",
                    Body::Resolve { .. } => "Resolved.",
                    Body::Reopen { .. } => "Opened again.",
                    Body::Withdraw { .. } => "Withdrawn.",
                    _ => "Done.",
                };
                self.say(body)?;
                done.to_owned()
            }
        };
        self.count_threads();
        Ok(Box::new(Changed { done, is_same_plan, ..self.changed(!is_same_plan) }))
    }

    /// Takes a name that the person gave.
    fn call(&mut self, name: &str) -> Result<(), String> {
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if crate::review::names::hidden(&name) || name.chars().count() > crate::review::event::MAX_NAME {
            return Err("A name has at most 80 letters, all of which can be seen. Write it anew.".to_owned());
        }
        if name != self.review.name {
            (self.review.name, self.review.is_name_new) = (name, true);
        }
        Ok(())
    }

    /// What a form says, in the words of the log.
    fn body(&self, act: &str, form: &Form) -> Result<Body, String> {
        let text = || {
            let text = form.text.trim();
            if text.is_empty() { Err("Write something first.".to_owned()) } else { Ok(text.to_owned()) }
        };
        let about = || Digest::try_from(form.about.clone()).map_err(|_| GONE.to_owned());
        let optional = form.text.trim().to_owned();
        Ok(match act {
            "comment" => Body::Comment { on: self.place(form)?, text: text()? },
            "suggest" => {
                let on = self.place(form)?;
                let value = self.suggested(form)?;
                Body::Suggest { on, value, text: optional }
            }
            "reply" => Body::Reply { thread: about()?, text: text()? },
            "rewrite" => Body::Rewrite { comment: about()?, text: text()? },
            "withdraw" => Body::Withdraw { comment: about()? },
            "resolve" => Body::Resolve { thread: about()? },
            "reopen" => Body::Reopen { thread: about()? },
            "decline" => Body::Decline { suggestion: about()? },
            "approve" => Body::Approve { text: optional },
            "request-changes" => Body::RequestChanges { text: optional },
            _ => return Err("There is no such act.".to_owned()),
        })
    }

    /// The place that a form is about. A field that is not too long is quoted, so that later readers see what was meant.
    fn place(&self, form: &Form) -> Result<Anchor, String> {
        let plan = self.document.plan();
        let fields = || Field::OF_TASK.into_iter().chain(Field::OF_PLAN);
        let field = fields().find(|field| field.name() == form.field);
        let anchor = Anchor::at(plan, form.task.as_ref(), field, "");
        let anchor = anchor.ok_or("The task is no longer in the plan.")?;
        let text = field.and_then(|_| crate::review::anchor::text_at(plan, form.task.as_ref(), field));
        let quote = text.filter(|text| text.len() <= LONGEST_QUOTE).unwrap_or_default();
        Ok(Anchor { quote, ..anchor })
    }

    /// The value that a form suggests.
    fn suggested(&self, form: &Form) -> Result<serde_json::Value, String> {
        let field = TaskField::from_name(&form.field).ok_or("There is no such field.")?;
        let plan = self.document.plan();
        let id = form.task.as_ref().ok_or("Choose a task first.")?;
        let task = plan.task(id).ok_or("The task is no longer in the plan.")?;
        let change = field.read(&form.value)?;
        let mut other = Plan { tasks: vec![task.clone()], ..Plan::default() };
        Edit::ChangeTask { id: id.clone(), change }.apply(&mut other);
        if other.tasks[0] == *task {
            return Err("The suggested value is the one that is there. Write another one.".to_owned());
        }
        let known = Field::OF_TASK.into_iter().find(|known| known.name() == form.field);
        known.and_then(|known| known.of_task(&other.tasks[0])).ok_or("There is no such field.".to_owned())
    }

    fn say(&mut self, body: Body) -> Result<Digest, String> {
        if self.review.name.is_empty() {
            return Err(
                "Write your name first, at the top of Review. It is shown beside what you say.".to_owned()
            );
        }
        self.give_id()?;
        let (revision, seconds) = (self.revision().id, self.moment.seconds);
        self.review.folder.say(revision, &self.review.name.clone(), seconds, body)
    }

    /// Gives the plan an id, by which what is said finds back to it.
    fn give_id(&mut self) -> Result<(), String> {
        if !self.document.plan().id.is_empty() {
            return Ok(());
        }
        if self.shared.is_some() {
            return Err(WITHOUT_ID.to_owned());
        }
        let id = Digest::from_bytes(self.moment.chance).to_string();
        let plan = Plan { id, ..self.document.plan().clone() };
        self.document = Document::from_parts(plan, self.document.text.clone());
        self.follow_plan();
        Ok(())
    }

    /// Writes down that the plan is sent out as it is, once for each state of it.
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
            self.review.folder.say(revision.id, author, self.moment.seconds, body)?;
        }
        Ok(String::new())
    }

    /// Makes the change that is suggested, and says so. If the field was changed since it was reviewed, only `value` tells that
    /// the person wants it all the same.
    fn accept(&mut self, form: &Form) -> Result<String, String> {
        if self.is_only_shown() {
            return Err("This plan is only shown. Its author can accept suggestions.".to_owned());
        }
        let state = self.state();
        let thread = state.threads.iter().find(|thread| thread.id.to_string() == form.about);
        let thread = thread.ok_or(GONE)?;
        let suggestion = thread.suggestion.as_ref().ok_or(GONE)?;
        let forced = || thread.on.field?.edit(thread.on.task.as_ref(), &suggestion.value);
        let is_there = suggestion.present.is_some();
        let edit = if form.value == "anyway" { forced().filter(|_| is_there) } else { thread.edit() };
        let edit = edit.ok_or("The field was changed since this was suggested. Compare both first.")?;
        self.say(Body::Accept { suggestion: thread.id })?;
        self.edit(vec![edit], &format!("accept {}", thread.on.name()));
        Ok(format!("Accepted: {}.", thread.on.name()))
    }

    /// Takes in what reviewers sent.
    fn receive(&mut self, text: &str) -> String {
        let Brought { events, mut refused } = share::events_in(text);
        let own = self.reviewed_plan().to_owned();
        let is_own = |event: &Result<Event, String>| match event {
            Ok(event) => !own.is_empty() && event.statement.plan == own,
            Err(_) => true,
        };
        let (own, foreign): (Vec<_>, Vec<_>) = events.into_iter().partition(is_own);
        let mut strangers: BTreeMap<String, usize> = BTreeMap::new();
        for event in foreign.into_iter().flatten() {
            *strangers.entry(event.statement.plan).or_default() += 1;
        }
        let mut received = self.review.folder.receive(own);
        received.refused.append(&mut refused);
        let summary = received.summary();
        self.review.strangers = strangers.keys().map(|plan| (plan.clone(), None)).collect();
        self.review.arrived = Some(Arrived { received, strangers: strangers.into_iter().collect() });
        summary
    }

    /// What the views of a review need.
    pub(super) fn talk<'a>(&'a self, state: &'a State) -> Talk<'a> {
        Talk {
            plan: self.document.plan(),
            state,
            name: &self.review.name,
            now: self.moment.seconds,
            is_own: !self.is_only_shown(),
        }
    }

    /// The review as the panel shows it.
    pub(super) fn draw_review(&self, page: &str, rows: usize) -> Vec<crate::view::Markup> {
        let state = self.state();
        let Review { arrived, strangers, fault, .. } = &self.review;
        let reply = self.reply(page);
        let is_short = state.threads.iter().map(|thread| thread.comments.len()).sum::<usize>() <= MOST_COPIED;
        let written = is_short.then(|| markdown(&state, self.document.plan()));
        let panel = crate::view::review::Panel {
            reply: reply.as_ref(),
            arrived: arrived.as_ref(),
            strangers,
            markdown: written.as_deref(),
            fault: fault.as_deref(),
            is_without_id: self.shared.is_some() && self.document.plan().id.is_empty(),
            rows,
        };
        crate::view::review::panel(&self.talk(&state), &panel)
    }

    /// What is to be sent: what was said here and not sent, else all that the person said.
    fn reply(&self, page: &str) -> Option<Reply> {
        let folder = &self.review.folder;
        let unsent = folder.unsent();
        let is_again = unsent.is_empty();
        let events = if is_again { folder.said_by(&self.review.name) } else { unsent };
        let clock = events.iter().map(|event| event.statement.clock).max()?;
        let words = contents(events.iter().copied());
        let link = share::reply(folder.with_ancestors(&events)).map(|link| link.at(page));
        Some(Reply { words, link: link.map_err(|why| why.to_string()), clock, is_again })
    }

    /// Whether there is anything that can be sent.
    pub(super) fn has_reply(&self) -> bool {
        let Review { folder, name, .. } = &self.review;
        !folder.unsent().is_empty() || !folder.said_by(name).is_empty()
    }

    /// The review as a file.
    pub fn review_file(&self, is_markdown: bool) -> SavedFile {
        let plan = self.document.plan();
        let (name, media_type, content) = match is_markdown {
            true => ("review.md", "text/markdown", markdown(&self.state(), plan)),
            false => ("reviews.jsonl", "application/jsonl", self.review.folder.log().to_lines()),
        };
        SavedFile { name: name.to_owned(), media_type: media_type.to_owned(), content }
    }
}

const GONE: &str = "What this is about is no longer here.";
const WITHOUT_ID: &str = "This link carries no review: what you say could not find back to its plan. Ask its author for a link \
    made by Share, or edit a copy.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Task;
    use crate::protocol::{Answer, Change, Content, Request, Wanted};
    use crate::view::Markup;

    const PLAN: &str = "# Shop\n\n- T1 One @owns(a/**) ~20m\n- T2 Two @owns(b/**) ~20m\n  Do it.";
    const PAGE: &str = "https://plans.example/";

    /// Somebody with a browser of their own.
    struct Person {
        session: Session,
        name: &'static str,
    }

    impl Person {
        fn with(content: Content, name: &'static str) -> Person {
            let mut session = Session::default();
            session.tell_moment(Moment {
                seconds: 1_000,
                chance: *name.repeat(10).as_bytes().first_chunk().expect("ten"),
            });
            session.answer(Request::Open { opening: 1, content });
            Person { session, name }
        }

        fn author(text: &str) -> Person {
            Person::with(Content::Text(text.to_owned()), "Ada")
        }

        fn reviewer(link: &str, name: &'static str) -> Person {
            let mut person = Person::with(Content::Text(String::new()), name);
            let imported =
                person.session.answer(Request::Import { bytes: link.as_bytes().to_vec(), name: None });
            assert!(matches!(imported, Answer::Imported(Ok(found)) if found.is_shared));
            person.session.answer(Request::Open { opening: 2, content: Content::Found });
            person
        }

        fn send(&mut self, form: Form) -> Result<Changed, String> {
            match self.session.answer(Request::Change(Change::Review(form))) {
                Answer::Changed(outcome) => outcome.map(|changed| *changed),
                other => panic!("{other:?}"),
            }
        }

        /// Does something about a place such as `T1.owns`, or about an event.
        fn act(&mut self, act: &str, place: &str, text: &str, value: &str) -> Result<Changed, String> {
            let (task, field) = place.split_once('.').unwrap_or((place, ""));
            let is_event = place.len() == 16;
            self.send(Form {
                act: act.to_owned(),
                about: if is_event { place.to_owned() } else { String::new() },
                task: (!is_event && !task.is_empty()).then(|| task.into()),
                field: field.to_owned(),
                text: text.to_owned(),
                value: value.to_owned(),
                name: self.name.to_owned(),
            })
        }

        fn say(&mut self, act: &str, place: &str, text: &str, value: &str) {
            self.act(act, place, text, value).expect("it can be said");
        }

        fn draw(&mut self, wanted: Wanted) -> Vec<Markup> {
            match self.session.answer(Request::Draw(wanted)) {
                Answer::Drawn { groups, .. } => groups.concat(),
                other => panic!("{other:?}"),
            }
        }

        fn panel(&mut self) -> String {
            let drawing = self.draw(Wanted::Review { page: PAGE.to_owned(), rows: 50 });
            words(&drawing)
        }

        fn share(&mut self) -> String {
            self.say("publish", "", "", "");
            let drawing = self.draw(Wanted::Share { structure_only: false, page: PAGE.to_owned() });
            attribute(&drawing, "data-copy").pop().expect("there is a link")
        }

        fn reply(&mut self) -> String {
            let drawing = self.draw(Wanted::Review { page: PAGE.to_owned(), rows: 50 });
            attribute(&drawing, "data-copy").remove(0)
        }

        /// Name of the first event that this was said in.
        fn event(&self, text: &str) -> String {
            let events = self.session.review.folder.log().events();
            let mut found = events.filter(|event| event.to_json().contains(text));
            found.next().expect("it was said").id.to_string()
        }
    }

    /// The text of all elements, with a space after those that stand by themselves.
    fn words(drawing: &[Markup]) -> String {
        let text = |part: &Markup| {
            let end = if ["", "b", "bdi", "span"].contains(&part.tag) { "" } else { " " };
            [part.text.as_str(), &words(&part.children), end].concat()
        };
        drawing.iter().map(text).collect()
    }

    fn attribute(drawing: &[Markup], name: &str) -> Vec<String> {
        let inside = |part: &Markup| {
            let own =
                part.attributes.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.clone());
            own.chain(attribute(&part.children, name)).collect::<Vec<_>>()
        };
        drawing.iter().flat_map(inside).collect()
    }

    #[test]
    fn the_same_plan_gives_the_same_link_however_often_it_is_shared() {
        let mut ada = Person::author(PLAN);
        let link = ada.share();
        for _ in 0..1_000 {
            assert_eq!(ada.share(), link);
        }
        assert_eq!(ada.session.document().text, PLAN, "the id does not show in the text");
        let opened = share::open(&link).expect("it is whole");
        assert!(opened.revision.is_some() && opened.plan.id.len() == 16);
    }

    #[test]
    fn two_reviewers_speak_through_links_and_the_order_of_their_replies_does_not_matter() {
        let mut ada = Person::author(PLAN);
        let link = ada.share();
        let (mut ben, mut cid) = (Person::reviewer(&link, "Ben"), Person::reviewer(&link, "Cid"));
        ben.say("comment", "T1.owns", "All of a?", "");
        ben.say("suggest", "T1.owns", "Only the sources.", "a/src/**");
        ben.say("comment", "", "Looks good.", "");
        cid.say("comment", "T2", "Who does it?", "");
        cid.say("approve", "", "Go.", "");
        assert!(ben.panel().contains("Copy reply: 2 comments, 1 suggestion"), "{}", ben.panel());
        assert!(cid.panel().contains("Copy reply: 1 comment, approval"), "{}", cid.panel());
        let replies = [ben.reply(), cid.reply()];
        let panel = |order: [usize; 2]| {
            let mut ada = Person::author(PLAN);
            assert_eq!(ada.share(), link);
            for at in order {
                ada.say("receive", "", &format!("Hello,\n> {}\nbye", replies[at]), "");
            }
            ada.session.review.arrived = None;
            ada.panel()
        };
        let shown = panel([0, 1]);
        assert_eq!(shown, panel([1, 0]));
        assert!(shown.contains("Cid approves this revision"), "{shown}");
        ada.say("receive", "", &replies.join("\n"), "");
        assert!(ada.panel().contains("5 new, 0 already here"), "{}", ada.panel());
        let told = ada.act("receive", "", &replies.join("\n"), "").expect("it is taken in");
        assert_eq!((told.done.as_str(), told.open_threads), ("0 new, 5 already here", 4));
        let suggestion = ada.event("Only the sources.");
        let told = ada.act("accept", &suggestion, "", "").expect("the field is as it was");
        assert!(!told.is_same_plan && ada.session.document().text.contains("T1 One @owns(a/src/**)"));
        assert!(
            ada.panel().contains("Cid approved an earlier revision — 1 task changed: T1"),
            "{}",
            ada.panel()
        );
        ada.session.answer(Request::Change(Change::Undo));
        assert_eq!(ada.session.document().text, PLAN, "accepting is one step");
        assert!(ada.panel().contains("The field was changed since:"), "{}", ada.panel());
        ada.session.answer(Request::Change(Change::Redo));
        assert_ne!(ada.share(), link);
    }

    #[test]
    fn a_suggestion_for_a_field_that_was_changed_is_the_authors_to_decide() {
        let mut ada = Person::author(PLAN);
        let mut ben = Person::reviewer(&ada.share(), "Ben");
        ben.say("suggest", "T1.owns", "", "a/src/**");
        let reply = ben.reply();
        let write = Change::Write { id: "T1".into(), field: "owns".into(), written: "c/**".into() };
        ada.session.answer(Request::Change(write));
        ada.say("receive", "", &reply, "");
        let panel = ada.panel();
        for part in
            ["When it was suggested: a/**", "In the plan: c/**", "Suggested: a/src/**", "Use the suggestion"]
        {
            assert!(panel.contains(part), "{part} in {panel}");
        }
        let suggestion = ada.event("a/src/**");
        assert!(ada.act("accept", &suggestion, "", "").is_err_and(|why| why.contains("changed since")));
        ada.say("accept", &suggestion, "", "anyway");
        assert_eq!(ada.session.document().plan().tasks[0].owns, ["a/src/**"]);
    }

    #[test]
    fn what_is_sent_counts_as_sent_and_can_be_copied_again() {
        let mut ada = Person::author(PLAN);
        let mut ben = Person::reviewer(&ada.share(), "Ben");
        ben.say("comment", "T1", "First.", "");
        let first = ben.reply();
        let clock = ben.session.reply(PAGE).expect("there is one").clock;
        ben.send(Form { act: "sent".into(), about: clock.to_string(), ..Form::default() })
            .expect("it is noted");
        assert!(ben.panel().contains("Copy again: 1 comment"), "{}", ben.panel());
        ada.say("receive", "", &first, "");
        ada.say("reply", &ada.event("First."), "Why?", "");
        ben.say("receive", "", &ada.reply(), "");
        ben.say("reply", &ben.event("First."), "Because.", "");
        assert!(ben.panel().contains("Copy reply: 1 comment"), "{}", ben.panel());
        // It holds what it answers, for whoever has not got that.
        assert_eq!(share::replies(&ben.reply()).remove(0).expect("it is whole").len(), 2);
        let stored = ben.session.take_unsaved_review();
        let mut again = Person::reviewer(&ada.share(), "Ben");
        again.session.take_stored_review(&stored.plan, &stored.entries);
        again.session.take_stored_name(stored.name.expect("it was given"));
        ben.session.review.arrived = None;
        assert_eq!(again.panel(), ben.panel(), "nothing is lost by closing the tab");
    }

    #[test]
    fn what_can_not_be_said_is_told_in_a_sentence() {
        let mut ada = Person::author(PLAN);
        ada.name = "";
        for (act, place, text, value, why) in [
            ("comment", "T1", "Hello", "", "Write your name first"),
            ("comment", "T1", " ", "", "Write something first."),
            ("comment", "T9", "Hello", "", "no longer in the plan"),
            ("suggest", "T1.owns", "", "a/**", "is the one that is there"),
            ("suggest", "T1.minutes", "", "soon", "minutes"),
            ("suggest", "T1.__proto__", "", "x", "no such field"),
            ("reply", "", "Hello", "", "no longer here"),
            ("accept", "aaaaaaaaaaaaaaaa", "", "", "no longer here"),
            ("dance", "", "", "", "no such act"),
        ] {
            let told = ada.act(act, place, text, value).expect_err("it can't be said");
            assert!(told.to_lowercase().contains(&why.to_lowercase()), "{act} {place}: {told}");
        }
        ada.name = "A\u{202e}da";
        assert!(ada.act("comment", "T1", "Hello", "").is_err_and(|why| why.contains("can be seen")));
        assert!(ada.session.reviewed_plan().is_empty(), "a plan of which nothing was said needs no id");
    }

    #[test]
    fn replies_for_other_plans_and_links_without_review_are_told_apart() {
        let mut ada = Person::author(PLAN);
        let mut ben = Person::reviewer(&ada.share(), "Ben");
        ben.say("comment", "T1", "Hello", "");
        let reply = ben.reply();
        let mut eve = Person::author("- T1 Else");
        eve.say("receive", "", &reply, "");
        assert!(
            eve.panel().contains("1 statement is about a plan that is not on this device"),
            "{}",
            eve.panel()
        );
        let plan = eve.session.strangers().remove(0);
        eve.session.name_stranger(&plan, "Shop".to_owned());
        assert!(eve.panel().contains("another plan on this device, Shop"), "{}", eve.panel());
        let old =
            share::link(&Plan { tasks: vec![Task::default()], ..Plan::default() }, share::Contents::Full);
        let mut old = Person::reviewer(&old.expect("it is small").at(PAGE), "Ben");
        assert!(old.panel().contains("carries no review"));
        assert!(old.act("comment", "", "Hello", "").is_err_and(|why| why.contains("no review")));
    }

    #[test]
    fn replies_are_recognised_where_plans_are_opened() {
        let mut ada = Person::author(PLAN);
        let mut ben = Person::reviewer(&ada.share(), "Ben");
        ben.say("comment", "T1", "Hello", "");
        let lines = ben.session.review_file(false).content;
        for (text, name) in [
            (ben.reply(), None),
            (format!("Hi\n{}", ben.reply()), None),
            (lines.clone(), Some("reviews.jsonl")),
        ] {
            let imported = ada.session.import(text.as_bytes(), name).expect("it is known");
            assert!(imported.is_review, "{text}");
        }
        ada.say("receive", "", &lines, "");
        assert!(ada.panel().contains("1 new, 0 already here"), "{}", ada.panel());
        assert!(ada.session.review_file(true).content.contains("Hello"));
    }

    #[test]
    fn writing_a_plan_anew_keeps_its_review() {
        let mut ada = Person::author(PLAN);
        ada.say("comment", "T1", "Hello", "");
        let id = ada.session.reviewed_plan().to_owned();
        let content = Content::Text("- T7 Else".to_owned());
        ada.session.answer(Request::Change(Change::Become { content, label: "paste".into() }));
        assert!(ada.panel().contains("the task is gone"), "{}", ada.panel());
        ada.session.answer(Request::Change(Change::Undo));
        assert_eq!(ada.session.reviewed_plan(), id);
        assert!(!ada.panel().contains("the task is gone"));
        ada.session.answer(Request::Open { opening: 3, content: Content::Text("- T1 New".to_owned()) });
        assert_eq!((ada.session.reviewed_plan(), ada.session.told_of_review().open_threads), ("", 0));
    }

    #[test]
    fn only_ones_own_words_can_be_changed() {
        let mut ada = Person::author(PLAN);
        ada.say("comment", "T1", "Helo", "");
        let comment = ada.event("Helo");
        ada.say("rewrite", &comment, "Hello", "");
        assert!(ada.panel().contains("Hello Earlier wording Helo"), "{}", ada.panel());
        ada.name = "Eve";
        ada.say("rewrite", &comment, "Rubbish", "");
        assert!(!ada.panel().contains("Rubbish"));
        ada.name = "Ada";
        ada.say("withdraw", &comment, "", "");
        assert!(ada.panel().contains("Withdrawn.") && !ada.panel().contains("Hello"), "{}", ada.panel());
        ada.say("resolve", &comment, "", "");
        assert!(ada.panel().contains("1 resolved"), "{}", ada.panel());
        ada.say("reopen", &comment, "", "");
        assert!(!ada.panel().contains("resolved"), "{}", ada.panel());
    }

    #[test]
    fn what_can_not_be_seen_is_shown_by_its_number_and_ten_thousand_threads_by_a_few() {
        let mut ada = Person::author(PLAN);
        ada.say("comment", "T1", "left\u{202e}right\u{7}", "");
        assert!(ada.panel().contains("leftU+202ErightU+0007"), "{}", ada.panel());
        let plan = ada.session.document().plan().clone();
        let revision = ada.session.revision().id;
        for number in 0..10_000 {
            let on = Anchor::at(&plan, Some(&"T1".into()), Some(Field::Owns), "").expect("it is there");
            let body = Body::Comment { on, text: format!("Comment {number}") };
            let statement = crate::review::Statement {
                plan: plan.id.clone(),
                revision,
                author: "Ben".into(),
                clock: 1,
                time: number,
                body,
            };
            ada.session.review.folder.receive(vec![Ok(Event::new(statement))]);
        }
        ada.session.count_threads();
        let drawing = ada.draw(Wanted::Review { page: PAGE.to_owned(), rows: 50 });
        assert_eq!(attribute(&drawing, "data-test").iter().filter(|test| *test == "thread").count(), 50);
        assert!(words(&drawing).contains("Show 50 more of 9951"), "{}", words(&drawing));
    }
}
