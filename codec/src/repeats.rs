//! Follows the last occurrence of the most recent bytes, and predicts the byte that came there.

use super::slots::hash;

/// This many bytes must agree before a place is followed.
const LEAST: usize = 4;
/// The longest agreement that is counted.
pub const MOST: usize = 31;

/// The places seen so far.
#[derive(Clone)]
pub struct Repeats {
    /// For the hash of the last bytes, the place after them; 0 if there is none.
    places: Vec<u32>,
    /// The place being followed.
    followed: usize,
    /// The number of bytes that agreed before it.
    agreed: usize,
}

impl Repeats {
    /// No places yet. Takes 256 kB.
    pub fn new() -> Repeats {
        Repeats { places: vec![0; 1 << 16], followed: 0, agreed: 0 }
    }

    /// Follows a place without any agreement before it.
    pub fn follow(&mut self, place: usize) {
        (self.followed, self.agreed) = (place, 1);
    }

    /// Stops following.
    pub fn stop(&mut self) {
        self.agreed = 0;
    }

    /// The predicted byte, and the number of bytes that agreed before it.
    pub fn expected(&self, text: &[u8]) -> Option<(u8, usize)> {
        let byte = *text.get(self.followed)?;
        (self.agreed > 0).then_some((byte, self.agreed.min(MOST)))
    }

    /// Updates after a byte was appended to the text. `start` is the beginning of its field.
    pub fn go_on(&mut self, text: &[u8], start: usize) {
        if self.agreed > 0 {
            self.followed += 1;
            self.agreed += 1;
        }
        let end = text.len();
        if end - start < LEAST {
            return;
        }
        let key = text[end - LEAST..].iter().fold(0, |key, &byte| hash(key, u32::from(byte)));
        let place = &mut self.places[(key >> 16) as usize];
        if self.agreed == 0 {
            let candidate = *place as usize;
            let (before, now) = (text[..candidate].iter().rev(), text.iter().rev());
            let agreed = before.zip(now).take(MOST).take_while(|(a, b)| a == b).count();
            if agreed >= LEAST {
                (self.followed, self.agreed) = (candidate, agreed);
            }
        }
        *place = end as u32;
    }
}
