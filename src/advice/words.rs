//! Advice in sentences: short, plain, and with what is not known first.

use super::amounts::{dollars, price, share_in_percent, time, tokens};
use super::figures::{Method, MethodId, figures_of};
use super::method::{self, BATCH, MINUTES_THAT_PAY, SHARE_THAT_PAYS};
use super::work_left::WorkLeft;
use super::{Advice, Circumstances, lengths};
use super::{price as prices, tokens as amounts_of};
use crate::doer::Doer;
use crate::evidence::grouped;
use crate::explain::{self, counted, duration, listed};
use crate::plan::Task;

/// The name of a method, within a sentence.
pub fn name(id: MethodId) -> &'static str {
    match id {
        MethodId::Direct => "one conversation",
        MethodId::Calls => "tool calls",
        MethodId::Agents => "agents in phases",
        MethodId::Pool => "a pool of agents",
        MethodId::Batch => "an asynchronous batch",
    }
}

/// All methods, in the order of [`MethodId::ALL`], each with its sentence.
pub fn methods(left: WorkLeft) -> Vec<Method> {
    let with_sentence = |method: Method| match method.figures {
        Some(_) => Method { why: consists_of(left, method.id), ..method },
        None => method,
    };
    method::methods(left).into_iter().map(with_sentence).collect()
}

/// What the minutes of a method consist of, in one sentence.
fn consists_of(left: WorkLeft, id: MethodId) -> String {
    let count = left.tasks().len();
    match id {
        MethodId::Direct if count == 0 => "Nothing is left to do.".to_owned(),
        MethodId::Direct if count == 1 => "The minutes of the task.".to_owned(),
        MethodId::Direct => "The minutes of all tasks, one after another.".to_owned(),
        MethodId::Calls => {
            let messages = counted(left.messages().len(), "message");
            format!("{} in {messages}, at most ten in each; no agent is launched.", counted(count, "call"))
        }
        MethodId::Agents => format!(
            "{}, each as long as its longest task; {} of it for launching and checking.",
            counted(left.report.schedule.phases.len(), "phase"),
            time(method::beside_tasks(left))
        ),
        MethodId::Pool => {
            "Each agent gets the next task as soon as it is free; nobody waits for a phase to end, \
                           and there is one check at the end."
                .to_owned()
        }
        MethodId::Batch => {
            format!(
                "Usually within an hour and at the latest in {}, but no time is promised; {}.",
                duration(BATCH as u32),
                share_of_price(prices::of_batch(&left.report.plan))
            )
        }
    }
}

fn share_of_price(share: f64) -> String {
    match share {
        0.5 => "half the price".to_owned(),
        1.0 => "the usual price".to_owned(),
        share => format!("{} of the price", share_in_percent(share)),
    }
}

/// The answer in one or two sentences.
pub fn answer(left: WorkLeft, best: MethodId, methods: &[Method]) -> String {
    let Some(figures) = figures_of(methods, best) else { return String::new() };
    let direct = figures_of(methods, MethodId::Direct).map_or(0.0, |figures| figures.minutes);
    let instead = format!("about {}, instead of {} in one conversation", time(figures.minutes), time(direct));
    match best {
        _ if left.tasks().is_empty() => "Nothing is left to do.".to_owned(),
        MethodId::Direct => {
            let answer = format!("In one conversation, without agents: about {}.", time(direct));
            [answer, against_agents(left, methods)].join(" ").trim_end().to_owned()
        }
        MethodId::Calls => {
            let calls = match left.messages().len() {
                1 => "As tool calls in one message".to_owned(),
                messages => format!("As tool calls in {messages} messages"),
            };
            format!("{calls}: about {}. No agents are needed.", time(figures.minutes))
        }
        MethodId::Agents if figures.minutes > SHARE_THAT_PAYS * direct => {
            let how = if widest(left) < 2 { "Agents, one after another" } else { "Agents in phases" };
            let (agents, one) =
                (figures.cost, figures_of(methods, MethodId::Direct).and_then(|direct| direct.cost));
            format!(
                "{how}: about {}, for {}. One conversation would take about {} and cost {}, since each turn reads all \
                 that was there before.",
                time(figures.minutes),
                price(agents),
                time(direct),
                price(one)
            )
        }
        MethodId::Agents => format!("Agents in phases: {instead}."),
        MethodId::Pool => format!("A pool of {} agents: {instead}.", at_work(left)),
        MethodId::Batch => format!(
            "An asynchronous batch, for {}: usually within an hour, at the latest in {}.",
            share_of_price(prices::of_batch(&left.report.plan)),
            duration(BATCH as u32)
        ),
    }
}

