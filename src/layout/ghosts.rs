//! Places for tasks that are not in the drawing: below the cards of a phase, without moving anything.

use super::{Card, Column, Metrics, Scene, Spot};

/// Additional places in a scene.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ghosts {
    /// Phases beyond the last one of the scene, as far as needed. Their cards are positions in
    /// [`Ghosts::cards`].
    pub columns: Vec<Column>,
    /// Phase by phase. The `task` of each card is a position in the requested phases.
    pub cards: Vec<Card>,
    /// Of the scene and the ghosts together.
    pub width: i32,
    /// Of the scene and the ghosts together.
    pub height: i32,
}

/// Finds a place in each of these phases, which are counted from 0 and may be beyond the last phase of the
/// scene. Time: linear in the cards of the scene and the places, plus sorting.
pub fn ghosts(scene: &Scene, phases: &[usize], metrics: &Metrics) -> Ghosts {
    let mut ghosts = Ghosts { width: scene.width, height: scene.height, ..Ghosts::default() };
    let mut wanted: Vec<(usize, usize)> = phases.iter().copied().zip(0..).collect();
    wanted.sort_unstable();
    for of_phase in wanted.chunk_by(|a, b| a.0 == b.0) {
        let phase = of_phase[0].0;
        let first = ghosts.cards.len();
        let column = match scene.columns.get(phase) {
            Some(column) => column.clone(),
            None => Column {
                x: if ghosts.width == 0 { 0 } else { ghosts.width + metrics.column_gap },
                width: metrics.column_width,
                height: 0,
                cards: first..first + of_phase.len(),
            },
        };
        let drawn = scene.columns.get(phase).map_or(&[][..], |column| &scene.cards[column.cards.clone()]);
        let free_row = drawn.iter().map(|card| card.spot.row + 1).max().unwrap_or(0);
        let lane_width = metrics.card_width() + metrics.lane_gap;
        let lanes = 1 + (column.width - metrics.column_width) / lane_width.max(1);
        for (at, &(_, task)) in (0..).zip(of_phase) {
            let spot = Spot { row: free_row + at / lanes as usize, lane: at % lanes as usize };
            let card = Card {
                task,
                phase,
                spot,
                x: column.x + metrics.padding + spot.lane as i32 * lane_width,
                y: metrics.row_top(spot.row),
                width: metrics.card_width(),
                height: metrics.card_height,
            };
            ghosts.height = ghosts.height.max(card.y + card.height + metrics.padding);
            ghosts.cards.push(card);
        }
        if phase >= scene.columns.len() {
            ghosts.width = column.x + column.width;
            ghosts.columns.push(column);
        }
    }
    ghosts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::layout;
    use crate::schedule::Budget;
    use crate::{Report, text};

    /// Requested phases, and `phase.row.lane` of each place.
    #[track_caller]
    fn check(plan: &str, phases: &[usize], expected: &str) {
        let report = Report::new(text::parse(plan).plan, &Budget::default());
        let metrics = Metrics::default();
        let scene = layout(&report.analysis, &report.schedule, &metrics);
        let ghosts = ghosts(&scene, phases, &metrics);
        let place =
            |card: &Card| format!("{}:{}.{}.{}", card.task, card.phase, card.spot.row, card.spot.lane);
        assert_eq!(ghosts.cards.iter().map(place).collect::<Vec<_>>().join(" "), expected);
        for card in &ghosts.cards {
            assert!(card.x + card.width <= ghosts.width && card.y + card.height <= ghosts.height);
            assert!(scene.cards.iter().all(|other| (other.x, other.y) != (card.x, card.y)), "{card:?}");
        }
    }

    #[test]
    fn places_are_free() {
        const PLAN: &str = "- T1 @owns(a)\n- T2 @owns(b)\n- T3 @owns(c) @after(T1)";
        check(PLAN, &[], "");
        check(PLAN, &[0, 1, 0], "0:0.2.0 2:0.3.0 1:1.1.0");
        check(PLAN, &[3, 2], "1:2.0.0 0:3.0.0");
        check("", &[0], "0:0.0.0");
        let wide: String = (1..40).map(|task| format!("- T{task} @owns({task})\n")).collect();
        check(&["> at most 50\n\n", &wide].concat(), &[0, 0], "0:0.10.0 1:0.10.1");
    }
}
