//! The visible part of the drawing.

use std::rc::Rc;

use crate::ui::state::State;
use phaseplan::TaskId;
use phaseplan::layout::{Detail, Zoom, zoom};
use phaseplan::protocol::PlanState;
use phaseplan::view::part::MOST_CARDS;
use phaseplan::view::{Frame, Part, Placed};
use web_sys::HtmlElement;

use crate::ui::timer::next_frame;

/// Zoom and visible part of the drawing. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Window {
    planned: State<Rc<PlanState>>,
    /// The scrolling element.
    pub element: State<Option<HtmlElement>>,
    /// Width and height of that element.
    size: State<(i32, i32)>,
    /// How far it is scrolled.
    top: State<i32>,
    chosen: State<Zoom>,
    /// The runs that are unfolded, by their first tasks.
    pub unfolded: State<Vec<TaskId>>,
    /// The sizes of what was drawn last.
    pub placed: State<Placed>,
    /// A point of the element, and what is to be there after the next drawing: a share of the height, in
    /// thousandths.
    kept: State<Option<(i32, i32)>>,
    /// Whether cards jump to their new places without animation, because the window scrolls with them.
    is_still: State<bool>,
}

impl Window {
    /// A window on the drawing of this plan.
    pub fn new(planned: State<Rc<PlanState>>) -> Window {
        Window {
            planned,
            element: State::new(None),
            size: State::new((0, 0)),
            top: State::new(0),
            chosen: State::new(Zoom::Free),
            unfolded: State::new(Vec::new()),
            placed: State::new(Placed::default()),
            kept: State::new(None),
            is_still: State::new(false),
        }
    }

    /// Resets the zoom to automatic.
    pub fn reset(self) {
        self.chosen.put(Zoom::Free);
    }

    /// What the worker needs to know of it; nothing before it has a size.
    pub fn frame(self) -> Option<Frame> {
        let size = self.size.get();
        (size.0 > 0).then(|| Frame { size, zoom: self.chosen.get(), unfolded: self.unfolded.get() })
    }

    /// Reads size and scroll position from the element.
    pub fn measure(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let size = (element.client_width(), element.client_height());
        if self.size.get_untracked() != size {
            self.size.set(size);
        }
        if self.top.get_untracked() != element.scroll_top() {
            self.top.set(element.scroll_top());
        }
    }

    /// The zoom in percent.
    pub fn zoom(self) -> i32 {
        match self.chosen.get_untracked() {
            Zoom::Percent(percent) => percent,
            Zoom::Free | Zoom::Fit => self.placed.with_untracked(|placed| placed.zoom),
        }
    }

    /// Zooms to the next larger or smaller step.
    pub fn step(self, larger: bool) {
        let shown = self.placed.with_untracked(|placed| placed.zoom);
        self.set(zoom::step(shown, larger), None);
    }

    /// Zooms around a height in the browser's window; by default around the middle of this one.
    pub fn set(self, zoom: i32, y: Option<i32>) {
        let Some(element) = self.element.get_untracked() else { return };
        let top = element.get_bounding_client_rect().top() as i32;
        let y = y.map_or(element.client_height() / 2, |y| y - top);
        let height = self.placed.with_untracked(|placed| placed.size.1).max(1);
        self.kept.put(Some((y, (element.scroll_top() + y) * 1_000 / height)));
        self.chosen.set(Zoom::Percent(zoom.clamp(zoom::CELLS, zoom::scale(i32::MAX))));
    }

    /// Zooms to make the whole drawing visible.
    pub fn fit(self) {
        self.chosen.set(Zoom::Fit);
    }

    /// Takes in what was drawn.
    pub fn take(self, placed: Placed) {
        let height = placed.size.1;
        if self.placed.get_untracked() != placed {
            self.placed.set(placed);
        }
        if let Some((y, share)) = self.kept.get_untracked() {
            self.kept.put(None);
            self.scroll_later(height * share / 1_000 - y);
        }
    }

    /// Scrolls as little as possible to make a card visible, given its upper edge and its height.
    pub fn show(self, (y, height): (i32, i32)) {
        let Some(element) = self.element.get_untracked() else { return };
        self.scroll_later(zoom::scroll_showing(
            (y, y + height),
            element.scroll_top(),
            element.client_height(),
        ));
    }

    /// Scrolls by the distance that a card moved in the drawing. Then only cards that moved relative to it
    /// appear to move.
    pub fn follow(self, distance: i32) {
        let Some(element) = self.element.get_untracked() else { return };
        let most = (element.scroll_height() - element.client_height()).max(0);
        let top = (element.scroll_top() + distance).clamp(0, most);
        if top != element.scroll_top() {
            self.is_still.set(true);
            self.scroll_later(top);
            next_frame(move || next_frame(move || self.is_still.set(false)));
        }
    }

    /// Scrolls after all results of the last change are on the page, but before it is painted.
    fn scroll_later(self, top: i32) {
        next_frame(move || {
            if let Some(element) = self.element.get_if_there().flatten() {
                element.set_scroll_top(top);
                self.measure();
            }
        });
    }

    /// The visible part of a large drawing, extended by half a screen on each side and rounded, so it rarely
    /// changes. Small drawings have no part.
    pub fn part(self) -> Option<Part> {
        if self.planned.with(|planned| planned.cards <= MOST_CARDS) {
            return None;
        }
        const STEP: i32 = 256;
        let (top, height) = (self.top.get(), self.size.get().1);
        let (from, to) = (top - height / 2, top + height + height / 2);
        Some(Part { top: from.div_euclid(STEP) * STEP, bottom: (to.div_euclid(STEP) + 1) * STEP })
    }

    /// The scale of the drawing.
    pub fn transform(self) -> String {
        let zoom = zoom::scale(self.placed.with(|placed| placed.zoom));
        format!("scale({}.{:02})", zoom / 100, zoom % 100)
    }

    /// Classes for the level of detail of the cards.
    pub fn class(self) -> String {
        let detail = match zoom::detail(self.placed.with(|placed| placed.zoom)) {
            Detail::Cells => " cells",
            Detail::Lines => " rows",
            Detail::Cards => "",
        };
        ["paper", detail, if self.is_still.get() { " still" } else { "" }].concat()
    }
}
