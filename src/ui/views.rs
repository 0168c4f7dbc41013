//! The settings of each part of the screen, which its own buttons change.

use std::rc::Rc;

use phaseplan::protocol::PlanState;
use phaseplan::view::task::FieldProblem;
use phaseplan::view::{List, ViewOption};

use super::canvas::window::Window;
use super::state::State;

/// Copies share the same state. A part of the screen resets its settings when it is opened.
#[derive(Clone, Copy)]
pub struct Views {
    rows: [State<usize>; List::COUNT],
    options: [State<bool>; ViewOption::COUNT],
    /// Zoom and visible part of the drawing.
    pub window: Window,
    /// The step of the presentation.
    pub step: State<usize>,
    /// The outcome of copying the link.
    pub share_status: State<&'static str>,
    /// The problem with the last value written into a field.
    pub field_problem: State<Option<FieldProblem>>,
}

impl Views {
    /// The initial settings.
    pub fn new(planned: State<Rc<PlanState>>) -> Views {
        Views {
            rows: [(); List::COUNT].map(|()| State::new(0)),
            options: [(); ViewOption::COUNT].map(|()| State::new(false)),
            window: Window::new(planned),
            step: State::new(0),
            share_status: State::new(""),
            field_problem: State::new(None),
        }
    }

    /// The most entries drawn of a list.
    pub fn rows(self, list: List) -> State<usize> {
        self.rows[list as usize]
    }

    /// Resets a list to its first page.
    pub fn begin_list(self, list: List) -> State<usize> {
        let rows = self.rows(list);
        rows.put(list.page());
        rows
    }

    /// The state of an option.
    pub fn option(self, option: ViewOption) -> State<bool> {
        self.options[option as usize]
    }

    /// Switches an option off.
    pub fn begin_option(self, option: ViewOption) -> State<bool> {
        let state = self.option(option);
        state.put(false);
        state
    }

    /// Resets the settings of the drawing.
    pub fn begin_drawing(self) {
        self.begin_list(List::Outline);
        for option in [ViewOption::Limit, ViewOption::AllLines, ViewOption::Focus] {
            self.begin_option(option);
        }
        self.window.reset();
    }
}
