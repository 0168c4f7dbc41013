//! A decision that shares a phase with work, so that one holds up what waits only for the other.

use super::{Context, Definition, Finding, Findings, Fix, Rule, Severity};
use crate::plan::edit::TaskChange;
use crate::plan::{Edit, Kind, Status, TaskId};

pub(super) static RULE: Rule = Rule {
    definition: Definition {
    code: "PP309",
    name: "gate-in-phase",
    title: "A decision shares a phase with work",
    severity: Severity::Hint,
    help: "\
A phase ends when all of it is done. With a decision inside, that is when the agents are done and somebody has answered: work
that needs no answer waits for the person, and what needs only the answer waits for the agents. Nobody knows how long a person
takes.

Ask when nothing else runs: then the work before it is complete, and everything behind it knows the answer. The repair does
that. If the work beside it is worth the wait, leave it; without phases nothing is held up.",
    example: "\
- T1 Measure both stores @reads(src/store/**) @kind(research) ~20m
- T2 Disk or memory? @kind(gate) @after(T1) ~5m
- T3 Build the store @owns(src/store/**) @after(T2) ~30m
- T4 Clean up the loader @owns(src/loader/**) @after(T1) ~30m
- T5 Show the speed of the loader @owns(src/meter/**) @after(T4) ~30m
",
    repaired: "\
- T1 Measure both stores @reads(src/store/**) @kind(research) ~20m
- T2 Disk or memory? @kind(gate) @after(T1) ~5m
- T3 Build the store @owns(src/store/**) @after(T2) ~30m
- T4 Clean up the loader @owns(src/loader/**) @after(T2) ~30m
- T5 Show the speed of the loader @owns(src/meter/**) @after(T4) ~30m
",
    },
    check,
};

/// The most tasks whose dependencies the repair changes.
const MOST_CHANGED: usize = 20;

fn check(context: &Context<'_>, findings: &mut Findings) {
    for (number, phase) in context.schedule.phases.iter().enumerate() {
        let is_gate = |task: &usize| context.task(*task).kind == Kind::Gate;
        let (gates, beside): (Vec<usize>, Vec<usize>) = phase.tasks.iter().partition(|task| is_gate(task));
        for gate in gates {
            let held = Held::by(context, gate, &beside, number);
            if !beside.is_empty() && !held.is_empty() {
                findings.add(|| describe(context, gate, &beside, number, &held));
            }
        }
    }
}

/// What a decision and the work of its phase hold up of each other.
struct Held {
    /// Tasks of the next phases that need no answer.
    for_answer: Vec<usize>,
    /// Tasks that need the answer, and none of the work beside the decision although that takes longer.
    for_work: Vec<usize>,
}

impl Held {
    fn by(context: &Context<'_>, gate: usize, beside: &[usize], phase: usize) -> Held {
        let ancestors = |task: usize| &context.order.ancestors[task];
        let needs = |task: usize, other: usize| ancestors(task).contains(other);
        let minutes = |task: usize| context.plan.minutes_of(context.task(task));
        let lasts_longer = beside.iter().any(|&task| minutes(task) > minutes(gate));
        let next: Vec<usize> = context
            .schedule
            .phases
            .iter()
            .skip(phase + 1)
            .take(1)
            .flat_map(|next| next.tasks.clone())
            .collect();
        let needs_work = |task: usize| beside.iter().any(|&other| needs(task, other));
        Held {
            for_answer: next.iter().copied().filter(|&task| !needs(task, gate)).collect(),
            for_work: (next.iter().copied())
                .filter(|&task| lasts_longer && needs(task, gate) && !needs_work(task))
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.for_answer.is_empty() && self.for_work.is_empty()
    }
}

fn describe(context: &Context<'_>, gate: usize, beside: &[usize], phase: usize, held: &Held) -> Finding {
    let (id, list, number) = (context.id(gate), context.list(beside), phase + 1);
    let (work, are) = if beside.len() == 1 { ("works", "is") } else { ("work", "are") };
    let mut detail = format!("Phase {number} ends when {list} {are} done and somebody has answered.");
    if !held.for_answer.is_empty() {
        let need = if held.for_answer.len() == 1 { "needs" } else { "need" };
        detail += &format!(" {} {need} no answer and would wait for it.", context.list(&held.for_answer));
    }
    if !held.for_work.is_empty() {
        let (need, wait) = if held.for_work.len() == 1 { ("needs", "waits") } else { ("need", "wait") };
        detail += &format!(" {} {need} only the answer and {wait} for {list}.", context.list(&held.for_work));
    }
    let places = std::iter::once(context.place(gate, "", ""))
        .chain(beside.iter().map(|&task| context.place(task, "", "")));
    Finding {
        title: format!("{id} is a decision, and {list} {work} beside it in phase {number}"),
        detail,
        places: places.collect(),
        fixes: asked_alone(context, gate, phase).into_iter().collect(),
    }
}

/// Puts every task either before the decision or behind it, as the phases have them. `None` if that changes many tasks or
/// one that runs already.
fn asked_alone(context: &Context<'_>, gate: usize, phase: usize) -> Option<Fix> {
    let is_before = |task: usize| context.schedule.phase_of[task].is_some_and(|of_task| of_task < phase);
    let is_free =
        |task: &usize| *task != gate && context.is_open(*task) && !context.order.are_ordered(*task, gate);
    let free: Vec<usize> = (0..context.plan.tasks.len()).filter(is_free).collect();
    let (before, behind): (Vec<usize>, Vec<usize>) = free.iter().copied().partition(|&task| is_before(task));
    let waits_for_one = |task: usize, others: &[usize]| {
        others.iter().any(|&other| context.order.ancestors[task].contains(other))
    };
    let ends = before.iter().filter(|&&task| !before.iter().any(|&other| waits_for_one(other, &[task])));
    let starts: Vec<usize> = behind.iter().copied().filter(|&task| !waits_for_one(task, &behind)).collect();
    let runs = |&task: &usize| context.task(task).status == Status::Running;
    let are_reachable = free.iter().all(|&task| context.is_first_with_its_id(task));
    if starts.len() > MOST_CHANGED || starts.iter().any(runs) || runs(&gate) || !are_reachable {
        return None;
    }
    let waiting_also_for = |task: usize, ids: &[TaskId]| {
        let after = context.task(task).after.iter().chain(ids).cloned().collect();
        context.change(task, TaskChange::After(after))
    };
    let ends: Vec<TaskId> = ends.map(|&task| context.id(task).clone()).collect();
    let mut edits: Vec<Edit> = Vec::new();
    if !ends.is_empty() {
        edits.push(waiting_also_for(gate, &ends));
    }
    edits.extend(starts.into_iter().map(|task| waiting_also_for(task, &[context.id(gate).clone()])));
    Some(Fix { title: format!("Ask {} when nothing else runs", context.id(gate)), edits: edits.into() })
}
