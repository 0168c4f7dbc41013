//! The order in which requests are answered.
//!
//! Requests are answered in order of arrival, except that some wait for something that is loading:
//!
//! - While a stored document is being opened, every request waits for it.
//! - Requests about the review wait until it is loaded, and requests that encode or decode a link wait for
//!   the coder. Other requests may overtake them.
//! - A request that opens another document does not overtake a waiting change, which is meant for the
//!   previous document. Nothing overtakes a request that opens another document.
//!
//! Saving does not take part: it waits for no request, and no request waits for it.

use std::collections::VecDeque;

use super::Session;
use crate::protocol::{Change, DocumentRequest, Request, ViewRequest};

/// Unanswered requests in order of arrival.
#[derive(Debug, Default)]
pub struct Queue {
    waiting: VecDeque<Waiting>,
}

/// A request with its number.
#[derive(Debug)]
struct Waiting {
    number: u32,
    request: Request,
    /// Whether it is answered without the coder, because loading it failed.
    does_without_coder: bool,
}

/// The things that are loading or missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missing {
    /// A stored document is being opened.
    pub document: bool,
    /// The review of the open plan is being loaded.
    pub review: bool,
    /// The coder of links is not loaded.
    pub coder: bool,
}

impl Queue {
    /// Adds a request.
    pub fn push(&mut self, number: u32, request: Request) {
        self.waiting.push_back(Waiting { number, request, does_without_coder: false });
    }

    /// Removes the next request to answer; `None` if all have to wait.
    pub fn next(&mut self, session: &Session, missing: Missing) -> Option<(u32, Request)> {
        if missing.document {
            return None;
        }
        let mut has_change = false;
        for place in 0..self.waiting.len() {
            let waiting = &self.waiting[place];
            if has_change && waiting.opens() {
                return None;
            }
            if !waiting.needs_any(session, missing) {
                return self.waiting.remove(place).map(|waiting| (waiting.number, waiting.request));
            }
            has_change |= matches!(waiting.request, Request::Document(DocumentRequest::Change(_)));
        }
        None
    }

    /// Whether a request waits for the coder of links.
    pub fn wants_coder(&self, session: &Session) -> bool {
        self.waiting.iter().any(|waiting| waiting.needs_coder(session))
    }

    /// Loading the coder failed: the requests that wait for it are answered without it.
    pub fn give_up_coder(&mut self, session: &Session) {
        for waiting in &mut self.waiting {
            waiting.does_without_coder |= waiting.needs_coder(session);
        }
    }
}

impl Waiting {
    fn needs_any(&self, session: &Session, missing: Missing) -> bool {
        missing.review && self.needs_review() || missing.coder && self.needs_coder(session)
    }

    fn needs_review(&self) -> bool {
        let Request::Document(request) = &self.request else { return false };
        let shows_review =
            matches!(request, DocumentRequest::Draw(ViewRequest::Share { .. } | ViewRequest::Review { .. }));
        shows_review || matches!(request, DocumentRequest::Change(Change::Review(_) | Change::Run { .. }))
    }

    fn needs_coder(&self, session: &Session) -> bool {
        let Request::Document(request) = &self.request else { return false };
        !self.does_without_coder && session.needs_coder(request)
    }

    /// Whether it opens another document.
    fn opens(&self) -> bool {
        matches!(self.request, Request::OpenStored { .. } | Request::Document(DocumentRequest::Open { .. }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::incoming::Input;
    use crate::plan::{Plan, Task};
    use crate::protocol::{Content, Form};
    use crate::share::{Contents, link};
    use crate::view::ReviewAct;

    const NONE: Missing = Missing { document: false, review: false, coder: false };
    const DOCUMENT: Missing = Missing { document: true, ..NONE };
    const REVIEW: Missing = Missing { review: true, ..NONE };
    const CODER: Missing = Missing { coder: true, ..NONE };

    fn request(word: &str) -> Request {
        let plan = Plan { tasks: vec![Task::default()], ..Plan::default() };
        let link = || link(&plan, Contents::Full).expect("it is small").at("https://plans.example/");
        let form = |act, text: &str| Form { act, text: text.into(), ..Form::default() };
        Request::Document(match word {
            "stored" => {
                return Request::OpenStored { opening: 1, key: String::new(), revision: None };
            }
            "open" => DocumentRequest::Open { opening: 1, content: Content::Found },
            "type" => DocumentRequest::Change(Change::Type { text: String::new(), joins: false }),
            "comment" => DocumentRequest::Change(Change::Review(form(ReviewAct::Comment, ""))),
            "receive" => DocumentRequest::Change(Change::Review(form(ReviewAct::Receive, "#"))),
            "share" => {
                DocumentRequest::Draw(ViewRequest::Share { structure_only: false, page: String::new() })
            }
            "panel" => DocumentRequest::Draw(ViewRequest::Review { page: String::new(), rows: 9 }),
            "import" => DocumentRequest::Import(Input::paste(link())),
            "plan" => DocumentRequest::Plan,
            word => panic!("{word} is no request"),
        })
    }

    /// The requests (given as words) that are answered while this is missing, then `|`, then those that are
    /// answered once nothing is missing.
    fn order(words: &str, missing: Missing) -> String {
        let session = Session::default();
        let words: Vec<&str> = words.split(' ').collect();
        let mut queue = Queue::default();
        words.iter().enumerate().for_each(|(number, word)| queue.push(number as u32, request(word)));
        let mut answered = |missing| -> Vec<&str> {
            let next = || queue.next(&session, missing).map(|(number, _)| words[number as usize]);
            std::iter::from_fn(next).collect()
        };
        let order = [answered(missing), vec!["|"], answered(NONE)].concat();
        assert!(queue.waiting.is_empty(), "nothing waits for ever");
        order.join(" ")
    }

    #[test]
    fn requests_are_answered_in_the_order_of_their_arrival() {
        let all = "type share open comment import receive plan panel";
        assert_eq!(order(all, NONE), format!("{all} |"));
        assert_eq!(order(all, DOCUMENT), format!("| {all}"), "all wait for a document that is being opened");
    }

    #[test]
    fn only_what_needs_the_review_or_the_coder_waits_for_it() {
        assert_eq!(order("comment type panel plan import", REVIEW), "type plan import | comment panel");
        assert_eq!(order("share type panel plan import", CODER), "type panel plan | share import");
        let both = Missing { review: true, coder: true, ..NONE };
        assert_eq!(order("import receive panel plan share", both), "plan | import receive panel share");
    }

    #[test]
    fn a_change_that_waits_is_made_before_another_document_is_opened() {
        assert_eq!(order("comment open type plan", REVIEW), "| comment open type plan");
        assert_eq!(order("comment stored type", REVIEW), "| comment stored type");
        assert_eq!(order("panel open type", REVIEW), "open type | panel", "a drawing keeps nobody waiting");
    }

    #[test]
    fn without_the_coder_those_that_wait_for_it_are_answered_and_the_next_wait_again() {
        let session = Session::default();
        let mut queue = Queue::default();
        queue.push(1, request("share"));
        assert!(queue.wants_coder(&session) && queue.next(&session, CODER).is_none());
        queue.give_up_coder(&session);
        queue.push(2, request("import"));
        assert_eq!(queue.next(&session, CODER).map(|(number, _)| number), Some(1));
        assert!(queue.next(&session, CODER).is_none() && queue.wants_coder(&session));
    }
}