/// How many agents work at the same time in the schedule without phases.
fn at_work(left: WorkLeft) -> usize {
    let slots = left.report.schedule.rolling.slots.iter().flatten();
    slots.map(|slot| slot.worker as usize + 1).max().unwrap_or(0)
}

/// The most tasks in a phase.
fn widest(left: WorkLeft) -> usize {
    left.report.schedule.phases.iter().map(|phase| phase.tasks.len()).max().unwrap_or(0)
}

/// Why agents do not pay, if they could do the work.
fn against_agents(left: WorkLeft, methods: &[Method]) -> String {
    let Some(agents) = figures_of(methods, MethodId::Agents) else { return String::new() };
    let beside = method::beside_tasks(left);
    let mut said = format!(
        "Agents would take about {}, {} of it for launching and checking",
        time(agents.minutes),
        time(beside)
    );
    if widest(left) < 2 {
        said.push_str(", and no two tasks can run side by side.");
        return said;
    }
    said.push('.');
    if let Some(minutes) = pays_from(left, agents.minutes) {
        said.push_str(&format!(" They pay from about {} a task.", time(minutes)));
    }
    said
}

/// The minutes of a task, on average, from which agents pay: with all tasks so many times as long.
fn pays_from(left: WorkLeft, agents: f64) -> Option<f64> {
    let all = left.all_minutes();
    let phases = &left.report.schedule.phases;
    let of_tasks: f64 = phases.iter().map(|phase| lengths::longest(&left.report.plan, &phase.tasks)).sum();
    let beside = agents - of_tasks;
    let by_share = beside / (SHARE_THAT_PAYS * all - of_tasks);
    let by_minutes = (beside + MINUTES_THAT_PAY) / (all - of_tasks);
    let times = (SHARE_THAT_PAYS * all > of_tasks).then(|| by_share.max(by_minutes))?;
    let minutes = (times * all / left.tasks().len().max(1) as f64).round();
    (minutes < 60.0).then_some(minutes)
}

/// Why this is the answer, in sentences; what is not known comes first.
pub fn reasons(left: WorkLeft, advice: &Advice, circumstances: &Circumstances) -> Vec<String> {
    if left.tasks().is_empty() {
        return Vec::new();
    }
    let mut said = Vec::new();
    said.extend(not_known(left, advice));
    said.push(work(left));
    said.extend(conversation(left, advice));
    said.extend(money(advice));
    said.extend(constraints(advice, circumstances));
    said.extend(groups(left, advice));
    said
}

