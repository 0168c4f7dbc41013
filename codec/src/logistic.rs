//! The logistic scale for mixing predictions, in integers so it is the same on every machine.
//!
//! A probability is in 65,536ths. On the logistic scale it is ln(p / (1 - p)) in 256ths, from -2,047 to
//! 2,047.

/// 65,536 / (1 + e^-x) for x from -8 to 8 in steps of one half.
const CURVE: [i32; 33] = [
    22, 36, 60, 98, 162, 267, 439, 720, 1179, 1922, 3108, 4971, 7812, 11954, 17625, 24743, 32768, 40793,
    47911, 53582, 57724, 60565, 62428, 63614, 64357, 64816, 65097, 65269, 65374, 65438, 65476, 65500, 65514,
];

/// The end of the logistic scale, in both directions.
pub const LIMIT: i32 = 2047;

/// Tables for both directions.
#[derive(Clone)]
pub struct Logistic {
    stretched: Box<[i16; 4096]>,
    squashed: Box<[u16; 4096]>,
}

impl Logistic {
    /// Computes the tables: 16 kB.
    pub fn new() -> Logistic {
        let mut squashed = Box::new([0; 4096]);
        for (place, value) in squashed.iter_mut().enumerate() {
            *value = squash(place as i32 - LIMIT - 1) as u16;
        }
        // The inverse: for every 4,096th, the first place that reaches it.
        let mut stretched = Box::new([LIMIT as i16; 4096]);
        let mut next = 0;
        for (at, &probability) in squashed.iter().enumerate() {
            let reached = usize::from(probability) >> 4;
            while next <= reached {
                stretched[next] = (at as i32 - LIMIT - 1).max(-LIMIT) as i16;
                next += 1;
            }
        }
        Logistic { stretched, squashed }
    }

    /// Converts 4,096ths to the logistic scale.
    pub fn stretch(&self, probability: u32) -> i32 {
        i32::from(self.stretched[(probability & 4095) as usize])
    }

    /// Converts the logistic scale to 65,536ths, never 0 or 65,536.
    pub fn squash(&self, x: i32) -> i32 {
        i32::from(self.squashed[(x.clamp(-LIMIT, LIMIT) + LIMIT + 1) as usize & 4095])
    }
}

/// Interpolates linearly between the points of the curve.
fn squash(x: i32) -> i32 {
    let place = x + LIMIT + 1;
    let (at, rest) = ((place >> 7) as usize, place & 127);
    (CURVE[at] * (128 - rest) + CURVE[at + 1] * rest + 64) >> 7
}
