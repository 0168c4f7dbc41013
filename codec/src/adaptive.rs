//! Adaptive probabilities: they learn from every bit, quickly at first and then ever more slowly.

/// An adaptive probability: the probability of a 1 in the upper 22 bits, the number of bits seen in the lower
/// 10.
#[derive(Debug, Clone, Copy)]
pub struct Adaptive(u32);

/// How far a probability moves after this many bits, in 65,536ths of the distance.
static STEPS: [u32; 256] = {
    let mut steps = [0; 256];
    let mut met = 0;
    while met < 256 {
        steps[met] = 655_360 / (10 * met as u32 + 16);
        met += 1;
    }
    steps
};

/// The highest probability, in 22 bits.
const HIGHEST: u32 = (1 << 22) - 1;

impl Adaptive {
    /// An adaptive probability with this initial value, in 65,536ths.
    pub const fn new(start: u32) -> Adaptive {
        Adaptive(start << 16)
    }

    /// The probability of a 1 in 65,536ths.
    pub fn probability(self) -> u32 {
        self.0 >> 16
    }

    /// Learns a bit. Averages over the last `most_met` bits, at most 255; the count stops there, so learning
    /// never stops. Branchless, because the bit is unpredictable.
    pub fn learn(&mut self, bit: u32, most_met: u32) {
        let (probability, met) = (self.0 >> 10, self.0 & 1023);
        let is_zero = bit.wrapping_sub(1);
        let distance = probability ^ (HIGHEST & !is_zero);
        let moved = ((u64::from(distance) * u64::from(STEPS[met as usize & 255])) >> 16) as u32;
        let probability = probability.wrapping_add((moved ^ is_zero).wrapping_sub(is_zero));
        self.0 = probability << 10 | (met + 1).min(most_met);
    }
}
