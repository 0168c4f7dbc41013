//! What clicks, keys, wheel and fingers do in the middle.

use std::cell::RefCell;

use leptos::prelude::*;
use phaseplan::layout::{Direction, timeline};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent, TouchEvent, WheelEvent};

use super::drawing::{Drawing, Drawn};
use super::outline::PAGE;
use super::window::Window;
use super::{Showing, element, totals};
use crate::ui::element::{effect, on};
use crate::ui::workspace::View;

/// Hears everything for all views. Copies share the same state.
#[derive(Clone, Copy)]
pub struct Gestures {
    pub drawing: Drawing,
    pub window: Window,
    pub showing: Memo<Showing>,
    /// Whether the totals say what limits the plan.
    pub is_limit_open: RwSignal<bool>,
    /// How many tasks the outline lists.
    pub most_rows: RwSignal<usize>,
    drag: StoredValue<Option<Drag>>,
    pinch: StoredValue<Option<Pinch>>,
}

/// The background held by the pointer.
#[derive(Clone, Copy)]
struct Drag {
    from: (i32, i32),
    scroll: (i32, i32),
    has_moved: bool,
}

/// Two fingers on the drawing.
#[derive(Clone, Copy)]
struct Pinch {
    distance: i32,
    zoom: i32,
}

impl Gestures {
    pub fn new(drawing: Drawing, window: Window, showing: Memo<Showing>) -> Gestures {
        let (is_limit_open, most_rows) = (RwSignal::new(false), RwSignal::new(PAGE));
        let (drag, pinch) = (StoredValue::new(None), StoredValue::new(None));
        Gestures { drawing, window, showing, is_limit_open, most_rows, drag, pinch }
    }

    /// Hears everything that happens in the middle.
    pub fn listen(self, root: &HtmlElement) {
        on(root, "click", move |event: Event| self.click(&event));
        on(root, "keydown", move |event: KeyboardEvent| self.key(&event));
        let Ok(Some(stage)) = root.query_selector(".stage") else { return };
        let Gestures { drawing, window, .. } = self;
        on(&stage, "scroll", move |_: Event| window.measure());
        on(&stage, "wheel", move |event: WheelEvent| self.wheel(&event));
        on(&stage, "pointerover", move |event: Event| drawing.point(element::task_of(&event)));
        on(&stage, "pointerleave", move |_: Event| drawing.point(None));
        on(&stage, "pointerdown", move |event: PointerEvent| self.press(&event));
        on(&stage, "pointermove", move |event: PointerEvent| self.drag(&event));
        on(&stage, "pointerup", move |_: Event| self.release());
        on(&stage, "touchmove", move |event: TouchEvent| self.pinch(&event));
        on(&stage, "touchend", move |_: Event| self.end_pinch());
        let stage = stage.unchecked_into::<HtmlElement>();
        element::observe_size(&stage, move || window.measure());
        window.element.set_value(Some(stage));
    }

    fn click(self, event: &Event) {
        if let Some(id) = element::task_of(event) {
            self.drawing.open(id);
        } else if let Some(act) = element::closest_value(event, "data-act") {
            self.act(&act);
        }
    }

