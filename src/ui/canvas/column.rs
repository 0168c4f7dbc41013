//! The column of a phase: its head, and the list of its cards.

use crate::ui::keys::test;
use leptos::prelude::*;
use phaseplan::explain;

use super::card::Card;
use super::drawing::{Drawing, Drawn, Key};
use super::window::Part;

/// What the head of a column says, and where it stands.
#[derive(Debug, Clone, PartialEq)]
struct Head {
    minutes: String,
    spoken_minutes: String,
    at_once: String,
    busy: String,
    x: String,
    width: String,
}

fn head(drawn: &Drawn, phase: usize) -> Option<Head> {
    let column = drawn.scene.columns.get(phase)?;
    let report = &drawn.shown.report;
    let planned = &report.schedule.phases[phase];
    Some(Head {
        minutes: explain::duration(planned.minutes),
        spoken_minutes: explain::duration_in_words(planned.minutes),
        at_once: explain::at_once(planned.tasks.len()),
        busy: format!("{}%", explain::busy_in_phase(report, phase)),
        x: format!("translateX({}px)", column.x),
        width: format!("{}px", column.width),
    })
}

/// The cards of a phase that are drawn: all of them, or in a large drawing those inside the window.
fn keys_in(drawn: &Drawn, phase: usize, part: Option<Part>) -> Vec<Key> {
    let Some(column) = drawn.scene.columns.get(phase) else { return Vec::new() };
    drawn.scene.cards[column.cards.clone()]
        .iter()
        .filter(|card| part.is_none_or(|part| part.touches(card)))
        .map(|card| drawn.shown.keys[card.task].clone())
        .collect()
}

/// A phase with its cards.
#[component]
pub fn PhaseColumn(phase: usize, part: Memo<Option<Part>>) -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let head = Memo::new(move |_| drawing.drawn.with(|drawn| head(drawn, phase)));
    let of_head =
        move |read: fn(&Head) -> &String| head.with(|head| head.as_ref().map(|head| read(head).clone()));
    let keys = move || drawing.drawn.with(|drawn| keys_in(drawn, phase, part.get()));
    let busy_words = move || of_head(|head| &head.busy).map(|busy| format!("agents busy {busy}"));
    let heading = format!("phase-{}", phase + 1);
    let heading_id = heading.clone();
    view! {
        <li
            class="phase"
            data-test=test::PHASE_COLUMN
            data-phase=phase + 1
            aria-labelledby=heading.clone()
            style:transform=move || of_head(|head| &head.x)
            style:width=move || of_head(|head| &head.width)
        >
            <header class="phase-head">
                <h3 id=heading_id>"Phase " {phase + 1}</h3>
                <span class="phase-minutes" aria-hidden="true">{move || of_head(|head| &head.minutes)}</span>
                <span class="spoken">{move || of_head(|head| &head.spoken_minutes)}</span>
                <span class="phase-count">{move || of_head(|head| &head.at_once)}</span>
                <span class="busy" title=busy_words>
                    <span class="busy-share" style:width=move || of_head(|head| &head.busy)></span>
                </span>
            </header>
            <ol class="cards">
                <For each=keys key=|key| key.clone() children=|key| view! { <Card key=key/> }/>
            </ol>
        </li>
    }
}
