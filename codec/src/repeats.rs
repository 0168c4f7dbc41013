//! Follows the last place where the text went on after the same few bytes, and says which byte came there.

use super::slots::hash;

/// So many bytes must agree before a place is followed.
const LEAST: usize = 4;
/// Longer agreement is not counted.
pub const MOST: usize = 31;

/// The places met so far.
#[derive(Clone)]
pub struct Repeats {
    /// For the hash of the last bytes, the place after them; 0 if there is none.
    places: Vec<u32>,
    /// The place that is followed.
    followed: usize,
    /// How many bytes agreed before it.
    agreed: usize,
}

impl Repeats {
    /// None so far: 256 kB.
    pub fn new() -> Repeats {
        Repeats { places: vec![0; 1 << 16], followed: 0, agreed: 0 }
    }

    /// Follows a place on trust: nothing agreed before it.
    pub fn follow(&mut self, place: usize) {
        (self.followed, self.agreed) = (place, 1);
    }

    /// Stops following.
    pub fn stop(&mut self) {
        self.agreed = 0;
    }

    /// The byte that came after the place that is followed, and how many bytes agreed before it.
    pub fn expected(&self, text: &[u8]) -> Option<(u8, usize)> {
        let byte = *text.get(self.followed)?;
        (self.agreed > 0).then_some((byte, self.agreed.min(MOST)))
    }

    /// A byte was added at the end of the text; the field it stands in begins at `start`.
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
