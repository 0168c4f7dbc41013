//! Keyboard navigation between cards.

use std::cmp::Reverse;

use super::{Card, EdgeKind, Scene};

/// The direction of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the card above in the phase.
    Up,
    /// To the card below in the phase.
    Down,
    /// To the next card on the left, or into the previous phase.
    Left,
    /// To the next card on the right, or into the next phase.
    Right,
    /// Along a line to a task that this one waits for.
    Back,
    /// Along a line to a task that waits for this one.
    Forward,
}

impl Scene {
    /// The next task in a direction; `None` at the edge of the drawing. Prefers the nearest row, then the
    /// upper one.
    pub fn step(&self, task: usize, direction: Direction) -> Option<usize> {
        let card = self.card(task)?;
        let next = match direction {
            Direction::Up => self.in_phase(card.phase).rfind(|other| is_above(other, card)),
            Direction::Down => self.in_phase(card.phase).find(|other| is_above(card, other)),
            Direction::Left => self
                .in_phase(card.phase)
                .rfind(|other| other.spot.row == card.spot.row && other.spot.lane < card.spot.lane)
                .or_else(|| {
                    let lane = |other: &Card| Reverse(other.spot.lane);
                    (0..card.phase).rev().find_map(|phase| self.nearest(phase, card, lane))
                }),
            Direction::Right => self
                .in_phase(card.phase)
                .find(|other| other.spot.row == card.spot.row && other.spot.lane > card.spot.lane)
                .or_else(|| {
                    let lane = |other: &Card| other.spot.lane;
                    (card.phase + 1..self.columns.len()).find_map(|phase| self.nearest(phase, card, lane))
                }),
            Direction::Back => self.along_line(task, |from, to| (to == task).then_some(from)),
            Direction::Forward => self.along_line(task, |from, to| (from == task).then_some(to)),
        };
        next.map(|card| card.task)
    }

    fn in_phase(&self, phase: usize) -> impl DoubleEndedIterator<Item = &Card> {
        self.cards[self.columns[phase].cards.clone()].iter()
    }

    fn nearest<L: Ord>(&self, phase: usize, card: &Card, lane: impl Fn(&Card) -> L) -> Option<&Card> {
        self.in_phase(phase).min_by_key(|other| (other.spot.row.abs_diff(card.spot.row), lane(other)))
    }

    /// Follows the critical path if it continues there; otherwise takes the nearest phase and row.
    fn along_line(&self, task: usize, other_end: impl Fn(usize, usize) -> Option<usize>) -> Option<&Card> {
        let card = self.card(task)?;
        self.edges
            .iter()
            .filter(|edge| edge.kind == EdgeKind::Order)
            .filter_map(|edge| Some((!edge.is_critical, self.card(other_end(edge.from, edge.to)?)?)))
            .min_by_key(|(is_minor, other)| {
                (
                    *is_minor,
                    other.phase.abs_diff(card.phase),
                    other.spot.row.abs_diff(card.spot.row),
                    other.task,
                )
            })
            .map(|(_, other)| other)
    }
}

fn is_above(upper: &Card, lower: &Card) -> bool {
    upper.spot.lane == lower.spot.lane && upper.spot.row < lower.spot.row
}
