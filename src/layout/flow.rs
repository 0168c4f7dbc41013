//! Places phases like words: as many as fit side by side, then the next row. No row is wider than the pane.
//!
//! All cards stand on one grid of columns, so that lines can go up and down between them everywhere. A phase
//! with many cards takes several columns. Phases of one task that follow each other are joined in one column.
//! Where that is still too high, short phases stand below each other.

use std::ops::Range;

use super::detail::Metrics;
use super::{Arrangement, Block, Card, Detail, Scene, Spot};

/// How many cards a phase may have in one column, as far as there are others: each is tried.
const ROWS: [usize; 12] = [2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 40, usize::MAX];

/// Heights of columns of short phases, in pixels: each is tried.
const PILES: [i32; 9] = [260, 320, 380, 440, 460, 500, 560, 640, 760];

/// A phase of so few cards is one column, even if there is room for more.
const SHORT: usize = 4;

/// What stands in a block before it has a place.
#[derive(Debug, Clone)]
struct Content {
    phases: Range<usize>,
    /// Phase, task, and whether it is a ghost.
    entries: Vec<(usize, usize, bool)>,
}

/// The number of columns, and their width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub count: usize,
    pub width: i32,
}

impl Columns {
    /// The ways to divide a width into columns, widest columns first.
    pub fn choices(width: i32, metrics: &Metrics) -> Vec<Columns> {
        let column = |count: i32| {
            let free = width - 2 * metrics.padding - (count - 1) * metrics.between();
            (free / count).min(metrics.widest).max(1)
        };
        let mut most = 1;
        while column(most + 1) >= metrics.narrowest {
            most += 1;
        }
        let fewest = (1..=most).find(|&count| column(count) < metrics.widest).unwrap_or(most);
        (fewest..=most).map(|count| Columns { count: count as usize, width: column(count) }).collect()
    }
}

/// The ghosts of each phase, and the tasks at which runs are unfolded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extras<'a> {
    /// The phase of each ghost.
    pub ghosts: &'a [usize],
    /// Runs with one of these tasks are drawn as single phases.
    pub unfolded: &'a [usize],
}

/// A scene without lines. A phase takes several columns only if it does not fit into the height with one.
pub(super) fn place(
    arrangement: &Arrangement,
    detail: Detail,
    (columns, height): (Columns, i32),
    extras: Extras<'_>,
) -> Scene {
    let metrics = Metrics::of(detail, &arrangement.letters);
    let flow = Flow { arrangement, metrics: &metrics, columns, height };
    let single = contents(arrangement, extras);
    let rows = flow.rows(&single);
    // A run that fits side by side needs no folding.
    if rows.len() <= 1 && rows.iter().map(|row| row.piles.len()).sum::<usize>() == single.len() {
        return flow.scene(&single, &rows, detail, extras);
    }
    let folded = fold(single, extras);
    let rows = flow.rows(&folded);
    flow.scene(&folded, &rows, detail, extras)
}

/// One block for each phase. Phases that have ghosts only follow.
fn contents(arrangement: &Arrangement, extras: Extras<'_>) -> Vec<Content> {
    let last = extras.ghosts.iter().map(|phase| phase + 1).max().unwrap_or(0);
    let mut contents: Vec<Content> = (0..arrangement.phases.len().max(last))
        .map(|phase| {
            let tasks = arrangement.phases.get(phase).map_or(&[][..], Vec::as_slice);
            let entries = tasks.iter().map(|&task| (phase, task, false)).collect();
            Content { phases: phase..phase + 1, entries }
        })
        .collect();
    for (ghost, &phase) in extras.ghosts.iter().enumerate() {
        contents[phase].entries.push((phase, ghost, true));
    }
    contents
}

/// Joins phases of one task that follow each other.
fn fold(contents: Vec<Content>, extras: Extras<'_>) -> Vec<Content> {
    let mut folded: Vec<Content> = Vec::new();
    let mut was_single = false;
    // Whole runs are unfolded: a run is joined first, and taken apart again if it has such a task.
    for content in contents {
        let is_single = matches!(content.entries[..], [(_, _, false)]);
        match folded.last_mut() {
            Some(run) if is_single && was_single => {
                run.phases.end = content.phases.end;
                run.entries.extend(content.entries);
            }
            _ => folded.push(content),
        }
        was_single = is_single;
    }
    let is_open = |run: &Content| {
        run.phases.len() > 1 && run.entries.iter().any(|(_, task, _)| extras.unfolded.contains(task))
    };
    let split = |run: Content| {
        if !is_open(&run) {
            return vec![run];
        }
        let one =
            |entry: &(usize, usize, bool)| Content { phases: entry.0..entry.0 + 1, entries: vec![*entry] };
        run.entries.iter().map(one).collect()
    };
    folded.into_iter().flat_map(split).collect()
}