/// What is not known about the safety of the plan and about prices.
fn not_known(left: WorkLeft, advice: &Advice) -> Vec<String> {
    let mut said = Vec::new();
    let is_for_agents =
        advice.methods.iter().any(|method| method.id == MethodId::Agents && method.figures.is_some());
    if !explain::is_safe(left.report) && is_for_agents {
        let safety = explain::safety(left.report).replace(" · ", ", ");
        let so = match left.those(|task| left.report.plan.runs_alone(task)).is_empty() {
            true => "Clear that up before agents run side by side.",
            false => "Tasks without files run alone, so agents gain little until their files are known.",
        };
        said.push(format!("{safety}. {so}"));
    }
    let plan = &left.report.plan;
    let launched = left.launched();
    let unpriced: Vec<usize> =
        launched.into_iter().filter(|&task| prices::of_task(plan, left.task(task)).is_none()).collect();
    if let Some(first) = unpriced.first() {
        let model = left.task(*first).model.trim();
        said.push(format!(
            "What it costs is not known: there is no price for `{model}` ({}). Write it into the plan, as \
             `> price: {model} 3/15`.",
            listed(plan, &unpriced)
        ));
    }
    let elsewhere = left.those(|task| matches!(Doer::of(task), Doer::Elsewhere(_)));
    if !elsewhere.is_empty() {
        let verb = if elsewhere.len() == 1 { "costs" } else { "cost" };
        said.push(format!(
            "What {} {verb} is not known, since other programs do the work.",
            listed(plan, &elsewhere)
        ));
    }
    said
}

/// `6 tasks are left; 3 can start without knowing any result. They take 5 m to 20 m each, 1 h 15 m together.`
fn work(left: WorkLeft) -> String {
    let count = left.tasks().len();
    let (shortest, longest) = left.shortest_and_longest();
    if count == 1 {
        return format!("1 task is left. It takes {}.", time(longest));
    }
    let ready = count - left.waiting().len();
    let ready = match ready {
        _ if ready == count => "all can start without knowing any result".to_owned(),
        1 => "1 can start without knowing any result".to_owned(),
        ready => format!("{ready} can start without knowing any result"),
    };
    let each = match shortest == longest {
        true => time(shortest),
        false => format!("{} to {}", time(shortest), time(longest)),
    };
    let changing = left.those(Task::changes_files);
    let changing = match changing.len() {
        0 => "none of them changes files".to_owned(),
        1 => "1 of them changes files".to_owned(),
        all if all == count => "all of them change files".to_owned(),
        some => format!("{some} of them change files"),
    };
    format!(
        "{count} tasks are left; {ready}. They take {each} each, {} together; {changing}.",
        time(left.all_minutes())
    )
}

/// What is left in the main conversation.
fn conversation(left: WorkLeft, advice: &Advice) -> Vec<String> {
    let of = |id: MethodId| figures_of(&advice.methods, id).map(|figures| figures.context);
    let Some(direct) = of(MethodId::Direct) else { return Vec::new() };
    let mut said = vec![match (advice.best, of(advice.best)) {
        (MethodId::Batch, _) => {
            format!("One conversation would end with about {} tokens; a batch needs none.", tokens(direct))
        }
        (MethodId::Direct, _) | (_, None) => {
            format!("The conversation ends with about {} tokens.", tokens(direct))
        }
        (id, Some(context)) => format!(
            "One conversation would end with about {} tokens; with {} it ends with about {}.",
            tokens(direct),
            name(id),
            tokens(context)
        ),
    }];
    if direct > amounts_of::WINDOW {
        said.push(format!(
            "No conversation holds more than {} tokens: it would be summed up on the way and lose details. Its \
             price is then less certain than the others.",
            tokens(amounts_of::WINDOW)
        ));
    }
    let reports = left.report.analysis.received.iter().map(Vec::len).max().unwrap_or(0);
    if reports as f64 * amounts_of::OF_A_REPORT > MUCH_TO_READ {
        said.push(format!(
            "One task gets {reports} reports, about {} tokens: two tasks that sum up half of them each would help.",
            tokens(reports as f64 * amounts_of::OF_A_REPORT)
        ));
    }
    said
}

/// Tokens of reports for one task that are much to read.
const MUCH_TO_READ: f64 = 8_000.0;

