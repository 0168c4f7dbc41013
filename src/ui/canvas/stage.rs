//! The drawing in its window: columns of cards with lines between them, moved and zoomed by pointer, wheel and keys.

use leptos::prelude::*;
use phaseplan::TaskId;
use phaseplan::layout::Direction;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::column::PhaseColumn;
use super::drawing::{Drawing, Drawn};
use super::element;
use super::keys::{Wish, wish};
use super::lines::Lines;
use super::overview::Overview;
use super::window::{MARGIN, MOST_CARDS, Part, Window};
use super::zoom_bar::ZoomBar;
use crate::ui::workspace::View;

/// Columns of cards. Hears all pointers and keys for its cards.
#[component]
pub fn Stage() -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let stage = Window::new(drawing);
    let is_large = Memo::new(move |_| drawing.drawn.with(|drawn| drawn.scene.cards.len() > MOST_CARDS));
    let part = Memo::new(move |_| is_large.get().then(|| stage.part()));
    let is_far =
        Memo::new(move |_| part.get().is_some_and(|part| drawing.drawn.with(|drawn| is_far(drawn, part))));
    let drag = RwSignal::new(None);
    Effect::new(move |_| {
        if let Some(element) = stage.element.get() {
            element::observe_size(&element, move || stage.measure());
        }
    });
    keep_selected_card_still(drawing, stage);
    show_selected_card(drawing, stage);
    view! {
        <div
            class="stage"
            class:dragging=move || drag.get().is_some_and(|drag: Drag| drag.has_moved)
            role="group"
            aria-label="Phases as columns of cards. Arrow keys go from card to card, brackets along lines."
            node_ref=stage.element
            on:scroll=move |_| stage.measure()
            on:wheel=move |event| wheel(stage, &event)
            on:click=move |event| click(drawing, &event)
            on:keydown=move |event| key(drawing, stage, &event)
            on:pointerover=move |event| point(drawing, element::task_of(&event))
            on:pointerleave=move |_| drawing.pointed.set(None)
            on:pointerdown=move |event| drag.set(Drag::start(stage, &event))
            on:pointermove=move |event| drag.update(|drag| Drag::go_on(drag, stage, &event))
            on:pointerup=move |_| end_drag(drawing, drag)
            on:pointercancel=move |_| drag.set(None)
        >
            <button type="button" class="spoken skip" on:click=move |_| drawing.workspace.view.set(View::Outline)>
                "Read the phases as an outline instead"
            </button>
            <Sheet stage=stage part=part is_far=is_far/>
        </div>
        <ZoomBar stage=stage/>
    }
}

/// The zoomed drawing, as large as it is on the screen.
#[component]
fn Sheet(stage: Window, part: Memo<Option<Part>>, is_far: Memo<bool>) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let on_screen = move |read: fn(&Drawn) -> i32| {
        move || format!("{}px", drawing.drawn.with(read) * stage.zoom.get() / 100 + 2 * MARGIN)
    };
    let scale =
        move || format!("translate({MARGIN}px, {MARGIN}px) scale({})", stage.zoom.get() as f32 / 100.0);
    let height = move || {
        let room = (stage.frame.get().height - 2 * MARGIN) * 100 / stage.zoom.get();
        format!("{}px", room.max(drawing.drawn.with(|drawn| drawn.scene.height)))
    };
    let phases = Memo::new(move |_| {
        drawing.drawn.with(|drawn| match part.get() {
            None => 0..drawn.scene.columns.len(),
            Some(part) => drawn.scene.columns_between(part.left, part.right),
        })
    });
    let back = move |phase: usize| {
        let column = move |read: fn(&phaseplan::layout::Column) -> i32| {
            drawing.drawn.with(|drawn| drawn.scene.columns.get(phase).map(read))
        };
        let left = move || column(|column| column.x).map(|x| format!("translateX({x}px)"));
        let width = move || column(|column| column.width).map(|width| format!("{width}px"));
        view! { <i class="phase-back" style:transform=left style:width=width></i> }
    };
    let card_size = drawing.metrics.with_value(|metrics| {
        let width = metrics.column_width - 2 * metrics.padding;
        (format!("{width}px"), format!("{}px", metrics.card_height))
    });
    view! {
        <div class="sheet" style:width=on_screen(|drawn| drawn.scene.width) style:height=on_screen(|drawn| drawn.scene.height)>
            <div
                class="paper"
                class:small=move || stage.zoom.get() < 55
                class:tiny=move || stage.zoom.get() < 28
                style:transform=scale
                style:height=height
                style:--card-width=card_size.0
                style:--card-height=card_size.1
            >
                <For each=move || phases.get() key=|phase| *phase children=back/>
                <Lines part=part/>
                {move || is_far.get().then(|| view! { <Overview part=part/> })}
                <ol class="phases" aria-label="Phases">
                    <For
                        each=move || if is_far.get() { 0..0 } else { phases.get() }
                        key=|phase| *phase
                        children=move |phase| view! { <PhaseColumn phase=phase part=part/> }
                    />
                </ol>
            </div>
        </div>
    }
}

/// Whether a part has so many cards that they are drawn as blocks.
fn is_far(drawn: &Drawn, part: Part) -> bool {
    let columns = &drawn.scene.columns[drawn.scene.columns_between(part.left, part.right)];
    let cards = columns.iter().flat_map(|column| &drawn.scene.cards[column.cards.clone()]);
    cards.filter(|card| part.touches(card)).count() > MOST_CARDS
}

