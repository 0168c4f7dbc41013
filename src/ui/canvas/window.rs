//! The visible part of the drawing.

use std::rc::Rc;

use crate::ui::state::{Derived, State};
use phaseplan::layout::zoom;
use phaseplan::protocol::PlanState;
use phaseplan::view::Part;
use phaseplan::view::part::MOST_CARDS;
use web_sys::HtmlElement;

use crate::ui::timer::next_frame;

/// The space around the drawing, in screen pixels.
pub const MARGIN: i32 = 12;

/// Size and scroll position of the scrolling element, in screen pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frame {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// Zoom and visible part of the drawing. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Window {
    planned: State<Rc<PlanState>>,
    /// The scrolling element.
    pub element: State<Option<HtmlElement>>,
    frame: State<Frame>,
    /// In percent; `None` until the user zooms.
    chosen: State<Option<i32>>,
    /// In percent.
    pub zoom: Derived<i32>,
    /// Whether cards jump to their new places without animation, because the window scrolls with them.
    is_still: State<bool>,
}

impl Window {
    /// A window on the drawing of this plan.
    pub fn new(planned: State<Rc<PlanState>>) -> Window {
        let frame = State::new(Frame::default());
        let chosen = State::new(None);
        let zoom = Derived::new(move || {
            chosen.get().unwrap_or_else(|| {
                let width = frame.get().width - 2 * MARGIN;
                zoom::opening(planned.with(|planned| planned.size.0), width)
            })
        });
        Window { planned, element: State::new(None), frame, chosen, zoom, is_still: State::new(false) }
    }

    /// Resets the zoom to automatic.
    pub fn reset(self) {
        self.chosen.put(None);
    }

    /// Reads size and scroll position from the element.
    pub fn measure(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let frame = Frame {
            left: element.scroll_left(),
            top: element.scroll_top(),
            width: element.client_width(),
            height: element.client_height(),
        };
        if self.frame.get_untracked() != frame {
            self.frame.set(frame);
        }
    }

    /// Zooms to the next larger or smaller step.
    pub fn step(self, larger: bool) {
        self.set(zoom::step(self.zoom.get_untracked(), larger), None);
    }

    /// Zooms around `point`, in coordinates of the browser window; by default around the centre of this
    /// window.
    pub fn set(self, zoom: i32, point: Option<(i32, i32)>) {
        let before = self.zoom.get_untracked();
        let zoom = zoom.clamp(zoom::STEPS[0], zoom::STEPS[zoom::STEPS.len() - 1]);
        self.chosen.set(Some(zoom));
        let Some(element) = self.element.get_untracked() else { return };
        let place = element.get_bounding_client_rect();
        let inside = |(x, y): (i32, i32)| (x - place.left() as i32, y - place.top() as i32);
        let middle = (element.client_width() / 2, element.client_height() / 2);
        let (x, y) = point.map_or(middle, inside);
        let keep = |point, scroll| zoom::scroll_keeping(point - MARGIN, scroll, before, zoom);
        self.scroll_later(keep(x, element.scroll_left()), keep(y, element.scroll_top()));
    }

    /// Zooms to make the whole drawing visible.
    pub fn fit(self) {
        let size = self.planned.with_untracked(|planned| planned.size);
        let frame = self.frame.get_untracked();
        let room = (frame.width - 2 * MARGIN, frame.height - 2 * MARGIN);
        self.chosen.set(Some(zoom::fitting(size, room)));
        self.scroll_later(0, 0);
    }

    /// Scrolls as little as possible to make a card visible, given its left and top edge, width and height.
    pub fn show(self, [x, y, width, height]: [i32; 4]) {
        let Some(element) = self.element.get_untracked() else { return };
        let zoom = self.zoom.get_untracked();
        let on_screen =
            |start: i32, length: i32| (start * zoom / 100 + MARGIN, (start + length) * zoom / 100 + MARGIN);
        let (x, y) = (on_screen(x, width), on_screen(y, height));
        let left = zoom::scroll_showing(x, element.scroll_left(), element.client_width());
        let top = zoom::scroll_showing(y, element.scroll_top(), element.client_height());
        if (left, top) != (element.scroll_left(), element.scroll_top()) {
            self.scroll_later(left, top);
        }
    }

    /// Scrolls by the distance that a card moved in the drawing. Then only cards that moved relative to it
    /// appear to move.
    pub fn follow(self, (x, y): (i32, i32)) {
        let Some(element) = self.element.get_untracked() else { return };
        let zoom = self.zoom.get_untracked();
        let (left, top) = (element.scroll_left() + x * zoom / 100, element.scroll_top() + y * zoom / 100);
        let can_scroll = |wanted: i32, length: i32, room: i32| wanted.clamp(0, (length - room).max(0));
        let left = can_scroll(left, element.scroll_width(), element.client_width());
        let top = can_scroll(top, element.scroll_height(), element.client_height());
        if (left, top) != (element.scroll_left(), element.scroll_top()) {
            self.is_still.set(true);
            self.scroll_later(left, top);
            next_frame(move || next_frame(move || self.is_still.set(false)));
        }
    }

    /// Scrolls after all results of the last change are on the page, but before it is painted.
    fn scroll_later(self, left: i32, top: i32) {
        next_frame(move || {
            if let Some(element) = self.element.get_if_there().flatten() {
                element.set_scroll_left(left);
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
        let frame = self.frame.get();
        let zoom = self.zoom.get();
        let step = 256;
        let stretch = |start: i32, length: i32| {
            let (from, to) = (start - length / 2, start + length + length / 2);
            (from.div_euclid(step) * step * 100 / zoom, (to.div_euclid(step) + 1) * step * 100 / zoom)
        };
        let ((left, right), (top, bottom)) =
            (stretch(frame.left, frame.width), stretch(frame.top, frame.height));
        Some(Part { left, top, right, bottom })
    }

    /// Height of the window, in the coordinates of the drawing.
    pub fn room(self) -> i32 {
        (self.frame.get().height - 2 * MARGIN) * 100 / self.zoom.get()
    }

    /// The position and scale of the drawing.
    pub fn transform(self) -> String {
        let zoom = self.zoom.get();
        format!("translate({MARGIN}px, {MARGIN}px) scale({}.{:02})", zoom / 100, zoom % 100)
    }

    /// Classes for the level of detail of the cards, and for the animation of zooming.
    pub fn class(self) -> String {
        let size = match self.zoom.get() {
            ..28 => " small tiny",
            28..55 => " small",
            _ => "",
        };
        let is_free = self.chosen.get().is_none();
        let change = match self.is_still.get() {
            true => " still",
            false if is_free => " gliding",
            false => "",
        };
        format!("paper{size}{change}")
    }
}
