//! Repairs as buttons, each with what it gains or costs.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use phaseplan::Report;
use phaseplan::analysis::Fix;
use phaseplan::explain;
use phaseplan::protocol::{Answer, Request};
use phaseplan::report::Gain;

use super::super::element::{El, button, effect, el};
use super::super::keys::test;
use super::super::notices::Notice;
use super::super::timer::Timer;
use super::super::worker;
use super::super::workspace::{Change, Workspace};

/// Plans with more tasks get no figures, since each figure is a whole schedule.
const MOST_TASKS: usize = 150;
/// How many repairs get figures.
const MOST_FIXES: usize = 24;
/// Pause before the first figure is computed.
const PAUSE: Duration = Duration::from_millis(400);

/// The number of a problem, and of one of its repairs.
type Repair = (usize, usize);

/// What each repair gains, as far as that is known.
#[derive(Clone, Copy)]
pub struct Gains(RwSignal<Vec<(Repair, Gain)>>);

impl Gains {
    /// Has them computed one by one whenever a report stands for a while.
    pub fn compute_when_idle(workspace: Workspace) -> Gains {
        let gains = Gains(RwSignal::new(Vec::new()));
        let timer = Timer::new();
        effect(move || {
            let report = workspace.report.get();
            timer.stop();
            gains.0.set(Vec::new());
            if report.plan.tasks.len() <= MOST_TASKS {
                let fixes = report.analysis.diagnostics.iter().enumerate();
                let wanted =
                    fixes.flat_map(|(number, found)| (0..found.fixes.len()).map(move |fix| (number, fix)));
                let wanted: Vec<_> = wanted.take(MOST_FIXES).collect();
                gains.compute_next(workspace, report, wanted.into(), 0, timer, PAUSE);
            }
        });
        on_cleanup(move || timer.stop());
        gains
    }

    fn compute_next(
        self,
        workspace: Workspace,
        report: Arc<Report>,
        wanted: Arc<[Repair]>,
        at: usize,
        timer: Timer,
        pause: Duration,
    ) {
        let Some(&(number, fix)) = wanted.get(at) else { return };
        timer.start(pause, move || {
            let edits = report.analysis.diagnostics[number].fixes[fix].edits.clone();
            worker::ask(&Request::Gain(edits), move |answer| {
                let is_current = workspace.report.with_untracked(|shown| Arc::ptr_eq(shown, &report));
                if let (true, Some(Answer::Gained(gain))) = (is_current, answer)
                    && self.0.try_update(|gains| gains.push(((number, fix), gain))).is_some()
                {
                    self.compute_next(workspace, report, wanted, at + 1, timer, Duration::ZERO);
                }
            });
        });
    }

    fn of(self, number: usize, fix: usize) -> Option<Gain> {
        self.0.with(|gains| gains.iter().find(|(repair, _)| *repair == (number, fix)).map(|(_, gain)| *gain))
    }

    /// The repair of this problem that makes the plan shortest, if any makes it shorter.
    fn best(self, number: usize) -> Option<usize> {
        self.0.with(|gains| {
            let shorter = gains.iter().filter(|(repair, gain)| repair.0 == number && gain.minutes < 0);
            shorter.min_by_key(|(repair, gain)| (gain.minutes, repair.1)).map(|(repair, _)| repair.1)
        })
    }
}

/// The buttons of one problem.
pub fn repairs(workspace: Workspace, gains: Gains, number: usize, fixes: &[Fix]) -> El {
    let buttons = fixes.iter().cloned().enumerate().map(|(at, fix)| {
        let minutes = move || gains.of(number, at).map_or(0, |gain| gain.minutes);
        let gain = el("span")
            .class("gain")
            .class_when("is-ok", move || minutes() < 0)
            .class_when("is-warning", move || minutes() > 0)
            .live_text(move || gains.of(number, at).map(in_words).unwrap_or_default());
        let title = el("span").text(&fix.title);
        button("fix", move || repair(workspace, fix.clone()))
            .test(test::FIX)
            .class_when("best", move || gains.best(number) == Some(at))
            .child(title)
            .child(gain)
    });
    el("div").class("fixes").children(buttons)
}

/// `−20 m, 3 phases`, or `±0`.
fn in_words(gain: Gain) -> String {
    let minutes = explain::duration(gain.minutes.unsigned_abs() as u32);
    let minutes = match gain.minutes {
        0 => "±0".to_owned(),
        less if less < 0 => ["−", &minutes].concat(),
        _ => ["+", &minutes].concat(),
    };
    match (gain.more_phases, gain.phases) {
        (0, _) => minutes,
        (_, 1) => [&minutes, ", 1 phase"].concat(),
        (_, phases) => format!("{minutes}, {phases} phases"),
    }
}

fn repair(workspace: Workspace, fix: Fix) {
    workspace.problem.set(None);
    workspace.apply(Change::Edits(fix.edits, fix.title.clone()));
    let undo = move || workspace.apply(Change::Undo);
    workspace.notices.show(Notice::plain([&fix.title, "."].concat()).with_action("Undo", undo));
}
