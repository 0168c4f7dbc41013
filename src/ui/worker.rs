//! The page's end of the worker that plans: sends requests and hands the answers to whoever asked.
//!
//! The worker answers in the order it is asked, so that a queue is all the bookkeeping there is. When it breaks down,
//! those who wait are told so, and the next request starts another one, which knows no document: see [`take_loss`].

use std::cell::RefCell;
use std::collections::VecDeque;

use js_sys::Uint8Array;
use phaseplan::protocol::wire::{from_bytes, to_bytes};
use phaseplan::protocol::{Answer, Request};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Beside the page; the name is fixed, as the build does not hash it.
const ADDRESS: &str = "./worker_loader.js";

/// Gets the answer; `None` if the worker broke down over it.
type Asker = Box<dyn FnOnce(Option<Answer>)>;

#[derive(Default)]
struct Line {
    worker: Option<Worker>,
    /// Whether the worker listens.
    is_open: bool,
    /// Requests from before it listened.
    unsent: Vec<Uint8Array>,
    /// Who waits for an answer, in the order they asked.
    askers: VecDeque<Asker>,
    /// Whether a worker broke down.
    has_lost: bool,
}

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
}

/// Starts the worker, so that it is there when something is asked.
pub fn start() {
    LINE.with_borrow_mut(|line| {
        if line.worker.is_none() {
            line.worker = spawn("", Box::new(|event| hear(&event)), Box::new(break_down));
        }
    });
}

/// Asks; `then` gets the answer, or `None` if there will be none.
pub fn ask(request: &Request, then: impl FnOnce(Option<Answer>) + 'static) {
    start();
    let message = Uint8Array::from(to_bytes(request).as_slice());
    let is_there = LINE.with_borrow_mut(|line| {
        line.askers.push_back(Box::new(then));
        match &line.worker {
            // Posting bytes fails only when the worker is gone, which it says by itself.
            Some(worker) if line.is_open => drop(worker.post_message(&message)),
            _ => line.unsent.push(message),
        }
        line.worker.is_some()
    });
    if !is_there {
        break_down();
    }
}

/// Starts an instance of the worker, which tells by its name what it is for.
pub fn spawn(name: &str, hear: Box<dyn Fn(MessageEvent)>, break_down: Box<dyn Fn()>) -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(name);
    let worker = Worker::new_with_options(ADDRESS, &options).ok()?;
    // The browser's collector frees them with the worker.
    worker.set_onmessage(Some(Closure::wrap(hear).into_js_value().unchecked_ref()));
    worker.set_onerror(Some(Closure::wrap(break_down).into_js_value().unchecked_ref()));
    Some(worker)
}

fn hear(event: &MessageEvent) {
    let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else { return open() };
    let asker = LINE.with_borrow_mut(|line| line.askers.pop_front());
    if let Some(asker) = asker {
        asker(from_bytes(&bytes.to_vec()));
    }
}

/// Sends what was asked before the worker listened.
fn open() {
    LINE.with_borrow_mut(|line| {
        line.is_open = true;
        let Some(worker) = &line.worker else { return };
        for message in line.unsent.drain(..) {
            let _ = worker.post_message(&message);
        }
    });
}

/// Whether a worker broke down since this was asked last, and took what it knew with it.
pub fn take_loss() -> bool {
    LINE.with_borrow_mut(|line| std::mem::take(&mut line.has_lost))
}

fn break_down() {
    let line = LINE.replace(Line { has_lost: true, ..Line::default() });
    if let Some(worker) = line.worker {
        worker.terminate();
    }
    for asker in line.askers {
        asker(None);
    }
}
