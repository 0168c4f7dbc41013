//! The page's end of the worker that plans: sends requests and hands the answers to whoever asked.
//!
//! Requests are numbered, and each answer carries the number of its request; what has the number 0 was not asked for. When
//! the worker breaks down, those who wait are told so, and the next request starts another one, which knows no document: see
//! [`watch`].

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
    /// Who waits for an answer, with the number of the request.
    askers: Vec<(u32, Asker)>,
    /// Number of the last request.
    asked: u32,
    /// Gets what was not asked for.
    listener: Option<Rc<dyn Fn(Answer)>>,
    /// Is told when the worker fails.
    watch: Option<Watch>,
}

/// Who is told when the worker fails.
#[derive(Clone)]
struct Watch {
    on_loss: Rc<dyn Fn()>,
    on_silence: Rc<dyn Fn()>,
    on_other_build: Rc<dyn Fn()>,
    timer: Timer,
}

/// A worker that says nothing for so long may never do so. The largest plans take a third of it on slow computers.
const PATIENCE: Duration = Duration::from_secs(15);

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

/// Hands what the worker tells without being asked to `listener`.
pub fn listen(listener: impl Fn(Answer) + 'static) {
    LINE.with_borrow_mut(|line| line.listener = Some(Rc::new(listener)));
}

/// Number of the last request.
pub fn last_number() -> u32 {
    LINE.with_borrow(|line| line.asked)
}

/// Asks; `then` gets the answer, or `None` if there will be none.
pub fn ask(request: &Request, then: impl FnOnce(Option<Answer>) + 'static) {
    ask_boxed(request, Box::new(then));
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
            // Posting bytes fails only when the worker is gone, which it says by itself.
            Some(worker) if line.is_open => drop(worker.post_message(&message)),
            _ => line.unsent.push(message),
        }
        line.worker.is_some()
    });
    // What was asked first is waited for longest.
    if LINE.with_borrow(|line| line.askers.len() == 1) {
        begin_to_wait();
    }
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
    let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else {
        return if is_of_this_build(event) { open() } else { refuse() };
    };
    let Some((number, answer)) = from_bytes::<(u32, Answer)>(&bytes.to_vec()) else { return };
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

/// Whether a worker that says which build it is of is of the same one as the page.
pub fn is_of_this_build(event: &MessageEvent) -> bool {
    event.data().as_string().is_some_and(|build| build == BUILD)
}

/// Leaves a worker of another build alone for good: nobody waits for its answers, nor is another one started.
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

/// Sends what was asked before the worker listened.
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

/// Calls `on_loss` whenever a worker broke down and took what it knew with it, `on_silence` when it has not answered for
/// long, and `on_other_build` when it is of another build, since the site was updated.
pub fn watch(
    on_loss: impl Fn() + 'static,
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

/// Measures from here on how long the worker says nothing.
fn begin_to_wait() {
    let Some(watch) = LINE.with_borrow(|line| line.watch.clone()) else { return };
    watch.timer.stop();
    if LINE.with_borrow(|line| !line.askers.is_empty()) {
        watch.timer.start(PATIENCE, move || (watch.on_silence)());
    }
}

/// Ends the worker. Who waits for it is told that there will be no answer, and the next request starts another one.
pub fn break_down() {
    let askers = LINE.with_borrow_mut(|line| {
        if let Some(worker) = line.worker.take() {
            // What it already sent is still on its way, and must not be taken for news of the next one.
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        line.is_open = false;
        line.unsent.clear();
        std::mem::take(&mut line.askers)
    });
    // The next worker gets the document before anybody asks for what follows from it.
    if let Some(watch) = LINE.with_borrow(|line| line.watch.clone()) {
        (watch.on_loss)();
    }
    for (_, asker) in askers {
        asker(None);
    }
    begin_to_wait();
}
