//! Computes coordinates, and routes lines so that none crosses a card.
//!
//! Between two columns a line may go up and down freely. Past a column it is level, in a gap between two
//! rows.

use super::layers::{Layers, Passage};
use super::links::Link;
use super::rows;
use super::{Card, Column, Edge, Metrics, Scene, Spot};
use crate::schedule::Schedule;
use crate::sort;

/// Distance between lines below all cards.
const LINE_GAP: i32 = 6;

/// The number of different heights for lines below all cards.
const LINES_BELOW: usize = 12;

/// Places cards on the grid and routes the lines between them.
pub(super) fn scene(
    layers: &Layers,
    links: &[Link],
    heights: &[usize],
    schedule: &Schedule,
    metrics: &Metrics,
) -> Scene {
    let mut grid = Grid::new(layers, heights, schedule, metrics);
    let routes: Vec<Vec<usize>> = links
        .iter()
        .zip(&layers.passage)
        .map(|(link, &passage)| grid.route(heights, link, passage))
        .collect();
    grid.spread();
    let edges = links.iter().zip(&routes).map(|(link, route)| grid.edge(link, route)).collect();
    grid.finish(edges)
}

/// A level piece of a line: past a whole phase, or past some cards of a wide one.
struct Pass {
    phase: usize,
    /// The row below the gap; [`BELOW`] for lines below all cards.
    gap: usize,
    /// Rank among the lines in the same gap.
    rank: usize,
    /// Left and right end.
    left: i32,
    right: i32,
    y: i32,
}

const BELOW: usize = u32::MAX as usize;

struct Grid<'a> {
    metrics: &'a Metrics,
    scene: Scene,
    passes: Vec<Pass>,
    /// The place of each node within its phase.
    place: Vec<usize>,
}

impl<'a> Grid<'a> {
    fn new(layers: &Layers, heights: &[usize], schedule: &Schedule, metrics: &'a Metrics) -> Self {
        let mut scene = Scene { card_of: vec![None; schedule.phase_of.len()], ..Scene::default() };
        let mut place = vec![0; layers.phase_of.len()];
        let mut x = 0;
        for (phase, nodes) in layers.order.iter().enumerate() {
            nodes.iter().enumerate().for_each(|(at, &node)| place[node] = at);
            let first = scene.cards.len();
            let tasks = nodes.iter().filter(|&&node| layers.is_card(node));
            let lanes = rows::lanes(tasks.clone().count());
            for (at, &node) in tasks.enumerate() {
                let task = layers.task_of[node];
                let spot = Spot { row: heights[node] / 2, lane: at % lanes };
                scene.card_of[task] = Some(scene.cards.len());
                scene.cards.push(Card {
                    task,
                    phase,
                    spot,
                    x: x + metrics.padding + spot.lane as i32 * (metrics.card_width() + metrics.lane_gap),
                    y: metrics.row_top(spot.row),
                    width: metrics.card_width(),
                    height: metrics.card_height,
                });
            }
            let cards = first..scene.cards.len();
            let width = metrics.column_width + (lanes as i32 - 1) * (metrics.card_width() + metrics.lane_gap);
            let end = scene.cards[cards.clone()].iter().map(|card| card.y + card.height).max();
            let height = end.unwrap_or(metrics.column_head) + metrics.padding;
            scene.columns.push(Column { x, width, height, cards });
            x += width + metrics.column_gap;
        }
        Grid { metrics, scene, passes: Vec::new(), place }
    }

    /// The level pieces of a line, left to right, as positions in `self.passes`.
    fn route(&mut self, heights: &[usize], link: &Link, passage: Passage) -> Vec<usize> {
        let (Some(from), Some(to)) = (self.scene.card(link.from).cloned(), self.scene.card(link.to).cloned())
        else {
            return Vec::new();
        };
        let between: Vec<(usize, usize)> = match passage {
            Passage::StandIns(first) => {
                (first..first + link.span - 1).map(|node| (heights[node] / 2, self.place[node])).collect()
            }
            Passage::Nearest => (1..link.span)
                .map(|step| (self.nearest_gap(&from, &to, step, link.span), usize::MAX))
                .collect(),
            Passage::Below => return self.route_below(&from, &to, link),
        };
        let mut route = Vec::new();
        let first_y = between.first().map_or(to.y, |&(gap, _)| self.metrics.gap_middle(gap));
        let last_y = between.last().map_or(from.y, |&(gap, _)| self.metrics.gap_middle(gap));
        let column = &self.scene.columns[from.phase];
        let column_end = column.x + column.width - self.metrics.padding;
        let next_card = from.x + from.width + self.metrics.lane_gap;
        if next_card < column_end {
            let gap = from.spot.row + usize::from(first_y >= from.y);
            route.push(self.pass(from.phase, gap, usize::MAX, next_card, column_end));
        }
        for (step, &(gap, rank)) in between.iter().enumerate() {
            let phase = from.phase + 1 + step;
            let column = &self.scene.columns[phase];
            let (left, right) =
                (column.x + self.metrics.padding, column.x + column.width - self.metrics.padding);
            route.push(self.pass(phase, gap, rank, left, right));
        }
        if to.spot.lane > 0 {
            let gap = to.spot.row + usize::from(last_y >= to.y);
            let left = self.scene.columns[to.phase].x + self.metrics.padding;
            route.push(self.pass(to.phase, gap, usize::MAX, left, to.x - self.metrics.lane_gap));
        }
        route
    }