    /// What the buttons say.
    fn act(self, act: &str) {
        let turn = |signal: RwSignal<bool>| signal.update(|is_on| *is_on = !*is_on);
        match act {
            "limit" => {
                turn(self.is_limit_open);
                let drawn = self.drawing.drawn.get_untracked();
                let is_open = self.is_limit_open.get_untracked();
                let tasks = if is_open { totals::limiting_tasks(&drawn) } else { Vec::new() };
                self.drawing.workspace.highlight.set(tasks);
            }
            "more" => self.most_rows.update(|most| *most += PAGE),
            "outline" => self.drawing.workspace.view.set(View::Outline),
            "all-lines" => turn(self.drawing.all_lines),
            "focus-mode" => turn(self.drawing.focus_mode),
            "larger" => self.window.step(true),
            "smaller" => self.window.step(false),
            "full-size" => self.window.set(100, None),
            "fit" => self.window.fit(),
            _ => {}
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if !is_plain || element::closest(event, ".totals, .stage-bar").is_some() {
            return;
        }
        let key = event.key();
        let is_stage = self.showing.get_untracked() == Showing::Stage;
        match (key.as_str(), is_stage) {
            ("ArrowUp", _) => self.go(Direction::Up, event),
            ("ArrowDown", _) => self.go(Direction::Down, event),
            ("ArrowLeft", _) => self.go(Direction::Left, event),
            ("ArrowRight", _) => self.go(Direction::Right, event),
            ("[", _) => self.go(Direction::Back, event),
            ("]", _) => self.go(Direction::Forward, event),
            ("f" | "F", true) => self.act("focus-mode"),
            ("+" | "=", true) => self.act("larger"),
            ("-" | "−", true) => self.act("smaller"),
            ("0", true) => self.act("fit"),
            _ => return,
        }
        event.prevent_default();
    }

    /// Selects the next task in a direction from the focused or else the selected one; the first if there is neither.
    fn go(self, direction: Direction, event: &Event) {
        let drawn = self.drawing.drawn.get_untracked();
        let focused = element::task_of(event).and_then(|id| drawn.find(&id));
        let from = focused.or_else(|| untrack(|| self.drawing.selected(&drawn)));
        let next = match from {
            Some(task) => step(&drawn, self.showing.get_untracked(), task, direction),
            None => drawn.scene.cards.first().map(|card| card.task),
        };
        if let (Some(task), Some(around)) = (next, element::closest(event, ".canvas")) {
            self.drawing.select(task);
            element::focus_selected(around);
        }
    }

    /// Brings a task that is selected elsewhere onto the screen; and when a new drawing moves the selected card, moves
    /// the window with it, as far as it can be scrolled.
    pub fn follow_selection(self) {
        let Gestures { drawing, window, .. } = self;
        effect(move || {
            let drawn = drawing.drawn.get_untracked();
            if let Some(task) = drawing.selected(&drawn) {
                window.show(&drawn.scene, task);
            }
        });
        let shown = RefCell::new(drawing.drawn.get_untracked());
        effect(move || {
            let drawn = drawing.drawn.get();
            let before = shown.replace(drawn.clone());
            let distance = || {
                let task = untrack(|| drawing.selected(&drawn))?;
                let old = before.scene.card(before.find_same(&drawn, task)?)?;
                let new = drawn.scene.card(task)?;
                Some((new.x - old.x, new.y - old.y))
            };
            if let Some(distance) = distance() {
                window.follow(distance);
            }
        });
    }

    fn wheel(self, event: &WheelEvent) {
        if !event.ctrl_key() && !event.meta_key() {
            return;
        }
        event.prevent_default();
        // A pinch on a touch pad comes as many small turns of a wheel, a wheel as few large ones.
        let zoom = self.window.zoom.get_untracked();
        let change = (-event.delta_y() as i32).clamp(-20, 20);
        let zoom = zoom + change * zoom / 100 + change.signum();
        self.window.set(zoom, Some((event.client_x(), event.client_y())));
    }

    /// Takes hold of the background.
    fn press(self, event: &PointerEvent) {
        let is_background = element::closest(event, "button, .line-target").is_none();
        if event.pointer_type() == "touch" || event.button() > 1 || !is_background {
            return;
        }
        let Some(stage) = self.window.element.get_value() else { return };
        let _ = stage.set_pointer_capture(event.pointer_id());
        let scroll = (stage.scroll_left(), stage.scroll_top());
        let from = (event.client_x(), event.client_y());
        self.drag.set_value(Some(Drag { from, scroll, has_moved: false }));
    }

    fn drag(self, event: &PointerEvent) {
        let (Some(mut drag), Some(stage)) = (self.drag.get_value(), self.window.element.get_value()) else {
            return;
        };
        let (x, y) = (event.client_x() - drag.from.0, event.client_y() - drag.from.1);
        drag.has_moved |= x.abs().max(y.abs()) > 3;
        self.drag.set_value(Some(drag));
        if drag.has_moved {
            stage.set_scroll_left(drag.scroll.0 - x);
            stage.set_scroll_top(drag.scroll.1 - y);
        }
    }

    /// A press on the background that did not move clears the selection.
    fn release(self) {
        if self.drag.get_value().is_some_and(|drag| !drag.has_moved) {
            self.drawing.workspace.select(None);
        }
        self.drag.set_value(None);
    }

    /// Zooms as two fingers move apart or together.
    fn pinch(self, event: &TouchEvent) {
        let touches = event.touches();
        let (Some(a), Some(b)) = (touches.get(0), touches.get(1)) else { return };
        event.prevent_default();
        let (x, y) = (a.client_x() - b.client_x(), a.client_y() - b.client_y());
        let distance = (x * x + y * y).isqrt().max(1);
        match self.pinch.get_value() {
            None => {
                let zoom = self.window.zoom.get_untracked();
                self.pinch.set_value(Some(Pinch { distance, zoom }));
            }
            Some(start) => {
                let middle = (a.client_x() - x / 2, a.client_y() - y / 2);
                self.window.set(start.zoom * distance / start.distance, Some(middle));
            }
        }
    }

    fn end_pinch(self) {
        self.pinch.set_value(None);
    }
}

/// The next task in a direction, as the view has them beside each other.
fn step(drawn: &Drawn, showing: Showing, task: usize, direction: Direction) -> Option<usize> {
    let is_along_line = matches!(direction, Direction::Back | Direction::Forward);
    let schedule = &drawn.report.schedule;
    match (showing, direction) {
        (Showing::Timeline, _) if !is_along_line => {
            timeline::step(&timeline::rolling(&drawn.report.plan, schedule), task, direction)
        }
        (Showing::Outline | Showing::Brief, Direction::Up | Direction::Down) => {
            let listed: Vec<usize> = schedule.phases.iter().flat_map(|phase| &phase.tasks).copied().collect();
            let at = listed.iter().position(|other| *other == task)?;
            let next = if direction == Direction::Up { at.checked_sub(1)? } else { at + 1 };
            listed.get(next).copied()
        }
        _ => drawn.scene.step(task, direction),
    }
}
