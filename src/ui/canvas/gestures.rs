//! Handles keyboard, wheel, pointer and touch events in the middle pane.

use phaseplan::TaskId;
use phaseplan::layout::Direction;
use phaseplan::protocol::{Answer, DocumentRequest};
use phaseplan::view::{Placed, Showing, ViewOption};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent, TouchEvent, WheelEvent};

use super::picked::Picked;
use super::sizes;
use super::window::Window;
use crate::ui::element::on;
use crate::ui::page::{closest, focus_when_there, quoted, task_of};
use crate::ui::state::{Derived, State};
use crate::ui::worker;

/// The listeners for all views. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Gestures {
    pub picked: Picked,
    pub window: Window,
    pub showing: Derived<Showing>,
    /// The selected task, with the position of its card in the last drawing.
    placed: State<Option<(TaskId, [i32; 4])>>,
    drag: State<Option<Drag>>,
    pinch: State<Option<Pinch>>,
}

/// The background, while it is dragged.
#[derive(Clone, Copy)]
struct Drag {
    from: i32,
    scroll: i32,
    has_moved: bool,
}

/// Two fingers on the drawing.
#[derive(Clone, Copy)]
struct Pinch {
    distance: i32,
    zoom: i32,
}

impl Gestures {
    pub fn new(picked: Picked, window: Window, showing: Derived<Showing>) -> Gestures {
        let (drag, pinch) = (State::new(None), State::new(None));
        Gestures { picked, window, showing, placed: State::new(None), drag, pinch }
    }

    /// Adds the listeners to the middle pane.
    pub fn listen(self, root: &HtmlElement) {
        on(root, "keydown", move |event: KeyboardEvent| self.key(&event));
        let Ok(Some(stage)) = root.query_selector(".stage") else { return };
        let Gestures { picked, window, .. } = self;
        on(&stage, "scroll", move |_: Event| window.measure());
        on(&stage, "wheel", move |event: WheelEvent| self.wheel(&event));
        on(&stage, "pointerover", move |event: Event| picked.point(task_of(&event)));
        on(&stage, "pointerleave", move |_: Event| picked.point(None));
        on(&stage, "focusin", move |event: Event| picked.point(task_of(&event)));
        on(&stage, "pointerdown", move |event: PointerEvent| self.press(&event));
        on(&stage, "pointermove", move |event: PointerEvent| self.drag(&event));
        on(&stage, "pointerup", move |_: Event| self.release());
        on(&stage, "touchmove", move |event: TouchEvent| self.pinch(&event));
        on(&stage, "touchend", move |_: Event| self.end_pinch());
        let stage = stage.unchecked_into::<HtmlElement>();
        sizes::observe_size(&stage, move || window.measure());
        window.element.put(Some(stage));
    }

    fn key(self, event: &KeyboardEvent) {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if !is_plain || closest(event, ".totals, .stage-bar").is_some() {
            return;
        }
        let key = event.key();
        let is_stage = self.showing.get_untracked() == Showing::Stage;
        let views = self.picked.workspace.views;
        match (key.as_str(), is_stage) {
            ("ArrowUp", _) => self.go(Direction::Up, event),
            ("ArrowDown", _) => self.go(Direction::Down, event),
            ("ArrowLeft", _) => self.go(Direction::Left, event),
            ("ArrowRight", _) => self.go(Direction::Right, event),
            ("[", _) => self.go(Direction::Back, event),
            ("]", _) => self.go(Direction::Forward, event),
            ("F", true) => views.option(ViewOption::Focus).toggle(),
            ("+" | "=", true) => views.window.step(true),
            ("-" | "−", true) => views.window.step(false),
            ("0", true) => views.window.fit(),
            ("Escape", true) => return self.picked.point(None),
            _ => return,
        }
        event.prevent_default();
    }

    /// Selects the next task in a direction, starting at the focused task, or else at the selected one; the
    /// first task if there is neither.
    fn go(self, direction: Direction, event: &Event) {
        let workspace = self.picked.workspace;
        let from = task_of(event).or_else(|| workspace.selection.get_untracked());
        let showing = self.showing.get_untracked();
        worker::ask(DocumentRequest::Neighbour { from, showing, direction }, move |answer| {
            if let Some(Answer::Neighbour(Some(task))) = answer {
                let selected = [".canvas [aria-current][data-task=", &quoted(task.as_str()), "]"].concat();
                workspace.select(Some(task));
                focus_when_there(selected);
            }
        });
    }

    /// Scrolls to a newly selected task. If a new drawing moves the card of the selected task, scrolls along
    /// with it as far as possible.
    pub fn follow(self, placed: Placed) {
        self.window.take(placed);
        let selected = self.picked.workspace.selection.get_untracked();
        let chosen = selected.zip(placed.card);
        let before = self.placed.get_untracked();
        self.placed.put(chosen.clone());
        let Some((task, [_, y, _, height])) = chosen else { return };
        match before.filter(|(before, _)| *before == task) {
            None => self.window.show((y, height)),
            Some((_, before)) if before[1] != y => self.window.follow(y - before[1]),
            Some(_) => {}
        }
    }

    fn wheel(self, event: &WheelEvent) {
        if !event.ctrl_key() && !event.meta_key() {
            return;
        }
        event.prevent_default();
        // A pinch on a touchpad sends many small wheel events, a wheel few large ones.
        let zoom = self.window.zoom();
        let change = (-event.delta_y() as i32).clamp(-20, 20);
        let zoom = zoom + change * zoom / 100 + change.signum();
        self.window.set(zoom, Some(event.client_y()));
    }

    /// Starts to drag the background.
    fn press(self, event: &PointerEvent) {
        let is_background = closest(event, "button, .line-target, .peek").is_none();
        if event.pointer_type() == "touch" || event.button() > 1 || !is_background {
            return;
        }
        let Some(stage) = self.window.element.get_untracked() else { return };
        let _ = stage.set_pointer_capture(event.pointer_id());
        let (scroll, from) = (stage.scroll_top(), event.client_y());
        self.drag.put(Some(Drag { from, scroll, has_moved: false }));
    }

    fn drag(self, event: &PointerEvent) {
        let (Some(mut drag), Some(stage)) = (self.drag.get_untracked(), self.window.element.get_untracked())
        else {
            return;
        };
        let distance = event.client_y() - drag.from;
        drag.has_moved |= distance.abs() > 3;
        self.drag.put(Some(drag));
        if drag.has_moved {
            stage.set_scroll_top(drag.scroll - distance);
        }
    }

    /// Clears the selection if the background was pressed without dragging.
    fn release(self) {
        if self.drag.get_untracked().is_some_and(|drag| !drag.has_moved) {
            self.picked.workspace.select(None);
        }
        self.drag.put(None);
    }

    /// Zooms as two fingers move apart or together.
    fn pinch(self, event: &TouchEvent) {
        let touches = event.touches();
        let (Some(a), Some(b)) = (touches.get(0), touches.get(1)) else { return };
        event.prevent_default();
        let (x, y) = (a.client_x() - b.client_x(), a.client_y() - b.client_y());
        let distance = (x * x + y * y).isqrt().max(1);
        match self.pinch.get_untracked() {
            None => {
                let zoom = self.window.zoom();
                self.pinch.put(Some(Pinch { distance, zoom }));
            }
            Some(start) => {
                self.window.set(start.zoom * distance / start.distance, Some(a.client_y() - y / 2));
            }
        }
    }

    fn end_pinch(self) {
        self.pinch.put(None);
    }
}
