//! Random numbers from a seed: the same on every machine.

/// `SplitMix64` (Steele, Lea, Flood 2014): small, fast, and good enough to pick moves.
#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Starts a sequence.
    pub fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// The next draw.
    pub fn draw(&mut self) -> Draw {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        Draw { bits: bits ^ (bits >> 31) }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.draw().bits
    }

    /// A number below `limit`, which must be positive and fit into 32 bits. Lemire 2019 without the rejection
    /// step.
    pub fn below(&mut self, limit: usize) -> usize {
        (((self.bits() >> 32) * limit as u64) >> 32) as usize
    }
}

/// 64 random bits, consumed piece by piece.
#[derive(Debug, Clone, Copy)]
pub struct Draw {
    bits: u64,
}

impl Draw {
    /// Consumes eight bits.
    pub fn byte(&mut self) -> u8 {
        let byte = self.bits as u8;
        self.bits >>= 8;
        byte
    }

    /// Consumes sixteen bits for a number below `limit`, which is positive and at most 65,536. Call it at
    /// most three times.
    pub fn below(&mut self, limit: usize) -> usize {
        let piece = self.bits & 0xFFFF;
        self.bits >>= 16;
        ((piece * limit as u64) >> 16) as usize
    }
}
