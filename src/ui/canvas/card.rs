//! The card of a task.

use crate::ui::keys::test;
use leptos::html;
use leptos::prelude::*;

use super::drawing::{Drawing, Key, Relation};
use super::face::{Face, face, place};

/// A card in the list of its phase. Clicks and keys are heard by the stage.
#[component]
pub fn Card(key: Key) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let button = NodeRef::<html::Button>::new();
    let id = key.id.to_string();
    let task = Memo::new(move |_| drawing.shown.with(|shown| shown.find(&key)));
    let face = Memo::new(move |_| task.get().map(|task| drawing.shown.with(|shown| face(shown, task))));
    let place =
        Memo::new(move |_| task.get().and_then(|task| drawing.drawn.with(|drawn| place(drawn, task))));
    let is_selected = Memo::new(move |_| task.get().is_some() && drawing.selected.get() == task.get());
    let transform = move || place.get().map(|place| format!("translate({}px, {}px)", place.x, place.y));
    let start = move |coordinate: fn((i32, i32)) -> i32| {
        place.get().and_then(|place| place.from).map(|from| format!("{}px", coordinate(from)))
    };
    Effect::new(move |_| {
        if is_selected.get()
            && drawing.pulls_focus.get_value()
            && let Some(button) = button.get()
        {
            let _ = button.focus();
            drawing.pulls_focus.set_value(false);
        }
    });
    let class = move || face.with(|face| face.as_ref().map(|face| class(drawing, face, task.get())));
    let tab_index = move || if is_tab_stop(drawing, task.get()) { "0" } else { "-1" };
    let content = move || face.get().map(content);
    view! {
        <li
            class="card-slot"
            class:arrives=move || place.get().is_some_and(|place| place.from.is_some())
            style:transform=transform
            style:--from-x=move || start(|from| from.0)
            style:--from-y=move || start(|from| from.1)
        >
            <button
                node_ref=button
                type="button"
                class=class
                data-test=test::TASK_CARD
                data-task=id
                aria-current=move || is_selected.get().then_some("true")
                tabindex=tab_index
            >
                {content}
            </button>
        </li>
    }
}

/// Lines of text.
fn content(face: Face) -> AnyView {
    let mark = face.mark.map(|mark| {
        let text = format!("{} {}", mark.sign.character(), mark.short);
        view! { <span class=format!("sign {}", mark.sign.name())>{text}</span> }
    });
    view! {
        <span class="card-title" title=face.title.clone()>{face.title.clone()}</span>
        <span class="card-facts">
            <span>{face.id}</span>
            <span>{face.minutes}</span>
            <span class="card-agent">{face.agent}</span>
            {mark}
        </span>
        <span class="card-files" class:doubt=face.is_unknown>{face.files}</span>
        <span class="spoken">{face.spoken}</span>
    }
    .into_any()
}

fn class(drawing: Drawing, face: &Face, task: Option<usize>) -> String {
    let mut class = "card".to_owned();
    let mut add = |is_so: bool, name: &str| {
        if is_so {
            class.push(' ');
            class.push_str(name);
        }
    };
    add(face.is_critical, "critical");
    add(face.is_unknown, "unknown-files");
    if let Some(mark) = &face.mark {
        add(true, mark.sign.name());
        add(mark.waits, "waits");
    }
    let Some(task) = task else { return class };
    let relation = drawing.relations.with(|relations| relations.get(task).copied().flatten());
    add(relation == Some(Relation::Itself), "selected");
    add(matches!(relation, Some(Relation::Before | Relation::After)), "related");
    let is_focusing = drawing.focus_mode.get() && drawing.selected.get().is_some();
    add(is_focusing && relation.is_none(), "faded");
    let is_pointed_at = drawing.workspace.highlight.with(|ids| ids.iter().any(|id| id.as_str() == face.id));
    add(is_pointed_at, "pointed-at");
    class
}

/// The selected card is reached by Tab, or the first one if none is selected; the others by arrows.
fn is_tab_stop(drawing: Drawing, task: Option<usize>) -> bool {
    let first = || drawing.drawn.with(|drawn| drawn.scene.cards.first().map(|card| card.task));
    task.is_some() && task == drawing.selected.get().or_else(first)
}
