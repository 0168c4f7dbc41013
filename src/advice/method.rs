//! The five methods, compared for what is left of a plan: which of them can do it, what each takes, costs and leaves in
//! the main conversation, and which is best.

use super::Circumstances;
use super::cost;
use super::figures::{Figures, Method, MethodId, figures_of};
use super::lengths;
use super::obstacle;
use super::tokens;
use super::work_left::WorkLeft;
use crate::doer::Doer;

/// Minutes that the launch of agents takes.
pub const LAUNCH: f64 = 0.5;
/// Minutes that it takes to check and commit what a phase has changed.
pub const CHECK: f64 = 1.5;
/// Minutes of writing the calls of a message and reading their answers.
pub const CALLING: f64 = 1.0 / 6.0;
/// The fewest tasks for which an asynchronous batch pays: below, nobody gets round to writing it.
pub const FEWEST_OF_BATCH: usize = 10;
/// The minutes within which a batch is answered at the latest.
pub const BATCH: f64 = 24.0 * 60.0;
/// Agents are advised if they take at most this share of the minutes of one conversation…
pub const SHARE_THAT_PAYS: f64 = 0.9;
/// …and save at least so many. They are also advised if one conversation costs this many times as much, as long ones do…
const TIMES_TOO_DEAR: f64 = 2.0;
/// …as long as they take at most this share of its minutes.
const SHARE_IN_EXCHANGE: f64 = 1.25;
/// See [`SHARE_THAT_PAYS`].
pub const MINUTES_THAT_PAY: f64 = 2.0;

/// All methods, in the order of [`MethodId::ALL`]. Those that can do the work have no sentence yet.
pub fn methods(left: WorkLeft) -> Vec<Method> {
    let of = |id: MethodId| {
        let (figures, why) = match obstacle::obstacle(left, id) {
            Some(why) => (None, why),
            None => (Some(figures(left, id)), String::new()),
        };
        Method { id, figures, why }
    };
    MethodId::ALL.map(of).into()
}

fn figures(left: WorkLeft, id: MethodId) -> Figures {
    let (minutes, cost, context) = match id {
        MethodId::Direct => {
            (left.all_minutes(), cost::of_conversation(left), cost::context_of_conversation(left))
        }
        MethodId::Calls => (of_calls(left), cost::of_calls(left), cost::context_of_calls(left)),
        MethodId::Agents => (of_agents(left), cost::of_agents(left), cost::context_of_agents(left)),
        MethodId::Pool => (of_pool(left), cost::of_agents(left), cost::context_of_agents(left)),
        MethodId::Batch => (BATCH, cost::of_batch(left), 0.0),
    };
    Figures { minutes, cost, context }
}

fn of_calls(left: WorkLeft) -> f64 {
    let plan = &left.report.plan;
    left.messages().iter().map(|calls| lengths::longest(plan, calls)).sum::<f64>() + CALLING
}

/// The minutes of agents in phases: each phase its launch, its longest task and its check, and the time in which the
/// prompts are written.
pub fn of_agents(left: WorkLeft) -> f64 {
    let plan = &left.report.plan;
    let phases = &left.report.schedule.phases;
    let longest: f64 = phases.iter().map(|phase| lengths::longest(plan, &phase.tasks)).sum();
    longest + beside_tasks(left) + writing(left, usize::MAX)
}

/// The minutes of launching and checking in all phases together.
pub fn beside_tasks(left: WorkLeft) -> f64 {
    let own = lengths::overhead(&left.report.plan);
    let are_calls = left.is_calls_only();
    let of_phase = |tasks: &[usize]| {
        // The main conversation makes tool calls beside its agents, if it has any.
        let is_launched = |&task: &usize| {
            let doer = Doer::of(left.task(task));
            doer.is_launched() || are_calls && doer.is_seen()
        };
        match tasks.iter().any(is_launched) {
            false => 0.0,
            true if own > 0.0 => own,
            true => LAUNCH + check(left, tasks),
        }
    };
    left.report.schedule.phases.iter().map(|phase| of_phase(&phase.tasks)).sum()
}

/// The minutes of a check after these tasks: none if they change nothing.
fn check(left: WorkLeft, tasks: &[usize]) -> f64 {
    if tasks.iter().any(|&task| left.task(task).changes_files()) { CHECK } else { 0.0 }
}

/// The minutes in which the main conversation writes the prompts of the first of the agents, up to a number.
fn writing(left: WorkLeft, most: usize) -> f64 {
    let tokens: f64 = left.launched().iter().take(most).map(|&task| tokens::prompt(left.task(task))).sum();
    tokens / tokens::WRITTEN_A_SECOND / 60.0
}

/// The minutes of a pool: the schedule without phases, each task with its launch, and one check at the end.
fn of_pool(left: WorkLeft) -> f64 {
    let plan = &left.report.plan;
    let slots = &left.report.schedule.rolling.slots;
    let own = lengths::overhead(plan);
    let mut lanes: Vec<(f64, usize)> = Vec::new();
    for task in left.tasks() {
        let Some(slot) = slots.get(task).copied().flatten() else { continue };
        let worker = slot.worker as usize;
        lanes.resize(lanes.len().max(worker + 1), (0.0, 0));
        let end = lengths::start(slot) + left.minutes(task) + own;
        lanes[worker] = (lanes[worker].0.max(end), lanes[worker].1 + 1);
    }
    let launch = if own > 0.0 { 0.0 } else { LAUNCH };
    let longest = lanes.iter().map(|(end, tasks)| end + launch * *tasks as f64).fold(0.0, f64::max);
    let check = if own > 0.0 { 0.0 } else { check(left, &left.tasks()) };
    longest + check + writing(left, plan.settings.max_parallel as usize)
}

/// The best method: tool calls where they can do everything; a batch for many tasks that nobody waits for; else agents
/// or a pool if they save enough time, or the price of a conversation that has grown too long; otherwise one conversation.
pub fn best(left: WorkLeft, methods: &[Method], circumstances: &Circumstances) -> MethodId {
    let minutes = |id: MethodId| figures_of(methods, id).map(|figures| figures.minutes);
    let direct = minutes(MethodId::Direct).unwrap_or(0.0);
    if minutes(MethodId::Calls).is_some() {
        return MethodId::Calls;
    }
    let nobody_waits = circumstances.by.is_some_and(|by| by >= BATCH) && !circumstances.is_interactive;
    if nobody_waits && minutes(MethodId::Batch).is_some() && left.tasks().len() >= FEWEST_OF_BATCH {
        return MethodId::Batch;
    }
    let of_agents = [MethodId::Agents, MethodId::Pool].into_iter().filter_map(|id| Some((id, minutes(id)?)));
    let Some((id, fastest)) = of_agents.min_by(|a, b| a.1.total_cmp(&b.1)) else { return MethodId::Direct };
    let pays = fastest <= SHARE_THAT_PAYS * direct && direct - fastest >= MINUTES_THAT_PAY;
    let is_too_long = cost::context_of_conversation(left) > tokens::WINDOW;
    let dollars = |id: MethodId| figures_of(methods, id).and_then(|figures| figures.cost);
    let costs = dollars(MethodId::Direct).zip(dollars(id));
    let is_too_dear = costs.is_some_and(|(direct, agents)| direct >= TIMES_TOO_DEAR * agents)
        && fastest <= SHARE_IN_EXCHANGE * direct;
    if pays || is_too_long || is_too_dear { id } else { MethodId::Direct }
}
