//! Timers. One boxed type of closure, for the same reason as in [`super::element`].

use std::time::Duration;

use crate::ui::state::State;
use leptos::prelude::*;

/// A timer with at most one waiting action; a new action replaces it.
#[derive(Clone, Copy)]
pub struct Timer(State<Option<TimeoutHandle>>);

impl Timer {
    /// A timer without an action.
    pub fn new() -> Timer {
        Timer(State::new(None))
    }

    /// Runs `act` after the pause, unless it is replaced or the owner is dropped.
    pub fn start(self, pause: Duration, act: impl FnOnce() + 'static) {
        self.start_boxed(pause, Box::new(act));
    }

    fn start_boxed(self, pause: Duration, act: Box<dyn FnOnce()>) {
        self.stop();
        let act: Box<dyn FnOnce()> = Box::new(move || {
            self.0.put(None);
            act();
        });
        self.0.put(set_timeout_with_handle(act, pause).ok());
    }

    /// Whether an action is waiting.
    pub fn is_waiting(self) -> bool {
        self.0.get_if_there().flatten().is_some()
    }

    /// Cancels the waiting action.
    pub fn stop(self) {
        if let Some(handle) = self.0.get_if_there().flatten() {
            handle.clear();
            self.0.put(None);
        }
    }
}

/// Runs `act` before the next paint.
pub fn next_frame(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(act);
}
