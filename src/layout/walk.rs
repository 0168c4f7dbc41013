//! Keyboard navigation between cards.

use super::{Card, Detail, EdgeKind, Scene};

/// The direction of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To the card above.
    Up,
    /// To the card below.
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
        let at = self.card_of.get(task).copied().flatten()?;
        let card = &self.cards[at];
        let next = match (direction, self.detail) {
            (Direction::Back, _) => self.along_line(task, |from, to| (to == task).then_some(from)),
            (Direction::Forward, _) => self.along_line(task, |from, to| (from == task).then_some(to)),
            (Direction::Left, Detail::Cells) => self.cards.get(at.checked_sub(1)?),
            (Direction::Right, Detail::Cells) => self.cards.get(at + 1),
            (Direction::Up, Detail::Cells) => self.in_line(card.spot.row.checked_sub(1)?, card),
            (Direction::Down, Detail::Cells) => self.in_line(card.spot.row + 1, card),
            (Direction::Left, _) => self.beside(card, true),
            (Direction::Right, _) => self.beside(card, false),
            (Direction::Up, _) => self.above_or_below(card, true),
            (Direction::Down, _) => self.above_or_below(card, false),
        };
        next.map(|card| card.task)
    }

    /// The cell of a line that is nearest to a cell of another line.
    fn in_line(&self, line: usize, cell: &Card) -> Option<&Card> {
        let start = self.cards.partition_point(|card| card.spot.row < line);
        let cells = self.cards[start..].iter().take_while(|card| card.spot.row == line);
        cells.min_by_key(|other| (other.x - cell.x).abs())
    }

    /// In the same block if it has a card there, else in the next block that has cards.
    fn beside(&self, card: &Card, is_left: bool) -> Option<&Card> {
        let at = self.blocks.partition_point(|block| block.phases.end <= card.phase);
        let mut in_row = self.in_block(at).filter(|other| other.spot.row == card.spot.row);
        let same_block = match is_left {
            true => in_row.rfind(|other| other.spot.lane < card.spot.lane),
            false => in_row.find(|other| other.spot.lane > card.spot.lane),
        };
        same_block.or_else(|| match is_left {
            true => (0..at).rev().find_map(|block| self.nearest(block, card, |lane| usize::MAX - lane)),
            false => (at + 1..self.blocks.len()).find_map(|block| self.nearest(block, card, |lane| lane)),
        })
    }

    /// In the same column of the block, else in the nearest block above or below.
    fn above_or_below(&self, card: &Card, is_above: bool) -> Option<&Card> {
        let at = self.blocks.partition_point(|block| block.phases.end <= card.phase);
        let row = self.blocks.get(at)?.row;
        let mut in_lane = self.in_block(at).filter(|other| other.spot.lane == card.spot.lane);
        let same_block = match is_above {
            true => in_lane.rfind(|other| other.spot.row < card.spot.row),
            false => in_lane.find(|other| other.spot.row > card.spot.row),
        };
        same_block.or_else(|| {
            let (first, last) = (row.saturating_sub(usize::from(is_above)), row + usize::from(!is_above));
            let start = self.blocks.partition_point(|block| block.row < first);
            let end = self.blocks.partition_point(|block| block.row <= last);
            let is_beyond = |other: &&Card| match is_above {
                true => other.y + other.height <= card.y,
                false => other.y >= card.y + card.height,
            };
            let cards = (start..end).flat_map(|block| self.in_block(block)).filter(is_beyond);
            // Beside it there may be lower cards, but the way down goes on below it.
            let is_on_way = |other: &&Card| {
                self.block(other.phase).is_some_and(|block| block.row != row || other.x == card.x)
            };
            cards.filter(is_on_way).min_by_key(|other| ((other.x - card.x).abs(), (other.y - card.y).abs()))
        })
    }

    fn in_block(&self, block: usize) -> impl DoubleEndedIterator<Item = &Card> {
        self.blocks.get(block).map_or(&[][..], |block| &self.cards[block.cards.clone()]).iter()
    }

    fn nearest(&self, block: usize, card: &Card, lane: impl Fn(usize) -> usize) -> Option<&Card> {
        self.in_block(block)
            .min_by_key(|other| (other.spot.row.abs_diff(card.spot.row), lane(other.spot.lane)))
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
