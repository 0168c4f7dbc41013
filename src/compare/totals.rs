//! Compares the figures of two plans.

use super::comparison::Total;
use crate::plan::Minutes;
use crate::report::Report;

/// All figures, including equal ones.
pub(super) fn totals(before: &Report, after: &Report) -> Vec<Total> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let widest =
        |report: &Report| report.schedule.phases.iter().map(|phase| phase.tasks.len()).max().unwrap_or(0);
    let chain = |report: &Report| {
        let minutes = report
            .schedule
            .critical_path
            .iter()
            .map(|&task| report.plan.minutes_of(&report.plan.tasks[task]));
        minutes.sum::<Minutes>().rounded_up()
    };
    let total = |name, is_minutes, figure: &dyn Fn(&Report) -> u32| Total {
        name,
        is_minutes,
        before: figure(before),
        after: figure(after),
    };
    vec![
        total("tasks", false, &|report| count(report.plan.tasks.len())),
        total("conflicts", false, &|report| count(report.analysis.conflict_count)),
        total("phases", false, &|report| count(report.schedule.phases.len())),
        total("most at once", false, &|report| count(widest(report))),
        total("in phases", true, &|report| report.schedule.phased.rounded_up()),
        total("without barriers", true, &|report| report.schedule.rolling.minutes.rounded_up()),
        total("longest chain", true, &chain),
    ]
}