    fn pass(&mut self, phase: usize, gap: usize, rank: usize, left: i32, right: i32) -> usize {
        self.passes.push(Pass { phase, gap, rank, left, right, y: 0 });
        self.passes.len() - 1
    }

    /// Routes one level piece from after the first column to before the last.
    fn route_below(&mut self, from: &Card, to: &Card, link: &Link) -> Vec<usize> {
        let first = &self.scene.columns[from.phase];
        let left = first.x + first.width + self.metrics.column_gap / 2;
        let right = self.scene.columns[to.phase].x - self.metrics.column_gap / 2;
        vec![self.pass(from.phase, BELOW, link.from, left, right)]
    }

    /// The gap nearest to the straight line, `step` of `span` phases along.
    fn nearest_gap(&self, from: &Card, to: &Card, step: usize, span: usize) -> usize {
        let y = from.y + (to.y - from.y) * step as i32 / span as i32 + from.height / 2;
        let pitch = self.metrics.card_height + self.metrics.card_gap;
        let below_head = y - self.metrics.gap_middle(0) + pitch / 2;
        (below_head / pitch).max(0) as usize
    }

    /// Gives each line of a gap its own height.
    fn spread(&mut self) {
        let lowest = self.scene.columns.iter().map(|column| column.height).max().unwrap_or(0);
        let mut sorted: Vec<usize> = (0..self.passes.len()).collect();
        sort::by_key(&mut sorted, &mut |at| {
            let pass = &self.passes[at];
            (((pass.phase as i64) << 32) + pass.gap as i64, i64::try_from(pass.rank).unwrap_or(i64::MAX))
        });
        let place = |pass: &Pass| (pass.phase, pass.gap);
        let mut start = 0;
        while let Some(&first) = sorted.get(start) {
            let mut end = start;
            while sorted.get(end).is_some_and(|&at| place(&self.passes[at]) == place(&self.passes[first])) {
                end += 1;
            }
            self.spread_group(&sorted[start..end], lowest);
            start = end;
        }
    }

    /// Distributes the lines of one gap over its height.
    fn spread_group(&mut self, group: &[usize], lowest: i32) {
        for (place, &at) in group.iter().enumerate() {
            let pass = &mut self.passes[at];
            pass.y = if pass.gap == BELOW {
                lowest + (pass.rank % LINES_BELOW) as i32 * LINE_GAP
            } else {
                let (top, height) = self.metrics.gap(pass.gap);
                top + 1 + (2 * place as i32 + 1) * (height - 2) / (2 * group.len() as i32)
            };
        }
    }

    fn edge(&self, link: &Link, route: &[usize]) -> Edge {
        let mut points = Vec::with_capacity(2 * route.len() + 2);
        if let (Some(from), Some(to)) = (self.scene.card(link.from), self.scene.card(link.to)) {
            points.push((from.x + from.width, from.y + from.height / 2));
            for &pass in route {
                let pass = &self.passes[pass];
                extend_level(&mut points, (pass.left, pass.y));
                extend_level(&mut points, (pass.right, pass.y));
            }
            extend_level(&mut points, (to.x, to.y + to.height / 2));
        }
        Edge { from: link.from, to: link.to, kind: link.kind, is_critical: link.is_critical, points }
    }

    fn finish(mut self, edges: Vec<Edge>) -> Scene {
        let columns = self.scene.columns.iter();
        self.scene.width = columns.clone().map(|column| column.x + column.width).max().unwrap_or(0);
        let lines_end = self.passes.iter().map(|pass| pass.y + self.metrics.padding);
        self.scene.height = columns.map(|column| column.height).chain(lines_end).max().unwrap_or(0);
        self.scene.edges = edges;
        self.scene
    }
}

/// Adds a point. Merges three points in a row at one height into two.
fn extend_level(points: &mut Vec<(i32, i32)>, point: (i32, i32)) {
    let count = points.len();
    if count >= 2 && points[count - 1].1 == point.1 && points[count - 2].1 == point.1 {
        points[count - 1] = point;
    } else {
        points.push(point);
    }
}

impl Metrics {
    pub(super) fn card_width(&self) -> i32 {
        self.column_width - 2 * self.padding
    }

    pub(super) fn row_top(&self, row: usize) -> i32 {
        self.column_head + row as i32 * (self.card_height + self.card_gap)
    }

    /// Upper edge and height of the gap above a row. The gap above the first row is the padding below the
    /// column head.
    fn gap(&self, row: usize) -> (i32, i32) {
        if row == 0 {
            (self.column_head - self.padding, self.padding)
        } else {
            (self.row_top(row) - self.card_gap, self.card_gap)
        }
    }

    fn gap_middle(&self, row: usize) -> i32 {
        let (top, height) = self.gap(row);
        top + height / 2
    }
}