fn money(advice: &Advice) -> Option<String> {
    let of = |id: MethodId| figures_of(&advice.methods, id).and_then(|figures| figures.cost);
    let direct = of(MethodId::Direct)?;
    let best = of(advice.best)?;
    let range = match advice.cost.range {
        Some((low, high)) if dollars(low) != dollars(high) => {
            format!(", between {} and {} by the ranges of the estimates", dollars(low), dollars(high))
        }
        _ => String::new(),
    };
    Some(match advice.best {
        MethodId::Direct => format!("It costs about {}{range}.", dollars(direct)),
        _ => format!("It costs about {}{range}; one conversation about {}.", dollars(best), dollars(direct)),
    })
}

/// What the hour, steering and the quota have to do with it.
fn constraints(advice: &Advice, circumstances: &Circumstances) -> Vec<String> {
    let mut said = Vec::new();
    let best = figures_of(&advice.methods, advice.best);
    if let (Some(by), Some(best)) = (circumstances.by, best) {
        let is_late = best.minutes > by;
        if is_late {
            said.push(format!(
                "It is not done within {}: no method takes less than about {}.",
                time(by),
                time(fastest(advice))
            ));
        }
    }
    if circumstances.is_interactive {
        said.push(match advice.best {
            MethodId::Direct | MethodId::Calls => "You can steer at every step.".to_owned(),
            MethodId::Pool => "You can steer when an agent is free and gets its next task.".to_owned(),
            _ => "You can steer between the phases, not while agents are at work.".to_owned(),
        });
    }
    if let (Some(quota), Some(fits)) = (circumstances.quota, advice.cost.fits) {
        let verb = if fits { "fits" } else { "does not fit" };
        said.push(format!("It {verb} into the {} that are left.", dollars(quota)));
    }
    said
}

fn fastest(advice: &Advice) -> f64 {
    let minutes = advice.methods.iter().filter_map(|method| method.figures).map(|figures| figures.minutes);
    minutes.fold(f64::INFINITY, f64::min)
}

fn groups(left: WorkLeft, advice: &Advice) -> Vec<String> {
    let differing = advice.groups.iter().filter(|group| group.best != advice.best);
    let said = differing.filter_map(|group| {
        let figures = figures_of(&group.methods, group.best)?;
        let count = group.tasks.len();
        let ids = listed(&left.report.plan, &group.tasks);
        let what = match group.best {
            MethodId::Direct => return None,
            MethodId::Calls => format!("as tool calls they take about {}", time(figures.minutes)),
            MethodId::Batch => format!(
                "as an asynchronous batch they cost about {}, and are there within {}",
                price(figures.cost),
                duration(BATCH as u32)
            ),
            MethodId::Agents => format!("agents side by side take about {}", time(figures.minutes)),
            MethodId::Pool => format!("a pool of agents takes about {}", time(figures.minutes)),
        };
        Some(format!("{count} tasks are alike ({ids}): {what}."))
    });
    said.collect()
}

/// How sure the minutes of the phases are.
pub fn risk(left: WorkLeft, advice: &Advice) -> String {
    let risk = &advice.risk;
    if left.tasks().is_empty() {
        return String::new();
    }
    if risk.draws == 0 {
        return "How sure the minutes are is not known: no estimate has a range, such as `~10m..20m..45m`."
            .to_owned();
    }
    let planned = lengths::phased(&left.report.plan, &left.report.schedule);
    let mut said = format!(
        "The phases are planned with {}. In half of {} draws they take at most {}, in nine of ten at most {}.",
        time(planned),
        grouped(risk.draws),
        time(risk.phased.p50),
        time(risk.phased.p90)
    );
    if let Some(rolling) = risk.rolling.filter(|rolling| rolling.p90 < risk.phased.p90 - 0.5) {
        said.push_str(&format!(" Without phases it is {} and {}.", time(rolling.p50), time(rolling.p90)));
    }
    if let Some(task) = risk.matters_most {
        let share = risk.critical.iter().find(|(of, _)| *of == task).map_or(0.0, |(_, share)| *share);
        said.push_str(&format!(
            " The estimate of {} matters most: it is the longest of its phase in {} % of the draws.",
            left.task(task).id,
            (share * 100.0).round()
        ));
    }
    said
}
