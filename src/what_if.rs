//! What would happen with one agent more or fewer. What a repair would do is [`crate::Report::gain`].

use crate::analysis::Analysis;
use crate::plan::Plan;
use crate::schedule::{Budget, schedule};

/// The makespans with so many agents at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct AgentCount {
    /// How many tasks may run at the same time.
    pub agents: u32,
    /// Minutes of the phased schedule.
    pub phased: u32,
    /// Minutes of the rolling schedule.
    pub rolling: u32,
}

/// The curve from one agent to `most`. More agents never make it longer: a schedule for fewer is one for more, so the
/// shorter of the two is taken. Takes `most` times as long as a schedule of the plan.
pub fn by_agents(plan: &Plan, analysis: &Analysis, most: u32, budget: &Budget) -> Vec<AgentCount> {
    let mut plan = plan.clone();
    let mut curve: Vec<AgentCount> = Vec::new();
    for agents in 1..=most {
        plan.settings.max_parallel = agents;
        let schedule = schedule(&plan, analysis, budget);
        let (phased, rolling) = (schedule.phased, schedule.rolling.minutes);
        let fewer = curve.last().copied().unwrap_or(AgentCount { agents, phased, rolling });
        let (phased, rolling) = (phased.min(fewer.phased), rolling.min(fewer.rolling));
        curve.push(AgentCount { agents, phased, rolling });
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyse;
    use crate::text;

    #[test]
    fn stops_falling_where_the_chain_is_the_limit() {
        let plan = text::parse(
            "- T1 One @owns(a) ~30m\n- T2 Two @owns(b) ~10m\n- T3 Three @owns(c) ~10m\n- T4 Four @owns(d) ~10m",
        )
        .plan;
        let curve = by_agents(&plan, &analyse(&plan), 5, &Budget::default());
        let phased: Vec<u32> = curve.iter().map(|point| point.phased).collect();
        let rolling: Vec<u32> = curve.iter().map(|point| point.rolling).collect();
        assert_eq!(phased, [60, 40, 40, 30, 30]);
        assert_eq!(rolling, [60, 30, 30, 30, 30]);
    }
}
