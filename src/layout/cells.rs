//! Places cells like letters: phase after phase, line after line, as large as the pane allows.

use super::detail::id_width;
use super::{Arrangement, Block, Card, Detail, Scene, Spot};

/// The height from which an id can be read in a cell, at 11 pixels.
pub const READABLE: i32 = 16;

/// The largest height of a cell.
const HIGHEST: i32 = 34;

/// Sizes of the cells of one drawing.
#[derive(Debug, Clone, Copy)]
struct Sizes {
    width: i32,
    height: i32,
    gap: i32,
    /// Space for the number of a phase before its first cell.
    label: i32,
}

impl Sizes {
    fn new(height: i32, id: i32, phases: usize) -> Sizes {
        let gap = if height >= 8 { 2 } else { i32::from(height >= 4) };
        let digits = phases.max(1).ilog10() as i32 + 1;
        match height >= READABLE {
            true => Sizes { width: id + 9, height, gap, label: 7 * digits + 8 },
            false => Sizes { width: 2 * height, height, gap, label: height },
        }
    }
}

/// A scene of cells without lines, and without ghosts, for which a cell has no words. It is as high as the pane
/// at most, unless cells of one pixel are too large.
///
/// Time: O(tasks), for each size that is tried.
pub(super) fn place(arrangement: &Arrangement, width: i32, height: i32) -> Scene {
    let id = id_width(&arrangement.letters);
    let phases = arrangement.phases.len();
    let counts: Vec<usize> = arrangement.phases.iter().map(Vec::len).collect();
    let fits =
        |sizes: &Sizes| lines(&counts, width, sizes) * i64::from(sizes.height + sizes.gap) <= height.into();
    let mut sizes = (1..=HIGHEST)
        .rev()
        .map(|height| Sizes::new(height, id, phases))
        .find(|sizes| sizes.width + sizes.label <= width && fits(sizes))
        .unwrap_or(Sizes::new(1, id, phases));
    // What is left of the lines goes into wider cells.
    let widest = (3 * sizes.height).min(width - sizes.label);
    while sizes.width < widest && fits(&Sizes { width: sizes.width + 1, ..sizes }) {
        sizes.width += 1;
    }
    scene(arrangement, width, sizes)
}

/// The number of lines that phases with so many cells take.
fn lines(counts: &[usize], width: i32, sizes: &Sizes) -> i64 {
    let mut cursor = Cursor::new(width, *sizes);
    for &cells in counts {
        cursor.begin_phase();
        for _ in 0..cells {
            cursor.next();
        }
    }
    cursor.line as i64 + 1
}

/// Where the next cell stands.
struct Cursor {
    room: i32,
    sizes: Sizes,
    x: i32,
    line: usize,
    lane: usize,
}

impl Cursor {
    fn new(room: i32, sizes: Sizes) -> Cursor {
        Cursor { room, sizes, x: 0, line: 0, lane: 0 }
    }

    fn break_line_unless(&mut self, needed: i32) {
        if self.x + needed > self.room && self.x > 0 {
            (self.x, self.lane) = (0, 0);
            self.line += 1;
        }
    }

    /// The place of the label, which never stands alone at the end of a line.
    fn begin_phase(&mut self) -> (i32, i32) {
        self.break_line_unless(self.sizes.label + self.sizes.width);
        let place = (self.x, self.y());
        self.x += self.sizes.label;
        place
    }

    fn next(&mut self) -> (Spot, i32, i32) {
        self.break_line_unless(self.sizes.width);
        let place = (Spot { row: self.line, lane: self.lane }, self.x, self.y());
        self.x += self.sizes.width + self.sizes.gap;
        self.lane += 1;
        place
    }

    fn y(&self) -> i32 {
        let pitch = self.sizes.height + self.sizes.gap;
        i32::try_from(self.line).unwrap_or(i32::MAX).saturating_mul(pitch)
    }
}

fn scene(arrangement: &Arrangement, width: i32, sizes: Sizes) -> Scene {
    let mut scene =
        Scene { detail: Detail::Cells, card_of: vec![None; arrangement.tasks], ..Scene::default() };
    let mut cursor = Cursor::new(width, sizes);
    for (phase, tasks) in arrangement.phases.iter().enumerate() {
        let (x, y) = cursor.begin_phase();
        let first = scene.cards.len();
        for &task in tasks {
            let (spot, x, y) = cursor.next();
            scene.card_of[task] = Some(scene.cards.len());
            scene.cards.push(Card { task, phase, spot, x, y, width: sizes.width, height: sizes.height });
        }
        let end = scene.cards.last().map_or(y, |card| card.y) + sizes.height;
        scene.width = scene.width.max(cursor.x - sizes.gap);
        scene.blocks.push(Block {
            phases: phase..phase + 1,
            x,
            y,
            width: sizes.label,
            height: end - y,
            cards: first..scene.cards.len(),
            ghosts: 0..0,
            row: cursor.line,
        });
        scene.height = end;
    }
    scene.width = if cursor.line > 0 { width } else { scene.width };
    scene
}
