//! The schedules on a time axis: without barriers, and in phases.

use crate::ui::keys::test;
use leptos::prelude::*;
use phaseplan::explain;
use phaseplan::layout::timeline::{self, Bar, Lanes};

use super::drawing::{Drawing, Shown};
use super::element;
use crate::ui::widgets::sentence;

/// More bars are not drawn, so that the page stays quick.
const MOST_BARS: usize = 1_200;

/// Width that a bar of middling length should have, in pixels.
const READABLE: u32 = 48;

/// Width of a whole chart at most, in pixels.
const WIDEST: u32 = 24_000;

/// Room for the words of a mark of the axis, in pixels.
const TICK_WIDTH: u32 = 72;

/// Both schedules as bars.
#[component]
pub fn Timeline() -> impl IntoView {
    let drawing = expect_context::<Drawing>();
    let click = move |event: web_sys::MouseEvent| {
        if let Some(id) = element::task_of(&event) {
            drawing.open(id);
        }
    };
    let charts = move || drawing.shown.with(|shown| charts(drawing, shown));
    view! { <div class="timeline" data-test=test::TIMELINE on:click=click>{charts}</div> }
}

fn charts(drawing: Drawing, shown: &Shown) -> AnyView {
    let (plan, schedule) = (&shown.report.plan, &shown.report.schedule);
    let rolling = timeline::rolling(plan, schedule);
    let (phased, starts) = timeline::phased(plan, schedule);
    let minutes = schedule.phased.max(schedule.rolling.minutes).max(1);
    // Hundredths of a pixel, so that long plans are still in proportion.
    let least_minute = (READABLE * 100 / middling_minutes(&rolling)).min(WIDEST * 100 / minutes);
    let scale = format!("{}.{:02}px", least_minute / 100, least_minute % 100);
    let tick = timeline::tick(minutes, (minutes * least_minute / 100 / TICK_WIDTH).max(8));
    let bars: usize = rolling.iter().map(Vec::len).sum();
    let cut = (bars > MOST_BARS).then(|| {
        view! { <p class="timeline-note">{format!("The first {MOST_BARS} of {bars} tasks are drawn.")}</p> }
    });
    let rolling_title = format!("Without barriers · {}", explain::duration(schedule.rolling.minutes));
    let phased_title = format!("In phases · {}", explain::duration(schedule.phased));
    view! {
        <p class="timeline-note" data-test=test::BARRIER_COST>{sentence(&explain::barriers(schedule))}</p>
        {cut}
        <div class="charts" style:--least-minute=scale style:--minutes=minutes.to_string()>
            {chart(drawing, shown, rolling_title, rolling, Vec::new(), (minutes, tick))}
            {chart(drawing, shown, phased_title, phased, starts, (minutes, tick))}
        </div>
    }
    .into_any()
}

/// The median of the lengths, at least a minute.
fn middling_minutes(lanes: &Lanes) -> u32 {
    let mut minutes: Vec<u32> = lanes.iter().flatten().map(|bar| bar.minutes).collect();
    minutes.sort_unstable();
    minutes.get(minutes.len() / 2).copied().unwrap_or(1).max(1)
}

fn at_minute(minute: u32) -> String {
    format!("calc(var(--minute) * {minute})")
}

fn chart(
    drawing: Drawing,
    shown: &Shown,
    title: String,
    lanes: Lanes,
    starts: Vec<u32>,
    (minutes, step): (u32, u32),
) -> AnyView {
    let marks = (0..=minutes / step).map(|mark| {
        let minute = mark * step;
        view! { <span class="tick" style:left=at_minute(minute)>{explain::duration(minute)}</span> }
    });
    let barriers =
        starts.iter().skip(1).map(|&start| view! { <i class="barrier" style:left=at_minute(start)></i> });
    let most = MOST_BARS / lanes.len().max(1) + 1;
    let rows = lanes.into_iter().enumerate().map(|(lane, bars)| {
        let bars = bars.into_iter().take(most).map(|bar| bar_view(drawing, shown, bar)).collect_view();
        view! { <li class="lane"><span class="lane-name">{format!("Agent {}", lane + 1)}</span><ol class="lane-bars">{bars}</ol></li> }
    });
    let heading = title.clone();
    view! {
        <section class="chart" aria-label=title>
            <h3>{heading}</h3>
            <div class="chart-body">
                <div class="axis" aria-hidden="true">{marks.collect_view()}{barriers.collect_view()}</div>
                <ol class="lanes">{rows.collect_view()}</ol>
            </div>
        </section>
    }
    .into_any()
}

fn bar_view(drawing: Drawing, shown: &Shown, bar: Bar) -> AnyView {
    let task = &shown.report.plan.tasks[bar.task];
    let id = task.id.clone();
    let is_selected = move || drawing.workspace.selection.with(|selected| selected.as_ref() == Some(&id));
    let is_current = is_selected.clone();
    let mark = shown.marks[bar.task].as_ref();
    let sign = mark.map_or("", |mark| mark.sign.name());
    let waits = if mark.is_some_and(|mark| mark.waits) { "waits" } else { "" };
    let critical = if shown.is_critical[bar.task] { "critical" } else { "" };
    let label = format!(
        "{} {}, from {} to {}",
        task.id,
        task.title,
        explain::duration_in_words(bar.start),
        explain::duration_in_words(bar.start + bar.minutes),
    );
    view! {
        <li style:left=at_minute(bar.start) style:width=at_minute(bar.minutes)>
            <button
                type="button"
                class=format!("bar {sign} {waits} {critical}")
                class:selected=is_selected
                data-test=test::TIMELINE_BAR
                data-task=task.id.to_string()
                title=label.clone()
                aria-label=label
                aria-current=move || is_current().then_some("true")
            >
                <b>{task.id.to_string()}</b> " " {task.title.clone()}
            </button>
        </li>
    }
    .into_any()
}
