//! The effect of more agents.

use super::duration;
use crate::what_if::{AgentCount, enough};

/// Whether more agents would help, in one or two sentences; empty for an empty curve. `today` is the current
/// number of agents.
pub fn agents(curve: &[AgentCount], today: u32) -> String {
    let Some(enough) = enough(curve) else { return String::new() };
    let phased = |agents: u32| curve.iter().find(|point| point.agents == agents).map(|point| point.phased);
    match (phased(today), phased(enough)) {
        (Some(now), Some(then)) if today < enough => format!(
            "{enough} at once take {} in phases, instead of {} with {today}. More than {enough} make no \
             difference.",
            duration(then),
            duration(now)
        ),
        _ if today == enough => format!("More than {today} at once make no difference."),
        _ if enough == 1 => "One at a time is enough: more make no difference.".to_owned(),
        _ => format!("{enough} at once are enough: more make no difference."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Minutes;

    #[test]
    fn says_where_more_do_not_help() {
        let curve: Vec<AgentCount> = [60, 50, 40, 40]
            .into_iter()
            .zip(1..)
            .map(|(phased, agents)| AgentCount {
                agents,
                phased: Minutes::whole(phased),
                rolling: Minutes::whole(phased),
            })
            .collect();
        let table = [
            (1, "3 at once take 40 m in phases, instead of 1 h with 1. More than 3 make no difference."),
            (3, "More than 3 at once make no difference."),
            (4, "3 at once are enough: more make no difference."),
            (25, "3 at once are enough: more make no difference."),
        ];
        for (today, expect) in table {
            assert_eq!(agents(&curve, today), expect);
        }
        let flat: Vec<AgentCount> =
            (1..4).map(|agents| AgentCount { agents, phased: 40.into(), rolling: 40.into() }).collect();
        assert_eq!(agents(&flat, 3), "One at a time is enough: more make no difference.");
    }
}
