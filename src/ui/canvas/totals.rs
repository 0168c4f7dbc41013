//! The figures above the drawing.

use crate::ui::keys::test;
use leptos::prelude::*;
use phaseplan::explain;
use phaseplan::schedule::{BoundArgument, Outcome};

use super::drawing::Drawing;
use crate::ui::widgets::sentence;

/// The figures as text.
#[derive(Debug, Clone, PartialEq)]
struct Figures {
    phased: String,
    phases: String,
    rolling: String,
    serial: String,
    speed_up: String,
    busy: String,
    outcome: String,
    is_proved: bool,
    /// What keeps the plan from being shorter.
    limit: String,
}

/// How long the plan takes in each way, and how good that is.
#[component]
pub fn Totals() -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let is_open = RwSignal::new(false);
    let figures = Memo::new(move |_| figures(drawing));
    let read = move |read: fn(&Figures) -> &String| move || figures.with(|figures| read(figures).clone());
    let toggle = move |_| {
        is_open.update(|is_open| *is_open = !*is_open);
        let ids = if is_open.get_untracked() { limiting_tasks(drawing) } else { Vec::new() };
        drawing.workspace.highlight.set(ids);
    };
    view! {
        <section class="totals" aria-label="Totals">
            <dl class="figures">
                <div data-test=test::TOTAL_PHASED><dt>{read(|figures| &figures.phases)}</dt><dd>{read(|figures| &figures.phased)}</dd></div>
                <div data-test=test::TOTAL_ROLLING><dt>"rolling, no barriers"</dt><dd>{read(|figures| &figures.rolling)}</dd></div>
                <div data-test=test::TOTAL_SERIAL><dt>"one by one"</dt><dd>{read(|figures| &figures.serial)}</dd></div>
                <div data-test=test::TOTAL_SPEED_UP><dt>{read(|figures| &figures.busy)}</dt><dd>{read(|figures| &figures.speed_up)}</dd></div>
            </dl>
            <button
                type="button"
                class="outcome"
                class:proved=move || figures.with(|figures| figures.is_proved)
                data-test=test::OUTCOME
                title="What limits the plan"
                aria-expanded=move || is_open.get().to_string()
                aria-controls="totals-limit"
                on:click=toggle
            >
                {move || if figures.with(|figures| figures.is_proved) { "✓ " } else { "" }}
                {read(|figures| &figures.outcome)}
            </button>
            <p class="limit" id="totals-limit" data-test=test::LIMIT hidden=move || !is_open.get()>
                {move || figures.with(|figures| sentence(&figures.limit))}
            </p>
        </section>
    }
}

fn figures(drawing: Drawing) -> Figures {
    drawing.shown.with(|shown| {
        let schedule = &shown.report.schedule;
        let count = schedule.phases.len();
        Figures {
            phased: explain::duration(schedule.phased),
            phases: format!("in {count} {}", if count == 1 { "phase" } else { "phases" }),
            rolling: explain::duration(schedule.rolling.minutes),
            serial: explain::duration(schedule.serial),
            speed_up: explain::speed_up(schedule),
            busy: format!("faster, agents busy {} %", explain::busy(schedule)),
            outcome: explain::outcome(schedule),
            is_proved: schedule.outcome == Outcome::Optimal,
            limit: format!("{} {}", explain::limit(&shown.report), explain::barriers(schedule)),
        }
    })
}

/// The tasks that the lower bound speaks of.
fn limiting_tasks(drawing: Drawing) -> Vec<phaseplan::TaskId> {
    drawing.shown.with_untracked(|shown| match &shown.report.schedule.lower_bound.argument {
        BoundArgument::Chain(tasks) | BoundArgument::Incompatible(tasks) => {
            tasks.iter().map(|&task| shown.keys[task].id.clone()).collect()
        }
        _ => Vec::new(),
    })
}
