//! Probabilities that learn from what happens, fast at first and ever more slowly.

/// One learning probability for each of a number of cases.
#[derive(Clone)]
pub struct Adaptive {
    /// The probability of a 1 in the upper 22 bits, how often it was met in the lower 10.
    cells: Vec<u32>,
    /// Experience beyond this is not counted, so that learning never stops.
    most_met: u32,
    steps: [u32; 256],
}

impl Adaptive {
    /// Cases that start at these probabilities, in 65,536ths. The average over the last `most_met` bits is kept, at most 255.
    pub fn new(starts: impl Iterator<Item = u32>, most_met: u32) -> Adaptive {
        let mut steps = [0; 256];
        for (met, step) in (0..).zip(&mut steps) {
            *step = 655_360 / (10 * met + 16);
        }
        Adaptive { cells: starts.map(|start| start << 16).collect(), most_met, steps }
    }

    /// The probability of a 1 in 65,536ths.
    pub fn probability(&self, case: usize) -> u32 {
        self.cells[case] >> 16
    }

    /// Learns that a bit came.
    pub fn learn(&mut self, case: usize, bit: u32) {
        let cell = &mut self.cells[case];
        let (probability, met) = (*cell >> 10, *cell & 1023);
        let step = u64::from(self.steps[met as usize & 255]);
        let moved = |distance: u32| ((u64::from(distance) * step) >> 16) as u32;
        let probability = match bit {
            1 => probability + moved((1 << 22) - 1 - probability),
            _ => probability - moved(probability),
        };
        *cell = probability << 10 | (met + 1).min(self.most_met);
    }
}
