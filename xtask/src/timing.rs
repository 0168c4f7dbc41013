//! Measures and formats durations.

use std::time::{Duration, Instant};

/// A running stopwatch.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts immediately.
    pub fn start() -> Stopwatch {
        Stopwatch(Instant::now())
    }

    /// The time so far in words: `0.4 s`, `12 s`, `2 min 05 s`.
    pub fn shown(&self) -> String {
        words(self.0.elapsed())
    }
}

fn words(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well() {
        for (milliseconds, expected) in
            [(40, "0.0 s"), (9_940, "9.9 s"), (12_300, "12 s"), (125_000, "2 min 05 s")]
        {
            assert_eq!(words(Duration::from_millis(milliseconds)), expected);
        }
    }
}