/// A row: what stands side by side in it, and its height.
struct Row {
    piles: Vec<Pile>,
    height: i32,
}

/// Blocks below each other. If there is more than one, each is one column wide.
struct Pile {
    blocks: Range<usize>,
    lanes: usize,
}

struct Flow<'a> {
    arrangement: &'a Arrangement,
    metrics: &'a Metrics,
    columns: Columns,
    /// The height of the pane.
    height: i32,
}

impl Flow<'_> {
    /// The first rows that fit into the pane, from the fewest columns for each phase to the most, or else those
    /// that take the least height. If even they don't fit, short phases stand below each other.
    fn rows(&self, contents: &[Content]) -> Vec<Row> {
        let largest = contents.iter().map(|content| content.entries.len()).max().unwrap_or(0);
        let side_by_side = ROWS.into_iter().rev().filter(|&most| most == usize::MAX || most < largest);
        let side_by_side = side_by_side.map(|most| self.rows_with(contents, most));
        let piled = PILES.into_iter().map(|height| self.piled(contents, height));
        let mut best: Option<(i64, Vec<Row>)> = None;
        for rows in side_by_side.chain(piled) {
            let height: i64 = rows.iter().map(|row| i64::from(row.height + self.metrics.gutter)).sum();
            if best.as_ref().is_none_or(|(least, _)| height < *least) {
                best = Some((height, rows));
            }
            if best.as_ref().is_some_and(|(least, _)| *least <= i64::from(self.height + self.metrics.gutter))
            {
                break;
            }
        }
        best.map_or(Vec::new(), |(_, rows)| rows)
    }

    /// Fills one row after another. A phase takes one column for each `most` of its cards.
    fn rows_with(&self, contents: &[Content], most: usize) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut free = 0;
        for (at, content) in contents.iter().enumerate() {
            let lanes = content.entries.len().div_ceil(most).clamp(1, self.columns.count);
            let pile = Pile { blocks: at..at + 1, lanes };
            match rows.last_mut() {
                Some(row) if lanes <= free => {
                    row.piles.push(pile);
                    free -= lanes;
                }
                _ => {
                    free = self.columns.count - lanes;
                    rows.push(Row { piles: vec![pile], height: 0 });
                }
            }
        }
        for row in &mut rows {
            if most < usize::MAX {
                self.widen(contents, &mut row.piles);
            }
            row.height = self.row_height(contents, &row.piles);
        }
        rows
    }

    /// Fills one column after another up to this height, and starts a row when all columns are full.
    fn piled(&self, contents: &[Content], height: i32) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        let mut filled = i32::MAX;
        for (at, content) in contents.iter().enumerate() {
            let own = self.height(content, 1);
            let below = filled.saturating_add(self.metrics.gutter).saturating_add(own);
            let is_new_row = rows.last().is_none_or(|row| row.piles.len() == self.columns.count);
            match rows.last_mut().and_then(|row| row.piles.last_mut()) {
                Some(pile) if below <= height => {
                    pile.blocks.end = at + 1;
                    filled = below;
                    continue;
                }
                _ => filled = own,
            }
            let pile = Pile { blocks: at..at + 1, lanes: 1 };
            match rows.last_mut() {
                Some(row) if !is_new_row => row.piles.push(pile),
                _ => rows.push(Row { piles: vec![pile], height: 0 }),
            }
        }
        for row in &mut rows {
            row.height = self.row_height(contents, &row.piles);
        }
        rows
    }

    fn row_height(&self, contents: &[Content], piles: &[Pile]) -> i32 {
        let pile = |pile: &Pile| {
            let blocks = contents[pile.blocks.clone()].iter();
            let all: i32 = blocks.map(|content| self.height(content, pile.lanes) + self.metrics.gutter).sum();
            all - self.metrics.gutter
        };
        piles.iter().map(pile).max().unwrap_or(0)
    }

    /// Gives columns that are left over to the phases that make the row high.
    fn widen(&self, contents: &[Content], piles: &mut [Pile]) {
        let mut free = self.columns.count.saturating_sub(piles.iter().map(|pile| pile.lanes).sum());
        let rows = |pile: &Pile, lanes: usize| contents[pile.blocks.start].entries.len().div_ceil(lanes);
        while free > 0 {
            let highest = piles.iter_mut().rev().max_by_key(|pile| rows(pile, pile.lanes));
            let Some(highest) = highest.filter(|pile| rows(pile, pile.lanes) > SHORT) else { return };
            let wanted = (highest.lanes + 1..=highest.lanes + free)
                .find(|&more| rows(highest, more) < rows(highest, highest.lanes));
            let Some(wanted) = wanted else { return };
            free -= wanted - highest.lanes;
            highest.lanes = wanted;
        }
    }

    fn card_height(&self, entry: &(usize, usize, bool)) -> i32 {
        let letters = match entry {
            (_, task, false) => self.arrangement.letters.titles.get(*task).copied().unwrap_or(0),
            (_, _, true) => 0,
        };
        self.metrics.card_height(self.columns.width, letters)
    }

    /// Height of a block.
    fn height(&self, content: &Content, lanes: usize) -> i32 {
        let per_lane = content.entries.len().div_ceil(lanes).max(1);
        let lane = |entries: &[(usize, usize, bool)]| {
            let cards: i32 = entries.iter().map(|entry| self.card_height(entry) + self.metrics.gap).sum();
            cards - self.metrics.gap
        };
        let cards = content.entries.chunks(per_lane).map(lane).max().unwrap_or(0);
        self.metrics.head + cards + self.metrics.padding
    }

    fn scene(&self, contents: &[Content], rows: &[Row], detail: Detail, extras: Extras<'_>) -> Scene {
        let ghosts = extras.ghosts.len();
        let mut scene = Scene { detail, card_of: vec![None; self.arrangement.tasks], ..Scene::default() };
        scene.ghosts.reserve(ghosts);
        let mut y = 0;
        for (number, row) in rows.iter().enumerate() {
            let mut column = 0;
            for pile in &row.piles {
                let mut top = y;
                for at in pile.blocks.clone() {
                    // The last one of a pile goes down to the end of the row.
                    let is_last = at + 1 == pile.blocks.end;
                    let own = self.height(&contents[at], pile.lanes);
                    let height = if is_last { y + row.height - top } else { own };
                    self.place_block(&mut scene, &contents[at], (number, column, pile.lanes), (top, height));
                    top += own + self.metrics.gutter;
                }
                column += pile.lanes;
            }
            y += row.height + self.metrics.gutter;
        }
        scene.height = (y - self.metrics.gutter).max(0);
        scene.width = scene.blocks.iter().map(|block| block.x + block.width).max().unwrap_or(0);
        scene
    }

    fn place_block(
        &self,
        scene: &mut Scene,
        content: &Content,
        (row, column, lanes): (usize, usize, usize),
        (y, height): (i32, i32),
    ) {
        let Metrics { padding, head, gap, .. } = *self.metrics;
        let pitch = self.columns.width + self.metrics.between();
        let x = column as i32 * pitch;
        let (first, first_ghost) = (scene.cards.len(), scene.ghosts.len());
        let per_lane = content.entries.len().div_ceil(lanes).max(1);
        let mut card_y = 0;
        for (at, entry) in content.entries.iter().enumerate() {
            let &(phase, task, is_ghost) = entry;
            let spot = Spot { row: at % per_lane, lane: at / per_lane };
            if spot.row == 0 {
                card_y = y + head;
            }
            let height = self.card_height(entry);
            let left = x + padding + spot.lane as i32 * pitch;
            let card = Card { task, phase, spot, x: left, y: card_y, width: self.columns.width, height };
            card_y += height + gap;
            if is_ghost {
                scene.ghosts.push(card);
            } else {
                scene.card_of[task] = Some(scene.cards.len());
                scene.cards.push(card);
            }
        }
        scene.blocks.push(Block {
            phases: content.phases.clone(),
            x,
            y,
            width: lanes as i32 * pitch - self.metrics.channel,
            height,
            cards: first..scene.cards.len(),
            ghosts: first_ghost..scene.ghosts.len(),
            row,
        });
    }
}
