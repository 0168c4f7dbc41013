//! For each vertex and colour: the number of neighbours with that colour, and whether the colour is allowed
//! (not tabu).
//!
//! One number encodes both, so the best colour of a vertex is the minimum of its row, and several cells are
//! read at once. The best change of a vertex is cached until its row changes: in a sparse graph, few rows do.

/// Added to the number of a blocked (tabu) colour.
const BLOCK: i16 = 1 << 14;

/// Rows are padded to a multiple of this with blocked colours.
const LANES: usize = 8;

/// The most vertices: with more, neighbour counts would collide with [`BLOCK`].
pub const MOST_VERTICES: usize = 1 << 13;

/// Marks a cached change as out of date; lower than every valid value.
const UNKNOWN: i16 = i16::MIN;

/// The rows of all vertices.
pub struct Board {
    count: usize,
    stride: usize,
    cells: Vec<i16>,
    /// Per vertex, the change in conflicts of its best move, or [`UNKNOWN`].
    changes: Vec<i16>,
    /// Per cell, the iteration in which it is released, or 0.
    free_at: Vec<u32>,
    /// Cells to release, at the index of their iteration modulo the length.
    queue: Vec<Vec<u32>>,
    iteration: u32,
}

impl Board {
    /// A board on which no vertex has a colour and every colour is allowed. Takes six bytes per cell.
    pub fn new(vertices: usize, count: usize) -> Board {
        let stride = count.next_multiple_of(LANES);
        let cells = (0..vertices * stride).map(|cell| if cell % stride < count { 0 } else { BLOCK });
        Board {
            count,
            stride,
            cells: cells.collect(),
            changes: vec![UNKNOWN; vertices],
            free_at: vec![0; vertices * stride],
            queue: vec![Vec::new(); vertices + 64],
            iteration: 0,
        }
    }

    /// The number of neighbours of the vertex with this colour.
    pub fn around(&self, vertex: usize, colour: usize) -> i16 {
        self.cells[vertex * self.stride + colour] & !BLOCK
    }

    /// Counts one more neighbour of the vertex with this colour.
    pub fn add(&mut self, vertex: usize, colour: usize) {
        self.cells[vertex * self.stride + colour] += 1;
    }

    /// Updates the board when a vertex with these neighbours changes its colour. O(neighbours).
    pub fn change(&mut self, neighbours: &[u32], before: usize, after: usize) {
        let (cells, changes, stride) = (&mut self.cells[..], &mut self.changes[..], self.stride);
        for &neighbour in neighbours {
            let row = neighbour as usize * stride;
            cells[row + before] -= 1;
            cells[row + after] += 1;
            changes[neighbour as usize] = UNKNOWN;
        }
    }

    /// The smallest change in conflicts that recolouring one of these vertices can give; collects the
    /// vertices that reach it in `best`. `colours` are the current colours. O(vertices), plus O(colours) for
    /// each vertex whose row has changed.
    pub fn best_changes(&mut self, vertices: &[u32], colours: &[u16], best: &mut Vec<u32>) -> i16 {
        let (cells, changes, stride) = (&self.cells[..], &mut self.changes[..], self.stride);
        let mut least = BLOCK / 2;
        best.clear();
        for &vertex in vertices {
            let at = vertex as usize;
            let mut change = changes[at];
            if change > least {
                continue;
            }
            if change == UNKNOWN {
                let row = &cells[at * stride..][..stride];
                change = lowest(row) - (row[usize::from(colours[at])] & !BLOCK);
                changes[at] = change;
                if change > least {
                    continue;
                }
            }
            if change < least {
                least = change;
                best.clear();
            }
            best.push(vertex);
        }
        least
    }

    /// The allowed colours that exactly `around` neighbours have.
    pub fn with(&self, vertex: usize, around: i16) -> impl Iterator<Item = usize> {
        let row = &self.cells[vertex * self.stride..][..self.count];
        row.iter().enumerate().filter(move |&(_, &cell)| cell == around).map(|(colour, _)| colour)
    }

    /// Blocks the colour until it is released.
    pub fn block(&mut self, vertex: usize, colour: usize) {
        let cell = vertex * self.stride + colour;
        self.cells[cell] |= BLOCK;
        self.free_at[cell] = 0;
        self.changes[vertex] = UNKNOWN;
    }

    /// Releases the blocked colour after this many iterations.
    pub fn free_after(&mut self, vertex: usize, colour: usize, iterations: usize) {
        let cell = vertex * self.stride + colour;
        let iterations = iterations.min(self.queue.len() - 1) as u32;
        self.free_at[cell] = self.iteration + iterations;
        let at = self.free_at[cell] as usize % self.queue.len();
        self.queue[at].push(cell as u32);
    }

    /// Begins the next iteration.
    pub fn tick(&mut self) {
        self.iteration += 1;
        let at = self.iteration as usize % self.queue.len();
        while let Some(cell) = self.queue[at].pop() {
            if self.free_at[cell as usize] == self.iteration {
                self.cells[cell as usize] &= !BLOCK;
                self.changes[cell as usize / self.stride] = UNKNOWN;
            }
        }
    }
}

/// The minimum of a row.
fn lowest(row: &[i16]) -> i16 {
    let mut least = [i16::MAX; LANES];
    for part in row.chunks_exact(LANES) {
        for (least, &cell) in least.iter_mut().zip(part) {
            *least = (*least).min(cell);
        }
    }
    let [a, b, c, d, e, f, g, h] = least;
    a.min(e).min(b.min(f)).min(c.min(g).min(d.min(h)))
}
