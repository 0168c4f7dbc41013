//! The effect of one agent more or fewer. For the effect of a repair see [`crate::Report::gain`].

use crate::analysis::Analysis;
use crate::plan::{Minutes, Plan};
use crate::report::Report;
use crate::schedule::{Budget, Schedule, schedule};

/// The makespans with a number of agents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AgentCount {
    /// The most tasks that may run at the same time.
    pub agents: u32,
    /// Minutes of the phased schedule.
    pub phased: Minutes,
    /// Minutes of the rolling schedule.
    pub rolling: Minutes,
}

/// The fewest agents that reach the makespans at the end of the curve. More don't help.
pub fn enough(curve: &[AgentCount]) -> Option<u32> {
    let last = curve.last()?;
    let is_enough = |point: &&AgentCount| (point.phased, point.rolling) == (last.phased, last.rolling);
    curve.iter().find(is_enough).map(|point| point.agents)
}

/// The curve from one agent to `most`. It never rises: a schedule for fewer agents is also one for more, so
/// the shorter of the two is used. Takes one schedule per number of agents, up to the number of tasks.
pub fn by_agents(plan: &Plan, analysis: &Analysis, most: u32, budget: &Budget) -> Vec<AgentCount> {
    let mut plan = plan.clone();
    let mut curve: Vec<AgentCount> = Vec::new();
    for agents in 1..=most {
        // More agents than tasks have nothing to do.
        if let Some(last) = curve.last().filter(|last| last.agents as usize >= plan.tasks.len()) {
            curve.push(AgentCount { agents, ..*last });
            continue;
        }
        plan.settings.max_parallel = agents;
        let schedule = schedule(&plan, analysis, budget);
        let (phased, rolling) = (schedule.phased, schedule.rolling.minutes);
        let fewer = curve.last().copied().unwrap_or(AgentCount { agents, phased, rolling });
        let (phased, rolling) = (phased.min(fewer.phased), rolling.min(fewer.rolling));
        curve.push(AgentCount { agents, phased, rolling });
    }
    curve
}

/// The most agents in the curve of a plan: tools run no more at once.
pub const MOST_AGENTS: u32 = 20;

/// Beyond this many tasks the curve takes too long.
const MOST_TASKS: usize = 2_000;

/// The curve of a plan up to [`MOST_AGENTS`], with its own schedule taken in. Empty for a plan of thousands of tasks, and
/// if nothing is left to run.
pub fn curve_of(report: &Report) -> Vec<AgentCount> {
    if report.plan.tasks.len() > MOST_TASKS || report.schedule.phases.is_empty() {
        return Vec::new();
    }
    let curve = by_agents(&report.plan, &report.analysis, MOST_AGENTS, &Budget::default());
    with_known(&curve, report.plan.settings.max_parallel, &report.schedule)
}

/// Adds a known schedule for a number of agents to the curve. It is also a schedule for more agents.
pub fn with_known(curve: &[AgentCount], agents: u32, known: &Schedule) -> Vec<AgentCount> {
    let taken_in = |point: &AgentCount| match point.agents < agents {
        true => *point,
        false => AgentCount {
            phased: point.phased.min(known.phased),
            rolling: point.rolling.min(known.rolling.minutes),
            ..*point
        },
    };
    curve.iter().map(taken_in).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text;

    #[test]
    fn stops_falling_where_the_chain_is_the_limit() {
        let plan = text::parse(
            "- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~10m\n- T3 Three @owns(c) ~10m\n- T4 Four @owns(d) \
             ~10m",
        )
        .plan;
        let curve = by_agents(&plan, &analyse(&plan), 5, &Budget::default());
        let phased: Vec<Minutes> = curve.iter().map(|point| point.phased).collect();
        let rolling: Vec<Minutes> = curve.iter().map(|point| point.rolling).collect();
        assert_eq!(phased, [60, 40, 40, 30, 30]);
        assert_eq!(rolling, [60, 30, 30, 30, 30]);
        assert_eq!(enough(&curve), Some(4));
    }

    #[test]
    fn more_agents_never_take_longer() {
        let tasks: Vec<String> = (1..=12)
            .map(|task| {
                let after = if task > 4 { format!(" @after(T{})", task - 3) } else { String::new() };
                format!("- T{task} Task @owns(f{}){after} ~{}m\n", task % 5, 10 + (task * 7) % 23)
            })
            .collect();
        let plan = text::parse(&tasks.concat()).plan;
        let curve = by_agents(&plan, &analyse(&plan), 20, &Budget { steps: 2_000, seed: 1 });
        assert_eq!(curve.len(), 20);
        assert!(curve.windows(2).all(|pair| pair[0].phased >= pair[1].phased));
        assert!(curve.windows(2).all(|pair| pair[0].rolling >= pair[1].rolling));
        assert!(curve.iter().all(|point| point.rolling <= point.phased));
        assert_eq!(enough(&[]), None);
    }

    #[test]
    fn a_shorter_schedule_that_is_known_holds_for_more_agents() {
        let points = [(1, 60, 60), (2, 50, 40), (3, 50, 40), (4, 40, 40)];
        let curve = points.map(|(agents, phased, rolling)| AgentCount {
            agents,
            phased: Minutes::whole(phased),
            rolling: Minutes::whole(rolling),
        });
        let known = Schedule { phased: 45.into(), ..Schedule::default() };
        let curve = with_known(&curve, 3, &known);
        assert_eq!(curve.iter().map(|point| point.phased).collect::<Vec<_>>(), [60, 50, 45, 40]);
    }
}
