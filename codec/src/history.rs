//! The history of a context in one byte: roughly how often a 0 and a 1 came, and which came last.
//!
//! Based on the bit histories of ZPAQ (M. Mahoney, "The ZPAQ Open Standard Format for Highly Compressed
//! Data", 2009): counts a long run of one bit far, never stores two large counts, and shortens the count of
//! the other bit after a surprise, since recent bits matter most.

/// The history of a new context.
pub const NEW: u8 = 0;

/// The largest count of the more frequent bit, by the count of the other.
const BOUNDS: [i32; 6] = [20, 48, 15, 8, 6, 5];

/// All histories and the transitions between them.
#[derive(Clone)]
pub struct Histories {
    next: Box<[[u8; 2]; 256]>,
    counts: Vec<(u32, u32)>,
}

/// Whether a history for these two counts exists.
fn is_kept(zeros: i32, ones: i32) -> bool {
    let (most, least) = (zeros.max(ones), zeros.min(ones));
    least >= 0 && BOUNDS.get(least as usize).is_some_and(|&bound| most <= bound)
}

/// Whether the history also stores the last bit.
fn keeps_last(zeros: i32, ones: i32) -> bool {
    zeros > 0 && ones > 0 && zeros + ones <= 17
}

/// The counts after one more bit.
fn after(zeros: i32, ones: i32, bit: usize) -> (i32, i32) {
    let shortened = |count: i32| [1, 2, 3, 4, 5, 7, 8].iter().filter(|&&step| count >= step).count() as i32;
    let (mut seen, mut other) =
        if bit == 1 { (ones + 1, shortened(zeros)) } else { (zeros + 1, shortened(ones)) };
    let flip = |seen, other| if bit == 1 { (other, seen) } else { (seen, other) };
    while !is_kept(seen, other) {
        let (most, least) = if seen >= other { (&mut seen, &mut other) } else { (&mut other, &mut seen) };
        if *least < 2 {
            *most -= 1;
        } else {
            *most = (*most * (*least - 1) + *least / 2) / *least;
            *least -= 1;
        }
    }
    flip(seen, other)
}

impl Histories {
    /// Numbers the histories by growing total, so a larger number never means much less experience.
    pub fn new() -> Histories {
        let mut all = Vec::new();
        for total in 0..64 {
            for ones in 0..=total {
                let zeros = total - ones;
                if is_kept(zeros, ones) {
                    let lasts: &[usize] = if keeps_last(zeros, ones) { &[0, 1] } else { &[2] };
                    all.extend(lasts.iter().map(|&last| (zeros, ones, last)));
                }
            }
        }
        let number = |(zeros, ones): (i32, i32), bit: usize| {
            let last = if keeps_last(zeros, ones) { bit } else { 2 };
            all.iter().position(|&state| state == (zeros, ones, last)).unwrap_or(0) as u8
        };
        let mut next = Box::new([[NEW; 2]; 256]);
        for (&(zeros, ones, _), next) in all.iter().zip(next.iter_mut()) {
            *next = [0, 1].map(|bit| number(after(zeros, ones, bit), bit));
        }
        let counts = all.iter().map(|&(zeros, ones, _)| (zeros as u32, ones as u32)).collect();
        Histories { next, counts }
    }

    /// The history after one more bit.
    pub fn next(&self, history: u8, bit: u32) -> u8 {
        self.next[usize::from(history)][bit as usize & 1]
    }

    /// Roughly how often a 0 and a 1 came.
    pub fn counts(&self, history: u8) -> (u32, u32) {
        self.counts[usize::from(history)]
    }

    /// The largest number of a history.
    pub fn last(&self) -> u8 {
        (self.counts.len() - 1) as u8
    }
}