/// When a new drawing moves the selected card, the window moves with it, as far as it can be scrolled.
fn keep_selected_card_still(drawing: Drawing, stage: Window) {
    Effect::new(move |before: Option<Drawn>| {
        let drawn = drawing.drawn.get();
        let moved = before.and_then(|before| {
            let task = drawing.selected.get_untracked()?;
            let key = drawn.shown.keys.get(task)?;
            let old = before.scene.card(before.shown.find(key)?)?;
            let new = drawn.scene.card(task)?;
            Some((new.x - old.x, new.y - old.y))
        });
        if let (Some((x, y)), Some(element)) = (moved, stage.element.get_untracked())
            && (x, y) != (0, 0)
        {
            let zoom = stage.zoom.get_untracked();
            stage.scroll_later(element.scroll_left() + x * zoom / 100, element.scroll_top() + y * zoom / 100);
        }
        drawn
    });
}

/// A task that is selected elsewhere comes onto the screen.
fn show_selected_card(drawing: Drawing, stage: Window) {
    Effect::new(move |_| {
        if let Some(task) = drawing.selected.get() {
            stage.show(&drawing.drawn.get_untracked().scene, task);
        }
    });
}

fn wheel(stage: Window, event: &WheelEvent) {
    if !event.ctrl_key() && !event.meta_key() {
        return;
    }
    event.prevent_default();
    let Some(element) = stage.element.get_untracked() else { return };
    let place = element.get_bounding_client_rect();
    let point = (event.client_x() - place.left() as i32, event.client_y() - place.top() as i32);
    // A pinch on a touch pad comes as many small turns of a wheel, a wheel as few large ones.
    let zoom = stage.zoom.get_untracked();
    let change = (-event.delta_y() as i32).clamp(-20, 20);
    stage.set(
        (zoom + change * zoom / 100 + change.signum()).clamp(zoom_range().0, zoom_range().1),
        Some(point),
    );
}

fn zoom_range() -> (i32, i32) {
    use phaseplan::layout::zoom::STEPS;
    (STEPS[0], STEPS[STEPS.len() - 1])
}

fn click(drawing: Drawing, event: &MouseEvent) {
    if let Some(id) = element::task_of(event) {
        drawing.open(id);
    }
}

fn point(drawing: Drawing, id: Option<TaskId>) {
    let task = id.and_then(|id| drawing.shown.with_untracked(|shown| shown.find_id(&id)));
    if drawing.pointed.get_untracked() != task {
        drawing.pointed.set(task);
    }
}

fn key(drawing: Drawing, stage: Window, event: &KeyboardEvent) {
    let Some(wish) = wish(event) else { return };
    event.prevent_default();
    match wish {
        Wish::Go(direction) => go(drawing, direction, element::task_of(event)),
        Wish::Focus => drawing.focus_mode.update(|is_on| *is_on = !*is_on),
        Wish::Larger => stage.step(true, None),
        Wish::Smaller => stage.step(false, None),
        Wish::Fit => stage.fit(),
    }
}

/// Selects the next card in a direction from the selected or else the focused card; the first card if there is neither.
fn go(drawing: Drawing, direction: Direction, focused: Option<TaskId>) {
    let focused = || drawing.shown.with_untracked(|shown| shown.find_id(&focused?));
    let next =
        drawing.drawn.with_untracked(|drawn| match drawing.selected.get_untracked().or_else(focused) {
            Some(task) => drawn.scene.step(task, direction),
            None => drawn.scene.cards.first().map(|card| card.task),
        });
    if let Some(task) = next {
        drawing.pulls_focus.set_value(true);
        drawing.select(task);
    }
}

/// The background held by the pointer.
#[derive(Clone, Copy)]
struct Drag {
    from: (i32, i32),
    scroll: (i32, i32),
    has_moved: bool,
}

impl Drag {
    fn start(stage: Window, event: &PointerEvent) -> Option<Drag> {
        let is_on_background = !element::is_inside(event, "button, a, .line-target");
        if event.pointer_type() == "touch" || event.button() > 1 || !is_on_background {
            return None;
        }
        let element = stage.element.get_untracked()?;
        let _ = element.set_pointer_capture(event.pointer_id());
        let scroll = (element.scroll_left(), element.scroll_top());
        Some(Drag { from: (event.client_x(), event.client_y()), scroll, has_moved: false })
    }

    fn go_on(drag: &mut Option<Drag>, stage: Window, event: &PointerEvent) {
        let (Some(drag), Some(element)) = (drag, stage.element.get_untracked()) else { return };
        let (x, y) = (event.client_x() - drag.from.0, event.client_y() - drag.from.1);
        drag.has_moved |= x.abs().max(y.abs()) > 3;
        if drag.has_moved {
            element.set_scroll_left(drag.scroll.0 - x);
            element.set_scroll_top(drag.scroll.1 - y);
        }
    }
}

/// A press on the background that did not move clears the selection.
fn end_drag(drawing: Drawing, drag: RwSignal<Option<Drag>>) {
    if drag.get_untracked().is_some_and(|drag| !drag.has_moved) {
        drawing.workspace.select(None);
    }
    drag.set(None);
}
