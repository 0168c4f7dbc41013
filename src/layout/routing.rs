//! Leads lines from card to card so that none crosses a card.
//!
//! Inside a row of blocks, a line goes from the right edge of one card to the left edge of another: level where
//! no card is in the way, and otherwise below the cards in between. Between rows it goes down beside the
//! columns, and sideways in the gutter between two rows. The lines that leave a card share their way until they
//! part, and so do those that reach one.

use super::detail::Metrics;
use super::flow::Columns;
use super::links::Link;
use super::{Card, Detail, Edge, Scene};
use crate::sort;

/// Adds the lines to a scene. Time: O(lines · columns + cards), plus sorting.
pub(super) fn route(scene: &mut Scene, links: &[Link], columns: Columns, metrics: &Metrics) {
    let edges = match scene.detail {
        Detail::Cells => links.iter().map(|link| edge(link, between_cells(scene, link))).collect(),
        Detail::Cards | Detail::Lines => {
            let tracks = Tracks::new(scene, links, columns, metrics);
            let lanes = lanes(scene, columns, metrics);
            let mut bottoms = vec![0; lanes.len()];
            for block in &scene.blocks {
                bottoms[block.row] = bottoms[block.row].max(block.y + block.height);
            }
            let router = Router { scene, metrics, columns, tracks, lanes, bottoms };
            links.iter().map(|link| edge(link, router.points(link))).collect()
        }
    };
    scene.edges = edges;
}

fn edge(link: &Link, points: Vec<(i32, i32)>) -> Edge {
    Edge { from: link.from, to: link.to, kind: link.kind, is_critical: link.is_critical, points }
}

/// From centre to centre. Lines between cells are drawn above them, for one task at a time.
fn between_cells(scene: &Scene, link: &Link) -> Vec<(i32, i32)> {
    let centre = |card: &Card| (card.x + card.width / 2, card.y + card.height / 2);
    [link.from, link.to].iter().filter_map(|&task| scene.card(task).map(centre)).collect()
}

/// The column of the grid in which a card stands.
fn column_of(card: &Card, columns: Columns, metrics: &Metrics) -> usize {
    ((card.x - metrics.padding) / (columns.width + metrics.between())) as usize
}

/// For each row and column, where its cards end.
fn lanes(scene: &Scene, columns: Columns, metrics: &Metrics) -> Vec<Vec<i32>> {
    let rows = scene.blocks.last().map_or(0, |block| block.row + 1);
    let mut ends = vec![vec![0; columns.count]; rows];
    for card in scene.cards.iter().chain(&scene.ghosts) {
        let Some(block) = scene.block(card.phase) else { continue };
        let end = &mut ends[block.row][column_of(card, columns, metrics)];
        *end = (*end).max(card.y + card.height);
    }
    ends
}

/// For each task, its share of the width of a channel, in thousandths: for the lines that leave it, and for
/// those that reach it.
struct Tracks {
    leaving: Vec<i32>,
    reaching: Vec<i32>,
}

impl Tracks {
    fn new(scene: &Scene, links: &[Link], columns: Columns, metrics: &Metrics) -> Tracks {
        let tasks = scene.card_of.len();
        let mut tracks = Tracks { leaving: vec![500; tasks], reaching: vec![500; tasks] };
        // Lines leave to the right of their column and reach the next one from its left: the same channel.
        let mut users: Vec<(usize, usize, bool)> = Vec::new();
        for (task, column) in scene.cards.iter().map(|card| (card.task, column_of(card, columns, metrics))) {
            users.push((column + 1, task, true));
            users.push((column, task, false));
        }
        let (mut leaves, mut reaches) = (vec![false; tasks], vec![false; tasks]);
        for link in links {
            leaves[link.from] = true;
            reaches[link.to] = true;
        }
        users.retain(|&(_, task, is_leaving)| if is_leaving { leaves[task] } else { reaches[task] });
        let mut order: Vec<usize> = (0..users.len()).collect();
        sort::by_key(&mut order, &mut |user| {
            let (channel, task, _) = users[user];
            (channel as i64, scene.card(task).map_or(0, |card| i64::from(card.y)))
        });
        for of_channel in order.chunk_by(|&a, &b| users[a].0 == users[b].0) {
            let count = of_channel.len() as i64;
            for (rank, &user) in (0i64..).zip(of_channel) {
                let (_, task, is_leaving) = users[user];
                let share = (1_000 * (2 * rank + 1) / (2 * count)) as i32;
                let list = if is_leaving { &mut tracks.leaving } else { &mut tracks.reaching };
                list[task] = share;
            }
        }
        tracks
    }
}

