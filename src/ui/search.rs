//! The page's end of the worker that searches for a better schedule: carries a job there and the news back to the worker that
//! holds the document. The job and the news are bytes that mean nothing here.
//!
//! One that works is ended with its worker when its plan is changed; one that is done waits for the next job.

use std::cell::RefCell;
use std::time::Duration;

use js_sys::Uint8Array;
use phaseplan::protocol::{Answer, Request};
use phaseplan::search::NAME;
use wasm_bindgen::JsCast;
use web_sys::{MessageEvent, Worker};

use super::workspace::Workspace;
use super::{planner, worker};

/// Pause after the last change before the plan is searched further.
const PAUSE: Duration = Duration::from_millis(400);

#[derive(Default)]
struct Search {
    worker: Option<Worker>,
    /// A job that the worker gets as soon as it listens.
    waiting: Option<Uint8Array>,
    is_busy: bool,
    /// When the job was begun, in milliseconds.
    since: f64,
}

thread_local! {
    static SEARCH: RefCell<Search> = RefCell::default();
}

/// Has the plan searched further if it stays as it is for a while.
pub fn search_soon(workspace: Workspace) {
    workspace.waiting_search.start(PAUSE, move || search(workspace, false));
}

/// Has the plan searched further, longer than before if that is wished.
pub fn search(workspace: Workspace, longer: bool) {
    worker::ask(&Request::Search { longer }, move |answer| {
        if let Some(Answer::Job(Some(job))) = answer {
            begin(workspace, &job);
            workspace.heard.update(|heard| *heard += 1);
        }
    });
}

/// Ends the search, because a newer plan is on its way.
pub fn supersede(workspace: Workspace) {
    workspace.waiting_search.stop();
    SEARCH.with_borrow_mut(end);
}

/// Ends the search and keeps what it found.
pub fn cancel(workspace: Workspace) {
    supersede(workspace);
    tell(workspace, &Request::EndSearch);
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
                let hear = move |event: MessageEvent| hear(workspace, &event);
                search.waiting = Some(job);
                search.worker = worker::spawn(NAME, Box::new(hear), Box::new(move || cancel(workspace)));
            }
        }
    });
}

/// Carries news to the worker that holds the document.
fn hear(workspace: Workspace, event: &MessageEvent) {
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
        tell(workspace, &Request::Heard { message: bytes.to_vec(), seconds });
    }
}

fn tell(workspace: Workspace, request: &Request) {
    worker::ask(request, move |answer| {
        let Some(Answer::Heard { planned, is_over }) = answer else { return };
        if is_over {
            SEARCH.with_borrow_mut(|search| search.is_busy = false);
        }
        match planned {
            Some(planned) => planner::show(workspace, planned),
            None => workspace.heard.update(|heard| *heard += 1),
        }
    });
}
