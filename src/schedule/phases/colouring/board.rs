//! For each vertex and colour, how many neighbours have the colour, and whether it may be taken.
//!
//! Both live in one number, so that the best colour of a vertex is the least number of its row, and several are read
//! at once.

/// Added to the number of a colour that may not be taken.
const BLOCK: i16 = 1 << 14;

/// A row is filled up to a multiple of this with colours that may not be taken.
const LANES: usize = 8;

/// More vertices than this would mix up numbers of neighbours and [`BLOCK`].
pub const MOST_VERTICES: usize = 1 << 13;

/// The rows of all vertices.
pub struct Board {
    count: usize,
    stride: usize,
    cells: Vec<i16>,
    /// Per cell, the iteration in which it is set free, or 0.
    free_at: Vec<u32>,
    /// Cells that are set free in an iteration, at its number modulo the length.
    queue: Vec<Vec<u32>>,
    iteration: u32,
    /// The iteration in which the last blocked cell is set free.
    last: u32,
}

impl Board {
    /// A board on which no vertex has a colour and every colour may be taken. Takes six bytes for each cell.
    pub fn new(vertices: usize, count: usize) -> Board {
        let stride = count.next_multiple_of(LANES);
        let cells = (0..vertices * stride).map(|cell| if cell % stride < count { 0 } else { BLOCK });
        Board {
            count,
            stride,
            cells: cells.collect(),
            free_at: vec![0; vertices * stride],
            queue: vec![Vec::new(); vertices + 64],
            iteration: 0,
            last: 0,
        }
    }

    /// How many neighbours of the vertex have the colour.
    pub fn around(&self, vertex: usize, colour: usize) -> i16 {
        self.cells[vertex * self.stride + colour] & !BLOCK
    }

    /// A neighbour has taken (1) or lost (-1) the colour; returns how many have it then.
    pub fn add(&mut self, vertex: usize, colour: usize, change: i16) -> i16 {
        let cell = &mut self.cells[vertex * self.stride + colour];
        *cell += change;
        *cell & !BLOCK
    }

    /// The least number of neighbours over the colours that may be taken, if there is one.
    pub fn least(&self, vertex: usize) -> Option<i16> {
        let row = &self.cells[vertex * self.stride..][..self.stride];
        let mut least = [i16::MAX; LANES];
        for part in row.chunks_exact(LANES) {
            for (least, &cell) in least.iter_mut().zip(part) {
                *least = (*least).min(cell);
            }
        }
        let least = least.into_iter().min().unwrap_or(i16::MAX);
        (least < BLOCK).then_some(least)
    }

    /// The colours that may be taken and that so many neighbours have.
    pub fn with(&self, vertex: usize, around: i16) -> impl Iterator<Item = usize> {
        let row = &self.cells[vertex * self.stride..][..self.count];
        row.iter().enumerate().filter(move |&(_, &cell)| cell == around).map(|(colour, _)| colour)
    }

    /// The colour may not be taken until further notice.
    pub fn block(&mut self, vertex: usize, colour: usize) {
        let cell = vertex * self.stride + colour;
        self.cells[cell] |= BLOCK;
        self.free_at[cell] = 0;
    }

    /// The colour may not be taken for so many iterations.
    pub fn block_for(&mut self, vertex: usize, colour: usize, iterations: usize) {
        let cell = vertex * self.stride + colour;
        let iterations = iterations.min(self.queue.len() - 1) as u32;
        self.cells[cell] |= BLOCK;
        self.free_at[cell] = self.iteration + iterations;
        self.last = self.last.max(self.free_at[cell]);
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
            }
        }
    }

    /// Vertices and colours that were blocked for a while and still are.
    pub fn waiting(&self) -> impl Iterator<Item = (usize, usize)> {
        (self.iteration + 1..=self.last).flat_map(move |at| {
            let cells = &self.queue[at as usize % self.queue.len()];
            let waiting =
                cells.iter().map(|&cell| cell as usize).filter(move |&cell| self.free_at[cell] == at);
            waiting.map(|cell| (cell / self.stride, cell % self.stride))
        })
    }
}
