//! Amounts of all resources packed into a few machine words, to compare or subtract a row of them at once.
//!
//! Each amount has a lane of a word. The highest bit of a lane is a guard: set before a subtraction, it is
//! still set after it if the lane had enough (Lamport, "Multiple byte processing with full-word
//! instructions", 1975).

/// The number of lanes per word, and their width.
#[derive(Debug, Clone)]
pub struct Lanes {
    bits: u32,
    /// The highest bit of every lane.
    guards: u64,
}

impl Lanes {
    /// The narrowest lanes for amounts up to `most`.
    pub fn for_amounts_to(most: u32) -> Lanes {
        let bits = [16, 32].into_iter().find(|bits| u64::from(most) < 1 << (bits - 1)).unwrap_or(64);
        let guards = (0..u64::BITS / bits).fold(0, |guards, lane| guards | 1 << (lane * bits + bits - 1));
        Lanes { bits, guards }
    }

    /// Packs these amounts into words.
    pub fn packed(&self, amounts: &[u32]) -> Vec<u64> {
        let mut words = Vec::new();
        self.pack(amounts, &mut words);
        words
    }

    /// Appends these amounts as words.
    pub fn pack(&self, amounts: &[u32], words: &mut Vec<u64>) {
        for chunk in amounts.chunks((u64::BITS / self.bits) as usize) {
            let lanes = chunk.iter().zip((0..).step_by(self.bits as usize));
            words.push(lanes.fold(0, |word, (&amount, shift)| word | u64::from(amount) << shift));
        }
    }

    /// Whether each amount of `need` is at most that of `free`.
    pub fn fit(&self, free: &[u64], need: &[u64]) -> bool {
        free.iter().zip(need).all(|(free, need)| ((free | self.guards) - need) & self.guards == self.guards)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_amount_is_compared_by_itself() {
        for scale in [1, 5_000, 500_000_000] {
            let lanes = Lanes::for_amounts_to(4 * scale);
            let packed = |amounts: [u32; 5]| lanes.packed(&amounts.map(|amount| amount * scale));
            let free = packed([3, 0, 2, 3, 1]);
            assert!(lanes.fit(&free, &packed([3, 0, 2, 3, 1])) && lanes.fit(&free, &packed([0; 5])));
            for short in 0..5 {
                let mut need = [3, 0, 2, 3, 1];
                need[short] += 1;
                need[(short + 1) % 5] = 0;
                assert!(!lanes.fit(&free, &packed(need)), "amount {short} times {scale}");
            }
        }
    }
}
