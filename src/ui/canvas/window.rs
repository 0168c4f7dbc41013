//! The part of the drawing that is on the screen.

use crate::ui::state::{Derived, State};
use phaseplan::layout::zoom;
use phaseplan::view::Part;
use phaseplan::view::part::MOST_CARDS;
use web_sys::HtmlElement;

use crate::ui::timer::next_frame;
use crate::ui::workspace::Workspace;

/// Space around the drawing, in pixels of the screen.
pub const MARGIN: i32 = 12;

/// Size and scroll position of the element the drawing scrolls in, in pixels of the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Frame {
    pub left: i32,
    pub top: i32,
    pub width: i32,
    pub height: i32,
}

/// How large the drawing is shown, and which part of it. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Window {
    workspace: Workspace,
    /// The element the drawing scrolls in.
    pub element: State<Option<HtmlElement>>,
    frame: State<Frame>,
    /// In percent; `None` until somebody zooms.
    chosen: State<Option<i32>>,
    /// In percent.
    pub zoom: Derived<i32>,
    /// Whether cards go to their new places at once, because the window moves with them.
    is_still: State<bool>,
}

impl Window {
    pub fn new(workspace: Workspace) -> Window {
        let frame = State::new(Frame::default());
        let chosen = State::new(None);
        let zoom = Derived::new(move || {
            chosen.get().unwrap_or_else(|| {
                let width = frame.get().width - 2 * MARGIN;
                zoom::opening(workspace.planned.with(|planned| planned.size.0), width)
            })
        });
        Window { workspace, element: State::new(None), frame, chosen, zoom, is_still: State::new(false) }
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

    /// The next larger or smaller step.
    pub fn step(self, larger: bool) {
        self.set(zoom::step(self.zoom.get_untracked(), larger), None);
    }

    /// Zooms; what is under `point` of the browser's window (by default the middle of this one) stays under it.
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

    /// Zooms so that all of the drawing is on the screen.
    pub fn fit(self) {
        let size = self.workspace.planned.with_untracked(|planned| planned.size);
        let frame = self.frame.get_untracked();
        let room = (frame.width - 2 * MARGIN, frame.height - 2 * MARGIN);
        self.chosen.set(Some(zoom::fitting(size, room)));
        self.scroll_later(0, 0);
    }

    /// Scrolls no further than needed to bring a card onto the screen: left and upper edge, width and height.
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

    /// Moves with a card that went so far in the drawing; then nothing else seems to move but what moved against it.
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

    /// Scrolls after everything that follows from the last change is on the page, and before it is painted.
    fn scroll_later(self, left: i32, top: i32) {
        next_frame(move || {
            if let Some(element) = self.element.get_if_there().flatten() {
                element.set_scroll_left(left);
                element.set_scroll_top(top);
                self.measure();
            }
        });
    }

    /// The part of a large drawing on the screen, and half a screen around it; in steps, so that it changes seldom. Small
    /// drawings are shown whole.
    pub fn part(self) -> Option<Part> {
        if self.workspace.planned.with(|planned| planned.cards <= MOST_CARDS) {
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

    /// Where the paper lies and how large it is.
    pub fn transform(self) -> String {
        let zoom = self.zoom.get();
        format!("translate({MARGIN}px, {MARGIN}px) scale({}.{:02})", zoom / 100, zoom % 100)
    }

    /// How much the cards say at this size, and how the paper gets to another size.
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
