//! Which tasks each script runs. A script can't ask anybody anything, so a decision, a person's task or one for another
//! program ends it, and what waits for that is the matter of a later script.

use super::super::doer::Doer;
use super::super::phases::{OpenPhase, is_to_do};
use crate::report::Report;

/// The tasks of one script, by phase.
pub type Stretch = Vec<(usize, Vec<usize>)>;

/// For each task how many answers must come one after another before it can start.
fn answers_before(report: &Report) -> Vec<usize> {
    let mut before = vec![0; report.plan.tasks.len()];
    for &task in report.schedule.phases.iter().flat_map(|phase| &phase.tasks) {
        let answers = report.analysis.predecessors(task).map(|other| {
            let is_asked =
                is_to_do(&report.plan, other) && !Doer::of(&report.plan.tasks[other]).is_launched();
            before[other] + usize::from(is_asked)
        });
        before[task] = answers.max().unwrap_or(0);
    }
    before
}

/// The tasks to launch: one stretch for each number of answers, in the order in which they can run. `weight` is what
/// a task adds to its script; a stretch that would weigh more than `most` is cut.
pub fn stretches(
    report: &Report,
    phases: &[OpenPhase],
    weight: impl Fn(usize) -> usize,
    most: usize,
) -> Vec<Stretch> {
    let before = answers_before(report);
    let mut numbers: Vec<usize> =
        phases.iter().flat_map(|phase| &phase.calls).map(|task| before[*task]).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut all = Vec::new();
    for number in numbers {
        let mut stretch = Stretch::new();
        let mut sum = 0;
        for phase in phases {
            for &task in phase.calls.iter().filter(|task| before[**task] == number) {
                let more = weight(task);
                if sum > 0 && sum + more > most {
                    all.push(std::mem::take(&mut stretch));
                    sum = 0;
                }
                sum += more;
                match stretch.last_mut() {
                    Some((last, tasks)) if *last == phase.number => tasks.push(task),
                    _ => stretch.push((phase.number, vec![task])),
                }
            }
        }
        all.push(stretch);
    }
    all
}
