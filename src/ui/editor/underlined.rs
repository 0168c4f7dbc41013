//! The message of an underlined problem, for the pointer and for the caret.

use leptos::prelude::document;
use phaseplan::document::lines::Underline;
use phaseplan::protocol::PlanState;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// The attribute of a drawn underline with the index of its diagnostic.
pub const NUMBER: &str = "data-number";

/// The underlines with their messages.
#[derive(Clone, Default, PartialEq)]
pub struct Underlined {
    pub underlines: Vec<Underline>,
    sentences: Vec<(usize, String)>,
}

impl Underlined {
    pub fn of(planned: &PlanState) -> Underlined {
        Underlined { underlines: planned.underlines.clone(), sentences: planned.sentences.clone() }
    }

    /// The message at a byte of the text, or just after an underline; empty if there is none.
    pub fn said_at(&self, byte: usize) -> String {
        let here = self
            .underlines
            .iter()
            .filter(|underline| (underline.range.start..=underline.range.end).contains(&byte));
        let worst = here.min_by_key(|underline| underline.severity);
        worst.map(|underline| self.said_of(underline.diagnostic)).unwrap_or_default()
    }

    /// The message of a diagnostic.
    pub fn said_of(&self, diagnostic: usize) -> String {
        let found = self.sentences.iter().find(|(number, _)| *number == diagnostic);
        found.map(|(_, sentence)| sentence.clone()).unwrap_or_default()
    }
}

/// The index of the diagnostic whose underline is under the pointer. The lines are below the text box, which
/// receives all events.
pub fn under_pointer(event: &PointerEvent) -> Option<usize> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let stack = document().elements_from_point(x, y);
    stack.iter().find_map(|element| element.dyn_into::<Element>().ok()?.get_attribute(NUMBER)?.parse().ok())
}
