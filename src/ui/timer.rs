//! Things to do later. One boxed kind of closure, for the same reason as in [`super::element`].

use std::time::Duration;

use crate::ui::state::State;
use leptos::prelude::*;

/// Something that waits; what is put into it takes the place of what waits.
#[derive(Clone, Copy)]
pub struct Timer(State<Option<TimeoutHandle>>);

impl Timer {
    /// Nothing waits.
    pub fn new() -> Timer {
        Timer(State::new(None))
    }

    /// Runs `act` after the pause, unless something else takes its place or the owner goes.
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

    /// Whether something waits.
    pub fn is_waiting(self) -> bool {
        self.0.get_if_there().flatten().is_some()
    }

    /// Nothing waits any more.
    pub fn stop(self) {
        if let Some(handle) = self.0.get_if_there().flatten() {
            handle.clear();
            self.0.put(None);
        }
    }
}

/// Runs `act` when the page is drawn next.
pub fn next_frame(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(act);
}