struct Router<'a> {
    scene: &'a Scene,
    metrics: &'a Metrics,
    columns: Columns,
    tracks: Tracks,
    /// For each row and column, where its cards end.
    lanes: Vec<Vec<i32>>,
    /// For each row, where its blocks end.
    bottoms: Vec<i32>,
}

impl Router<'_> {
    fn points(&self, link: &Link) -> Vec<(i32, i32)> {
        let (Some(from), Some(to)) = (self.scene.card(link.from), self.scene.card(link.to)) else {
            return Vec::new();
        };
        let row = |card: &Card| self.scene.block(card.phase).map_or(0, |block| block.row);
        let (from_column, to_column) = (self.column(from), self.column(to));
        let start = (from.x + from.width, from.y + self.metrics.anchor);
        let end = (to.x, to.y + self.metrics.anchor);
        match (row(from), row(to)) {
            (a, b) if a != b => self.between_rows((from, to), start, end),
            _ if from_column == to_column => {
                let x = self.track(from_column + 1, self.tracks.leaving[link.from]);
                vec![start, (x, start.1), (x, end.1), (to.x + to.width, end.1)]
            }
            (row, _) if from_column < to_column => {
                self.inside_row(row, from_column + 1..to_column, start, end)
            }
            // A run in several columns goes on at the top of the next one, so this does not occur.
            _ => vec![start, end],
        }
    }

    fn column(&self, card: &Card) -> usize {
        column_of(card, self.columns, self.metrics)
    }

    /// A place in the channel to the left of a column.
    fn track(&self, column: usize, share: i32) -> i32 {
        let pitch = self.columns.width + self.metrics.between();
        let left = column as i32 * pitch - self.metrics.channel;
        left + 2 + (self.metrics.channel - 4) * share / 1_000
    }

    /// Past the columns in between: level if they have no card there, or below their last cards.
    fn inside_row(
        &self,
        row: usize,
        between: std::ops::Range<usize>,
        start: (i32, i32),
        end: (i32, i32),
    ) -> Vec<(i32, i32)> {
        if between.is_empty() {
            return vec![start, end];
        }
        let lowest = between.clone().map(|column| self.lanes[row][column]).max().unwrap_or(0);
        let clear = lowest + self.metrics.padding;
        let y = if start.1 >= clear {
            start.1
        } else if end.1 >= clear {
            end.1
        } else {
            clear
        };
        let space = self.metrics.between();
        vec![start, (start.0 + space, y), (end.0 - space, y), end]
    }

    /// Down beside the first column into the gutter, sideways, and down beside the last column.
    fn between_rows(
        &self,
        (from, to): (&Card, &Card),
        start: (i32, i32),
        end: (i32, i32),
    ) -> Vec<(i32, i32)> {
        let down = self.track(self.column(from) + 1, self.tracks.leaving[from.task]);
        let reach = self.track(self.column(to), self.tracks.reaching[to.task]);
        let bottom = self.scene.block(from.phase).map_or(0, |block| self.bottoms[block.row]);
        let share = self.tracks.leaving[from.task];
        let sideways = bottom + 2 + (self.metrics.gutter - 4) * share / 1_000;
        vec![start, (down, start.1), (down, sideways), (reach, sideways), (reach, end.1), end]
    }
}
