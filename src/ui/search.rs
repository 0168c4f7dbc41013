//! The page's side of the search worker: passes it a job, and forwards its events to the worker that holds
//! the document. Both are opaque bytes here.
//!
//! A running search worker is terminated when the plan changes; an idle one is used for the next job.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::Uint8Array;
use phaseplan::protocol::{Answer, DocumentRequest, SearchRequest};
use phaseplan::search::NAME;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Worker};

use super::worker;
use super::workspace::Workspace;

/// The pause after the last change before the search begins.
const PAUSE: Duration = Duration::from_millis(400);

#[derive(Default)]
struct Search {
    worker: Option<Worker>,
    /// A job for the worker, sent as soon as it listens.
    waiting: Option<Uint8Array>,
    is_busy: bool,
    /// The start time of the job, in milliseconds.
    since: f64,
}

thread_local! {
    static SEARCH: RefCell<Search> = RefCell::default();
}

/// Begins a search if the plan does not change for a while.
pub fn search_soon(workspace: Workspace) {
    workspace.waiting_search.start(PAUSE, move || search(workspace, false));
}

/// Begins a search, longer than before if requested.
pub fn search(workspace: Workspace, longer: bool) {
    let is_touched = workspace.is_touched.get_untracked();
    worker::ask(DocumentRequest::Search(SearchRequest::Begin { longer, is_touched }), move |answer| {
        if let Some(Answer::Job(Some(job))) = answer {
            begin(workspace, &job);
            workspace.search_events.update(|count| *count += 1);
        }
    });
}

/// Ends the search, because a newer plan is being computed.
pub fn supersede(workspace: Workspace) {
    workspace.waiting_search.stop();
    SEARCH.with_borrow_mut(end);
}

/// Ends the search, and saves its result so far.
pub fn cancel(workspace: Workspace) {
    supersede(workspace);
    send(workspace, SearchRequest::End);
}

/// Shows the better schedule that is offered.
pub fn show_found(workspace: Workspace) {
    send(workspace, SearchRequest::Show);
}

fn end(search: &mut Search) {
    if let Some(worker) = search.worker.take_if(|_| search.is_busy) {
        worker.set_onmessage(None);
        worker.terminate();
        *search = Search::default();
    }
}

fn begin(workspace: Workspace, job: &[u8]) {
    SEARCH.with_borrow_mut(|search| {
        end(search);
        let job = Uint8Array::from(job);
        (search.is_busy, search.since) = (true, js_sys::Date::now());
        match &search.worker {
            Some(worker) => drop(worker.post_message(&job)),
            None => {
                let on_message = move |event: MessageEvent| on_message(workspace, &event);
                search.waiting = Some(job);
                search.worker =
                    worker::spawn(NAME, Box::new(on_message), Box::new(move || cancel(workspace)));
            }
        }
    });
}

/// Forwards an event to the worker that holds the document.
fn on_message(workspace: Workspace, event: &MessageEvent) {
    let bytes = event.data().dyn_into::<Uint8Array>();
    if bytes.is_err() && !worker::is_of_this_build(event) {
        return cancel(workspace);
    }
    let seconds = SEARCH.with_borrow_mut(|search| {
        if let (Some(worker), Some(job)) = (&search.worker, search.waiting.take()) {
            let _ = worker.post_message(&job);
        }
        ((js_sys::Date::now() - search.since) / 1_000.0) as u32
    });
    if let Ok(bytes) = bytes {
        let is_touched = workspace.is_touched.get_untracked();
        send(workspace, SearchRequest::Event { message: bytes.to_vec(), seconds, is_touched });
    }
}

fn send(workspace: Workspace, request: SearchRequest) {
    worker::ask(DocumentRequest::Search(request), move |answer| {
        let Some(Answer::Searched { planned, is_over }) = answer else { return };
        if is_over {
            SEARCH.with_borrow_mut(|search| search.is_busy = false);
        }
        match planned {
            Some(planned) => workspace.show_plan(planned),
            None => workspace.search_events.update(|count| *count += 1),
        }
    });
}
