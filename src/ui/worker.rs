//! The page's side of the main worker: sends requests and passes the answers to their callbacks.
//!
//! Requests are numbered, and each answer has the number of its request, or 0 without a request. When the
//! worker crashes, pending requests get no answer, and the next request starts a new worker, which has no
//! document: see [`watch`].

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use super::keys::storage as key;
use super::storage;
use super::timer::Timer;
use js_sys::Uint8Array;
use phaseplan::protocol::wire::{from_bytes, to_bytes};
use phaseplan::protocol::{Answer, BUILD, Request};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

#[wasm_bindgen]
extern "C" {
    /// In `boot.js`: sets the style sheet of what the worker draws.
    #[wasm_bindgen(js_namespace = phaseplan)]
    fn style(sheet: &str);
}

/// Next to the page. The name is fixed, because the build does not hash it.
const ADDRESS: &str = "./worker_loader.js";

/// Receives the answer; `None` if the worker crashed.
type Asker = Box<dyn FnOnce(Option<Answer>)>;

#[derive(Default)]
struct Line {
    worker: Option<Worker>,
    /// Whether the worker listens.
    is_open: bool,
    /// Requests from before it listened.
    unsent: Vec<Uint8Array>,
    /// The callbacks of pending requests, with their numbers.
    askers: Vec<(u32, Asker)>,
    /// Number of the last request.
    asked: u32,
    /// Receives answers without a request.
    listener: Option<Rc<dyn Fn(Answer)>>,
    /// Called when the worker fails.
    watch: Option<Watch>,
}

/// The callbacks for failures of the worker.
#[derive(Clone)]
struct Watch {
    on_loss: Rc<dyn Fn(bool)>,
    on_silence: Rc<dyn Fn()>,
    on_other_build: Rc<dyn Fn()>,
    timer: Timer,
}

/// A worker that is silent for this long may never answer. The largest plans take a third of it on slow
/// computers.
const PATIENCE: Duration = Duration::from_secs(15);

thread_local! {
    static LINE: RefCell<Line> = RefCell::default();
}

/// Starts the worker in advance of the first request.
pub fn start() {
    LINE.with_borrow_mut(|line| {
        if line.worker.is_none() {
            line.worker = spawn("", Box::new(|event| on_message(&event)), Box::new(break_down));
        }
    });
}

/// Passes answers without a request to `listener`.
pub fn listen(listener: impl Fn(Answer) + 'static) {
    LINE.with_borrow_mut(|line| line.listener = Some(Rc::new(listener)));
}

/// Number of the last request.
pub fn last_number() -> u32 {
    LINE.with_borrow(|line| line.asked)
}

/// Whether the request with this number has no answer yet.
pub fn is_pending(number: u32) -> bool {
    LINE.with_borrow(|line| line.askers.iter().any(|(asked, _)| *asked == number))
}

/// Sends a request; `then` gets the answer, or `None` if there will be none.
pub fn ask(request: impl Into<Request>, then: impl FnOnce(Option<Answer>) + 'static) {
    ask_boxed(&request.into(), Box::new(then));
}

fn ask_boxed(request: &Request, then: Asker) {
    start();
    let is_there = LINE.with_borrow_mut(|line| {
        line.asked += 1;
        let mut bytes = to_bytes(&line.asked);
        bytes.extend(to_bytes(request));
        let message = Uint8Array::from(bytes.as_slice());
        line.askers.push((line.asked, then));
        match &line.worker {
            // Posting bytes fails only when the worker is gone, which is reported separately.
            Some(worker) if line.is_open => drop(worker.post_message(&message)),
            _ => line.unsent.push(message),
        }
        line.worker.is_some()
    });
    // The timeout is measured from the oldest pending request.
    if LINE.with_borrow(|line| line.askers.len() == 1) {
        begin_to_wait();
    }
    if !is_there {
        break_down();
    }
}

/// Starts an instance of the worker; its name selects its role.
pub fn spawn(name: &str, on_message: Box<dyn Fn(MessageEvent)>, break_down: Box<dyn Fn()>) -> Option<Worker> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(name);
    let worker = Worker::new_with_options(ADDRESS, &options).ok()?;
    // The browser frees them together with the worker.
    worker.set_onmessage(Some(Closure::wrap(on_message).into_js_value().unchecked_ref()));
    worker.set_onerror(Some(Closure::wrap(break_down).into_js_value().unchecked_ref()));
    Some(worker)
}

fn on_message(event: &MessageEvent) {
    let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else {
        return if is_of_this_build(event) { open() } else { refuse() };
    };
    let Some((number, answer)) = from_bytes::<(u32, Answer)>(&bytes.to_vec()) else { return };
    if let Answer::Style(sheet) = answer {
        return style(&sheet);
    }
    if number == 0 {
        let listener = LINE.with_borrow(|line| line.listener.clone());
        return listener.map_or((), |listener| listener(answer));
    }
    let asker = LINE.with_borrow_mut(|line| {
        let at = line.askers.iter().position(|(asked, _)| *asked == number)?;
        Some(line.askers.remove(at).1)
    });
    begin_to_wait();
    if let Some(asker) = asker {
        asker(Some(answer));
    }
}

/// Whether a message from a worker names the same build as the page.
pub fn is_of_this_build(event: &MessageEvent) -> bool {
    event.data().as_string().is_some_and(|build| build == BUILD)
}

/// Permanently disables a worker of another build: drops all pending requests, and starts no other worker.
fn refuse() {
    let watch = LINE.with_borrow_mut(|line| {
        line.askers.clear();
        line.watch.take()
    });
    if let Some(watch) = watch {
        watch.timer.stop();
        (watch.on_other_build)();
    }
}

/// Sends the requests from before the worker listened.
fn open() {
    storage::remove(key::RELOADED);
    LINE.with_borrow_mut(|line| {
        line.is_open = true;
        let Some(worker) = &line.worker else { return };
        for message in line.unsent.drain(..) {
            let _ = worker.post_message(&message);
        }
    });
}

/// Calls `on_loss` whenever a worker crashed and lost its state, with whether it had been loaded, `on_silence` when it has not answered for
/// long, and `on_other_build` when it is from another build, because the site was updated.
pub fn watch(
    on_loss: impl Fn(bool) + 'static,
    on_silence: impl Fn() + 'static,
    on_other_build: impl Fn() + 'static,
) {
    let watch = Watch {
        on_loss: Rc::new(on_loss),
        on_silence: Rc::new(on_silence),
        on_other_build: Rc::new(on_other_build),
        timer: Timer::new(),
    };
    LINE.with_borrow_mut(|line| line.watch = Some(watch));
}

/// Starts the timeout for a silent worker.
fn begin_to_wait() {
    let Some(watch) = LINE.with_borrow(|line| line.watch.clone()) else { return };
    watch.timer.stop();
    if LINE.with_borrow(|line| !line.askers.is_empty()) {
        watch.timer.start(PATIENCE, move || (watch.on_silence)());
    }
}

/// Terminates the worker. Pending requests get no answer, and the next request starts a new worker.
pub fn break_down() {
    let (was_open, askers) = LINE.with_borrow_mut(|line| {
        if let Some(worker) = line.worker.take() {
            // Messages it has already sent may still arrive, and must not be taken for those of the next
            // worker.
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        line.unsent.clear();
        (std::mem::take(&mut line.is_open), std::mem::take(&mut line.askers))
    });
    // The next worker gets the document before any other request.
    if let Some(watch) = LINE.with_borrow(|line| line.watch.clone()) {
        (watch.on_loss)(was_open);
    }
    for (_, asker) in askers {
        asker(None);
    }
    begin_to_wait();
}
