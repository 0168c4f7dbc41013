//! What more agents would do.

use super::duration;
use crate::what_if::{AgentCount, enough};

/// Whether more agents would help, in one or two sentences; nothing for an empty curve. `today` is how many may work at once.
pub fn agents(curve: &[AgentCount], today: u32) -> String {
    let Some(enough) = enough(curve) else { return String::new() };
    let phased = |agents: u32| curve.iter().find(|point| point.agents == agents).map(|point| point.phased);
    match (phased(today), phased(enough)) {
        (Some(now), Some(then)) if today < enough => format!(
            "{enough} at once take {} in phases, instead of {} with {today}. More than {enough} do not help.",
            duration(then),
            duration(now)
        ),
        _ if today == enough => format!("More than {today} at once do not help."),
        _ => format!("{enough} at once are enough: more do not help."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_more_do_not_help() {
        let curve: Vec<AgentCount> = [60, 50, 40, 40]
            .into_iter()
            .zip(1..)
            .map(|(phased, agents)| AgentCount { agents, phased, rolling: phased })
            .collect();
        let table = [
            (1, "3 at once take 40 m in phases, instead of 1 h with 1. More than 3 do not help."),
            (3, "More than 3 at once do not help."),
            (4, "3 at once are enough: more do not help."),
            (25, "3 at once are enough: more do not help."),
        ];
        for (today, expect) in table {
            assert_eq!(agents(&curve, today), expect);
        }
    }
}
